//! What the `serde` impls of generated types call: the codec, behind serde's interface.
//!
//! A value is serialized by writing it as JSON and handing that on, token by token; it is deserialized by collecting
//! what any self-describing format gives as JSON, and reading that. So there is one codec, and what it says holds
//! whatever the format.

use std::cell::RefCell;
use std::fmt;

use base64::Engine as _;
use serde_core::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_core::ser::{self, Serialize, SerializeMap as _, SerializeSeq as _, Serializer};

use crate::json::{Error, Reader, Writer};
use crate::{Form, Wire};

/// Serializes a message or an enum.
///
/// # Errors
/// Those of the serializer; when the message nests too deep; when an unknown field holds a number that no double is
/// near to.
pub fn serialize<T: Wire, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new();
    value.write(&mut writer, Form::Proto);
    let json = writer.finish().map_err(ser::Error::custom)?;
    Next(&RefCell::new(Reader::new(&json))).serialize(serializer)
}

/// Deserializes a message or an enum.
///
/// # Errors
/// Those of the deserializer; and when the value is not what the type takes.
pub fn deserialize<'de, T: Wire, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut writer = Writer::new();
    Collect(&mut writer).deserialize(deserializer)?;
    let json = writer.finish().map_err(de::Error::custom)?;
    let mut value = T::empty();
    value.read(&mut Reader::new(&json), Form::Proto).map_err(de::Error::custom)?;
    Ok(value)
}

/// The value that comes next in a JSON text.
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
                let number = self.0.borrow_mut().any().map_err(ser::Error::custom)?;
                number.serialize(serializer)
            }
        }
    }
}

/// Writes whatever a deserializer gives as JSON.
struct Collect<'w>(&'w mut Writer);

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
        Collect(self.0).deserialize(deserializer)
    }
}

impl<'de> Visitor<'de> for Collect<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value that JSON can hold")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.0.raw(if value { "true" } else { "false" });
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.0.raw(itoa::Buffer::new().format(value));
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.0.raw(itoa::Buffer::new().format(value));
        Ok(())
    }

    fn visit_i128<E>(self, value: i128) -> Result<(), E> {
        self.0.raw(itoa::Buffer::new().format(value));
        Ok(())
    }

    fn visit_u128<E>(self, value: u128) -> Result<(), E> {
        self.0.raw(itoa::Buffer::new().format(value));
        Ok(())
    }

    fn visit_f32<E>(self, value: f32) -> Result<(), E> {
        self.0.f32(value);
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.0.f64(value);
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.0.string(value);
        Ok(())
    }

    fn visit_bytes<E>(self, value: &[u8]) -> Result<(), E> {
        self.0.string(&base64::engine::general_purpose::STANDARD.encode(value));
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.0.raw("null");
        Ok(())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        if !self.0.open('[') {
            return Err(too_deep());
        }
        while items.next_element_seed(Item(self.0))?.is_some() {}
        self.0.close(']');
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        if !self.0.open('{') {
            return Err(too_deep());
        }
        while let Some(Key(key)) = entries.next_key()? {
            self.0.map_key(&key);
            entries.next_value_seed(Collect(self.0))?;
        }
        self.0.close('}');
        Ok(())
    }
}

fn too_deep<E: de::Error>() -> E {
    E::custom(format!("nested deeper than {}", crate::json::MAX_DEPTH))
}

/// A key as text: formats with other keys than strings have numbers and truth values there.
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
