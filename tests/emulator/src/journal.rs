//! What was asked.

/// One request, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The API, as `generativelanguage:v1beta`; empty where no method has the path.
    pub api: String,
    /// The method's name, as `tunedModels.create`; empty where no method has the path.
    pub method: String,
    /// The verb and the path, with the query, but for credentials in it.
    pub request: String,
    /// The status of the answer; 0 where the connection was cut before.
    pub status: u16,
    /// Whether what was asked was done.
    pub done: bool,
}
