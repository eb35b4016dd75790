//! Target of the generator: its output is valid Rust, and contains no code from the document.

use crate::choices::Choices;
use crate::generator::TestInput;
use crate::tree::Tree;
use crate::{code, edits, hostile, seeds};

/// Generates from an edited document, overlay or lock.
///
/// # Panics
/// When a text of the document becomes code.
pub fn generate(data: &[u8]) {
    let mut choices = Choices::new(data);
    let (hostile, twin) = match choices.below(5) {
        0 | 1 => edited(&mut choices, &seeds::park(), Part::Document),
        2 => edited(&mut choices, &seeds::park(), Part::Overlay),
        3 => edited(&mut choices, &seeds::store(), Part::Document),
        _ => edited(&mut choices, &seeds::store(), Part::Yaml),
    };
    compare(&hostile, &twin).unwrap_or_else(|error| panic!("{error}"));
}

/// Part of the input that is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Document,
    Yaml,
    Overlay,
}

fn edited(choices: &mut Choices<'_>, input: &TestInput, part: Part) -> (TestInput, TestInput) {
    let mut hostile = match part {
        Part::Overlay => Tree::toml(input.overlay.as_deref().unwrap_or_default()),
        Part::Document | Part::Yaml => Tree::json(&input.document),
    };
    let mut twin = hostile.clone();
    edits::edit(choices, &mut hostile, &mut twin);
    let with = |tree: &Tree| match part {
        Part::Document => TestInput { document: tree.to_json(), ..input.clone() },
        Part::Yaml => TestInput { document: tree.to_yaml(), name: "store.yaml", ..input.clone() },
        Part::Overlay => TestInput { overlay: Some(tree.to_toml()), ..input.clone() },
    };
    (with(&hostile), with(&twin))
}

/// Compares the output for a document and for its twin. Returns `false` if the document is rejected.
///
/// # Errors
/// The first file in which they differ by more than literals, docs and names.
pub fn compare(hostile: &TestInput, twin: &TestInput) -> Result<bool, String> {
    let hostile = match hostile.files() {
        Ok(files) => files,
        Err(message) => {
            return shown(&message).map(|()| false);
        }
    };
    shown(&hostile.warnings)?;
    for (path, text) in &hostile.texts {
        if let Some(c) = hostile::control(text) {
            return Err(format!("{path} contains {c:?}"));
        }
        if path.ends_with(".rs") {
            code::tokens(text).map_err(|error| format!("{path}: {error}"))?;
        }
    }
    // The twin may be rejected, for example for a duplicate name, when there is nothing to compare.
    let Ok(twin) = twin.files() else { return Ok(false) };
    // If a part is left out or encoded in another way because of its text, the twin has other code.
    if hostile.left_out != twin.left_out || hostile.urls != twin.urls || hostile.forms != twin.forms {
        return Ok(false);
    }
    for (path, text) in &hostile.texts {
        let Some(other) = twin.texts.get(path) else { continue };
        if path.ends_with(".rs") {
            code::same(text, other).map_err(|error| format!("{path}: {error}"))?;
        }
    }
    Ok(true)
}

/// Checks that a terminal and the log of a workflow show errors or warnings, and interpret nothing in them.
fn shown(messages: &str) -> Result<(), String> {
    if let Some(c) = hostile::control(messages) {
        return Err(format!("a message contains {c:?}: {messages}"));
    }
    hostile::command(messages).map_or(Ok(()), |line| Err(format!("a message contains a command: {line:?}")))
}
