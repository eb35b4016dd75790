//! A resource of an API: its methods on a client.

use std::fmt;

use super::call::Call;
use super::client::Client;
use super::descriptor::Method;

/// A resource: a client, and the part of the API's table that has the resource's methods.
///
/// Resources whose methods have the same parameters and types, as the `operations` under many parents, are one type
/// in generated code and differ in the table alone.
#[derive(Clone)]
pub struct Resource {
    client: Client,
    methods: &'static [Method],
}

/// Method of calls whose number is beyond the table.
static UNKNOWN: Method = Method::EMPTY;

impl Resource {
    pub(crate) fn new(client: Client, methods: &'static [Method]) -> Self {
        Self { client, methods }
    }

    /// A resource beneath this one or beside it.
    #[must_use]
    pub fn resource(&self, methods: &'static [Method]) -> Self {
        Self { client: self.client.clone(), methods }
    }

    /// The client on which calls are made.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// A call of the method with this number in the resource's table, whose first parameters have these values.
    /// A number beyond the table gives a call that fails with [`UsageError::UnknownMethod`].
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

/// Shows the API and the methods.
impl fmt::Debug for Resource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Resource")
            .field("client", &self.client)
            .field("methods", &self.methods.iter().map(|method| method.id).collect::<Vec<_>>())
            .finish()
    }
}
