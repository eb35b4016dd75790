//! The handle from which calls are made.

use std::fmt;
use std::sync::Arc;

#[cfg(feature = "transport")]
use super::auth::Credentials;
use super::descriptor::{Api, Method};
use super::endpoint;
use super::options::CallOptions;
use super::resource::Resource;
#[cfg(feature = "transport")]
use super::transport::Transport;
use super::usage_error::UsageError;

/// Where an API is, and what all calls to it have in common. Cheap to clone: clones share everything.
///
/// Without a transport it still makes requests; only sending them takes one.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) api: &'static Api,
    pub(crate) endpoint: Endpoint,
    pub(crate) options: CallOptions,
    #[cfg(feature = "transport")]
    pub(crate) transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "transport")]
    pub(crate) credentials: Option<Arc<dyn Credentials>>,
}

/// The root URL of calls.
pub(crate) enum Endpoint {
    /// That of the location in the name of the resource that is called, if the API has locations.
    ByResource,
    /// That of a location.
    Location(&'static str),
    /// One of the user's own, checked and ending in `/`.
    Own(String),
}

impl Client {
    /// A client with no settings and no credentials.
    #[must_use]
    pub fn new(api: &'static Api) -> Self {
        Self::builder(api).finish(Endpoint::ByResource)
    }

    /// A client with settings.
    pub fn builder(api: &'static Api) -> ClientBuilder {
        ClientBuilder {
            api,
            endpoint: None,
            location: None,
            options: CallOptions::default(),
            #[cfg(feature = "transport")]
            transport: None,
            #[cfg(feature = "transport")]
            credentials: None,
        }
    }

    /// The API that is called.
    #[must_use]
    pub fn api(&self) -> &'static Api {
        self.0.api
    }

    /// The methods of one resource: a part of the table of the API.
    #[must_use]
    pub fn resource(&self, methods: &'static [Method]) -> Resource {
        Resource::new(self.clone(), methods)
    }

    /// The root URLs to which credentials may go: one's own, or those of the document. Of those of a location only the
    /// first, since what follows are hosts of earlier stages.
    #[cfg(feature = "transport")]
    pub(crate) fn hosts(&self) -> impl Iterator<Item = &str> {
        let own = match &self.0.endpoint {
            Endpoint::Own(url) => Some(url.as_str()),
            Endpoint::ByResource | Endpoint::Location(_) => None,
        };
        let api = self.0.api;
        let first = |(index, (name, _)): &(usize, &(&str, &str))| {
            api.endpoints.iter().position(|(other, _)| other == name) == Some(*index)
        };
        let document = api.endpoints.iter().enumerate().filter(first).map(|(_, (_, url))| *url);
        let document = std::iter::once(api.root_url).chain(document).filter(move |_| own.is_none());
        own.into_iter().chain(document)
    }

    /// The root URL for a call whose parameters of the path are `values`.
    pub(crate) fn root_url<'v>(&self, mut values: impl Iterator<Item = &'v str>) -> Result<&str, UsageError> {
        let api = self.0.api;
        match &self.0.endpoint {
            Endpoint::Own(url) => Ok(url),
            Endpoint::Location(url) => Ok(url),
            Endpoint::ByResource if api.endpoints.is_empty() => Ok(api.root_url),
            Endpoint::ByResource => match values.find_map(endpoint::location_in) {
                Some(location) => endpoint::of_location(api, location),
                None => Ok(api.root_url),
            },
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Client");
        out.field("api", &format_args!("{}:{}", self.0.api.name, self.0.api.version));
        match &self.0.endpoint {
            Endpoint::ByResource => {}
            Endpoint::Location(url) => drop(out.field("endpoint", url)),
            Endpoint::Own(url) => drop(out.field("endpoint", url)),
        }
        out.field("options", &self.0.options).finish_non_exhaustive()
    }
}

/// The settings of a client to be.
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    api: &'static Api,
    endpoint: Option<String>,
    location: Option<String>,
    options: CallOptions,
    #[cfg(feature = "transport")]
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "transport")]
    credentials: Option<Arc<dyn Credentials>>,
}

impl ClientBuilder {
    /// The root URL of all calls, in place of the document's: for tests and proxies, and for endpoints that the
    /// document does not know. `https`, or `http` to a loopback address. Wins over a location.
    pub fn with_endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// The location whose endpoint takes all calls, as `us-central1`; `global` for the root host. Without it, the
    /// name of the resource that is called decides.
    pub fn with_location(mut self, location: impl Into<String>) -> Self {
        self.location = Some(location.into());
        self
    }

    /// What all calls have in common.
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Who calls. Without it, calls are anonymous.
    #[cfg(feature = "transport")]
    pub fn with_credentials(mut self, credentials: impl Credentials) -> Self {
        self.credentials = Some(Arc::new(credentials));
        self
    }

    /// How requests are sent, in place of the runtime's own way.
    #[cfg(feature = "transport")]
    pub fn with_transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// The client.
    ///
    /// # Errors
    /// When the endpoint is not a URL to which credentials may go, or the API has no such location.
    pub fn build(self) -> Result<Client, UsageError> {
        if let Some(fault) = &self.options.fault {
            return Err(fault.clone());
        }
        let endpoint = match (&self.endpoint, &self.location) {
            (Some(url), _) => Endpoint::Own(endpoint::checked(url)?),
            (None, Some(location)) => Endpoint::Location(endpoint::of_location(self.api, location)?),
            (None, None) => Endpoint::ByResource,
        };
        Ok(self.finish(endpoint))
    }

    fn finish(self, endpoint: Endpoint) -> Client {
        Client(Arc::new(Inner {
            api: self.api,
            endpoint,
            options: self.options,
            #[cfg(feature = "transport")]
            transport: self.transport,
            #[cfg(feature = "transport")]
            credentials: self.credentials,
        }))
    }
}

/// Does not show credentials.
impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api", &format_args!("{}:{}", self.api.name, self.api.version))
            .field("location", &self.location)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
