//! Resources: groups of methods on a client.

use std::fmt;

use super::call::Call;
use super::client::Client;
use super::descriptor::Method;

/// Resource of an API: a client, and the part of the API's table with the resource's methods.
///
/// Resources whose methods have the same parameters and types, as the `operations` under many parents, are one type in
/// generated code and differ in the table alone.
#[derive(Clone)]
pub struct Resource {
    client: Client,
    methods: &'static [Method],
}

/// Method of calls whose index is outside of the table.
static UNKNOWN: Method = Method::EMPTY;

impl Resource {
    /// Creates a resource with these methods, a part of the table of the API.
    #[must_use]
    pub fn new(client: Client, methods: &'static [Method]) -> Self {
        Self { client, methods }
    }

    /// Returns another resource of the same client.
    #[must_use]
    pub fn resource(&self, methods: &'static [Method]) -> Self {
        Self { client: self.client.clone(), methods }
    }

    /// Returns the client of the resource.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Creates a call of the method at this index of the resource's table, with values for its first parameters. An
    /// index outside of the table gives a call that fails with [`UsageError::UnknownMethod`].
    ///
    /// [`UsageError::UnknownMethod`]: super::UsageError::UnknownMethod
    pub fn call<R, K>(&self, method: usize, arguments: &[&dyn fmt::Display]) -> Call<R, K> {
        let mut call = Call::new(self.client.clone(), self.methods.get(method).unwrap_or(&UNKNOWN));
        for (index, value) in arguments.iter().enumerate() {
            call.set(index, value);
        }
        call
    }
}

impl fmt::Debug for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resource")
            .field("client", &self.client)
            .field("methods", &self.methods.iter().map(|method| method.id).collect::<Vec<_>>())
            .finish()
    }
}
