//! Round trips of values of OpenAPI documents.

mod bodies;
mod bytes;
mod empty;
mod enums;
mod numbers;
mod unions;

#[allow(dead_code, unused_imports, missing_docs, unreachable_pub)]
mod generated {
    pub mod values {
        include!(concat!(env!("OUT_DIR"), "/openapi/values.rs"));
    }
    pub mod unions {
        include!(concat!(env!("OUT_DIR"), "/openapi/unions.rs"));
    }
}

use discovery_runtime::__private::{Choice, JsonCodec, Reader, ValueEncoding, Writer};
use discovery_runtime::json::{from_str, to_string};
use discovery_runtime::{Lenient, Message};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Asserts that texts are decoded and encoded as the same texts, also through serde.
fn unchanged<T: Message + Default + Serialize + DeserializeOwned>(texts: &[&str]) {
    for text in texts {
        let read: T = from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(to_string(&read).unwrap(), *text);
        let read: T = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(serde_json::to_string(&read).unwrap(), *text);
    }
}

/// Asserts that texts are decoded without unknown fields.
fn typed<T: Message + Default>(texts: &[&str]) {
    for text in texts {
        let mut read: T = from_str(text).unwrap();
        let mut aside = false;
        read.slots_mut(&mut |slots| {
            aside = slots.last().is_some_and(|slot| slot.debug_entry().is_some());
        });
        assert!(!aside, "{text}");
    }
}

fn read<T: JsonCodec>(text: &str) -> T {
    let mut value = T::empty();
    let mut reader = Reader::new(text);
    value.read(&mut reader, ValueEncoding::String).unwrap_or_else(|error| panic!("{text}: {error}"));
    reader.end().unwrap();
    value
}

/// Returns the variant that a text is decoded to, and asserts that it is encoded as the same text.
fn variant<T: Choice + JsonCodec + std::fmt::Debug>(text: &str) -> String {
    let value: T = read(text);
    let mut writer = Writer::new();
    value.write(&mut writer, ValueEncoding::String);
    assert_eq!(writer.finish().unwrap(), text);
    let debug = format!("{value:?}");
    debug.split('(').next().unwrap_or_default().to_owned()
}

fn json(value: &dyn JsonCodec) -> String {
    let mut writer = Writer::new();
    value.write(&mut writer, ValueEncoding::String);
    writer.finish().unwrap()
}
