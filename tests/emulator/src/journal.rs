//! Journal of requests.

/// One request, and its outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The API, as `generativelanguage:v1beta`; empty where no method has the path.
    pub api: String,
    /// The method's name, as `tunedModels.create`; empty where no method has the path.
    pub method: String,
    /// The verb and the path, with the query, but for credentials in it.
    pub request: String,
    /// Status of the response; 0 if the connection was closed before it.
    pub status: u16,
    /// True if the method was carried out successfully, even if the response was then lost.
    pub done: bool,
}
