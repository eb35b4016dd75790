//! Reachability of schemas: methods whose requests contain them, and methods whose responses do.

use super::affected::{AffectedMethods, MethodSet, Methods};
use crate::model::{Api, Constraints, Field, Flow, Shape, Type, Webhook};
use std::collections::{HashMap, HashSet};

/// Methods of one revision that send or receive each schema.
pub(crate) struct Reachability {
    touches: HashMap<String, AffectedMethods>,
}

impl Reachability {
    /// Follows every body of every method. Output-only properties are not followed in requests, input-only properties
    /// are not followed in responses.
    pub(crate) fn new(api: &Api, methods: &Methods, known_as: impl Fn(&str) -> String) -> Self {
        let mut request = Walk { api, flow: Flow::Request, sets: HashMap::new() };
        let mut response = Walk { api, flow: Flow::Response, sets: HashMap::new() };
        for (name, method) in &api.methods {
            let Some(index) = methods.index(&known_as(name)) else {
                continue;
            };
            let one = MethodSet::one(index);
            for walk in [&mut request, &mut response] {
                walk.flow.schemas(method).into_iter().for_each(|schema| walk.add(schema, &one));
            }
            for (part, body) in api.other_bodies.bodies.get(name).into_iter().flatten() {
                let walk = if part.starts_with("request.") { &mut request } else { &mut response };
                let named = body.ty.schema().into_iter().chain(body.constraints.schemas());
                named.for_each(|schema| walk.add(schema, &one));
            }
            let parameters = method.parameters.values().map(|parameter| &parameter.constraints);
            let sent = parameters.chain([&method.request_constraints]);
            sent.flat_map(Constraints::schemas).for_each(|schema| request.add(schema, &one));
            let errors = method.responses.values().map(|response| &response.error_constraints);
            let received = errors.chain([&method.response_constraints]);
            received.flat_map(Constraints::schemas).for_each(|schema| response.add(schema, &one));
        }
        for (name, webhook) in &api.webhooks {
            let name = Webhook::among_methods(name);
            let Some(one) = methods.index(&name).map(MethodSet::one) else { continue };
            webhook.payload.iter().filter_map(Type::schema).for_each(|schema| response.add(schema, &one));
            // Receivers respond.
            let responses = api.other_bodies.bodies.get(&name).into_iter().flat_map(|responses| responses.values());
            let named = responses.flat_map(|body| body.ty.schema().into_iter().chain(body.constraints.schemas()));
            named.for_each(|schema| request.add(schema, &one));
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
        if !Flow::Request.carries(field) {
            touch.request = MethodSet::default();
        }
        if !Flow::Response.carries(field) {
            touch.response = MethodSet::default();
        }
        touch
    }
}

struct Walk<'a> {
    api: &'a Api,
    flow: Flow,
    sets: HashMap<&'a str, MethodSet>,
}

impl<'a> Walk<'a> {
    fn add(&mut self, schema: &'a str, methods: &MethodSet) {
        self.sets.entry(schema).or_default().extend(methods);
    }

    /// Gives each schema the methods of those that refer to it.
    fn finish(mut self) -> HashMap<&'a str, MethodSet> {
        let next: HashMap<&str, Vec<&str>> = self
            .api
            .schemas
            .iter()
            .map(|(name, schema)| {
                let mut next = schema.shape.schemas(|field| self.flow.carries(field));
                next.extend(schema.constraints.schemas());
                if let Shape::Message(message) = &schema.shape {
                    let carried = message.fields.values().filter(|field| self.flow.carries(field));
                    next.extend(carried.flat_map(|field| field.constraints.schemas()));
                }
                (name.as_str(), next)
            })
            .collect();
        for component in components(self.api.schemas.keys().map(String::as_str), &next) {
            let mut methods = MethodSet::default();
            for set in component.iter().filter_map(|name| self.sets.get(name)) {
                methods.extend(set);
            }
            if methods.is_empty() {
                continue;
            }
            for name in component {
                self.add(name, &methods);
                for target in next.get(name).into_iter().flatten() {
                    self.add(target, &methods);
                }
            }
        }
        self.sets
    }
}

/// Returns the groups of nodes that reach each other, each before those that it reaches (Kosaraju's algorithm).
fn components<'a>(
    nodes: impl Iterator<Item = &'a str>,
    next: &HashMap<&'a str, Vec<&'a str>>,
) -> impl Iterator<Item = Vec<&'a str>> {
    let mut seen = HashSet::new();
    let mut finished = Vec::new();
    let mut pending: Vec<(&str, bool)> = nodes.map(|node| (node, false)).collect();
    while let Some((node, is_finished)) = pending.pop() {
        if is_finished {
            finished.push(node);
        } else if seen.insert(node) {
            pending.push((node, true));
            let targets = next.get(node).into_iter().flatten().filter(|target| !seen.contains(*target));
            pending.extend(targets.map(|target| (*target, false)));
        }
    }
    let mut previous: HashMap<&str, Vec<&str>> = HashMap::new();
    for (node, targets) in next {
        for target in targets {
            previous.entry(target).or_default().push(node);
        }
    }
    let mut placed = HashSet::new();
    finished.into_iter().rev().filter_map(move |root| {
        let mut component = Vec::new();
        let mut pending = vec![root];
        while let Some(node) = pending.pop() {
            if placed.insert(node) {
                component.push(node);
                pending.extend(previous.get(node).into_iter().flatten());
            }
        }
        (!component.is_empty()).then_some(component)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn components_come_before_those_that_they_reach() {
        let next: HashMap<&str, Vec<&str>> = HashMap::from([
            ("a", vec!["b", "d"]),
            ("b", vec!["c"]),
            ("c", vec!["b", "e", "c"]),
            ("d", vec!["e"]),
            ("e", vec!["unknown"]),
        ]);
        for nodes in [["a", "b", "c", "d", "e"], ["e", "d", "c", "b", "a"], ["c", "e", "a", "d", "b"]] {
            let mut found: Vec<Vec<&str>> = components(nodes.into_iter(), &next).collect();
            found.iter_mut().for_each(|component| component.sort_unstable());
            let at = |node: &str| found.iter().position(|component| component.contains(&node)).unwrap();
            assert_eq!(at("b"), at("c"), "{found:?}");
            assert_eq!(found.len(), 5, "{found:?}");
            for (before, after) in [("a", "b"), ("a", "d"), ("b", "e"), ("d", "e"), ("e", "unknown")] {
                assert!(at(before) < at(after), "{found:?}");
            }
        }
    }
}
