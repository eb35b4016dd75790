//! Comparison of the path of a method, by segment.

use super::{Comparison, Draft, Place};
use crate::diff::change::GroupKey;

use crate::diff::rules::{self, Rule};
use crate::diff::similarity::{segment_delta, step};
use crate::diff::url::{normal, url};
use crate::model::{Api, Method, PathPart};
use std::collections::BTreeMap;

/// Changes of the variables of a path.
#[derive(Debug)]
pub(super) struct Variables {
    /// New names of renamed variables, by their old names.
    pub(super) renamed: BTreeMap<String, String>,
    /// True if variables take other parts of the same URL.
    pub(super) values_changed: bool,
}

impl Comparison<'_> {
    /// Compares the paths of a method, and their variables.
    pub(super) fn path(&mut self, place: &Place, renamed: bool, old: &Method, new: &Method) -> Variables {
        let mut variables = Variables { renamed: renamed_variables(old, new), values_changed: false };
        let (old_full, new_full) = (full(self.old, old), full(self.new, new));
        let same_url =
            format!("{}{}", self.old.service_path, url(old)) == format!("{}{}", self.new.service_path, url(new));
        let rooted = |api: &Api, path: &str| normal(&format!("{}{path}", api.root_url));
        let only_moved = self.old.service_path != self.new.service_path
            && rooted(self.old, &old_full) == rooted(self.new, &new_full);
        if old_full == new_full || only_moved || (renamed && !same_url) {
            return variables;
        }
        let place = place.part("path");
        let label = &place.label;
        let message = format!("path of `{label}`: `{old_full}` → `{new_full}`");
        let same_skeleton = skeleton(self.old, old) == skeleton(self.new, new);
        let old_count = old.path.variables().count();
        let (rule, wanted): (&'static Rule, bool) = if same_skeleton {
            match slashes(old, new) {
                Slashes::Allowed => (&rules::PATH_VARIABLE_OPENED, true),
                Slashes::Encoded => (&rules::PATH_VARIABLE_CLOSED, true),
                Slashes::Never => (&rules::PATH_RESHAPED, true),
                // Names of variables are reported with the parameters.
                Slashes::Same => (&rules::PATH_RESHAPED, false),
            }
        } else if same_url {
            variables.values_changed = true;
            (&rules::PATH_VALUE_CHANGED, true)
        } else if old_count == new.path.variables().count() {
            (&rules::PATH_CHANGED, true)
        } else {
            (&rules::PATH_PARAMETERS_CHANGED, true)
        };
        if !wanted {
            return variables;
        }
        let (removed, added) = segment_delta(&old_full, &new_full);
        let group = GroupKey {
            key: format!("{}|{removed}|{added}", rule.id),
            rule,
            subject: format!("methods.*.path.{removed}"),
            message: format!("path segments of {{n}} methods: {}", step(&removed, &added)),
            least: 2,
        };
        let draft = Draft::new(rule, &place, message).values(old.path.to_string(), new.path.to_string());
        let draft = match old.path == new.path {
            true => draft.caused_by("servicePath", &rules::SERVICE_PATH_CHANGED),
            false => draft,
        };
        self.push(draft.group(group));
        variables
    }
}

/// Returns the path under the root of the API.
fn full(api: &Api, method: &Method) -> String {
    format!("{}{}", api.service_path, method.path)
}

/// Returns the path without the names of its variables.
fn skeleton(api: &Api, method: &Method) -> String {
    let parts = method.path.parts().iter().map(|part| match part {
        PathPart::Literal(text) => text.as_str(),
        PathPart::Variable { .. } => "{}",
    });
    std::iter::once(api.service_path.as_str()).chain(parts).collect()
}

fn renamed_variables(old: &Method, new: &Method) -> BTreeMap<String, String> {
    let old_names: Vec<&str> = old.path.variables().collect();
    let new_names: Vec<&str> = new.path.variables().collect();
    if old_names.len() != new_names.len() {
        return BTreeMap::new();
    }
    let pairs = old_names.iter().zip(&new_names).filter(|(old, new)| old != new);
    // A variable that moved within the path is not renamed.
    let pairs = pairs.filter(|(old, new)| !new_names.contains(old) && !old_names.contains(new));
    pairs.map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect()
}

/// Change of the encoding of slashes in the values of variables.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Slashes {
    /// No variable changed.
    Same,
    /// Variables changed, but their values contain no slashes.
    Never,
    /// `{x}` became `{+x}`.
    Allowed,
    /// `{+x}` became `{x}`.
    Encoded,
}

fn slashes(old: &Method, new: &Method) -> Slashes {
    let variables = |method: &Method| -> Vec<(bool, bool)> {
        let parts = method.path.parts().iter().filter_map(|part| match part {
            PathPart::Variable { name, reserved } => {
                let pattern = method.parameters.get(name).and_then(|p| p.constraints.pattern.as_deref());
                Some((*reserved, pattern.is_some_and(forbids_slashes)))
            }
            PathPart::Literal(_) => None,
        });
        parts.collect()
    };
    let pairs = variables(old).into_iter().zip(variables(new));
    let change = pairs.map(|((old, old_single), (new, new_single))| match (old, new) {
        (old, new) if old == new => Slashes::Same,
        _ if old_single && new_single => Slashes::Never,
        (false, _) => Slashes::Allowed,
        (true, _) => Slashes::Encoded,
    });
    change.max().unwrap_or(Slashes::Same)
}

/// Returns true if no value that matches a pattern contains a slash; false if that is not obvious.
fn forbids_slashes(pattern: &str) -> bool {
    let Some(inner) = pattern.strip_prefix('^').and_then(|pattern| pattern.strip_suffix('$')) else {
        return false;
    };
    let inner = inner.replace("[^/]", "a");
    !inner.contains(['/', '.', '\\', '|']) && !inner.contains("[^") && !ranges_over_slash(&inner)
}

/// Returns true if a character class contains a range that includes `/`, such as `[ -~]`.
fn ranges_over_slash(pattern: &str) -> bool {
    let chars: Vec<char> = pattern.chars().collect();
    chars.windows(3).any(|window| matches!(window, [from, '-', to] if *from <= '/' && '/' <= *to))
}

#[cfg(test)]
mod tests {
    use super::forbids_slashes;

    #[test]
    fn patterns_without_slashes() {
        for pattern in ["^[^/]+$", "^[a-z0-9]+$", "^x$"] {
            assert!(forbids_slashes(pattern), "{pattern}");
        }
        for pattern in ["[^/]+", "^plants/[^/]+$", "^.*$", "^[^a]+$", "^[ -~]+$", r"^\S+$", "^a|b$"] {
            assert!(!forbids_slashes(pattern), "{pattern}");
        }
    }
}
