//! `oneOf`, `anyOf` and several types: a value that is one of several.

use super::discriminator::Told;
use super::files::View;
use super::form::Form;
use super::node::Node;
use super::reader::Reader;
use crate::model::{Alternative, Enumeration, Home, Int, OneOf, Shape, Type};
use crate::parser::lowering::formats;
use heck::ToUpperCamelCase;

/// What several alternatives come down to.
pub(super) enum Choice {
    /// Text out of one list.
    Enum(Enumeration),
    /// One type.
    Type(Type),
    /// One of several.
    OneOf(OneOf),
}

/// An alternative that is not one of several itself.
pub(super) struct Leaf<'a> {
    /// The schema.
    pub(super) view: View<'a>,
    form: Form<'a>,
    /// Its name, where a `$ref` leads to it.
    pub(super) schema: Option<String>,
}

impl<'a> Reader<'a> {
    /// What several alternatives come down to: a list of values, a type that all of them are, any value at all, or one
    /// of several. `owner` is the schema that inline ones are named after.
    pub(super) fn choice(&mut self, view: &View<'a>, form: Form<'a>, owner: &str, home: &Home) -> Choice {
        let mut leaves = Vec::new();
        self.leaves(view, form, None, 0, &mut leaves);
        let texts = leaves.iter().all(|leaf| is_text(&leaf.form));
        let listed: Vec<_> =
            leaves.iter().filter(|leaf| matches!(leaf.form, Form::Enum)).map(|leaf| leaf.view.clone()).collect();
        if texts && !listed.is_empty() {
            // Text of any kind beside a list says that the list may grow, as every list may.
            return Choice::Enum(self.enumeration(&listed));
        }
        if leaves.iter().any(|leaf| matches!(leaf.form, Form::Any)) {
            return Choice::Type(Type::Any);
        }
        let number = |form: &Form<'_>| matches!(form, Form::Integer | Form::Number);
        let truth = |form: &Form<'_>| matches!(form, Form::Bool);
        let one_kind = texts || leaves.iter().all(|l| number(&l.form)) || leaves.iter().all(|l| truth(&l.form));
        if is_parameter(home) && !one_kind {
            if !leaves.iter().all(|l| is_text(&l.form) || number(&l.form) || truth(&l.form)) {
                self.skip(view, subject(home), "one of several types: given as text");
            }
            return Choice::Type(Type::String);
        }
        let told = self.told(view, &leaves);
        let mut alternatives = self.alternatives(leaves, &told, owner);
        if let [_] = alternatives.as_slice()
            && let Some(only) = alternatives.pop()
        {
            return Choice::Type(only.ty);
        }
        // Text, a number or any object is any value there is.
        let has = |wanted: fn(&Type) -> bool| alternatives.iter().any(|one| wanted(&one.ty));
        if has(|ty| *ty == Type::String)
            && has(|ty| matches!(ty, Type::Double | Type::Int(_)))
            && has(|ty| *ty == Type::Object)
        {
            return Choice::Type(Type::Any);
        }
        let discriminator = told.property.filter(|_| alternatives.iter().any(|one| !one.values.is_empty()));
        Choice::OneOf(OneOf { discriminator, alternatives })
    }

    /// The alternatives behind references and within alternatives.
    fn leaves(
        &mut self,
        view: &View<'a>,
        form: Form<'a>,
        schema: Option<String>,
        depth: usize,
        leaves: &mut Vec<Leaf<'a>>,
    ) {
        if depth > 32 {
            return;
        }
        match form {
            Form::Same(inner) => self.leaf(&inner, schema, depth, leaves),
            Form::OneOf(choices) => choices.iter().for_each(|choice| self.leaf(choice, None, depth, leaves)),
            Form::Types(kinds) => {
                for kind in kinds {
                    let form = self.of_type(view, kind);
                    leaves.push(Leaf { view: view.clone(), form, schema: None });
                }
            }
            form => leaves.push(Leaf { view: view.clone(), form, schema }),
        }
    }

