//! `oneOf` and `anyOf`: a value that is one of several.

use super::files::View;
use super::reader::Reader;
use super::schema::{Choice, Form, text};
use crate::model::{Home, Int, Type};

impl<'a> Reader<'a> {
    /// What several alternatives come down to: a list of values, a type that all
    /// of them are, an object with the properties of all, or any value at all.
    pub(super) fn choice(&mut self, view: &View<'a>, choices: &[View<'a>], home: &Home) -> Choice {
        let mut leaves = Vec::new();
        for choice in choices {
            self.leaves(choice, 0, &mut leaves);
        }
        let texts = leaves.iter().all(|(_, form)| matches!(form, Form::Text | Form::Enum));
        let listed: Vec<_> =
            leaves.iter().filter(|(_, form)| matches!(form, Form::Enum)).map(|(leaf, _)| leaf.clone()).collect();
        if texts && !listed.is_empty() {
            // Text of any kind beside a list says that the list may grow, as every list may.
            return Choice::Enum(self.enumeration(&listed));
        }
        if texts {
            let mut types = leaves.iter().map(|(leaf, _)| text(leaf.text("format")));
            let first = types.next().unwrap_or(Type::String);
            return Choice::Type(if types.all(|ty| ty == first) { first } else { Type::String });
        }
        let integers = leaves.iter().filter(|(_, form)| matches!(form, Form::Integer)).count();
        let numbers = leaves.iter().filter(|(_, form)| matches!(form, Form::Number)).count();
        if integers == leaves.len() {
            return Choice::Type(Type::Int(Int::I64Number));
        }
        if integers + numbers == leaves.len() {
            return Choice::Type(Type::Double);
        }
        if leaves.iter().all(|(_, form)| matches!(form, Form::Bool)) {
            return Choice::Type(Type::Bool);
        }
        let objects = leaves.iter().filter(|(_, form)| matches!(form, Form::Object)).count();
        if objects == leaves.len() {
            return Choice::Object;
        }
        // Text, a number, a list or an object is any value there is.
        let any = leaves.iter().any(|(_, form)| matches!(form, Form::Text)) && numbers > 0 && objects > 0;
        if !any && !leaves.iter().any(|(_, form)| matches!(form, Form::Any)) {
            self.skip(view, subject(home), "one of several types: read as any JSON value");
        }
        Choice::Type(Type::Any)
    }

    /// The alternatives behind references and within alternatives.
    fn leaves(&mut self, view: &View<'a>, depth: usize, leaves: &mut Vec<(View<'a>, Form<'a>)>) {
        let Some(target) = self.target(view).filter(|_| depth < 32) else {
            return;
        };
        match self.form(&target) {
            Form::Same(inner) => self.leaves(&inner, depth + 1, leaves),
            Form::OneOf(choices) => {
                for choice in choices {
                    self.leaves(&choice, depth + 1, leaves);
                }
            }
            form => leaves.push((target, form)),
        }
    }
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
