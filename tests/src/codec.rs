//! Codecs of all generated messages.

use discovery_runtime::{Message, json};
use serde::{Deserialize, Serialize};
use std::fmt::Debug;

/// Codec of a generated message.
#[derive(Clone, Copy, Debug)]
pub struct Codec {
    /// Name of the document's file, `aiplatform.v1`.
    pub document: &'static str,
    /// Name of the schema.
    pub schema: &'static str,
    /// Decodes with the runtime's codec.
    pub fast: fn(&str) -> Result<Decoded, String>,
    /// Decodes and encodes with `serde_json`.
    pub serde: fn(&str) -> Result<Decoded, String>,
}

/// Result of decoding a text.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// `Debug` output of the message.
    pub debug: String,
    /// JSON of the message.
    pub json: String,
}

impl Codec {
    fn of<M>(id: &'static str, schema: &'static str) -> Self
    where
        M: Message + Default + Clone + PartialEq + Debug + Serialize + for<'a> Deserialize<'a>,
    {
        Self { document: id, schema, fast: fast::<M>, serde: serde::<M> }
    }

    /// Returns `true` if this belongs to the document with this file name in `spec/`.
    pub fn is_of(&self, document: &str) -> bool {
        self.document.replace(':', ".") == document
    }
}

fn fast<M: Message + Default + Clone + PartialEq + Debug>(text: &str) -> Result<Decoded, String> {
    let message: M = json::from_str(text).map_err(|error| error.to_string())?;
    let copy = message.clone();
    if copy != message && !text.contains("NaN") {
        return Err("the clone differs from the original".into());
    }
    let json = json::to_string(&copy).map_err(|error| error.to_string())?;
    Ok(Decoded { debug: format!("{message:?}"), json })
}

fn serde<M: Debug + Serialize + for<'a> Deserialize<'a>>(text: &str) -> Result<Decoded, String> {
    let message: M = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let json = serde_json::to_string(&message).map_err(|error| error.to_string())?;
    Ok(Decoded { debug: format!("{message:?}"), json })
}

/// Returns the codecs of all messages of `google-ai-tuning`, including deprecated ones.
#[allow(deprecated)]
pub fn all() -> Vec<Codec> {
    include!(concat!(env!("OUT_DIR"), "/codecs.rs"))
}

/// Returns the codec of a schema in one of the documents in `spec/`.
///
/// # Panics
/// When the document has no such message.
pub fn find(document: &str, schema: &str) -> Codec {
    all()
        .into_iter()
        .find(|codec| codec.is_of(document) && codec.schema == schema)
        .unwrap_or_else(|| panic!("{document} has no message {schema}"))
}
