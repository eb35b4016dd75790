//! Constraints on a value beyond its type.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Constraints on a value beyond its type. Generated code documents them and does not check them: the service does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constraints {
    /// Value that the service assumes if none is sent.
    pub default: Option<String>,
    /// Regular expression that the value matches.
    pub pattern: Option<String>,
    /// Format of a string, or width of a number, that has no type of its own in the model: `email`, `uuid`.
    pub format: Option<String>,
    /// Media type of the content of a string: `image/png`.
    pub media_type: Option<String>,
    /// Lower bound of a number.
    pub minimum: Option<Bound>,
    /// Upper bound of a number.
    pub maximum: Option<Bound>,
    /// Number that the value is a multiple of.
    pub multiple_of: Option<String>,
    /// Smallest number of characters.
    pub min_length: Option<u64>,
    /// Largest number of characters.
    pub max_length: Option<u64>,
    /// Smallest number of elements of a list.
    pub min_items: Option<u64>,
    /// Largest number of elements of a list.
    pub max_items: Option<u64>,
    /// Smallest number of properties of an object.
    pub min_properties: Option<u64>,
    /// Largest number of properties of an object.
    pub max_properties: Option<u64>,
    /// True if the elements of a list must differ from each other.
    pub unique_items: bool,
    /// True if the value may be `null`.
    pub nullable: bool,
    /// For a value that may be `null`: true if the list of allowed values contains `null`, false if another list is
    /// stated.
    pub lists_null: Option<bool>,
    /// Allowed values, as JSON; empty for any. Strings with allowed values are enumerations, unless the type takes any
    /// text or is that of another schema: their values are here as they are, without quotes.
    pub values: Vec<String>,
    /// Values that the document lists without excluding others, by `x-extensible-enum`.
    pub known_values: Vec<String>,
    /// Constraints on the elements of a list or the values of a map.
    pub items: Option<Box<Constraints>>,
    /// Constraints on the alternatives of a choice that are neither objects nor choices, in the document's order.
    pub alternatives: Vec<AlternativeConstraints>,
    /// Properties that an object must have, and that its type does not list as required.
    pub required: BTreeSet<String>,
    /// Choices between sets of required properties.
    pub required_choices: Vec<RequiredChoice>,
    /// Properties that an object must have if it has another one, by the name of that.
    pub dependent_required: BTreeMap<String, BTreeSet<String>>,
    /// Kinds of the first elements of a list, by position: `string`, `object`.
    pub first_items: Vec<String>,
    /// Properties of an object by patterns of their names.
    pub patterns: Option<PatternProperties>,
    /// Keywords of JSON Schema that are not read, such as `not`, with their texts.
    pub unread: BTreeMap<&'static str, String>,
}

/// Constraints on one alternative of a choice. The type of a choice may not distinguish its alternatives: two
/// strings are one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlternativeConstraints {
    /// Kind of its values: `string`, `integer`, `number`, `boolean`, `array`.
    pub kind: String,
    /// Schema that it refers to, which states the constraints.
    pub schema: Option<String>,
    /// Its constraints, those of the schema included.
    pub constraints: Constraints,
    /// Allowed values of a string, which a type that takes any text does not state.
    pub texts: Vec<String>,
}

/// Properties of an object by patterns of their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PatternProperties {
    /// Texts of the schemas of the properties, by pattern.
    pub schemas: BTreeMap<String, String>,
    /// True if an object may have any other properties, false if it may have none; `None` if these have a type.
    pub others: Option<bool>,
}

/// Sets of properties, one of which an object must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequiredChoice {
    /// True if an object must have exactly one of the sets.
    pub exclusive: bool,
    /// The sets, each of names of properties.
    pub sets: BTreeSet<BTreeSet<String>>,
}

/// Bound of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The number, in decimal.
    pub value: String,
    /// True if the value must differ from the bound.
    pub exclusive: bool,
}

impl Bound {
    /// Bound that includes its number.
    pub fn inclusive(value: String) -> Self {
        Self { value, exclusive: false }
    }

    /// Returns the stricter of two bounds. `stricter` is the order of a stricter number to another one.
    fn stricter(own: Option<Self>, other: Option<&Self>, stricter: Ordering) -> Option<Self> {
        let (Some(own), Some(other)) = (&own, other) else { return own.or_else(|| other.cloned()) };
        let order = compare_numbers(&other.value, &own.value);
        let is_stricter = order == stricter || (order == Ordering::Equal && other.exclusive);
        Some(if is_stricter { other } else { own }.clone())
    }
}

