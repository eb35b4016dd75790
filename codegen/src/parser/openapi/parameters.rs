//! Parameters of paths, queries and headers.

use super::body::is_json;
use super::files::View;
use super::form::Form;
use super::node::Node;
use super::reader::Reader;
use crate::model::{Home, Location, Parameter, Style, Type};
use std::collections::BTreeMap;

/// A parameter as it is declared.
#[derive(Clone)]
pub(super) struct Declared<'a> {
    /// Its name on the wire.
    pub(super) name: String,
    /// `path`, `query`, `header` or `cookie`.
    pub(super) place: String,
    /// The declaration, behind references.
    pub(super) view: View<'a>,
}

impl<'a> Reader<'a> {
    /// The parameters of a method: its own, and those of its path that it does not declare again.
    pub(super) fn declared(&mut self, item: &View<'a>, operation: &View<'a>) -> Vec<Declared<'a>> {
        let mut declared: Vec<Declared<'a>> = Vec::new();
        for holder in [operation, item] {
            let mut here: Vec<Declared<'a>> = Vec::new();
            for entry in self.list(holder, "parameters").iter().flat_map(View::items) {
                let Some(view) = self.target(&entry) else {
                    continue;
                };
                let (Some(name), Some(place)) = (self.text(&view, "name"), self.text(&view, "in")) else {
                    if view.node.get("name").is_none() || view.node.get("in").is_none() {
                        let key = if view.node.get("name").is_none() { "name" } else { "in" };
                        self.error(&view, format!("a parameter without `{key}`"));
                    }
                    continue;
                };
                let same = |other: &Declared<'_>| other.name == name && other.place == place;
                if here.iter().any(same) {
                    self.error(&entry, format!("the parameter `{name}` is there twice"));
                } else if !declared.iter().any(same) {
                    here.push(Declared { name: name.to_owned(), place: place.to_owned(), view });
                }
            }
            declared.extend(here);
        }
        declared
    }

    /// A parameter in the model by its name on the wire, or several for an object; none where it is not supported, which
    /// is then told.
    pub(super) fn parameter(&mut self, method: &str, declared: &Declared<'a>) -> Vec<(String, Parameter)> {
        let Declared { name, place, view } = declared;
        let subject = format!("{method}: parameter {name}");
        let location = match place.as_str() {
            "path" => Location::Path,
            "query" => Location::Query,
            // OpenAPI has these said elsewhere: by bodies, replies and security.
            "header" if ["accept", "content-type", "authorization"].contains(&name.to_lowercase().as_str()) => {
                return Vec::new();
            }
            "header" => Location::Header,
            "cookie" => {
                self.skip(view, subject, "cookies are not sent");
                return Vec::new();
            }
            other => {
                let place = view.get("in").unwrap_or_else(|| view.clone());
                let known = ["path", "query", "header", "cookie"];
                let error = self.fault(&place, format!("the parameter `{name}` is in `{other}`"));
                self.tell(error.help("`in` is `path`, `query`, `header` or `cookie`").suggest(other, known));
                return Vec::new();
            }
        };
        let one = |parameter| vec![(name.clone(), parameter)];
        let Some(schema) = self.object(view, "schema") else {
            let content = view.get("content").and_then(|content| content.members().next().map(|(kind, _)| kind));
            return match content {
                // A value shows as the JSON that it is.
                Some(kind) if is_json(kind) => one(self.finished(declared, location, Type::Any, false, Style::Repeat)),
                Some(kind) => {
                    self.skip(view, subject, format!("its value is a document of type {kind}"));
                    Vec::new()
                }
                None => one(self.finished(declared, location, Type::String, false, Style::Repeat)),
            };
        };
        let home = Home::Parameter { method: method.to_owned(), parameter: name.clone() };
        let style = view.text("style").unwrap_or(match location {
            Location::Query => "form",
            Location::Path | Location::Header => "simple",
        });
        let explode = view.node.get("explode").map_or(style == "form", |explode| *explode == Node::Bool(true));
        let (list, object) = self.nature(&schema);
        if object {
            let written = match (style, explode, location) {
                ("deepObject", _, Location::Query) => Some(true),
                ("form", true, Location::Query) => Some(false),
                _ => None,
            };
            if let Some(deep) = written {
                let members = self.members_of(method, declared, &schema, deep);
                if !members.is_empty() {
                    return members;
                }
            }
            self.skip(view, subject, format!("an object in style `{style}`"));
            return Vec::new();
        }
        let style = match (style, explode) {
            ("form" | "spaceDelimited" | "pipeDelimited", true) => Style::Repeat,
            ("form" | "simple", _) => Style::Comma,
            ("spaceDelimited", false) => Style::Space,
            ("pipeDelimited", false) => Style::Pipe,
            (other, _) => {
                self.skip(view, subject, format!("style `{other}`"));
                return Vec::new();
            }
        };
        let ty = if list { self.element(&schema, &home) } else { self.ty(&schema, &home) };
        one(self.finished(declared, location, ty, list, if list { style } else { Style::Repeat }))
    }

    /// The properties of an object in the query, each a parameter: `filter[a]` where it is deep, else `a`.
    fn members_of(
        &mut self,
        method: &str,
        declared: &Declared<'a>,
        schema: &View<'a>,
        deep: bool,
    ) -> Vec<(String, Parameter)> {
        let Some(target) = self.target(schema) else { return Vec::new() };
        let mut members = BTreeMap::new();
        for part in self.parts(&target, "") {
            let required = self.list(&part.view, "required");
            let required: Vec<_> = required.iter().flat_map(View::items).filter_map(|name| name.node.text()).collect();
            for (property, view) in self.object(&part.view, "properties").iter().flat_map(View::members) {
                let name = if deep { format!("{}[{property}]", declared.name) } else { property.to_owned() };
                let (list, object) = self.nature(&view);
                if object {
                    let subject = format!("{method}: parameter {name}");
                    self.skip(&view, subject, "an object within an object");
                    continue;
                }
                let home = Home::Parameter { method: method.to_owned(), parameter: name.clone() };
                let ty = if list { self.element(&view, &home) } else { self.ty(&view, &home) };
                let finished = self.finished(declared, Location::Query, ty, list, Style::Repeat);
                let parameter = Parameter {
                    required: declared.view.flag("required") && required.contains(&property),
                    doc: view.text("description").map(str::to_owned).or(finished.doc),
                    deprecated: finished.deprecated || view.flag("deprecated"),
                    constraints: self.constraints(&view),
                    pointer: self.files.show(&view),
                    ..finished
                };
                members.insert(name, parameter);
            }
        }
        members.into_iter().collect()
    }

    fn finished(
        &mut self,
        declared: &Declared<'a>,
        location: Location,
        ty: Type,
        repeated: bool,
        style: Style,
    ) -> Parameter {
        let view = &declared.view;
        let schema = view.get("schema");
        let constraints = schema.as_ref().map(|schema| self.constraints(schema)).unwrap_or_default();
        let doc = view.text("description").or_else(|| schema.as_ref().and_then(|schema| schema.text("description")));
        Parameter {
            location,
            ty,
            repeated,
            required: location == Location::Path || view.flag("required"),
            style,
            doc: doc.map(str::to_owned),
            deprecated: view.flag("deprecated"),
            constraints,
            pointer: self.files.show(view),
        }
    }

    /// Whether a schema is a list, and whether it is an object.
    fn nature(&mut self, schema: &View<'a>) -> (bool, bool) {
        let Some(target) = self.target(schema) else {
            return (false, false);
        };
        match self.form(&target) {
            Form::List(_) => (true, false),
            Form::Object => (false, true),
            Form::Same(inner) if inner.pointer != schema.pointer => self.nature(&inner),
            _ => (false, false),
        }
    }

    /// What a list of values holds.
    fn element(&mut self, schema: &View<'a>, home: &Home) -> Type {
        let Some(target) = self.target(schema) else {
            return Type::String;
        };
        match self.form(&target) {
            Form::List(Some(items)) => self.ty(&items, home),
            Form::Same(inner) => self.element(&inner, home),
            _ => Type::String,
        }
    }

    /// The parameters that every path has by reference, under the names that Discovery gives them: `alt`, where the
    /// wire name is `$alt`, which Google's servers take for the same.
    pub(super) fn shared(&mut self, root: &View<'a>) -> BTreeMap<String, Declared<'a>> {
        let paths: Vec<View<'a>> = root.get("paths").iter().flat_map(View::members).map(|(_, item)| item).collect();
        let components = root.get("components").and_then(|components| components.get("parameters"));
        let mut shared = BTreeMap::new();
        for (key, view) in components.iter().flat_map(View::members) {
            let reference = format!("#/components/parameters/{}", crate::source::escape(key));
            let everywhere = paths.iter().all(|item| {
                let list = item.get("parameters");
                list.iter().flat_map(View::items).any(|entry| entry.text("$ref") == Some(reference.as_str()))
            });
            let (Some(name), Some("query")) = (view.text("name"), view.text("in")) else {
                continue;
            };
            if everywhere && !paths.is_empty() {
                let known = if name.starts_with("$.") { name } else { name.trim_start_matches('$') };
                let declared = Declared { name: name.to_owned(), place: "query".to_owned(), view: view.clone() };
                shared.insert(known.to_owned(), declared);
            }
        }
        shared
    }

    /// A parameter of every method. These are set as text, whatever they are.
    pub(super) fn shared_parameter(&mut self, declared: &Declared<'a>) -> Parameter {
        self.finished(declared, Location::Query, Type::String, false, Style::Repeat)
    }
}
