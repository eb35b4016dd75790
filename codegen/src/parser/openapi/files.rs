//! The files of a document, and the values that a `$ref` names in them.

use super::lengths::{TooLong, remove_too_long};
use super::node::Node;
use super::rewrite::{count_dynamic_anchors, join_formats, rewrite_references};
use super::view::View;
use super::yaml::{self, Parsed};
use crate::diagnostic::{Diagnostic, Severity};
use crate::parser::json;
use crate::source::files::{Folders, LIMIT, normal};
use crate::source::{Source, unescape};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The number of files that a document may consist of.
const FILES: usize = 10_000;

/// A document with all files that it refers to.
#[derive(Default)]
pub(super) struct Files {
    files: Vec<File>,
    /// The file that each path names, or the reason why it cannot be read.
    by_path: BTreeMap<PathBuf, Result<usize, String>>,
    /// Values by the identifier that `$id`, `$anchor` or `$dynamicAnchor` gives them: the file and the steps.
    by_id: BTreeMap<String, (usize, Vec<String>)>,
    /// Warnings about the texts of the files.
    pub(super) warnings: Vec<Diagnostic>,
    /// Parts of each file that are left out because of their names.
    too_long: Vec<(Arc<Source>, Vec<TooLong>)>,
}

struct File {
    source: Arc<Source>,
    root: Node,
}

/// The reason why a `$ref` cannot be resolved.
pub(super) enum RefError<'f> {
    /// The value does not exist; this is its parent, for suggestions.
    Unresolved(Option<&'f Node>),
    /// The file cannot be read, for this reason.
    File(String),
    /// References of this kind are not followed, for this reason.
    Unsupported(String),
}

impl Files {
    /// Reads the document and every file that it refers to, directly or not, within the folders.
    ///
    /// # Errors
    /// A syntax error of the document's own text. A file that cannot be read is reported where something needs it.
    pub(super) fn read(source: &Arc<Source>, folders: &Folders) -> Result<Self, Diagnostic> {
        let (root, warnings) = parse(source)?;
        let mut files = Self { warnings, ..Self::default() };
        files.by_path.insert(normal(source.path()), Ok(0));
        let mut open = vec![(source.clone(), root)];
        let mut bytes = 0u64;
        let mut next = 0usize;
        while let Some((source, root)) = open.get_mut(next) {
            let source = source.clone();
            files.too_long.push((source.clone(), remove_too_long(root)));
            let mut references = Vec::new();
            collect_references(root, &mut references);
            for path in references {
                let full = relative_to(&source, &path);
                if is_url(&path) || files.by_path.contains_key(&full) {
                    continue;
                }
                let outcome = if open.len() >= FILES || bytes > LIMIT {
                    Err(format!("the document consists of more than {FILES} files or {} MiB", LIMIT >> 20))
                } else {
                    load(&full, folders)
                };
                let outcome = outcome.map(|(source, (root, warnings))| {
                    files.warnings.extend(warnings);
                    bytes = bytes.saturating_add(source.text.len() as u64);
                    open.push((source, root));
                    open.len().saturating_sub(1)
                });
                files.by_path.insert(full, outcome);
            }
            next = next.saturating_add(1);
        }
        let is_3_0 = matches!(open.first(), Some((_, root)) if is_version_3_0(root));
        files.files = open.into_iter().map(|(source, root)| File { source, root }).collect();
        if !is_3_0 {
            let mut anchors = BTreeMap::new();
            files.files.iter().for_each(|file| count_dynamic_anchors(&file.root, &mut anchors));
            files.files.iter_mut().for_each(|file| rewrite_references(&mut file.root, &anchors));
        }
        files.files.iter_mut().for_each(|file| join_formats(&mut file.root));
        let mut by_id = BTreeMap::new();
        for (number, file) in files.files.iter().enumerate() {
            collect_ids(&file.root, number, "", &mut Vec::new(), &mut by_id);
        }
        files.by_id = by_id;
        Ok(files)
    }

