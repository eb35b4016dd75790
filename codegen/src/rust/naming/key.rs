//! Keys of names: the scope that a name is unique in, and the item within it. Their text is the lock's.

use std::fmt;

/// A scope: no two of its names are the same.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope<'a> {
    /// Types of the document's own schemas.
    Types,
    /// Types nested in a schema: unions, inline enums and inline messages.
    TypesIn(&'a str),
    /// Modules of the document's own schemas.
    Modules,
    /// Modules of schemas that are nested in a schema.
    ModulesIn(&'a str),
    /// Fields of a schema's struct, and what follows `set_` in the setters of its unions' members.
    Fields(&'a str),
    /// Variants of an enum or a choice.
    Variants(&'a str),
    /// Variants of a union's enum: of the schema, by the union's name.
    Members(&'a str, &'a str),
    /// Functions and modules of a resource.
    Resource(&'a str),
    /// Types of a resource: its handle, the calls of its methods, types that are written inside of its methods.
    Calls(&'a str),
    /// Arguments and setters of a method.
    Parameters(&'a str),
    /// Positions of a method's arguments. They are no names, but a call of the method depends on them all the same.
    Positions(&'a str),
}

impl fmt::Display for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scope::Types => f.write_str("types"),
            Scope::TypesIn(schema) => write!(f, "types {schema}"),
            Scope::Modules => f.write_str("modules"),
            Scope::ModulesIn(schema) => write!(f, "modules {schema}"),
            Scope::Fields(schema) => write!(f, "fields {schema}"),
            Scope::Variants(schema) => write!(f, "variants {schema}"),
            Scope::Members(schema, union) => write!(f, "variants {schema} union {union}"),
            Scope::Resource(resource) => write!(f, "resources {resource}"),
            Scope::Calls(resource) => write!(f, "calls {resource}"),
            Scope::Parameters(method) => write!(f, "parameters {method}"),
            Scope::Positions(method) => write!(f, "positions {method}"),
        }
    }
}

impl Scope<'_> {
    /// Names that generated code has in a scope beside those of the document. `scope` is the scope's text.
    pub(super) fn reserved(scope: &str) -> &'static [&'static str] {
        match scope.split_once(' ').unwrap_or((scope, "")) {
            ("fields", _) => &["unknown_fields"],
            ("variants", rest) if !rest.contains(" union ") => &["Unrecognized"],
            // Functions of every client, and the module of the types.
            ("resources", _) => &["builder", "default", "from", "new", "types"],
            // Statics beside the calls, which are tuple structs and so values as well.
            ("calls", _) => &["API", "METHODS"],
            ("parameters", _) => &["options", "self_"],
            _ => &[],
        }
    }
}

/// An item that has a name in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key<'a> {
    /// A schema, property, enum value, method or parameter, by its own name.
    Item(&'a str),
    /// A union, beside properties.
    Union(&'a str),
    /// A resource, beside methods.
    Resource(&'a str),
    /// The handle to an operation that a method started, beside the method.
    Operation(&'a str),
    /// A resource's handle beside its methods, or a method's body beside its parameters.
    Own,
}

/// Words with which keys begin that are not the name of an item itself.
const WORDS: [&str; 3] = ["union ", "operation ", "item "];

impl fmt::Display for Key<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // An item's own name, unless it reads like another key.
            Key::Item(name) if name.is_empty() || WORDS.iter().any(|word| name.starts_with(word)) => {
                write!(f, "item {name}")
            }
            Key::Item(name) => f.write_str(name),
            Key::Union(name) => write!(f, "union {name}"),
            Key::Resource(name) => write!(f, "{name}."),
            Key::Operation(method) => write!(f, "operation {method}"),
            Key::Own => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_item_has_the_key_of_another_kind() {
        for (item, other) in [
            ("union x", Key::Union("x")),
            ("operation create", Key::Operation("create")),
            ("", Key::Own),
            ("item union x", Key::Item("union x")),
        ] {
            assert_ne!(Key::Item(item).to_string(), other.to_string());
        }
        assert_eq!(Key::Item("displayName").to_string(), "displayName");
    }
}
