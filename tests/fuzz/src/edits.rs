//! Edits of a document, chosen by a fuzzer.

use crate::choices::Choices;
use crate::hostile::{TEXTS, harmless};
use crate::tree::{Position, Tree};

/// Edits two copies of a document in the same way, with arbitrary texts in `hostile` and harmless ones in `twin`.
pub fn edit(choices: &mut Choices<'_>, hostile: &mut Tree, twin: &mut Tree) {
    for _ in 0..=choices.below(4) {
        match choices.below(8) {
            0 => structure(choices, hostile, twin),
            _ => text(choices, hostile, twin),
        }
    }
}

fn text(choices: &mut Choices<'_>, hostile: &mut Tree, twin: &mut Tree) {
    let positions = hostile.positions();
    if positions.is_empty() {
        return;
    }
    let position = choices.of(&positions).clone();
    let own;
    let payload = match choices.below(3) {
        0 => {
            own = choices.text();
            own.as_str()
        }
        _ => choices.of(&TEXTS),
    };
    let twin_payload = harmless(payload);
    let place = choices.below(4);
    let put = |text: &str, payload: &str| match place {
        0 => format!("{payload}{text}"),
        1 => format!("{text}{payload}"),
        2 => crate::hostile::put(text, payload),
        _ => payload.to_owned(),
    };
    hostile.change(&position, |text| put(text, payload));
    twin.change(&position, |text| put(text, &twin_payload));
}

/// Removes a part, duplicates it, or replaces it by another part or by a value of another kind.
fn structure(choices: &mut Choices<'_>, hostile: &mut Tree, twin: &mut Tree) {
    let positions: Vec<Position> = hostile.positions();
    if positions.is_empty() {
        return;
    }
    let target = choices.of(&positions).path.clone();
    let other = choices.of(&positions).path.clone();
    let change = choices.below(4);
    let value = choices.below(5);
    for tree in [hostile, twin] {
        let source = tree.at(&other).cloned().unwrap_or(Tree::Null);
        let source_key = key(tree, &other);
        let Some((last, above)) = target.split_last() else { return };
        match (change, tree.at(above)) {
            (0, Some(Tree::Object(members))) if *last < members.len() => drop(members.remove(*last)),
            (0, Some(Tree::List(items))) if *last < items.len() => drop(items.remove(*last)),
            (1, Some(Tree::Object(members))) => members.push((source_key.unwrap_or_default(), source)),
            (1, Some(Tree::List(items))) => items.push(source),
            (2, Some(_)) => replace(tree, &target, source),
            (_, Some(_)) => {
                let values =
                    [Tree::Null, Tree::Bool(true), Tree::Number(7.into()), Tree::List(vec![]), Tree::Object(vec![])];
                replace(tree, &target, values[value].clone());
            }
            (_, None) => {}
        }
    }
}

fn replace(tree: &mut Tree, path: &[usize], value: Tree) {
    if let Some(part) = tree.at(path) {
        *part = value;
    }
}

fn key(tree: &mut Tree, path: &[usize]) -> Option<String> {
    let (last, above) = path.split_last()?;
    match tree.at(above)? {
        Tree::Object(members) => members.get(*last).map(|(key, _)| key.clone()),
        _ => None,
    }
}
