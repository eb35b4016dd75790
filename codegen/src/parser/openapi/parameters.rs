//! Parameters in paths, queries, headers and cookies.

use super::constraints::kind;
use super::limits::COMPOSITION_DEPTH;
use super::normalize::Normalized;
use super::reader::Reader;
use super::view::View;
use crate::model::{DefinedIn, Parameter, ParameterLocation, Style, Type, essence, is_json};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A parameter as it is declared.
#[derive(Clone)]
pub(super) struct Declared<'a> {
    /// Its name on the wire.
    pub(super) name: String,
    /// `path`, `query`, `header`, `cookie` or `querystring`, in lower case.
    pub(super) place: String,
    /// The declaration, behind references.
    pub(super) view: View<'a>,
}

impl<'a> Reader<'a> {
    /// Returns the parameters of a method: its own, and those of its path that it does not declare again.
    pub(super) fn declared(&mut self, items: &[View<'a>], operation: &View<'a>) -> Vec<Declared<'a>> {
        let mut declared: Vec<Declared<'a>> = Vec::new();
        let mut known: HashSet<(String, String)> = HashSet::new();
        for holder in [operation].into_iter().chain(items) {
            let mut here: HashSet<(String, String)> = HashSet::new();
            for entry in self.list(holder, "parameters").iter().flat_map(View::items) {
                // Those of the path are repeated by each of its operations.
                let reference = if holder.id() == operation.id() { &entry } else { operation };
                let Some(view) = self.target(&entry).filter(|view| self.may_repeat(reference, view)) else {
                    continue;
                };
                let (Some(name), Some(place)) = (self.text(&view, "name"), self.text(&view, "in")) else {
                    if let Some(key) = ["name", "in"].into_iter().find(|key| view.node.get(key).is_none()) {
                        self.warn(&view, format!("missing `{key}` of a parameter: it is left out"));
                    }
                    continue;
                };
                let place = place.to_ascii_lowercase();
                // Names of headers are the same in any case.
                let same = if place == "header" { name.to_ascii_lowercase() } else { name.to_owned() };
                if !here.insert((same.clone(), place.clone())) {
                    self.warn(&entry, format!("duplicate parameter `{name}`: the first one counts"));
                } else if known.insert((same, place.clone())) {
                    declared.push(Declared { name: name.to_owned(), place, view });
                }
            }
        }
        declared
    }

    /// Returns a parameter, unless it is left out.
    pub(super) fn parameter(&mut self, method: &str, declared: &Declared<'a>) -> Option<Parameter> {
        let Declared { name, place, view } = declared;
        let location = match place.as_str() {
            "path" => ParameterLocation::Path,
            "query" => ParameterLocation::Query,
            // OpenAPI states these elsewhere: by bodies, responses and security.
            "header" if ["accept", "content-type", "authorization"].contains(&name.to_lowercase().as_str()) => {
                return None;
            }
            // The HTTP library sets these.
            "header" if ["content-length", "host"].contains(&name.to_lowercase().as_str()) => return None,
            "header" => ParameterLocation::Header,
            "cookie" => ParameterLocation::Cookie,
            "querystring" => return Some(self.whole_query(method, declared)),
            other => {
                let place = view.get_or_self("in");
                let known = ["path", "query", "header", "cookie", "querystring"];
                let warning = self.warning_at(&place, format!("unknown location `{other}` of the parameter `{name}`"));
                self.report(&place, warning.help(format!("one of: {}", known.join(", "))).suggest(other, known));
                return None;
            }
        };
        let defined_in = DefinedIn::Parameter { method: method.to_owned(), parameter: name.clone() };
        let Some(schema) = self.stated_schema(view) else {
            let content = view.get("content").and_then(|content| content.members().next());
            return Some(match content {
                Some((kind, media)) if is_json(kind) => {
                    let ty = media.get("schema").map_or(Type::Any, |schema| self.ty(&schema, &defined_in));
                    self.finished(declared, location, ty, false, Style::Json)
                }
                // A document of another type is text.
                _ => self.finished(declared, location, Type::String, false, Style::Repeat),
            });
        };
        let style = self.style(view, location);
        let items = self.items(&schema);
        let (ty, repeated) = match &items {
            Some(Some(items)) if !self.is_scalar(items) => (self.ty(&schema, &defined_in), false),
            Some(Some(items)) => (self.ty(items, &defined_in), true),
            Some(None) => (Type::String, true),
            None => (self.ty(&schema, &defined_in), false),
        };
        let is_scalar = items.is_none() && self.is_scalar(&schema);
        let style = match (style, location) {
            // Of a single value, lists are not separated.
            (
                Style::Repeat | Style::Comma | Style::Space | Style::Pipe,
                ParameterLocation::Query | ParameterLocation::Cookie,
            ) if is_scalar => Style::Repeat,
            (Style::LabelExploded, _) if is_scalar => Style::Label,
            (Style::MatrixExploded, _) if is_scalar => Style::Matrix,
            // Lists in headers and paths are separated by commas, exploded or not.
            (Style::Repeat, ParameterLocation::Path | ParameterLocation::Header) if repeated || is_scalar => {
                Style::Comma
            }
            (style, _) => style,
        };
        Some(self.finished(declared, location, ty, repeated, style))
    }

