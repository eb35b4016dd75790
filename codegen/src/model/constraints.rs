//! Constraints on a value beyond its type.

/// Constraints on a value beyond its type. Generated code documents them and does not check them: the service does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Constraints {
    /// Value that the service assumes if none is sent.
    pub default: Option<String>,
    /// Regular expression that the value matches.
    pub pattern: Option<String>,
    /// Format of a string, or width of a number, that has no type of its own in the model: `email`, `uuid`.
    pub format: Option<String>,
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
    /// Allowed values of a number or boolean, as JSON; empty for any. Strings with allowed values are enumerations.
    pub values: Vec<String>,
    /// Constraints on the elements of a list or the values of a map.
    pub items: Option<Box<Constraints>>,
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
}

impl Constraints {
    /// Returns these constraints, with those of `base` where this has none: a reference to a named type has the
    /// constraints of that type.
    pub fn or(mut self, base: &Self) -> Self {
        fn fill<T: Clone>(own: &mut Option<T>, base: &Option<T>) {
            if own.is_none() {
                own.clone_from(base);
            }
        }
        fill(&mut self.default, &base.default);
        fill(&mut self.pattern, &base.pattern);
        fill(&mut self.format, &base.format);
        fill(&mut self.minimum, &base.minimum);
        fill(&mut self.maximum, &base.maximum);
        fill(&mut self.multiple_of, &base.multiple_of);
        fill(&mut self.min_length, &base.min_length);
        fill(&mut self.max_length, &base.max_length);
        fill(&mut self.min_items, &base.min_items);
        fill(&mut self.max_items, &base.max_items);
        fill(&mut self.min_properties, &base.min_properties);
        fill(&mut self.max_properties, &base.max_properties);
        fill(&mut self.items, &base.items);
        self.unique_items |= base.unique_items;
        self.nullable |= base.nullable;
        if self.values.is_empty() {
            self.values.clone_from(&base.values);
        }
        self
    }
}
