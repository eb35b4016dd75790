//! `oneOf`, `anyOf` and several types: a value that is one of several.

use super::discriminator::{Discriminator, Values};
use super::node::Node;
use super::normalize::{Chosen, Normalized, PartChoice};
use super::reader::{COMPOSITION_DEPTH, Reader};
use super::schema::doc;
use super::view::{Place, View};
use crate::model::{Alternative, DefinedIn, Enumeration, Int, OneOf, Shape, Type};
use crate::parser::lowering::formats;
use crate::parser::lowering::free_names::FreeNames;
use heck::ToUpperCamelCase;
use std::collections::{HashMap, HashSet};

/// The outcome of reading several alternatives.
pub(super) enum Choice {
    /// One of a list of strings.
    Enum(Enumeration),
    /// One type.
    Type(Type),
    /// One of several.
    OneOf(OneOf),
}

/// An alternative that is not a choice itself.
pub(super) struct Branch<'a> {
    pub(super) view: View<'a>,
    kind: Normalized<'a>,
    /// Its name, where a `$ref` leads to it.
    pub(super) schema: Option<String>,
    /// The object of which it is a part, with the name of this part.
    whole: Option<(Chosen<'a>, Option<String>)>,
}

impl<'a> Branch<'a> {
    fn new(view: View<'a>, kind: Normalized<'a>, schema: Option<String>) -> Self {
        Self { view, kind, schema, whole: None }
    }
}

/// Number of names that a property gives to an alternative, at most.
const NAMES_OF_A_PROPERTY: usize = 8;

/// Number of listed properties that cost as much as one that is copied.
const KEYS_PER_COPY: usize = 4;

/// Number of properties in the name of an alternative, at most.
const NAMED_KEYS: usize = 4;

impl<'a> Reader<'a> {
    /// Reads several alternatives: as a list of values, a type that all of them have, any JSON value, or a choice.
    /// `owner` is the schema that inline schemas are named after.
    pub(super) fn choice(
        &mut self,
        view: &View<'a>,
        kind: Normalized<'a>,
        owner: &str,
        defined_in: &DefinedIn,
    ) -> Choice {
        self.open_choices.push(view.place());
        let mut branches = Branches::default();
        self.branches(view, kind, None, 0, &mut branches);
        let choice = self.choice_of(view, branches.found, owner, defined_in);
        self.open_choices.pop();
        choice
    }

    fn choice_of(&mut self, view: &View<'a>, branches: Vec<Branch<'a>>, owner: &str, defined_in: &DefinedIn) -> Choice {
        let texts = branches.iter().all(|branch| is_text(&branch.kind));
        let listed: Vec<_> = branches
            .iter()
            .filter(|branch| matches!(branch.kind, Normalized::Enum))
            .map(|branch| branch.view.clone())
            .collect();
        if texts && !listed.is_empty() {
            // A plain string in addition to a list means that the list may grow, as every list may.
            let beside_text = listed.len() < branches.len();
            return Choice::Enum(Enumeration { beside_text, ..self.enumeration(&listed) });
        }
        if branches.iter().any(|branch| matches!(branch.kind, Normalized::Any)) {
            return Choice::Type(Type::Any);
        }
        let number = |branch: &Branch<'_>| matches!(branch.kind, Normalized::Integer | Normalized::Number);
        let boolean = |branch: &Branch<'_>| matches!(branch.kind, Normalized::Bool);
        let one_kind = texts || branches.iter().all(number) || branches.iter().all(boolean);
        if is_parameter(defined_in) && one_kind && branches.iter().all(number) {
            let whole = branches.iter().all(|branch| matches!(branch.kind, Normalized::Integer));
            return Choice::Type(if whole { Type::Int(Int::I64Number) } else { Type::Double });
        }
        let scalar = |branch: &Branch<'_>| is_text(&branch.kind) || number(branch) || boolean(branch);
        if is_parameter(defined_in) && !one_kind && branches.iter().all(scalar) {
            // All of these are sent as text.
            return Choice::Type(Type::String);
        }
        let discriminator = self.discriminator(view, &branches);
        let mut alternatives = self.alternatives(branches, &discriminator, owner);
        if let [_] = alternatives.as_slice()
            && let Some(only) = alternatives.pop()
        {
            return Choice::Type(only.ty);
        }
        // Text, a number or any object: together, any JSON value.
        let has = |wanted: fn(&Type) -> bool| alternatives.iter().any(|one| wanted(&one.ty));
        if has(|ty| *ty == Type::String)
            && has(|ty| matches!(ty, Type::Double | Type::Int(_)))
            && has(|ty| *ty == Type::Object)
        {
            return Choice::Type(Type::Any);
        }
        let property = discriminator.property.filter(|_| alternatives.iter().any(|one| !one.values.is_empty()));
        Choice::OneOf(OneOf { discriminator: property, alternatives })
    }

