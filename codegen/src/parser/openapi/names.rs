//! Names of methods in third-party documents: a resource and an action.

use crate::model::MethodName;
use heck::ToSnakeCase;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The parts of an operation that its name is made of.
pub(super) struct Named<'n> {
    /// `operationId`, unless another operation has it.
    pub(super) id: Option<&'n str>,
    pub(super) tags: &'n [&'n str],
    /// The path without a query.
    pub(super) path: &'n str,
    /// Number of segments at the beginning of the path that all paths share.
    pub(super) shared: usize,
    /// HTTP method in lower case, `get`.
    pub(super) verb: &'n str,
    /// Version of the API, if its name has one.
    pub(super) version: Option<&'n str>,
}

impl Named<'_> {
    /// Returns names for the method, best first, none of which is the same as another.
    pub(super) fn wanted(&self) -> Vec<String> {
        let repeats = self.id.is_some_and(|id| self.is_made_of_the_path(id));
        let name = self.id.filter(|_| !repeats).and_then(|id| self.by_id(id)).unwrap_or_else(|| {
            let name = self.by_path();
            // The tag is the resource in this case, too.
            match self.tags.first().filter(|_| repeats) {
                Some(tag) => MethodName::join(&self.resource(tag).join("."), MethodName(&name).leaf()),
                None => name,
            }
        });
        let (resource, leaf) = (MethodName(&name).resource(), MethodName(&name).leaf());
        let join = |leaf: String| MethodName::join(resource, &leaf);
        let verb = if leaf.starts_with(self.verb) { String::new() } else { format!("{}_", self.verb) };
        // A leaf that is just a number would have no meaning.
        let leaf =
            if leaf.starts_with(|c: char| c.is_ascii_digit()) { format!("{verb}{leaf}") } else { leaf.to_owned() };
        let variables = self.segments().filter_map(variable).map(part).collect::<Vec<_>>().join("_and_");
        let mut names = vec![join(leaf.clone()), join(format!("{verb}{leaf}"))];
        if !variables.is_empty() {
            names.extend([join(format!("{leaf}_by_{variables}")), join(format!("{verb}{leaf}_by_{variables}"))]);
        }
        names.dedup();
        names
    }

    /// Returns the segments of the path, without those that all paths share.
    fn segments(&self) -> impl Iterator<Item = &str> {
        segments(self.path).skip(self.shared)
    }

    /// Returns `true` for an id that a tool generated from the verb and the path: `GetAccountsAccount`.
    fn is_made_of_the_path(&self, id: &str) -> bool {
        let Some(rest) = squashed(id).strip_prefix(self.verb).map(str::to_owned) else { return false };
        !rest.is_empty() && (rest == squashed(self.path) || rest == self.segments().map(squashed).collect::<String>())
    }

    /// Returns a name by the operation's id, if it has words.
    ///
    /// Dots and slashes separate the parts of an id: `repos/list-for-org` is `repos.list_for_org`. The first tag is the
    /// resource of any other id, and is not repeated: `readCoreV1NamespacedPod` with the tag `core_v1` is
    /// `core_v1.read_namespaced_pod`. An id without a tag is at the root.
    fn by_id(&self, id: &str) -> Option<String> {
        let id = self.without_path(id);
        let parts: Vec<String> =
            id.split(['.', '/']).map(|text| part(without_controller(text))).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 {
            return Some(parts.join("."));
        }
        let (id, controller) = match id.split_once("Controller_") {
            Some((controller, id)) if !controller.is_empty() && !id.is_empty() => (id, Some(controller)),
            // Azure's groups have the place of tags.
            _ => match id.split_once('_').filter(|_| self.tags.is_empty()) {
                Some((group, id)) if is_group(group) && !id.is_empty() && !id.contains('_') => (id, Some(group)),
                _ => (id, None),
            },
        };
        let leaf = Some(part(id)).filter(|id| !id.is_empty())?;
        let Some(tag) = self.tags.first().copied().or(controller) else { return Some(leaf) };
        let short = self.resource(tag);
        let tag: Vec<String> = tag.split('.').map(part).collect();
        let leaf = without_tag(&leaf, &tag).or_else(|| without_tag(&leaf, &short)).unwrap_or(leaf);
        let unversioned = self.version.and_then(|version| leaf.strip_prefix(version)?.strip_prefix('_'));
        let leaf = unversioned.unwrap_or(&leaf);
        Some(short.iter().map(String::as_str).chain([leaf]).collect::<Vec<_>>().join("."))
    }

    /// Returns the resource that a tag names. A version at its beginning adds nothing to the version of the API, and
    /// `controller` at its end nothing to the name of a class.
    fn resource(&self, tag: &str) -> Vec<String> {
        let tag = tag.strip_suffix("-controller").unwrap_or(tag);
        let mut parts: Vec<String> = tag.split('.').map(part).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 && parts.first().map(String::as_str) == self.version {
            parts.remove(0);
        }
        parts
    }

    /// Returns an id without the path and the verb that FastAPI appends: `read_items_items__item_id__get`.
    fn without_path<'i>(&self, id: &'i str) -> &'i str {
        let path = self.path.replace(|c: char| !c.is_alphanumeric() && c != '_', "_");
        let short = id.strip_suffix(self.verb).and_then(|id| id.strip_suffix('_'));
        short.and_then(|id| id.strip_suffix(path.as_str())).filter(|id| !id.is_empty()).unwrap_or(id)
    }

    /// Returns a name by the path and the verb: `GET /pets/{id}/toys` is `pets.toys.list`.
    fn by_path(&self) -> String {
        let mut parts: Vec<String> = self
            .segments()
            .map(without_key)
            .filter(|segment| !segment.contains(['{', '}']))
            .map(without_extension)
            .map(part)
            .filter(|part| !part.is_empty())
            .collect();
        for part in &mut parts {
            if part.starts_with(|c: char| c.is_ascii_digit()) {
                part.insert(0, 'v');
            }
        }
        let item = self
            .segments()
            .last()
            .is_some_and(|last| without_extension(last).ends_with('}') || without_key(last).len() < last.len());
        let lists = parts.last().is_none_or(|part| is_plural(part));
        parts.push(match self.verb {
            "get" if !item && lists => "list".to_owned(),
            "post" if item => "update".to_owned(),
            "post" => "create".to_owned(),
            "put" => "update".to_owned(),
            other => other.to_owned(),
        });
        parts.join(".")
    }
}

