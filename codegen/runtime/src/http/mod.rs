//! Clients and calls: HTTP requests of methods, and their responses.
//!
//! Generated code contains descriptors of the API ([`Api`]) and its methods ([`Method`]), and wraps [`Resource`] and
//! [`Call`] in one type per resource and method that adds names and types but no logic.
//!
//! Building requests needs no I/O and no feature. The feature `transport` sends them over a [`Transport`] of your own;
//! `client` adds one based on reqwest, `test-util` one for tests (`testing::FakeTransport`); `api-key` and `adc` add
//! Google's credentials; `blocking` adds `block_on`, for calls outside of an asynchronous runtime.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::arithmetic_side_effects
    )
)]

mod call;
mod call_parts;
mod client;
mod code;
mod descriptor;
mod endpoint;
mod error;
mod form;
mod http_body;
mod kind;
mod operation_handle;
mod options;
mod pattern;
mod percent;
mod request;
mod resource;
mod response;
mod retry;
mod service_error;
#[cfg(feature = "transport")]
mod span;
mod status;
mod style;
mod template;
mod usage_error;

#[cfg(feature = "transport")]
pub mod auth;
#[cfg(feature = "blocking")]
mod blocking;
#[cfg(feature = "transport")]
mod deadline;
#[cfg(not(feature = "transport"))]
mod disabled;
#[cfg(feature = "transport")]
mod error_body;
#[cfg(feature = "transport")]
mod link;
#[cfg(feature = "transport")]
pub mod media;
#[cfg(feature = "transport")]
mod pages;
#[cfg(feature = "transport")]
mod poller;
#[cfg(feature = "transport")]
mod redirect;
#[cfg(feature = "client")]
mod reqwest_transport;
#[cfg(feature = "transport")]
mod send;
#[cfg(feature = "transport")]
mod sender;
#[cfg(feature = "transport")]
pub mod stream;
#[cfg(feature = "test-util")]
pub mod testing;
#[cfg(feature = "transport")]
mod transport;

pub use call::Call;
pub use client::{Client, ClientBuilder};
pub use code::Code;
pub use descriptor::{
    Api, Endpoints, FormField, HttpMethod, Job, Method, Paging, Param, ParameterLocation, SecurityScheme,
    ServerTemplate, UploadProtocols,
};
#[doc(hidden)]
pub use endpoint::is_loopback;
pub use error::{DecodeError, Error, TransportError};
pub use kind::{Download, Operation, SingleResponse, Streaming, Unary, Upload};
pub use operation_handle::OperationHandle;
pub use options::CallOptions;
pub use resource::Resource;
pub use response::{Page, Redirect, Response};
pub use retry::RetryPolicy;
pub use service_error::ServiceError;
pub use status::{Detail, FieldViolation, PreconditionViolation, QuotaViolation, Status};
pub use style::Style;
pub use usage_error::UsageError;

#[cfg(feature = "blocking")]
pub use blocking::block_on;
#[cfg(feature = "transport")]
pub use pages::{Items, Pages};
#[cfg(feature = "transport")]
pub use poller::{Poller, Step};
#[cfg(feature = "client")]
pub use reqwest_transport::ReqwestTransport;
#[cfg(feature = "transport")]
pub use transport::{Body, BoxFuture, Transport};
