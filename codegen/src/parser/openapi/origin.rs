//! The origin of a document, which decides how its methods are named.

use super::node::Node;
use super::view::View;

/// The origin of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DocumentOrigin {
    /// Exported by Google, with a revision: methods are named by path and verb, and the variables of a path are ids.
    GoogleExport,
    /// Converted from a Discovery document: an `operationId` is a method's id, and the variables of a path take whole
    /// resource names.
    FromDiscovery,
    /// Written by others: an `operationId` is a name.
    ThirdParty,
}

impl DocumentOrigin {
    /// Returns the origin of a document. `api` is the API's name.
    pub(super) fn of(root: &View<'_>, host: Option<&str>, api: &str) -> Self {
        if root.get("info").is_some_and(|info| info.node.get("x-google-revision").is_some()) {
            return DocumentOrigin::GoogleExport;
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
            DocumentOrigin::FromDiscovery
        } else {
            DocumentOrigin::ThirdParty
        }
    }
}
