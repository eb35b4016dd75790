//! What is gathered while a document is read: schemas, what is left out, what is wrong.

use super::files::{Files, Lost, View};
use super::node::Node;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{Schema, Skipped};
use crate::source::{escape, unescape};
use heck::ToUpperCamelCase;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// How many `$ref`s may lead from one to the next.
const HOPS: usize = 64;

/// Goes through a document.
pub(super) struct Reader<'a> {
    pub(super) files: &'a Files,
    pub(super) schemas: BTreeMap<String, Schema>,
    pub(super) skipped: Vec<Skipped>,
    pub(super) diagnostics: Diagnostics,
    /// Names of places that a `$ref` named and that are not among the document's schemas.
    names: BTreeMap<(usize, String), String>,
    taken: BTreeSet<String>,
    /// How many schemas are being looked into, one within the other.
    pub(super) depth: usize,
    /// The schemas of forms with files.
    pub(super) forms: BTreeSet<(usize, String)>,
    /// Whether what is read is part of such a form.
    pub(super) in_form: bool,
    /// Schemas that have a name and are not read yet.
    pub(super) waiting: Vec<(String, View<'a>)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        let schemas = files.root().get("components").and_then(|c| c.get("schemas"));
        let taken = schemas.iter().flat_map(View::members).map(|(name, _)| name.to_owned()).collect();
        Self {
            files,
            schemas: BTreeMap::new(),
            skipped: Vec::new(),
            diagnostics: Diagnostics::default(),
            names: BTreeMap::new(),
            taken,
            depth: 0,
            forms: BTreeSet::new(),
            in_form: false,
            waiting: Vec::new(),
        }
    }

    /// Says what is wrong with a place.
    pub(super) fn error(&mut self, view: &View<'_>, message: impl Into<String>) {
        let error = self.fault(view, message);
        self.tell(error);
    }

    /// Adds an error, once: a place may be looked at from several sides.
    pub(super) fn tell(&mut self, error: Diagnostic) {
        if !self.diagnostics.0.contains(&error) {
            self.diagnostics.push(error);
        }
    }

    /// An error at a place, to which more can be added.
    pub(super) fn fault(&self, view: &View<'_>, message: impl Into<String>) -> Diagnostic {
        Diagnostic::error(message).at_pointer(self.files.source(view.file), view.pointer.as_str())
    }

    /// Says what is left out, and why.
    pub(super) fn skip(&mut self, view: &View<'_>, subject: impl Into<String>, reason: impl Into<String>) {
        let skipped = Skipped { subject: subject.into(), reason: reason.into(), pointer: self.files.show(view) };
        if !self.skipped.contains(&skipped) {
            self.skipped.push(skipped);
        }
    }

    /// The member that must be an object if it is there.
    pub(super) fn object(&mut self, view: &View<'a>, key: &str) -> Option<View<'a>> {
        self.member(view, key, "an object", |node| matches!(node, Node::Object(_)))
    }

    /// The member that must be a list if it is there.
    pub(super) fn list(&mut self, view: &View<'a>, key: &str) -> Option<View<'a>> {
        self.member(view, key, "a list", |node| matches!(node, Node::List(_)))
    }

    /// The member that must be text if it is there.
    pub(super) fn text(&mut self, view: &View<'a>, key: &str) -> Option<&'a str> {
        self.member(view, key, "a string", |node| matches!(node, Node::Text(_)))?.node.text()
    }

    fn member(&mut self, view: &View<'a>, key: &str, wanted: &str, is: fn(&Node) -> bool) -> Option<View<'a>> {
        let member = view.get(key)?;
        if is(member.node) {
            return Some(member);
        }
        self.error(&member, format!("`{key}` must be {wanted}; this is {}", member.node.kind()));
        None
    }

    /// What the `$ref` of a place names, if it has one that names something.
    pub(super) fn follow(&mut self, view: &View<'a>) -> Option<View<'a>> {
        let reference = self.text(view, "$ref")?;
        let place = view.child(view.node.get("$ref")?, "$ref");
        match self.files.find(view.file, reference) {
            Ok(found) => return Some(found),
            Err(Lost::Nowhere(near)) => {
                let parts = reference.rsplit_once('/');
                let wrong = parts.map_or_else(String::new, |(_, name)| unescape(name));
                let mut error = self.fault(&place, format!("`$ref` names what is not there: `{reference}`"));
                if let (Some((before, _)), Some(right)) =
                    (parts, crate::diagnostic::nearest(&wrong, near.iter().map(String::as_str)))
                {
                    error = error.help(format!("did you mean `{before}/{}`?", escape(right)));
                }
                self.tell(error);
            }
            Err(Lost::File(reason)) => {
                let error = self.fault(&place, format!("`$ref` names a file that cannot be read: `{reference}`"));
                self.tell(error.help(format!("{reason}; a path is relative to the file that it is in")));
            }
            Err(Lost::Unsupported(reason)) => {
                let error = self.fault(&place, format!("this `$ref` is not followed: `{reference}`"));
                self.tell(error.help(reason));
            }
        }
        None
    }

    /// The place itself, or what its `$ref` leads to in the end.
    pub(super) fn target(&mut self, view: &View<'a>) -> Option<View<'a>> {
        let mut at = view.clone();
        for _ in 0..HOPS {
            if at.node.get("$ref").is_none() {
                return Some(at);
            }
            at = self.follow(&at)?;
        }
        self.error(view, "this `$ref` leads to itself");
        None
    }

    /// The name of the schema at a place that a `$ref` names. What has none gets one: its last part, behind what
    /// holds it where that is taken.
    pub(super) fn name(&mut self, view: &View<'a>) -> String {
        if view.file == 0
            && let Some(name) = view.pointer.strip_prefix("/components/schemas/")
            && !name.contains('/')
        {
            return unescape(name);
        }
        if let Some(name) = self.names.get(&view.place()) {
            return name.clone();
        }
        let file = Path::new(&self.files.source(view.file).name);
        let stem = file.file_stem().map(|stem| stem.to_string_lossy().to_upper_camel_case()).unwrap_or_default();
        let structure =
            ["components", "schemas", "properties", "items", "definitions", "$defs", "allOf", "oneOf", "anyOf"];
        let parts: Vec<String> =
            view.pointer.split('/').skip(1).map(unescape).filter(|part| !structure.contains(&part.as_str())).collect();
        let base = match parts.as_slice() {
            [name] if view.pointer.starts_with("/properties/") => {
                format!("{stem}{}", name.to_upper_camel_case())
            }
            [] => stem.clone(),
            [name] => name.clone(),
            many => many.iter().map(|part| part.to_upper_camel_case()).collect(),
        };
        let longer = format!("{stem}{}", base.to_upper_camel_case());
        let numbered = (2..).map(|number| format!("{longer}{number}"));
        let name = [base, longer.clone()].into_iter().chain(numbered).find(|name| !self.taken.contains(name));
        let name = name.unwrap_or(longer);
        self.taken.insert(name.clone());
        self.names.insert(view.place(), name.clone());
        self.waiting.push((name.clone(), view.clone()));
        name
    }

    /// Keeps a schema, if its name is not that of another.
    pub(super) fn insert(&mut self, name: String, schema: Schema, view: &View<'_>) {
        match self.schemas.get(&name) {
            // What is part of two messages is read twice.
            Some(old) if old.pointer == schema.pointer => {}
            Some(old) => {
                let message = format!("two schemas are called `{name}`; the other one is at {}", old.pointer);
                self.error(view, message);
            }
            None => {
                self.schemas.insert(name, schema);
            }
        }
    }
}