    /// Collects the alternatives behind references and within alternatives.
    fn branches(
        &mut self,
        view: &View<'a>,
        kind: Normalized<'a>,
        schema: Option<String>,
        depth: usize,
        branches: &mut Branches<'a>,
    ) {
        if depth > COMPOSITION_DEPTH {
            self.too_deep(view);
            return;
        }
        match kind {
            Normalized::Same(inner) => self.branch(&inner, schema, depth, branches),
            Normalized::OneOf(choices) => {
                choices.iter().for_each(|choice| self.branch(choice, None, depth, branches));
            }
            Normalized::Types(kinds) => {
                for kind in kinds {
                    let kind = self.of_type(view, kind);
                    branches.found.push(Branch::new(view.clone(), kind, None));
                }
            }
            Normalized::ObjectWithChoice(PartChoice { list, choices }) if schema.is_none() || depth == 0 => {
                for choice in &choices {
                    let Some(target) = self.target(choice) else { continue };
                    let name = self.follow_if_reference(choice).map(|named| self.name(&named));
                    let chosen = Chosen { whole: view.clone(), list, choice: choice.clone() };
                    let whole = Some((chosen, name));
                    branches.found.push(Branch { view: target, kind: Normalized::Object, schema: None, whole });
                }
            }
            // Its value is one of the schemas that extend it, or the schema itself.
            Normalized::Extended if schema.is_none() => {
                for child in self.extensions(view) {
                    let schema = Some(self.name(&child));
                    self.branch(&child, schema, depth, branches);
                }
                branches.found.push(Branch::new(view.clone(), Normalized::Object, None));
            }
            kind => branches.found.push(Branch::new(view.clone(), kind, schema)),
        }
    }

    fn branch(&mut self, view: &View<'a>, schema: Option<String>, depth: usize, branches: &mut Branches<'a>) {
        let Some(target) = self.target(view) else {
            return;
        };
        // The same schema twice is one alternative. An alternative of another choice costs as much as several properties.
        let copies = if depth == 0 { 0 } else { 8 };
        if !branches.seen.insert(target.place()) || !self.may_copy(view, copies) {
            return;
        }
        // The name of the first reference is the best known.
        let schema = schema.or_else(|| {
            let named = self.follow_if_reference(view)?;
            Some(self.name(&named))
        });
        let kind = self.normalize(&target);
        // A choice within itself, such as a list of its own values, is an alternative like any other schema.
        if schema.is_some() && self.open_choices.contains(&target.place()) {
            branches.found.push(Branch::new(target, kind, schema));
            return;
        }
        let is_choice = matches!(kind, Normalized::OneOf(_) | Normalized::Types(_));
        if is_choice {
            self.open_choices.push(target.place());
        }
        self.branches(&target, kind, schema, depth.saturating_add(1), branches);
        if is_choice {
            self.open_choices.pop();
        }
    }

