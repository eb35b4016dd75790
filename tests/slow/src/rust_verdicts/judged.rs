//! Disagreements of rustc or cargo-semver-checks with `diff`.

use super::bench::Fault;
use super::items::Major;
use super::pairs::Pair;
use super::semver_checks::Verdict;
use discovery_codegen::diff::Bump;

/// Rules that are major by their meaning, although programs still compile: a name that now is another item of the same
/// type, a path argument that takes another value, a response that is read whole or message by message.
const MEANT: [&str; 3] = ["path-value-changed", "rust-name-changed", "streaming-changed"];

/// The errors of a program whose names are all there, with other types: of fields, responses and arguments.
/// cargo-semver-checks compares none of these.
const OF_TYPES: [&str; 2] = ["E0277", "E0308"];

/// Two crates, and the verdicts on them.
pub(super) struct Judged {
    /// The crates, and the report of `diff`.
    pub(super) pair: Pair,
    /// Errors of rustc for a program of the old crate with the new one.
    pub(super) forth: Vec<Fault>,
    /// And of one of the new crate with the old one, where it was asked.
    pub(super) back: Option<Vec<Fault>>,
    /// The verdict of cargo-semver-checks.
    pub(super) seen: Verdict,
}

impl Judged {
    /// Returns the number of rustc's errors that are about types alone.
    pub(super) fn of_types(&self) -> usize {
        self.forth.iter().filter(|fault| OF_TYPES.contains(&&*fault.code)).count()
    }

    /// Major, and whatever used the old crate compiles.
    pub(super) fn is_meant(&self) -> bool {
        self.pair.is_major() && self.forth.is_empty()
    }

    /// Major, which cargo-semver-checks does not see.
    pub(super) fn is_hidden(&self) -> bool {
        self.pair.is_major() && self.seen.bump() != Some(Bump::Major)
    }

    /// Major by rustc, which cargo-semver-checks does not see.
    pub(super) fn is_blind(&self) -> bool {
        self.is_hidden() && !self.forth.is_empty()
    }

    fn is_of(&self, rules: &[&str]) -> bool {
        self.pair.rule.is_some_and(|rule| rules.contains(&rule.id))
    }

    /// Returns the disagreement with rustc, if any.
    fn by_rustc(&self) -> Option<String> {
        let ours = self.pair.report.semver();
        match (&self.forth[..], self.back.as_deref()) {
            ([fault, ..], _) if !self.pair.is_major() => Some(format!("not major, and {}", fault.text)),
            ([], _) if self.pair.is_major() && !self.is_of(&MEANT) => Some("major, and everything compiles".into()),
            (_, Some([fault, ..])) if ours <= Some(Bump::Patch) => {
                Some(format!("a patch, and there is more than before: {}", fault.text))
            }
            // A deprecation adds a warning, and no new name.
            (_, Some([])) if ours == Some(Bump::Minor) && !self.is_deprecation() => {
                Some("minor, and there is no more than before".into())
            }
            _ => None,
        }
    }

    /// Returns the major changes of a step whose items rustc accepts, and the items that it refuses although no major
    /// change is about them.
    fn each(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        for major in self.pair.each.iter().filter(|major| !MEANT.contains(&major.rule)) {
            let refused = |fault: &Fault| major.is_about(&fault.item) || major.is_named_in(&fault.text);
            if !self.forth.iter().any(refused) {
                wrong.push(format!("major, and its items compile: {} {:?}", major.title, major.items));
            }
        }
        for fault in &self.forth {
            let explained = |major: &Major| {
                major.is_about(&fault.item) || (fault.is_unresolved() && major.is_named_in(&fault.text))
            };
            if !self.pair.each.is_empty() && !self.pair.each.iter().any(explained) {
                wrong.push(format!("no change of it is major, and rustc refuses `{}`: {}", fault.item, fault.text));
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
            return Some(format!("{ours}, and cargo-semver-checks says {}", self.seen));
        }
        let other = self.forth.iter().find(|fault| !OF_TYPES.contains(&&*fault.code)).filter(|_| self.is_hidden())?;
        Some(format!("cargo-semver-checks says {}, and {}", self.seen, other.text))
    }
}

/// Everything that is wrong, with what is listed above and never met.
pub(super) fn wrong(all: &[Judged]) -> Vec<String> {
    let mut wrong = Vec::new();
    for judged in all {
        let said = judged.by_rustc().into_iter().chain(judged.by_semver_checks()).chain(judged.each());
        wrong.extend(said.map(|said| format!("{}: {said}", judged.pair.title)));
    }
    for rule in MEANT {
        if !all.iter().any(|judged| judged.is_meant() && judged.is_of(&[rule])) {
            wrong.push(format!("`{rule}` is listed as major by what it means, and no example of it compiles"));
        }
    }
    for code in OF_TYPES {
        let mut hidden = all.iter().filter(|judged| judged.is_hidden()).flat_map(|judged| &judged.forth);
        if !hidden.any(|fault| fault.code == code) {
            wrong.push(format!("{code} is listed as an error that cargo-semver-checks does not see, and is not met"));
        }
    }
    wrong
}
