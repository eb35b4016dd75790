//! Methods that need a feature. Calling one without it is a compile error that names the feature.

use std::future::{Pending, pending};

use super::call::Call;
use super::operation_handle::OperationHandle;

/// Sending. Nothing implements it: the feature `transport` has methods in place of those here.
#[diagnostic::on_unimplemented(
    message = "sending a call requires the feature `client`",
    label = "not available without the feature `client`",
    note = "enable it in Cargo.toml: `features = [\"client\"]`, of the generated crate or of `discovery-runtime`",
    note = "with a transport of your own, the feature `transport` of `discovery-runtime` is enough"
)]
pub trait CanSend {}

/// Without the feature `client`, calls are requests only: see [`Call::request`].
#[doc(hidden)]
impl<R, K> Call<R, K> {
    pub fn send(&self) -> Pending<R>
    where
        Self: CanSend,
    {
        pending()
    }

    pub fn send_with_response(&self) -> Pending<R>
    where
        Self: CanSend,
    {
        pending()
    }

    pub fn stream(&self) -> Pending<R>
    where
        Self: CanSend,
    {
        pending()
    }

    pub fn pages(&self) -> Pending<R>
    where
        Self: CanSend,
    {
        pending()
    }

    pub fn items(&self) -> Pending<R>
    where
        Self: CanSend,
    {
        pending()
    }

    pub fn poller(&self) -> Pending<R>
    where
        Self: CanSend,
    {
        pending()
    }

    pub fn download(&self) -> Pending<R>
    where
        Self: CanSend,
    {
        pending()
    }

    pub fn upload<M>(&self, _media: M) -> Pending<R>
    where
        Self: CanSend,
    {
        pending()
    }
}

#[doc(hidden)]
impl<T, M> OperationHandle<T, M> {
    pub fn poller(&self) -> Pending<T>
    where
        Self: CanSend,
    {
        pending()
    }
}
