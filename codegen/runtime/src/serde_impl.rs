//! The `serde` impls of generated types: the codec behind serde's interface.
//!
//! A value is serialized by encoding it as JSON and passing that on, token by token; it is deserialized by collecting
//! what a self-describing format gives as JSON, and decoding that. So there is one codec, and its rules hold in every
//! format.
//!
//! From `serde_json`, the JSON text is requested (as its `RawValue` does), so that none of its features, which any
//! crate in a build can enable, changes a value: `arbitrary_precision` gives numbers as objects of one key, and without
//! `float_roundtrip` the last bit of a float can differ.

use std::any::type_name;
use std::cell::RefCell;
use std::fmt;

use base64::Engine as _;
use serde_core::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{self, Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use serde_json::value::RawValue;

use crate::codec::JsonCodec;
use crate::json::{Error, Reader, Writer, is_rounded};
use crate::message::ValueEncoding;

/// Name that requests the text of a value from `serde_json`.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// Key of the object that `serde_json` makes of a number, with its feature `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// Serializes a value.
///
/// # Errors
/// Those of the serializer; if the value nests too deep; and, for other serializers than `serde_json`'s, if an unknown
/// field holds a number beyond the range of a double.
pub fn serialize<T: JsonCodec, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new();
    value.write(&mut writer, ValueEncoding::String);
    let json = writer.finish().map_err(ser::Error::custom)?;
    Next(&RefCell::new(Reader::new(&json))).serialize(serializer)
}

/// Deserializes a value.
///
/// # Errors
/// Those of the deserializer; and if the value is not what the type takes.
pub fn deserialize<'de, T: JsonCodec, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut writer = Writer::new();
    deserializer.deserialize_newtype_struct(RAW_VALUE, Collect { writer: &mut writer, accepts_text: true })?;
    let json = writer.finish().map_err(de::Error::custom)?;
    decode(&json).map_err(de::Error::custom)
}

fn decode<T: JsonCodec>(json: &str) -> Result<T, Error> {
    let mut value = T::empty();
    let mut reader = Reader::new(json);
    value.read(&mut reader, ValueEncoding::String)?;
    reader.end()?;
    Ok(value)
}

/// Serializes the next value of a JSON text.
struct Next<'r, 'a>(&'r RefCell<Reader<'a>>);

impl Serialize for Next<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Nothing below holds the borrow while it hands on a value, which borrows again.
        let with = |read: &dyn Fn(&mut Reader<'_>) -> Result<bool, Error>| {
            read(&mut self.0.borrow_mut()).map_err(<S::Error as ser::Error>::custom)
        };
        let first = self.0.borrow_mut().peek();
        match first {
            Some(b'"') => {
                let text = self.0.borrow_mut().string().map_err(ser::Error::custom)?;
                serializer.serialize_str(&text)
            }
            Some(b'{') => {
                let mut map = serializer.serialize_map(None)?;
                let mut more = with(&|reader| reader.open(b'{', b'}', "an object"))?;
                while more {
                    let key = self.0.borrow_mut().key_and_colon().map_err(ser::Error::custom)?;
                    map.serialize_entry(&*key, self)?;
                    more = with(&|reader| reader.more(b'}'))?;
                }
                map.end()
            }
            Some(b'[') => {
                let mut list = serializer.serialize_seq(None)?;
                let mut more = with(&|reader| reader.open(b'[', b']', "a list"))?;
                while more {
                    list.serialize_element(self)?;
                    more = with(&|reader| reader.more(b']'))?;
                }
                list.end()
            }
            Some(b'n') => {
                self.0.borrow_mut().null().map_err(ser::Error::custom)?;
                serializer.serialize_unit()
            }
            Some(b't' | b'f') => {
                let value = self.0.borrow_mut().bool().map_err(ser::Error::custom)?;
                serializer.serialize_bool(value)
            }
            _ => {
                let text = self.0.borrow_mut().number("a value").map_err(ser::Error::custom)?;
                number(text, serializer)
            }
        }
    }
}