    fn leaf(&mut self, view: &View<'a>, schema: Option<String>, depth: usize, leaves: &mut Vec<Leaf<'a>>) {
        let Some(target) = self.target(view) else {
            return;
        };
        // The name that the document gives first is the one that people know.
        let schema = schema.or_else(|| {
            let named = self.follow_if_reference(view)?;
            Some(self.name(&named))
        });
        let form = self.form(&target);
        self.leaves(&target, form, schema, depth + 1, leaves);
    }

    fn follow_if_reference(&mut self, view: &View<'a>) -> Option<View<'a>> {
        view.node.get("$ref")?;
        self.follow(view)
    }

    /// The alternatives, those of one scalar kind as one.
    fn alternatives(&mut self, leaves: Vec<Leaf<'a>>, told: &Told, owner: &str) -> Vec<Alternative> {
        let mut alternatives: Vec<Alternative> = Vec::new();
        let (texts, others): (Vec<_>, Vec<_>) = leaves.into_iter().partition(|leaf| is_text(&leaf.form));
        let (numbers, others): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|leaf| matches!(leaf.form, Form::Integer | Form::Number));
        if !texts.is_empty() {
            let (name, doc) = (shared_name(&texts, "Text"), super::schema::doc(&texts[0].view));
            let ty = self.common_text(&texts, owner, &name);
            alternatives.push(Alternative { name, ty, doc, values: Vec::new() });
        }
        if !numbers.is_empty() {
            let whole = numbers.iter().all(|leaf| matches!(leaf.form, Form::Integer));
            let (name, ty) = if whole { ("Integer", Type::Int(Int::I64Number)) } else { ("Number", Type::Double) };
            let (name, doc) = (shared_name(&numbers, name), super::schema::doc(&numbers[0].view));
            alternatives.push(Alternative { name, ty, doc, values: Vec::new() });
        }
        let wanted: Vec<Vec<String>> = others.iter().map(|leaf| self.wanted_names(leaf)).collect();
        for (leaf, names) in others.into_iter().zip(&wanted) {
            // A name that only this alternative could have does not depend on the order of the others.
            let own = |name: &&String| wanted.iter().filter(|names| names.contains(name)).count() == 1;
            let wanted = names.iter().find(own).or(names.last()).cloned().unwrap_or_default();
            let taken = |name: &str| alternatives.iter().any(|other| other.name == name);
            let numbered = (2..).map(|number| format!("{wanted}{number}"));
            let name = [wanted.clone()].into_iter().chain(numbered).find(|name| !taken(name)).unwrap_or(wanted);
            let ty = match &leaf.schema {
                Some(schema) => Type::Schema(schema.clone()),
                None => {
                    let home = Home::Property { schema: owner.to_owned(), property: name.clone() };
                    self.formed(&leaf.view, leaf.form, &home)
                }
            };
            if alternatives.iter().any(|other| other.ty == ty) {
                continue;
            }
            let doc = leaf.schema.is_none().then(|| super::schema::doc(&leaf.view)).flatten();
            let values = told.values.get(&leaf.view.place()).cloned().unwrap_or_default();
            alternatives.push(Alternative { name, ty, doc, values });
        }
        alternatives
    }