/// Returns the number of segments that all paths begin with and that name no resource: `api`, a version. The last
/// segment of a path is its own.
pub(super) fn shared<'p>(paths: impl Iterator<Item = &'p str>) -> usize {
    let mut first: Option<Vec<&str>> = None;
    for path in paths {
        let own: Vec<&str> = segments(path).collect();
        let (_, own) = own.split_last().unwrap_or((&"", &[]));
        match &mut first {
            None => first = Some(own.to_vec()),
            Some(first) => {
                let same = first.iter().zip(own).take_while(|(a, b)| a == b).count();
                first.truncate(same);
            }
        }
    }
    let first = first.unwrap_or_default();
    first.iter().take_while(|segment| names_no_resource(segment)).count()
}

fn names_no_resource(segment: &str) -> bool {
    let version = segment.strip_prefix(['v', 'V']).unwrap_or(segment);
    matches!(segment, "api" | "rest") || version.starts_with(|c: char| c.is_ascii_digit())
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split(['/', ':']).filter(|segment| !segment.is_empty())
}

/// Returns a segment without the format that it names: `pets.json`.
fn without_extension(segment: &str) -> &str {
    segment.strip_suffix(".json").or(segment.strip_suffix(".xml")).unwrap_or(segment)
}

/// Returns a segment of OData without the key in parentheses: `Items` of `Items({id})`.
fn without_key(segment: &str) -> &str {
    match segment.split_once('(') {
        Some((name, key)) if !name.is_empty() && key.contains('{') && key.ends_with(')') => name,
        _ => segment,
    }
}

