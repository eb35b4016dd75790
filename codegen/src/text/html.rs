//! HTML: text and the values of attributes in double quotes.

use super::line::visible;
use super::safe::Safe;

/// HTML as the target of templates.
pub enum Target {}

/// HTML whose text is escaped.
pub type Html = Safe<Target>;

/// Returns text as HTML that shows it, as content or as the value of an attribute in quotes.
pub fn escape(text: &str) -> Html {
    let text = visible(text);
    let mut out = String::with_capacity(text.len().saturating_add(8));
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    Safe::escaped(out)
}

/// Returns a value as JSON within a `script` element, which no text of it can end.
pub fn json(value: &serde_json::Value) -> Html {
    let escaped = value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    Safe::escaped(escaped.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        assert_eq!(escape("<a href=\"x\" b='y'>&").as_str(), "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;");
    }

    #[test]
    fn json_cannot_end_a_script() {
        let value = serde_json::json!({"</script>": "<!--\u{2028}"});
        let html = json(&value);
        assert!(!html.as_str().contains(['<', '>', '\u{2028}']), "{html:?}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(html.as_str()).unwrap(), value);
    }
}
