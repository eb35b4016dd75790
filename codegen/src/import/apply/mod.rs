//! Puts facts into an overlay's text, so that what a person wrote there stays: words, comments, order.

mod method;
mod table;

use super::check;
use super::facts::{BehaviorFact, Facts, MethodFact, OperationFact, ResourceFact, UnionFact};
use crate::diagnostic::Diagnostics;
use crate::model::{Api, Behavior, Evidence};
use crate::parser::overlay::{self, Member, Overlay};
use crate::passes::overlay::{Mode, apply};
use crate::source::Source;
use std::fmt;
use std::sync::Arc;
use toml_edit::{Array, DocumentMut, InlineTable, Value};

/// An overlay with facts in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// Its text.
    pub text: String,
    /// What was done, and what was not.
    pub report: Report,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What was put into the overlay.
    pub added: Vec<String>,
    /// Where the overlay says something else: it stays as it is.
    pub disagreements: Vec<String>,
    /// What could not be brought together with the document, and why.
    pub unmatched: Vec<String>,
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [("added", &self.added), ("disagreement", &self.disagreements), ("not matched", &self.unmatched)];
        for (what, lines) in parts {
            lines.iter().try_for_each(|line| writeln!(f, "{what}: {line}"))?;
        }
        let [added, disagreements, unmatched] = parts.map(|(_, lines)| lines.len());
        writeln!(f, "{added} added, {disagreements} disagreements, {unmatched} not matched")
    }
}

/// Puts facts into an overlay. `api` is the document alone; `source` is the overlay's text, empty for a new one.
///
/// # Errors
/// What is wrong with the overlay as it is.
pub fn write(api: &Api, source: &Arc<Source>, facts: &Facts) -> Result<Written, Diagnostics> {
    let written = edit(source, |editor| {
        if let (Some(package), None) = (&facts.package, &editor.overlay.package) {
            editor.text.insert("package", package.as_str().into());
            editor.report.added.push(format!("package = \"{package}\""));
        }
        facts.unions.iter().for_each(|fact| editor.union(fact));
        facts.behaviors.iter().for_each(|fact| editor.behavior(fact));
        facts.resources.iter().for_each(|fact| editor.resource(fact));
        facts.methods.iter().for_each(|fact| editor.method(fact));
        facts.operations.iter().for_each(|fact| editor.operation(fact));
    })?;
    // What would be suspected, and the source knows to be no member, is written down, so that nobody is asked again.
    let again = Arc::new(Source::new(source.name.clone(), written.text));
    let (whole, _) = apply(api.clone(), &overlay::read(&again)?, Mode::Lenient)?;
    let mut apart = edit(&again, |editor| {
        for suspect in check::unknown(&whole, Some(&editor.overlay.clone())) {
            let fact =
                facts.apart.iter().find(|fact| fact.schema == suspect.schema && fact.property == suspect.property);
            if let Some(fact) = fact {
                editor.apart(&suspect, &fact.source);
            }
        }
    })?;
    apart.report.added.splice(0..0, written.report.added);
    apart.report.disagreements.splice(0..0, written.report.disagreements);
    apart.report.unmatched.clone_from(&facts.unmatched);
    Ok(apart)
}

fn edit(source: &Arc<Source>, change: impl FnOnce(&mut Editor)) -> Result<Written, Diagnostics> {
    let overlay = overlay::read(source)?;
    // What the overlay's own reader takes is TOML.
    let text: DocumentMut = source.text.parse().unwrap_or_default();
    let mut editor = Editor { overlay, text, report: Report::default() };
    change(&mut editor);
    let text = editor.text.to_string();
    // A new file does not begin with the blank line that parts its tables.
    let text = if source.text.is_empty() { text.trim_start_matches('\n').to_owned() } else { text };
    Ok(Written { text, report: editor.report })
}

struct Editor {
    overlay: Overlay,
    text: DocumentMut,
    report: Report,
}

