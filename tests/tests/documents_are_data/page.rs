//! A page of HTML as its tags, from which its DOM follows.

use html5gum::{Token, Tokenizer};
use std::collections::BTreeMap;

/// Compares two pages: text and the values of attributes aside, they have the same elements.
pub(crate) fn same(evil: &str, twin: &str) -> Result<(), String> {
    let (evil, twin) = (elements(evil)?, elements(twin)?);
    if evil == twin {
        return Ok(());
    }
    let differ = |one: &BTreeMap<String, usize>, other: &BTreeMap<String, usize>| -> Vec<String> {
        one.iter().filter(|(tag, count)| other.get(*tag) != Some(count)).map(|(tag, n)| format!("{n}×{tag}")).collect()
    };
    Err(format!("the page differs: {:?} and {:?}", differ(&evil, &twin), differ(&twin, &evil)))
}

/// How often each tag is there, with the names of its attributes. Lines of a value are elements of their own, so many as
/// it has lines.
fn elements(page: &str) -> Result<BTreeMap<String, usize>, String> {
    let mut counts = BTreeMap::new();
    let mut open = Vec::new();
    let mut in_script = false;
    for token in Tokenizer::new(page) {
        let Ok(token) = token;
        let name = match token {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                let attributes: Vec<String> = tag.attributes.keys().map(|key| text(key)).collect();
                in_script = name == "script" && !attributes.is_empty();
                if matches!(name.as_str(), "del" | "ins" | "span") {
                    continue;
                }
                if !tag.self_closing {
                    open.push(name.clone());
                }
                format!("<{name} {}>", attributes.join(" "))
            }
            Token::EndTag(tag) => match text(&tag.name).as_str() {
                "del" | "ins" | "span" => continue,
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
        *counts.entry(name).or_insert(0) += 1;
    }
    Ok(counts)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
