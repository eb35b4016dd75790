//! Places of keys in a TOML text.

use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// A key or an array element of a TOML text, with those in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    span: Range<usize>,
    keys: BTreeMap<String, Places>,
    elements: Vec<Places>,
}

impl Places {
    /// Returns the places of a text; none if it is not TOML.
    pub(super) fn of(text: &str) -> Self {
        DeTable::parse(text).map(|root| Self::of_table(0..0, root.get_ref())).unwrap_or_default()
    }

    fn of_table(span: Range<usize>, table: &DeTable<'_>) -> Self {
        let entries = table.iter();
        let keys = entries.map(|(key, value)| (key.get_ref().to_string(), Self::of_value(key.span(), value.get_ref())));
        Self { span, keys: keys.collect(), elements: Vec::new() }
    }

    fn of_value(span: Range<usize>, value: &DeValue<'_>) -> Self {
        match value {
            DeValue::Table(table) => Self::of_table(span, table),
            DeValue::Array(array) => {
                let elements = array.iter().map(|element| Self::of_value(element.span(), element.get_ref()));
                Self { span, keys: BTreeMap::new(), elements: elements.collect() }
            }
            _ => Self { span, ..Self::default() },
        }
    }

    /// Returns the byte range of the key or array element at a path, or of its nearest ancestor.
    pub(super) fn locate(&self, path: &[&str]) -> Range<usize> {
        let mut place = self;
        for step in path {
            let element = || step.parse().ok().and_then(|index: usize| place.elements.get(index));
            match place.keys.get(*step).or_else(element) {
                Some(next) => place = next,
                None => break,
            }
        }
        place.span.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn headers_dotted_keys_inline_tables_and_elements() {
        let text = "[schemas.Foo.unions.u]\nmembers = [\"a\", { name = \"b\" }]\n[methods.\"x.get\"]\nscopes = []\n";
        let places = Places::of(text);
        let at = |path: &[&str]| &text[places.locate(path)];
        assert_eq!(at(&["schemas", "Foo", "unions", "u"]), "u");
        assert_eq!(at(&["schemas", "Foo", "unions", "u", "members", "0"]), "\"a\"");
        assert_eq!(at(&["schemas", "Foo", "unions", "u", "members", "1", "name"]), "name");
        assert_eq!(at(&["methods", "x.get"]), "\"x.get\"");
        assert_eq!(at(&["methods", "x.get", "nothing"]), "\"x.get\"");
    }
}