impl Editor {
    fn union(&mut self, fact: &UnionFact) {
        let subject = format!("{}.{}", fact.schema, fact.name);
        let unions = self.overlay.schemas.get(&fact.schema).map(|notes| notes.unions.clone()).unwrap_or_default();
        let elsewhere = unions.iter().filter(|(name, _)| **name != fact.name).find_map(|(name, notes)| {
            let member =
                notes.members.iter().find(|member| fact.members.iter().any(|wanted| wanted == member.name()))?;
            Some((name, member.name(), &notes.source))
        });
        if let Some((other, member, source)) = elsewhere {
            self.disagree(&subject, &fact.source, format!("has `{member}` in it"), source, format!("in `{other}`"));
            return;
        }
        let Some(notes) = unions.get(&fact.name) else {
            let Some(table) = table::at(&mut self.text, &["schemas", &fact.schema, "unions", &fact.name]) else {
                return self.closed(&subject);
            };
            table.insert("members", Value::from(fact.members.iter().collect::<Array>()).into());
            table.insert("source", written(&fact.source).into());
            self.report.added.push(format!("`{subject}`: {}", fact.members.join(", ")));
            return;
        };
        let has = |name: &str| notes.members.iter().any(|member| member.name() == name);
        let apart = |name: &str| notes.apart.iter().any(|member| member.name() == name);
        let mine = notes.source.kind == fact.source.kind;
        for member in fact.members.iter().filter(|member| !has(member)) {
            if !mine || apart(member) {
                self.disagree(
                    &subject,
                    &fact.source,
                    format!("has `{member}` in it"),
                    &notes.source,
                    "not in it".into(),
                );
                continue;
            }
            let Some(table) = table::at(&mut self.text, &["schemas", &fact.schema, "unions", &fact.name]) else {
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
                && !fact.members.contains(name)
            {
                self.disagree(&subject, &fact.source, format!("has no `{name}` in it"), &notes.source, "in it".into());
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
            let mut said = notes.behavior.clone();
            said.sort();
            if said != fact.behavior {
                let source = notes.source.clone();
                let says = format!("is {}", words(&fact.behavior));
                let has = words(&said);
                match source {
                    Some(source) => self.disagree(&subject, &fact.source, says, &source, has),
                    None => {
                        let line =
                            format!("`{subject}`: {} says that it {says}, the overlay {has}", fact.source.reference);
                        self.report.disagreements.push(line);
                    }
                }
            }
            return;
        }
        let path = ["schemas", &fact.schema, "properties", &fact.property];
        let Some(table) = table::at(&mut self.text, &path) else {
            return self.closed(&subject);
        };
        let value: Array = fact.behavior.iter().map(|behavior| behavior.as_str()).collect();
        table.insert("behavior", Value::from(value).into());
        table.insert("source", written(&fact.source).into());
        table::order(table, &["behavior", "source"]);
        self.report.added.push(format!("`{subject}`: {}", words(&fact.behavior)));
    }

    fn resource(&mut self, fact: &ResourceFact) {
        let subject = fact.schema.clone();
        let names = |patterns: &[String]| patterns.join(", ");
        if let Some(notes) = self.overlay.schemas.get(&fact.schema).and_then(|notes| notes.resource.clone()) {
            if notes.patterns != fact.patterns || notes.kind != fact.kind {
                let says = format!("is named {}", names(&fact.patterns));
                self.disagree(&subject, &fact.source, says, &notes.source, names(&notes.patterns));
            }
            return;
        }
        let Some(table) = table::at(&mut self.text, &["schemas", &fact.schema, "resource"]) else {
            return self.closed(&subject);
        };
        table.insert("type", fact.kind.as_str().into());
        table.insert("patterns", Value::from(fact.patterns.iter().collect::<Array>()).into());
        table.insert("source", written(&fact.source).into());
        self.report.added.push(format!("`{subject}` is named {}", names(&fact.patterns)));
    }

    fn operation(&mut self, fact: &OperationFact) {
        let subject = fact.method.clone();
        let ends = |response: &Option<String>, metadata: &Option<String>| {
            format!(
                "{} and {}",
                response.as_deref().unwrap_or("nothing known"),
                metadata.as_deref().unwrap_or("nothing known")
            )
        };
        if let Some(notes) = self.overlay.methods.get(&fact.method).and_then(|notes| notes.operation.clone()) {
            let differ = |said: &Option<String>, fact: &Option<String>| fact.is_some() && said != fact;
            if differ(&notes.response, &fact.response) || differ(&notes.metadata, &fact.metadata) {
                let says = format!("ends in {}", ends(&fact.response, &fact.metadata));
                self.disagree(&subject, &fact.source, says, &notes.source, ends(&notes.response, &notes.metadata));
            }
            return;
        }
        let Some(table) = table::at(&mut self.text, &["methods", &fact.method]) else {
            return self.closed(&subject);
        };
        let mut operation = InlineTable::new();
        for (key, schema) in [("response", &fact.response), ("metadata", &fact.metadata)] {
            if let Some(schema) = schema {
                operation.insert(key, schema.as_str().into());
            }
        }
        operation.insert("source", written(&fact.source));
        table.insert("operation", Value::from(operation).into());
        table::order(table, &["doc", "operation"]);
        self.report.added.push(format!("`{subject}` ends in {}", ends(&fact.response, &fact.metadata)));
    }

    /// Adds a method. One of its name is not there: neither in the document, nor among what the overlay adds.
    fn method(&mut self, fact: &MethodFact) {
        if method::add(&mut self.text, fact).is_none() {
            return self.closed(&fact.name);
        }
        self.report.added.push(format!("`{}`: {} {}", fact.name, fact.http_method.as_str(), fact.path));
    }

    fn apart(&mut self, suspect: &check::Unknown, source: &Evidence) {
        let subject = format!("{}.{}", suspect.schema, suspect.union);
        let path = ["schemas", &suspect.schema, "unions", &suspect.union];
        let schema = self.overlay.schemas.get(&suspect.schema);
        // A union that the document states itself has no place in the overlay.
        let Some(notes) = schema.and_then(|notes| notes.unions.get(&suspect.union)) else {
            return;
        };
        let value = sourced(&suspect.property, source, &notes.source);
        let Some(table) = table::at(&mut self.text, &path) else {
            return self.closed(&subject);
        };
        match table.get_mut("apart").and_then(|apart| apart.as_array_mut()) {
            Some(apart) => apart.push(value),
            None => {
                let mut apart = Array::new();
                apart.push(value);
                table.insert("apart", Value::from(apart).into());
                table::order(table, &["members", "apart"]);
            }
        }
        self.report.added.push(format!("`{subject}`: {} is apart", suspect.property));
    }

    /// Notes that a source and the overlay do not say the same; the overlay stays.
    fn disagree(&mut self, subject: &str, new: &Evidence, says: String, old: &Evidence, has: String) {
        let line = format!(
            "`{subject}`: {} says that it {says}; the overlay, from {} ({}), {has}",
            new.reference,
            old.reference,
            old.kind.as_str()
        );
        self.report.disagreements.push(line);
    }

    fn closed(&mut self, subject: &str) {
        self.report
            .disagreements
            .push(format!("`{subject}`: the overlay has it in a table between braces, which is left alone"));
    }
}

/// A member, with its source where it is not that of the union.
fn sourced(name: &str, source: &Evidence, of_union: &Evidence) -> Value {
    if source == of_union {
        return name.into();
    }
    let mut table = InlineTable::new();
    table.insert("name", name.into());
    table.insert("source", written(source));
    table.into()
}

fn written(source: &Evidence) -> Value {
    let mut table = InlineTable::new();
    table.insert("kind", source.kind.as_str().into());
    table.insert("ref", source.reference.as_str().into());
    table.into()
}
