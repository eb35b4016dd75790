//! Rust types of values and arguments, before they are written in a module or in a signature. Emission and `diff` share
//! them, so that a verdict is about the code that is generated.

use crate::model::{Api, BodyForm, Field, Int, Method, Parameter, Shape, Type};

/// Rust type.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) enum RustType<'a> {
    /// Built-in type, such as `bool` or `i64`.
    BuiltIn(&'static str),
    /// Type of the prelude with its arguments, such as `Option<T>`.
    Prelude(&'static str, Vec<RustType<'a>>),
    /// Type of a crate by its absolute path, with its arguments.
    Path(&'static str, Vec<RustType<'a>>),
    /// Type of a schema.
    Schema(&'a str),
}

/// Type of an argument of a stub.
pub(crate) enum Argument<'a> {
    /// `&str`.
    Str,
    /// The type itself.
    Value(RustType<'a>),
    /// `impl Into<T>`.
    Into(RustType<'a>),
    /// `impl IntoIterator` over strings of any kind.
    Strings,
    /// `impl IntoIterator<Item = T>`.
    Items(RustType<'a>),
}

/// Types of an API.
#[derive(Clone, Copy)]
pub(crate) struct RustTypes<'a, F: Fn(&str) -> bool + Copy> {
    pub(crate) api: &'a Api,
    /// Returns `true` if the type of a schema is replaced by one of the user's own.
    pub(crate) is_replaced: F,
}

impl<'a, F: Fn(&str) -> bool + Copy> RustTypes<'a, F> {
    /// Returns `true` if the type of a schema is a generated struct.
    pub(crate) fn is_message(self, schema: &str) -> bool {
        matches!(self.api.shape(schema), Some(Shape::Message(_))) && !(self.is_replaced)(schema)
    }

    /// Returns the type of the field of a property.
    pub(crate) fn field(self, ty: &'a Type) -> RustType<'a> {
        match self.api.resolve(ty) {
            Type::List(_) | Type::Map(_) => self.single(ty),
            _ => option(self.single(ty)),
        }
    }

    /// Returns the type of a single value, in an option or a union's member. Messages are boxed, so that a new cycle
    /// changes no type, and `None` takes one word.
    pub(crate) fn single(self, ty: &'a Type) -> RustType<'a> {
        let inner = self.element(ty);
        match &inner {
            RustType::Schema(name) if self.is_message(name) => RustType::Prelude("Box", vec![inner]),
            _ => inner,
        }
    }

    /// Returns the type of a value in a list or map.
    pub(crate) fn element(self, ty: &'a Type) -> RustType<'a> {
        let path = |path| RustType::Path(path, Vec::new());
        match self.api.resolve(ty) {
            Type::Bool => RustType::BuiltIn("bool"),
            Type::Int(Int::I32) => RustType::BuiltIn("i32"),
            Type::Int(Int::U32) => RustType::BuiltIn("u32"),
            Type::Int(Int::I64 | Int::I64Number) => RustType::BuiltIn("i64"),
            Type::Int(Int::U64 | Int::U64Number) => RustType::BuiltIn("u64"),
            Type::Float => RustType::BuiltIn("f32"),
            Type::Double => RustType::BuiltIn("f64"),
            Type::String => string(),
            Type::Bytes | Type::UrlSafeBytes => path("::discovery_runtime::bytes::Bytes"),
            Type::File => path("::discovery_runtime::File"),
            Type::Timestamp | Type::DateTime => path("::discovery_runtime::time::Timestamp"),
            Type::Duration => path("::discovery_runtime::time::Duration"),
            Type::FieldMask => field_mask(),
            Type::Date => path("::discovery_runtime::time::Date"),
            Type::Any => path("::discovery_runtime::serde_json::Value"),
            Type::Object => RustType::Path(
                "::discovery_runtime::serde_json::Map",
                vec![string(), path("::discovery_runtime::serde_json::Value")],
            ),
            Type::List(of) => RustType::Prelude("Vec", vec![self.element(of)]),
            Type::Map(of) => RustType::Path("::std::collections::BTreeMap", vec![string(), self.element(of)]),
            Type::Nullable(of) => option(self.element(of)),
            Type::Schema(name) => RustType::Schema(name),
        }
    }

    /// Returns the type of the response of a method. A list or map is one that keeps entries of other types, as
    /// messages keep the values that their fields do not take.
    pub(crate) fn response(self, ty: &'a Type) -> RustType<'a> {
        match self.api.resolve(ty) {
            Type::List(_) | Type::Map(_) => RustType::Path("::discovery_runtime::Lenient", vec![self.element(ty)]),
            Type::Nullable(of) => option(self.response(of)),
            _ => self.element(ty),
        }
    }

    /// Returns the type of the argument that takes a parameter. Bytes are passed in base64.
    pub(crate) fn argument(self, parameter: &'a Parameter) -> Argument<'a> {
        let ty = self.api.resolve(&parameter.ty);
        if parameter.repeated {
            return match ty {
                Type::String | Type::Bytes | Type::UrlSafeBytes | Type::File | Type::FieldMask => Argument::Strings,
                _ => Argument::Items(self.element(ty)),
            };
        }
        match ty {
            _ if self.api.is_structured(parameter) => Argument::Into(self.element(ty)),
            Type::String | Type::Bytes | Type::UrlSafeBytes | Type::File => Argument::Str,
            Type::FieldMask => Argument::Into(field_mask()),
            _ => Argument::Value(self.element(ty)),
        }
    }

    /// Returns the type of the argument that takes the body of a method.
    pub(crate) fn body(self, method: &Method, body: &'a Type) -> Argument<'a> {
        match method.body_form() {
            // A value of the type itself is one that is not `null`.
            BodyForm::Json if matches!(self.api.resolve(body), Type::Nullable(_)) => Argument::Into(self.element(body)),
            BodyForm::Json | BodyForm::Form => Argument::Value(self.element(body)),
            BodyForm::Text => Argument::Into(string()),
            BodyForm::Bytes => Argument::Into(RustType::Path("::discovery_runtime::bytes::Bytes", Vec::new())),
        }
    }
}

fn string<'a>() -> RustType<'a> {
    RustType::Prelude("String", Vec::new())
}

fn option(of: RustType<'_>) -> RustType<'_> {
    RustType::Prelude("Option", vec![of])
}

fn field_mask<'a>() -> RustType<'a> {
    RustType::Path("::discovery_runtime::FieldMask", Vec::new())
}

/// Returns `true` for a property with a setter of `null`: one that may be `null`, unless it takes any JSON value.
pub(crate) fn has_null_setter(api: &Api, field: &Field) -> bool {
    api.may_be_null(field) && *api.resolve(&field.ty) != Type::Any
}
