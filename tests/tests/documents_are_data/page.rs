//! Comparison of HTML pages by their tags.

use html5gum::{Token, Tokenizer};
use std::collections::BTreeSet;

/// Checks that two pages have the same elements, except for text and attribute values.
pub(crate) fn same(hostile: &str, twin: &str) -> Result<(), String> {
    // Each report is a section; a second one would be a copy in the place of a mark.
    let reports = |page: &str| page.matches("<section class=api ").count();
    if reports(hostile) != reports(twin) {
        return Err(format!("the page has {} reports, not {}", reports(hostile), reports(twin)));
    }
    let (hostile, twin) = (elements(hostile)?, elements(twin)?);
    let more: Vec<&String> = hostile.difference(&twin).collect();
    if more.is_empty() { Ok(()) } else { Err(format!("the page has tags that its twin does not have: {more:?}")) }
}

/// Returns the tags of a page with the names of their attributes. Their numbers differ with the lines of values, and some
/// show only what did not change.
fn elements(page: &str) -> Result<BTreeSet<String>, String> {
    let mut tags = BTreeSet::new();
    let mut open = Vec::new();
    let mut in_script = false;
    for token in Tokenizer::new(page) {
        let Ok(token) = token;
        let name = match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                let attributes: Vec<String> = tag.attributes.keys().map(|key| text(key)).collect();
                in_script = name == "script" && !attributes.is_empty();
                if matches!(name.as_str(), "del" | "ins" | "span" | "pre") {
                    continue;
                }
                if !tag.self_closing {
                    open.push(name.clone());
                }
                format!("<{name} {}>", attributes.join(" "))
            }
            Token::EndTag(tag) => match text(&tag.name).as_str() {
                "del" | "ins" | "span" | "pre" => continue,
                name => format!("</{name}>"),
            },
            Token::String(words) if in_script => {
                in_script = false;
                serde_json::from_str::<Vec<String>>(&text(&words.value)).map_err(|error| format!("names: {error}"))?;
                continue;
            }
            Token::String(_) | Token::Error(_) => continue,
            Token::Comment(_) => "comment".to_owned(),
            Token::Doctype(_) => "doctype".to_owned(),
        };
        tags.insert(name);
    }
    Ok(tags)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
