//! Google's tuning services on loopback: the Gemini and PaLM APIs and Vertex AI, as the documents in `spec/` state them.
//!
//! Every method of the three APIs answers. A request is checked against the document first: its path, its parameters,
//! its body field by field with required fields and unions, its credentials; what is wrong is refused as the services do,
//! with `google.rpc.Status` and its details. So is every answer: one that is not of its schema is an error of the
//! emulator's own, 500.
//!
//! Accepted without effect: `prettyPrint`, `quotaUser`, and most settings for the answers of a model. A
//! dataset in Cloud Storage is not read: it has 500 examples.
//!
//! Time passes by looking: each look at what is being trained brings it one step further, and the clock moves one second
//! with each request. The same requests in the same order have the same answers, on any machine.
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
