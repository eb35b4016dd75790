//! Every generated type, as something that text can be sent through.

use discovery_runtime::{Message, json};
use serde::{Deserialize, Serialize};
use std::fmt::Debug;

/// A generated message, whatever its type.
#[derive(Clone, Copy, Debug)]
pub struct Codec {
    /// The document whose schema it is, as its file is called: `aiplatform.v1`.
    pub document: &'static str,
    /// The schema.
    pub schema: &'static str,
    /// Decodes with the runtime's codec.
    pub fast: fn(&str) -> Result<Decoded, String>,
    /// Decodes and encodes with `serde_json`.
    pub serde: fn(&str) -> Result<Decoded, String>,
}

/// Result of decoding a text.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The message, as `Debug` shows it.
    pub shown: String,
    /// The message, encoded again.
    pub json: String,
}

impl Codec {
    fn of<M>(id: &'static str, schema: &'static str) -> Self
    where
        M: Message + Default + Clone + PartialEq + Debug + Serialize + for<'a> Deserialize<'a>,
    {
        Self { document: id, schema, fast: fast::<M>, serde: serde::<M> }
    }

    /// Returns true if this belongs to the document with this file name in `spec/`.
    pub fn is_of(&self, document: &str) -> bool {
        self.document.replace(':', ".") == document
    }
}

fn fast<M: Message + Default + Clone + PartialEq + Debug>(text: &str) -> Result<Decoded, String> {
    let message: M = json::from_str(text).map_err(|error| error.to_string())?;
    let copy = message.clone();
    if copy != message && !text.contains("NaN") {
        return Err("a copy differs from what it was copied from".into());
    }
    let json = json::to_string(&copy).map_err(|error| error.to_string())?;
    Ok(Decoded { shown: format!("{message:?}"), json })
}

fn serde<M: Debug + Serialize + for<'a> Deserialize<'a>>(text: &str) -> Result<Decoded, String> {
    let message: M = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let json = serde_json::to_string(&message).map_err(|error| error.to_string())?;
    Ok(Decoded { shown: format!("{message:?}"), json })
}

/// Every message of `google-ai-tuning`, those that should not be used any more included.
#[allow(deprecated)]
pub fn all() -> Vec<Codec> {
    include!(concat!(env!("OUT_DIR"), "/codecs.rs"))
}

/// The message of a schema in one of the documents in `spec/`.
///
/// # Panics
/// When there is none.
pub fn find(document: &str, schema: &str) -> Codec {
    all()
        .into_iter()
        .find(|codec| codec.is_of(document) && codec.schema == schema)
        .unwrap_or_else(|| panic!("{document} has no message {schema}"))
}
