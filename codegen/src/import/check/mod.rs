//! Properties that look like undeclared members of a union.
//!
//! A suspicion is reported with the evidence for and against it, and never applied: a person or an import decides.
//! Documents sort their properties, so the position of a property is not evidence.

mod evidence;

use crate::diagnostic::Diagnostic;
use crate::model::{Api, FactSourceKind, Message, Shape};
use crate::parser::overlay::{Member, Overlay, SchemaNotes};
use crate::text::visible;
pub use evidence::Evidence;
use std::collections::HashSet;
use std::fmt;

/// Largest number of pairs of a property and a member of one message that are compared. Messages with more, which are
/// hundreds of properties, are not checked.
const MOST_PAIRS: usize = 250_000;

/// A property that may be a member of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    /// Name of the schema.
    pub schema: String,
    /// Name of the property.
    pub property: String,
    /// Name of the union.
    pub union: String,
    /// Evidence for and against the membership.
    pub evidence: Evidence,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { schema, property, union, evidence } = self;
        let [schema, property, union] = [schema, property, union].map(|name| visible(name));
        writeln!(
            f,
            "`{schema}.{property}`: may be a member of the union `{union}` (weight {:.1}; reported from {:.1})",
            evidence.weight,
            Evidence::THRESHOLD
        )?;
        evidence.pro.iter().try_for_each(|reason| writeln!(f, "  for:     {}", visible(reason)))?;
        evidence.contra.iter().try_for_each(|reason| writeln!(f, "  against: {}", visible(reason)))
    }
}

/// Report of `unions check`.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Members of the overlay that are missing from the document.
    pub missing: Vec<Diagnostic>,
    /// Properties that look like undeclared members.
    pub unknown: Vec<Unknown>,
    /// Number of messages with a declared union. Other messages are not checked.
    pub checked: usize,
    /// Number of messages with at least two properties.
    pub messages: usize,
    /// `true` if the overlay has facts of protos, which state all unions of their messages.
    pub has_protos: bool,
    /// `true` for an OpenAPI document that is not Google's: it states its unions itself, as `oneOf`.
    pub states_unions: bool,
}

impl Report {
    /// Returns `true` if something was checked, and nothing was found.
    pub fn is_settled(&self) -> bool {
        !self.is_unchecked() && self.missing.is_empty() && self.unknown.is_empty()
    }

    /// Returns `true` if nothing declares a union, though there may be some: there are objects, and neither the
    /// document nor imported protos state all unions.
    pub fn is_unchecked(&self) -> bool {
        self.checked == 0 && self.messages > 0 && !self.has_protos && !self.states_unions
    }
}

/// Returns a warning for each property that looks like an undeclared member.
pub fn warnings(api: &Api, overlay: &Overlay) -> Vec<Diagnostic> {
    let warning = |unknown: Unknown| {
        let text = format!(
            "`{}.{}` looks like an undeclared member of the union `{}`",
            unknown.schema, unknown.property, unknown.union
        );
        let help = "run `unions check` for the evidence, and add it to `members` or `not_members` of the union";
        let place = ["schemas", &unknown.schema, "unions", &unknown.union];
        overlay.at(Diagnostic::warning(text).help(help), &place)
    };
    unknown(api, Some(overlay)).into_iter().map(warning).collect()
}

/// Compares a document with its overlay. `api` is the document with the overlay applied as far as it fits.
pub fn check(api: &Api, overlay: &Overlay) -> Report {
    let messages = || {
        api.schemas.values().filter_map(|schema| match &schema.shape {
            Shape::Message(message) if message.fields.len() > 1 => Some(message),
            _ => None,
        })
    };
    let mut report = Report {
        unknown: unknown(api, Some(overlay)),
        checked: messages().filter(|message| !message.unions.is_empty()).count(),
        messages: messages().count(),
        has_protos: overlay.schemas.values().any(has_protos),
        states_unions: !api.versioned,
        ..Report::default()
    };
    for (schema, notes) in overlay.schemas.iter().filter(|(_, notes)| !notes.unions.is_empty()) {
        let message = message(api, schema);
        if message.is_none() {
            let absent =
                Diagnostic::warning(format!("the document has no message `{schema}`, which has unions in the overlay"));
            report.missing.push(overlay.at(absent, &["schemas", schema]));
        }
        for (union, notes) in &notes.unions {
            for (index, member) in notes.members.iter().enumerate() {
                if message.is_some_and(|message| !message.fields.contains_key(member.name())) {
                    let text = format!(
                        "the member `{}` of the union `{schema}.{union}` is missing from the document",
                        member.name()
                    );
                    let place = ["schemas", schema, "unions", union, "members", &index.to_string()];
                    report.missing.push(overlay.at(Diagnostic::warning(text), &place));
                }
            }
        }
    }
    report
}

/// Returns the properties that look like undeclared members of a union.
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
        let excluded: HashSet<&str> = notes
            .iter()
            .flat_map(|notes| notes.unions.values())
            .flat_map(|union| union.not_members.iter().map(Member::name))
            .collect();
        let alone = |property: &&String| message.unions.of(property).is_none() && !excluded.contains(property.as_str());
        let members: usize = message.unions.values().map(|union| union.members.len()).sum();
        if message.fields.keys().filter(alone).count().saturating_mul(members) > MOST_PAIRS {
            continue;
        }
        let words = evidence::Words::new(message);
        for property in message.fields.keys().filter(alone) {
            let best = message
                .unions
                .iter()
                .map(|(union, known)| (union, evidence::weigh(api, message, &words, union, known, property)))
                .max_by(|a, b| a.1.weight.total_cmp(&b.1.weight));
            if let Some((union, evidence)) = best.filter(|(_, evidence)| evidence.is_suspicious()) {
                let union = union.clone();
                found.push(Unknown { schema: name.clone(), property: property.clone(), union, evidence });
            }
        }
    }
    found
}

/// Returns `true` if a fact about a schema comes from a proto.
fn has_protos(notes: &SchemaNotes) -> bool {
    let properties = notes.properties.values().filter_map(|property| property.source.as_ref());
    let resource = notes.resource.iter().map(|resource| &resource.source);
    properties.chain(resource).any(|source| source.kind == FactSourceKind::Proto)
}

fn message<'a>(api: &'a Api, name: &str) -> Option<&'a Message> {
    match &api.schemas.get(name)?.shape {
        Shape::Message(message) => Some(message),
        Shape::Enum(_) | Shape::Alias(_) | Shape::OneOf(_) => None,
    }
}
