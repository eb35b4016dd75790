//! Target of the runtime's JSON codec, compared with serde_json.

use discovery_runtime::{Message, json};
use serde::{Serialize, de::DeserializeOwned, de::IgnoredAny};
use serde_json::{Map, Value};
use std::fmt::Debug;

/// Bindings of a document.
macro_rules! bindings {
    ($($module:ident $file:literal)*) => {$(
        #[allow(missing_docs, unreachable_pub, unused, clippy::all)]
        mod $module {
            include!(concat!(env!("OUT_DIR"), "/", $file));
        }
    )*};
}

bindings! {
    any_and_objects "any_and_objects.rs"
    arrays "arrays_of_arrays.rs"
    composition "composition.rs"
    empty "empty_messages.rs"
    maps "maps.rs"
    scalars "scalars.rs"
    formats "types.rs"
    unions "unions.rs"
}

type Codec = (&'static str, fn(&str, bool));

const CODECS: &[Codec] = &[
    ("Holder", agree::<any_and_objects::types::Holder>),
    ("Grid", agree::<arrays::types::Grid>),
    ("Zoo", agree::<composition::types::Zoo>),
    ("Empty", agree::<empty::types::Empty>),
    ("Index", agree::<maps::types::Index>),
    ("Scalars", agree::<scalars::types::Scalars>),
    ("Formats", agree::<formats::types::Formats>),
    ("Maps", agree::<formats::types::Maps>),
    ("Source", agree::<unions::types::Source>),
];

/// Decodes a text that may be JSON as messages of several types.
///
/// # Panics
/// When the codec and serde_json differ, or encoding does not preserve the value.
pub fn decoder(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else {
        assert!(json::from_slice::<empty::types::Empty>(data).is_err(), "invalid UTF-8 is rejected");
        return;
    };
    let parsed = serde_json::from_str::<Value>(text);
    // `Value` rejects numbers beyond the range of a double, and `IgnoredAny` does not check surrogates.
    let is_undecided = parsed.as_ref().is_err_and(|error| error.to_string().contains("number out of range"))
        && serde_json::from_str::<IgnoredAny>(text).is_ok();
    let is_object = parsed.is_ok() && text.trim_ascii_start().starts_with('{');
    let deep = depth(text) > usize::from(json::MAX_DEPTH);
    // Compare which texts are JSON, with every key unknown so that the syntax alone decides.
    let ours = json::from_str::<empty::types::Empty>(text);
    if !deep && !is_undecided {
        assert_eq!(ours.is_ok(), is_object, "{ours:?}");
    }
    for (_, agree) in CODECS {
        agree(text, deep);
    }
}

fn agree<M>(text: &str, deep: bool)
where
    M: Message + Default + Debug + Serialize + DeserializeOwned,
{
    let fast = json::from_str::<M>(text);
    if let Err(error) = &fast {
        assert!(error.offset() <= text.len() && !error.to_string().is_empty());
    }
    let serde = serde_json::from_str::<M>(text);
    // serde_json has another depth limit, and rejects numbers beyond the range of a double.
    let beyond = serde.as_ref().is_err_and(|error| error.to_string().contains("number out of range"));
    if !deep && !beyond {
        assert_eq!(fast.is_ok(), serde.is_ok(), "{fast:?} {serde:?}");
    }
    let Ok(message) = fast else { return };
    if let Ok(serde) = serde {
        assert_eq!(debug(&message), debug(&serde));
    }
    let written = json::to_string(&message).unwrap_or_else(|error| panic!("{error}"));
    let again = json::from_str::<M>(&written).unwrap_or_else(|error| panic!("{written}: {error}"));
    // Replaced members of a union may be in another order.
    let twice = json::to_string(&again).unwrap_or_else(|error| panic!("{error}"));
    let values = [&written, &twice].map(|text| serde_json::from_str::<Value>(text).ok());
    assert_eq!(values[0], values[1], "{written}");
    // Both encoders return the same value.
    let value = serde_json::from_str::<Map<String, Value>>(&written);
    if let (Ok(value), Ok(other)) = (value, serde_json::to_value(&message)) {
        assert_eq!(Value::Object(value), other);
    }
}

/// Returns the `Debug` output of a message, which is exact for floats. Compared as a value, NaN would not equal itself.
fn debug(message: &impl Debug) -> String {
    format!("{message:?}")
}

/// Returns the nesting depth of brackets outside of strings.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}
