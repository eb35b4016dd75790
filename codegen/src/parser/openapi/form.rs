//! What a schema comes down to, before it is a type: `allOf`, `oneOf` and `anyOf`, lists of types, and no type at all.

use super::files::View;
use super::node::Node;
use super::reader::Reader;

/// What a schema comes down to.
pub(super) enum Form<'a> {
    /// No more and no less than another schema.
    Same(View<'a>),
    /// Text, of a format.
    Text,
    /// Text out of a list.
    Enum,
    Integer,
    Number,
    Bool,
    /// A list of what this says.
    List(Option<View<'a>>),
    /// An object: its own properties and those of what it is made of.
    Object,
    /// One of these.
    OneOf(Vec<View<'a>>),
    /// One of these types, which the schema itself names.
    Types(Vec<&'a str>),
    Any,
}

impl<'a> Reader<'a> {
    /// What a schema comes down to. A `$ref` is for the caller to follow.
    pub(super) fn form(&mut self, view: &View<'a>) -> Form<'a> {
        let own = view.node.get("properties").is_some();
        if let Some(all) = self.list(view, "allOf") {
            let members: Vec<_> = all.items().filter(says_something).collect();
            let others = own || view.node.get("oneOf").is_some() || view.node.get("anyOf").is_some();
            match members.as_slice() {
                [] => {}
                [one] if !others && !(view.node.get("required").is_some() && self.is_object(one)) => {
                    return Form::Same(one.clone());
                }
                many => {
                    let plain = many.iter().find(|member| !self.is_object(member)).cloned();
                    return match plain {
                        None => Form::Object,
                        // What the others say beside it can only narrow it.
                        Some(plain) => Form::Same(plain),
                    };
                }
            }
        }
        for key in ["oneOf", "anyOf"] {
            let Some(list) = self.list(view, key) else {
                continue;
            };
            let choices: Vec<_> = list.items().filter(says_something).filter(|choice| !is_null(choice)).collect();
            match choices.as_slice() {
                [] => {}
                _ if own => return Form::Object,
                [one] => return Form::Same(one.clone()),
                _ => return Form::OneOf(choices),
            }
        }
        let types: Vec<&str> = match view.node.get("type") {
            Some(Node::Text(kind)) => vec![kind.as_str()],
            Some(Node::List(kinds)) => kinds.iter().filter_map(Node::text).filter(|kind| *kind != "null").collect(),
            Some(other) => {
                let place = view.child(other, "type");
                self.error(&place, format!("`type` must be a string or a list; this is {}", other.kind()));
                return Form::Any;
            }
            None => Vec::new(),
        };
        let kind = match types.as_slice() {
            [] => implied(view.node),
            [one] => one,
            ["integer", "number"] | ["number", "integer"] => "number",
            _ => return Form::Types(types),
        };
        self.of_type(view, kind)
    }

    /// What a schema comes down to that is of one type.
    pub(super) fn of_type(&mut self, view: &View<'a>, kind: &str) -> Form<'a> {
        let values = view.node.get("enum").is_some() || view.node.get("const").is_some();
        match kind {
            "string" if values => Form::Enum,
            "string" => Form::Text,
            "integer" => Form::Integer,
            "number" => Form::Number,
            "boolean" => Form::Bool,
            "array" => Form::List(view.get("items").filter(|_| view.node.get("prefixItems").is_none())),
            "object" => Form::Object,
            "any" | "null" => Form::Any,
            other => {
                let known = ["array", "boolean", "integer", "number", "object", "string"];
                let place = view.get("type").unwrap_or_else(|| view.clone());
                let error = self.fault(&place, format!("`{other}` is no type of an OpenAPI document"));
                let error = error.help(format!("one of: {}", known.join(", "))).suggest(other, known);
                self.tell(error);
                Form::Any
            }
        }
    }

    /// Whether a schema is an object, itself or by what it refers to.
    pub(super) fn is_object(&mut self, view: &View<'a>) -> bool {
        // What is made of itself is told where its parts are gathered.
        if self.depth > 32 {
            return true;
        }
        let Some(target) = self.target(view) else { return true };
        self.depth += 1;
        let is = match self.form(&target) {
            Form::Object => true,
            Form::Same(inner) => self.is_object(&inner),
            Form::OneOf(choices) => choices.iter().all(|choice| self.is_object(choice)),
            _ => false,
        };
        self.depth -= 1;
        is
    }
}

/// The type that a schema without `type` speaks of.
fn implied(node: &Node) -> &'static str {
    let has = |key| node.get(key).is_some();
    let values = || match (node.get("enum"), node.get("const")) {
        (Some(Node::List(values)), _) => values.iter().find(|value| **value != Node::Null),
        (_, constant) => constant,
    };
    if has("properties") || has("additionalProperties") || has("patternProperties") || has("allOf") {
        return "object";
    }
    if has("items") {
        return "array";
    }
    match values() {
        Some(Node::Text(_)) => "string",
        Some(Node::Bool(_)) => "boolean",
        Some(Node::Number(number)) if number.is_f64() => "number",
        Some(Node::Number(_)) => "integer",
        _ => "any",
    }
}

/// Whether a schema says anything of the type: not only what it is for, or what must be set.
pub(super) fn says_something(view: &View<'_>) -> bool {
    let typing = [
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
        "oneOf",
        "anyOf",
    ];
    typing.into_iter().any(|key| view.node.get(key).is_some())
}

pub(super) fn is_null(view: &View<'_>) -> bool {
    let only_null = |key| matches!(view.node.get(key), Some(Node::List(values)) if *values == [Node::Null]);
    view.text("type") == Some("null") || only_null("enum")
}
