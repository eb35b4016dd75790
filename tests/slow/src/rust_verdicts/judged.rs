//! Disagreements of rustc or cargo-semver-checks with `diff`.

use super::bench::Fault;
use super::items::Major;
use super::pairs::Pair;
use super::semver_checks::Verdict;
use discovery_codegen::diff::Bump;

/// Rules that are major by their meaning, although programs still compile: a name becomes that of another item of the
/// same type, path arguments take another value or each other's, a response becomes a stream or the reverse, the module
/// of an API in a crate of several is renamed.
const MAJOR_BY_MEANING: [&str; 5] =
    ["module-renamed", "path-value-changed", "path-variables-swapped", "rust-name-changed", "streaming-changed"];

/// Errors about types of fields, responses and arguments, which cargo-semver-checks does not compare.
const TYPE_ERRORS: [&str; 2] = ["E0277", "E0308"];

/// Two crates, with the verdicts of each tool.
pub(super) struct Judged {
    /// The crates, and the report of `diff`.
    pub(super) pair: Pair,
    /// Errors of rustc for a program of the old crate with the new one.
    pub(super) forth: Vec<Fault>,
    /// Errors of rustc for a program of the new crate with the old one, if it was compiled.
    pub(super) back: Option<Vec<Fault>>,
    /// Verdict of cargo-semver-checks.
    pub(super) seen: Verdict,
}

impl Judged {
    /// Returns the number of errors about types.
    pub(super) fn type_errors(&self) -> usize {
        self.forth.iter().filter(|fault| TYPE_ERRORS.contains(&&*fault.code)).count()
    }

    /// Returns `true` if the change is major, but programs of the old crate compile.
    pub(super) fn is_major_by_meaning(&self) -> bool {
        self.pair.is_major() && self.forth.is_empty()
    }

    /// Returns `true` if the change is major, but not for cargo-semver-checks.
    pub(super) fn is_missed(&self) -> bool {
        self.pair.is_major() && self.seen.bump() != Some(Bump::Major)
    }

    /// Returns `true` if rustc rejects the program, but the change is not major for cargo-semver-checks.
    pub(super) fn is_missed_error(&self) -> bool {
        self.is_missed() && !self.forth.is_empty()
    }

    fn is_of(&self, rules: &[&str]) -> bool {
        self.pair.rule.is_some_and(|rule| rules.contains(&rule.id))
    }

    /// Returns the disagreement with rustc, if any.
    fn by_rustc(&self) -> Option<String> {
        let ours = self.pair.report.semver();
        match (&self.forth[..], self.back.as_deref()) {
            ([fault, ..], _) if !self.pair.is_major() => Some(format!("not major, but {}", fault.text)),
            ([], _) if self.pair.is_major() && !self.is_of(&MAJOR_BY_MEANING) => {
                Some("major, but all programs compile".into())
            }
            (_, Some([fault, ..])) if ours <= Some(Bump::Patch) => {
                Some(format!("a patch, but the new crate has new items: {}", fault.text))
            }
            // A deprecation adds a warning, but no name.
            (_, Some([])) if ours == Some(Bump::Minor) && !self.is_deprecation() => {
                Some("minor, but the new crate has no new items".into())
            }
            _ => None,
        }
    }

    /// Returns the major changes of a step whose items rustc accepts, and the items that it rejects although no major
    /// change affects them.
    fn each(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for major in self.pair.each.iter().filter(|major| !MAJOR_BY_MEANING.contains(&major.rule)) {
            let rejected = |fault: &Fault| major.affects(&fault.item) || major.is_named_in(&fault.text);
            if !self.forth.iter().any(rejected) {
                wrong.push(format!("major, but its items compile: {} {:?}", major.title, major.items));
            }
        }
        for fault in &self.forth {
            let explained =
                |major: &Major| major.affects(&fault.item) || (fault.is_unresolved() && major.is_named_in(&fault.text));
            if !self.pair.each.is_empty() && !self.pair.each.iter().any(explained) {
                wrong.push(format!("no major change affects it, but rustc rejects `{}`: {}", fault.item, fault.text));
            }
        }
        wrong
    }

    fn is_deprecation(&self) -> bool {
        self.pair.rule.is_some_and(|rule| rule.id.ends_with("-deprecated"))
    }

    /// Returns the disagreement with cargo-semver-checks, if any: it requires a larger bump, or misses a change that it
    /// checks for.
    fn by_semver_checks(&self) -> Option<String> {
        if self.seen.bump() > self.pair.report.semver() {
            let ours = self.pair.report.semver().map_or("nothing", Bump::as_str);
            return Some(format!("{ours}, but cargo-semver-checks requires {}", self.seen));
        }
        let other =
            self.forth.iter().find(|fault| !TYPE_ERRORS.contains(&&*fault.code)).filter(|_| self.is_missed())?;
        Some(format!("cargo-semver-checks requires {}, but {}", self.seen, other.text))
    }
}

/// Returns all disagreements.
pub(super) fn wrong(all: &[Judged]) -> Vec<String> {
    let mut wrong = Vec::new();
    for judged in all {
        let faults = judged.by_rustc().into_iter().chain(judged.by_semver_checks()).chain(judged.each());
        wrong.extend(faults.map(|fault| format!("{}: {fault}", judged.pair.title)));
    }
    wrong
}

/// Returns the entries of the lists above that never occur.
pub(super) fn unused(all: &[Judged]) -> Vec<String> {
    let mut wrong = Vec::new();
    for rule in MAJOR_BY_MEANING {
        if !all.iter().any(|judged| judged.is_major_by_meaning() && judged.is_of(&[rule])) {
            wrong.push(format!("`{rule}` is listed as major by its meaning, but no example of it compiles"));
        }
    }
    for code in TYPE_ERRORS {
        let mut hidden = all.iter().filter(|judged| judged.is_missed()).flat_map(|judged| &judged.forth);
        if !hidden.any(|fault| fault.code == code) {
            wrong.push(format!("{code} is listed as an error that cargo-semver-checks misses, but does not occur"));
        }
    }
    wrong
}