    /// Returns the root of the document itself.
    pub(super) fn root(&self) -> View<'_> {
        View::root(0, self.node(0))
    }

    fn node(&self, file: usize) -> &Node {
        self.files.get(file).map_or(&Node::Null, |file| &file.root)
    }

    /// Returns the mappings of all discriminators of a document of several files.
    pub(super) fn mappings(&self) -> Vec<View<'_>> {
        let mut found = Vec::new();
        let mut open: Vec<View<'_>> = (0..self.files.len()).map(|file| View::root(file, self.node(file))).collect();
        open.retain(|_| self.files.len() > 1);
        while let Some(view) = open.pop() {
            found.extend(view.at(["discriminator", "mapping"]));
            open.extend(view.members().map(|(_, member)| member).chain(view.items()));
        }
        found
    }

    /// Returns the text of a file.
    pub(super) fn source(&self, file: usize) -> Option<&Arc<Source>> {
        self.files.get(file).map(|file| &file.source)
    }

    /// Returns the parts that are left out because of their names, each with its file.
    pub(super) fn too_long(&self) -> impl Iterator<Item = (&Arc<Source>, &TooLong)> {
        self.too_long.iter().flat_map(|(source, parts)| parts.iter().map(move |part| (source, part)))
    }

    /// Returns every file that was read.
    pub(super) fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.files.iter().map(|file| &file.source)
    }

    /// Returns `true` if a reference in the document itself leads to another file that was read.
    #[cfg(feature = "cli")]
    pub(super) fn is_elsewhere(&self, reference: &str) -> bool {
        let path = reference.split('#').next().unwrap_or_default();
        if path.is_empty() || self.by_id.contains_key(path) {
            return false;
        }
        let file = self.source(0).and_then(|source| self.by_path.get(&relative_to(source, path)));
        matches!(file, Some(Ok(1..)))
    }

    /// Formats a location: the pointer, preceded by the name of the file unless it is the document itself.
    pub(super) fn show(&self, view: &View<'_>) -> String {
        match self.source(view.file).filter(|_| view.file > 0) {
            None => view.pointer.to_string(),
            Some(source) => format!("{}#{}", source.name, view.pointer),
        }
    }

    /// Resolves a `$ref` of a value.
    pub(super) fn find(&self, holder: &View<'_>, reference: &str) -> Result<View<'_>, RefError<'_>> {
        let from = holder.file;
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let fragment = decode(fragment);
        if let Some(found) = self.find_by_id(holder, path, &fragment) {
            return Ok(found);
        }
        let file = if path.is_empty() {
            from
        } else if is_url(path) {
            let reason = "it names a URL; only files in the folder of the document are read";
            return Err(RefError::Unsupported(reason.into()));
        } else {
            let source = self.source(from).ok_or_else(|| RefError::File("it was not read".into()))?;
            match self.by_path.get(&relative_to(source, path)) {
                Some(Ok(file)) => *file,
                Some(Err(reason)) => return Err(RefError::File(reason.clone())),
                None => return Err(RefError::File("it was not read".into())),
            }
        };
        if !fragment.is_empty() && !fragment.starts_with('/') {
            return Err(RefError::Unsupported("no schema has this `$anchor`".into()));
        }
        let root = View::root(file, self.node(file));
        let steps: Vec<String> = fragment.split('/').skip(1).map(unescape).collect();
        within(&root, &steps).ok_or_else(|| {
            let above = steps.split_last().and_then(|(_, above)| root.at(above.iter().map(String::as_str)));
            RefError::Unresolved(above.map(|above| above.node))
        })
    }

    /// Resolves a reference to a `$id`, to an anchor, or to a pointer within the nearest schema around that has a
    /// `$id`.
    fn find_by_id(&self, holder: &View<'_>, path: &str, fragment: &str) -> Option<View<'_>> {
        if self.by_id.is_empty() {
            return None;
        }
        let is_pointer = fragment.is_empty() || fragment.starts_with('/');
        let known = |name: &str, steps: &[String]| {
            let (file, above) = self.by_id.get(name)?;
            within(&View::root(*file, self.node(*file)), above.iter().chain(steps))
        };
        if !is_pointer && !path.is_empty() && !is_url(path) {
            // An anchor of another file.
            let full = self.source(holder.file).map(|source| relative_to(source, path));
            if let Some(Ok(file)) = full.and_then(|full| self.by_path.get(&full)) {
                let found = known(&format!("{file}#{fragment}"), &[]);
                if found.is_some() {
                    return found;
                }
            }
        }
        let steps: Vec<String> = fragment.split('/').skip(1).map(unescape).collect();
        // A reference is relative to the URL that the schema around it has.
        if let Some(joined) = self.nearest_id(holder).and_then(|base| join(base, path)) {
            let found = if is_pointer { known(&joined, &steps) } else { known(&format!("{joined}#{fragment}"), &[]) };
            if found.is_some() {
                return found;
            }
        }
        let base = if path.is_empty() { self.nearest_id(holder) } else { Some(path) };
        let (name, steps) = match (base, is_pointer) {
            (Some(base), true) => (base.to_owned(), steps),
            (Some(base), false) => (format!("{base}#{fragment}"), Vec::new()),
            (None, true) => return None,
            (None, false) => (format!("{}#{fragment}", holder.file), Vec::new()),
        };
        let (file, above) = self.by_id.get(&name).or_else(|| self.by_id.get(&format!("{}#{fragment}", holder.file)))?;
        within(&View::root(*file, self.node(*file)), above.iter().chain(&steps))
    }

    /// Returns the `$id` of the nearest schema around a value.
    fn nearest_id(&self, holder: &View<'_>) -> Option<&str> {
        let steps = holder.pointer.steps();
        let mut at = self.node(holder.file);
        let mut found = at.get("$id").and_then(Node::text);
        for step in &steps {
            at = at.at([step.as_str()])?;
            found = at.get("$id").and_then(Node::text).or(found);
        }
        found
    }
}

