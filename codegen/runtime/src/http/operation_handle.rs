//! Handles to operations that were started earlier.

use std::fmt;
use std::marker::PhantomData;

use super::resource::Resource;

/// Handle to an operation or a job that was started earlier, in this process or another, by its name.
///
/// `T` is its result, `M` its progress.
#[derive(Clone)]
pub struct OperationHandle<T, M> {
    resource: Resource,
    method: usize,
    name: String,
    types: PhantomData<fn() -> (T, M)>,
}

impl Resource {
    /// Returns a handle to an operation that was started earlier by the method at this index of the resource's table.
    #[must_use]
    pub fn operation<T, M>(&self, method: usize, name: &str) -> OperationHandle<T, M> {
        OperationHandle { resource: self.clone(), method, name: name.to_owned(), types: PhantomData }
    }
}

impl<T, M> OperationHandle<T, M> {
    /// Returns the name of the operation or job.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

#[cfg(feature = "transport")]
impl<T: super::response::Response, M: super::response::Response> OperationHandle<T, M> {
    /// Returns a poller of the operation. It starts nothing.
    pub fn poller(&self) -> super::poller::Poller<T, M> {
        let call = self.resource.call::<(), super::kind::Operation<T, M>>(self.method, &[]);
        super::poller::Poller::new(call.parts, Some(self.name.clone()))
    }
}

impl<T, M> fmt::Debug for OperationHandle<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { resource, method, name, types: _ } = self;
        let mut out = f.debug_struct("OperationHandle");
        out.field("name", name).field("resource", resource).field("method", method).finish()
    }
}
