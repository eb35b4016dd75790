//! Adds facts to the text of an overlay, and keeps existing entries, comments and their order.

mod method;
mod table;

use super::check;
use super::facts::{BehaviorFact, Facts, MethodFact, OperationFact, ResourceFact, UnionFact};
use crate::diagnostic::Diagnostics;
use crate::model::{Api, Behavior, FactSource};
use crate::parser::overlay::{self, Member, Overlay};
use crate::passes::overlay::{Mode, apply};
use crate::source::Source;
use crate::text::visible;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;
use table::Text;
use toml_edit::{Array, InlineTable, Value};

/// The result of an import.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// New text of the overlay.
    pub text: String,
    /// Changes, and disagreements with the overlay.
    pub report: Report,
}

/// Report of an import.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Facts added to the overlay.
    pub added: Vec<String>,
    /// Facts that contradict the overlay, which was not changed.
    pub disagreements: Vec<String>,
    /// Parts of the source without a counterpart in the document, with reasons.
    pub unmatched: Vec<String>,
    /// Reasons to doubt that the source belongs to the document.
    pub warnings: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.warnings.iter().try_for_each(|line| writeln!(f, "warning: {}", visible(line)))?;
        let parts = [("added", &self.added), ("disagreement", &self.disagreements), ("not matched", &self.unmatched)];
        for (kind, lines) in parts {
            lines.iter().try_for_each(|line| writeln!(f, "{kind}: {}", visible(line)))?;
        }
        let [added, disagreements, unmatched] = parts.map(|(_, lines)| lines.len());
        writeln!(f, "{added} added, {disagreements} disagreements, {unmatched} not matched")
    }
}

/// Adds facts to an overlay. `api` is the document without the overlay; `source` is the overlay, empty for a new one.
///
/// # Errors
/// An invalid overlay.
pub fn write(api: &Api, source: &Arc<Source>, facts: &Facts) -> Result<Imported, Diagnostics> {
    let written = edit(source, |editor| {
        if let (Some(package), None) = (&facts.package, &editor.overlay.package) {
            editor.text.root().insert("package", package.as_str().into());
            editor.report.added.push(format!("package = \"{package}\""));
        }
        facts.unions.iter().for_each(|fact| editor.union(fact));
        facts.behaviors.iter().for_each(|fact| editor.behavior(fact));
        facts.resources.iter().for_each(|fact| editor.resource(fact));
        facts.methods.iter().for_each(|fact| editor.method(fact));
        facts.operations.iter().for_each(|fact| editor.operation(fact));
    })?;
    // Suspicious properties that the source excludes are recorded, so that `unions check` does not report them.
    let again = Arc::new(Source::new(source.name.clone(), written.text));
    let (whole, _) = apply(api.clone(), &overlay::read(&again)?, Mode::Lenient)?;
    let excluded: HashMap<(&str, &str), _> =
        facts.not_members.iter().rev().map(|fact| ((fact.schema.as_str(), fact.property.as_str()), fact)).collect();
    let mut noted = edit(&again, |editor| {
        for suspect in check::unknown(&whole, Some(&editor.overlay.clone())) {
            if let Some(fact) = excluded.get(&(suspect.schema.as_str(), suspect.property.as_str())) {
                editor.not_member(&suspect, &fact.source);
            }
        }
    })?;
    noted.report.added.splice(0..0, written.report.added);
    noted.report.disagreements.splice(0..0, written.report.disagreements);
    noted.report.unmatched.clone_from(&facts.unmatched);
    noted.report.warnings.clone_from(&facts.warnings);
    Ok(noted)
}

fn edit(source: &Arc<Source>, change: impl FnOnce(&mut Editor)) -> Result<Imported, Diagnostics> {
    let overlay = overlay::read(source)?;
    // The overlay was parsed as TOML above.
    let text = Text::new(source.text.parse().unwrap_or_default());
    let mut editor = Editor { owners: owners(&overlay), overlay, text, report: Report::default() };
    change(&mut editor);
    let text = editor.text.sorted().to_string();
    // A new file does not begin with the blank line that separates tables.
    let text = if source.text.is_empty() { text.trim_start_matches('\n').to_owned() } else { text };
    Ok(Imported { text, report: editor.report })
}

struct Editor {
    overlay: Overlay,
    /// Unions that have each member, by the schema and the member.
    owners: HashMap<(String, String), Vec<String>>,
    text: Text,
    report: Report,
}

