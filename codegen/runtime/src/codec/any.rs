//! Values of any shape, in which `null` and `{}` are data.

use serde_json::{Map, Number, Value};

use super::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::ValueEncoding;

impl JsonCodec for Value {
    fn empty() -> Self {
        Value::Null
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: ValueEncoding) -> Result<(), Error> {
        *self = reader.any()?;
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: ValueEncoding) {
        writer.any(self);
    }

    fn null_is_data() -> bool {
        true
    }

    fn takes_null(&self) -> bool {
        true
    }
}

impl JsonCodec for Map<String, Value> {
    fn empty() -> Self {
        Map::new()
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: ValueEncoding) -> Result<(), Error> {
        reader.any_object(self)
    }

    fn write(&self, writer: &mut Writer, _: ValueEncoding) {
        writer.any_object(self);
    }
}

impl Reader<'_> {
    /// Reads a value of any shape.
    ///
    /// # Errors
    /// When it is malformed, nests too deep, or a number in it is out of range.
    pub fn any(&mut self) -> Result<Value, Error> {
        Ok(match self.peek() {
            Some(b'"') => Value::String(self.string()?.into_owned()),
            Some(b'{') => {
                let mut map = Map::new();
                self.any_object(&mut map)?;
                Value::Object(map)
            }
            Some(b'[') => {
                let mut list = Vec::new();
                self.list(&mut |reader| {
                    list.push(reader.any()?);
                    Ok(())
                })?;
                Value::Array(list)
            }
            Some(b'n') => {
                self.null()?;
                Value::Null
            }
            Some(b't' | b'f') => Value::Bool(self.bool()?),
            _ => Value::Number(self.any_number()?),
        })
    }

    /// Parses a number. `serde_json` is not used, since its parser may be off by the last bit and its features change
    /// the result.
    fn any_number(&mut self) -> Result<Number, Error> {
        let text = self.number("a value")?;
        let number = if text == "-0" {
            Number::from_f64(-0.0)
        } else if let Ok(number) = text.parse::<u64>() {
            Some(number.into())
        } else if let Ok(number) = text.parse::<i64>() {
            Some(number.into())
        } else {
            let number: Option<f64> = text.parse().ok();
            // A number of more digits than a double holds: its field keeps them.
            self.lossy |= number.is_some_and(|number| crate::json::is_rounded(text, number));
            number.and_then(Number::from_f64)
        };
        number.ok_or_else(|| self.error("expected a number in the range of a double"))
    }

    fn any_object(&mut self, map: &mut Map<String, Value>) -> Result<(), Error> {
        self.object(&mut |reader, key| {
            let value = reader.any()?;
            map.insert(key.to_owned(), value);
            Ok(())
        })
    }
}

impl Writer {
    /// Writes a value of any shape.
    pub fn any(&mut self, value: &Value) {
        match value {
            Value::Null => self.raw("null"),
            Value::Bool(value) => self.raw(if *value { "true" } else { "false" }),
            Value::Number(number) => self.raw(&number.to_string()),
            Value::String(text) => self.string(text),
            Value::Array(items) => self.list(&mut |writer| {
                for item in items {
                    writer.item();
                    writer.any(item);
                }
            }),
            Value::Object(map) => self.any_object(map),
        }
    }

    fn any_object(&mut self, map: &Map<String, Value>) {
        self.object(&mut |writer| {
            for (key, value) in map {
                writer.map_key(key);
                writer.any(value);
            }
        });
    }
}