fn load(path: &Path, folders: &Folders) -> Result<(Arc<Source>, Parsed), String> {
    let source = folders.read(path).map_err(|error| error.message)?;
    match parse(&source) {
        Ok(parsed) => Ok((source, parsed)),
        Err(error) => Err(match error.position() {
            Some((line, column)) => format!("{} at {line}:{column}", error.message),
            None => error.message,
        }),
    }
}

/// Parses the text of one file, JSON or YAML. JSON with duplicate keys, commas before brackets, or comments of YAML is
/// read as YAML, with warnings.
pub(super) fn parse(source: &Arc<Source>) -> Result<Parsed, Diagnostic> {
    if !source.is_json() {
        return yaml::parse(source);
    }
    let error = match json::parse(source) {
        Ok(root) => return Ok((root, Vec::new())),
        Err(error) => error,
    };
    let Ok((root, mut warnings)) = yaml::parse(source) else { return Err(error) };
    if warnings.is_empty() {
        let message = format!("invalid JSON, which is read as YAML: {}", error.message);
        warnings.push(Diagnostic { message, severity: Severity::Warning, help: None, ..error });
    }
    Ok((root, warnings))
}

/// Returns where a path in a file leads: it is relative to the folder of that file.
pub(super) fn relative_to(source: &Source, path: &str) -> PathBuf {
    let base = source.path().parent().unwrap_or(Path::new(""));
    normal(&base.join(decode(path)))
}

/// Collects the paths of all files that a value refers to, by `$ref` or by a path in the mapping of a discriminator.
fn collect_references(node: &Node, paths: &mut Vec<String>) {
    if let Some(Node::Object(mapping)) = node.at(["discriminator", "mapping"]) {
        let named = mapping.values().filter_map(|named| named.text()?.split('#').next());
        paths.extend(named.filter(|path| path.contains('/')).map(str::to_owned));
    }
    match node {
        Node::Object(members) => {
            for (key, value) in members {
                match value {
                    Node::Text(reference) if key == "$ref" => {
                        let path = reference.split('#').next().unwrap_or_default();
                        if !path.is_empty() {
                            paths.push(path.to_owned());
                        }
                    }
                    value => collect_references(value, paths),
                }
            }
        }
        Node::List(items) => items.iter().for_each(|item| collect_references(item, paths)),
        _ => {}
    }
}

