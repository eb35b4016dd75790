//! Where in a TOML text a key is.

use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// Returns the byte range of the key or array element at a path, or of its nearest ancestor.
pub(super) fn locate(text: &str, path: &[&str]) -> Range<usize> {
    let Ok(root) = DeTable::parse(text) else {
        return 0..0;
    };
    let mut found = 0..0;
    let mut table = Some(root.get_ref());
    let mut array = None;
    for step in path {
        let next = match (table, array) {
            (Some(entries), _) => entries.iter().find(|(key, _)| key.get_ref() == step).map(|(key, value)| {
                found = key.span();
                value.get_ref()
            }),
            (None, Some(elements)) => step.parse().ok().and_then(|index: usize| {
                let elements: &toml::de::DeArray<'_> = elements;
                let element = elements.get(index)?;
                found = element.span();
                Some(element.get_ref())
            }),
            (None, None) => None,
        };
        (table, array) = match next {
            Some(DeValue::Table(entries)) => (Some(entries), None),
            Some(DeValue::Array(elements)) => (None, Some(elements)),
            _ => return found,
        };
    }
    found
}

#[cfg(test)]
mod tests {
    use super::locate;

    #[test]
    fn headers_dotted_keys_inline_tables_and_elements() {
        let text = "[schemas.Foo.unions.u]\nmembers = [\"a\", { name = \"b\" }]\n[methods.\"x.get\"]\nscopes = []\n";
        let at = |path: &[&str]| &text[locate(text, path)];
        assert_eq!(at(&["schemas", "Foo", "unions", "u"]), "u");
        assert_eq!(at(&["schemas", "Foo", "unions", "u", "members", "0"]), "\"a\"");
        assert_eq!(at(&["schemas", "Foo", "unions", "u", "members", "1", "name"]), "name");
        assert_eq!(at(&["methods", "x.get"]), "\"x.get\"");
        assert_eq!(at(&["methods", "x.get", "nothing"]), "\"x.get\"");
    }
}
