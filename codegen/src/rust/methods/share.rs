//! Resources that are copies of each other: the `operations` under sixty parents become one set of types, over
//! different rows of the table.

use super::own;
use crate::model::{Home, Method};
use crate::passes::names::parent;
use crate::rust::context::Context;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Which resource each copy is a copy of.
pub(super) struct Shared {
    originals: BTreeMap<String, String>,
}

impl Shared {
    /// Finds the copies. The first of several, by name, is the one that the others stand for.
    pub(super) fn new<'r>(context: &Context<'_>, resources: impl Iterator<Item = &'r String>) -> Self {
        let resources: BTreeSet<&String> = resources.collect();
        let inner: BTreeSet<&str> = resources.iter().filter(|r| !r.is_empty()).map(|r| parent(r)).collect();
        let mut by_shape: BTreeMap<String, &String> = BTreeMap::new();
        let mut originals = BTreeMap::new();
        // A resource with others inside of it gives out rows that are its own.
        for resource in resources.iter().filter(|r| !r.is_empty() && !inner.contains(r.as_str())) {
            let shape = shape(context, resource);
            if let Some(original) = by_shape.get(&shape) {
                originals.insert((*resource).clone(), (*original).clone());
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
fn shape(context: &Context<'_>, resource: &str) -> String {
    let mut shape = context.names.resource_handle(resource).to_owned();
    for (name, method) in context.api.methods.iter().filter(|(method, _)| parent(method) == resource) {
        let Method { http_method, path, request, response, parameters, .. } = method;
        let Method { streaming, media_download, deprecated, pagination, operation, job, .. } = method;
        let upload = method.media_upload.is_some();
        let names = (own(name), context.names.method_function(name), context.names.method_call(name));
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
