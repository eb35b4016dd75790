//! Reachability of schemas: methods whose requests contain them, and methods whose responses do.

use super::affected::{AffectedMethods, MethodSet, Methods};
use crate::model::{Api, Behavior, Field, Method, Shape, Type};
use std::collections::HashMap;

/// Methods of one revision that send or receive each schema.
pub(crate) struct Reachability {
    touches: HashMap<String, AffectedMethods>,
}

impl Reachability {
    /// Follows every body of every method. Output-only properties are not followed in requests, input-only properties
    /// are not followed in responses.
    pub(crate) fn new(api: &Api, methods: &Methods, known_as: impl Fn(&str) -> String) -> Self {
        let mut request = Walk { api, way: Flow::Request, sets: HashMap::new(), pending: Vec::new() };
        let mut response = Walk { api, way: Flow::Response, sets: HashMap::new(), pending: Vec::new() };
        for (name, method) in &api.methods {
            let Some(index) = methods.index(&known_as(name)) else {
                continue;
            };
            let one = MethodSet::one(index);
            for schema in method.request.iter().filter_map(Type::schema) {
                request.add(schema, &one);
            }
            for schema in method.parameters.values().filter_map(|p| p.ty.schema()) {
                request.add(schema, &one);
            }
            for schema in replies(method) {
                response.add(schema, &one);
            }
        }
        let mut touches: HashMap<String, AffectedMethods> = HashMap::new();
        for (schema, set) in request.finish() {
            touches.entry(schema.to_owned()).or_default().request = set;
        }
        for (schema, set) in response.finish() {
            touches.entry(schema.to_owned()).or_default().response = set;
        }
        Self { touches }
    }

    /// Returns the methods that send or receive a schema; none if it is unknown.
    pub(crate) fn schema(&self, name: &str) -> AffectedMethods {
        self.touches.get(name).cloned().unwrap_or_default()
    }

    /// Returns the methods that send or receive a property of a schema.
    pub(crate) fn field(&self, schema: &str, field: &Field) -> AffectedMethods {
        let mut touch = self.schema(schema);
        if !Flow::Request.follows(field) {
            touch.request = MethodSet::default();
        }
        if !Flow::Response.follows(field) {
            touch.response = MethodSet::default();
        }
        touch
    }
}

/// Returns the schemas of a method's responses, of its operation and of its errors.
pub(crate) fn replies(method: &Method) -> impl Iterator<Item = &str> {
    let operation = method.operation.iter().flat_map(|o| [&o.response, &o.metadata]).flatten();
    let errors = method.errors.values().filter_map(Type::schema);
    method.response.iter().filter_map(Type::schema).chain(operation.map(String::as_str)).chain(errors)
}

/// Returns the schemas that a shape refers to, without those of properties that `follow` rejects.
pub(crate) fn edges(shape: &Shape, follow: impl Fn(&Field) -> bool) -> Vec<&str> {
    match shape {
        Shape::Message(message) => {
            let fields = message.fields.values().filter(|f| follow(f)).map(|f| &f.ty);
            fields.chain(&message.additional).filter_map(Type::schema).collect()
        }
        Shape::Alias(ty) => ty.schema().into_iter().collect(),
        Shape::OneOf(one_of) => one_of.alternatives.iter().filter_map(|one| one.ty.schema()).collect(),
        Shape::Enum(_) => Vec::new(),
    }
}

#[derive(Clone, Copy)]
enum Flow {
    Request,
    Response,
}

impl Flow {
    fn follows(self, field: &Field) -> bool {
        let stop = match self {
            Flow::Request => Behavior::OutputOnly,
            Flow::Response => Behavior::InputOnly,
        };
        !field.behavior.contains(&stop)
    }
}

struct Walk<'a> {
    api: &'a Api,
    way: Flow,
    sets: HashMap<&'a str, MethodSet>,
    pending: Vec<&'a str>,
}

impl<'a> Walk<'a> {
    fn add(&mut self, schema: &'a str, methods: &MethodSet) {
        if self.sets.entry(schema).or_default().extend(methods) {
            self.pending.push(schema);
        }
    }

    fn finish(mut self) -> HashMap<&'a str, MethodSet> {
        while let Some(name) = self.pending.pop() {
            let Some(schema) = self.api.schemas.get(name) else {
                continue;
            };
            let methods = self.sets.get(name).cloned().unwrap_or_default();
            let way = self.way;
            for next in edges(&schema.shape, |field| way.follows(field)) {
                self.add(next, &methods);
            }
        }
        self.sets
    }
}
