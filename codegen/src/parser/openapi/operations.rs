//! Paths and their operations, as methods.

use super::names::{Named, without_number};
use super::node::Node;
use super::origin::DocumentOrigin;
use super::reader::Reader;
use super::view::{NodeId, View};
use crate::model::{Api, HttpMethod, MethodName, Server, Type, Webhook, essence, is_json};
use crate::parser::lowering::free_names::FreeNames;
use crate::parser::lowering::paths::{Path, ResourceNamePath};
use crate::parser::names::MAX_LENGTH;
use heck::{ToLowerCamelCase, ToUpperCamelCase};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Keys of the operations of a path, which documents may write in any case.
const VERBS: [(&str, HttpMethod); 9] = [
    ("get", HttpMethod::Get),
    ("post", HttpMethod::Post),
    ("put", HttpMethod::Put),
    ("patch", HttpMethod::Patch),
    ("delete", HttpMethod::Delete),
    ("head", HttpMethod::Head),
    ("options", HttpMethod::Options),
    ("trace", HttpMethod::Trace),
    ("query", HttpMethod::Query),
];

/// Number of characters of the longest method name.
const NAME_LENGTH: usize = 200;

/// Largest number of variables of a path.
const PATH_VARIABLES: usize = 64;

/// Reads the paths of a document.
pub(super) struct Walk<'a, 'r> {
    pub(super) reader: &'r mut Reader<'a>,
    pub(super) api: &'r mut Api,
    pub(super) origin: DocumentOrigin,
    pub(super) root: View<'a>,
    /// The API's server.
    pub(super) server: Server,
    /// Places of the parameters that every method has.
    pub(super) shared_places: HashSet<NodeId>,
    /// Operation ids so far, and their places.
    pub(super) ids: BTreeMap<&'a str, String>,
    /// Number that was appended last to each name that several operations want.
    pub(super) numbers: HashMap<String, u64>,
    /// Names of the webhooks and callbacks that were read.
    pub(super) webhook_names: FreeNames,
    /// Number of segments that all paths begin with.
    pub(super) shared_segments: usize,
    /// Operation ids that are known by their tags without the numbers at their ends.
    pub(super) numbered: HashSet<&'a str>,
    /// Number of operations in the document.
    pub(super) operations: usize,
    /// Operations that are methods, with the names of these.
    pub(super) read: Vec<(String, View<'a>)>,
    /// Operations that are webhooks, with the names of these.
    pub(super) hooks: Vec<(String, View<'a>)>,
}

/// An operation, and the path item that it is in: one, or a reference with members of its own and what it names.
pub(super) struct Call<'c, 'a> {
    pub(super) name: &'c str,
    pub(super) http_method: HttpMethod,
    pub(super) path: &'a str,
    pub(super) items: &'c [View<'a>],
    pub(super) operation: &'c View<'a>,
    pub(super) whole: Option<ResourceNamePath>,
}

impl<'a> Walk<'a, '_> {
    pub(super) fn paths(&mut self) {
        let root = self.root.clone();
        for (path, entry) in self.reader.object(&root, "paths").iter().flat_map(View::members) {
            if self.reader.stopped {
                return;
            }
            if path.starts_with("x-") {
                continue;
            }
            if let Some(reason) = too_long(path) {
                self.reader.skip(&entry, format!("{}…", cut(path)), reason);
                continue;
            }
            let target = self.reader.target(&entry).filter(|item| self.reader.may_repeat(&entry, item));
            let target = target.filter(|item| {
                let is_object = matches!(item.node, Node::Object(_));
                if !is_object {
                    let message = format!("a path must hold an object, not {}: it is left out", item.node.kind());
                    self.reader.warn(item, message);
                }
                is_object
            });
            // The members beside a reference belong to the path, too.
            let own = entry.node.get("$ref").map(|_| entry.clone());
            let items: Vec<View<'a>> = own.into_iter().chain(target).collect();
            if !path.starts_with('/') {
                let warning =
                    self.reader.warning_at(&entry, format!("invalid path `{path}`: missing `/` at its start"));
                self.reader.report(&entry, warning.help(format!("`/{path}` is assumed")));
            }
            for (key, verb) in VERBS {
                // An operation may be a reference, to one in another file.
                let Some(entry) = items.iter().find_map(|item| self.entry(item, key)) else { continue };
                let operation = self.reader.target(&entry);
                if let Some(operation) = operation.filter(|operation| self.reader.may_repeat(&entry, operation)) {
                    self.operations = self.operations.saturating_add(1);
                    self.operation(path, &items, key, verb, &operation);
                }
            }
            for item in &items {
                for (key, entry) in item.members().filter(|(key, _)| !is_key_of_path(key)) {
                    self.operations = self.operations.saturating_add(1);
                    self.reader.skip(&entry, format!("{key} {path}"), "unknown method");
                }
                for (verb, entry) in item.get("additionalOperations").iter().flat_map(View::members) {
                    let Some(operation) = self.reader.target(&entry) else { continue };
                    self.operations = self.operations.saturating_add(1);
                    if let Some(known) = HttpMethod::other(verb) {
                        let key = verb.to_lowercase().replace('-', "_");
                        self.operation(path, &items, &key, known, &operation);
                        continue;
                    }
                    self.api.other_methods.insert(format!("{verb} {path}"), operation.pointer.to_string());
                    self.reader.skip(&operation, format!("{verb} {path}"), format!("the method {verb} is not sent"));
                }
            }
        }
        for (name, hook) in root.get("webhooks").iter().flat_map(View::members) {
            self.webhooks(name, name, None, &hook);
        }
    }

