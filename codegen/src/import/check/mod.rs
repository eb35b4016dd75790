//! Properties beside a union's members that look like members, and that no source places.
//!
//! What is found is never placed here: it is shown with the evidence for and against, and a person (or an import)
//! decides. Documents sort their properties, so the position of a property says nothing.

mod evidence;

use crate::diagnostic::Diagnostic;
use crate::model::{Api, Message, Shape};
use crate::parser::overlay::Overlay;
pub use evidence::Evidence;
use std::fmt;

/// A property whose membership in a union is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// The schema.
    pub schema: String,
    /// The property.
    pub property: String,
    /// The union that it may be a member of.
    pub union: String,
    /// What speaks for that, and what against.
    pub evidence: Evidence,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { schema, property, union, evidence } = self;
        writeln!(f, "`{schema}.{property}`: membership unknown; it may be a member of the union `{union}`")?;
        evidence.pro.iter().try_for_each(|reason| writeln!(f, "  for:     {reason}"))?;
        evidence.contra.iter().try_for_each(|reason| writeln!(f, "  against: {reason}"))
    }
}

/// What `unions check` has to say.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Members that the overlay names and the document does not have.
    pub vanished: Vec<Diagnostic>,
    /// Properties that look like members and that no source places.
    pub unknown: Vec<Unknown>,
}

impl Report {
    /// Whether there is nothing to decide.
    pub fn is_settled(&self) -> bool {
        self.vanished.is_empty() && self.unknown.is_empty()
    }
}

/// Returns a warning for each property that looks like a member of a union, and that the overlay does not place.
pub fn warnings(api: &Api, overlay: &Overlay) -> Vec<Diagnostic> {
    let warning = |unknown: Unknown| {
        let text = format!(
            "`{}.{}` looks like a member of the union `{}`, and no source says whether it is",
            unknown.schema, unknown.property, unknown.union
        );
        let help = "`unions check` shows why; put it among the union's `members` or `apart` from it, with a source";
        let place = ["schemas", &unknown.schema, "unions", &unknown.union];
        overlay.at(Diagnostic::warning(text).help(help), &place)
    };
    unknown(api, Some(overlay)).into_iter().map(warning).collect()
}

/// Compares a document with its overlay. `api` has the overlay in it, as far as it fits.
pub fn check(api: &Api, overlay: &Overlay) -> Report {
    let mut report = Report { unknown: unknown(api, Some(overlay)), ..Report::default() };
    for (schema, notes) in overlay.schemas.iter().filter(|(_, notes)| !notes.unions.is_empty()) {
        let message = message(api, schema);
        if message.is_none() {
            let gone = Diagnostic::warning(format!("the document has no message `{schema}` whose unions are known"));
            report.vanished.push(overlay.at(gone, &["schemas", schema]));
        }
        for (union, notes) in &notes.unions {
            for (index, member) in notes.members.iter().enumerate() {
                if message.is_some_and(|message| !message.fields.contains_key(member.name())) {
                    let text = format!("the member `{}` of the union `{schema}.{union}` has vanished", member.name());
                    let place = ["schemas", schema, "unions", union, "members", &index.to_string()];
                    report.vanished.push(overlay.at(Diagnostic::warning(text), &place));
                }
            }
        }
    }
    report
}

/// The properties that look like members of a union, and that no source places.
pub fn unknown(api: &Api, overlay: Option<&Overlay>) -> Vec<Unknown> {
    let mut found = Vec::new();
    for (name, schema) in &api.schemas {
        let Shape::Message(message) = &schema.shape else {
            continue;
        };
        if message.unions.is_empty() {
            continue;
        }
        let notes = overlay.and_then(|overlay| overlay.schemas.get(name));
        for property in message.fields.keys() {
            let apart = notes.is_some_and(|notes| {
                notes.unions.values().any(|union| union.apart.iter().any(|member| member.name() == property))
            });
            if apart || message.union_of(property).is_some() {
                continue;
            }
            let best = message
                .unions
                .iter()
                .map(|(union, known)| (union, evidence::weigh(api, message, union, known, property)))
                .max_by(|a, b| a.1.weight.total_cmp(&b.1.weight));
            if let Some((union, evidence)) = best.filter(|(_, evidence)| evidence.is_suspicious()) {
                let union = union.clone();
                found.push(Unknown { schema: name.clone(), property: property.clone(), union, evidence });
            }
        }
    }
    found
}

fn message<'a>(api: &'a Api, name: &str) -> Option<&'a Message> {
    match &api.schemas.get(name)?.shape {
        Shape::Message(message) => Some(message),
        Shape::Enum(_) | Shape::Alias(_) | Shape::OneOf(_) => None,
    }
}