    /// The type of texts of several kinds.
    fn common_text(&mut self, texts: &[Leaf<'a>], owner: &str, name: &str) -> Type {
        let listed: Vec<_> = texts.iter().filter(|leaf| matches!(leaf.form, Form::Enum)).collect();
        match (listed.as_slice(), texts) {
            ([], [first, rest @ ..]) => {
                let ty = formats::string(first.view.text("format"));
                if rest.iter().all(|other| formats::string(other.view.text("format")) == ty) {
                    ty
                } else {
                    Type::String
                }
            }
            ([Leaf { schema: Some(schema), .. }], _) => Type::Schema(schema.clone()),
            (listed, _) => {
                let views: Vec<_> = listed.iter().map(|leaf| leaf.view.clone()).collect();
                let values = self.enumeration(&views);
                let home = Home::Property { schema: owner.to_owned(), property: name.to_owned() };
                views.first().map_or(Type::String, |view| self.inline(view, Shape::Enum(values), &home))
            }
        }
    }

    /// Names for an alternative, best first, none of which depends on its position: the name or title of its schema; of
    /// an inline object the schemas that it is made of, the value of a property that can have only one, its required
    /// properties, all properties; else its kind.
    fn wanted_names(&mut self, leaf: &Leaf<'a>) -> Vec<String> {
        let named = leaf.schema.is_some() || leaf.view.text("title").is_some_and(|title| !title.is_empty());
        if named || !matches!(leaf.form, Form::Object) {
            return vec![self.wanted_name(leaf)];
        }
        let mut names = Vec::new();
        for part in leaf.view.get("allOf").iter().flat_map(View::items) {
            names.extend(self.follow_if_reference(&part).map(|found| self.name(&found)));
        }
        let mut keys = Vec::new();
        let mut required = Vec::new();
        for part in self.parts(&leaf.view, "") {
            required
                .extend(self.list(&part.view, "required").iter().flat_map(View::items).filter_map(|n| n.node.text()));
            for (key, property) in self.object(&part.view, "properties").iter().flat_map(View::members) {
                keys.push(key);
                let only = match (property.node.get("const"), property.node.get("enum")) {
                    (Some(Node::Text(value)), _) => Some(value),
                    (_, Some(Node::List(values))) => match values.as_slice() {
                        [Node::Text(value)] => Some(value),
                        _ => None,
                    },
                    _ => None,
                };
                names.extend(only.map(|value| value.to_upper_camel_case()));
            }
        }
        names.extend(required.into_iter().map(ToUpperCamelCase::to_upper_camel_case));
        names.extend(keys.into_iter().map(ToUpperCamelCase::to_upper_camel_case));
        names.retain(|name| name.starts_with(|c: char| c.is_alphabetic()));
        names.push("Object".to_owned());
        names
    }

    /// What an alternative would like to be called: as its schema, by its title, or by its kind.
    fn wanted_name(&mut self, leaf: &Leaf<'a>) -> String {
        if let Some(name) = leaf.schema.as_deref().or_else(|| leaf.view.text("title")).filter(|name| !name.is_empty()) {
            return name.to_owned();
        }
        match &leaf.form {
            Form::Bool => "Bool".to_owned(),
            Form::List(items) => {
                let mut inner = Vec::new();
                if let Some(items) = items {
                    self.leaf(items, None, 0, &mut inner);
                }
                match inner.as_slice() {
                    [one] => format!("{}List", self.wanted_name(one)),
                    _ => "List".to_owned(),
                }
            }
            form if is_text(form) => "Text".to_owned(),
            Form::Integer => "Integer".to_owned(),
            Form::Number => "Number".to_owned(),
            _ => "Object".to_owned(),
        }
    }
}

fn is_text(form: &Form<'_>) -> bool {
    matches!(form, Form::Text | Form::Enum)
}

/// The name of the one schema that a kind of scalars is, or the kind's own.
fn shared_name(leaves: &[Leaf<'_>], kind: &str) -> String {
    match leaves {
        [Leaf { schema: Some(name), .. }] => name.clone(),
        [Leaf { view, .. }] => view.text("title").filter(|title| !title.is_empty()).unwrap_or(kind).to_owned(),
        _ => kind.to_owned(),
    }
}

/// Whether a place is a parameter, and no body.
fn is_parameter(home: &Home) -> bool {
    matches!(home, Home::Parameter { parameter, .. } if parameter != "request" && parameter != "response")
}

/// What people call the place where something is left out.
pub(super) fn subject(home: &Home) -> String {
    match home {
        Home::Top => String::new(),
        Home::Property { schema, property } if property == "item" => schema.clone(),
        Home::Property { schema, property } => format!("{schema}.{property}"),
        Home::Parameter { method, parameter } => format!("{method}: {parameter}"),
    }
}
