//! Journal of requests.

/// A request and its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// Name of the API, such as `generativelanguage:v1beta`; empty if no method has the path.
    pub api: String,
    /// Name of the method, such as `tunedModels.create`; empty if no method has the path.
    pub method: String,
    /// HTTP method, path and query, without the credentials in it.
    pub request: String,
    /// Status of the response; 0 if the connection was closed before it.
    pub status: u16,
    /// True if the method succeeded, even if the response was then lost.
    pub done: bool,
}
