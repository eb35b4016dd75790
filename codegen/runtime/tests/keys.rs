//! Keys of messages with characters that JSON escapes.

use discovery_runtime::__private::{FieldInfo, Slot};
use discovery_runtime::{Message, UnknownFields, json};

const QUOTE: &str = "quo\"te";
const BACKSLASH: &str = "back\\";
const LINE: &str = "line\nend";

/// A message as the generator writes it.
#[derive(Default)]
struct Odd {
    back: Option<String>,
    line: Option<i32>,
    quote: Vec<String>,
    unknown_fields: UnknownFields,
}

impl Message for Odd {
    fn fields(&self) -> &'static [FieldInfo] {
        const FIELDS: &[FieldInfo] = &[FieldInfo::new(BACKSLASH, 0), FieldInfo::new(LINE, 1), FieldInfo::new(QUOTE, 2)];
        FIELDS
    }

    fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot])) {
        visit(&mut [&mut self.back, &mut self.line, &mut self.quote, &mut self.unknown_fields]);
    }

    fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot])) {
        visit(&[&self.back, &self.line, &self.quote, &self.unknown_fields]);
    }
}

discovery_runtime::message!(Odd);

#[test]
fn keys_are_escaped() {
    let text = r#"{"back\\":"a","line\nend":1,"quo\"te":["b"]}"#;
    let odd: Odd = json::from_str(text).unwrap();
    assert_eq!((odd.back.as_deref(), odd.line, odd.quote.as_slice()), (Some("a"), Some(1), &["b".to_owned()][..]));
    assert_eq!(json::to_string(&odd).unwrap(), text);
}

/// The text of another key may begin with that of a known one.
#[test]
fn similar_keys_are_other_keys() {
    let text = r#"{"back\"\":":"a"}"#;
    let odd: Odd = json::from_str(text).unwrap();
    assert!(odd.back.is_none());
    assert_eq!(json::to_string(&odd).unwrap(), text);
}

/// Values that a field does not accept are kept under its key.
#[test]
fn kept_values_have_escaped_keys() {
    let text = r#"{"back\\":"a","line\nend":"one","quo\"te":{"c":1}}"#;
    let odd: Odd = json::from_str(text).unwrap();
    assert_eq!((odd.line, odd.quote.len()), (None, 0));
    assert_eq!(json::to_string(&odd).unwrap(), text);
}
