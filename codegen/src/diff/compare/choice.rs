//! Choices (`oneOf`): what a value may be, and what tells that.

use super::relation::Relation;
use super::{Comparison, Draft, Place};
use crate::diff::describe;
use crate::diff::signature::Item;
use crate::model::{Alternative, OneOf};

/// A variant in both revisions.
type Pair<'a> = (&'a Alternative, &'a Alternative);

impl Comparison<'_> {
    /// A choice, by the names of its schema in both revisions.
    pub(super) fn choice(&mut self, place: &Place, (old_name, old): (&str, &OneOf), (new_name, new): (&str, &OneOf)) {
        let at = |was: Option<&Alternative>, is: Option<&Alternative>| {
            let name = was.or(is).map_or("", |alternative| alternative.name.as_str());
            let item = |schema: &str, of: &Alternative| Item::Variant(schema.to_owned(), of.name.clone());
            place
                .part(&format!("oneOf.{name}"))
                .seen_as(was.map(|alternative| item(old_name, alternative)), is.map(|other| item(new_name, other)))
        };
        let pairs = self.pair(old, new);
        for alternative in &old.alternatives {
            let Some((_, other)) = pairs.iter().find(|(was, _)| was.name == alternative.name) else {
                let place = at(Some(alternative), None);
                let message = format!("`{}` is no longer one of what it may be", alternative.name);
                let draft = Draft::new("choice-variant-removed", &place, message);
                let draft = draft.before(describe::ty(self.old, &alternative.ty)).doc(&alternative.doc);
                self.push(draft.lost(alternative.ty.schema()));
                continue;
            };
            self.variant(&at(Some(alternative), Some(other)), (old_name, new_name), (alternative, other));
        }
        for other in new.alternatives.iter().filter(|other| !pairs.iter().any(|(_, is)| is.name == other.name)) {
            let place = at(None, Some(other));
            let message = format!("it may be `{}`, which old clients keep without knowing it", other.name);
            let draft = Draft::new("choice-variant-added", &place, message);
            let draft = draft.after(describe::ty(self.new, &other.ty)).doc(&other.doc);
            self.push(draft.gained(other.ty.schema()));
        }
        if old.discriminator != new.discriminator {
            let shown = |property: &Option<String>| property.as_ref().map_or("nothing".into(), |p| format!("`{p}`"));
            let message =
                format!("{} tells what it is, instead of {}", shown(&new.discriminator), shown(&old.discriminator));
            let draft = Draft::new("choice-discriminator-changed", place, message);
            self.push(draft.values(old.discriminator.clone(), new.discriminator.clone()));
        }
        let listed = |of: &OneOf, of_pair: fn(&Pair<'_>) -> String| -> Vec<String> {
            let kept: Vec<String> = pairs.iter().map(of_pair).collect();
            of.alternatives.iter().map(|one| one.name.clone()).filter(|name| kept.contains(name)).collect()
        };
        let was = listed(old, |(was, _)| was.name.clone());
        let is = listed(new, |(_, is)| is.name.clone());
        let known_as = |name: &String| pairs.iter().find(|(was, _)| was.name == *name).map(|(_, is)| &is.name);
        if !was.iter().map(known_as).eq(is.iter().map(Some)) {
            let draft = Draft::new("choice-order-changed", place, "what it may be is listed in another order");
            self.push(draft.values(was, is));
        }
    }

    /// A variant that is in both revisions.
    fn variant(&mut self, place: &Place, (old_name, new_name): (&str, &str), (was, is): Pair<'_>) {
        let relation = self.relation(&was.ty, &is.ty);
        self.type_change(place, relation, &was.ty, &is.ty);
        self.prose(place, &was.doc, &is.doc);
        if was.name != is.name {
            let message = format!("`{}` is now called `{}`", was.name, is.name);
            let draft = Draft::new("choice-variant-renamed", place, message);
            self.push(draft.values(&*was.name, &*is.name));
        } else {
            self.variant_name(place, (old_name, new_name), &was.name);
        }
        // What is told by nothing before or after is told by another property: that is said of the choice.
        if was.values.is_empty() || is.values.is_empty() || was.values == is.values {
            return;
        }
        let kept = was.values.iter().all(|value| is.values.contains(value));
        let words = |values: &[String]| values.iter().map(|v| format!("`{v}`")).collect::<Vec<_>>().join(", ");
        let message = format!("`{}` is told by {} instead of {}", was.name, words(&is.values), words(&was.values));
        let rule = if kept { "choice-tag-added" } else { "choice-tag-changed" };
        self.push(Draft::new(rule, place, message).values(was.values.clone(), is.values.clone()));
    }

    /// The variants that stay: by their names, else by their types.
    fn pair<'a>(&self, old: &'a OneOf, new: &'a OneOf) -> Vec<Pair<'a>> {
        let named = |of: &'a OneOf, name: &str| of.alternatives.iter().find(|one| one.name == name);
        let mut pairs = Vec::new();
        for was in &old.alternatives {
            let same =
                |is: &&Alternative| named(old, &is.name).is_none() && self.relation(&was.ty, &is.ty) == Relation::Same;
            let is = named(new, &was.name).or_else(|| new.alternatives.iter().find(same));
            pairs.extend(is.map(|is| (was, is)));
        }
        pairs
    }
}
