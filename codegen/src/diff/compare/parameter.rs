//! Comparison of the parameters of a method.

use super::header::HeaderRules;
use super::path::Variables;
use super::relation::Relation;
use super::scalars::scalars;
use super::{Comparison, Draft, Place};
use crate::diff::change::GroupKey;
use crate::diff::describe;
use crate::diff::media_types::takes_media;
use crate::diff::renames;
use crate::diff::rules::{self, Rule};
use crate::diff::signature::Item;
use crate::diff::verdict::Bump;
use crate::model::{
    AlternativeConstraints, Api, Constraints, FormField, Method, Parameter, ParameterLocation, Shape, Style, Type,
};
use serde_json::json;
use std::collections::{BTreeSet, HashMap, HashSet};

/// Rules on headers of the parts of forms.
static OF_PARTS: HeaderRules = HeaderRules {
    added: &rules::FORM_PART_WIDENED,
    removed: &rules::FORM_PART_CHANGED,
    required: &rules::FORM_PART_HEADER_REQUIRED,
    optional: &rules::FORM_PART_WIDENED,
    changed: &rules::FORM_PART_CHANGED,
    widened: &rules::FORM_PART_WIDENED,
    narrowed: &rules::FORM_PART_CHANGED,
};

/// Rules on headers that the parts of forms must have.
static OF_REQUIRED_PARTS: HeaderRules = HeaderRules { added: &rules::FORM_PART_HEADER_REQUIRED, ..OF_PARTS };

