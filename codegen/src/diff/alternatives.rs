//! Alternatives of a choice that are the same in both revisions.

use super::shapes::Shapes;
use crate::model::{Alternative, Api, Message, OneOf, Scalar, Schema, Shape, Type};
use std::collections::{HashMap, HashSet, VecDeque};

/// Alternative, with the hashes of its shape and its contents.
type Seen<'a> = (&'a Alternative, u64, u64);

/// Common parts of two alternatives.
type Key<'a> = (Option<&'a str>, Option<u64>, &'a [Scalar]);

type KeyOf = for<'a> fn(Seen<'a>) -> Option<Key<'a>>;

/// Pairs alternatives by their shape, their contents, their discriminator values, or else their name. Their position
/// does not matter. Returns the names in both revisions.
pub(super) fn pairs(apis: (&Api, &Api), (old, new): (&OneOf, &OneOf), shapes: &Shapes<'_>) -> Vec<(String, String)> {
    let old = old.alternatives.iter();
    let new = new.alternatives.iter();
    let mut pairing = Pairing {
        rest: old.map(|one| (one, shapes.of_old_type(&one.ty), shapes.inside_old(&one.ty))).collect(),
        free: new.map(|one| (one, shapes.of_new_type(&one.ty), shapes.inside_new(&one.ty))).collect(),
        pairs: Vec::new(),
    };
    let by_shape: [KeyOf; 3] = [
        |(one, shape, _)| Some((Some(&one.name), Some(shape), &[])),
        |(_, shape, _)| Some((None, Some(shape), &[])),
        |(_, _, inside)| Some((None, Some(inside), &[])),
    ];
    by_shape.into_iter().for_each(|key| pairing.by_key(key));
    // If all of the others have the same properties, they have other constants.
    let same = pairing.by_properties(apis);
    if same.len() == pairing.rest.len() && same.len() == pairing.free.len() {
        pairing.add(same);
    }
    let by_name: [KeyOf; 2] = [
        |(one, ..)| (!one.values.is_empty()).then_some((None, None, &one.values)),
        |(one, ..)| Some((Some(&one.name), None, &[])),
    ];
    by_name.into_iter().for_each(|key| pairing.by_key(key));
    // The only object of each with some properties is the same one, with other types of these.
    let same = pairing.by_properties(apis);
    pairing.add(same);
    // The only list of each is the same one, with other elements; so is the only number, with another range.
    pairing.only_object(apis);
    pairing.only(|ty| matches!(ty, Type::List(_)));
    pairing.only(|ty| matches!(ty, Type::Int(_) | Type::Float | Type::Double));
    pairing.pairs
}

/// Alternatives that have no partner yet, and pairs of the others.
struct Pairing<'a> {
    rest: Vec<Seen<'a>>,
    free: Vec<Seen<'a>>,
    pairs: Vec<(String, String)>,
}

impl Pairing<'_> {
    fn add(&mut self, pairs: Vec<(String, String)>) {
        let was: HashSet<&str> = pairs.iter().map(|(old, _)| old.as_str()).collect();
        let is: HashSet<&str> = pairs.iter().map(|(_, new)| new.as_str()).collect();
        self.rest.retain(|(one, ..)| !was.contains(one.name.as_str()));
        self.free.retain(|(one, ..)| !is.contains(one.name.as_str()));
        self.pairs.extend(pairs);
    }

    fn by_key(&mut self, key: KeyOf) {
        let mut by_key: HashMap<Key<'_>, VecDeque<&str>> = HashMap::new();
        for other in &self.free {
            by_key.entry(key(*other).unwrap_or_default()).or_default().push_back(&other.0.name);
        }
        let mut pairs = Vec::new();
        for one in &self.rest {
            if let Some(other) = key(*one).and_then(|key| by_key.get_mut(&key)?.pop_front()) {
                pairs.push((one.0.name.clone(), other.to_owned()));
            }
        }
        self.add(pairs);
    }

    /// Returns pairs of objects that alone have some properties.
    fn by_properties(&self, (old, new): (&Api, &Api)) -> Vec<(String, String)> {
        let objects = |api: &Api, of: &[Seen<'_>]| -> HashMap<Vec<String>, Option<String>> {
            let mut found = HashMap::new();
            for (one, ..) in of {
                if let Some(Shape::Message(message)) = one.ty.schema().and_then(|name| api.shape(name)) {
                    let names = message.fields.keys().cloned().collect();
                    found.entry(names).and_modify(|name| *name = None).or_insert(Some(one.name.clone()));
                }
            }
            found
        };
        let new_objects = objects(new, &self.free);
        let pair = |(names, one): (Vec<String>, Option<String>)| Some((one?, new_objects.get(&names)?.clone()?));
        objects(old, &self.rest).into_iter().filter_map(pair).collect()
    }

    /// Pairs the only objects without a name in the document, if they share a property.
    fn only_object(&mut self, (old, new): (&Api, &Api)) {
        fn objects<'a>(api: &'a Api, of: &[Seen<'_>]) -> Vec<(String, &'a Message)> {
            let schemas =
                of.iter().filter_map(|(one, ..)| Some((one.name.clone(), api.schemas.get(one.ty.schema()?)?)));
            let inline = schemas.filter(|(_, schema)| schema.is_inline());
            let message = |(name, schema): (String, &'a Schema)| match &schema.shape {
                Shape::Message(message) => Some((name, message)),
                _ => None,
            };
            inline.filter_map(message).collect()
        }
        if let ([(one, a)], [(other, b)]) = (objects(old, &self.rest).as_slice(), objects(new, &self.free).as_slice())
            && a.fields.keys().any(|name| b.fields.contains_key(name))
        {
            self.add(vec![(one.clone(), other.clone())]);
        }
    }

    /// Pairs the only alternatives of a kind.
    fn only(&mut self, is_kind: fn(&Type) -> bool) {
        let of_kind = |of: &[Seen<'_>]| -> Vec<String> {
            of.iter().filter(|(one, ..)| is_kind(&one.ty)).map(|(one, ..)| one.name.clone()).collect()
        };
        if let ([one], [other]) = (of_kind(&self.rest).as_slice(), of_kind(&self.free).as_slice()) {
            self.pairs.push((one.clone(), other.clone()));
        }
    }
}
