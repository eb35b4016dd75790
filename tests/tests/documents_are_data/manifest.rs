//! A crate's manifest, as TOML.

use toml::{Table, Value};

/// Compares two manifests: strings aside, they are the same.
pub(crate) fn same(evil: &str, twin: &str) -> Result<(), String> {
    let read = |text: &str| -> Result<Table, String> {
        let mut table: Table = toml::from_str(text).map_err(|error| format!("the manifest: {error}\n{text}"))?;
        table.iter_mut().for_each(|(_, value)| blank(value));
        Ok(table)
    };
    let (evil, twin) = (read(evil)?, read(twin)?);
    if evil == twin { Ok(()) } else { Err(format!("the manifest is {evil}\n\nand not {twin}")) }
}

fn blank(value: &mut Value) {
    match value {
        Value::String(text) => text.clear(),
        Value::Array(items) => items.iter_mut().for_each(blank),
        Value::Table(table) => table.iter_mut().for_each(|(_, value)| blank(value)),
        _ => {}
    }
}