fn number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if text == "-0" {
        return serializer.serialize_f64(-0.0);
    }
    if let Ok(integer) = text.parse() {
        return serializer.serialize_u64(integer);
    }
    if let Ok(integer) = text.parse() {
        return serializer.serialize_i64(integer);
    }
    let float: f64 = text.parse().map_err(ser::Error::custom)?;
    let is_exact = float.is_finite() && !is_rounded(text, float);
    // Only `serde_json` takes a number as text; other serializers would write the name of its private type.
    if !is_exact && type_name::<S>().contains("serde_json::") {
        return RawValue::from_string(text.to_owned()).map_err(ser::Error::custom)?.serialize(serializer);
    }
    if float.is_finite() {
        return serializer.serialize_f64(float);
    }
    Err(ser::Error::custom(format_args!("the number {text} is beyond the range of a double")))
}

/// Writes what a deserializer gives as JSON.
struct Collect<'w> {
    writer: &'w mut Writer,
    /// True while `serde_json` may answer with the text of the value.
    accepts_text: bool,
}

impl<'w> Collect<'w> {
    fn new(writer: &'w mut Writer) -> Self {
        Self { writer, accepts_text: false }
    }

    /// Returns `true` if the object of this first key is JSON text in the form of `serde_json`.
    fn is_text(&self, key: &str) -> bool {
        // With the feature it parses what is too large for a double.
        (self.accepts_text && key == RAW_VALUE) || (key == NUMBER && "1e999".parse::<serde_json::Number>().is_ok())
    }
}

impl<'de> DeserializeSeed<'de> for Collect<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// The same, as an item of a list.
struct Item<'w>(&'w mut Writer);

impl<'de> DeserializeSeed<'de> for Item<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.0.item();
        Collect::new(self.0).deserialize(deserializer)
    }
}

impl<'de> Visitor<'de> for Collect<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can hold")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.writer.raw(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.writer.raw(itoa::Buffer::new().format(value));
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.writer.raw(itoa::Buffer::new().format(value));
        Ok(())
    }

    fn visit_i128<E>(self, value: i128) -> Result<(), E> {
        self.writer.raw(itoa::Buffer::new().format(value));
        Ok(())
    }

    fn visit_u128<E>(self, value: u128) -> Result<(), E> {
        self.writer.raw(itoa::Buffer::new().format(value));
        Ok(())
    }

    fn visit_f32<E>(self, value: f32) -> Result<(), E> {
        self.writer.f32(value);
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.writer.f64(value);
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.writer.string(value);
        Ok(())
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<(), E> {
        self.writer.string(&base64::engine::general_purpose::STANDARD.encode(value));
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.writer.raw("null");
        Ok(())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        Collect::new(self.writer).deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        if !self.writer.open('[') {
            return Err(too_deep());
        }
        while items.next_element_seed(Item(self.writer))?.is_some() {}
        self.writer.close(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let mut key = entries.next_key()?;
        if let Some(Key(name)) = &key
            && self.is_text(name)
        {
            let json = entries.next_value::<String>()?;
            Reader::new(&json).skip().map_err(de::Error::custom)?;
            self.writer.raw(&json);
            return Ok(());
        }
        if !self.writer.open('{') {
            return Err(too_deep());
        }
        while let Some(Key(name)) = key {
            self.writer.map_key(&name);
            entries.next_value_seed(Collect::new(self.writer))?;
            key = entries.next_key()?;
        }
        self.writer.close('}');
        Ok(())
    }
}

fn too_deep<E: de::Error>() -> E {
    E::custom(format!("nested deeper than {}", crate::json::MAX_DEPTH))
}

/// A key as text: formats with other keys than strings have numbers and booleans there.
struct Key(String);

impl<'de> de::Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KeyVisitor)
    }
}

struct KeyVisitor;

impl Visitor<'_> for KeyVisitor {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, value: &str) -> Result<Key, E> {
        Ok(Key(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Key, E> {
        Ok(Key(value))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Key, E> {
        Ok(Key(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Key, E> {
        Ok(Key(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Key, E> {
        Ok(Key(value.to_string()))
    }
}
