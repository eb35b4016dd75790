//! The kind of a schema, with `allOf`, `oneOf`, `anyOf`, lists of types and missing types taken into account.

use super::enumeration::{Listed, listed};
use super::limits::{COMPOSITION_DEPTH, Excess};
use super::node::Node;
use super::presence::only_requires;
use super::reader::Reader;
use super::view::{NodeId, View};
use std::collections::HashSet;

/// The kind of a schema.
pub(super) enum Normalized<'a> {
    /// The same as another schema.
    Same(View<'a>),
    /// A string, which may have a format.
    Text,
    /// A value of a list: of strings, or of values of several kinds.
    Enum,
    Integer,
    Number,
    Bool,
    /// A list, with the schema of its elements.
    List(Option<View<'a>>),
    /// An object: its own properties and those of the schemas that it is made of.
    Object,
    /// An object with a discriminator that others extend: a choice of itself and the others.
    Extended,
    /// One of several schemas.
    OneOf(Vec<View<'a>>),
    /// An object with parts of its own, and the parts of one of several schemas.
    ObjectWithChoice(PartChoice<'a>),
    /// One of several types, which `type` lists.
    Types(Vec<&'a str>),
    Any,
}

/// Choice that is one of the parts of an object.
pub(super) struct PartChoice<'a> {
    /// The list of the alternatives.
    pub(super) list: NodeId,
    pub(super) choices: Vec<View<'a>>,
}

/// An object of several parts, with one alternative of the choice that is one of them.
pub(super) struct Chosen<'a> {
    pub(super) whole: View<'a>,
    /// The list of the alternatives.
    pub(super) list: NodeId,
    /// The alternative as it is in the list.
    pub(super) choice: View<'a>,
}

impl<'a> Reader<'a> {
    /// Returns the kind of a schema. A `$ref` is for the caller to follow.
    pub(super) fn normalize(&mut self, view: &View<'a>) -> Normalized<'a> {
        self.warn_of_conditions(view);
        if self.is_extended(view) {
            return Normalized::Extended;
        }
        let own = view.node.get("properties").is_some();
        if let Some(all) = self.list(view, "allOf") {
            all.items().for_each(|member| self.check_member(&member));
            let members: Vec<_> = all.items().filter(restricts_type).collect();
            let others = own || view.node.get("oneOf").is_some() || view.node.get("anyOf").is_some();
            // Neither part of `required` and an object without a name is the whole.
            let requires = all.items().any(|member| only_requires(&member));
            let is_inline = members.iter().all(|member| member.node.get("$ref").is_none());
            let others = others || requires && is_inline && members.iter().all(|member| self.is_object(member));
            match members.as_slice() {
                [] => {}
                // It extends its base, and is another schema than that.
                [one] if self.extends(view, one) => return Normalized::Object,
                // With `required` in addition, it is another object.
                [one] if !(others || view.node.get("required").is_some() && self.is_object(one)) => {
                    return Normalized::Same(one.clone());
                }
                many => {
                    let plain: Vec<_> = many.iter().filter(|member| !self.is_object(member)).collect();
                    // The others can only narrow it.
                    let narrowest = plain.into_iter().rev().max_by_key(|member| self.narrowness(member)).cloned();
                    return narrowest.map_or_else(|| self.of_parts(view, many), Normalized::Same);
                }
            }
        }
        for key in ["oneOf", "anyOf"] {
            let Some(list) = self.list(view, key) else {
                continue;
            };
            let choices = self.alternatives_of(view, &list);
            match choices.as_slice() {
                [] => {}
                _ if own && !self.all_extend(&choices, view) => return self.of_parts(view, &[]),
                [one] => return Normalized::Same(one.clone()),
                _ => return Normalized::OneOf(choices),
            }
        }
        let types: Vec<&str> = match view.node.get("type") {
            Some(Node::Text(kind)) => vec![kind.as_str()],
            Some(Node::List(kinds)) => kinds.iter().filter_map(Node::text).filter(|kind| *kind != "null").collect(),
            Some(Node::Null) => Vec::new(),
            Some(other) => {
                let message = format!("`type` must be a string or a list, not {}", other.kind());
                self.warn(&view.get_or_self("type"), message);
                return Normalized::Any;
            }
            None => Vec::new(),
        };
        let kind = match types.as_slice() {
            [] => implied(view.node),
            [one] => one,
            _ if listed(view.node).is_some() => implied(view.node),
            _ => return Normalized::Types(types),
        };
        self.of_type(view, kind)
    }

    /// Returns the kind of a schema of one type.
    pub(super) fn of_type(&mut self, view: &View<'a>, kind: &str) -> Normalized<'a> {
        match (kind, listed(view.node)) {
            // If type and values contradict each other, the values count.
            ("integer" | "number" | "boolean", Some(Listed::Text | Listed::Mixed))
            | ("integer" | "number", Some(Listed::Bool))
            | ("boolean", Some(Listed::Integer | Listed::Number))
            | ("string", Some(_)) => return Normalized::Enum,
            ("integer", Some(Listed::Number)) => return Normalized::Number,
            _ => {}
        }
        match kind {
            _ if is_null(view) => Normalized::Any,
            "string" if matches!(view.node.get("enum"), Some(Node::List(values)) if values.is_empty()) => {
                self.warn(&view.get_or_self("enum"), "`enum` has no values");
                Normalized::Text
            }
            "string" => Normalized::Text,
            "integer" => Normalized::Integer,
            "number" => Normalized::Number,
            "boolean" => Normalized::Bool,
            "array" => Normalized::List(view.get("items").filter(|_| first_items(view).is_none())),
            "object" => Normalized::Object,
            "any" | "null" => Normalized::Any,
            other => {
                let known = ["array", "boolean", "integer", "number", "object", "string"];
                let place = view.get_or_self("type");
                let warning = self.warning_at(&place, format!("unknown type `{other}`: read as any JSON value"));
                let warning = warning.help(format!("one of: {}", known.join(", "))).suggest(other, known);
                self.report(&place, warning);
                Normalized::Any
            }
        }
    }

    /// Reports the conditions of a schema, which are ignored. A member of `allOf` may hold nothing else.
    fn warn_of_conditions(&mut self, view: &View<'a>) {
        for key in ["if", "not"] {
            if let Some(ignored) = view.get(key) {
                self.warn(&ignored, format!("`{key}` is not supported: it is ignored"));
            }
        }
    }

    /// Reports what is ignored of a member of `allOf`, `oneOf` or `anyOf`.
    fn check_member(&mut self, member: &View<'a>) {
        if !matches!(member.node, Node::Object(_) | Node::Bool(_)) {
            self.warn(member, format!("a schema must be an object, not {}: it is ignored", member.node.kind()));
        }
        self.warn_of_conditions(member);
    }

    /// Returns the alternatives that a schema lists, `null` and unresolved references aside. Without a type any value is
    /// one of them, unless the schema around the list has a type, which the alternatives can only narrow.
    fn alternatives_of(&mut self, view: &View<'a>, list: &View<'a>) -> Vec<View<'a>> {
        let is_typed = TYPING.into_iter().any(|key| view.node.get(key).is_some());
        list.items().for_each(|choice| self.check_member(&choice));
        let choices = list.items().filter(|choice| !is_null(choice));
        let choices: Vec<_> =
            choices.filter(|choice| restricts_type(choice) || (!is_typed && takes_any_value(choice))).collect();
        let targets: Vec<_> = choices.iter().map(|choice| (choice, self.target(choice))).collect();
        // A list of unresolved references only is any value.
        if targets.iter().all(|(_, target)| target.is_none()) {
            return choices;
        }
        let is_kept = |target: &Option<View<'a>>| target.as_ref().is_some_and(|target| !is_null(target));
        targets.iter().filter(|(_, target)| is_kept(target)).map(|(choice, _)| (*choice).clone()).collect()
    }

    /// Returns the schema behind references, and behind `allOf`, `oneOf` and `anyOf` of one. Takes no time for the
    /// alternatives of a choice.
    pub(super) fn plain(&mut self, view: &View<'a>) -> Option<View<'a>> {
        let mut at = self.target(view)?;
        for _ in 0..COMPOSITION_DEPTH {
            let only = ["allOf", "oneOf", "anyOf"].into_iter().find_map(|key| {
                let list = at.get(key)?;
                let mut members = list.items().filter(|member| restricts_type(member) && !is_null(member));
                members.next().filter(|_| members.next().is_none())
            });
            match only.filter(|_| at.node.get("type").is_none() && at.node.get("properties").is_none()) {
                Some(only) => at = self.target(&only)?,
                None => break,
            }
        }
        Some(at)
    }

    /// Returns `true` if a schema is an object, itself or by what it refers to.
    pub(super) fn is_object(&mut self, view: &View<'a>) -> bool {
        let Some(target) = self.target(view) else { return true };
        let place = target.id();
        // A schema that is made of itself is reported where its parts are gathered.
        if let Some(known) = self.objects.get(&place) {
            return *known;
        }
        if self.limits.depth >= COMPOSITION_DEPTH {
            self.limits.excess = Some(Excess::Depth);
            return true;
        }
        self.objects.insert(place, true);
        self.limits.depth = self.limits.depth.saturating_add(1);
        let is = match self.normalize(&target) {
            Normalized::Object | Normalized::Extended | Normalized::ObjectWithChoice(_) => true,
            Normalized::Same(inner) => self.is_object(&inner),
            Normalized::OneOf(choices) => choices.iter().all(|choice| self.is_object(choice)),
            _ => false,
        };
        self.limits.depth = self.limits.depth.saturating_sub(1);
        self.objects.insert(place, is);
        is
    }

    /// Returns the kind of an object of several parts: with alternatives, if one of the parts is a choice between
    /// objects.
    fn of_parts(&mut self, view: &View<'a>, parts: &[View<'a>]) -> Normalized<'a> {
        let mut found = None;
        for part in parts.iter().chain([view]) {
            // Alternatives next to `properties` only add properties, unless a discriminator distinguishes them.
            let chooses = |target: &View<'a>| {
                target.node.get("properties").is_none() || target.node.get("discriminator").is_some()
            };
            let target = self.inner(part).filter(chooses);
            let Some(target) = target else { continue };
            let lists = ["oneOf", "anyOf"].into_iter().filter_map(|key| target.get(key));
            for list in lists {
                let choices = self.alternatives_of(&target, &list);
                let is_choice = choices.len() > 1
                    && choices.iter().all(|choice| self.is_object(choice))
                    && !self.any_extends(&choices, &[view.id(), target.id()]);
                match &found {
                    _ if !is_choice => {}
                    Some((place, _)) if *place == list.id() => {}
                    // The combinations of two choices would be too many.
                    Some(_) => return Normalized::Object,
                    None => found = Some((list.id(), choices)),
                }
            }
        }
        found.map_or(Normalized::Object, |(list, choices)| Normalized::ObjectWithChoice(PartChoice { list, choices }))
    }

    /// Returns the schema behind references and `allOf` of one.
    fn inner(&mut self, view: &View<'a>) -> Option<View<'a>> {
        let mut at = self.target(view)?;
        for _ in 0..COMPOSITION_DEPTH {
            match at.get("allOf") {
                Some(all) if all.node.len() == 1 && at.node.get("properties").is_none() => {
                    at = self.target(&all.items().next()?)?;
                }
                _ => break,
            }
        }
        Some(at)
    }

    /// Returns what a member of `allOf` states of its type, beyond its kind: values, elements, a format, or that a number
    /// is an integer.
    fn narrowness(&mut self, member: &View<'a>) -> [bool; 4] {
        let target = self.plain(member).map(|target| target.node);
        let has = |keys: [&str; 2]| keys.iter().any(|key| target.is_some_and(|target| target.get(key).is_some()));
        [
            target.is_some_and(|target| listed(target).is_some()),
            has(["items", "prefixItems"]),
            has(["format", "contentEncoding"]),
            target.and_then(|target| target.get("type")?.text()) == Some("integer"),
        ]
    }

    /// Returns `true` if an alternative is one of some schemas or extends one, directly or not.
    fn any_extends(&mut self, choices: &[View<'a>], bases: &[NodeId]) -> bool {
        let mut waiting = choices.to_vec();
        let mut seen = HashSet::new();
        while let Some(view) = waiting.pop() {
            let Some(target) = self.target(&view) else { continue };
            if bases.contains(&target.id()) {
                return true;
            }
            if seen.insert(target.id()) {
                waiting.extend(target.get("allOf").iter().flat_map(View::items));
            }
        }
        false
    }

    /// Returns `true` if every alternative extends the schema that lists it: `Pet` with `oneOf: [Cat, Dog]`, where
    /// `Cat` and `Dog` have `allOf: [Pet, …]`.
    pub(super) fn all_extend(&mut self, choices: &[View<'a>], parent: &View<'a>) -> bool {
        choices.iter().all(|choice| {
            let Some(target) = self.target(choice) else { return false };
            let bases: Vec<View<'a>> = target.get("allOf").iter().flat_map(View::items).collect();
            bases.iter().any(|base| {
                base.node.get("$ref").is_some() && self.target(base).is_some_and(|base| base.id() == parent.id())
            })
        })
    }
}

/// Returns the type of a schema without `type`, by its other keys.
fn implied(node: &Node) -> &'static str {
    let has = |key| node.get(key).is_some();
    let requires = matches!(node.get("allOf"), Some(Node::List(parts)) if parts.iter().any(counts_properties));
    if has("properties") || has("additionalProperties") || has("patternProperties") || requires {
        return "object";
    }
    if has("items") || has("prefixItems") {
        return "array";
    }
    match listed(node) {
        Some(Listed::Text | Listed::Mixed) => "string",
        Some(Listed::Bool) => "boolean",
        Some(Listed::Number) => "number",
        Some(Listed::Integer) => "integer",
        None => "any",
    }
}

/// Returns `true` if a schema has a key that restricts its type, beyond documentation and `required`.
pub(super) fn restricts_type(view: &View<'_>) -> bool {
    TYPING.into_iter().chain(["oneOf", "anyOf"]).any(|key| view.node.get(key).is_some())
}

/// Keys that restrict the type of a schema, without choices.
const TYPING: [&str; 10] = [
    "$ref",
    "type",
    "properties",
    "additionalProperties",
    "patternProperties",
    "items",
    "prefixItems",
    "enum",
    "const",
    "allOf",
];

/// Returns `true` for a schema without a type that takes any value: `true`, `{}`, and one that has only a description
/// or a condition. One that counts or requires properties is a condition on the objects of the others, and `nullable`
/// alone is `null`.
fn takes_any_value(view: &View<'_>) -> bool {
    match view.node {
        Node::Bool(is_any) => *is_any,
        Node::Object(_) => !view.flag("nullable") && !counts_properties(view.node),
        _ => false,
    }
}

/// Returns `true` for a schema that requires or counts the properties of an object.
fn counts_properties(node: &Node) -> bool {
    ["required", "dependentRequired", "minProperties", "maxProperties"].iter().any(|key| node.get(key).is_some())
}

/// Returns `true` for the schema of `null`.
pub(super) fn is_null(view: &View<'_>) -> bool {
    let only_null = |key| matches!(view.node.get(key), Some(Node::List(values)) if *values == [Node::Null]);
    view.text("type") == Some("null") || only_null("enum") || view.node.get("const") == Some(&Node::Null)
}

/// Returns the schemas of the first elements of a list: `prefixItems`, or a list in `items`, as before JSON Schema 2020.
pub(super) fn first_items<'a>(view: &View<'a>) -> Option<View<'a>> {
    view.get("prefixItems").or_else(|| view.get("items").filter(|items| matches!(items.node, Node::List(_))))
}
