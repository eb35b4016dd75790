//! Schemas that requests contain, and those that responses do.

use super::{Api, Behavior, Field, Method, Shape, Type};
use std::collections::BTreeSet;

/// Direction in which calls carry values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// From the client to the service.
    Request,
    /// From the service to the client.
    Response,
}

impl Flow {
    /// Returns `true` unless the behavior of a property excludes it in this direction.
    pub fn carries(self, field: &Field) -> bool {
        let excluded = match self {
            Flow::Request => Behavior::OutputOnly,
            Flow::Response => Behavior::InputOnly,
        };
        !field.behavior.contains(&excluded)
    }

    /// Returns the schemas that a method refers to in this direction: its body and parameters, or its response, its
    /// errors, and the types of its operation.
    pub fn schemas(self, method: &Method) -> Vec<&str> {
        match self {
            Flow::Request => {
                let parameters = method.parameters.values().map(|parameter| &parameter.ty);
                method.request.iter().chain(parameters).filter_map(Type::schema).collect()
            }
            Flow::Response => {
                let types = method.response.iter().chain(method.errors().map(|(_, ty)| ty)).filter_map(Type::schema);
                let operation = method.operation.iter().flat_map(|of| [&of.response, &of.metadata]).flatten();
                types.chain(operation.map(String::as_str)).collect()
            }
        }
    }
}

impl Api {
    /// Returns some schemas and those that they contain, without those of properties that `follow` rejects.
    pub fn reached<'a>(
        &'a self,
        from: impl IntoIterator<Item = &'a str>,
        follow: impl Fn(&Field) -> bool,
    ) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&str> = from.into_iter().collect();
        while let Some(name) = open.pop() {
            if let Some(shape) = self.shape(name)
                && found.insert(name)
            {
                open.extend(shape.schemas(&follow));
            }
        }
        found
    }
}

impl Shape {
    /// Returns the schemas that this shape refers to, without those of properties that `follow` rejects.
    pub fn schemas(&self, follow: impl Fn(&Field) -> bool) -> Vec<&str> {
        match self {
            Shape::Message(message) => {
                let fields = message.fields.values().filter(|field| follow(field)).map(|field| &field.ty);
                fields.chain(&message.additional).filter_map(Type::schema).collect()
            }
            Shape::Alias(ty) => ty.schema().into_iter().collect(),
            Shape::OneOf(one_of) => one_of.alternatives.iter().filter_map(|one| one.ty.schema()).collect(),
            Shape::Enum(_) => Vec::new(),
        }
    }
}
