//! The origin of a document, which decides how its methods are named.

use super::node::Node;
use super::view::View;

/// The origin of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// Exported by Google, with a revision: methods are named by path and verb, and the variables of a path are ids.
    GoogleExport,
    /// Converted from a Discovery document: an `operationId` is a method's id, and the variables of a path take whole
    /// resource names.
    FromDiscovery,
    /// Written by others: an `operationId` is a name.
    ThirdParty,
}

impl Origin {
    /// Returns the origin of a document. `api` is the API's name.
    pub(super) fn of(root: &View<'_>, host: Option<&str>, api: &str) -> Self {
        if root.get("info").is_some_and(|info| info.node.get("x-google-revision").is_some()) {
            return Origin::GoogleExport;
        }
        let google = host.is_some_and(|host| host.ends_with(".googleapis.com"));
        let prefix = format!("{api}.");
        let mut ids = root
            .get("paths")
            .into_iter()
            .flat_map(|paths| paths.members().collect::<Vec<_>>())
            .flat_map(|(_, item)| item.members().collect::<Vec<_>>())
            .filter_map(|(_, operation)| match operation.node.get("operationId") {
                Some(Node::Text(id)) => Some(id.as_str()),
                _ => None,
            })
            .peekable();
        if google && ids.peek().is_some() && ids.all(|id| id.starts_with(&prefix)) {
            Origin::FromDiscovery
        } else {
            Origin::ThirdParty
        }
    }
}

/// Returns the name of a method in a document of others: its tag, where there is just one, and its `operationId` without
/// the tag.
///
/// A dot in an id parts it; `v1beta_files_list` with the tag `v1beta.files` is `files.list` where `v1beta` is the version
/// in the API's name; an id without a tag stands at the root. Without an id, the path and the verb make one.
pub(super) fn community(id: Option<&str>, tags: &[&str], version: Option<&str>, path: &str, verb: &str) -> String {
    let words = |text: &str| -> Vec<String> { text.split('.').map(part).filter(|part| !part.is_empty()).collect() };
    let Some(id) = id else {
        let mut parts: Vec<String> = path
            .split(['/', ':'])
            .filter(|part| !part.is_empty() && !part.contains(['{', '}']))
            .map(part)
            .filter(|part| !part.is_empty())
            .collect();
        let by: Vec<String> = path.split('/').filter(|part| part.contains('{')).map(part).collect();
        let item = path.ends_with('}');
        let branch = match verb {
            "get" if !item => "list".to_owned(),
            "post" => "create".to_owned(),
            "put" => "update".to_owned(),
            other => other.to_owned(),
        };
        // The variable distinguishes `/pets/{id}` from `/pets/{name}`, which some APIs have.
        parts.push(if parts.is_empty() {
            [branch].into_iter().chain(by).collect::<Vec<_>>().join("_by_")
        } else {
            branch
        });
        return parts.join(".");
    };
    let id_parts = words(id);
    if id_parts.len() > 1 {
        return id_parts.join(".");
    }
    let id = id_parts.first().cloned().unwrap_or_else(|| "call".to_owned());
    let [tag] = tags else { return id };
    let full = words(tag);
    // A version among the tags adds nothing to the version of the API.
    let short = match full.split_first() {
        Some((first, rest)) if Some(first.as_str()) == version && !rest.is_empty() => rest.to_vec(),
        _ => full.clone(),
    };
    let stem = |parts: &[String]| parts.join("_");
    let branch = [stem(&full), stem(&short)]
        .iter()
        .find_map(|stem| id.strip_prefix(stem.as_str())?.strip_prefix('_'))
        .unwrap_or(&id)
        .to_owned();
    let unversioned = version.and_then(|version| branch.strip_prefix(version)?.strip_prefix('_'));
    let branch = unversioned.unwrap_or(&branch).to_owned();
    short.into_iter().chain([branch]).collect::<Vec<_>>().join(".")
}

/// Returns a part of a name, with `_` in place of characters that names do not have.
fn part(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('_') {
            out.push('_');
        }
    }
    out.trim_end_matches('_').to_owned()
}

#[cfg(test)]
mod tests {
    use super::community;

    #[test]
    fn names_of_community_methods() {
        assert_eq!(community(Some("listPets"), &["pets"], Some("v1"), "/pets", "get"), "pets.listPets");
        assert_eq!(community(Some("listPets"), &[], Some("v1"), "/pets", "get"), "listPets");
        assert_eq!(community(Some("list pets"), &["a", "b"], Some("v1"), "/pets", "get"), "list_pets");
        assert_eq!(community(Some("pets.list"), &["x"], Some("v1"), "/pets", "get"), "pets.list");
        assert_eq!(community(Some("v1beta_files_list"), &["v1beta.files"], Some("v1beta"), "/f", "get"), "files.list");
        assert_eq!(
            community(Some("v1beta_files_get_media"), &["v1beta.files"], Some("v1beta"), "/f", "get"),
            "files.get_media"
        );
        assert_eq!(community(None, &[], Some("v1"), "/pets/{id}/toys", "get"), "pets.toys.list");
        assert_eq!(community(None, &[], Some("v1"), "/pets/{id}", "get"), "pets.get");
    }
}
