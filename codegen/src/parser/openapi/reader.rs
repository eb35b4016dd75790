//! The state of reading a document: schemas, parts that are left out, warnings.

use super::discriminator::{Constants, Mapping, ValueList};
use super::files::{Files, RefError};
use super::node::Node;
use super::operations::cut;
use super::stream::Streams;
use super::view::{NodeId, View};
use crate::diagnostic::{Diagnostic, Diagnostics, Severity, nearest};
use crate::model::{DefinedIn, Header, Schema, Skipped, Type};
use crate::parser::lowering::free_names::FreeNames;
use crate::parser::lowering::schemas::inline_name;
use crate::parser::names::MAX_LENGTH;
use crate::source::{escape, unescape};
use heck::ToUpperCamelCase;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::rc::Rc;

/// Length of the longest chain of `$ref`s.
const HOPS: usize = 64;

/// Maximum depth of schemas composed by `allOf`, `oneOf` and `anyOf`.
pub(super) const COMPOSITION_DEPTH: usize = 64;

/// Limit that a schema exceeds.
#[derive(Clone, Copy)]
pub(super) enum Excess {
    /// That of schemas that are made of each other.
    Depth,
    /// That of what is copied from other schemas.
    Copies,
}

/// Takes an amount from what is left. Returns `false`, and leaves nothing, if there is less.
fn spend(left: &mut usize, amount: usize) -> bool {
    let rest = left.checked_sub(amount);
    *left = rest.unwrap_or_default();
    rest.is_some()
}

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
    /// Names of referenced values that are not among the document's schemas.
    pub(super) names: HashMap<NodeId, String>,
    /// Names of the document's schemas, and names that were given.
    taken: FreeNames,
    /// Names of inline schemas, by their value and the name of the place where they are written.
    pub(super) inline_names: HashMap<(NodeId, String), String>,
    /// Schemas that extend others by `allOf`, by the place of these.
    pub(super) extensions: HashMap<NodeId, Vec<View<'a>>>,
    /// The same schemas, each base with each schema that extends it.
    pub(super) extension_pairs: HashSet<(NodeId, NodeId)>,
    /// Names of the schemas that the mapping of a discriminator names, by the place of the mapping.
    pub(super) mapped_names: HashMap<NodeId, HashSet<&'a str>>,
    /// Properties of objects that have constant values, by the places of the objects.
    pub(super) constants: HashMap<NodeId, Rc<Constants<'a>>>,
    /// Values that schemas list, by their places.
    pub(super) value_lists: HashMap<NodeId, ValueList>,
    /// Cached results of [`Reader::stated_discriminator`].
    pub(super) stated: HashMap<NodeId, Option<View<'a>>>,
    /// Values that the mappings of discriminators have for schemas, by the places of the mappings.
    pub(super) mappings: HashMap<NodeId, Rc<Mapping<'a>>>,
    /// Cached results of [`Reader::is_extended`].
    pub(super) extended: HashMap<NodeId, bool>,
    /// Cached results of [`Reader::is_object`].
    pub(super) objects: HashMap<NodeId, bool>,
    /// The limit that the schema which is being read exceeds: it is read as any value.
    pub(super) excess: Option<Excess>,
    /// Nesting depth of the examined schemas.
    pub(super) depth: usize,
    /// Nesting depth of the objects that are being merged from several declarations of a property.
    pub(super) merging: usize,
    /// Schemas whose alternatives are being read.
    pub(super) open_choices: Vec<NodeId>,
    /// Names of the security schemes that operations require.
    pub(super) required_schemes: BTreeSet<&'a str>,
    /// The schemas of multipart forms.
    pub(super) multipart_schemas: HashSet<NodeId>,
    /// Schemas that allow `null`, and others: many places may refer to one.
    pub(super) nullable: HashMap<NodeId, bool>,
    /// Headers, by their schemas.
    pub(super) headers: HashMap<NodeId, Header>,
    /// The schemas of streams.
    pub(super) streams: Streams<'a>,
    /// True while a part of such a form is read.
    pub(super) in_multipart: bool,
    /// `true` if `date-time` is the format of protobuf's timestamps, as in documents that Google exports.
    pub(super) has_proto_times: bool,
    /// True if the document has a media type of XML.
    pub(super) has_xml: bool,
    /// Schemas that have a name and are not read yet.
    pub(super) waiting: Vec<(String, View<'a>)>,
    /// Number of properties and alternatives that may be copied from one schema into another.
    most_copies: usize,
    /// Number of these that may still be copied.
    copies: usize,
    /// Number of bytes of these, with their descriptions, that may still be copied.
    copied_bytes: usize,
    /// Number of parts and alternatives of other schemas that may still be examined.
    steps: usize,
    /// Parts of objects whose properties were copied before.
    copied: HashSet<NodeId>,
    /// Number of bytes that the names of inline schemas may still take.
    name_bytes: usize,
    /// Parameters, bodies, responses and path items that were read.
    read: HashSet<NodeId>,
    /// Sizes of those that several references lead to, in bytes.
    sizes: HashMap<NodeId, usize>,
    /// Number of bytes of these that may still be read again.
    repeated_bytes: usize,
    /// Number of bytes of shared headers, parameters and responses of webhooks that reviews may still compare.
    compared_bytes: usize,
    /// Types of inline schemas, by their value and the name of the place where they are written.
    pub(super) inline_types: HashMap<(NodeId, String), Type>,
    /// Those that are being read; `true` if one of their own properties has the same type.
    pub(super) open_types: HashMap<(NodeId, String), bool>,
    /// The types of properties that several parts of an object declare, by all declarations; `None` if the last one
    /// counts.
    pub(super) merged_types: HashMap<Vec<NodeId>, Option<Type>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        let schemas = files.root().at(["components", "schemas"]);
        let taken = schemas.iter().flat_map(View::members).map(|(name, _)| name.to_owned()).collect();
        let bytes: usize = files.sources().map(|source| source.text.len()).fold(0, usize::saturating_add);
        // Far more than any real document needs: the largest copy a property for every 200 bytes.
        let most_copies = (bytes / 20).saturating_add(60_000);
        Self {
            files,
            schemas: BTreeMap::new(),
            skipped: Vec::new(),
            skipped_before: HashSet::new(),
            diagnostics: Diagnostics::default(),
            reported: HashSet::new(),
            stopped: false,
            followed: HashMap::new(),
            names: HashMap::new(),
            taken,
            inline_names: HashMap::new(),
            extensions: HashMap::new(),
            extension_pairs: HashSet::new(),
            mapped_names: HashMap::new(),
            constants: HashMap::new(),
            value_lists: HashMap::new(),
            stated: HashMap::new(),
            mappings: HashMap::new(),
            extended: HashMap::new(),
            objects: HashMap::new(),
            excess: None,
            depth: 0,
            merging: 0,
            open_choices: Vec::new(),
            required_schemes: BTreeSet::new(),
            multipart_schemas: HashSet::new(),
            nullable: HashMap::new(),
            headers: HashMap::new(),
            streams: Streams::default(),
            in_multipart: false,
            has_proto_times: false,
            has_xml: files.sources().any(|source| source.text.contains("/xml") || source.text.contains("+xml")),
            waiting: Vec::new(),
            most_copies,
            copies: most_copies,
            copied_bytes: bytes.saturating_mul(4).saturating_add(10_000_000),
            steps: (bytes / 2).saturating_add(200_000),
            copied: HashSet::new(),
            name_bytes: bytes.saturating_mul(4).saturating_add(10_000_000),
            read: HashSet::new(),
            sizes: HashMap::new(),
            repeated_bytes: bytes.saturating_add(1_500_000),
            compared_bytes: 500_000,
            inline_types: HashMap::new(),
            open_types: HashMap::new(),
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

    /// Counts what is copied from one schema into another. Returns `false` once it is more than documents have: schemas
    /// that each extend all others would take time and memory without end.
    pub(super) fn may_copy(&mut self, count: usize) -> bool {
        let fits = spend(&mut self.copies, count);
        self.note_copies(fits)
    }

    /// Counts the bytes of what is copied from one schema into another, as [`Reader::may_copy`] counts properties.
    pub(super) fn may_copy_bytes(&mut self, bytes: usize) -> bool {
        let fits = spend(&mut self.copied_bytes, bytes);
        self.note_copies(fits)
    }

    /// Counts parts and alternatives of other schemas that are examined, as [`Reader::may_copy`] counts properties:
    /// schemas that are all made of all others would take time without being copied.
    pub(super) fn may_examine(&mut self, count: usize) -> bool {
        let fits = spend(&mut self.steps, count);
        self.note_copies(fits)
    }

    /// Notes that too much is copied unless a copy fits, which is returned.
    fn note_copies(&mut self, fits: bool) -> bool {
        if !fits {
            self.excess = Some(Excess::Copies);
        }
        fits
    }

    /// Counts the bytes of a part of an object that is a part of others too.
    pub(super) fn may_copy_part(&mut self, part: &View<'a>) -> bool {
        let place = part.id();
        if self.copied.insert(place) {
            return true;
        }
        let size = *self.sizes.entry(place).or_insert_with(|| part.node.size());
        self.may_copy_bytes(size)
    }

    /// Returns `true` if nothing more may be copied, and a schema is made of others. Each further one would take time.
    pub(super) fn is_exhausted(&mut self, view: &View<'a>) -> bool {
        let exhausted = self.copies == 0 || self.copied_bytes == 0 || self.steps == 0;
        let is = exhausted && ["allOf", "oneOf", "anyOf"].into_iter().any(|key| view.node.get(key).is_some());
        if is {
            self.excess = Some(Excess::Copies);
        }
        is
    }

    /// Checks the number of properties that all choices list.
    pub(super) fn check_keys(&mut self, root: &View<'a>, count: usize) {
        if count > self.most_copies {
            let message = "too many properties distinguish the alternatives of `oneOf` and `anyOf`";
            self.stop(root, message, "remove some of the references between these schemas");
        }
    }

    /// Returns `true`, with a warning, if a schema exceeds a limit.
    pub(super) fn is_excessive(&mut self, view: &View<'a>, name: &str) -> bool {
        let Some(excess) = self.excess.take() else { return false };
        let fault = match excess {
            Excess::Depth => format!("is made of schemas more than {COMPOSITION_DEPTH} levels deep"),
            Excess::Copies => "copies too many properties and alternatives of others".to_owned(),
        };
        let warning = self.warning_at(view, format!("`{name}` {fault}: read as any JSON value"));
        self.report(view, warning.help("`allOf`, `oneOf` and `anyOf` lead from one schema to the next"));
        true
    }

    /// Counts the bytes of the name of an inline schema, and returns `false` once they are more than documents have.
    pub(super) fn may_name(&mut self, view: &View<'a>, bytes: usize) -> bool {
        match self.name_bytes.checked_sub(bytes) {
            Some(left) => {
                self.name_bytes = left;
                true
            }
            None => {
                let message = "the names of inline schemas are too long";
                self.stop(view, message, "give the schemas around it shorter names");
                false
            }
        }
    }

    /// Counts the bytes of what several references lead to: parameters, bodies, responses and path items become a part
    /// of each method that refers to them. Returns `false` once they are more than documents have.
    pub(super) fn may_repeat(&mut self, reference: &View<'a>, target: &View<'a>) -> bool {
        let place = target.id();
        if reference.id() == place || self.read.insert(place) {
            return true;
        }
        let size = *self.sizes.entry(place).or_insert_with(|| target.node.size());
        match self.repeated_bytes.checked_sub(size) {
            Some(left) => {
                self.repeated_bytes = left;
                true
            }
            None => {
                let message = "too many operations share large parameters, bodies, responses, path items or `security`";
                self.stop(reference, message, "move inline schemas to `components/schemas`");
                false
            }
        }
    }

    /// Counts the bytes of what references lead to, and reviews compare alone. Returns `false` once they are more than
    /// documents have: it is left out, since no code is generated for it.
    pub(super) fn may_compare(&mut self, reference: &View<'a>, target: &View<'a>) -> bool {
        if reference.id() == target.id() {
            return true;
        }
        let size = *self.sizes.entry(target.id()).or_insert_with(|| target.node.size());
        let left = self.compared_bytes.checked_sub(size);
        self.compared_bytes = left.unwrap_or(0);
        left.is_some()
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

    /// Returns the name of the schema that a `$ref` names. A schema that is not among the document's schemas gets a
    /// name: its last step, after the name of its file where that is taken.
    pub(super) fn name(&mut self, view: &View<'a>) -> String {
        let steps = view.pointer.steps();
        if view.file == 0
            && let [components, schemas, name] = steps.as_slice()
            && components == "components"
            && schemas == "schemas"
        {
            return name.clone();
        }
        if let Some(name) = self.names.get(&view.id()) {
            return name.clone();
        }
        let file = self.files.source(view.file).map_or("", |source| source.name.as_str());
        let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy().to_upper_camel_case());
        let stem = stem.unwrap_or_default();
        let structure =
            ["components", "schemas", "properties", "items", "definitions", "$defs", "allOf", "oneOf", "anyOf"];
        let in_properties = steps.first().is_some_and(|step| step == "properties");
        let parts: Vec<&String> = steps.iter().filter(|part| !structure.contains(&part.as_str())).collect();
        let base = match parts.as_slice() {
            [name] if in_properties => format!("{stem}{}", name.to_upper_camel_case()),
            [] => stem.clone(),
            [name] => (*name).clone(),
            many => many.iter().map(|part| part.to_upper_camel_case()).collect(),
        };
        let base = if base.len() > MAX_LENGTH { cut(&base) } else { base };
        let longer = format!("{stem}{}", base.to_upper_camel_case());
        let wanted = if self.taken.contains(&base) { longer } else { base };
        let name = self.taken.free(wanted.clone(), |number| format!("{wanted}{number}"));
        self.names.insert(view.id(), name.clone());
        self.waiting.push((name.clone(), view.clone()));
        name
    }

    /// Reads a schema that no method of the API has, under a name of its own if it has none. Returns its name.
    pub(super) fn payload(&mut self, view: &View<'a>, wanted: &str) -> Option<String> {
        if view.node.get("$ref").is_some() {
            let found = self.follow(view)?;
            return Some(self.name(&found));
        }
        if let Some(known) = self.names.get(&view.id()) {
            return Some(known.clone());
        }
        let name = self.taken.free(wanted.to_owned(), |number| format!("{wanted}{number}"));
        self.names.insert(view.id(), name.clone());
        self.waiting.push((name.clone(), view.clone()));
        Some(name)
    }

    /// Returns the name of an inline schema, which is numbered if another schema has that name.
    pub(super) fn inline_name(&mut self, view: &View<'a>, defined_in: &DefinedIn) -> String {
        let key = (view.id(), inline_name(defined_in, None));
        if let Some(known) = self.inline_names.get(&key) {
            return known.clone();
        }
        let name = self.taken.free(key.1.clone(), |number| inline_name(defined_in, Some(number)));
        self.inline_names.insert(key, name.clone());
        name
    }

    /// Adds a schema to the model.
    pub(super) fn insert(&mut self, name: String, schema: Schema) {
        // A part of two messages is read twice, with the same outcome.
        self.schemas.entry(name).or_insert(schema);
    }
}
