//! Constructors of messages that requests contain.

use super::{Api, Behavior, Enumeration, Flow, Message, Scalar, Shape, Type};
use std::collections::{BTreeMap, BTreeSet};

/// Constructor of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constructor<'a> {
    /// Properties that it takes.
    pub arguments: Vec<&'a str>,
    /// Properties that it sets, with their only values.
    pub constants: Vec<(&'a str, &'a str)>,
}

/// Constructors of the messages of an API.
#[derive(Clone, Debug)]
pub struct Constructors<'a> {
    api: &'a Api,
    /// Schemas that requests contain.
    requested: BTreeSet<&'a str>,
    /// Values of the discriminators of all choices that a schema is an alternative of, by schema and property.
    tags: BTreeMap<(&'a str, &'a str), BTreeSet<&'a Scalar>>,
}

impl<'a> Constructors<'a> {
    /// Finds the messages that requests contain: callers create no others.
    pub fn new(api: &'a Api) -> Self {
        let named = api.methods.values().flat_map(|method| Flow::Request.schemas(method));
        let mut tags: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for schema in api.schemas.values() {
            let Shape::OneOf(choice) = &schema.shape else { continue };
            let Some(property) = &choice.discriminator else { continue };
            for alternative in &choice.alternatives {
                if let Type::Schema(name) = api.resolve(&alternative.ty) {
                    tags.entry((name.as_str(), property.as_str())).or_default().extend(&alternative.values);
                }
            }
        }
        Self { api, requested: api.reached(named, |field| Flow::Request.carries(field)), tags }
    }

    /// Returns what the constructor of a message takes and sets, if it has one.
    ///
    /// It takes the required properties that requests can set, in the order of their names, and sets those that have
    /// only one value: by their types, or because it selects the message among the alternatives of a choice. Members of
    /// unions are left to setters. With more than four arguments, positions would be hard to read: such messages have
    /// setters only.
    pub fn of<'m>(&self, schema: &str, message: &'m Message) -> Option<Constructor<'m>>
    where
        'a: 'm,
    {
        if !self.requested.contains(schema) {
            return None;
        }
        let settable = message.required.iter().filter_map(|name| message.fields.get_key_value(name));
        let settable = settable.filter(|(name, field)| {
            !field.behavior.contains(&Behavior::OutputOnly) && message.unions.of(name).is_none()
        });
        let mut constructor = Constructor::default();
        for (name, field) in settable {
            match self.constant(schema, name, &field.ty) {
                Some(value) => constructor.constants.push((name, value)),
                None => constructor.arguments.push(name),
            }
        }
        let takes_few = constructor.arguments.len() <= 4;
        let is_useful = !(constructor.arguments.is_empty() && constructor.constants.is_empty());
        (takes_few && is_useful).then_some(constructor)
    }

    /// Returns the only value of a property of a message, if it is a string or of an enum.
    fn constant<'m>(&self, schema: &str, property: &str, ty: &'m Type) -> Option<&'m str>
    where
        'a: 'm,
    {
        let tags = self.tags.get(&(schema, property));
        let tag = tags.filter(|tags| tags.len() == 1).and_then(|tags| tags.first().copied());
        match self.api.resolve(ty) {
            Type::String => match tag? {
                Scalar::Text(text) => Some(text),
                Scalar::Literal(_) => None,
            },
            Type::Schema(name) => {
                let Some(Shape::Enum(Enumeration { values, .. })) = self.api.shape(name) else { return None };
                let only = match values.as_slice() {
                    [only] => Some(only),
                    _ => {
                        let tag = tag?;
                        let is_literal = matches!(tag, Scalar::Literal(_));
                        values.iter().find(|value| value.name == tag.as_str() && value.is_literal == is_literal)
                    }
                };
                only.map(|value| value.name.as_str())
            }
            _ => None,
        }
    }
}
