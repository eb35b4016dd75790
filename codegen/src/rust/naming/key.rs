//! Keys of names: the scope that a name is unique in, and the item within it. Lock files contain their text.

use std::borrow::Cow;
use std::fmt;

/// Scope of unique names.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope<'a> {
    /// Module of the API.
    Api,
    /// Types of top-level schemas.
    Types,
    /// Types nested in a schema: unions, inline enums and inline messages.
    TypesIn(&'a str),
    /// Modules of top-level schemas.
    Modules,
    /// Modules of schemas that are nested in a schema.
    ModulesIn(&'a str),
    /// Fields of a schema's struct, and the part after `set_` in the setters of its unions' members.
    Fields(&'a str),
    /// Variants of an enum or a choice.
    Variants(&'a str),
    /// Variants of a union's enum: the schema, and the union's name.
    Members(&'a str, &'a str),
    /// Functions and modules of a resource.
    Resource(&'a str),
    /// Types of a resource: its handle, the calls of its methods, and types declared inline in its methods.
    Calls(&'a str),
    /// Arguments and setters of a method.
    Parameters(&'a str),
    /// Positions of a method's arguments. They are not names, but calls of the method depend on them.
    Positions(&'a str),
}

impl fmt::Display for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Scope::Api => f.write_str("api"),
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
    /// First words of the texts of scopes.
    pub(super) const KINDS: [&'static str; 9] =
        ["api", "calls", "fields", "modules", "parameters", "positions", "resources", "types", "variants"];

    /// Returns `true` for the text of a scope.
    pub(super) fn is_known(text: &str) -> bool {
        match text.split_once(' ') {
            None => matches!(text, "api" | "modules" | "types"),
            Some((kind, _)) => kind != "api" && Self::KINDS.contains(&kind),
        }
    }

    /// Returns the names in a scope that generated code uses in addition to those of the document. `scope` is the
    /// scope's text.
    pub(super) fn reserved(scope: &str) -> Vec<&'static str> {
        let names: &[&str] = match scope.split_once(' ').unwrap_or((scope, "")) {
            ("api", _) => return [RESERVED_MODULES.as_slice(), &DEVICES, &CRATES].concat(),
            ("fields", _) => &["unknown_fields"],
            ("variants", rest) if !rest.contains(" union ") => &["Unrecognized"],
            // Functions of every client, and the module of the types.
            ("resources", _) => &["builder", "default", "from", "new", "types"],
            // Statics share a namespace with calls, which are tuple structs and so values as well.
            ("calls", _) => &["API", "METHODS"],
            ("parameters", _) => &["options", "self_"],
            _ => &[],
        };
        names.to_vec()
    }
}

/// Modules that the root of a crate cannot have: features that are not an API's, the runtime, and `src/lib.rs` and
/// the folder of programs.
const RESERVED_MODULES: [&str; 8] =
    ["adc", "api_key", "bin", "blocking", "client", "default", "discovery_runtime", "lib"];

/// Device names that Windows reserves, with any extension.
pub(in crate::rust) const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Crates that are in scope everywhere: a module or dependency of the same name would shadow them.
pub(in crate::rust) const CRATES: [&str; 4] = ["alloc", "core", "proc_macro", "std"];

/// Item that has a name in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key<'a> {
    /// Schema, property, enum value, method or parameter, by its own name.
    Item(&'a str),
    /// Union, in a scope with properties.
    Union(&'a str),
    /// Resource, in a scope with methods.
    Resource(&'a str),
    /// Handle to an operation that a method started, in a scope with the method.
    Operation(&'a str),
    /// Handle of a resource in a scope with its methods, or body of a method in a scope with its parameters.
    Own,
}

/// Key of the module of the API.
pub(super) const MODULE: &str = "module";

/// Prefixes of keys that are not just the name of an item.
const WORDS: [&str; 3] = ["union ", "operation ", "item "];

impl<'a> Key<'a> {
    /// Returns the text of the key, which is the name of most items.
    pub(super) fn text(self) -> Cow<'a, str> {
        match self {
            // Name of an item that looks like another key.
            Key::Item(name) if name.is_empty() || WORDS.iter().any(|word| name.starts_with(word)) => {
                format!("item {name}").into()
            }
            Key::Item(name) => name.into(),
            Key::Union(name) => format!("union {name}").into(),
            Key::Resource(name) => format!("{name}.").into(),
            Key::Operation(method) => format!("operation {method}").into(),
            Key::Own => "".into(),
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
            assert_ne!(Key::Item(item).text(), other.text());
        }
        assert_eq!(Key::Item("displayName").text(), "displayName");
    }
}
