//! Resources that are copies of each other: the `operations` under sixty parents become one set of types, over
//! different rows of the table.

use crate::model::{Home, Method};
use crate::rust::context::Context;
use crate::rust::naming::leaf;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The methods of each resource that has any.
type Methods<'a> = BTreeMap<&'a str, Vec<(&'a String, &'a Method)>>;

/// Which resource each copy is a copy of.
pub(super) struct Shared {
    originals: BTreeMap<String, String>,
}

impl Shared {
    /// Finds the copies among resources, given the methods of each, and which hold others. The first of several, by
    /// name, is the one that the others stand for.
    pub(super) fn new(context: &Context<'_>, methods: &Methods<'_>, inner: &BTreeMap<String, Vec<String>>) -> Self {
        let mut by_shape: BTreeMap<String, &str> = BTreeMap::new();
        let mut originals = BTreeMap::new();
        // A resource with others inside of it gives out rows that are its own.
        for (resource, methods) in methods.iter().filter(|(r, _)| !r.is_empty() && !inner.contains_key(**r)) {
            let shape = shape(context, resource, methods);
            if let Some(original) = by_shape.get(&shape) {
                originals.insert((*resource).to_owned(), (*original).to_owned());
            } else {
                by_shape.insert(shape, resource);
            }
        }
        Self { originals }
    }

    /// The resource that this one is a copy of.
    pub(super) fn original(&self, resource: &str) -> Option<&str> {
        self.originals.get(resource).map(String::as_str)
    }
}

/// Everything of a resource that its types say: two with the same shape may have the same types.
fn shape(context: &Context<'_>, resource: &str, methods: &[(&String, &Method)]) -> String {
    let mut shape = context.names.resource_handle(resource).to_owned();
    for (name, method) in methods {
        let Method { http_method, path, request, response, parameters, .. } = method;
        let (sent, answered) = (method.body_form(), &method.response_media_type);
        let _ = write!(shape, "|{sent:?} {answered:?}");
        let Method { streaming, media_download, deprecated, pagination, operation, job, .. } = method;
        let upload = method.media_upload.is_some();
        let names = (leaf(name), context.names.method_function(name), context.names.method_call(name));
        let _ =
            write!(shape, "|{names:?} {http_method:?} {path} {request:?} {response:?} {:?}", method.parameter_order);
        let _ = write!(shape, " {streaming} {media_download} {upload} {deprecated} {pagination:?} {job:?}");
        let _ = write!(shape, " {:?}", operation.as_ref().map(|o| (&o.response, &o.metadata)));
        for (parameter, stated) in parameters {
            let rust = context.names.parameter(name, parameter);
            let _ = write!(shape, " {rust} {:?} {} {}", stated.location, stated.repeated, stated.deprecated);
            match stated.ty.schema().and_then(|schema| context.api.schemas.get(schema)) {
                Some(schema) if matches!(schema.home, Home::Parameter { .. }) => {
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