    /// Returns a parameter that is the whole query: the fields of a form, JSON, or text.
    fn whole_query(&mut self, method: &str, declared: &Declared<'a>) -> Parameter {
        let Declared { name, view, .. } = declared;
        let defined_in = DefinedIn::Parameter { method: method.to_owned(), parameter: name.clone() };
        let content = view.get("content").and_then(|content| content.members().next());
        let schema = content.as_ref().and_then(|(_, media)| media.get("schema"));
        let kind = content.as_ref().map_or("", |(kind, _)| *kind);
        let is_form = essence(kind) == "application/x-www-form-urlencoded"
            && schema.as_ref().is_none_or(|schema| self.is_object(schema));
        let style = if is_json(kind) { Style::Json } else { Style::Repeat };
        let ty = match schema {
            Some(schema) if is_form || is_json(kind) => self.ty(&schema, &defined_in),
            None if is_form => Type::Object,
            None if is_json(kind) => Type::Any,
            _ => Type::String,
        };
        let parameter = self.finished(declared, ParameterLocation::Query, ty, false, style);
        // The names of a form are those of its fields.
        Parameter { wire_name: (!is_form).then(String::new), ..parameter }
    }

    /// Returns the encoding that `style` and `explode` state.
    pub(super) fn style(&mut self, view: &View<'a>, location: ParameterLocation) -> Style {
        let default = match location {
            ParameterLocation::Query | ParameterLocation::Cookie => "form",
            ParameterLocation::Path | ParameterLocation::Header => "simple",
        };
        let style = self.text(view, "style").unwrap_or(default);
        let explode = view.node.get("explode").map_or(matches!(style, "form" | "cookie"), |_| view.flag("explode"));
        match (style, explode, location) {
            ("form" | "simple" | "cookie" | "spaceDelimited" | "pipeDelimited", true, _) => Style::Repeat,
            ("form" | "simple" | "cookie", false, _) => Style::Comma,
            ("spaceDelimited", false, _) => Style::Space,
            ("pipeDelimited", false, _) => Style::Pipe,
            ("deepObject", _, ParameterLocation::Query | ParameterLocation::Cookie) => Style::Deep,
            ("label", true, ParameterLocation::Path) => Style::LabelExploded,
            ("label", false, ParameterLocation::Path) => Style::Label,
            ("matrix", true, ParameterLocation::Path) => Style::MatrixExploded,
            ("matrix", false, ParameterLocation::Path) => Style::Matrix,
            (other, ..) => {
                let place = view.get_or_self("style");
                let known: &[&str] = match location {
                    ParameterLocation::Path => &["simple", "label", "matrix"],
                    ParameterLocation::Query => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
                    ParameterLocation::Header => &["simple"],
                    ParameterLocation::Cookie => &["form", "cookie"],
                };
                let warning = self.warning_at(&place, format!("unknown style `{other}`: `{default}` is assumed"));
                let help = format!("one of: {}", known.join(", "));
                self.report(&place, warning.help(help).suggest(other, known.iter().copied()));
                if default == "form" { Style::Repeat } else { Style::Comma }
            }
        }
    }

