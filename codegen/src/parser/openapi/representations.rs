//! Additional methods of operations with several representations of the body or the response: one method for each.

use super::body::ResponseBody;
use super::operations::Walk;
use super::view::View;
use crate::model::Method;

impl<'a> Walk<'a, '_> {
    /// Returns the method that sends a multipart form with files, for an operation whose other method sends JSON.
    pub(super) fn upload_of(&mut self, name: &str, method: &Method, operation: &View<'a>) -> Option<(String, Method)> {
        let (kind, form) = self.reader.multipart_alternative(operation)?;
        let name = self.free_name(vec![format!("{name}_multipart")], operation);
        let body = self.reader.other(&name, kind, &form);
        let method = Method {
            id: format!("{}.{name}", self.api.name),
            request: Some(body.ty),
            request_media_type: body.media_type,
            request_form: body.form,
            ..method.clone()
        };
        Some((name, method))
    }

    /// Returns the method that returns a stream, for an operation whose other method returns JSON or a file.
    pub(super) fn stream_of(
        &mut self,
        name: &str,
        method: &Method,
        operation: &View<'a>,
        body: &ResponseBody<'a>,
    ) -> (String, Method) {
        let name = self.free_name(vec![format!("{name}_stream")], operation);
        let (response, _) = self.response(&name, operation, body);
        let method = Method {
            id: format!("{}.{name}", self.api.name),
            response,
            response_media_type: body.streaming.as_ref().map(|stream| stream.media_type.clone()),
            media_download: false,
            streaming: true,
            whole_events: body.streaming.as_ref().is_some_and(|stream| stream.whole_events),
            operation: None,
            pagination: None,
            ..method.clone()
        };
        (name, method)
    }

    /// Returns the method that returns a file, for an operation whose other method returns the JSON of another status.
    pub(super) fn file_of(
        &mut self,
        name: &str,
        method: &Method,
        operation: &View<'a>,
        kinds: &str,
    ) -> (String, Method) {
        let name = self.free_name(vec![format!("{name}_file")], operation);
        let method = Method {
            id: format!("{}.{name}", self.api.name),
            response: None,
            response_media_type: Some(kinds.to_owned()),
            response_json_type: None,
            media_download: true,
            streaming: false,
            operation: None,
            pagination: None,
            ..method.clone()
        };
        (name, method)
    }
}
