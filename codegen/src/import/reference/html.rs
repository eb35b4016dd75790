//! A page's text without its markup.

/// Whether a page is HTML.
pub(super) fn is_html(page: &str) -> bool {
    let start: String = page.trim_start().chars().take(512).collect::<String>().to_lowercase();
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || start.contains("<body")
        || start.starts_with("<h")
}

/// The text, and the address that the page gives itself.
pub(super) fn text(page: &str) -> (String, Option<String>) {
    let mut out = String::with_capacity(page.len() / 2);
    let mut url = None;
    let mut rest = page;
    while let Some(open) = rest.find('<') {
        out.push_str(&unescape(&rest[..open]));
        rest = &rest[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some(close) = rest.find('>') else { break };
        let tag = &rest[1..close];
        rest = &rest[close + 1..];
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        match name.as_str() {
            "script" | "style" if !tag.starts_with('/') => {
                let end = format!("</{name}");
                let at = rest.to_ascii_lowercase().find(&end).unwrap_or(rest.len());
                rest = &rest[at..];
            }
            "link" if tag.contains("canonical") => url = attribute(tag, "href"),
            // Inside of a line: the text goes on.
            "a" | "b" | "code" | "em" | "i" | "span" | "strong" | "var" | "wbr" => {}
            _ => out.push('\n'),
        }
    }
    out.push_str(&unescape(rest));
    (out, url)
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, after) = tag.split_once(&format!("{name}="))?;
    let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    after[1..].split(quote).next().map(unescape)
}

fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let end = after.char_indices().take(10).find(|(_, c)| *c == ';').map(|(at, _)| at);
        let known = end.and_then(|end| Some((end, entity(&after[..end])?)));
        match known {
            Some((end, character)) => {
                out.push(character);
                rest = &after[end + 1..];
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out + rest
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn markup_goes_and_entities_become_characters() {
        let page = "<html><link rel=\"canonical\" href=\"https://x.example/y\"><script>{ \"a\" }</script>\
                    <h2>Foo</h2><pre>{<br>&quot;<code>a</code>&quot;: string&#44;</pre>";
        let (text, url) = text(page);
        assert_eq!(url.as_deref(), Some("https://x.example/y"));
        assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["Foo", "{", "\"a\":", "string,"]);
    }
}
