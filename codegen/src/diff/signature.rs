//! Human-readable Rust signatures in one line: paths are relative to the module of the declaration, below the module of
//! the API, and the names of other crates are left out.

use crate::model::{Api, Int, Method, MethodName, Parameter, Shape, Type};
use crate::rust::naming::Names;

/// Item that has a name in Rust.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    /// Schema, by its name.
    Schema(String),
    /// Property of a schema.
    Field(String, String),
    /// Value of an enumeration, or alternative of a choice.
    Variant(String, String),
    /// Union of a schema.
    Union(String, String),
    /// Method.
    Method(String),
    /// Parameter of a method.
    Parameter(String, String),
}

/// Revision of an API with its names.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    /// Compared part of the API.
    pub(crate) api: &'a Api,
    /// The complete API.
    pub(crate) whole: &'a Api,
    pub(crate) names: &'a Names,
}

impl Side<'_> {
    /// Returns the signature, if the revision has the item.
    pub(crate) fn signature(self, item: &Item) -> Option<String> {
        match item {
            Item::Schema(name) => self.schema(name),
            Item::Field(schema, field) => self.field(schema, field),
            Item::Variant(schema, value) => {
                let holds = match &self.whole.schemas.get(schema)?.shape {
                    Shape::Enum(_) => String::new(),
                    Shape::OneOf(one_of) => {
                        let alternative = one_of.alternatives.iter().find(|one| one.name == *value)?;
                        format!("({})", self.single(&alternative.ty))
                    }
                    Shape::Message(_) | Shape::Alias(_) => return None,
                };
                Some(format!("{}::{}{holds}", self.path(schema), self.names.variant(schema, value)))
            }
            Item::Union(schema, union) => {
                let Shape::Message(message) = &self.whole.schemas.get(schema)?.shape else {
                    return None;
                };
                message.unions.get(union)?;
                let path = join(&self.names.union(self.whole, schema, union));
                Some(format!("pub {}: Option<{path}>", self.names.union_field(schema, union)))
            }
            Item::Method(name) => Some(self.method(name, self.whole.methods.get(name)?)),
            Item::Parameter(method, name) => {
                let parameter = self.whole.methods.get(method)?.parameters.get(name)?;
                Some(self.parameter(method, name, parameter))
            }
        }
    }

    fn path(self, schema: &str) -> String {
        join(&self.names.schema(self.whole, schema))
    }

    fn schema(self, name: &str) -> Option<String> {
        let schema = self.whole.schemas.get(name)?;
        let path = self.path(name);
        Some(match &schema.shape {
            Shape::Message(_) => format!("pub struct {path}"),
            Shape::Enum(_) | Shape::OneOf(_) => format!("pub enum {path}"),
            Shape::Alias(inner) => format!("pub type {path} = {}", self.element(inner)),
        })
    }

    fn field(self, schema: &str, field: &str) -> Option<String> {
        let Shape::Message(message) = &self.whole.schemas.get(schema)?.shape else {
            return None;
        };
        let stated = message.fields.get(field)?;
        if let Some((union, _)) = message.unions.of(field) {
            let path = join(&self.names.union(self.whole, schema, union));
            let variant = self.names.member(schema, union, field);
            return Some(format!("{path}::{variant}({})", self.single(&stated.ty)));
        }
        let ty = match self.whole.resolve(&stated.ty) {
            Type::List(_) | Type::Map(_) => self.element(&stated.ty),
            _ => format!("Option<{}>", self.single(&stated.ty)),
        };
        Some(format!("pub {}: {ty}", self.names.field(schema, field)))
    }

    fn method(self, name: &str, method: &Method) -> String {
        let functions = self.names.functions_to(MethodName(name).resource()).into_iter();
        let chain = functions.fold(String::from("client"), |chain, function| format!("{chain}.{function}()"));
        let mut arguments: Vec<String> = method
            .parameter_order
            .iter()
            .filter_map(|p| {
                Some(format!("{}: {}", self.names.parameter(name, p), self.argument(method.parameters.get(p)?)))
            })
            .collect();
        if let Some(body) = method.request.as_ref().filter(|_| !method.request_optional) {
            arguments.push(format!("{}: {}", self.names.body(name), self.element(body)));
        }
        let reply = method.response.as_ref().map_or_else(|| "()".to_owned(), |ty| self.element(ty));
        format!("{chain}.{}({}) -> {reply}", self.names.method_function(name), arguments.join(", "))
    }

    fn parameter(self, method: &str, name: &str, parameter: &Parameter) -> String {
        let ty = self.argument(parameter);
        let rust = self.names.parameter(method, name);
        match self.whole.methods.get(method).and_then(|m| m.parameter_order.iter().position(|p| p == name)) {
            // The position of an argument is part of a signature; its name is not.
            Some(index) => {
                format!("{}(argument {}: {ty})", self.names.method_function(method), index.saturating_add(1))
            }
            None => format!("{}(…).with_{rust}({ty})", self.names.method_function(method)),
        }
    }

    fn argument(self, parameter: &Parameter) -> String {
        if self.whole.is_structured(parameter) {
            return format!("impl Into<{}>", self.element(&parameter.ty));
        }
        let ty = match self.whole.resolve(&parameter.ty) {
            Type::String | Type::Bytes | Type::File => "&str".to_owned(),
            Type::FieldMask if parameter.repeated => "&str".to_owned(),
            Type::FieldMask => "impl Into<FieldMask>".to_owned(),
            other => self.element(other),
        };
        if parameter.repeated { format!("impl IntoIterator<{ty}>") } else { ty }
    }

    /// Returns the type of a single value: messages are boxed.
    fn single(self, ty: &Type) -> String {
        let inner = self.element(ty);
        match self.whole.resolve(ty) {
            Type::Schema(name)
                if self.whole.schemas.get(name).is_some_and(|s| matches!(s.shape, Shape::Message(_))) =>
            {
                format!("Box<{inner}>")
            }
            _ => inner,
        }
    }

    fn element(self, ty: &Type) -> String {
        match self.whole.resolve(ty) {
            Type::Bool => "bool".into(),
            Type::String => "String".into(),
            Type::Int(Int::I32) => "i32".into(),
            Type::Int(Int::U32) => "u32".into(),
            Type::Int(Int::I64 | Int::I64Number) => "i64".into(),
            Type::Int(Int::U64 | Int::U64Number) => "u64".into(),
            Type::Float => "f32".into(),
            Type::Double => "f64".into(),
            Type::Bytes => "Bytes".into(),
            Type::File => "File".into(),
            Type::Timestamp => "Timestamp".into(),
            Type::Duration => "Duration".into(),
            Type::FieldMask => "FieldMask".into(),
            Type::Date => "Date".into(),
            Type::Any => "Value".into(),
            Type::Object => "Map<String, Value>".into(),
            Type::List(inner) => format!("Vec<{}>", self.element(inner)),
            Type::Map(inner) => format!("BTreeMap<String, {}>", self.element(inner)),
            Type::Nullable(inner) => format!("Option<{}>", self.element(inner)),
            Type::Schema(name) => self.path(name),
        }
    }
}

/// Joins a path below the API's module, without the module of all types.
fn join(path: &[String]) -> String {
    match path.split_first() {
        Some((first, rest)) if first == "types" => rest.join("::"),
        _ => path.join("::"),
    }
}
