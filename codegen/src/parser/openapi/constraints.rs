//! Constraints on values. OpenAPI 3.0 and 3.1 spell some of them differently; the model has one form of each.

use super::node::Node;
use super::normalize::{Normalized, first_items, is_null, restricts_type};
use super::reader::Reader;
use super::view::View;
use crate::model::{AlternativeConstraints, Bound, Constraints, PatternProperties, media_type};
use serde_json::Number;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Keywords that restrict values and are not read.
const UNREAD: [&str; 11] = [
    "not",
    "contentSchema",
    "if",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "dependencies",
    "dependentSchemas",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Number of schemas within each other that are searched for one that allows `null`.
const NULL_DEPTH: usize = 4;

/// Formats that the type of a value states already, and those that are hints for editors.
const FORMATS_WITHOUT_CONSTRAINT: [&str; 15] = [
    "int32",
    "int64",
    "uint32",
    "uint64",
    "float",
    "double",
    "byte",
    "base64url",
    "binary",
    "date",
    "date-time",
    "google-datetime",
    "google-duration",
    "google-fieldmask",
    "password",
];

impl<'a> Reader<'a> {
    /// Returns the constraints that a schema states itself. Those of a schema that it refers to belong to that schema.
    pub(super) fn constraints(&mut self, view: &View<'a>) -> Constraints {
        let mut constraints = self.own_constraints(view);
        let mut inner = view.clone();
        // `allOf` of one, and a choice between one and `null`, are that one.
        while let Some(next) = only_member(&inner) {
            // The type is that of the member, whatever values the schema around it lists.
            if constraints.values.is_empty() {
                constraints.values = texts(&inner);
            }
            constraints = constraints.and(&self.own_constraints(&next));
            inner = next;
        }
        // A value meets the constraints of all parts, and is `null` only if all of them allow it.
        let parts = inner.get("allOf");
        let is_reference = |part: &View<'_>| part.node.get("$ref").is_some();
        let members = || parts.iter().flat_map(View::items);
        // Several lists allow what is in all of them.
        let lists = members().filter(|part| !texts(part).is_empty()).count() > 1;
        let narrows = lists || members().any(|part| is_reference(&part));
        for part in parts.iter().flat_map(View::items).filter(|part| !is_reference(part)) {
            let mut own = self.constraints(&part);
            // The type is that of a part with a name, whatever values this one lists.
            if narrows && own.values.is_empty() {
                own.values = texts(&part);
            }
            // Other parts may declare properties.
            constraints = constraints.and(&Constraints { nullable: false, required: BTreeSet::new(), ..own });
        }
        constraints
    }

    /// Returns `true` if a schema allows `null`, itself or by what it refers to.
    pub(super) fn may_be_null(&mut self, view: &View<'a>) -> bool {
        let Some(target) = self.target(view) else { return nullable(view) };
        if target.id() != view.id() && nullable(view) {
            return true;
        }
        if let Some(known) = self.nullable.get(&target.id()) {
            return *known;
        }
        let may_be_null = self.reaches_null(&target);
        self.nullable.insert(target.id(), may_be_null);
        may_be_null
    }

    fn reaches_null(&mut self, view: &View<'a>) -> bool {
        let mut seen = HashSet::new();
        let mut level = vec![view.clone()];
        for depth in 0..=NULL_DEPTH {
            let mut members = Vec::new();
            for view in &level {
                if nullable(view) {
                    return true;
                }
                let Some(target) = self.target(view).filter(|_| depth < NULL_DEPTH) else { continue };
                if nullable(&target) || is_null(&target) {
                    return true;
                }
                if seen.insert(target.id()) {
                    let parts: Vec<View<'a>> = target.get("allOf").iter().flat_map(View::items).collect();
                    let (typed, others): (Vec<_>, Vec<_>) = parts.into_iter().partition(restricts_type);
                    let mut is_nullable = |part| self.target(part).is_some_and(|part| nullable(&part));
                    // Parts that are all nullable, or one of them that says nothing else.
                    if others.iter().any(nullable) || typed.len() > 1 && typed.iter().all(&mut is_nullable) {
                        return true;
                    }
                    members.extend(typed.first().filter(|_| typed.len() == 1).cloned());
                    let lists = [target.get("oneOf"), target.get("anyOf")];
                    members.extend(lists.into_iter().flatten().flat_map(|list| list.items().collect::<Vec<_>>()));
                }
            }
            level = members;
        }
        false
    }

    /// Returns `true` if an alternative refers to the schema of `null`.
    fn refers_to_null(&mut self, view: &View<'a>) -> bool {
        let lists: Vec<View<'a>> = ["oneOf", "anyOf"].into_iter().filter_map(|key| view.get(key)).collect();
        lists.iter().flat_map(View::items).any(|one| self.target(&one).is_some_and(|target| is_null(&target)))
    }

    /// Returns the constraints of the alternatives of a list that are neither objects nor choices with a name.
    fn alternative_constraints(&mut self, list: &View<'a>, depth: usize) -> Vec<AlternativeConstraints> {
        let mut found = Vec::new();
        let members: Vec<View<'a>> = list.items().filter(|member| !is_null(member)).collect();
        for member in members {
            let Some(target) = self.target(&member) else { continue };
            let is_reference = member.node.get("$ref").is_some();
            let inner = ["oneOf", "anyOf"].into_iter().find_map(|key| target.get(key));
            let plain = self.plain(&target).unwrap_or_else(|| target.clone());
            match (inner, kind(&plain)) {
                (Some(inner), None) if !is_reference && depth < NULL_DEPTH => {
                    found.extend(self.alternative_constraints(&inner, depth.saturating_add(1)));
                }
                (None, Some(kind)) => {
                    let schema = is_reference.then(|| self.follow(&member)).flatten().map(|named| self.name(&named));
                    // Those of values within a named one are its own, and may lead back to it.
                    let is_plain = ["items", "prefixItems", "additionalProperties", "unevaluatedProperties"];
                    let is_plain = is_plain.into_iter().all(|key| target.node.get(key).is_none());
                    let constraints = match !is_reference || is_plain {
                        true => self.constraints(&target),
                        false => Constraints::default(),
                    };
                    // The type of a choice does not state the width of its numbers.
                    let format = width(&plain, kind).or(constraints.format.clone());
                    let constraints = Constraints { format, ..constraints };
                    let texts = if kind == "string" { texts(&plain) } else { Vec::new() };
                    found.push(AlternativeConstraints { kind: kind.to_owned(), schema, constraints, texts });
                }
                _ => {}
            }
        }
        found
    }

    /// Returns the constraints of the elements of a list whose first elements have schemas of their own.
    fn prefix_constraints(&mut self, view: &View<'a>) -> Option<Constraints> {
        let list = first_items(view)?;
        let alternatives = self.alternative_constraints(&list, 0);
        (!alternatives.is_empty()).then(|| Constraints { alternatives, ..Constraints::default() })
    }

    /// Returns the kinds of the first elements of a list, by position: a simple type, the name of a schema, or the
    /// properties of an object.
    fn first_items(&mut self, view: &View<'a>) -> Vec<String> {
        let members: Vec<View<'a>> = first_items(view).iter().flat_map(View::items).collect();
        let mut kinds = Vec::new();
        for member in members {
            let named = member.node.get("$ref").is_some().then(|| self.follow(&member)).flatten();
            let target = self.target(&member);
            kinds.push(match (target.as_ref().and_then(kind), named, target.as_ref()) {
                (Some(kind), ..) => kind.to_owned(),
                (None, Some(named), _) => self.name(&named),
                (None, None, Some(target)) => {
                    let names: Vec<&str> =
                        target.get("properties").iter().flat_map(View::members).map(|(name, _)| name).collect();
                    if names.is_empty() { "object".to_owned() } else { format!("object ({})", names.join(", ")) }
                }
                (None, None, None) => "any".to_owned(),
            });
        }
        kinds
    }

    /// Returns the keyword that forbids properties that are not listed, where no message states it: on maps, and next to
    /// references and choices.
    fn unread_closing(&mut self, view: &View<'a>) -> Option<&'static str> {
        let closes = |key: &&str| view.node.get(key) == Some(&Node::Bool(false));
        let key = ["additionalProperties", "unevaluatedProperties"].into_iter().find(closes)?;
        let has = |key: &str| view.node.get(key).is_some();
        let is_map = has("patternProperties") && !has("properties");
        let is_other = has("$ref") || matches!(self.normalize(view), Normalized::Same(_) | Normalized::OneOf(_));
        (is_map || is_other).then_some(key)
    }

    fn own_constraints(&mut self, view: &View<'a>) -> Constraints {
        let text = |key: &str| view.node.get(key).map(Node::to_string);
        let count = |key: &str| match view.node.get(key) {
            // `5.0` is an integer, too.
            Some(Node::Number(number)) => canonical(number).parse().ok(),
            _ => None,
        };
        let items = ["items", "additionalProperties", "unevaluatedProperties"]
            .into_iter()
            .filter_map(|key| view.get(key))
            .find(|items| matches!(items.node, Node::Object(_)))
            .map(|items| self.constraints(&items))
            .filter(|items| *items != Constraints::default());
        let items = items.or_else(|| self.prefix_constraints(view));
        let alternatives = ["oneOf", "anyOf"].into_iter().filter_map(|key| view.get(key));
        // Those of the only alternative are those of the value.
        let alternatives = alternatives.filter(|list| list.items().filter(|one| !is_null(one)).count() > 1);
        let alternatives = alternatives.flat_map(|list| self.alternative_constraints(&list, 0)).collect();
        let (presence, nullable) = (self.presence(view), nullable(view) || self.refers_to_null(view));
        let first_items = self.first_items(view);
        // Nothing may follow them, if there are any.
        let is_closed = view.node.get("items") == Some(&Node::Bool(false));
        let length = is_closed.then(|| u64::try_from(first_items.len()).unwrap_or(u64::MAX));
        let keys = UNREAD.into_iter().chain(self.has_xml.then_some("xml"));
        let mut unread: BTreeMap<_, _> = keys.filter_map(|key| Some((key, unread(view, key)?))).collect();
        if self.streams.data.contains(&view.id()) {
            unread.remove("contentSchema");
        }
        unread.extend(self.unread_closing(view).map(|key| (key, "false".to_owned())));
        let default = view.node.get("default").filter(|default| **default != Node::Null);
        Constraints {
            default: default.map(|default| match default {
                Node::Number(number) => canonical(number),
                other => other.to_string(),
            }),
            pattern: view.text("pattern").map(str::to_owned),
            format: view
                .text("format")
                .filter(|format| !states_type(view) || !FORMATS_WITHOUT_CONSTRAINT.contains(format))
                .map(str::to_owned)
                .or_else(|| number_of_several(view).and_then(|kind| width(view, kind))),
            // Bytes of any kind.
            media_type: view.text("contentMediaType").map(media_type).filter(|kind| kind != "application/octet-stream"),
            minimum: bound(view, "minimum", "exclusiveMinimum", |a, b| a > b),
            maximum: bound(view, "maximum", "exclusiveMaximum", |a, b| a < b),
            multiple_of: text("multipleOf"),
            min_length: count("minLength"),
            max_length: count("maxLength"),
            min_items: count("minItems"),
            max_items: count("maxItems").into_iter().chain(length).min(),
            min_properties: count("minProperties"),
            max_properties: count("maxProperties"),
            unique_items: view.flag("uniqueItems"),
            nullable,
            lists_null: Some(listed(view))
                .filter(|all| nullable && !all.is_empty())
                .map(|all| all.contains(&Node::Null)),
            values: values(view),
            known_values: view
                .get("x-extensible-enum")
                .iter()
                .flat_map(View::items)
                .map(|v| v.node.to_string())
                .collect(),
            items: items.map(Box::new),
            alternatives,
            required: presence.required,
            required_choices: presence.required_choices,
            dependent_required: presence.dependent_required,
            first_items,
            patterns: patterns(view),
            unread,
        }
    }
}

/// Returns the properties of an object by patterns of their names.
fn patterns(view: &View<'_>) -> Option<PatternProperties> {
    let Some(Node::Object(all)) = view.node.get("patternProperties") else { return None };
    let keys = ["additionalProperties", "unevaluatedProperties"];
    let others = match keys.into_iter().find_map(|key| view.node.get(key)) {
        Some(Node::Object(schema)) if !schema.is_empty() => None,
        Some(Node::Bool(any)) => Some(*any),
        _ => Some(true),
    };
    let schemas = all.iter().map(|(pattern, schema)| (pattern.to_string(), schema.to_string())).collect();
    Some(PatternProperties { schemas, others })
}

/// Returns `true` for a schema whose type states its format: one with a type, or with values.
fn states_type(view: &View<'_>) -> bool {
    view.node.get("type").is_some() || !listed(view).is_empty()
}

/// Returns the text of a keyword, without what is read of it.
fn unread(view: &View<'_>, key: &str) -> Option<String> {
    match (key, view.node.get(key)?) {
        // An object that `false` closes is marked as such, and a schema is that of the values of a map.
        ("unevaluatedProperties", node) => {
            let is_other = view.node.get("additionalProperties").is_some();
            (is_other && matches!(node, Node::Object(_))).then(|| node.to_string())
        }
        // Its lists are an older spelling of `dependentRequired`.
        ("dependencies", Node::Object(all)) => {
            let schemas = all.iter().filter(|(_, one)| !matches!(one, Node::List(_)));
            let texts: Vec<String> = schemas.map(|(name, one)| format!("{name}: {one}")).collect();
            (!texts.is_empty()).then(|| format!("{{{}}}", texts.join(", ")))
        }
        // `then` and `else` depend on it.
        ("if", condition) => {
            let branches = ["then", "else"].into_iter().filter_map(|key| Some((key, view.node.get(key)?)));
            Some(branches.fold(condition.to_string(), |text, (key, branch)| format!("{text} {key} {branch}")))
        }
        (_, node) => Some(node.to_string()),
    }
}

/// Returns the kind of a schema with one type that is neither an object nor a choice.
pub(super) fn kind<'a>(view: &View<'a>) -> Option<&'a str> {
    let kinds: Vec<&str> = match view.node.get("type") {
        Some(Node::Text(kind)) => vec![kind.as_str()],
        Some(Node::List(kinds)) => kinds.iter().filter_map(Node::text).filter(|kind| *kind != "null").collect(),
        _ => Vec::new(),
    };
    match kinds.as_slice() {
        [kind @ ("string" | "integer" | "number" | "boolean" | "array")] => Some(kind),
        [] if view.node.get("items").is_some() => Some("array"),
        _ => None,
    }
}

