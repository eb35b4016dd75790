//! Emulator of Google's tuning services on the loopback interface: the Gemini and PaLM APIs and Vertex AI, as defined
//! by the documents in `spec/`.
//!
//! All methods of the three APIs are implemented. Requests are checked against the document: path, parameters, each
//! field of the body including required fields and unions, and credentials. Invalid requests are rejected as by the
//! services, with a `google.rpc.Status` and its details. Responses are checked, too: one that does not match its schema
//! is reported as status 500.
//!
//! Accepted without effect: `prettyPrint`, `quotaUser`, and most generation settings. Datasets in Cloud Storage are not
//! read; each counts as 500 examples.
//!
//! The emulator is deterministic: each poll of a training advances it by one step, and each request advances the clock
//! by one second. The same requests in the same order have the same responses on any machine.
//!
//! ```
//! use tuning_emulator::{Emulator, Fault, Rule, Settings};
//!
//! let settings = Settings::new().with_fault(Rule::new("tunedModels.get", Fault::Unavailable).at(2));
//! let emulator = Emulator::start(settings)?;
//! println!("{}", emulator.url());   // http://127.0.0.1:41234/
//! # std::io::Result::Ok(())
//! ```

mod auth;
mod check;
mod document;
mod fault;
mod journal;
mod methods;
mod numerals;
mod refusal;
mod reply;
mod route;
mod server;
mod service;
mod settings;
mod world;

pub use document::{DOCUMENTS, apis};
pub use fault::{Fault, Rule};
pub use journal::Entry;
pub use server::Emulator;
pub use settings::Settings;