impl Comparison<'_> {
    /// Compares parameters. Path variables that were added or removed are reported with the path.
    pub(super) fn parameters(
        &mut self,
        place: &Place,
        (old_method, old): (&str, &Method),
        (new_method, new): (&str, &Method),
        path: &Variables,
    ) {
        let item = |method: &str, name: &str| Some(Item::Parameter(method.to_owned(), name.to_owned()));
        let mut renamed = renames::parameters(old, new, |a, b| !self.same_type(a, b));
        for (was, is) in &path.renamed {
            renamed.insert(was.clone(), is.clone());
        }
        // Names of headers are case-insensitive.
        let is_header = |(_, parameter): &(&String, &Parameter)| parameter.location == ParameterLocation::Header;
        let mut new_headers: HashMap<String, &String> = HashMap::new();
        for (name, _) in new.parameters.iter().filter(is_header) {
            new_headers.entry(name.to_ascii_lowercase()).or_insert(name);
        }
        for (name, _) in old.parameters.iter().filter(is_header).filter(|(name, _)| !new.parameters.contains_key(*name))
        {
            if let Some(other) = new_headers.get(&name.to_ascii_lowercase()) {
                renamed.insert(name.clone(), (*other).clone());
            }
        }
        let taken: HashSet<&String> = renamed.values().collect();
        let same_names = self.old_side.names.parameters(old_method) == self.new_side.names.parameters(new_method);
        for (name, parameter) in &old.parameters {
            let is = renamed.get(name).unwrap_or(name);
            let other = new.parameters.get(is);
            // Fast path: nearly all parameters are unchanged, in the document and in Rust.
            let same = |other: &Parameter| {
                same_names
                    && is == name
                    && other == parameter
                    && self.relation(&parameter.ty, &other.ty) == Relation::Same
            };
            if other.is_some_and(same) {
                continue;
            }
            let label = format!("{}({name})", place.label);
            let place = place.named("parameters", name, label).seen_as(item(old_method, name), item(new_method, is));
            let pointer = other.map_or_else(|| place.pointer.clone(), |other| other.pointer.clone());
            let place = Place { pointer, ..place };
            match other {
                Some(other) => {
                    if !other.required {
                        self.parameter_name(&place, (old_method, name), (new_method, is), parameter);
                    }
                    // If the variable takes another part of the URL, the pattern differs as the path does.
                    let parameter = &match path.values_changed && parameter.location == ParameterLocation::Path {
                        true => {
                            let pattern = other.constraints.pattern.clone();
                            let constraints = Constraints { pattern, ..parameter.constraints.clone() };
                            Parameter { constraints, ..parameter.clone() }
                        }
                        false => parameter.clone(),
                    };
                    self.parameter(&place, name, is, parameter, other);
                }
                None => self.parameter_removed(&place, parameter),
            }
        }
        for (name, parameter) in &new.parameters {
            if !old.parameters.contains_key(name) && !taken.contains(name) {
                let label = format!("{}({name})", place.label);
                let place = place.named("parameters", name, label).seen_as(None, item(new_method, name));
                let place = Place { pointer: parameter.pointer.clone(), ..place };
                self.parameter_added(&place, parameter);
            }
        }
    }

    /// Returns `true` if two types are the same; inline types, which are named after the parameter, are compared by
    /// shape.
    fn same_type(&self, a: &Type, b: &Type) -> bool {
        match (a, b) {
            (Type::Schema(a), Type::Schema(b)) => {
                self.renames.schema(a) == Some(b)
                    || matches!((self.old.schemas.get(a), self.new.schemas.get(b)), (Some(a), Some(b)) if a.shape == b.shape)
            }
            _ => a == b,
        }
    }

    /// Relates two types of a value that is sent as text: unrestricted text includes all numbers and booleans.
    pub(super) fn text_relation(&self, old: &Type, new: &Type) -> Relation {
        let (from, to) = (self.old.resolve(old), self.new.resolve(new));
        let values = |api: &Api, ty: &Type| -> Option<Vec<String>> {
            match api.shape(ty.schema()?) {
                Some(Shape::Enum(one)) => Some(one.values.iter().map(|value| value.name.clone()).collect()),
                _ => None,
            }
        };
        let is_bool = |value: &String| value == "true" || value == "false";
        let is_integer = |value: &String| value.parse::<i32>().is_ok_and(|number| number.to_string() == *value);
        let is_scalar = |ty: &Type| matches!(ty, Type::Int(_) | Type::Float | Type::Double | Type::Bool);
        let takes = |ty: &Type, values: &[String]| match ty {
            Type::Bool => values.iter().all(is_bool),
            Type::Int(_) => values.iter().all(is_integer),
            _ => false,
        };
        let all = |values: &[String]| ["true", "false"].iter().all(|value| values.iter().any(|other| other == value));
        match (from, to, values(self.old, from), values(self.new, to)) {
            (from, Type::String, ..) if is_scalar(from) => Relation::Rule(&rules::TYPE_WIDENED),
            (Type::String, to, ..) if is_scalar(to) => Relation::Rule(&rules::TYPE_NARROWED),
            (_, to, Some(values), None) if takes(to, &values) => Relation::Rule(&rules::TYPE_WIDENED),
            (Type::Bool, _, None, Some(values)) if all(&values) => Relation::Rule(&rules::TYPE_WIDENED),
            (from, _, None, Some(values)) if takes(from, &values) => Relation::Rule(&rules::TYPE_NARROWED),
            (from, to, None, None) if from != to && is_scalar(from) && is_scalar(to) => {
                Relation::Rule(scalars(from, to))
            }
            _ => self.relation(old, new),
        }
    }

    /// Compares the kinds of values that are sent as text of the same type.
    pub(super) fn kinds_of_text(&mut self, place: &Place, a: &Parameter, b: &Parameter) {
        let (from, to) = (kinds(self.old, a), kinds(self.new, b));
        let narrowed = from.iter().any(|kind| !takes(&to, kind));
        let widened = to.iter().any(|kind| !takes(&from, kind));
        let rule: &'static Rule = match (narrowed, widened) {
            (true, true) => &rules::TYPE_CHANGED,
            (true, false) => &rules::TYPE_NARROWED,
            (false, true) => &rules::TYPE_WIDENED,
            (false, false) => return,
        };
        let words = |kinds: &BTreeSet<&str>| kinds.iter().copied().collect::<Vec<_>>().join(" or ");
        let (from, to) = (words(&from), words(&to));
        let message = format!("`{}`: `{from}` → `{to}`", place.label);
        self.push(Draft::new(rule, place, message).values(from, to).in_rust(Bump::Patch));
    }

    fn parameter_removed(&mut self, place: &Place, parameter: &Parameter) {
        // Changes of variables are reported with the path.
        if parameter.location == ParameterLocation::Path {
            return;
        }
        let draft = Draft::new(&rules::PARAMETER_REMOVED, place, format!("`{}` removed", place.label));
        self.push(draft.before(describe::parameter(self.old, parameter)).doc(&parameter.doc));
    }

    fn parameter_added(&mut self, place: &Place, parameter: &Parameter) {
        if parameter.location == ParameterLocation::Path {
            return;
        }
        let draft = match parameter.required {
            true => {
                Draft::new(&rules::REQUIRED_PARAMETER_ADDED, place, format!("`{}` added and required", place.label))
            }
            false => Draft::new(&rules::PARAMETER_ADDED, place, format!("`{}` added", place.label)),
        };
        self.push(draft.after(describe::parameter(self.new, parameter)).doc(&parameter.doc));
    }

    fn parameter(&mut self, place: &Place, old_name: &str, new_name: &str, a: &Parameter, b: &Parameter) {
        self.prose(place, &a.doc, &b.doc);
        let same_header = a.location == ParameterLocation::Header && old_name.eq_ignore_ascii_case(new_name);
        if old_name != new_name && !same_header {
            self.parameter_renamed(place, old_name, new_name, a);
        }
        if a.location != b.location {
            let (from, to) = (part_of_request(a.location), part_of_request(b.location));
            let message = format!("`{}` moved from {from} to {to}", place.label);
            let value = |p: &Parameter| format!("{:?}", p.location).to_lowercase();
            let draft = Draft::new(&rules::PARAMETER_RELOCATED, place, message).values(value(a), value(b));
            let path = place.subject.split(".parameters.").next().unwrap_or_default();
            let draft = draft.caused_by(&format!("{path}.path"), &rules::PATH_PARAMETERS_CHANGED);
            self.push(draft.caused_by(path, &rules::METHOD_RENAMED));
        }
        // Variables of paths, which are always required, are reported with the path.
        let in_path = |parameter: &Parameter| parameter.location == ParameterLocation::Path;
        if a.required != b.required && in_path(a) == in_path(b) {
            let draft = match b.required {
                true => Draft::new(&rules::PARAMETER_REQUIRED, place, format!("`{}` becomes required", place.label)),
                false => Draft::new(&rules::PARAMETER_OPTIONAL, place, format!("`{}` becomes optional", place.label)),
            };
            let draft = draft.caused_by(&place.subject, &rules::PARAMETER_RELOCATED).raises();
            self.push(draft.values(json!({"required": a.required}), json!({"required": b.required})));
        }
        // A list that becomes one JSON text is still a list.
        let json_list = a.repeated != b.repeated
            && [a.style, b.style].contains(&Style::Json)
            && [a, b].iter().all(|of| matches!(whole(of), Type::List(_)));
        // Several values between commas are one text.
        let same_text = match (a.repeated, b.repeated) {
            (true, false) => a.style == Style::Comma && *self.new.resolve(&b.ty) == Type::String,
            (false, true) => b.style == Style::Comma && [&a.ty, &b.ty].iter().all(|ty| **ty == Type::String),
            _ => false,
        };
        if a.repeated != b.repeated && !same_text && !json_list {
            self.parameter_repeated(place, a, b);
        }
        if a.reserved != b.reserved {
            let (rule, verb): (&'static Rule, _) = match b.reserved {
                true => (&rules::RESERVED_ALLOWED, "may have"),
                false => (&rules::RESERVED_ENCODED, "may no longer have"),
            };
            let draft = Draft::new(rule, place, format!("`{}` {verb} reserved characters", place.label));
            self.push(draft.values(json!({"allowReserved": a.reserved}), json!({"allowReserved": b.reserved})));
        }
        // Styles of different parts of a request are different. Those of single values differ by what is before them.
        let several = |api: &Api, parameter: &Parameter| parameter.repeated || api.is_structured(parameter);
        let lists = several(self.old, a) && several(self.new, b);
        let (from, to) = (single(self.old, a), single(self.new, b));
        let styled = a.location == b.location && (lists || from != to);
        if a.style != b.style && styled && !same_text {
            let (from, to) = if lists { (example(a.style), example(b.style)) } else { (from, to) };
            let message = match lists {
                true => style_message(place, a.style, b.style),
                false => {
                    format!("`{}` is written as `{to}` instead of `{from}`", place.label)
                }
            };
            let draft = Draft::new(&rules::PARAMETER_STYLE_CHANGED, place, message).values(from, to);
            // A JSON text is set as a whole.
            self.push(if json_list { draft.in_rust(Bump::Major) } else { draft });
        }
        // The inline type of a renamed parameter has another name, but the same shape.
        if old_name == new_name || !self.same_type(&a.ty, &b.ty) {
            let both_json = [a.style, b.style] == [Style::Json; 2];
            let relation = match same_text {
                true => Relation::Rule(&rules::TYPE_WIDENED),
                false if json_list || both_json => self.relation(&whole(a), &whole(b)),
                false => self.text_relation(&a.ty, &b.ty),
            };
            self.type_change(place, relation, &whole(a), &whole(b));
            if relation == Relation::Same && !json_list {
                self.kinds_of_text(place, a, b);
            }
        }
        if a.deprecated != b.deprecated {
            let draft = match b.deprecated {
                true => Draft::new(&rules::PARAMETER_DEPRECATED, place, format!("`{}` deprecated", place.label)),
                false => {
                    Draft::new(&rules::PARAMETER_UNDEPRECATED, place, format!("`{}` no longer deprecated", place.label))
                }
            };
            self.push(draft.values(json!({"deprecated": a.deprecated}), json!({"deprecated": b.deprecated})));
        }
        // A value that requests must have has no default.
        let (mut was, mut is) = (a.constraints.clone(), b.constraints.clone());
        if a.required || b.required {
            (was.default, is.default) = (None, None);
        }
        self.value_constraints(place, (&a.ty, &was), (&b.ty, &is));
    }

    fn parameter_renamed(&mut self, place: &Place, old_name: &str, new_name: &str, a: &Parameter) {
        let rule: &'static Rule = match (a.location, a.required) {
            (ParameterLocation::Path, _) => &rules::PATH_VARIABLE_RENAMED,
            (_, true) => &rules::REQUIRED_PARAMETER_RENAMED,
            (_, false) => &rules::PARAMETER_RENAMED,
        };
        let base = place.subject.strip_suffix(old_name).unwrap_or(&place.subject);
        let message = format!("`{}` renamed to `{new_name}`", place.label);
        let draft = Draft::new(rule, place, message).values(place.subject.clone(), format!("{base}{new_name}"));
        // Methods share parameters.
        let group = GroupKey {
            key: format!("{old_name} → {new_name}"),
            rule,
            subject: format!("methods.*.parameters.{old_name}"),
            message: format!("parameter `{old_name}` of {{n}} methods renamed to `{new_name}`"),
            least: 2,
        };
        self.push(draft.unless_same_signature().group(group));
    }

    fn parameter_repeated(&mut self, place: &Place, a: &Parameter, b: &Parameter) {
        let draft = match b.repeated {
            // A list of another type is another type.
            true => Draft::new(&rules::PARAMETER_REPEATED, place, format!("`{}` becomes repeated", place.label))
                .caused_by_any(&place.subject, rules::types()),
            false => Draft::new(&rules::PARAMETER_SINGLE, place, format!("`{}` is no longer repeated", place.label)),
        };
        self.push(draft.values(json!({"repeated": a.repeated}), json!({"repeated": b.repeated})));
    }

    /// Compares the encoding of the fields of a form that both revisions have.
    pub(super) fn form(&mut self, place: &Place, old: &Method, new: &Method) {
        let (empty, method) = (FormField::default(), &place.label);
        for name in old.request_form.keys().chain(new.request_form.keys()).collect::<BTreeSet<_>>() {
            let (a, b) = (old.request_form.get(name).unwrap_or(&empty), new.request_form.get(name).unwrap_or(&empty));
            let place = place.named("request.encoding", name, format!("{}({name})", place.label));
            let style = |field: &FormField| example(field.style.unwrap_or_default());
            if style(a) != style(b) {
                let message = style_message(&place, a.style.unwrap_or_default(), b.style.unwrap_or_default());
                self.push(Draft::new(&rules::PARAMETER_STYLE_CHANGED, &place, message).values(style(a), style(b)));
            }
            let subject = format!("the part `{name}` of the form of `{method}`");
            let kinds = |api: &Api, method: &Method, field: &FormField| match field.content_types.is_empty() {
                true => form_default(api, method, name).into_iter().map(str::to_owned).collect(),
                false => field.content_types.clone(),
            };
            let (was, is) = (kinds(self.old, old, a), kinds(self.new, new, b));
            let stated = !(a.content_types.is_empty() && b.content_types.is_empty());
            if was != is && stated {
                let list = |kinds: &BTreeSet<String>| kinds.iter().cloned().collect::<Vec<_>>().join(", ");
                let message = format!("media types of {subject}: `{}` → `{}`", list(&was), list(&is));
                let rule = match was.iter().all(|kind| takes_media(&is, kind)) {
                    true => &rules::FORM_PART_WIDENED,
                    false => &rules::FORM_PART_CHANGED,
                };
                self.push(Draft::new(rule, &place, message).values(json!(was), json!(is)));
            }
            if a.headers != b.headers {
                let message = format!("{subject} has other headers");
                let draft = Draft::new(&rules::FORM_PART_CHANGED, &place, message);
                self.push(draft.values(json!(a.headers), json!(b.headers)));
            }
            for header in a.other_headers.keys().chain(b.other_headers.keys()).collect::<BTreeSet<_>>() {
                // A constant in place of other values, or the reverse, is reported as such.
                let is_constant = |of: &FormField| of.headers.keys().any(|name| name.eq_ignore_ascii_case(header));
                if is_constant(a) || is_constant(b) {
                    continue;
                }
                let subject = format!("header `{header}` of {subject}");
                let label = format!("{} (header {header})", place.label);
                let part = Place { label, ..place.part(&format!("headers.{header}")) };
                let (was, is) = (a.other_headers.get(header), b.other_headers.get(header));
                let of = if is.is_some_and(|is| is.required) { &OF_REQUIRED_PARTS } else { &OF_PARTS };
                self.header(of, &part, &subject, None, (was, is));
            }
        }
    }
}