/// Returns the width of a number, if it is not that of its kind without one: `int64` and `double`.
fn width(view: &View<'_>, kind: &str) -> Option<String> {
    let widths: &[&str] = match kind {
        "integer" => &["int8", "int16", "int32", "uint8", "uint16", "uint32", "uint64"],
        "number" => &["float", "int32", "int64"],
        _ => &[],
    };
    view.text("format").filter(|format| widths.contains(format)).map(str::to_owned)
}

/// Returns the kind of numbers among several types of a value.
pub(super) fn number_of_several(view: &View<'_>) -> Option<&'static str> {
    let Some(Node::List(kinds)) = view.node.get("type") else { return None };
    let has = |wanted: &str| kinds.iter().any(|kind| kind.text() == Some(wanted));
    let has_others = kinds.iter().any(|kind| !matches!(kind.text(), Some("null" | "integer" | "number")));
    ["integer", "number"].into_iter().find(|kind| has_others && has(kind))
}

/// Returns a number without a fraction that is zero: `1` for `1.0`.
fn canonical(number: &Number) -> String {
    let text = number.to_string();
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

/// Returns the only member of an `allOf`, or of an `anyOf` or `oneOf` apart from `null`.
fn only_member<'a>(view: &View<'a>) -> Option<View<'a>> {
    ["allOf", "oneOf", "anyOf"].into_iter().find_map(|key| {
        let list = view.get(key)?;
        let mut members = list.items().filter(|member| !is_null(member));
        members.next().filter(|_| members.next().is_none())
    })
}