impl Constraints {
    /// Notes the kind of a value that is set as text, whatever its type.
    pub(crate) fn state_kind(&mut self, kind: Option<&str>) {
        if let Some(kind @ ("integer" | "number" | "boolean")) = kind
            && self.alternatives.is_empty()
        {
            let kind = kind.to_owned();
            self.alternatives.push(AlternativeConstraints { kind, ..AlternativeConstraints::default() });
        }
    }

    /// Returns the schemas that alternatives refer to.
    pub fn schemas(&self) -> Vec<&str> {
        if self.alternatives.is_empty() && self.items.is_none() {
            return Vec::new();
        }
        let inner =
            self.alternatives.iter().flat_map(|one| one.schema.as_deref().into_iter().chain(one.constraints.schemas()));
        inner.chain(self.items.iter().flat_map(|items| items.schemas())).collect()
    }

    /// Returns the constraints of a value that meets both these and others, such as those of a type that it refers to.
    /// Texts that cannot be combined, such as patterns, are taken from these.
    pub fn and(mut self, other: &Self) -> Self {
        fn fill<T: Clone>(own: &mut Option<T>, other: &Option<T>) {
            if own.is_none() {
                own.clone_from(other);
            }
        }
        fn least(own: &mut Option<u64>, other: Option<u64>) {
            *own = (*own).into_iter().chain(other).min();
        }
        // Every field: one that is added is combined, too.
        let Self {
            default,
            pattern,
            format,
            media_type,
            minimum,
            maximum,
            multiple_of,
            min_length,
            max_length,
            min_items,
            max_items,
            min_properties,
            max_properties,
            unique_items,
            nullable,
            lists_null,
            values,
            known_values,
            items,
            alternatives,
            required,
            required_choices,
            dependent_required,
            first_items,
            patterns,
            unread,
        } = other;
        fill(&mut self.default, default);
        fill(&mut self.pattern, pattern);
        fill(&mut self.format, format);
        fill(&mut self.media_type, media_type);
        fill(&mut self.multiple_of, multiple_of);
        fill(&mut self.lists_null, lists_null);
        fill(&mut self.patterns, patterns);
        self.minimum = Bound::stricter(self.minimum.take(), minimum.as_ref(), Ordering::Greater);
        self.maximum = Bound::stricter(self.maximum.take(), maximum.as_ref(), Ordering::Less);
        self.min_length = self.min_length.max(*min_length);
        self.min_items = self.min_items.max(*min_items);
        self.min_properties = self.min_properties.max(*min_properties);
        least(&mut self.max_length, *max_length);
        least(&mut self.max_items, *max_items);
        least(&mut self.max_properties, *max_properties);
        self.unique_items |= *unique_items;
        self.nullable |= *nullable;
        if self.values.is_empty() {
            self.values.clone_from(values);
        } else if !values.is_empty() {
            let allowed: HashSet<&String> = values.iter().collect();
            self.values.retain(|value| allowed.contains(value));
        }
        self.items = match (self.items.take(), items) {
            (Some(own), Some(other)) => Some(Box::new(own.and(other))),
            (own, other) => own.or_else(|| other.clone()),
        };
        if self.alternatives.is_empty() {
            self.alternatives.clone_from(alternatives);
        }
        if self.known_values.is_empty() {
            self.known_values.clone_from(known_values);
        }
        if self.first_items.is_empty() {
            self.first_items.clone_from(first_items);
        }
        self.required.extend(required.iter().cloned());
        self.required_choices.extend(required_choices.iter().cloned());
        for (name, names) in dependent_required {
            self.dependent_required.entry(name.clone()).or_default().extend(names.iter().cloned());
        }
        for (key, value) in unread {
            self.unread.entry(key).or_insert_with(|| value.clone());
        }
        self
    }
}

/// Compares decimal numbers: integers exactly, others as `f64`.
pub fn compare_numbers(a: &str, b: &str) -> Ordering {
    if let (Ok(a), Ok(b)) = (a.parse::<i128>(), b.parse::<i128>()) {
        return a.cmp(&b);
    }
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a.total_cmp(&b),
        _ => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stricter_of_two_constraints() {
        let of = |minimum: &str, exclusive, maximum: &str, max_length| Constraints {
            minimum: Some(Bound { value: minimum.to_owned(), exclusive }),
            maximum: Some(Bound::inclusive(maximum.to_owned())),
            max_length,
            ..Constraints::default()
        };
        let (a, b) = (of("1", false, "9007199254740993", None), of("1.0", true, "9007199254740992", Some(5)));
        for both in [a.clone().and(&b), b.and(&a)] {
            assert_eq!(both.minimum.map(|bound| bound.exclusive), Some(true));
            assert_eq!(both.maximum.map(|bound| bound.value).as_deref(), Some("9007199254740992"));
            assert_eq!(both.max_length, Some(5));
        }
    }
}
