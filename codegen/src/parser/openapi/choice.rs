//! `oneOf`, `anyOf` and several types: a value that is one of several.

use super::alternative_names::Wanted;
use super::constraints::number_of_several;
use super::discriminator::{Discriminator, Values};
use super::limits::{COMPOSITION_DEPTH, Excess};
use super::node::Node;
use super::normalize::{Chosen, Normalized, PartChoice, restricts_type};
use super::object::further;
use super::reader::Reader;
use super::scalar::text_format;
use super::schema::doc;
use super::view::{NodeId, View};
use crate::model::{Alternative, DefinedIn, Enumeration, Int, OneOf, Shape, Type};
use crate::parser::lowering::free_names::FreeNames;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// The outcome of reading several alternatives.
pub(super) enum Choice<'a> {
    /// One of a list of strings.
    Enum(Enumeration),
    /// One type.
    Type(Type),
    /// The schema of the only alternative, which has no name.
    Same(View<'a>),
    /// One of several.
    OneOf(OneOf),
}

/// An alternative that is not a choice itself.
pub(super) struct Branch<'a> {
    pub(super) view: View<'a>,
    pub(super) kind: Normalized<'a>,
    /// Its name, where a `$ref` leads to it.
    pub(super) schema: Option<String>,
    /// The object of which it is a part, with the name of this part.
    pub(super) whole: Option<(Chosen<'a>, Option<String>)>,
    /// The schemas that lead from the choice to it.
    pub(super) within: Option<Rc<Within<'a>>>,
}

/// A schema between a choice and one of its alternatives: a choice within, or another name of the alternative.
pub(super) struct Within<'a> {
    pub(super) view: View<'a>,
    pub(super) is_choice: bool,
    pub(super) outer: Option<Rc<Within<'a>>>,
}

impl<'a> Branch<'a> {
    pub(super) fn new(view: View<'a>, kind: Normalized<'a>, schema: Option<String>) -> Self {
        Self { view, kind, schema, whole: None, within: None }
    }
}

/// Number of listed properties that cost as much as one that is copied.
const KEYS_PER_COPY: usize = 4;

