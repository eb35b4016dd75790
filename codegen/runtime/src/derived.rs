//! Implementations of traits that every generated type has, each a few lines over one implementation in this crate.
//!
//! Macros, because only a macro can name the type; generated code would be twice as long without. The functions are
//! `#[inline]`, so that only the code that a program uses is compiled.

/// Rejects code that was generated for another version of the interface than this crate has.
#[doc(hidden)]
#[macro_export]
macro_rules! generated_code {
    (2) => {};
    (1) => {
        compile_error!(
            "this code was generated for discovery-runtime 0.1: generate it again with the version of discovery-codegen \
             that belongs to the one in use"
        );
    };
    ($($newer:tt)*) => {
        compile_error!(
            "this code was generated for a newer discovery-runtime: update the dependency `discovery-runtime`, or \
             generate the code again with the version of discovery-codegen that belongs to the one in use"
        );
    };
}

/// Implements, for a message, `Clone`, `PartialEq` and `Debug` over its table, which compile faster and to less than
/// derives would, and serde's traits over the codec.
#[doc(hidden)]
#[macro_export]
macro_rules! message {
    ($message:ident) => {
        impl ::std::clone::Clone for $message {
            #[inline]
            fn clone(&self) -> Self {
                $crate::__private::message::clone(self)
            }
        }
        impl ::std::cmp::PartialEq for $message {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::__private::message::eq(self, other)
            }
        }
        impl ::std::fmt::Debug for $message {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::__private::message::fmt(self, f)
            }
        }
        $crate::serde_traits!($message);
    };
}

/// Implements the traits of an enum.
#[doc(hidden)]
#[macro_export]
macro_rules! open_enum {
    ($enum:ident) => {
        impl $enum {
            /// Returns the value's name in JSON.
            #[inline]
            pub fn as_str(&self) -> &str {
                $crate::__private::OpenEnum::as_wire_str(self)
            }
        }
        impl $crate::__private::JsonCodec for $enum {
            #[inline]
            fn empty() -> Self {
                $crate::__private::OpenEnum::from_name("")
            }
            #[inline]
            fn read(
                &mut self,
                reader: &mut $crate::__private::Reader<'_>,
                _: $crate::__private::ValueEncoding,
            ) -> ::std::result::Result<(), $crate::json::Error> {
                $crate::__private::open_enum::read(self, reader)
            }
            #[inline]
            fn write(&self, writer: &mut $crate::__private::Writer, _: $crate::__private::ValueEncoding) {
                $crate::__private::open_enum::write(self, writer);
            }
        }
        impl ::std::convert::From<&str> for $enum {
            #[inline]
            fn from(name: &str) -> Self {
                $crate::__private::OpenEnum::from_name(name)
            }
        }
        impl ::std::fmt::Display for $enum {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
        $crate::serde_traits!($enum);
    };
}

/// Implements the traits of a choice.
#[doc(hidden)]
#[macro_export]
macro_rules! choice {
    ($choice:ident) => {
        impl $crate::__private::JsonCodec for $choice {
            #[inline]
            fn empty() -> Self {
                $crate::__private::Choice::unrecognized($crate::serde_json::Value::Null)
            }
            #[inline]
            fn read(
                &mut self,
                reader: &mut $crate::__private::Reader<'_>,
                _: $crate::__private::ValueEncoding,
            ) -> ::std::result::Result<(), $crate::json::Error> {
                $crate::__private::choice::read(self, reader)
            }
            #[inline]
            fn write(&self, writer: &mut $crate::__private::Writer, _: $crate::__private::ValueEncoding) {
                $crate::__private::choice::write(self, writer);
            }
            #[inline]
            fn as_message(&self) -> ::std::option::Option<&dyn $crate::Message> {
                $crate::__private::Choice::value(self).1.as_message()
            }
            #[inline]
            fn as_message_mut(&mut self) -> ::std::option::Option<&mut dyn $crate::Message> {
                $crate::__private::Choice::value_mut(self).as_message_mut()
            }
        }
        $crate::serde_traits!($choice);
    };
}

/// Implements serde's traits over the codec.
#[doc(hidden)]
#[macro_export]
macro_rules! serde_traits {
    ($type:ident) => {
        impl $crate::__private::serde_core::Serialize for $type {
            #[inline]
            fn serialize<S: $crate::__private::serde_core::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::__private::serde_impl::serialize(self, serializer)
            }
        }
        impl<'de> $crate::__private::serde_core::Deserialize<'de> for $type {
            #[inline]
            fn deserialize<D: $crate::__private::serde_core::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::__private::serde_impl::deserialize(deserializer)
            }
        }
    };
}
