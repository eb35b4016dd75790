//! Target of the whole generator: what it writes is Rust, and holds no code of the document's.

use crate::choices::Choices;
use crate::generator::Given;
use crate::tree::Tree;
use crate::{code, edits, hostile, seeds};

/// Edits of a document, its overlay and its lock.
///
/// # Panics
/// When a document becomes code.
pub fn generate(data: &[u8]) {
    let mut choices = Choices::new(data);
    let (evil, twin) = match choices.below(5) {
        0 | 1 => edited(&mut choices, &seeds::park(), Part::Document),
        2 => edited(&mut choices, &seeds::park(), Part::Overlay),
        3 => edited(&mut choices, &seeds::store(), Part::Document),
        _ => edited(&mut choices, &seeds::store(), Part::Yaml),
    };
    compare(&evil, &twin).unwrap_or_else(|error| panic!("{error}"));
}

/// Part of the input that is edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Document,
    Yaml,
    Overlay,
}

fn edited(choices: &mut Choices<'_>, given: &Given, part: Part) -> (Given, Given) {
    let mut evil = match part {
        Part::Overlay => Tree::toml(given.overlay.as_deref().unwrap_or_default()),
        Part::Document | Part::Yaml => Tree::json(&given.document),
    };
    let mut twin = evil.clone();
    edits::edit(choices, &mut evil, &mut twin);
    let with = |tree: &Tree| match part {
        Part::Document => Given { document: tree.to_json(), ..given.clone() },
        Part::Yaml => Given { document: tree.to_yaml(), name: "store.yaml", ..given.clone() },
        Part::Overlay => Given { overlay: Some(tree.to_toml()), ..given.clone() },
    };
    (with(&evil), with(&twin))
}

/// Compares what is generated from a document and from its twin. A document that is refused becomes no code.
///
/// # Errors
/// The first file in which they differ by more than literals, docs and names.
pub fn compare(evil: &Given, twin: &Given) -> Result<bool, String> {
    let evil = match evil.files() {
        Ok(files) => files,
        Err(message) => {
            return match hostile::control(&message) {
                None => Ok(false),
                Some(c) => Err(format!("an error holds {c:?}: {message}")),
            };
        }
    };
    if let Some(c) = hostile::control(&evil.warnings) {
        return Err(format!("a warning holds {c:?}: {}", evil.warnings));
    }
    for (path, text) in &evil.texts {
        if let Some(c) = hostile::control(text) {
            return Err(format!("{path} holds {c:?}"));
        }
        if path.ends_with(".rs") {
            code::tokens(text).map_err(|error| format!("{path}: {error}"))?;
        }
    }
    // A refused twin, as with two names that became one, says nothing about the hostile document.
    let Ok(twin) = twin.files() else { return Ok(false) };
    // A part that is left out for its text is as good as refused: the twin has more.
    if evil.left_out != twin.left_out || evil.endpoints != twin.endpoints {
        return Ok(false);
    }
    for (path, text) in &evil.texts {
        let Some(other) = twin.texts.get(path) else { continue };
        if path.ends_with(".rs") {
            code::same(text, other).map_err(|error| format!("{path}: {error}"))?;
        }
    }
    Ok(true)
}