/// Returns a bound. `exclusive` is a flag of `inclusive` in OpenAPI 3.0 and a bound of its own in 3.1, where the
/// stricter of two counts.
fn bound(view: &View<'_>, inclusive: &str, exclusive: &str, stricter: fn(f64, f64) -> bool) -> Option<Bound> {
    let number = |text: &str| text.parse::<f64>().unwrap_or(f64::NAN);
    let closed = view.node.get(inclusive).filter(|value| **value != Node::Null).map(Node::to_string);
    match view.node.get(exclusive) {
        Some(Node::Bool(exclusive)) => closed.map(|value| Bound { value, exclusive: *exclusive }),
        Some(Node::Number(open)) => {
            let open = Bound { value: open.to_string(), exclusive: true };
            match closed {
                Some(value) if stricter(number(&value), number(&open.value)) => Some(Bound::inclusive(value)),
                _ => Some(open),
            }
        }
        _ => closed.map(Bound::inclusive),
    }
}

/// Returns `true` if a schema itself allows `null`: by `nullable` in OpenAPI 3.0, by its types, values or alternatives
/// in 3.1.
pub(super) fn nullable(view: &View<'_>) -> bool {
    let lists =
        |key: &str, wanted: &Node| matches!(view.node.get(key), Some(Node::List(values)) if values.contains(wanted));
    view.flag("nullable")
        || lists("type", &Node::Text("null".to_owned()))
        || lists("enum", &Node::Null)
        || ["oneOf", "anyOf"]
            .into_iter()
            .filter_map(|key| view.get(key))
            .any(|list| list.items().any(|one| is_null(&one)))
}

