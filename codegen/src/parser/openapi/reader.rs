//! The state of reading a document: schemas, parts that are left out, warnings.

use super::discriminator::Discriminators;
use super::extension::Extensions;
use super::files::{Files, RefError};
use super::limits::Limits;
use super::node::Node;
use super::schema::InlineTypes;
use super::schema_names::SchemaNames;
use super::stream::Streams;
use super::view::{NodeId, View};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, nearest};
use crate::model::{Header, Schema, Skipped, Type};
use crate::source::{escape, unescape};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Length of the longest chain of `$ref`s.
const HOPS: usize = 64;

/// Reads the schemas of a document.
pub(super) struct Reader<'a> {
    pub(super) files: &'a Files,
    pub(super) schemas: BTreeMap<String, Schema>,
    pub(super) skipped: Vec<Skipped>,
    skipped_before: HashSet<(String, String)>,
    pub(super) diagnostics: Diagnostics,
    reported: HashSet<(String, NodeId)>,
    /// True once the document is known to be too large or too deep.
    pub(super) stopped: bool,
    /// Values that references lead to, by the references; `None` for those that cannot be resolved.
    followed: HashMap<NodeId, Option<View<'a>>>,
    pub(super) names: SchemaNames<'a>,
    pub(super) extensions: Extensions<'a>,
    pub(super) discriminators: Discriminators<'a>,
    pub(super) limits: Limits,
    /// Cached results of [`Reader::is_object`].
    pub(super) objects: HashMap<NodeId, bool>,
    /// Schemas whose alternatives are being read.
    pub(super) open_choices: Vec<NodeId>,
    /// Names of the security schemes that operations require.
    pub(super) required_schemes: BTreeSet<&'a str>,
    /// The schemas of multipart forms.
    pub(super) multipart_schemas: HashSet<NodeId>,
    /// True while a part of such a form is read.
    pub(super) in_multipart: bool,
    /// Schemas that allow `null`, and others: many places may refer to one.
    pub(super) nullable: HashMap<NodeId, bool>,
    /// Headers, by their schemas.
    pub(super) headers: HashMap<NodeId, Header>,
    /// The schemas of streams.
    pub(super) streams: Streams<'a>,
    /// True if `date-time` is the format of protobuf's timestamps, as in documents that Google exports.
    pub(super) has_proto_times: bool,
    /// True if the document has a media type of XML.
    pub(super) has_xml: bool,
    pub(super) inline_types: InlineTypes,
    /// The types of properties that several parts of an object declare, by all declarations; `None` if the last one
    /// counts.
    pub(super) merged_types: HashMap<Vec<NodeId>, Option<Type>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        Self {
            files,
            schemas: BTreeMap::new(),
            skipped: Vec::new(),
            skipped_before: HashSet::new(),
            diagnostics: Diagnostics::default(),
            reported: HashSet::new(),
            stopped: false,
            followed: HashMap::new(),
            names: SchemaNames::of(files),
            extensions: Extensions::default(),
            discriminators: Discriminators::default(),
            limits: Limits::of(files),
            objects: HashMap::new(),
            open_choices: Vec::new(),
            required_schemes: BTreeSet::new(),
            multipart_schemas: HashSet::new(),
            in_multipart: false,
            nullable: HashMap::new(),
            headers: HashMap::new(),
            streams: Streams::default(),
            has_proto_times: false,
            has_xml: files.sources().any(|source| source.text.contains("/xml") || source.text.contains("+xml")),
            inline_types: InlineTypes::default(),
            merged_types: HashMap::new(),
        }
    }

    /// Reports what is invalid in the texts of the files, and the parts that are left out because of their names.
    pub(super) fn report_texts(&mut self) {
        self.diagnostics.0.extend(self.files.warnings.iter().cloned());
        for (source, part) in self.files.too_long() {
            let warning = Diagnostic::warning(format!("{}: it is left out", part.message));
            self.diagnostics.push(warning.at_pointer(source, part.pointer.clone()).help("shorten it"));
        }
    }

    /// Reports something invalid at a place. The rest of the document is read all the same.
    pub(super) fn warn(&mut self, view: &View<'a>, message: impl Into<String>) {
        let warning = self.warning_at(view, message);
        self.report(view, warning);
    }

    /// Adds a diagnostic, once: a place may be read on behalf of several others.
    pub(super) fn report(&mut self, view: &View<'_>, diagnostic: Diagnostic) {
        if self.reported.insert((diagnostic.message.clone(), view.id())) {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Creates a warning at a place, to which a suggestion can be added.
    pub(super) fn warning_at(&self, view: &View<'_>, message: impl Into<String>) -> Diagnostic {
        let warning = Diagnostic::warning(message);
        match self.files.source(view.file) {
            Some(source) => warning.at_pointer(source, view.pointer.to_string()),
            None => warning,
        }
    }

    /// Creates an error at a place: nothing can be generated.
    pub(super) fn error_at(&self, view: &View<'_>, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Error, ..self.warning_at(view, message) }
    }

    /// Records that a part of the document is left out.
    pub(super) fn skip(&mut self, view: &View<'_>, subject: impl Into<String>, reason: impl Into<String>) {
        let skipped = Skipped { subject: subject.into(), reason: reason.into(), pointer: self.files.show(view) };
        if self.skipped_before.insert((skipped.subject.clone(), skipped.reason.clone())) {
            self.skipped.push(skipped);
        }
    }

    /// Reports that the document is too large or too deep, once: the rest of it need not be read.
    pub(super) fn stop(&mut self, view: &View<'_>, message: impl Into<String>, help: &str) {
        if !self.stopped {
            self.stopped = true;
            let error = self.error_at(view, message).help(help);
            self.report(view, error);
        }
    }

    /// Returns the member that must be an object if there is one.
    pub(super) fn object(&mut self, view: &View<'a>, key: &str) -> Option<View<'a>> {
        self.member(view, key, "an object", |node| matches!(node, Node::Object(_)))
    }

    /// Returns the schema of a media type or parameter; `None` for `true` and `false`, which state no type.
    pub(super) fn stated_schema(&mut self, view: &View<'a>) -> Option<View<'a>> {
        self.member(view, "schema", "an object", |node| matches!(node, Node::Object(_) | Node::Bool(_)))
            .filter(|schema| matches!(schema.node, Node::Object(_)))
    }

    /// Returns the member that must be a list if there is one.
    pub(super) fn list(&mut self, view: &View<'a>, key: &str) -> Option<View<'a>> {
        self.member(view, key, "a list", |node| matches!(node, Node::List(_)))
    }

    /// Returns the member that must be text if there is one.
    pub(super) fn text(&mut self, view: &View<'a>, key: &str) -> Option<&'a str> {
        self.member(view, key, "a string", |node| matches!(node, Node::Text(_)))?.node.text()
    }

    fn member(&mut self, view: &View<'a>, key: &str, wanted: &str, is: fn(&Node) -> bool) -> Option<View<'a>> {
        let member = view.get(key)?;
        if is(member.node) {
            return Some(member);
        }
        self.warn(&member, format!("`{key}` must be {wanted}, not {}", member.node.kind()));
        None
    }

    /// Returns what the `$ref` of a value names, if it has one that can be resolved.
    pub(super) fn follow(&mut self, view: &View<'a>) -> Option<View<'a>> {
        if let Some(known) = self.followed.get(&view.id()) {
            return known.clone();
        }
        let reference = self.text(view, "$ref")?;
        let place = view.get("$ref")?;
        let found = self.files.find(view, reference);
        self.followed.insert(view.id(), found.as_ref().ok().cloned());
        let warning = match found {
            Ok(found) => return Some(found),
            Err(RefError::Unresolved(near)) => {
                let parts = reference.rsplit_once('/');
                let wrong = parts.map_or_else(String::new, |(_, name)| unescape(name));
                let warning = self.warning_at(&place, format!("unresolved `$ref`: `{reference}`"));
                let near = near.into_iter().flat_map(Node::keys).take(self.diagnostics.candidates());
                match (parts, nearest(&wrong, near)) {
                    (Some((before, _)), Some(right)) => {
                        warning.help(format!("did you mean `{before}/{}`?", escape(right)))
                    }
                    _ => warning,
                }
            }
            Err(RefError::File(reason)) => {
                let warning = self.warning_at(&place, format!("cannot read the file of `$ref`: `{reference}`"));
                warning.help(format!("{reason}; a path is relative to the file that it is in"))
            }
            Err(RefError::Unsupported(reason)) => {
                self.warning_at(&place, format!("unsupported `$ref`: `{reference}`")).help(reason)
            }
        };
        self.report(&place, warning);
        None
    }

    /// Returns the value itself, or the one at the end of its chain of `$ref`s.
    pub(super) fn target(&mut self, view: &View<'a>) -> Option<View<'a>> {
        let mut at = view.clone();
        for _ in 0..HOPS {
            if at.node.get("$ref").is_none() {
                return Some(at);
            }
            at = self.follow(&at)?;
        }
        self.warn(view, format!("this `$ref` leads to itself, or through more than {HOPS} others"));
        None
    }

    /// Adds a schema to the model.
    pub(super) fn insert(&mut self, name: String, schema: Schema) {
        // A part of two messages is read twice, with the same outcome.
        self.schemas.entry(name).or_insert(schema);
    }
}
