//! Types of users in place of generated ones, encoded by their own `serde` impls.

use serde_core::de::DeserializeOwned;
use serde_core::ser::Serialize;

use crate::json::{Error, Reader, Writer};

/// Implements what generated code needs of a type that replaces a generated one.
///
/// The type is encoded by its `serde` impls, and has `Clone`, `Debug`, `Default` and `PartialEq`:
///
/// ```
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
/// #[serde(rename_all = "camelCase")]
/// pub struct Money {
///     pub currency_code: String,
///     pub units: String,
/// }
///
/// discovery_runtime::json_type!(Money);
/// ```
#[macro_export]
macro_rules! json_type {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::__private::JsonCodec for $type {
            fn empty() -> Self {
                <Self as ::std::default::Default>::default()
            }

            fn read(
                &mut self,
                reader: &mut $crate::__private::Reader<'_>,
                _: $crate::__private::ValueEncoding,
            ) -> ::std::result::Result<(), $crate::json::Error> {
                *self = $crate::__private::custom::read(reader)?;
                ::std::result::Result::Ok(())
            }

            fn write(&self, writer: &mut $crate::__private::Writer, _: $crate::__private::ValueEncoding) {
                $crate::__private::custom::write(self, writer);
            }
        }
    )+};
}

/// Decodes a value by its own impl.
///
/// # Errors
/// When the JSON is malformed or is not what the type takes.
pub fn read<T: DeserializeOwned>(reader: &mut Reader<'_>) -> Result<T, Error> {
    let value = reader.any()?;
    T::deserialize(value).map_err(|error| reader.error(error.to_string()))
}

/// Encodes a value by its own impl.
pub fn write<T: Serialize>(value: &T, writer: &mut Writer) {
    match serde_json::to_value(value) {
        Ok(value) => writer.any(&value),
        Err(error) => {
            writer.fail(error.to_string());
            writer.raw("null");
        }
    }
}
