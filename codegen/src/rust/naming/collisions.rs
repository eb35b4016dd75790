//! Items of a document that would have one name in Rust.

use super::key::Scope;
use crate::diagnostic::Diagnostic;
use crate::model::{Api, MethodName};
use crate::source::{Source, escape};
use std::sync::Arc;

/// Number of pairs that a note shows.
const SHOWN: usize = 5;

/// Items of one place whose names are numbered, since others there have the same.
#[derive(Clone, Debug)]
pub(crate) struct Collisions {
    place: Place,
    pairs: Vec<Pair>,
}

/// Two items that would have one name: the keys, and the names that they have.
#[derive(Clone, Debug)]
pub(super) struct Pair {
    pub(super) first: (String, String),
    pub(super) second: (String, String),
}

/// Items with names of their own. Names of other scopes follow from these.
#[derive(Clone, Debug)]
enum Place {
    Schemas,
    /// Properties of a schema.
    Properties(String),
    /// Values or alternatives of a schema.
    Values(String),
    /// Methods and resources of a resource.
    Methods(String),
    /// Parameters of a method.
    Parameters(String),
}

impl Collisions {
    pub(super) fn new(scope: Scope<'_>, pairs: Vec<Pair>) -> Option<Self> {
        let place = match scope {
            Scope::Types => Place::Schemas,
            Scope::Fields(schema) => Place::Properties(schema.to_owned()),
            Scope::Variants(schema) | Scope::Members(schema, _) => Place::Values(schema.to_owned()),
            Scope::Resource(resource) => Place::Methods(resource.to_owned()),
            Scope::Parameters(method) => Place::Parameters(method.to_owned()),
            Scope::Api
            | Scope::TypesIn(_)
            | Scope::Modules
            | Scope::ModulesIn(_)
            | Scope::Calls(_)
            | Scope::Positions(_) => return None,
        };
        (!pairs.is_empty()).then_some(Self { place, pairs })
    }

    /// Returns notes about the items that an API has. `sources` are the texts of the document, its own first.
    pub(crate) fn notes(&self, api: &Api, sources: &[Arc<Source>]) -> Vec<Diagnostic> {
        let schema = |name: &str| api.schemas.get(name).map(|schema| schema.pointer.clone());
        let note = |what: String, pointer: String, pairs: &[Pair]| {
            let shown = pairs.iter().take(SHOWN).map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let more = match pairs.len().saturating_sub(SHOWN) {
                0 => String::new(),
                more => format!(", and {more} more"),
            };
            let help = "a lock keeps these names, also if the document gets others";
            let note =
                Diagnostic::warning(format!("{what} have one name in Rust: {shown}{more}")).help(help).into_note();
            at(note, &pointer, sources)
        };
        match (&self.place, self.pairs.as_slice()) {
            (Place::Schemas, pairs) => {
                let each = pairs.iter().filter_map(|pair| Some((schema(&pair.second.0)?, pair)));
                each.map(|(pointer, pair)| note("schemas".to_owned(), pointer, std::slice::from_ref(pair))).collect()
            }
            (Place::Methods(resource), pairs) => {
                let of = if resource.is_empty() { "the client".to_owned() } else { format!("`{resource}`") };
                let pointer = |key: &str| {
                    let name = MethodName::join(resource, key.trim_end_matches('.'));
                    let within = format!("{name}.");
                    let method = match key.ends_with('.') {
                        true => {
                            api.methods.range(within.clone()..).next().filter(|(name, _)| name.starts_with(&within))
                        }
                        false => api.methods.get_key_value(&name),
                    };
                    method.map(|(_, method)| method.pointer.clone())
                };
                let each = pairs.iter().filter_map(|pair| {
                    pointer(&pair.first.0)?;
                    Some((pointer(&pair.second.0)?, pair))
                });
                each.map(|(pointer, pair)| note(format!("methods of {of}"), pointer, std::slice::from_ref(pair)))
                    .collect()
            }
            (Place::Properties(name), [first, ..]) => {
                let place = schema(name).map(|schema| format!("{schema}/properties/{}", escape(&first.second.0)));
                place.map(|place| note(format!("properties of `{name}`"), place, &self.pairs)).into_iter().collect()
            }
            (Place::Values(name), _) => {
                let place = schema(name).map(|schema| format!("{schema}/enum"));
                place.map(|place| note(format!("values of `{name}`"), place, &self.pairs)).into_iter().collect()
            }
            (Place::Parameters(name), [first, ..]) => {
                let parameter = api.methods.get(name).and_then(|method| method.parameters.get(&first.second.0));
                let place = parameter.map(|parameter| parameter.pointer.clone());
                place.map(|place| note(format!("parameters of `{name}`"), place, &self.pairs)).into_iter().collect()
            }
            (Place::Properties(_) | Place::Parameters(_), []) => Vec::new(),
        }
    }
}

impl std::fmt::Display for Pair {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ((first, first_name), (second, second_name)) = (&self.first, &self.second);
        write!(f, "{} is `{first_name}` and {} is `{second_name}`", shown(first), shown(second))
    }
}

/// Returns the item of a key in words.
fn shown(key: &str) -> String {
    match (key.strip_prefix("union "), key.strip_suffix('.')) {
        (Some(union), _) => format!("the union `{union}`"),
        (None, Some(resource)) => format!("the resource `{resource}`"),
        (None, None) => format!("`{key}`"),
    }
}

/// Sets the location of a warning: a pointer into the document, or, after the name of one of its other files, into that.
fn at(warning: Diagnostic, pointer: &str, sources: &[Arc<Source>]) -> Diagnostic {
    let elsewhere = sources.iter().find_map(|source| {
        let pointer = pointer.strip_prefix(&source.name)?.strip_prefix('#')?;
        Some((source, pointer))
    });
    match elsewhere.or(sources.first().map(|source| (source, pointer))) {
        Some((source, pointer)) => warning.at_pointer(source, pointer),
        None => warning,
    }
}