    /// Returns the operation of a path with this key, in any case; of several, the one in lower case.
    fn entry(&mut self, item: &View<'a>, verb: &str) -> Option<View<'a>> {
        let keys = item.members().map(|(key, _)| key).filter(|key| key.eq_ignore_ascii_case(verb));
        let key = keys.max_by_key(|key| *key == verb)?;
        self.reader.object(item, key)
    }

    /// Reads requests that the service makes. Their inline payloads are types like those of the document.
    fn webhooks(&mut self, name: &str, short: &str, url: Option<&str>, item: &View<'a>) {
        let Some(item) = self.reader.target(item) else { return };
        for (key, verb) in VERBS {
            let operation = self.entry(&item, key).and_then(|operation| self.reader.target(&operation));
            let Some(operation) = operation else { continue };
            let body = operation.get("requestBody").and_then(|body| self.reader.target(&body));
            let payload_optional = body.as_ref().is_some_and(|body| !body.flag("required"));
            let content = body.and_then(|body| body.get("content"));
            let media: Vec<(&str, View<'a>)> = content.iter().flat_map(View::members).collect();
            let known = media
                .iter()
                .find(|(kind, _)| is_json(kind))
                .or_else(|| media.iter().find(|(kind, _)| essence(kind).contains("form")));
            if let (None, [(kind, other), ..]) = (known, media.as_slice()) {
                self.reader.skip(other, format!("{name}: payload as {kind}"), "only JSON and forms have types");
            }
            let schema = known.and_then(|(_, media)| media.get("schema"));
            let payload = schema
                .and_then(|schema| self.reader.payload(&schema, &format!("{}Payload", short.to_upper_camel_case())));
            let mut webhook = Webhook {
                payload: payload.map(Type::Schema),
                payload_optional,
                http_method: Some(verb),
                url: url.map(str::to_owned),
                doc: doc(&operation),
                pointer: operation.pointer.to_string(),
                ..Webhook::default()
            };
            self.reader.beside_payload(&item, &operation, &mut webhook);
            let taken = self.webhook_names.contains(name);
            let wanted = if taken { format!("{name}.{key}") } else { name.to_owned() };
            let free = self.webhook_names.free(wanted.clone(), |number| format!("{wanted}{number}"));
            self.hooks.push((free.clone(), operation));
            self.api.webhooks.insert(free, webhook);
        }
    }

    fn operation(&mut self, path: &'a str, items: &[View<'a>], key: &str, verb: HttpMethod, operation: &View<'a>) {
        let mut id = self.reader.text(operation, "operationId").filter(|id| !id.is_empty());
        if let Some(known) = id {
            let place = operation.get_or_self("operationId");
            if let Some(first) = self.ids.get(known) {
                let warning = self.reader.warning_at(&place, format!("duplicate `operationId`: `{known}`"));
                let help = format!("the other one is at {first}; this operation is named after its path");
                self.reader.report(&place, warning.help(help).into_note());
                id = None;
            } else {
                self.ids.insert(known, place.pointer.to_string());
            }
        }
        let (wanted, whole) = self.named(path, key, verb, id, operation);
        // Names are cut where they are too long to be read. What is appended to a name later stays.
        let name = self.free_name(wanted.iter().map(|name| cut(name)).collect(), operation);
        for (callback, paths) in operation.get("callbacks").iter().flat_map(View::members) {
            let target = self.reader.target(&paths);
            let Some(paths) = target.filter(|target| self.reader.may_repeat(&paths, target)) else { continue };
            for (url, item) in paths.members().filter(|(url, _)| !url.starts_with("x-")) {
                let short = format!("{}_{callback}", name.rsplit('.').next().unwrap_or_default());
                self.webhooks(&format!("{name}.{callback}"), &short, Some(url), &item);
            }
        }
        match self.method(Call { name: &name, http_method: verb, path, items, operation, whole }) {
            Ok(methods) => {
                self.api.methods.extend(methods);
                self.read.push((name, operation.clone()));
            }
            Err(reason) => self.reader.skip(operation, name, reason),
        }
    }

    /// Returns a name that no method has yet: the first of the wanted ones that is free, or one with a number, and a
    /// note.
    pub(super) fn free_name(&mut self, mut wanted: Vec<String>, operation: &View<'a>) -> String {
        if let Some(free) = wanted.iter().position(|name| !self.api.methods.contains_key(name)) {
            return wanted.swap_remove(free);
        }
        let Some(first) = wanted.first() else { return "call".to_owned() };
        let other = self.api.methods.get(first).map(|other| other.pointer.clone()).unwrap_or_default();
        let number = self.numbers.entry(first.clone()).or_insert(1);
        let name = loop {
            *number = number.saturating_add(1);
            let name = format!("{first}{number}");
            if !self.api.methods.contains_key(&name) {
                break name;
            }
        };
        let warning = self.reader.warning_at(operation, format!("duplicate operation `{first}`: named `{name}`"));
        let help = format!("the other one is at {other}; an `operationId` names them apart");
        self.reader.report(operation, warning.help(help).into_note());
        name
    }

    /// Returns names for a method, best first, and its path with a whole resource name in a document of Google's.
    fn named(
        &self,
        path: &str,
        key: &str,
        verb: HttpMethod,
        id: Option<&str>,
        operation: &View<'a>,
    ) -> (Vec<String>, Option<ResourceNamePath>) {
        let tags: Vec<&str> = tags(operation).collect();
        match self.origin {
            DocumentOrigin::GoogleExport => {
                let rpc = operation.text("x-google-operation-name").or(id).unwrap_or_default();
                if let Some(named) = Path::parse(path).map(|path| path.name(verb, rpc)) {
                    // Where Discovery would give two paths one name, the second one gets its own id.
                    let resource = MethodName(&named.name).resource();
                    return match id {
                        Some(id) if self.api.methods.contains_key(&named.name) => {
                            (vec![format!("{resource}.{}", id.to_lower_camel_case())], Some(named.path))
                        }
                        _ => (vec![named.name], Some(named.path)),
                    };
                }
            }
            DocumentOrigin::FromDiscovery => {
                let name = id.and_then(|id| id.strip_prefix(&format!("{}.", self.api.name)));
                if let Some(name) = name.filter(|name| MethodName(name).is_valid()) {
                    return (vec![name.to_owned()], Path::parse(path).and_then(|path| path.expand(name)));
                }
            }
            DocumentOrigin::ThirdParty => {}
        }
        let plain = path.split(['?', '#']).next().unwrap_or(path);
        let id = id.map(|id| if self.numbered.contains(id) { without_number(id) } else { id });
        let version = Some(self.api.version.as_str()).filter(|_| self.api.versioned);
        let named = |path| Named { id, tags: &tags, path, shared: self.shared_segments, verb: key, version };
        let mut wanted = named(plain).wanted();
        if plain != path {
            wanted.extend(named(path).wanted());
        }
        (wanted, None)
    }
}

/// Returns `true` for the keys that a path can have.
fn is_key_of_path(key: &str) -> bool {
    let others = ["$ref", "summary", "description", "servers", "parameters", "additionalOperations"];
    key.starts_with("x-") || others.contains(&key) || is_verb(key)
}

/// Returns `true` for the key of an operation of a path.
pub(crate) fn is_verb(key: &str) -> bool {
    VERBS.iter().any(|(verb, _)| key.eq_ignore_ascii_case(verb))
}

pub(super) fn tags<'a>(operation: &View<'a>) -> impl Iterator<Item = &'a str> {
    let tags: Vec<View<'a>> = operation.get("tags").iter().flat_map(View::items).collect();
    tags.into_iter().filter_map(|tag| tag.node.text())
}

