//! The transport of the feature `client`, over reqwest.

use std::pin::Pin;
use std::sync::OnceLock;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;

use super::error::TransportError;
use super::transport::{Body, BoxFuture, Transport};

/// Requests over [reqwest](https://docs.rs/reqwest), with rustls and the certificates that the system trusts.
///
/// Uses HTTP/2 where the server supports it, keeps connections for reuse, accepts `gzip`, and takes proxies from the
/// environment (`HTTPS_PROXY`).
#[derive(Clone, Debug)]
pub struct ReqwestTransport(reqwest::Client);

impl ReqwestTransport {
    /// Creates a transport with its own connections.
    ///
    /// # Errors
    /// When the system's certificates cannot be read.
    pub fn new() -> Result<Self, TransportError> {
        ensure_crypto();
        reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(Duration::from_secs(30))
            .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
            .build()
            .map(Self)
            .map_err(TransportError::connect)
    }

    /// Returns the transport of all clients without one of their own, which share its connections.
    pub(crate) fn shared() -> Result<Self, TransportError> {
        static SHARED: OnceLock<ReqwestTransport> = OnceLock::new();
        if let Some(shared) = SHARED.get() {
            return Ok(shared.clone());
        }
        let new = Self::new()?;
        Ok(SHARED.get_or_init(|| new).clone())
    }
}

/// The client's redirect policy must be `none`: otherwise it may carry credentials to other hosts.
impl From<reqwest::Client> for ReqwestTransport {
    fn from(client: reqwest::Client) -> Self {
        Self(client)
    }
}

/// Installs ring as the process's default cryptography provider, unless there is one: reqwest and google-cloud-auth use
/// the default. ring compiles in a tenth of the time that aws-lc-rs takes.
pub(crate) fn ensure_crypto() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // Fails only if another thread was first, which is equivalent.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, request: ::http::Request<Bytes>) -> BoxFuture<'_, Result<::http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let request = request.map(reqwest::Body::from);
            let request = reqwest::Request::try_from(request).map_err(transport_error)?;
            let response = self.0.execute(request).await.map_err(transport_error)?;
            let response: ::http::Response<reqwest::Body> = response.into();
            Ok(response.map(|body| Body::from_stream(Frames(body))))
        })
    }
}

/// Converts an error without its URL, which may hold more than a log should.
fn transport_error(error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    if error.is_connect() || error.is_builder() {
        TransportError::connect(error)
    } else {
        TransportError::broken(error)
    }
}

struct Frames(reqwest::Body);

impl Stream for Frames {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match ready!(Pin::new(&mut self.0).poll_frame(cx)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(transport_error(error)))),
                // Trailers are ignored.
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Poll::Ready(Some(Ok(data)));
                    }
                }
            }
        }
    }
}