    fn finished(
        &mut self,
        declared: &Declared<'a>,
        location: ParameterLocation,
        ty: Type,
        repeated: bool,
        style: Style,
    ) -> Parameter {
        let view = &declared.view;
        let content = view.get("content").and_then(|content| content.members().next());
        let schema = view.get("schema").or_else(|| content?.1.get("schema"));
        let constraints = schema.as_ref().map(|schema| self.constraints(schema)).unwrap_or_default();
        let doc = view.text("description").or_else(|| schema.as_ref().and_then(|schema| schema.text("description")));
        Parameter {
            wire_name: None,
            location,
            ty,
            repeated,
            required: location == ParameterLocation::Path || view.flag("required"),
            style,
            reserved: location == ParameterLocation::Query && view.flag("allowReserved"),
            doc: doc.map(str::to_owned),
            // A schema with a name is deprecated itself.
            deprecated: view.flag("deprecated")
                || schema.as_ref().is_some_and(|schema| schema.node.get("$ref").is_none() && schema.flag("deprecated")),
            constraints,
            pointer: self.files.show(view),
        }
    }

    /// Returns the schema of a list's elements, if there is one; `None` if the schema is not a list.
    pub(super) fn items(&mut self, schema: &View<'a>) -> Option<Option<View<'a>>> {
        let mut at = schema.clone();
        for _ in 0..COMPOSITION_DEPTH {
            let target = self.target(&at)?;
            match self.normalize(&target) {
                Normalized::List(items) => return Some(items),
                Normalized::Same(inner) => at = inner,
                _ => return None,
            }
        }
        None
    }

    /// Returns `true` if a schema is text, a number or a boolean, or one of several of these.
    pub(super) fn is_scalar(&mut self, schema: &View<'a>) -> bool {
        let mut open = vec![schema.clone()];
        for _ in 0..COMPOSITION_DEPTH {
            let Some(at) = open.pop() else { return true };
            let Some(target) = self.target(&at) else { continue };
            match self.normalize(&target) {
                Normalized::Same(inner) => open.push(inner),
                Normalized::OneOf(choices) => open.extend(choices),
                Normalized::Types(kinds) if kinds.iter().all(|kind| !matches!(*kind, "object" | "array")) => {}
                Normalized::Types(_)
                | Normalized::List(_)
                | Normalized::Object
                | Normalized::Extended
                | Normalized::ObjectWithChoice(_) => return false,
                _ => {}
            }
        }
        true
    }

    /// Returns the parameters that every path has by reference, under the names that Discovery gives them: `alt` for
    /// `$alt`, which Google's servers take for the same.
    pub(super) fn shared(&mut self, root: &View<'a>) -> BTreeMap<String, Declared<'a>> {
        let components = root.at(["components", "parameters"]);
        let mut paths = 0usize;
        let mut uses: HashMap<&'a str, usize> = HashMap::new();
        for (_, item) in root.get("paths").iter().flat_map(View::members) {
            paths = paths.saturating_add(1);
            let entries = item.get("parameters");
            let references: HashSet<&'a str> =
                entries.iter().flat_map(View::items).filter_map(|entry| entry.text("$ref")).collect();
            for reference in references {
                let count = uses.entry(reference).or_default();
                *count = count.saturating_add(1);
            }
        }
        let mut shared = BTreeMap::new();
        for (key, view) in components.iter().flat_map(View::members).filter(|_| paths > 0) {
            let reference = format!("#/components/parameters/{}", crate::source::escape(key));
            let (Some(name), Some("query")) = (view.text("name"), view.text("in")) else {
                continue;
            };
            if uses.get(reference.as_str()) == Some(&paths) {
                let known = if name.starts_with("$.") { name } else { name.trim_start_matches('$') };
                let declared = Declared { name: name.to_owned(), place: "query".to_owned(), view: view.clone() };
                shared.insert(known.to_owned(), declared);
            }
        }
        shared
    }

    /// Returns a parameter of every method. These are set as text, whatever their type.
    pub(super) fn shared_parameter(&mut self, declared: &Declared<'a>) -> Parameter {
        let mut parameter = self.finished(declared, ParameterLocation::Query, Type::String, false, Style::Repeat);
        let schema = declared.view.get("schema").and_then(|schema| self.target(&schema));
        parameter.constraints.state_kind(schema.as_ref().and_then(kind));
        parameter
    }
}
