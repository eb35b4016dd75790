//! Comparison of Cargo manifests as TOML.

use toml::{Table, Value};

/// Checks that two manifests are equal except for their strings.
pub(crate) fn same(hostile: &str, twin: &str) -> Result<(), String> {
    let read = |text: &str| -> Result<Table, String> {
        let mut table: Table = toml::from_str(text).map_err(|error| format!("the manifest: {error}\n{text}"))?;
        table.iter_mut().for_each(|(_, value)| blank(value));
        Ok(table)
    };
    let (hostile, twin) = (read(hostile)?, read(twin)?);
    if hostile == twin { Ok(()) } else { Err(format!("unexpected manifest {hostile}\n\nexpected {twin}")) }
}

fn blank(value: &mut Value) {
    match value {
        Value::String(text) => text.clear(),
        Value::Array(items) => items.iter_mut().for_each(blank),
        Value::Table(table) => table.iter_mut().for_each(|(_, value)| blank(value)),
        _ => {}
    }
}
