//! Parameters in paths, queries and headers.

use super::body::is_json;
use super::normalize::Normalized;
use super::reader::{COMPOSITION_DEPTH, Reader};
use super::view::{Place, View};
use crate::model::{DefinedIn, Location, Parameter, Style, Type};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Maximum nesting depth of objects in the query.
const DEPTH: usize = 6;

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

/// An object in the query, whose properties are parameters.
struct Members<'m, 'a> {
    method: &'m str,
    declared: &'m Declared<'a>,
    /// True for `filter[a]`, false for `a`.
    deep: bool,
    found: BTreeMap<String, Parameter>,
}

impl<'a> Reader<'a> {
    /// Returns the parameters of a method: its own, and those of its path that it does not declare again.
    pub(super) fn declared(&mut self, item: &View<'a>, operation: &View<'a>) -> Vec<Declared<'a>> {
        let mut declared: Vec<Declared<'a>> = Vec::new();
        let mut known: HashSet<(&'a str, &'a str)> = HashSet::new();
        for holder in [operation, item] {
            let mut here: HashSet<(&'a str, &'a str)> = HashSet::new();
            for entry in self.list(holder, "parameters").iter().flat_map(View::items) {
                let Some(view) = self.target(&entry) else {
                    continue;
                };
                let (Some(name), Some(place)) = (self.text(&view, "name"), self.text(&view, "in")) else {
                    if let Some(key) = ["name", "in"].into_iter().find(|key| view.node.get(key).is_none()) {
                        self.warn(&view, format!("missing `{key}` of a parameter: it is left out"));
                    }
                    continue;
                };
                if !here.insert((name, place)) {
                    self.warn(&entry, format!("duplicate parameter `{name}`: the first one counts"));
                } else if known.insert((name, place)) {
                    declared.push(Declared { name: name.to_owned(), place: place.to_owned(), view });
                }
            }
        }
        declared
    }

    /// Returns a parameter by its name on the wire, several for an object, or none where it is left out.
    pub(super) fn parameter(&mut self, method: &str, declared: &Declared<'a>) -> Vec<(String, Parameter)> {
        let Declared { name, place, view } = declared;
        let subject = format!("{method}: parameter {name}");
        let location = match place.as_str() {
            "path" => Location::Path,
            "query" => Location::Query,
            // OpenAPI states these elsewhere: by bodies, responses and security.
            "header" if ["accept", "content-type", "authorization"].contains(&name.to_lowercase().as_str()) => {
                return Vec::new();
            }
            "header" => Location::Header,
            "cookie" => {
                self.skip(view, subject, "cookies are not sent");
                return Vec::new();
            }
            other => {
                let place = view.get_or_self("in");
                let known = ["path", "query", "header", "cookie"];
                let warning = self.warning_at(&place, format!("unknown place `{other}` of the parameter `{name}`"));
                self.report(&place, warning.help(format!("one of: {}", known.join(", "))).suggest(other, known));
                return Vec::new();
            }
        };
        let one = |parameter| vec![(name.clone(), parameter)];
        let Some(schema) = self.object(view, "schema") else {
            let content = view.get("content").and_then(|content| content.members().next().map(|(kind, _)| kind));
            return match content {
                // The value is written as JSON.
                Some(kind) if is_json(kind) => one(self.finished(declared, location, Type::Any, false, Style::Repeat)),
                Some(kind) => {
                    self.skip(view, subject, format!("its value is a document of type {kind}"));
                    Vec::new()
                }
                None => one(self.finished(declared, location, Type::String, false, Style::Repeat)),
            };
        };
        let defined_in = DefinedIn::Parameter { method: method.to_owned(), parameter: name.clone() };
        let style = view.text("style").unwrap_or(match location {
            Location::Query => "form",
            Location::Path | Location::Header => "simple",
        });
        let explode = view.node.get("explode").map_or(style == "form", |_| view.flag("explode"));
        let (list, object) = self.nature(&schema);
        if style == "deepObject" && location == Location::Query {
            return self.members_of(method, declared, &schema, true);
        }
        if object {
            if style == "form" && explode && location == Location::Query {
                let members = self.members_of(method, declared, &schema, false);
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
        let ty = if list { self.element(&schema, &defined_in) } else { self.ty(&schema, &defined_in) };
        one(self.finished(declared, location, ty, list, if list { style } else { Style::Repeat }))
    }

    /// Returns the properties of an object in the query, each as a parameter: `filter[a]` where it is deep, else `a`.
    fn members_of(
        &mut self,
        method: &str,
        declared: &Declared<'a>,
        schema: &View<'a>,
        deep: bool,
    ) -> Vec<(String, Parameter)> {
        let mut members = Members { method, declared, deep, found: BTreeMap::new() };
        let name = if deep { declared.name.as_str() } else { "" };
        self.collect_members(name, schema, declared.view.flag("required"), &mut Vec::new(), &mut members);
        members.found.into_iter().collect()
    }

    /// Adds the parameters that a value in the query is made of: a scalar one, `name[]` for the elements of a list,
    /// `name[property]` for each property of an object, and all of these for a choice.
    fn collect_members(
        &mut self,
        name: &str,
        schema: &View<'a>,
        required: bool,
        path: &mut Vec<Place>,
        members: &mut Members<'_, 'a>,
    ) {
        let Some(target) = self.target(schema) else { return };
        let subject = format!("{}: parameter {name}", members.method);
        if !self.may_copy(schema, 1) {
            return;
        }
        if path.len() >= DEPTH || path.contains(&target.place()) {
            self.skip(schema, subject, "an object within itself, or nested too deep");
            return;
        }
        path.push(target.place());
        match self.normalize(&target) {
            Normalized::Same(inner) => self.collect_members(name, &inner, required, path, members),
            Normalized::OneOf(choices) if choices.iter().any(|choice| self.nature(choice) != (false, false)) => {
                // Alternatives are not required, each by itself.
                choices.iter().for_each(|choice| self.collect_members(name, choice, false, path, members));
            }
            Normalized::Object => {
                for part in self.parts(&target, "") {
                    let listed = self.list(&part.view, "required");
                    let listed: HashSet<&str> =
                        listed.iter().flat_map(View::items).filter_map(|name| name.node.text()).collect();
                    for (property, view) in self.object(&part.view, "properties").iter().flat_map(View::members) {
                        let nested = !name.is_empty();
                        let wire = if nested { format!("{name}[{property}]") } else { property.to_owned() };
                        let required = required && listed.contains(property);
                        if members.deep || self.nature(&view) == (false, false) {
                            self.collect_members(&wire, &view, required, path, members);
                        } else if self.nature(&view).0 {
                            self.add_member(wire, &view, true, required, members);
                        } else {
                            let subject = format!("{}: parameter {wire}", members.method);
                            self.skip(&view, subject, "an object within an object");
                        }
                    }
                }
                if !self.has_properties(&target) {
                    self.skip(schema, subject, "an object with properties of any name");
                }
            }
            Normalized::List(Some(items)) if members.deep && self.nature(&items) != (false, false) => {
                self.skip(schema, subject, "a list of objects or lists in the query");
            }
            Normalized::List(_) => {
                let wire = if members.deep { format!("{name}[]") } else { name.to_owned() };
                self.add_member(wire, schema, true, required, members);
            }
            _ => self.add_member(name.to_owned(), schema, false, required, members),
        }
        path.pop();
    }

    fn add_member(&mut self, name: String, view: &View<'a>, list: bool, required: bool, members: &mut Members<'_, 'a>) {
        if members.found.contains_key(&name) {
            return;
        }
        let defined_in = DefinedIn::Parameter { method: members.method.to_owned(), parameter: name.clone() };
        let ty = if list { self.element(view, &defined_in) } else { self.ty(view, &defined_in) };
        let finished = self.finished(members.declared, Location::Query, ty, list, Style::Repeat);
        let parameter = Parameter {
            required,
            doc: view.text("description").map(str::to_owned).or(finished.doc),
            deprecated: finished.deprecated || view.flag("deprecated"),
            constraints: self.constraints(view),
            pointer: self.files.show(view),
            ..finished
        };
        members.found.insert(name, parameter);
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
            wire_name: None,
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

    /// Returns whether a schema is a list, and whether it is an object.
    fn nature(&mut self, schema: &View<'a>) -> (bool, bool) {
        let mut at = schema.clone();
        for _ in 0..COMPOSITION_DEPTH {
            let Some(target) = self.target(&at) else {
                return (false, false);
            };
            match self.normalize(&target) {
                Normalized::List(_) => return (true, false),
                Normalized::Object | Normalized::Extended | Normalized::Beside(_) => return (false, true),
                Normalized::Same(inner) => at = inner,
                _ => return (false, false),
            }
        }
        (false, false)
    }

    /// Returns the type of a list's elements.
    fn element(&mut self, schema: &View<'a>, defined_in: &DefinedIn) -> Type {
        let mut at = schema.clone();
        for _ in 0..COMPOSITION_DEPTH {
            let Some(target) = self.target(&at) else {
                return Type::String;
            };
            match self.normalize(&target) {
                Normalized::List(Some(items)) => return self.ty(&items, defined_in),
                Normalized::Same(inner) => at = inner,
                _ => return Type::String,
            }
        }
        Type::String
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
        self.finished(declared, Location::Query, Type::String, false, Style::Repeat)
    }
}