/// Returns the values that a schema lists.
pub(super) fn listed<'a>(view: &View<'a>) -> &'a [Node] {
    match (view.node.get("enum"), view.node.get("const")) {
        (Some(Node::List(values)), _) => values,
        (_, Some(constant)) => std::slice::from_ref(constant),
        _ => &[],
    }
}

/// Returns the allowed values of a string.
fn texts(view: &View<'_>) -> Vec<String> {
    listed(view).iter().filter_map(Node::text).map(str::to_owned).collect()
}

/// Returns the allowed values of a number, a boolean or `null`, as JSON.
fn values(view: &View<'_>) -> Vec<String> {
    if is_null(view) {
        return vec!["null".to_owned()];
    }
    let listed: Vec<&Node> = listed(view).iter().filter(|value| **value != Node::Null).collect();
    // Both values of a boolean are all.
    if [true, false].iter().all(|value| listed.contains(&&Node::Bool(*value))) && listed.len() == 2 {
        return Vec::new();
    }
    if listed.iter().all(|value| matches!(value, Node::Number(_) | Node::Bool(_))) {
        let text = |value: &Node| match value {
            Node::Number(number) => canonical(number),
            other => other.to_string(),
        };
        listed.into_iter().map(text).collect()
    } else {
        Vec::new()
    }
}
