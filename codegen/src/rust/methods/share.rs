//! Resources that are copies of each other: the `operations` of sixty parents share one set of types, with different
//! rows of the table.

use crate::model::{Method, MethodName};
use crate::rust::context::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Methods of each resource that has any.
type Methods<'a> = BTreeMap<&'a str, Vec<(&'a String, &'a Method)>>;

/// Originals of resources that are copies.
pub(super) struct Shared {
    originals: BTreeMap<String, String>,
    /// Resources that have copies.
    copied: BTreeSet<String>,
}

impl Shared {
    /// Finds copies among resources, given the methods and the nested resources of each. The original is the first of
    /// equal resources by name.
    pub(super) fn new(context: &Context<'_>, methods: &Methods<'_>, inner: &BTreeMap<String, Vec<String>>) -> Self {
        let mut by_shape: BTreeMap<String, &str> = BTreeMap::new();
        let mut originals = BTreeMap::new();
        // A resource with nested resources passes rows of its own to them.
        for (resource, methods) in methods.iter().filter(|(r, _)| !r.is_empty() && !inner.contains_key(**r)) {
            let shape = shape(context, resource, methods);
            if let Some(original) = by_shape.get(&shape) {
                originals.insert((*resource).to_owned(), (*original).to_owned());
            } else {
                by_shape.insert(shape, resource);
            }
        }
        let copied = originals.values().cloned().collect();
        Self { originals, copied }
    }

    /// Returns `true` if other resources are copies of this one.
    pub(super) fn has_copies(&self, resource: &str) -> bool {
        self.copied.contains(resource)
    }

    /// Returns the resource that this one is a copy of.
    pub(super) fn original(&self, resource: &str) -> Option<&str> {
        self.originals.get(resource).map(String::as_str)
    }
}

/// Returns everything that the types of a resource depend on: resources of the same shape share their types.
fn shape(context: &Context<'_>, resource: &str, methods: &[(&String, &Method)]) -> String {
    let mut shape = context.names.resource_handle(resource).to_owned();
    for (name, method) in methods {
        let Method { http_method, path, request, response, parameters, .. } = method;
        let (sent, received) = (method.body_form(), &method.response_media_type);
        let _ = write!(shape, "|{sent:?} {received:?} {}", method.request_optional);
        let Method { streaming, media_download, deprecated, pagination, operation, job, .. } = method;
        let (upload, redirect) = (method.media_upload.is_some(), method.returns_redirect());
        let names = (MethodName(name).leaf(), context.names.method_function(name), context.names.method_call(name));
        let _ =
            write!(shape, "|{names:?} {http_method:?} {path} {request:?} {response:?} {:?}", method.parameter_order);
        let _ = write!(shape, " {streaming} {media_download} {upload} {redirect} {deprecated} {pagination:?} {job:?}");
        let _ = write!(shape, " {:?}", operation.as_ref().map(|o| (&o.response, &o.metadata)));
        for (parameter, stated) in parameters {
            let rust = context.names.parameter(name, parameter);
            let _ = write!(shape, " {rust} {:?} {} {}", stated.location, stated.repeated, stated.deprecated);
            let _ = write!(shape, " {}", context.api.is_structured(stated));
            match stated.ty.schema().and_then(|schema| context.api.schemas.get(schema)) {
                Some(schema) if schema.defined_in.method().is_some() => {
                    let _ = write!(shape, " {:?}", schema.shape);
                }
                _ => {
                    let _ = write!(shape, " {:?}", stated.ty);
                }
            }
        }
    }
    shape
}
