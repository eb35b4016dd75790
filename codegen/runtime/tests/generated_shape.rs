//! The contract with the code generator: exactly what it writes for each kind of thing, by hand, and what that does.
//!
//! The first part, up to the tests, is what a generated crate looks like (less its docs and links). Where a comment
//! begins with `Rule:` it tells the generator what to do.

#![allow(dead_code, unreachable_pub)]

use discovery_runtime::json;

/// The types of an API.
///
/// Rule: one module with all schemas; nested types are in a module named after the schema (snake case). Names of the
/// runtime are always written in full, from `::discovery_runtime`, so that no schema's name can hide them; those of
/// std likewise, from `::std`. `String`, `Vec`, `Option`, `Box`, `Some`, `None`, `Ok`, `Err` likewise, but only where
/// the document has a schema of that name.
// Rule: names are the document's, so this lint is off.
#[allow(clippy::enum_variant_names)]
pub mod model {
    /// A message with a field of every kind.
    ///
    /// Rule: fields in the order of their Rust names, `unknown_fields` last. A single message is always boxed; items
    /// of lists and maps are not.
    #[derive(Default)]
    #[non_exhaustive]
    pub struct TuningJob {
        /// any
        pub any: Option<::discovery_runtime::serde_json::Value>,
        /// any, repeated
        pub anys: Vec<::discovery_runtime::serde_json::Value>,
        /// string, byte
        pub blob: Option<::discovery_runtime::bytes::Bytes>,
        /// string, int64
        pub count: Option<i64>,
        /// integer, int64 (a JSON number)
        pub count_number: Option<i64>,
        /// string, google-datetime
        pub create_time: Option<::discovery_runtime::time::Timestamp>,
        /// string, date
        pub day: Option<::discovery_runtime::time::Date>,
        /// boolean
        pub done: Option<bool>,
        /// an empty message
        pub empty: Option<Box<Empty>>,
        /// integer, int32
        pub epochs: Option<i32>,
        /// number, float
        pub factor: Option<f32>,
        /// integer, uint32
        pub flags: Option<u32>,
        /// map of string
        pub labels: ::std::collections::BTreeMap<String, String>,
        /// string, google-fieldmask
        pub mask: Option<::discovery_runtime::FieldMask>,
        /// array of array of double
        pub matrix: Vec<Vec<f64>>,
        /// object without properties (Struct, Any)
        pub metadata: Option<::discovery_runtime::serde_json::Map<String, ::discovery_runtime::serde_json::Value>>,
        /// string
        pub name: Option<String>,
        /// a recursive message
        pub parent: Option<Box<TuningJob>>,
        /// map of message
        pub parts: ::std::collections::BTreeMap<String, TuningJob>,
        /// number, double
        pub rate: Option<f64>,
        /// array of message
        pub runs: Vec<TuningJob>,
        /// string, uint64
        pub size: Option<u64>,
        /// a union that no proto states
        pub source: Option<tuning_job::Source>,
        /// enum
        pub state: Option<tuning_job::State>,
        /// array of enum
        pub states: Vec<tuning_job::State>,
        /// array of string
        pub tags: Vec<String>,
        /// string, google-duration
        pub timeout: Option<::discovery_runtime::time::Duration>,
        /// a union that a proto states
        pub tuning_spec: Option<tuning_job::TuningSpec>,
        /// a keyword
        pub r#type: Option<String>,
        /// What this version of the bindings does not know.
        pub unknown_fields: ::discovery_runtime::UnknownFields,
    }