/// Returns the name of the variable that a segment has.
fn variable(segment: &str) -> Option<&str> {
    Some(segment.split_once('{')?.1.split_once('}')?.0)
}

/// Returns a name without the words of a tag at its beginning, or, for a tag of several words, behind its first word.
fn without_tag(name: &str, tag: &[String]) -> Option<String> {
    let words = |text: &str| text.to_snake_case().split('_').map(str::to_owned).collect::<Vec<_>>();
    let tag: Vec<String> = tag.iter().flat_map(|part| words(part)).collect();
    let name = words(name);
    let is_tag = |from: usize| {
        let rest = name.get(from..).unwrap_or_default();
        !tag.is_empty() && rest.len() >= tag.len() && rest.iter().zip(&tag).all(|(a, b)| same_word(a, b))
    };
    let from = if is_tag(0) {
        0
    } else if tag.len() > 1 && is_tag(1) {
        1
    } else {
        return None;
    };
    let (before, rest) = name.split_at_checked(from)?;
    let left: Vec<&str> = before.iter().chain(rest.get(tag.len()..)?).map(String::as_str).collect();
    // A number is the last word of a name, and no name by itself.
    let named = left.first()?.starts_with(|c: char| c.is_alphabetic());
    named.then(|| left.join("_"))
}

/// Returns the ids that tools made unique by a number, `delete_1`, and that are the only ones of their name in their tag:
/// these need no number.
pub(super) fn numbered<'n>(operations: impl Iterator<Item = (&'n str, &'n str)>) -> HashSet<&'n str> {
    let mut by_name: HashMap<&str, BTreeMap<&str, Vec<&str>>> = HashMap::new();
    for (tag, id) in operations {
        by_name.entry(without_number(id)).or_default().entry(tag).or_default().push(id);
    }
    let several = by_name.into_values().filter(|tags| tags.len() > 1);
    several
        .flat_map(BTreeMap::into_values)
        .filter_map(|ids| if let [id] = ids.as_slice() { Some(*id) } else { None })
        .collect()
}

/// Returns an id without the number that makes it unique: `delete` of `delete_1`.
pub(super) fn without_number(id: &str) -> &str {
    let name = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_short = id.len().saturating_sub(name.len()) < 4;
    name.strip_suffix('_').filter(|name| is_short && name.len() < id.len() && !name.is_empty()).unwrap_or(id)
}

/// Returns `true` if a word looks like a plural.
fn is_plural(word: &str) -> bool {
    let word = word.to_lowercase();
    word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end))
}

/// Returns `true` if two words are the same, or singular and plural of one.
fn same_word(a: &str, b: &str) -> bool {
    a == b || a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a)
}

/// Returns the name of a controller without that word.
fn without_controller(text: &str) -> &str {
    text.strip_suffix("Controller").filter(|rest| !rest.is_empty()).unwrap_or(text)
}

