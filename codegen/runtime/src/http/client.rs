//! Clients: settings that all calls to an API share.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

#[cfg(feature = "transport")]
use ::http::{
    Uri,
    header::{AUTHORIZATION, COOKIE, HeaderName, HeaderValue, PROXY_AUTHORIZATION},
};

#[cfg(feature = "transport")]
use super::auth::Credentials;
use super::descriptor::Api;
use super::endpoint;
use super::options::CallOptions;
#[cfg(feature = "transport")]
use super::transport::Transport;
use super::usage_error::UsageError;

/// Client of an API: its endpoint, its credentials, and the options of all calls.
///
/// Cheap to clone: clones share everything.
///
/// Requests can be built without a transport; only sending them requires one.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Inner>);

pub(crate) struct Inner {
    pub(crate) api: &'static Api,
    pub(crate) endpoint: Endpoint,
    /// Path that the paths of methods are relative to, if it is not the document's.
    pub(crate) service_path: Option<String>,
    pub(crate) options: CallOptions,
    #[cfg(feature = "transport")]
    pub(crate) transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "transport")]
    pub(crate) credentials: Option<Arc<dyn Credentials>>,
}

/// Root URL of calls.
pub(crate) enum Endpoint {
    /// Chosen for each call by the location of its resource.
    OfResource {
        /// Prefers regional endpoints, which the root URL replaces otherwise.
        regional: bool,
    },
    /// The endpoint of one location for all calls.
    OfLocation(Cow<'static, str>),
    /// A URL of the caller's own for all calls. It ends in `/`.
    Own(String),
}

impl Client {
    /// Creates a client with default settings and no credentials.
    #[must_use]
    pub fn new(api: &'static Api) -> Self {
        Self::builder(api).finish(Endpoint::OfResource { regional: false }, None)
    }

    /// Returns a builder of a client with other settings.
    pub fn builder(api: &'static Api) -> ClientBuilder {
        ClientBuilder::new(api)
    }

    /// Returns the descriptor of the API.
    #[must_use]
    pub fn api(&self) -> &'static Api {
        self.0.api
    }

    /// Returns the credentials for a request to this URL: none for another server, and none over plain `http`.
    ///
    /// # Errors
    /// When the document's own root URL is `http`, over which credentials never go to another machine.
    #[cfg(feature = "transport")]
    pub(crate) fn credentials_for(&self, uri: &Uri) -> Result<Option<&dyn Credentials>, UsageError> {
        let Some(credentials) = self.0.credentials.as_deref() else {
            return Ok(None);
        };
        let is_private = endpoint::is_private(uri);
        match &self.0.endpoint {
            Endpoint::Own(url) => {
                let is_own = url.parse().is_ok_and(|url| endpoint::same_origin(&url, uri));
                Ok(Some(credentials).filter(|_| is_own && is_private))
            }
            Endpoint::OfResource { .. } | Endpoint::OfLocation(_) if !endpoint::is_of_api(self.0.api, uri) => Ok(None),
            Endpoint::OfResource { .. } | Endpoint::OfLocation(_) if is_private => Ok(Some(credentials)),
            Endpoint::OfResource { .. } | Endpoint::OfLocation(_) => {
                Err(UsageError::Insecure { url: self.0.api.root_url.to_owned() })
            }
        }
    }

    /// Refuses to send a caller's own credentials to another machine over the plain `http` of a document's root URL.
    #[cfg(feature = "transport")]
    pub(crate) fn check_privacy<B>(&self, request: &::http::Request<B>) -> Result<(), UsageError> {
        let is_allowed = matches!(self.0.endpoint, Endpoint::Own(_)) || endpoint::is_private(request.uri());
        let is_secret = |(name, value): (&HeaderName, &HeaderValue)| {
            value.is_sensitive()
                || [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE].contains(name)
                || name.as_str() == "x-goog-api-key"
        };
        if is_allowed || !request.headers().iter().any(is_secret) {
            return Ok(());
        }
        Err(UsageError::Insecure { url: self.0.api.root_url.to_owned() })
    }

    /// Returns `true` if the caller has set the root URL of all calls.
    pub(crate) fn has_own_endpoint(&self) -> bool {
        // Variables of the API's server do not affect the servers of single methods.
        matches!(self.0.endpoint, Endpoint::Own(_)) && self.0.service_path.is_none()
    }

    /// Returns the path that the paths of methods are relative to.
    pub(crate) fn service_path(&self) -> &str {
        self.0.service_path.as_deref().unwrap_or(self.0.api.service_path)
    }

    /// Returns the root URL of a call of a resource in `location`, or in none.
    pub(crate) fn root_url(&self, location: Option<&str>) -> Result<Cow<'_, str>, UsageError> {
        match &self.0.endpoint {
            Endpoint::Own(url) => Ok(url.into()),
            Endpoint::OfLocation(url) => Ok(Cow::Borrowed(url)),
            Endpoint::OfResource { regional } => endpoint::of_resource(self.0.api, location, *regional),
        }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Client");
        out.field("api", &format_args!("{}:{}", self.0.api.name, self.0.api.version));
        match &self.0.endpoint {
            Endpoint::OfResource { .. } => {}
            Endpoint::OfLocation(url) => drop(out.field("endpoint", url)),
            Endpoint::Own(url) => drop(out.field("endpoint", url)),
        }
        out.field("options", &self.0.options).finish_non_exhaustive()
    }
}

