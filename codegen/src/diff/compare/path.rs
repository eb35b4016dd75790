//! Comparison of the path of a method, by segment.

use super::{Comparison, Draft, Place};
use crate::diff::change::GroupKey;

use crate::diff::rules::{self, Rule};
use crate::diff::similarity::{segment_delta, step};
use crate::diff::url::{address, url};
use crate::diff::verdict::WireCompatibility;
use crate::model::{Method, PathPart};
use std::collections::BTreeMap;

/// Changes of the variables of a path.
#[derive(Debug)]
pub(super) struct Variables {
    /// New names of renamed variables, by their old names.
    pub(super) renamed: BTreeMap<String, String>,
    /// True if variables take other parts of the same URL.
    pub(super) values_changed: bool,
}

impl<'a> Comparison<'a> {
    /// Compares the paths of a method, and their variables.
    pub(super) fn path(&mut self, place: &Place, renamed: bool, old: &Method, new: &Method) -> Variables {
        let mut variables = Variables { renamed: self.renamed_variables(old, new), values_changed: false };
        let [old_base, new_base] = self.service_paths(old, new);
        let (old_full, new_full) = (format!("{old_base}{}", old.path), format!("{new_base}{}", new.path));
        let same_url = format!("{old_base}{}", url(old)) == format!("{new_base}{}", url(new));
        let same_address = address(self.old, old) == address(self.new, new);
        if old_full == new_full && !renamed && !same_url {
            self.flat_path(place, old, new);
        }
        if old_full == new_full || same_address || (renamed && !same_url) {
            return variables;
        }
        let place = place.part("path");
        let label = &place.label;
        let same_skeleton = skeleton(old_base, old) == skeleton(new_base, new);
        let old_count = old.path.variables().count();
        let swapped = self.swapped(old, new, &variables.renamed);
        let (rule, wanted): (&'static Rule, bool) = if let (true, Some(rule)) = (same_skeleton, swapped) {
            (rule, true)
        } else if same_skeleton {
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
        let message = match old.http_method == new.http_method || rule.request < WireCompatibility::Breaking {
            true => format!("path of `{label}`: `{old_full}` → `{new_full}`"),
            false => {
                let (from, to) = (old.http_method.as_str(), new.http_method.as_str());
                format!("`{label}`: `{from} {old_full}` → `{to} {new_full}`")
            }
        };
        let (removed, added) = segment_delta(&old_full, &new_full);
        let group = GroupKey {
            key: format!("{}|{removed}|{added}", rule.id),
            rule,
            subject: format!("methods.*.path.{removed}"),
            message: match (removed.is_empty() && added.is_empty(), new_full.ends_with('/')) {
                (false, _) => format!("path segments of {{n}} methods: {}", step(&removed, &added)),
                (true, true) => "paths of {n} methods end with a slash".to_owned(),
                (true, false) => "paths of {n} methods no longer end with a slash".to_owned(),
            },
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

    /// Returns the paths before that of a method; none if its server is compared as such.
    fn service_paths(&self, old: &Method, new: &Method) -> [&'a str; 2] {
        let paths: [&'a str; 2] = [&self.old.service_path, &self.new.service_path];
        let [from, to] = paths;
        match self.server_stays && from != to || old.server.is_some() || new.server.is_some() {
            true => ["", ""],
            false => paths,
        }
    }

    /// Reports another flat path of the same path, whose variables no pattern restricts.
    fn flat_path(&mut self, place: &Place, old: &Method, new: &Method) {
        let patterns = |method: &Method| -> Vec<Option<String>> {
            let parameters = method.path.variables().map(|name| method.parameters.get(name));
            parameters.map(|parameter| parameter.and_then(|one| one.constraints.pattern.clone())).collect()
        };
        if let (Some(from), Some(to)) = (&old.flat_path, &new.flat_path)
            && patterns(old) == patterns(new)
        {
            let (old_base, new_base) = (&self.old.service_path, &self.new.service_path);
            let message = format!("URLs of `{}`: `{old_base}{from}` → `{new_base}{to}`", place.label);
            let place = place.part("flatPath");
            let draft = Draft::new(&rules::FLAT_PATH_CHANGED, &place, message);
            self.push(draft.values(from.clone(), to.clone()));
        }
    }

    /// Returns the new names of renamed variables, by their old names.
    fn renamed_variables(&self, old: &Method, new: &Method) -> BTreeMap<String, String> {
        let old_names: Vec<&str> = old.path.variables().collect();
        let new_names: Vec<&str> = new.path.variables().collect();
        if old_names.len() != new_names.len() {
            return BTreeMap::new();
        }
        let is = |from: &str, to: &str| self.variable_verdict((old, from), (new, to)) == Some(WireCompatibility::Safe);
        // Variables that have each other's types too have each other's names.
        let differs = |pair: &(&&str, &&str)| pair.0 != pair.1;
        let exchanged = old_names.iter().any(|name| new_names.contains(name) && !is(name, name))
            && old_names.iter().zip(&new_names).all(|(from, to)| is(from, to));
        let pairs = old_names.iter().zip(&new_names).filter(differs);
        // A variable that moved within the path is not renamed.
        let pairs = pairs.filter(|(old, new)| exchanged || !new_names.contains(old) && !old_names.contains(new));
        pairs.map(|(old, new)| ((*old).to_owned(), (*new).to_owned())).collect()
    }

    /// Returns the rule for variables that change places: values of old clients are taken as those of another variable.
    fn swapped(&self, old: &Method, new: &Method, renamed: &BTreeMap<String, String>) -> Option<&'static Rule> {
        let pairs = old.path.variables().zip(new.path.variables());
        let moved = pairs.filter(|(from, to)| from != to && renamed.get(*from).is_none_or(|name| name != to));
        let verdicts = moved.map(|(from, to)| self.variable_verdict((old, from), (new, to)).unwrap_or_default());
        Some(match verdicts.max()? {
            WireCompatibility::Breaking => &rules::PATH_VARIABLES_RETYPED,
            _ => &rules::PATH_VARIABLES_SWAPPED,
        })
    }

    /// Returns the verdict for old clients that send the value of one variable as that of another.
    fn variable_verdict(&self, (old, from): (&Method, &str), (new, to): (&Method, &str)) -> Option<WireCompatibility> {
        let (a, b) = (old.parameters.get(from)?, new.parameters.get(to)?);
        let ty = self.text_relation(&a.ty, &b.ty).rule(true, false).map(|rule| rule.request);
        let constraints = self.value_constraint_changes((&a.ty, &a.constraints), (&b.ty, &b.constraints));
        Some(constraints.iter().map(|change| change.rule.request).chain(ty).max().unwrap_or_default())
    }
}

/// Returns the path without the names of its variables.
fn skeleton(base: &str, method: &Method) -> String {
    let parts = method.path.parts().iter().map(|part| match part {
        PathPart::Literal(text) => text.as_str(),
        PathPart::Variable { .. } => "{}",
    });
    std::iter::once(base).chain(parts).collect()
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

/// Returns `true` if no value that matches a pattern contains a slash; false if that is not obvious.
fn forbids_slashes(pattern: &str) -> bool {
    let Some(inner) = pattern.strip_prefix('^').and_then(|pattern| pattern.strip_suffix('$')) else {
        return false;
    };
    let inner = inner.replace("[^/]", "a");
    !inner.contains(['/', '.', '\\', '|']) && !inner.contains("[^") && !ranges_over_slash(&inner)
}

/// Returns `true` if a character class contains a range that includes `/`, such as `[ -~]`.
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