/// Returns `true` for a word in upper camel case.
fn is_group(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.contains(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Returns only the letters and digits, in lower case.
fn squashed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Returns a part of a name, with `_` in place of characters that names do not have.
pub(super) fn part(text: &str) -> String {
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
    use super::{Named, shared};

    fn name(id: Option<&str>, tags: &[&str], path: &str, verb: &str) -> String {
        let shared = usize::from(path.starts_with("/v1/"));
        Named { id, tags, path, shared, verb, version: Some("v1beta") }.wanted().remove(0)
    }

    #[test]
    fn by_ids() {
        for (id, tag, path, verb, wanted) in [
            ("listPets", "pets", "/pets", "get", "pets.listPets"),
            ("listPets", "", "/pets", "get", "listPets"),
            ("listPets", "pet-controller", "/pets", "get", "pet.listPets"),
            ("list pets", "", "/pets", "get", "list_pets"),
            ("pets.list", "x", "/pets", "get", "pets.list"),
            ("v1beta_files_list", "v1beta.files", "/f", "get", "files.list"),
            ("v1beta_files_get_media", "v1beta.files", "/f", "get", "files.get_media"),
            ("repos/list-for-org", "repos", "/orgs/{org}/repos", "get", "repos.list_for_org"),
            ("readCoreV1NamespacedPod", "core_v1", "/api/v1/pods/{name}", "get", "core_v1.read_namespaced_pod"),
            ("getCoreAPIVersions", "core", "/api/", "get", "core.getCoreAPIVersions"),
            ("petsFindByStatus", "pet", "/pet/findByStatus", "get", "pet.find_by_status"),
            ("CatsController_findAll", "", "/cats", "get", "Cats.findAll"),
            ("Widgets_listWidgets", "", "/widgets", "get", "Widgets.listWidgets"),
            ("Subnets_List", "Network", "/subnets", "get", "Network.Subnets_List"),
            ("CatsController_findAll", "cats", "/cats", "get", "cats.findAll"),
            ("read_item_items__item_id__get", "items", "/items/{item_id}", "get", "items.read_item"),
            ("search-3", "search", "/{index}/_search", "post", "search.search_3"),
            ("3", "search", "/{index}/_search", "post", "search.post_3"),
        ] {
            let tags: Vec<&str> = [tag].into_iter().filter(|tag| !tag.is_empty()).collect();
            assert_eq!(name(Some(id), &tags, path, verb), wanted, "{id}");
        }
    }

    #[test]
    fn numbers_of_ids() {
        let operations = [
            ("a", "delete"),
            ("b", "delete_1"),
            ("b", "get_1"),
            ("c", "get_2"),
            ("c", "get_3"),
            ("a", "oauth_2"),
            ("a", "report_2024"),
            ("b", "report"),
        ];
        let numbered = super::numbered(operations.into_iter());
        let without = operations.map(|(_, id)| if numbered.contains(id) { super::without_number(id) } else { id });
        assert_eq!(without, ["delete", "delete", "get", "get_2", "get_3", "oauth_2", "report_2024", "report"]);
    }

    #[test]
    fn by_paths() {
        for (id, path, verb, wanted) in [
            ("", "/pets/{id}/toys", "get", "pets.toys.list"),
            ("", "/pets/{id}", "get", "pets.get"),
            ("", "/status", "get", "status.get"),
            ("", "/pets/{id}/", "get", "pets.get"),
            ("", "/pets.json", "get", "pets.list"),
            ("", "/pets/{id}.json", "get", "pets.get"),
            ("", "/2/tweets", "post", "v2.tweets.create"),
            ("", "/", "get", "list"),
            ("", "/Items({id})", "delete", "Items.delete"),
            ("", "/Items(a='{a}',b={b})/Parts", "get", "Items.Parts.list"),
            ("", "/top(count={count})", "get", "top.get"),
            ("GetAccountsAccount", "/v1/accounts/{account}", "get", "accounts.get"),
            ("PostAccountsAccount", "/v1/accounts/{account}", "post", "accounts.update"),
            ("GetAccountsAccountPersons", "/v1/accounts/{account}/persons", "get", "accounts.persons.list"),
        ] {
            let id = Some(id).filter(|id| !id.is_empty());
            assert_eq!(name(id, &[], path, verb), wanted, "{path}");
        }
        assert_eq!(name(Some("getGoals"), &["Goals"], "/goals", "get"), "Goals.list");
    }

    #[test]
    fn names_of_several_operations() {
        let named = Named { id: Some("search"), tags: &[], path: "/{index}/x", shared: 0, verb: "post", version: None };
        assert_eq!(named.wanted(), ["search", "post_search", "search_by_index", "post_search_by_index"]);
    }

    #[test]
    fn segments_that_all_paths_share() {
        assert_eq!(shared(["/api/v1/a", "/api/v1/b/{c}"].into_iter()), 2);
        assert_eq!(shared(["/v1/a"].into_iter()), 1);
        assert_eq!(shared(["/v1/{a}/x", "/v1/{a}/y"].into_iter()), 1);
        assert_eq!(shared(["/pets/a", "/pets/b"].into_iter()), 0);
        assert_eq!(shared(["/a", "/v1/a"].into_iter()), 0);
    }
}
