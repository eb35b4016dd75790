//! Contents of a call.

use bytes::Bytes;

use super::client::Client;
use super::descriptor::Method;
use super::options::CallOptions;
use crate::json;

/// Contents of a [`Call`](super::Call), without its types.
#[derive(Clone)]
pub(crate) struct CallParts {
    pub(crate) client: Client,
    pub(crate) method: &'static Method,
    /// Values of parameters by their index in the method's table, in the order in which they were set.
    pub(crate) values: Vec<(usize, String)>,
    pub(crate) body: Option<Result<Bytes, json::Error>>,
    /// Media type of the body, if it is another than the method's table has.
    pub(crate) content_type: Option<String>,
    pub(crate) options: CallOptions,
    /// URL of the next page, instead of the call's own.
    pub(crate) next_page: Option<String>,
    /// True for a stream that is requested as a JSON array rather than as server-sent events.
    pub(crate) json_array: bool,
}

impl CallParts {
    pub(crate) fn set(&mut self, parameter: usize, value: String) {
        self.values.retain(|(index, _)| *index != parameter);
        self.values.push((parameter, value));
    }

    /// Returns the values of a parameter, in order.
    pub(crate) fn values(&self, parameter: usize) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(index, _)| *index == parameter).map(|(_, value)| value.as_str())
    }
}