    /// Returns the alternatives, those of one scalar kind as one.
    fn alternatives(
        &mut self,
        branches: Vec<Branch<'a>>,
        discriminator: &Discriminator,
        owner: &str,
    ) -> Vec<Alternative> {
        let mut alternatives: Vec<Alternative> = Vec::new();
        let mut names = FreeNames::default();
        let mut types: HashSet<Type> = HashSet::new();
        let (texts, others): (Vec<_>, Vec<_>) = branches.into_iter().partition(|branch| is_text(&branch.kind));
        let (integers, others): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|branch| matches!(branch.kind, Normalized::Integer));
        let (numbers, others): (Vec<_>, Vec<_>) =
            others.into_iter().partition(|branch| matches!(branch.kind, Normalized::Number));
        if let Some(first) = texts.first() {
            let name = free(&mut names, shared_name(&texts, "Text"));
            let ty = self.common_text(&texts, owner, &name);
            types.insert(ty.clone());
            alternatives.push(alternative(name, ty, doc(&first.view)));
        }
        for (branches, name, ty) in
            [(integers, "Integer", Type::Int(Int::I64Number)), (numbers, "Number", Type::Double)]
        {
            if let Some(first) = branches.first() {
                types.insert(ty.clone());
                alternatives.push(alternative(free(&mut names, shared_name(&branches, name)), ty, doc(&first.view)));
            }
        }
        let wanted: Vec<Vec<String>> = others.iter().map(|branch| self.wanted_names(branch)).collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for name in wanted.iter().flat_map(|names| names.iter().collect::<HashSet<_>>()) {
            let count = uses.entry(name).or_default();
            *count = count.saturating_add(1);
        }
        for (branch, wanted) in others.into_iter().zip(&wanted) {
            // A name that only this alternative could have does not depend on the order of the others.
            let own = wanted.iter().find(|name| uses.get(name.as_str()) == Some(&1)).or(wanted.last());
            let own = own.cloned().unwrap_or_default();
            let name = free(&mut names, own.clone());
            let ty = match &branch.schema {
                Some(schema) => Type::Schema(schema.clone()),
                None => {
                    let defined_in = DefinedIn::Alternative { schema: owner.to_owned(), alternative: name.clone() };
                    match &branch.whole {
                        Some((chosen, _)) => self.object_with(chosen, &branch.view, &defined_in),
                        None => self.type_of(&branch.view, branch.kind, &defined_in),
                    }
                }
            };
            if !types.insert(ty.clone()) {
                names.give_back(&own, &name);
                continue;
            }
            let doc = branch.schema.is_none().then(|| doc(&branch.view)).flatten();
            let Values { all: values, written } =
                discriminator.values.get(&branch.view.place()).cloned().unwrap_or_default();
            alternatives.push(Alternative { name, ty, doc, values, written });
        }
        alternatives
    }

    /// Returns the type of texts of several kinds.
    fn common_text(&mut self, texts: &[Branch<'a>], owner: &str, name: &str) -> Type {
        let listed: Vec<_> = texts.iter().filter(|branch| matches!(branch.kind, Normalized::Enum)).collect();
        match (listed.as_slice(), texts) {
            ([], [first, rest @ ..]) => {
                let ty = formats::string(first.view.text("format"));
                if rest.iter().all(|other| formats::string(other.view.text("format")) == ty) {
                    ty
                } else {
                    Type::String
                }
            }
            ([Branch { schema: Some(schema), .. }], _) => Type::Schema(schema.clone()),
            (listed, _) => {
                let views: Vec<_> = listed.iter().map(|branch| branch.view.clone()).collect();
                let values = self.enumeration(&views);
                let defined_in = DefinedIn::Alternative { schema: owner.to_owned(), alternative: name.to_owned() };
                views.first().map_or(Type::String, |view| self.inline(view, Shape::Enum(values), &defined_in))
            }
        }
    }

    fn follow_if_reference(&mut self, view: &View<'a>) -> Option<View<'a>> {
        view.node.get("$ref")?;
        self.follow(view)
    }

    /// Returns names for an alternative, best first, none of which depends on its position: the name or title of its schema;
    /// of an inline object the schemas that it is made of, the value of a property that can have only one, its required
    /// properties, all properties, the kind of one, several together; else its kind.
    fn wanted_names(&mut self, branch: &Branch<'a>) -> Vec<String> {
        if let Some((_, Some(name))) = &branch.whole {
            return vec![name.clone()];
        }
        if branch.schema.is_none() && self.is_extended(&branch.view) {
            return vec!["Other".to_owned()];
        }
        let named = branch.schema.is_some() || branch.view.text("title").is_some_and(|title| !title.is_empty());
        if !named && let Normalized::List(Some(items)) = &branch.kind {
            let mut inner = Branches::default();
            self.branch(items, None, 0, &mut inner);
            if let [one] = inner.found.as_slice() {
                return self.wanted_names(one).into_iter().map(|name| format!("{name}List")).collect();
            }
        }
        if named || !matches!(branch.kind, Normalized::Object) {
            return vec![self.wanted_name(branch)];
        }
        let mut names = Vec::new();
        for part in branch.view.get("allOf").iter().flat_map(View::items) {
            names.extend(self.follow_if_reference(&part).map(|found| self.name(&found)));
        }
        let mut keys = Vec::new();
        let mut required = Vec::new();
        let mut kinds = Vec::new();
        for part in self.parts(&branch.view, "") {
            required
                .extend(self.list(&part.view, "required").iter().flat_map(View::items).filter_map(|n| n.node.text()));
            for (key, property) in self.object(&part.view, "properties").iter().flat_map(View::members) {
                keys.push(key);
                let only = match (property.node.get("const"), property.node.get("enum")) {
                    (Some(value), _) => Some(value),
                    (_, Some(Node::List(values))) => match values.as_slice() {
                        [value] => Some(value),
                        _ => None,
                    },
                    _ => None,
                };
                match only {
                    Some(Node::Text(value)) => names.push(value.to_upper_camel_case()),
                    Some(value @ (Node::Number(_) | Node::Bool(_))) => {
                        names.push(format!("{key} {value}").to_upper_camel_case());
                    }
                    _ => {}
                }
                let schema = self.follow_if_reference(&property).map(|named| self.name(&named));
                if let Some(target) = self.target(&property) {
                    let kind = self.normalize(&target);
                    let inner = self.wanted_names(&Branch::new(target, kind, schema));
                    let inner = inner.iter().take(NAMES_OF_A_PROPERTY);
                    kinds.extend(inner.map(|kind| format!("{key} {kind}").to_upper_camel_case()));
                }
            }
        }
        let camel = |key: &&str| key.to_upper_camel_case();
        names.extend(required.iter().map(camel));
        names.extend(keys.iter().map(camel));
        names.extend(kinds);
        for several in [&required, &keys] {
            names.extend(
                (2..=several.len().min(NAMED_KEYS))
                    .filter_map(|count| Some(several.get(..count)?.iter().map(camel).collect::<Vec<_>>().join("And"))),
            );
        }
        names.retain(|name| name.starts_with(|c: char| c.is_alphabetic()));
        if names.is_empty() {
            names.push("Object".to_owned());
        }
        names
    }

    /// Returns the name that suits an alternative: that of its schema, its title, or its kind.
    fn wanted_name(&mut self, branch: &Branch<'a>) -> String {
        if let Some(name) =
            branch.schema.as_deref().or_else(|| branch.view.text("title")).filter(|name| !name.is_empty())
        {
            return name.to_owned();
        }
        match &branch.kind {
            Normalized::Bool => "Bool".to_owned(),
            Normalized::List(Some(items)) => format!("{}List", self.element_name(items)),
            Normalized::List(None) => "List".to_owned(),
            Normalized::Text | Normalized::Enum => "Text".to_owned(),
            Normalized::Integer => "Integer".to_owned(),
            Normalized::Number => "Number".to_owned(),
            _ => "Object".to_owned(),
        }
    }

    /// Returns the name of a list's elements, where they are of one kind.
    fn element_name(&mut self, items: &View<'a>) -> String {
        let mut inner = Branches::default();
        self.branch(items, None, 0, &mut inner);
        match inner.found.as_slice() {
            [one] => self.wanted_name(one),
            _ => String::new(),
        }
    }
}

/// Depth of choices within choices up to which the keys of alternatives are counted.
const CHOICES: usize = 8;

impl<'a> Reader<'a> {
    /// Counts the properties that distinguish the alternatives of all choices; each choice lists them.
    pub(super) fn count_keys(&mut self, root: &View<'a>) {
        let mut known = HashMap::new();
        let mut count = 0usize;
        for schema in self.schemas.values() {
            if let Shape::OneOf(one_of) = &schema.shape {
                for alternative in &one_of.alternatives {
                    count = count.saturating_add(self.keys(&alternative.ty, 0, &mut known));
                }
            }
        }
        self.may_copy(root, count / KEYS_PER_COPY);
    }

    /// Returns the number of properties that the objects of a type have.
    fn keys<'s>(&'s self, ty: &'s Type, depth: usize, known: &mut HashMap<&'s str, usize>) -> usize {
        let Some(mut name) = ty.schema() else { return 0 };
        // Schemas that are lists of others form chains of any length.
        let mut aliases = Vec::new();
        let count = loop {
            if let Some(count) = known.get(name) {
                break *count;
            }
            // A choice within itself has the properties of the others.
            known.insert(name, 0);
            aliases.push(name);
            match self.schemas.get(name).map(|schema| &schema.shape) {
                Some(Shape::Message(message)) => break message.fields.len(),
                Some(Shape::Alias(ty)) => match ty.schema() {
                    Some(target) => name = target,
                    None => break 0,
                },
                Some(Shape::OneOf(one_of)) if depth < CHOICES => {
                    let inner = one_of.alternatives.iter();
                    let inner = inner.map(|one| self.keys(&one.ty, depth.saturating_add(1), known));
                    break inner.fold(0, usize::saturating_add);
                }
                Some(Shape::Enum(_) | Shape::OneOf(_)) | None => break 0,
            }
        };
        known.extend(aliases.into_iter().map(|name| (name, count)));
        count
    }
}