/// Collects what `$id` and `$anchor` name. `base` is the nearest `$id` above.
fn collect_ids(
    node: &Node,
    file: usize,
    base: &str,
    path: &mut Vec<String>,
    found: &mut BTreeMap<String, (usize, Vec<String>)>,
) {
    match node {
        Node::Object(members) => {
            let id = node.get("$id").and_then(Node::text);
            let base = id.unwrap_or(base);
            if let Some(id) = id {
                found.entry(id.trim_end_matches('#').to_owned()).or_insert_with(|| (file, path.clone()));
            }
            for key in ["$anchor", "$dynamicAnchor"] {
                if let Some(anchor) = node.get(key).and_then(Node::text) {
                    for name in [format!("{base}#{anchor}"), format!("{file}#{anchor}")] {
                        found.entry(name).or_insert_with(|| (file, path.clone()));
                    }
                }
            }
            for (key, value) in members.iter().filter(|(_, value)| matches!(value, Node::Object(_) | Node::List(_))) {
                path.push(key.clone());
                collect_ids(value, file, base, path, found);
                path.pop();
            }
        }
        Node::List(items) => {
            for (index, item) in items.iter().enumerate() {
                path.push(index.to_string());
                collect_ids(item, file, base, path, found);
                path.pop();
            }
        }
        _ => {}
    }
}

fn is_version_3_0(root: &Node) -> bool {
    root.get("openapi").is_some_and(|version| version.to_string().starts_with("3.0"))
}

/// Returns the value that a path leads to. The siblings of a `$ref` are in the second part of the `allOf` of both.
fn within<'a, 's>(root: &View<'a>, steps: impl IntoIterator<Item = &'s String>) -> Option<View<'a>> {
    steps.into_iter().try_fold(root.clone(), |view, step| {
        let siblings = || {
            let parts = view.get("allOf")?;
            let is_reference = parts.at(["0"])?.node.get("$ref").is_some();
            parts.at(["1", step.as_str()]).filter(|_| is_reference)
        };
        view.at([step.as_str()]).or_else(siblings)
    })
}

/// Returns `true` for a reference with a scheme (`https:`, `file:`, `urn:`) or a host (`//host/path`).
pub(super) fn is_url(path: &str) -> bool {
    let scheme = path.split_once(':').map_or("", |(scheme, _)| scheme);
    // A single letter is the drive of a path.
    let has_scheme = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    has_scheme || path.starts_with("//")
}

/// Returns the URL that a relative path names in a document of this URL.
fn join(base: &str, path: &str) -> Option<String> {
    if path.is_empty() || is_url(path) || !is_url(base) {
        return None;
    }
    let (scheme, rest) = base.split_once("://")?;
    let (host, folder) = rest.split_once('/').unwrap_or((rest, ""));
    let folder = folder.rsplit_once('/').map_or("", |(folder, _)| folder);
    let full =
        if path.starts_with('/') { normal(Path::new(path)) } else { normal(&Path::new("/").join(folder).join(path)) };
    Some(format!("{scheme}://{host}{}", full.to_str()?.replace('\\', "/")))
}

/// Decodes the `%` escapes of a part of a URL; invalid escapes stay.
fn decode(text: &str) -> String {
    let mut parts = text.split('%');
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let escape = part.split_at_checked(2).and_then(|(hex, rest)| Some((u8::from_str_radix(hex, 16).ok()?, rest)));
        match escape {
            Some((byte, rest)) => {
                out.push(byte);
                out.extend_from_slice(rest.as_bytes());
            }
            None => {
                out.push(b'%');
                out.extend_from_slice(part.as_bytes());
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_escapes() {
        assert_eq!(decode("a%20b%7Bc%7D%zz%"), "a b{c}%zz%");
    }

    #[test]
    fn references_with_a_scheme_are_urls() {
        for url in ["https://x.test/a.yaml", "file:///etc/passwd", "file:/etc/passwd", "urn:x", "//x.test/a.yaml"] {
            assert!(is_url(url), "{url}");
        }
        for path in ["a.yaml", "../a.yaml", "/etc/passwd", "a/b:c.yaml", "c:/a.yaml"] {
            assert!(!is_url(path), "{path}");
        }
    }
}