/// Returns the unions that have each member, by the schema and the member.
fn owners(overlay: &Overlay) -> HashMap<(String, String), Vec<String>> {
    let mut owners: HashMap<(String, String), Vec<String>> = HashMap::new();
    for (schema, notes) in &overlay.schemas {
        for (union, notes) in &notes.unions {
            for member in &notes.members {
                owners.entry((schema.clone(), member.name().to_owned())).or_default().push(union.clone());
            }
        }
    }
    owners
}

impl Editor {
    fn union(&mut self, fact: &UnionFact) {
        let subject = format!("{}.{}", fact.schema, fact.name);
        let unions = self.overlay.schemas.get(&fact.schema).map(|notes| &notes.unions);
        let elsewhere = fact.members.iter().find_map(|member| {
            let owners = self.owners.get(&(fact.schema.clone(), member.clone()))?;
            Some((owners.iter().find(|owner| **owner != fact.name)?.clone(), member))
        });
        if let Some((other, member)) = elsewhere {
            let source = unions.and_then(|unions| unions.get(&other)).map(|notes| notes.source.clone());
            if let Some(source) = source {
                let stated = format!("has the member `{member}`");
                self.disagree(&subject, &fact.source, stated, &source, format!("it in `{other}`"));
            }
            return;
        }
        let Some(notes) = unions.and_then(|unions| unions.get(&fact.name)).cloned() else {
            let Some(table) = self.text.at(&["schemas", &fact.schema, "unions", &fact.name]) else {
                return self.closed(&subject);
            };
            table.insert("members", Value::from(fact.members.iter().collect::<Array>()).into());
            table.insert("source", source_value(&fact.source).into());
            self.report.added.push(format!("`{subject}`: {}", fact.members.join(", ")));
            return;
        };
        let members: HashSet<&str> = notes.members.iter().map(Member::name).collect();
        let excluded: HashSet<&str> = notes.not_members.iter().map(Member::name).collect();
        let stated: HashSet<&String> = fact.members.iter().collect();
        let mine = notes.source.kind == fact.source.kind;
        for member in fact.members.iter().filter(|member| !members.contains(member.as_str())) {
            if !mine || excluded.contains(member.as_str()) {
                self.disagree(
                    &subject,
                    &fact.source,
                    format!("has the member `{member}`"),
                    &notes.source,
                    "no such member".into(),
                );
                continue;
            }
            let Some(table) = self.text.at(&["schemas", &fact.schema, "unions", &fact.name]) else {
                return self.closed(&subject);
            };
            if let Some(members) = table.get_mut("members").and_then(|members| members.as_array_mut()) {
                members.push(sourced(member, &fact.source, &notes.source));
                self.report.added.push(format!("`{subject}`: {member}"));
            }
        }
        for member in &notes.members {
            if let Member::Plain(name) = member
                && mine
                && !stated.contains(name)
            {
                self.disagree(
                    &subject,
                    &fact.source,
                    format!("has no member `{name}`"),
                    &notes.source,
                    "that member".into(),
                );
            }
        }
    }

    fn behavior(&mut self, fact: &BehaviorFact) {
        let subject = format!("{}.{}", fact.schema, fact.property);
        let words = |behavior: &[Behavior]| behavior.iter().map(|b| b.as_str()).collect::<Vec<_>>().join(", ");
        let schema = self.overlay.schemas.get(&fact.schema);
        if let Some(notes) = schema.and_then(|notes| notes.properties.get(&fact.property))
            && (!notes.behavior.is_empty() || notes.source.is_some())
        {
            let mut current = notes.behavior.clone();
            current.sort();
            if current != fact.behavior {
                let source = notes.source.clone();
                let stated = format!("is {}", words(&fact.behavior));
                let has = words(&current);
                match source {
                    Some(source) => self.disagree(&subject, &fact.source, stated, &source, has),
                    None => {
                        let line = format!(
                            "`{subject}`: {} states that it {stated}; the overlay states {has}",
                            fact.source.reference
                        );
                        self.report.disagreements.push(line);
                    }
                }
            }
            return;
        }
        let path = ["schemas", &fact.schema, "properties", &fact.property];
        let Some(table) = self.text.at(&path) else {
            return self.closed(&subject);
        };
        let value: Array = fact.behavior.iter().map(|behavior| behavior.as_str()).collect();
        table.insert("behavior", Value::from(value).into());
        table.insert("source", source_value(&fact.source).into());
        table::order(table, &["behavior", "source"]);
        self.report.added.push(format!("`{subject}`: {}", words(&fact.behavior)));
    }