/// Returns the reason to leave out a path that is too long or has too many variables. Each of its parts is reported
/// with the whole path, so that any longer ones would take quadratic memory.
fn too_long(path: &str) -> Option<String> {
    if path.len() > MAX_LENGTH {
        return Some(format!("the path of {} bytes is longer than {MAX_LENGTH}", path.len()));
    }
    let variables = path.matches('{').count();
    (variables > PATH_VARIABLES).then(|| format!("the path has {variables} variables, more than {PATH_VARIABLES}"))
}

/// Cuts a name that is too long to be read.
pub(super) fn cut(name: &str) -> String {
    let mut name = name.to_owned();
    if let Some((end, _)) = name.char_indices().nth(NAME_LENGTH) {
        name.truncate(end);
        name.truncate(name.trim_end_matches(['.', '_']).len());
    }
    name
}

pub(super) fn doc(operation: &View<'_>) -> Option<String> {
    let text = operation.text("description").or_else(|| operation.text("summary"));
    text.filter(|text| !text.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::too_long;

    #[test]
    fn paths_of_many_parts_are_left_out() {
        assert_eq!(too_long(&format!("/{}", "a".repeat(999))), None);
        assert_eq!(too_long(&"/{a}".repeat(64)), None);
        assert!(too_long(&format!("/{}", "a".repeat(1_000))).is_some_and(|reason| reason.contains("1001 bytes")));
        assert!(too_long(&"/{a}".repeat(65)).is_some_and(|reason| reason.contains("65 variables")));
    }
}