/// Returns the message about another style.
fn style_message(place: &Place, old: Style, new: Style) -> String {
    let label = &place.label;
    format!("`{label}`: lists and objects are encoded differently: `{}` → `{}`", example(old), example(new))
}

/// Returns the type of all values of a parameter.
fn whole(parameter: &Parameter) -> Type {
    match parameter.repeated {
        true => Type::List(Box::new(parameter.ty.clone())),
        false => parameter.ty.clone(),
    }
}

/// Returns the value 1 of a parameter in its style.
fn single(api: &Api, parameter: &Parameter) -> &'static str {
    match parameter.style {
        Style::Label | Style::LabelExploded => ".1",
        Style::Matrix | Style::MatrixExploded => ";a=1",
        Style::Json
            if !matches!(api.resolve(&parameter.ty), Type::Int(_) | Type::Float | Type::Double | Type::Bool) =>
        {
            "\"1\""
        }
        _ => "1",
    }
}

/// Returns an example of a style, in words or as the list of 1 and 2.
fn example(style: Style) -> &'static str {
    match style {
        Style::Repeat => "a=1&a=2",
        Style::Comma => "1,2",
        Style::Space => "1%202",
        Style::Pipe => "1|2",
        Style::Label => ".1,2",
        Style::LabelExploded => ".1.2",
        Style::Matrix => ";a=1,2",
        Style::MatrixExploded => ";a=1;a=2",
        Style::Deep => "a[0]=1&a[1]=2",
        Style::Json => "JSON",
    }
}

