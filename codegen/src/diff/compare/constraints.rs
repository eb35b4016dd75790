//! Default, pattern and bounds of a property or a parameter.

use super::{Comparison, Draft, Place};
use crate::model::Constraints;

impl Comparison<'_> {
    pub(super) fn constraints(&mut self, place: &Place, old: &Constraints, new: &Constraints) {
        let name = last(&place.subject).to_owned();
        let simple = [
            ("default", &old.default, &new.default, ["default-added", "default-changed", "default-removed"]),
            ("pattern", &old.pattern, &new.pattern, ["pattern-added", "pattern-changed", "pattern-removed"]),
        ];
        for (word, was, is, [added, changed, removed]) in simple {
            let (rule, message) = match (was, is) {
                (None, Some(b)) => (added, format!("`{name}` has the {word} `{b}`")),
                (Some(a), None) => (removed, format!("`{name}` no longer has the {word} `{a}`")),
                (Some(a), Some(b)) if a != b => (changed, format!("the {word} of `{name}` is `{b}` instead of `{a}`")),
                _ => continue,
            };
            self.limit(rule, place, word, was, is, message);
        }
        let bounds = [
            (
                "minimum",
                &old.minimum,
                &new.minimum,
                ["minimum-added", "minimum-lowered", "minimum-raised", "minimum-removed"],
            ),
            (
                "maximum",
                &old.maximum,
                &new.maximum,
                ["maximum-added", "maximum-lowered", "maximum-raised", "maximum-removed"],
            ),
        ];
        for (word, was, is, [added, lowered, raised, removed]) in bounds {
            let (rule, message) = match (was, is) {
                (None, Some(b)) => (added, format!("`{name}` has the {word} {b}")),
                (Some(a), None) => (removed, format!("`{name}` no longer has the {word} {a}")),
                (Some(a), Some(b)) if a != b => {
                    let rule = if less(b, a) { lowered } else { raised };
                    (rule, format!("the {word} of `{name}` is {b} instead of {a}"))
                }
                _ => continue,
            };
            self.limit(rule, place, word, was, is, message);
        }
    }

    fn limit(
        &mut self,
        rule: &'static str,
        place: &Place,
        word: &str,
        was: &Option<String>,
        is: &Option<String>,
        message: String,
    ) {
        let value = |text: &Option<String>| text.as_ref().map(|text| serde_json::json!({ word: text }));
        // A bound that comes or goes is a change of what was there before: both revisions carry it.
        let none = || serde_json::json!({ word: null });
        let draft = Draft::new(rule, place, message);
        self.push(draft.values(value(was).unwrap_or_else(none), value(is).unwrap_or_else(none)));
    }
}

/// Whether one bound is below another; as text where they are no numbers.
fn less(a: &str, b: &str) -> bool {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a < b,
        _ => a < b,
    }
}

/// The last part of a place's name.
pub(super) fn last(subject: &str) -> &str {
    subject.rsplit('.').next().unwrap_or(subject)
}

/// The method that a place is about.
pub(super) fn method_of(subject: &str) -> &str {
    subject.strip_prefix("methods.").unwrap_or(subject)
}
