//! Fingerprints of changes, the same in every comparison that finds them.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// Returns sixteen hexadecimal digits that depend on the name of the API, the rule, the subject, and both values.
/// Methods, verdicts and messages are left out, so that neither `--include` nor a better message changes the
/// fingerprint.
pub(crate) fn of_change(api: &str, rule: &str, subject: &str, before: Option<&Value>, after: Option<&Value>) -> String {
    let mut hash = Sha256::new();
    for part in [api, rule, subject] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    for part in [before, after] {
        let text = part.map(Value::to_string).unwrap_or_default();
        hash.update(text.as_bytes());
        hash.update([0]);
    }
    text(hash)
}

/// Returns sixteen hexadecimal digits that depend on the rule, the subject and the changes of a group.
pub(crate) fn of_group<'a>(rule: &str, subject: &str, changes: impl Iterator<Item = &'a str>) -> String {
    let mut changes: Vec<&str> = changes.collect();
    changes.sort_unstable();
    let mut hash = Sha256::new();
    for part in [rule, subject].into_iter().chain(changes) {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    text(hash)
}

fn text(hash: Sha256) -> String {
    hash.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}
