//! Behaviors of properties that documents state in prose.

use crate::model::Behavior;
use std::collections::BTreeSet;

/// The behaviors that a description begins with: `Output only. Immutable. The name …`.
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
    while let Some((mark, behavior)) = marks.iter().find(|(mark, _)| starts_with(rest, mark)) {
        found.insert(*behavior);
        rest = rest[mark.len()..].trim_start();
    }
    found
}

/// Some write `Output Only.`, or `[Output Only]`, which compute does throughout.
fn starts_with(text: &str, mark: &str) -> bool {
    let plain = text.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark));
    plain
        || text.strip_prefix('[').is_some_and(|inner| {
            inner.get(..mark.len()).is_some_and(|start| {
                start[..mark.len() - 1].eq_ignore_ascii_case(&mark[..mark.len() - 1]) && start.ends_with(']')
            })
        })
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