/// Settings of a client.
///
/// `C` is the type that [`Self::build`] returns: a generated crate's own client, or [`Client`].
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder<C = Client> {
    api: &'static Api,
    endpoint: Option<String>,
    /// Values of the server's variables.
    variables: Vec<(String, String)>,
    /// Allows `http` in `endpoint`.
    insecure: bool,
    location: Option<String>,
    regional: bool,
    options: CallOptions,
    #[cfg(feature = "transport")]
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "transport")]
    credentials: Option<Arc<dyn Credentials>>,
    client: PhantomData<fn() -> C>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Creates a builder without settings.
    pub fn new(api: &'static Api) -> Self {
        Self {
            api,
            endpoint: None,
            variables: Vec::new(),
            insecure: false,
            location: None,
            regional: false,
            options: CallOptions::default(),
            #[cfg(feature = "transport")]
            transport: None,
            #[cfg(feature = "transport")]
            credentials: None,
            client: PhantomData,
        }
    }

    /// Sets the root URL of all calls, instead of the document's: for tests and proxies, and for endpoints that the
    /// document does not list. Either `https`, or `http` to a loopback address. Takes precedence over a location.
    pub fn with_endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self.insecure = false;
        self
    }

    /// Sets the root URL of all calls, as [`Self::with_endpoint`] does, and allows `http` to any host, such as an
    /// emulator in a container. Over `http` to another host, calls carry none of the client's credentials.
    pub fn with_insecure_endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self.insecure = true;
        self
    }

    /// Sets a variable of the server's URL, such as `tenant` in `https://{tenant}.example.com`. Others have the
    /// document's defaults. An endpoint or a location takes precedence.
    pub fn with_server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    /// Sends all calls to the endpoint of this location, such as `us-central1`: the locational one if the API has such
    /// endpoints, otherwise the regional one. A location that the document does not list has the URL that the listed
    /// ones suggest. `global` is the root URL.
    ///
    /// By default the location in the name of the called resource decides, where the API has locational endpoints;
    /// all other calls go to the root URL.
    pub fn with_location(mut self, location: impl Into<String>) -> Self {
        self.location = Some(location.into());
        self
    }

    /// Sends calls to regional endpoints, such as `cloudkms.us-east1.rep.googleapis.com`, which keep requests in their
    /// region: to that of the location set by [`Self::with_location`], or in the name of the called resource. Calls
    /// of resources without a location go to the root URL.
    pub fn with_regional_endpoints(mut self) -> Self {
        self.regional = true;
        self
    }

    /// Sets options for all calls.
    pub fn with_options(mut self, options: CallOptions) -> Self {
        self.options = options;
        self
    }

    /// Sets the credentials. Without any, calls are anonymous.
    #[cfg(feature = "transport")]
    pub fn with_credentials(mut self, credentials: impl Credentials) -> Self {
        self.credentials = Some(Arc::new(credentials));
        self
    }

    /// Sets the transport that sends requests, instead of the one that the feature `client` adds.
    #[cfg(feature = "transport")]
    pub fn with_transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds the client.
    ///
    /// # Errors
    /// When the endpoint is not a URL to which credentials may go, or the API has no such location.
    pub fn build(self) -> Result<C, UsageError> {
        if let Some(fault) = &self.options.fault {
            return Err(fault.clone());
        }
        let mut service_path = None;
        let endpoint = match (&self.endpoint, &self.location) {
            (None, None) if !self.variables.is_empty() => {
                let url = endpoint::expand(self.api.server, &self.variables)?;
                let path = url.splitn(4, '/').nth(3).unwrap_or_default().to_owned();
                let root = url.strip_suffix(path.as_str()).unwrap_or(&url);
                let root = endpoint::check_url(root, self.insecure)?;
                service_path = Some(path);
                Endpoint::Own(root)
            }
            (Some(url), _) => Endpoint::Own(endpoint::check_url(url, self.insecure)?),
            (None, Some(location)) => Endpoint::OfLocation(endpoint::of_location(self.api, location, self.regional)?),
            (None, None) => Endpoint::OfResource { regional: self.regional },
        };
        Ok(self.finish(endpoint, service_path).into())
    }

    fn finish(self, endpoint: Endpoint, service_path: Option<String>) -> Client {
        Client(Arc::new(Inner {
            api: self.api,
            endpoint,
            service_path,
            options: self.options,
            #[cfg(feature = "transport")]
            transport: self.transport,
            #[cfg(feature = "transport")]
            credentials: self.credentials,
        }))
    }
}

/// Does not show credentials.
impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("api", &format_args!("{}:{}", self.api.name, self.api.version))
            .field("location", &self.location)
            .field("regional", &self.regional)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
