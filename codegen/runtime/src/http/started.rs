//! What a call has started, by its name.

use std::fmt;
use std::marker::PhantomData;

use super::resource::Resource;

/// What a call of a method has started, in this process or another: an operation or a job, known by its name. `T` is
/// its result, `M` its progress.
#[derive(Clone)]
pub struct Started<T, M> {
    resource: Resource,
    method: usize,
    name: String,
    types: PhantomData<fn() -> (T, M)>,
}

impl Resource {
    /// What a call of the method with this number has started.
    #[must_use]
    pub fn started<T, M>(&self, method: usize, name: &str) -> Started<T, M> {
        Started { resource: self.clone(), method, name: name.to_owned(), types: PhantomData }
    }
}

impl<T, M> Started<T, M> {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

#[cfg(feature = "transport")]
impl<T: super::response::Response, M: super::response::Response> Started<T, M> {
    /// Watches it until it ends. Nothing is started again.
    pub fn poller(&self) -> super::poller::Poller<T, M> {
        self.resource.resume(self.method, &self.name)
    }
}

impl<T, M> fmt::Debug for Started<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { resource, method, name, types: _ } = self;
        f.debug_struct("Started").field("name", name).field("resource", resource).field("method", method).finish()
    }
}
