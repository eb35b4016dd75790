//! Human-readable Rust signatures in one line: paths are relative to the module of the declaration, below the module of
//! the API, and the names of other crates are left out.

use crate::model::{Alternative, Api, Method, MethodName, Parameter, Shape};
use crate::rust::naming::Names;
use crate::rust::rust_type::{Argument, RustType, RustTypes};
use std::collections::HashMap;

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
    /// Method by its name.
    Method(String),
    /// Parameter of a method.
    Parameter(String, String),
}

impl Item {
    /// Returns the name of the schema or method that has the item.
    pub(crate) fn owner(&self) -> &str {
        match self {
            Item::Schema(owner)
            | Item::Field(owner, _)
            | Item::Variant(owner, _)
            | Item::Union(owner, _)
            | Item::Method(owner)
            | Item::Parameter(owner, _) => owner,
        }
    }
}

/// Revision of an API with its names.
#[derive(Clone, Copy)]
pub(crate) struct Side<'a> {
    /// Compared part of the API.
    pub(crate) api: &'a Api,
    /// The complete API.
    pub(crate) whole: &'a Api,
    pub(crate) names: &'a Names,
    pub(crate) parts: &'a Parts<'a>,
}

/// Parts of a whole API that are lists in the model, by the names of what has them and of the parts.
pub(crate) struct Parts<'a> {
    alternatives: HashMap<(&'a str, &'a str), &'a Alternative>,
    /// Positions of the arguments of methods.
    arguments: HashMap<(&'a str, &'a str), usize>,
}

impl<'a> Parts<'a> {
    pub(crate) fn of(api: &'a Api) -> Self {
        let mut parts = Self { alternatives: HashMap::new(), arguments: HashMap::new() };
        for (schema, stated) in &api.schemas {
            let Shape::OneOf(one_of) = &stated.shape else { continue };
            for alternative in &one_of.alternatives {
                parts.alternatives.entry((schema, &alternative.name)).or_insert(alternative);
            }
        }
        for (method, stated) in &api.methods {
            for (position, parameter) in stated.parameter_order.iter().enumerate() {
                parts.arguments.entry((method, parameter)).or_insert(position);
            }
        }
        parts
    }
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
                    Shape::OneOf(_) => {
                        let alternative = self.parts.alternatives.get(&(schema.as_str(), value.as_str()))?;
                        format!("({})", self.write(&self.types().single(&alternative.ty)))
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
            Shape::Alias(inner) => format!("pub type {path} = {}", self.write(&self.types().element(inner))),
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
            return Some(format!("{path}::{variant}({})", self.write(&self.types().single(&stated.ty))));
        }
        let ty = self.write(&self.types().field(&stated.ty));
        Some(format!("pub {}: {ty}", self.names.field(schema, field)))
    }

    fn method(self, name: &str, method: &Method) -> String {
        let functions = self.names.functions_to(MethodName(name).resource()).into_iter();
        let chain = functions.fold(String::from("client"), |chain, function| format!("{chain}.{function}()"));
        let positional = method.positional().map(|(parameter, stated)| {
            format!("{}: {}", self.names.parameter(name, parameter), self.argument(&self.types().argument(stated)))
        });
        let mut arguments: Vec<String> = positional.collect();
        if let Some(body) = method.request.as_ref().filter(|_| !method.request_optional) {
            let body = self.argument(&self.types().body(method, body));
            arguments.push(format!("{}: {body}", self.names.body(name)));
        }
        let response = match &method.response {
            Some(ty) => self.write(&self.types().response(ty)),
            None if method.returns_file() => "File".to_owned(),
            None if method.returns_redirect() => "Redirect".to_owned(),
            None => "()".to_owned(),
        };
        format!("{chain}.{}({}) -> {response}", self.names.method_function(name), arguments.join(", "))
    }

    fn parameter(self, method: &str, name: &str, parameter: &Parameter) -> String {
        let ty = self.argument(&self.types().argument(parameter));
        let rust = self.names.parameter(method, name);
        match self.parts.arguments.get(&(method, name)) {
            // The position of an argument is part of a signature; its name is not.
            Some(index) => {
                format!("{}(argument {}: {ty})", self.names.method_function(method), index.saturating_add(1))
            }
            None => format!("{}(…).with_{rust}({ty})", self.names.method_function(method)),
        }
    }

    fn types(&self) -> RustTypes<'_, impl Fn(&str) -> bool + Copy> {
        RustTypes { api: self.whole, is_replaced: |_| false }
    }

    fn argument(&self, argument: &Argument<'_>) -> String {
        match argument {
            Argument::Str => "&str".to_owned(),
            Argument::Value(ty) => self.write(ty),
            Argument::Into(ty) => format!("impl Into<{}>", self.write(ty)),
            Argument::Strings => "impl IntoIterator<&str>".to_owned(),
            Argument::Items(ty) => format!("impl IntoIterator<{}>", self.write(ty)),
        }
    }

    /// Returns a type with the last names of its paths.
    fn write(&self, ty: &RustType<'_>) -> String {
        let (name, arguments) = match ty {
            RustType::BuiltIn(name) => return (*name).to_owned(),
            RustType::Schema(name) => return self.path(name),
            RustType::Prelude(name, arguments) => (*name, arguments),
            RustType::Path(path, arguments) => (path.rsplit("::").next().unwrap_or(path), arguments),
        };
        let arguments: Vec<String> = arguments.iter().map(|argument| self.write(argument)).collect();
        if arguments.is_empty() { name.to_owned() } else { format!("{name}<{}>", arguments.join(", ")) }
    }
}

/// Joins a path below the API's module, without the module of all types.
fn join(path: &[String]) -> String {
    match path.split_first() {
        Some((first, rest)) if first == "types" => rest.join("::"),
        _ => path.join("::"),
    }
}
