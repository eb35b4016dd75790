//! Calls: what a document says of methods ([`Api`], [`Method`]) and what becomes of it.
//!
//! Generated code states the descriptors and wraps [`Resource`] and [`Call`] in types of its own, one per resource
//! and method, which add names and types but no logic.

mod call;
mod client;
mod descriptor;
mod endpoint;
mod error;
mod kind;
mod options;
mod pattern;
mod percent;
mod request;
mod resource;
mod suggest;
mod template;

pub use call::Call;
pub use client::{Client, ClientBuilder};
pub use descriptor::{Api, Method, Param, Place, Upload, Verb};
pub use error::{Error, UsageError};
pub use kind::{Download, Operation, Streaming, Unary, Uploads};
pub use options::CallOptions;
pub use resource::Resource;