impl<'a> Reader<'a> {
    /// Reads several alternatives: as a list of values, a type that all of them have, any JSON value, or a choice.
    /// `owner` is the schema that inline schemas are named after.
    pub(super) fn choice(
        &mut self,
        view: &View<'a>,
        kind: Normalized<'a>,
        owner: &str,
        defined_in: &DefinedIn,
    ) -> Choice<'a> {
        let mut branches = Branches::new(self.open_choices.len());
        branches.property = self.common_discriminator(view, &kind);
        self.open_choices.push(view.id());
        self.branches(view, kind, None, 0, &mut branches);
        let choice = self.choice_of(view, branches.found, owner, defined_in);
        self.open_choices.pop();
        choice
    }

    fn choice_of(
        &mut self,
        view: &View<'a>,
        branches: Vec<Branch<'a>>,
        owner: &str,
        defined_in: &DefinedIn,
    ) -> Choice<'a> {
        if self.in_multipart
            && let Some(ty) = self.file_among(&branches, owner)
        {
            return Choice::Type(ty);
        }
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
        if let [Branch { view: only, schema: None, whole: None, .. }] = branches.as_slice()
            && only.id() != view.id()
        {
            return Choice::Same(only.clone());
        }
        if branches.is_empty() || branches.iter().any(|branch| matches!(branch.kind, Normalized::Any)) {
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
        // Text, a number or any object: together, any JSON value.
        let text = |branch: &Branch<'a>| is_text(&branch.kind) && self.text_of(&branch.view) == Type::String;
        if listed.is_empty()
            && branches.iter().any(text)
            && branches.iter().any(number)
            && branches.iter().any(|branch| self.is_any_object(branch))
        {
            return Choice::Type(Type::Any);
        }
        let discriminator = self.discriminator(view, &branches);
        let mut alternatives = self.alternatives(branches, &discriminator, owner);
        if let [_] = alternatives.as_slice()
            && let Some(only) = alternatives.pop()
        {
            return Choice::Type(only.ty);
        }
        let property = discriminator.property.filter(|_| alternatives.iter().any(|one| !one.values.is_empty()));
        Choice::OneOf(OneOf { discriminator: property, is_stated: discriminator.is_stated, alternatives })
    }

    /// Collects the alternatives behind references and within alternatives.
    pub(super) fn branches(
        &mut self,
        view: &View<'a>,
        kind: Normalized<'a>,
        schema: Option<String>,
        depth: usize,
        branches: &mut Branches<'a>,
    ) {
        if depth > COMPOSITION_DEPTH {
            self.limits.excess = Some(Excess::Depth);
            return;
        }
        match kind {
            Normalized::Same(inner) => {
                let outer = branches.enter(view, false);
                self.branch(&inner, schema, depth, branches);
                branches.within = outer;
            }
            Normalized::OneOf(choices) => {
                let outer = branches.enter(view, true);
                choices.iter().for_each(|choice| self.branch(choice, None, depth, branches));
                branches.within = outer;
            }
            Normalized::Types(kinds) => {
                for kind in kinds {
                    let kind = self.of_type(view, kind);
                    branches.add(Branch::new(view.clone(), kind, None));
                }
            }
            Normalized::ObjectWithChoice(PartChoice { list, choices }) if schema.is_none() || depth == 0 => {
                for choice in &choices {
                    let Some(target) = self.target(choice) else { continue };
                    let name = self.follow_if_reference(choice).map(|named| self.name(&named));
                    let chosen = Chosen { whole: view.clone(), list, choice: choice.clone() };
                    let whole = Some((chosen, name));
                    branches.add(Branch { whole, ..Branch::new(target, Normalized::Object, None) });
                }
            }
            // Its value is one of the schemas that extend it, or the schema itself.
            Normalized::Extended if schema.is_none() => {
                for child in self.extensions(view) {
                    let schema = Some(self.name(&child));
                    self.branch(&child, schema, depth, branches);
                }
                branches.add(Branch::new(view.clone(), Normalized::Object, None));
            }
            kind => branches.add(Branch::new(view.clone(), kind, schema)),
        }
    }

    pub(super) fn branch(
        &mut self,
        view: &View<'a>,
        schema: Option<String>,
        depth: usize,
        branches: &mut Branches<'a>,
    ) {
        let Some(target) = self.target(view) else {
            return;
        };
        // The same schema twice is one alternative. An alternative of another choice costs as much as several
        // properties.
        let copies = if depth == 0 { 0 } else { 8 };
        if !branches.seen.insert(target.id()) || !self.may_copy(copies) {
            return;
        }
        // The name of the first reference is the best known.
        let schema = schema.or_else(|| {
            let named = self.follow_if_reference(view)?;
            Some(self.name(&named))
        });
        let kind = self.normalize(&target);
        let choices = if let Normalized::OneOf(choices) = &kind { choices.len() } else { 0 };
        // The alternatives of a choice within are examined here, and where they are read.
        if depth > 0 && !self.may_examine(choices.saturating_mul(2).saturating_add(1)) {
            return;
        }
        match self.open_choices.iter().rposition(|open| *open == target.id()) {
            // A choice that is its own alternative has no more values.
            Some(open) if open >= branches.first_open => return,
            // A choice within itself, such as a list of its own values, is an alternative like any other schema.
            Some(_) if schema.is_some() => {
                branches.add(Branch::new(target, kind, schema));
                return;
            }
            _ => {}
        }
        if self.stays_whole(&target, &kind, branches) {
            branches.add(Branch::new(target, kind, schema));
            return;
        }
        let is_choice = matches!(kind, Normalized::OneOf(_) | Normalized::Types(_));
        if is_choice {
            self.open_choices.push(target.id());
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
        let wanted: Vec<Wanted> = others.iter().map(|branch| self.wanted_names(branch)).collect();
        let uses = counts(wanted.iter().flat_map(|wanted| wanted.names.iter().collect::<HashSet<_>>()));
        let constants = counts(wanted.iter().filter_map(|wanted| wanted.constant.as_ref()));
        for (branch, Wanted { constant, names: wanted }) in others.into_iter().zip(&wanted) {
            // Neither a constant that no other alternative has, nor a name that only this one could have depends on the
            // order of the others.
            let constant = constant.as_ref().filter(|name| constants.get(name.as_str()) == Some(&1));
            let own = constant.or_else(|| wanted.iter().find(|name| uses.get(name.as_str()) == Some(&1)));
            let own = own.or(wanted.last()).cloned().unwrap_or_default();
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
            if name != own {
                let message = format!("`{owner}` has several alternatives for the name `{own}`: this one is `{name}`");
                let warning = self.warning_at(&branch.view, message);
                self.report(&branch.view, warning.help("a `title` names them apart").into_note());
            }
            let doc = branch.schema.is_none().then(|| doc(&branch.view)).flatten();
            let Values { all: values, written } =
                discriminator.values.get(&branch.view.id()).cloned().unwrap_or_default();
            alternatives.push(Alternative { name, ty, doc, values, written });
        }
        alternatives
    }

    /// Returns the type of texts of several kinds.
    fn common_text(&mut self, texts: &[Branch<'a>], owner: &str, name: &str) -> Type {
        let listed: Vec<_> = texts.iter().filter(|branch| matches!(branch.kind, Normalized::Enum)).collect();
        match (listed.as_slice(), texts) {
            ([], [first, rest @ ..]) => {
                let ty = self.text_of(&first.view);
                // Those of one list of types have one format.
                let mut others = rest.iter().filter(|other| other.view.id() != first.view.id());
                if others.all(|other| self.text_of(&other.view) == ty) { ty } else { Type::String }
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

    /// Returns the type of a text. Beside numbers, a format is theirs.
    fn text_of(&self, view: &View<'a>) -> Type {
        let format = text_format(view);
        self.text_type(format.filter(|format| !format.contains("int") || number_of_several(view).is_none()))
    }

    /// Returns `true` for an alternative that is an object with any properties.
    fn is_any_object(&mut self, branch: &Branch<'a>) -> bool {
        let is_inline = branch.schema.is_none() && branch.whole.is_none();
        is_inline
            && matches!(branch.kind, Normalized::Object)
            && branch.view.get("patternProperties").is_none()
            && further(&branch.view).is_none_or(|all| *all.node != Node::Bool(false) && !restricts_type(&all))
            && !self.lists_properties(&branch.view)
    }

    pub(super) fn follow_if_reference(&mut self, view: &View<'a>) -> Option<View<'a>> {
        view.node.get("$ref")?;
        self.follow(view)
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
        self.check_keys(root, count / KEYS_PER_COPY);
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
pub(super) struct Branches<'a> {
    pub(super) found: Vec<Branch<'a>>,
    seen: HashSet<NodeId>,
    /// Number of choices that were open before.
    pub(super) first_open: usize,
    /// The stated discriminator of these alternatives.
    pub(super) property: Option<&'a str>,
    /// True if choices with discriminators of their own are not alternatives, but theirs are.
    pub(super) flat: bool,
    within: Option<Rc<Within<'a>>>,
}

impl<'a> Branches<'a> {
    pub(super) fn new(first_open: usize) -> Self {
        Self { first_open, ..Self::default() }
    }

    fn add(&mut self, branch: Branch<'a>) {
        self.found.push(Branch { within: self.within.clone(), ..branch });
    }

    /// Notes the schema that leads to the next alternatives. Returns the ones around it.
    fn enter(&mut self, view: &View<'a>, is_choice: bool) -> Option<Rc<Within<'a>>> {
        let outer = self.within.clone();
        self.within = Some(Rc::new(Within { view: view.clone(), is_choice, outer: outer.clone() }));
        outer
    }
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

/// Returns the number of times that each name occurs.
fn counts<'n>(names: impl Iterator<Item = &'n String>) -> HashMap<&'n str, usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in names {
        let count = counts.entry(name).or_default();
        *count = count.saturating_add(1);
    }
    counts
}

/// Returns the name of the one schema that scalars of a kind have, or the kind's own name.
fn shared_name(branches: &[Branch<'_>], kind: &str) -> String {
    match branches {
        [Branch { schema: Some(name), .. }] => name.clone(),
        [Branch { view, .. }] => view.text("title").filter(|title| !title.is_empty()).unwrap_or(kind).to_owned(),
        _ => kind.to_owned(),
    }
}

/// Returns `true` for a parameter, and `false` for a body.
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
