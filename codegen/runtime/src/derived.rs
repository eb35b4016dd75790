//! Traits that every generated type has, each the same few lines over the one implementation in this crate.
//!
//! Macros, because only a macro can name the type; generated code would be twice as long without.

/// What every message has beside [`Message`](crate::Message): `Clone`, `PartialEq` and `Debug` over its table, which
/// compile faster and to less than derives would, and serde's traits over the codec.
#[doc(hidden)]
#[macro_export]
macro_rules! message {
    ($message:ident) => {
        impl ::std::clone::Clone for $message {
            fn clone(&self) -> Self {
                $crate::message::clone(self)
            }
        }
        impl ::std::cmp::PartialEq for $message {
            fn eq(&self, other: &Self) -> bool {
                $crate::message::eq(self, other)
            }
        }
        impl ::std::fmt::Debug for $message {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::message::fmt(self, f)
            }
        }
        $crate::serde_traits!($message);
    };
}

/// What every enum has beside [`OpenEnum`](crate::OpenEnum).
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($enum:ident) => {
        impl $enum {
            /// The value as it is on the wire.
            pub fn as_str(&self) -> &str {
                $crate::OpenEnum::as_wire_str(self)
            }
        }
        impl $crate::Wire for $enum {
            fn empty() -> Self {
                $crate::OpenEnum::from_name("")
            }
            fn read(
                &mut self,
                reader: &mut $crate::json::Reader<'_>,
                _: $crate::Form,
            ) -> ::std::result::Result<(), $crate::json::Error> {
                $crate::open_enum::read(self, reader)
            }
            fn write(&self, writer: &mut $crate::json::Writer, form: $crate::Form) {
                $crate::open_enum::write(self, writer, form);
            }
        }
        impl ::std::convert::From<&str> for $enum {
            fn from(name: &str) -> Self {
                $crate::OpenEnum::from_name(name)
            }
        }
        impl ::std::fmt::Display for $enum {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        $crate::serde_traits!($enum);
    };
}

/// What every choice has beside [`Choice`](crate::Choice).
#[doc(hidden)]
#[macro_export]
macro_rules! choice {
    ($choice:ident) => {
        impl $crate::Wire for $choice {
            fn empty() -> Self {
                $crate::Choice::unrecognized($crate::serde_json::Value::Null)
            }
            fn read(
                &mut self,
                reader: &mut $crate::json::Reader<'_>,
                _: $crate::Form,
            ) -> ::std::result::Result<(), $crate::json::Error> {
                $crate::choice::read(self, reader)
            }
            fn write(&self, writer: &mut $crate::json::Writer, _: $crate::Form) {
                $crate::choice::write(self, writer);
            }
        }
        $crate::serde_traits!($choice);
    };
}

/// serde's traits, driven by the codec.
#[doc(hidden)]
#[macro_export]
macro_rules! serde_traits {
    ($type:ident) => {
        impl $crate::serde_core::Serialize for $type {
            fn serialize<S: $crate::serde_core::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::serde_impl::serialize(self, serializer)
            }
        }
        impl<'de> $crate::serde_core::Deserialize<'de> for $type {
            fn deserialize<D: $crate::serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::serde_impl::deserialize(deserializer)
            }
        }
    };
}
