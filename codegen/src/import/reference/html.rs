//! Text of HTML pages.

/// Returns `true` if a page is HTML.
pub(super) fn is_html(page: &str) -> bool {
    let start: String = page.trim_start().chars().take(512).collect::<String>().to_lowercase();
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || start.contains("<body")
        || start.starts_with("<h")
}

/// Returns the text of a page, and its canonical URL.
pub(super) fn text(page: &str) -> (String, Option<String>) {
    let mut out = String::with_capacity(page.len() / 2);
    let mut url = None;
    let mut rest = page;
    while let Some((before, markup)) = rest.split_once('<') {
        out.push_str(&unescape(before));
        if let Some(comment) = markup.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let Some((tag, after)) = markup.split_once('>') else {
            rest = "";
            break;
        };
        rest = after;
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        match name.as_str() {
            "script" | "style" if !tag.starts_with('/') => {
                let ends = |after: &&str| after.get(..name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(&name));
                rest = rest
                    .match_indices("</")
                    .map(|(at, end)| (at, rest.get(at.saturating_add(end.len())..)))
                    .find(|(_, after)| after.as_ref().is_some_and(ends))
                    .map_or("", |(at, _)| rest.get(at..).unwrap_or_default());
            }
            "link" if tag.contains("canonical") => url = attribute(tag, "href"),
            // Inline elements do not end a line.
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
    after.strip_prefix(quote)?.split(quote).next().map(unescape)
}

fn unescape(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        // The longest entity that is known has ten bytes.
        let end = after.bytes().take(10).position(|byte| byte == b';');
        match end.and_then(|end| Some((entity(after.get(..end)?)?, after.get(end.saturating_add(1)..)?))) {
            Some((character, after)) => {
                out.push(character);
                rest = after;
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
    fn markup_is_removed_and_entities_become_characters() {
        let page = "<html><link rel=\"canonical\" href=\"https://x.example/y\"><script>{ \"a\" }</script>\
                    <h2>Foo</h2><pre>{<br>&quot;<code>a</code>&quot;: string&#44;</pre>";
        let (text, url) = text(page);
        assert_eq!(url.as_deref(), Some("https://x.example/y"));
        assert_eq!(text.split_whitespace().collect::<Vec<_>>(), ["Foo", "{", "\"a\":", "string,"]);
    }
}