    /// Rule: `Field(key, slot, member, form)`, one line each, by slot. A slot's number is the place of its field in
    /// the struct. A union has one line for each member, in the order of the members' numbers. `form` is `Proto` but
    /// for 64-bit integers (also in lists and maps) that the document writes as JSON numbers (`integer`, `int64`)
    /// and for enums of integers, whose variants have their digits for a name.
    /// `unknown_fields` has no line, but is the last of the slots in both lists.
    impl ::discovery_runtime::Message for TuningJob {
        fn fields(&self) -> &'static [::discovery_runtime::Field] {
            use ::discovery_runtime::{Field, Form};
            &[
                Field("any", 0, 0, Form::Proto),
                Field("anys", 1, 0, Form::Proto),
                Field("blob", 2, 0, Form::Proto),
                Field("count", 3, 0, Form::Proto),
                Field("countNumber", 4, 0, Form::Number),
                Field("createTime", 5, 0, Form::Proto),
                Field("day", 6, 0, Form::Proto),
                Field("done", 7, 0, Form::Proto),
                Field("empty", 8, 0, Form::Proto),
                Field("epochs", 9, 0, Form::Proto),
                Field("factor", 10, 0, Form::Proto),
                Field("flags", 11, 0, Form::Proto),
                Field("labels", 12, 0, Form::Proto),
                Field("mask", 13, 0, Form::Proto),
                Field("matrix", 14, 0, Form::Proto),
                Field("metadata", 15, 0, Form::Proto),
                Field("name", 16, 0, Form::Proto),
                Field("parent", 17, 0, Form::Proto),
                Field("parts", 18, 0, Form::Proto),
                Field("rate", 19, 0, Form::Proto),
                Field("runs", 20, 0, Form::Proto),
                Field("size", 21, 0, Form::Proto),
                Field("preTunedModel", 22, 0, Form::Proto),
                Field("sourceCount", 22, 1, Form::Number),
                Field("sourceValue", 22, 2, Form::Proto),
                Field("sourceTags", 22, 3, Form::Proto),
                Field("sourceState", 22, 4, Form::Proto),
                Field("state", 23, 0, Form::Proto),
                Field("states", 24, 0, Form::Proto),
                Field("tags", 25, 0, Form::Proto),
                Field("timeout", 26, 0, Form::Proto),
                Field("supervisedTuningSpec", 27, 0, Form::Proto),
                Field("baseModel", 27, 1, Form::Proto),
                Field("type", 28, 0, Form::Proto),
            ]
        }

        fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn ::discovery_runtime::Slot])) {
            visit(&mut [
                &mut self.any,
                &mut self.anys,
                &mut self.blob,
                &mut self.count,
                &mut self.count_number,
                &mut self.create_time,
                &mut self.day,
                &mut self.done,
                &mut self.empty,
                &mut self.epochs,
                &mut self.factor,
                &mut self.flags,
                &mut self.labels,
                &mut self.mask,
                &mut self.matrix,
                &mut self.metadata,
                &mut self.name,
                &mut self.parent,
                &mut self.parts,
                &mut self.rate,
                &mut self.runs,
                &mut self.size,
                &mut self.source,
                &mut self.state,
                &mut self.states,
                &mut self.tags,
                &mut self.timeout,
                &mut self.tuning_spec,
                &mut self.r#type,
                &mut self.unknown_fields,
            ]);
        }

        fn slots(&self, visit: &mut dyn FnMut(&[&dyn ::discovery_runtime::Slot])) {
            visit(&[
                &self.any,
                &self.anys,
                &self.blob,
                &self.count,
                &self.count_number,
                &self.create_time,
                &self.day,
                &self.done,
                &self.empty,
                &self.epochs,
                &self.factor,
                &self.flags,
                &self.labels,
                &self.mask,
                &self.matrix,
                &self.metadata,
                &self.name,
                &self.parent,
                &self.parts,
                &self.rate,
                &self.runs,
                &self.size,
                &self.source,
                &self.state,
                &self.states,
                &self.tags,
                &self.timeout,
                &self.tuning_spec,
                &self.r#type,
                &self.unknown_fields,
            ]);
        }
    }

    // Rule: Clone, PartialEq, Debug and serde's traits are never derived: they go through the table, which compiles
    // faster and to less.
    ::discovery_runtime::message!(TuningJob);

    // Rule: scalars as they are, everything else as what becomes it. One setter for each field, and one for each member
    // of a union, which replaces the other members.
    impl TuningJob {
        /// Sets [`any`](Self::any).
        pub fn set_any(mut self, value: impl Into<::discovery_runtime::serde_json::Value>) -> Self {
            self.any = Some(value.into());
            self
        }

        /// Sets [`anys`](Self::anys).
        pub fn set_anys(
            mut self,
            value: impl IntoIterator<Item = impl Into<::discovery_runtime::serde_json::Value>>,
        ) -> Self {
            self.anys = ::discovery_runtime::set::list(value);
            self
        }

        /// Sets [`blob`](Self::blob).
        pub fn set_blob(mut self, value: impl Into<::discovery_runtime::bytes::Bytes>) -> Self {
            self.blob = Some(value.into());
            self
        }

        /// Sets [`count`](Self::count).
        pub fn set_count(mut self, value: i64) -> Self {
            self.count = Some(value);
            self
        }

        /// Sets [`count_number`](Self::count_number).
        pub fn set_count_number(mut self, value: i64) -> Self {
            self.count_number = Some(value);
            self
        }

        /// Sets [`create_time`](Self::create_time).
        pub fn set_create_time(mut self, value: impl Into<::discovery_runtime::time::Timestamp>) -> Self {
            self.create_time = Some(value.into());
            self
        }

        /// Sets [`day`](Self::day).
        pub fn set_day(mut self, value: impl Into<::discovery_runtime::time::Date>) -> Self {
            self.day = Some(value.into());
            self
        }

        /// Sets [`done`](Self::done).
        pub fn set_done(mut self, value: bool) -> Self {
            self.done = Some(value);
            self
        }

        /// Sets [`empty`](Self::empty).
        pub fn set_empty(mut self, value: impl Into<Box<Empty>>) -> Self {
            self.empty = Some(value.into());
            self
        }

        /// Sets [`epochs`](Self::epochs).
        pub fn set_epochs(mut self, value: i32) -> Self {
            self.epochs = Some(value);
            self
        }

        /// Sets [`factor`](Self::factor).
        pub fn set_factor(mut self, value: f32) -> Self {
            self.factor = Some(value);
            self
        }

        /// Sets [`flags`](Self::flags).
        pub fn set_flags(mut self, value: u32) -> Self {
            self.flags = Some(value);
            self
        }

        /// Sets [`labels`](Self::labels).
        pub fn set_labels(mut self, value: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
            self.labels = ::discovery_runtime::set::map(value);
            self
        }

        /// Sets [`mask`](Self::mask).
        pub fn set_mask(mut self, value: impl Into<::discovery_runtime::FieldMask>) -> Self {
            self.mask = Some(value.into());
            self
        }

        /// Sets [`matrix`](Self::matrix).
        pub fn set_matrix(mut self, value: impl IntoIterator<Item = impl Into<Vec<f64>>>) -> Self {
            self.matrix = ::discovery_runtime::set::list(value);
            self
        }

        /// Sets [`metadata`](Self::metadata).
        pub fn set_metadata(
            mut self,
            value: impl Into<::discovery_runtime::serde_json::Map<String, ::discovery_runtime::serde_json::Value>>,
        ) -> Self {
            self.metadata = Some(value.into());
            self
        }

        /// Sets [`name`](Self::name).
        pub fn set_name(mut self, value: impl Into<String>) -> Self {
            self.name = Some(value.into());
            self
        }

        /// Sets [`parent`](Self::parent).
        pub fn set_parent(mut self, value: impl Into<Box<TuningJob>>) -> Self {
            self.parent = Some(value.into());
            self
        }

        /// Sets [`parts`](Self::parts).
        pub fn set_parts(mut self, value: impl IntoIterator<Item = (impl Into<String>, impl Into<TuningJob>)>) -> Self {
            self.parts = ::discovery_runtime::set::map(value);
            self
        }

        /// Sets [`rate`](Self::rate).
        pub fn set_rate(mut self, value: f64) -> Self {
            self.rate = Some(value);
            self
        }

        /// Sets [`runs`](Self::runs).
        pub fn set_runs(mut self, value: impl IntoIterator<Item = impl Into<TuningJob>>) -> Self {
            self.runs = ::discovery_runtime::set::list(value);
            self
        }

        /// Sets [`size`](Self::size).
        pub fn set_size(mut self, value: u64) -> Self {
            self.size = Some(value);
            self
        }

        /// Sets [`source`](Self::source).
        pub fn set_source(mut self, value: impl Into<tuning_job::Source>) -> Self {
            self.source = Some(value.into());
            self
        }

        /// Sets [`state`](Self::state).
        pub fn set_state(mut self, value: impl Into<tuning_job::State>) -> Self {
            self.state = Some(value.into());
            self
        }

        /// Sets [`states`](Self::states).
        pub fn set_states(mut self, value: impl IntoIterator<Item = impl Into<tuning_job::State>>) -> Self {
            self.states = ::discovery_runtime::set::list(value);
            self
        }

        /// Sets [`tags`](Self::tags).
        pub fn set_tags(mut self, value: impl IntoIterator<Item = impl Into<String>>) -> Self {
            self.tags = ::discovery_runtime::set::list(value);
            self
        }

        /// Sets [`timeout`](Self::timeout).
        pub fn set_timeout(mut self, value: impl Into<::discovery_runtime::time::Duration>) -> Self {
            self.timeout = Some(value.into());
            self
        }

        /// Sets [`tuning_spec`](Self::tuning_spec).
        pub fn set_tuning_spec(mut self, value: impl Into<tuning_job::TuningSpec>) -> Self {
            self.tuning_spec = Some(value.into());
            self
        }

        /// Sets [`type`](Self::r#type).
        pub fn set_type(mut self, value: impl Into<String>) -> Self {
            self.r#type = Some(value.into());
            self
        }

        /// Sets [`source`](Self::source) to its member `pre_tuned_model`.
        pub fn set_pre_tuned_model(mut self, value: impl Into<Box<TuningJob>>) -> Self {
            self.source = Some(tuning_job::Source::PreTunedModel(value.into()));
            self
        }

        /// Sets [`source`](Self::source) to its member `source_count`.
        pub fn set_source_count(mut self, value: i64) -> Self {
            self.source = Some(tuning_job::Source::SourceCount(value));
            self
        }

        /// Sets [`source`](Self::source) to its member `source_value`.
        pub fn set_source_value(mut self, value: impl Into<::discovery_runtime::serde_json::Value>) -> Self {
            self.source = Some(tuning_job::Source::SourceValue(value.into()));
            self
        }

        /// Sets [`source`](Self::source) to its member `source_tags`.
        pub fn set_source_tags(mut self, value: impl IntoIterator<Item = impl Into<String>>) -> Self {
            self.source = Some(tuning_job::Source::SourceTags(::discovery_runtime::set::list(value)));
            self
        }

        /// Sets [`source`](Self::source) to its member `source_state`.
        pub fn set_source_state(mut self, value: impl Into<tuning_job::State>) -> Self {
            self.source = Some(tuning_job::Source::SourceState(value.into()));
            self
        }

        /// Sets [`tuning_spec`](Self::tuning_spec) to its member `supervised_tuning_spec`.
        pub fn set_supervised_tuning_spec(mut self, value: impl Into<Box<TuningJob>>) -> Self {
            self.tuning_spec = Some(tuning_job::TuningSpec::SupervisedTuningSpec(value.into()));
            self
        }

        /// Sets [`tuning_spec`](Self::tuning_spec) to its member `base_model`.
        pub fn set_base_model(mut self, value: impl Into<String>) -> Self {
            self.tuning_spec = Some(tuning_job::TuningSpec::BaseModel(value.into()));
            self
        }
    }

    /// A message with no fields.
    #[derive(Default)]
    #[non_exhaustive]
    pub struct Empty {
        /// What this version of the bindings does not know.
        pub unknown_fields: ::discovery_runtime::UnknownFields,
    }

    impl ::discovery_runtime::Message for Empty {
        fn fields(&self) -> &'static [::discovery_runtime::Field] {
            &[]
        }

        fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn ::discovery_runtime::Slot])) {
            visit(&mut [&mut self.unknown_fields]);
        }

        fn slots(&self, visit: &mut dyn FnMut(&[&dyn ::discovery_runtime::Slot])) {
            visit(&[&self.unknown_fields]);
        }
    }

    ::discovery_runtime::message!(Empty);

    /// What belongs to [`TuningJob`].
    pub mod tuning_job {
        /// An enum.
        ///
        /// Rule: variants in the document's order, `Unrecognized` last; a variant of that name in the document gets
        /// another one.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum State {
            /// STATE_UNSPECIFIED
            Unspecified,
            /// ACTIVE
            Active,
            /// A value that this version of the bindings does not know.
            Unrecognized(::discovery_runtime::Unrecognized<State>),
        }

        impl ::discovery_runtime::OpenEnum for State {
            fn known(name: &str) -> Option<Self> {
                Some(match name {
                    "STATE_UNSPECIFIED" => Self::Unspecified,
                    "ACTIVE" => Self::Active,
                    _ => return None,
                })
            }

            fn name(&self) -> Result<&'static str, &::discovery_runtime::Unrecognized<Self>> {
                Ok(match self {
                    Self::Unspecified => "STATE_UNSPECIFIED",
                    Self::Active => "ACTIVE",
                    Self::Unrecognized(value) => return Err(value),
                })
            }

            fn unrecognized(value: ::discovery_runtime::Unrecognized<Self>) -> Self {
                Self::Unrecognized(value)
            }
        }

        ::discovery_runtime::open_enum!(State);

        /// A union that a proto states.
        ///
        /// Rule: a member holds what its field would, less the `Option`; a message is boxed.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum TuningSpec {
            /// supervisedTuningSpec
            SupervisedTuningSpec(Box<super::TuningJob>),
            /// baseModel
            BaseModel(String),
        }

        impl ::discovery_runtime::Union for TuningSpec {
            const STRICT: bool = true;

            // Rule: the last member stands for all other numbers.
            fn empty(member: u16) -> Self {
                match member {
                    0 => Self::SupervisedTuningSpec(::discovery_runtime::Wire::empty()),
                    _ => Self::BaseModel(::discovery_runtime::Wire::empty()),
                }
            }

            fn member_mut(&mut self) -> &mut dyn ::discovery_runtime::Wire {
                match self {
                    Self::SupervisedTuningSpec(value) => value,
                    Self::BaseModel(value) => value,
                }
            }
        }

        impl ::discovery_runtime::Single for TuningSpec {
            fn read_single(
                slot: &mut Option<Self>,
                reader: &mut ::discovery_runtime::json::Reader<'_>,
                fields: &'static [::discovery_runtime::Field],
                index: usize,
            ) -> Result<(), ::discovery_runtime::json::Error> {
                ::discovery_runtime::union::read(slot, reader, fields, index)
            }

            fn member(&self) -> (u16, &dyn ::discovery_runtime::Wire) {
                match self {
                    Self::SupervisedTuningSpec(value) => (0, value),
                    Self::BaseModel(value) => (1, value),
                }
            }
        }

        /// A union that no proto states.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Source {
            /// preTunedModel
            PreTunedModel(Box<super::TuningJob>),
            /// sourceCount
            SourceCount(i64),
            /// sourceValue
            SourceValue(::discovery_runtime::serde_json::Value),
            /// sourceTags
            SourceTags(Vec<String>),
            /// sourceState
            SourceState(State),
        }

        impl ::discovery_runtime::Union for Source {
            const STRICT: bool = false;

            fn empty(member: u16) -> Self {
                match member {
                    0 => Self::PreTunedModel(::discovery_runtime::Wire::empty()),
                    1 => Self::SourceCount(::discovery_runtime::Wire::empty()),
                    2 => Self::SourceValue(::discovery_runtime::Wire::empty()),
                    3 => Self::SourceTags(::discovery_runtime::Wire::empty()),
                    _ => Self::SourceState(::discovery_runtime::Wire::empty()),
                }
            }

            fn member_mut(&mut self) -> &mut dyn ::discovery_runtime::Wire {
                match self {
                    Self::PreTunedModel(value) => value,
                    Self::SourceCount(value) => value,
                    Self::SourceValue(value) => value,
                    Self::SourceTags(value) => value,
                    Self::SourceState(value) => value,
                }
            }
        }

        impl ::discovery_runtime::Single for Source {
            fn read_single(
                slot: &mut Option<Self>,
                reader: &mut ::discovery_runtime::json::Reader<'_>,
                fields: &'static [::discovery_runtime::Field],
                index: usize,
            ) -> Result<(), ::discovery_runtime::json::Error> {
                ::discovery_runtime::union::read(slot, reader, fields, index)
            }

            fn member(&self) -> (u16, &dyn ::discovery_runtime::Wire) {
                match self {
                    Self::PreTunedModel(value) => (0, value),
                    Self::SourceCount(value) => (1, value),
                    Self::SourceValue(value) => (2, value),
                    Self::SourceTags(value) => (3, value),
                    Self::SourceState(value) => (4, value),
                }
            }
        }
    }
}

use model::TuningJob;
use model::tuning_job::State;

#[test]
fn what_is_written_is_what_was_read() {
    let text = r#"{"count":"5","countNumber":5,"labels":{"a":"b"},"matrix":[[1.5,2.0]],"name":"x","runs":[{"empty":{}}],"state":"NEW","states":["ACTIVE"],"baseModel":"m","type":"t","later":[1]}"#;
    let job: TuningJob = json::from_str(text).unwrap();
    assert_eq!(job.count, Some(5));
    assert_eq!(job.state, Some(State::from("NEW")));
    assert_eq!(json::to_string(&job).unwrap(), text);
}
