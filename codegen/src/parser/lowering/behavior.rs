//! Behaviors of properties, as descriptions state them.

use crate::model::Behavior;
use std::collections::BTreeSet;

/// Returns the behaviors that a description begins with: `Output only. Immutable. The name …`.
pub(crate) fn stated_behavior(description: &str) -> BTreeSet<Behavior> {
    let marks = [
        ("Required.", Behavior::Required),
        ("Optional.", Behavior::Optional),
        ("Output only.", Behavior::OutputOnly),
        ("Input only.", Behavior::InputOnly),
        ("Immutable.", Behavior::Immutable),
    ];
    let mut found = BTreeSet::new();
    let mut rest = description.trim_start();
    while let Some((behavior, after)) =
        marks.iter().find_map(|(mark, behavior)| Some((behavior, strip_mark(rest, mark)?)))
    {
        found.insert(*behavior);
        rest = after.trim_start();
    }
    found
}

/// Returns the text after a mark, which some write as `Output Only.`, and compute as `[Output Only]`.
fn strip_mark<'t>(text: &'t str, mark: &str) -> Option<&'t str> {
    let word = mark.trim_end_matches('.');
    let (start, end) = match text.strip_prefix('[') {
        Some(inner) => (inner, ']'),
        None => (text, '.'),
    };
    let (found, after) = start.split_at_checked(word.len())?;
    found.eq_ignore_ascii_case(word).then_some(())?;
    after.strip_prefix(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behaviors_that_a_description_begins_with() {
        let found = stated_behavior("Required. Input only. Immutable. The model training data.");
        assert_eq!(
            found.into_iter().collect::<Vec<_>>(),
            [Behavior::Required, Behavior::InputOnly, Behavior::Immutable]
        );
        assert_eq!(stated_behavior("[Output Only] The id.").len(), 1);
        assert!(stated_behavior("Whether it is Required. Or not.").is_empty());
    }
}