/// Returns the media type that a field of a form has by its type.
fn form_default(api: &Api, method: &Method, field: &str) -> Option<&'static str> {
    let Some(Type::Schema(form)) = method.request.as_ref().map(|ty| api.resolve(ty)) else { return None };
    let Some(Shape::Message(message)) = api.shape(form) else { return None };
    let mut ty = api.resolve(&message.fields.get(field)?.ty);
    while let Type::List(inner) | Type::Nullable(inner) = ty {
        ty = api.resolve(inner);
    }
    let is_enum = |name: &String| matches!(api.shape(name), Some(Shape::Enum(_)));
    Some(match ty {
        Type::File | Type::Bytes | Type::UrlSafeBytes => "application/octet-stream",
        Type::Schema(name) if !is_enum(name) => "application/json",
        Type::Map(_) | Type::Object | Type::Any => "application/json",
        _ => "text/plain",
    })
}

/// Returns the kinds of the alternatives of a parameter that is sent as text; `string` for any text.
fn kinds<'a>(api: &Api, parameter: &'a Parameter) -> BTreeSet<&'a str> {
    let own = &parameter.constraints;
    let of = if parameter.repeated { own.items.as_deref().unwrap_or(own) } else { own };
    match api.resolve(&parameter.ty) {
        Type::String if !of.alternatives.is_empty() => of.alternatives.iter().map(kind).collect(),
        _ => BTreeSet::from(["string"]),
    }
}

fn kind(one: &AlternativeConstraints) -> &str {
    let restricts = Constraints { nullable: false, default: None, ..one.constraints.clone() };
    match one.kind.as_str() {
        "string" if !one.texts.is_empty() || restricts != Constraints::default() => "restricted string",
        kind => kind,
    }
}

/// Returns `true` if some kinds of values include another one.
fn takes(kinds: &BTreeSet<&str>, kind: &str) -> bool {
    kinds.contains(kind) || kinds.contains("string") || kind == "integer" && kinds.contains("number")
}

fn part_of_request(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "the path",
        ParameterLocation::Query => "the query",
        ParameterLocation::Header => "a header",
        ParameterLocation::Cookie => "a cookie",
    }
}