    fn resource(&mut self, fact: &ResourceFact) {
        let subject = fact.schema.clone();
        let names = |patterns: &[String]| patterns.join(", ");
        if let Some(notes) = self.overlay.schemas.get(&fact.schema).and_then(|notes| notes.resource.clone()) {
            if notes.patterns != fact.patterns || notes.kind != fact.kind {
                let stated = format!("is named {}", names(&fact.patterns));
                self.disagree(&subject, &fact.source, stated, &notes.source, names(&notes.patterns));
            }
            return;
        }
        let Some(table) = self.text.at(&["schemas", &fact.schema, "resource"]) else {
            return self.closed(&subject);
        };
        table.insert("type", fact.kind.as_str().into());
        table.insert("patterns", Value::from(fact.patterns.iter().collect::<Array>()).into());
        table.insert("source", source_value(&fact.source).into());
        self.report.added.push(format!("`{subject}` is named {}", names(&fact.patterns)));
    }

    fn operation(&mut self, fact: &OperationFact) {
        let subject = fact.method.clone();
        let ends = |response: &Option<String>, metadata: &Option<String>| {
            format!(
                "result {}, progress {}",
                response.as_deref().unwrap_or("unknown"),
                metadata.as_deref().unwrap_or("unknown")
            )
        };
        if let Some(notes) = self.overlay.methods.get(&fact.method).and_then(|notes| notes.operation.clone()) {
            let differ = |current: &Option<String>, fact: &Option<String>| fact.is_some() && current != fact;
            if differ(&notes.response, &fact.response) || differ(&notes.metadata, &fact.metadata) {
                let stated = format!("has {}", ends(&fact.response, &fact.metadata));
                self.disagree(&subject, &fact.source, stated, &notes.source, ends(&notes.response, &notes.metadata));
            }
            return;
        }
        let Some(table) = self.text.at(&["methods", &fact.method]) else {
            return self.closed(&subject);
        };
        let mut operation = InlineTable::new();
        for (key, schema) in [("response", &fact.response), ("metadata", &fact.metadata)] {
            if let Some(schema) = schema {
                operation.insert(key, schema.as_str().into());
            }
        }
        operation.insert("source", source_value(&fact.source));
        table.insert("operation", Value::from(operation).into());
        table::order(table, &["doc", "operation"]);
        self.report.added.push(format!("`{subject}`: {}", ends(&fact.response, &fact.metadata)));
    }

    /// Adds a method, whose name is unused in the document and the overlay.
    fn method(&mut self, fact: &MethodFact) {
        if method::add(&mut self.text, fact).is_none() {
            return self.closed(&fact.name);
        }
        self.report.added.push(format!("`{}`: {} {}", fact.name, fact.http_method.as_str(), fact.path));
    }

    fn not_member(&mut self, suspect: &check::Unknown, source: &FactSource) {
        let subject = format!("{}.{}", suspect.schema, suspect.union);
        let path = ["schemas", &suspect.schema, "unions", &suspect.union];
        let schema = self.overlay.schemas.get(&suspect.schema);
        // A union that the document itself declares has no table in the overlay.
        let Some(notes) = schema.and_then(|notes| notes.unions.get(&suspect.union)) else {
            return;
        };
        let value = sourced(&suspect.property, source, &notes.source);
        let Some(table) = self.text.at(&path) else {
            return self.closed(&subject);
        };
        match table.get_mut("not_members").and_then(|list| list.as_array_mut()) {
            Some(list) => list.push(value),
            None => {
                let mut list = Array::new();
                list.push(value);
                table.insert("not_members", Value::from(list).into());
                table::order(table, &["members", "not_members"]);
            }
        }
        self.report.added.push(format!("`{subject}`: {} is not a member", suspect.property));
    }

    /// Records a contradiction between the source and the overlay, which is not changed.
    fn disagree(&mut self, subject: &str, new: &FactSource, stated: String, old: &FactSource, has: String) {
        let line = format!(
            "`{subject}`: {} states that it {stated}; the overlay, from {} ({}), states {has}",
            new.reference,
            old.reference,
            old.kind.as_str()
        );
        self.report.disagreements.push(line);
    }

    fn closed(&mut self, subject: &str) {
        self.report
            .disagreements
            .push(format!("`{subject}`: the overlay has it in an inline table, which is not edited"));
    }
}

/// Returns a member, with its source if it differs from the source of the union.
fn sourced(name: &str, source: &FactSource, of_union: &FactSource) -> Value {
    if source == of_union {
        return name.into();
    }
    let mut table = InlineTable::new();
    table.insert("name", name.into());
    table.insert("source", source_value(source));
    table.into()
}

fn source_value(source: &FactSource) -> Value {
    let mut table = InlineTable::new();
    table.insert("kind", source.kind.as_str().into());
    table.insert("ref", source.reference.as_str().into());
    table.into()
}
