//! Hashes of the shapes of schemas: equal if names, types and behavior are equal, without descriptions, down to a
//! limited depth of references.

use crate::model::{Api, Behavior, Field, Shape, Type};
use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Shapes of both revisions. A schema that has the same name in both is identified by it.
pub(super) struct Shapes<'a> {
    old: Numbers<'a>,
    new: Numbers<'a>,
}

/// Number of references that are followed.
const DEPTH: usize = 4;

impl<'a> Shapes<'a> {
    pub(super) fn new(old: &'a Api, new: &'a Api) -> Self {
        let numbers = |api, other| Numbers { api, other, found: RefCell::default() };
        Self { old: numbers(old, new), new: numbers(new, old) }
    }

    /// Returns the hash of a schema of the old revision.
    pub(super) fn of_old(&self, name: &str) -> u64 {
        self.old.schema(name, DEPTH)
    }

    /// Returns the hash of a schema of the new revision.
    pub(super) fn of_new(&self, name: &str) -> u64 {
        self.new.schema(name, DEPTH)
    }

    /// Returns the hash of a type of the old revision.
    pub(super) fn of_old_type(&self, ty: &Type) -> u64 {
        number(|hash| self.old.ty(ty, DEPTH, hash))
    }

    /// Returns the hash of a type of the new revision.
    pub(super) fn of_new_type(&self, ty: &Type) -> u64 {
        number(|hash| self.new.ty(ty, DEPTH, hash))
    }

    /// Returns the hash of what a type of the old revision contains, named or inline.
    pub(super) fn inside_old(&self, ty: &Type) -> u64 {
        self.old.inside(ty)
    }

    /// Returns the hash of what a type of the new revision contains.
    pub(super) fn inside_new(&self, ty: &Type) -> u64 {
        self.new.inside(ty)
    }

    /// Returns `true` if a property of the old revision has the shape of one of the new.
    pub(super) fn same_field(&self, old: &Field, new: &Field) -> bool {
        number(|hash| self.old.field(old, DEPTH, hash)) == number(|hash| self.new.field(new, DEPTH, hash))
    }
}

fn number(write: impl FnOnce(&mut DefaultHasher)) -> u64 {
    let mut hash = DefaultHasher::new();
    write(&mut hash);
    hash.finish()
}

/// Hashes of one revision, computed on demand: few are needed if little has changed.
struct Numbers<'a> {
    api: &'a Api,
    other: &'a Api,
    /// Hashes by schema and depth.
    found: RefCell<HashMap<(&'a str, usize), u64>>,
}

impl Numbers<'_> {
    fn inside(&self, ty: &Type) -> u64 {
        match ty {
            Type::Schema(name) => self.schema(name, DEPTH),
            other => number(|hash| self.ty(other, DEPTH, hash)),
        }
    }

    fn schema(&self, name: &str, depth: usize) -> u64 {
        let Some((name, schema)) = self.api.schemas.get_key_value(name).filter(|_| depth > 0) else {
            return 0;
        };
        let found = self.found.borrow().get(&(name.as_str(), depth)).copied();
        found.unwrap_or_else(|| {
            let number = self.shape(&schema.shape, depth.saturating_sub(1));
            self.found.borrow_mut().insert((name, depth), number);
            number
        })
    }

    fn shape(&self, shape: &Shape, depth: usize) -> u64 {
        number(|hash| match shape {
            Shape::Message(message) => {
                for (name, value) in &message.fields {
                    name.hash(hash);
                    self.field(value, depth, hash);
                }
                for (name, union) in &message.unions {
                    name.hash(hash);
                    union.members.iter().collect::<BTreeSet<_>>().hash(hash);
                }
                if let Some(additional) = &message.additional {
                    self.ty(additional, depth, hash);
                }
            }
            Shape::Enum(enumeration) => {
                1.hash(hash);
                for value in &enumeration.values {
                    value.name.hash(hash);
                }
            }
            Shape::Alias(alias) => {
                2.hash(hash);
                self.ty(alias, depth, hash);
            }
            Shape::OneOf(one_of) => {
                3.hash(hash);
                one_of.discriminator.hash(hash);
                for alternative in &one_of.alternatives {
                    self.ty(&alternative.ty, depth, hash);
                }
            }
        })
    }

    fn field(&self, field: &Field, depth: usize, hash: &mut DefaultHasher) {
        self.ty(&field.ty, depth, hash);
        let marks = field.behavior.iter().filter(|b| **b != Behavior::Optional);
        marks.collect::<Vec<_>>().hash(hash);
    }

    fn ty(&self, of: &Type, depth: usize, hash: &mut DefaultHasher) {
        match of {
            Type::Schema(name) if is_top(self.api, name) && is_top(self.other, name) => name.hash(hash),
            Type::Schema(name) => self.schema(name, depth).hash(hash),
            Type::List(inner) => {
                "list".hash(hash);
                self.ty(inner, depth, hash);
            }
            Type::Map(inner) => {
                "map".hash(hash);
                self.ty(inner, depth, hash);
            }
            Type::Nullable(inner) => {
                "nullable".hash(hash);
                self.ty(inner, depth, hash);
            }
            scalar => scalar.hash(hash),
        }
    }
}

fn is_top(api: &Api, name: &str) -> bool {
    api.schemas.get(name).is_some_and(|s| !s.is_inline())
}