/// Alternatives as they are collected.
#[derive(Default)]
struct Branches<'a> {
    found: Vec<Branch<'a>>,
    seen: HashSet<Place>,
}

/// Returns a name of an alternative, with a number if another one has it.
fn free(names: &mut FreeNames, wanted: String) -> String {
    names.free(wanted.clone(), |number| format!("{wanted}{number}"))
}

fn alternative(name: String, ty: Type, doc: Option<String>) -> Alternative {
    Alternative { name, ty, doc, values: Vec::new(), written: None }
}

fn is_text(kind: &Normalized<'_>) -> bool {
    matches!(kind, Normalized::Text | Normalized::Enum)
}

/// Returns the name of the one schema that scalars of a kind have, or the kind's own name.
fn shared_name(branches: &[Branch<'_>], kind: &str) -> String {
    match branches {
        [Branch { schema: Some(name), .. }] => name.clone(),
        [Branch { view, .. }] => view.text("title").filter(|title| !title.is_empty()).unwrap_or(kind).to_owned(),
        _ => kind.to_owned(),
    }
}

/// Returns true for a parameter, and false for a body.
fn is_parameter(defined_in: &DefinedIn) -> bool {
    matches!(defined_in, DefinedIn::Parameter { .. })
}

/// Returns the subject of a message about a place.
pub(super) fn subject(defined_in: &DefinedIn) -> String {
    match (defined_in, defined_in.schema(), defined_in.method()) {
        (DefinedIn::Element { schema }, ..) => schema.clone(),
        (_, Some(schema), _) => format!("{schema}.{}", defined_in.part()),
        (_, _, Some(method)) => format!("{method}: {}", defined_in.part()),
        _ => String::new(),
    }
}
