//! Constructors of messages that requests contain.

use super::{Api, Behavior, Enumeration, Flow, Message, Shape, Type};
use std::collections::BTreeSet;

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
}

impl<'a> Constructors<'a> {
    /// Finds the messages that requests contain: callers create no others.
    pub fn new(api: &'a Api) -> Self {
        let named = api.methods.values().flat_map(|method| Flow::Request.schemas(method));
        Self { api, requested: api.reached(named, |field| Flow::Request.carries(field)) }
    }

    /// Returns what the constructor of a message takes and sets, if it has one.
    ///
    /// It takes the required properties that requests can set, in the order of their names, and sets those that have only
    /// one value. With more than four arguments, positions would be hard to read: such messages have setters only.
    pub fn of<'m>(&self, schema: &str, message: &'m Message) -> Option<Constructor<'m>>
    where
        'a: 'm,
    {
        if !self.requested.contains(schema) {
            return None;
        }
        let settable = message.required.iter().filter_map(|name| message.fields.get_key_value(name));
        let settable = settable.filter(|(_, field)| !field.behavior.contains(&Behavior::OutputOnly));
        let mut constructor = Constructor::default();
        for (name, field) in settable {
            let shape = match self.api.resolve(&field.ty) {
                Type::Schema(name) => self.api.shape(name),
                _ => None,
            };
            match shape {
                Some(Shape::Enum(Enumeration { values, .. })) if values.len() == 1 => {
                    constructor.constants.extend(values.iter().map(|value| (name.as_str(), value.name.as_str())));
                }
                _ => constructor.arguments.push(name),
            }
        }
        let takes_few = constructor.arguments.len() <= 4;
        let is_useful = !(constructor.arguments.is_empty() && constructor.constants.is_empty());
        (takes_few && is_useful && message.unions.is_empty()).then_some(constructor)
    }
}
