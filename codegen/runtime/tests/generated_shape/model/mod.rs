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
    /// a union that no proto declares
    pub source: Option<tuning_job::Source>,
    /// enum
    pub state: Option<tuning_job::State>,
    /// array of enum
    pub states: Vec<tuning_job::State>,
    /// array of string
    pub tags: Vec<String>,
    /// string, google-duration
    pub timeout: Option<::discovery_runtime::time::Duration>,
    /// a union that a proto declares
    pub tuning_spec: Option<tuning_job::TuningSpec>,
    /// a keyword
    pub r#type: Option<String>,
    /// JSON fields unknown to these bindings.
    pub unknown_fields: ::discovery_runtime::UnknownFields,
}

/// Rule: one entry for each key, sorted by slot, which is the index of the field in the struct. A union has one
/// entry for each member, in the order of its members; those that a proto declares are `exclusive`. `as_number`
/// marks 64-bit integers (also in lists and maps) that the document writes as JSON numbers (`integer`, `int64`),
/// and enums of integers, whose variants have their digits for a name. `unknown_fields` has no entry, but is the
/// last slot.
///
/// Rule: every function is `#[inline]`: a program compiles those that it uses.
impl ::discovery_runtime::Message for TuningJob {
    #[inline]
    fn fields(&self) -> &'static [::discovery_runtime::__private::FieldInfo] {
        use ::discovery_runtime::__private::FieldInfo;
        const {
            &[
                FieldInfo::new("any", 0),
                FieldInfo::new("anys", 1),
                FieldInfo::new("blob", 2),
                FieldInfo::new("count", 3),
                FieldInfo::new("countNumber", 4).as_number(),
                FieldInfo::new("createTime", 5),
                FieldInfo::new("day", 6),
                FieldInfo::new("done", 7),
                FieldInfo::new("empty", 8),
                FieldInfo::new("epochs", 9),
                FieldInfo::new("factor", 10),
                FieldInfo::new("flags", 11),
                FieldInfo::new("labels", 12),
                FieldInfo::new("mask", 13),
                FieldInfo::new("matrix", 14),
                FieldInfo::new("metadata", 15),
                FieldInfo::new("name", 16),
                FieldInfo::new("parent", 17),
                FieldInfo::new("parts", 18),
                FieldInfo::new("rate", 19),
                FieldInfo::new("runs", 20),
                FieldInfo::new("size", 21),
                FieldInfo::member("preTunedModel", 22, 0),
                FieldInfo::member("sourceCount", 22, 1).as_number(),
                FieldInfo::member("sourceValue", 22, 2),
                FieldInfo::member("sourceTags", 22, 3),
                FieldInfo::member("sourceState", 22, 4),
                FieldInfo::new("state", 23),
                FieldInfo::new("states", 24),
                FieldInfo::new("tags", 25),
                FieldInfo::new("timeout", 26),
                FieldInfo::member("supervisedTuningSpec", 27, 0).exclusive(),
                FieldInfo::member("baseModel", 27, 1).exclusive(),
                FieldInfo::new("type", 28),
            ]
        }
    }

    #[inline]
    fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn ::discovery_runtime::__private::Slot])) {
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

    #[inline]
    fn slots(&self, visit: &mut dyn FnMut(&[&dyn ::discovery_runtime::__private::Slot])) {
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

// Rule: setters take scalars directly and other types by conversion; an empty list or map is sent. One setter for
// each field, and one for each member of a union, which replaces the other members.
impl TuningJob {
    /// Sets [`any`](Self::any).
    #[inline]
    pub fn set_any(mut self, value: impl Into<::discovery_runtime::serde_json::Value>) -> Self {
        self.any = Some(value.into());
        self
    }

    /// Sets [`anys`](Self::anys).
    #[inline]
    pub fn set_anys(
        mut self,
        value: impl IntoIterator<Item = impl Into<::discovery_runtime::serde_json::Value>>,
    ) -> Self {
        self.anys = ::discovery_runtime::__private::set::list_field(&mut self.unknown_fields, "anys", value);
        self
    }

    /// Sets [`blob`](Self::blob).
    #[inline]
    pub fn set_blob(mut self, value: impl Into<::discovery_runtime::bytes::Bytes>) -> Self {
        self.blob = Some(value.into());
        self
    }

    /// Sets [`count`](Self::count).
    #[inline]
    pub fn set_count(mut self, value: i64) -> Self {
        self.count = Some(value);
        self
    }

    /// Sets [`count_number`](Self::count_number).
    #[inline]
    pub fn set_count_number(mut self, value: i64) -> Self {
        self.count_number = Some(value);
        self
    }

    /// Sets [`create_time`](Self::create_time).
    #[inline]
    pub fn set_create_time(mut self, value: impl Into<::discovery_runtime::time::Timestamp>) -> Self {
        self.create_time = Some(value.into());
        self
    }

    /// Sets [`day`](Self::day).
    #[inline]
    pub fn set_day(mut self, value: impl Into<::discovery_runtime::time::Date>) -> Self {
        self.day = Some(value.into());
        self
    }

    /// Sets [`done`](Self::done).
    #[inline]
    pub fn set_done(mut self, value: bool) -> Self {
        self.done = Some(value);
        self
    }

    /// Sets [`empty`](Self::empty).
    #[inline]
    pub fn set_empty(mut self, value: impl Into<Box<Empty>>) -> Self {
        self.empty = Some(value.into());
        self
    }

    /// Sets [`epochs`](Self::epochs).
    #[inline]
    pub fn set_epochs(mut self, value: i32) -> Self {
        self.epochs = Some(value);
        self
    }

    /// Sets [`factor`](Self::factor).
    #[inline]
    pub fn set_factor(mut self, value: f32) -> Self {
        self.factor = Some(value);
        self
    }

    /// Sets [`flags`](Self::flags).
    #[inline]
    pub fn set_flags(mut self, value: u32) -> Self {
        self.flags = Some(value);
        self
    }

    /// Sets [`labels`](Self::labels).
    #[inline]
    pub fn set_labels(mut self, value: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Self {
        self.labels = ::discovery_runtime::__private::set::map_field(&mut self.unknown_fields, "labels", value);
        self
    }

    /// Sets [`mask`](Self::mask).
    #[inline]
    pub fn set_mask(mut self, value: impl Into<::discovery_runtime::FieldMask>) -> Self {
        self.mask = Some(value.into());
        self
    }

    /// Sets [`matrix`](Self::matrix).
    #[inline]
    pub fn set_matrix(mut self, value: impl IntoIterator<Item = impl Into<Vec<f64>>>) -> Self {
        self.matrix = ::discovery_runtime::__private::set::list_field(&mut self.unknown_fields, "matrix", value);
        self
    }

    /// Sets [`metadata`](Self::metadata).
    #[inline]
    pub fn set_metadata(
        mut self,
        value: impl Into<::discovery_runtime::serde_json::Map<String, ::discovery_runtime::serde_json::Value>>,
    ) -> Self {
        self.metadata = Some(value.into());
        self
    }

    /// Sets [`name`](Self::name).
    #[inline]
    pub fn set_name(mut self, value: impl Into<String>) -> Self {
        self.name = Some(value.into());
        self
    }

    /// Sets [`parent`](Self::parent).
    #[inline]
    pub fn set_parent(mut self, value: impl Into<Box<TuningJob>>) -> Self {
        self.parent = Some(value.into());
        self
    }

    /// Sets [`parts`](Self::parts).
    #[inline]
    pub fn set_parts(mut self, value: impl IntoIterator<Item = (impl Into<String>, impl Into<TuningJob>)>) -> Self {
        self.parts = ::discovery_runtime::__private::set::map_field(&mut self.unknown_fields, "parts", value);
        self
    }

    /// Sets [`rate`](Self::rate).
    #[inline]
    pub fn set_rate(mut self, value: f64) -> Self {
        self.rate = Some(value);
        self
    }

    /// Sets [`runs`](Self::runs).
    #[inline]
    pub fn set_runs(mut self, value: impl IntoIterator<Item = impl Into<TuningJob>>) -> Self {
        self.runs = ::discovery_runtime::__private::set::list_field(&mut self.unknown_fields, "runs", value);
        self
    }

    /// Sets [`size`](Self::size).
    #[inline]
    pub fn set_size(mut self, value: u64) -> Self {
        self.size = Some(value);
        self
    }

    /// Sets [`source`](Self::source).
    #[inline]
    pub fn set_source(mut self, value: impl Into<tuning_job::Source>) -> Self {
        self.source = Some(value.into());
        self
    }

    /// Sets [`state`](Self::state).
    #[inline]
    pub fn set_state(mut self, value: impl Into<tuning_job::State>) -> Self {
        self.state = Some(value.into());
        self
    }

    /// Sets [`states`](Self::states).
    #[inline]
    pub fn set_states(mut self, value: impl IntoIterator<Item = impl Into<tuning_job::State>>) -> Self {
        self.states = ::discovery_runtime::__private::set::list_field(&mut self.unknown_fields, "states", value);
        self
    }

    /// Sets [`tags`](Self::tags).
    #[inline]
    pub fn set_tags(mut self, value: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.tags = ::discovery_runtime::__private::set::list_field(&mut self.unknown_fields, "tags", value);
        self
    }

    /// Sets [`timeout`](Self::timeout).
    #[inline]
    pub fn set_timeout(mut self, value: impl Into<::discovery_runtime::time::Duration>) -> Self {
        self.timeout = Some(value.into());
        self
    }

    /// Sets [`tuning_spec`](Self::tuning_spec).
    #[inline]
    pub fn set_tuning_spec(mut self, value: impl Into<tuning_job::TuningSpec>) -> Self {
        self.tuning_spec = Some(value.into());
        self
    }

    /// Sets [`type`](Self::r#type).
    #[inline]
    pub fn set_type(mut self, value: impl Into<String>) -> Self {
        self.r#type = Some(value.into());
        self
    }

    /// Sets [`source`](Self::source) to its member `pre_tuned_model`.
    #[inline]
    pub fn set_pre_tuned_model(mut self, value: impl Into<Box<TuningJob>>) -> Self {
        self.source = Some(tuning_job::Source::PreTunedModel(value.into()));
        self
    }

    /// Sets [`source`](Self::source) to its member `source_count`.
    #[inline]
    pub fn set_source_count(mut self, value: i64) -> Self {
        self.source = Some(tuning_job::Source::SourceCount(value));
        self
    }

    /// Sets [`source`](Self::source) to its member `source_value`.
    #[inline]
    pub fn set_source_value(mut self, value: impl Into<::discovery_runtime::serde_json::Value>) -> Self {
        self.source = Some(tuning_job::Source::SourceValue(value.into()));
        self
    }

    /// Sets [`source`](Self::source) to its member `source_tags`.
    #[inline]
    pub fn set_source_tags(mut self, value: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.source = Some(tuning_job::Source::SourceTags(::discovery_runtime::__private::set::list(value)));
        self
    }

    /// Sets [`source`](Self::source) to its member `source_state`.
    #[inline]
    pub fn set_source_state(mut self, value: impl Into<tuning_job::State>) -> Self {
        self.source = Some(tuning_job::Source::SourceState(value.into()));
        self
    }

    /// Sets [`tuning_spec`](Self::tuning_spec) to its member `supervised_tuning_spec`.
    #[inline]
    pub fn set_supervised_tuning_spec(mut self, value: impl Into<Box<TuningJob>>) -> Self {
        self.tuning_spec = Some(tuning_job::TuningSpec::SupervisedTuningSpec(value.into()));
        self
    }

    /// Sets [`tuning_spec`](Self::tuning_spec) to its member `base_model`.
    #[inline]
    pub fn set_base_model(mut self, value: impl Into<String>) -> Self {
        self.tuning_spec = Some(tuning_job::TuningSpec::BaseModel(value.into()));
        self
    }
}

/// A message without fields.
#[derive(Default)]
#[non_exhaustive]
pub struct Empty {
    /// JSON fields unknown to these bindings.
    pub unknown_fields: ::discovery_runtime::UnknownFields,
}

impl ::discovery_runtime::Message for Empty {
    #[inline]
    fn fields(&self) -> &'static [::discovery_runtime::__private::FieldInfo] {
        &[]
    }

    #[inline]
    fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn ::discovery_runtime::__private::Slot])) {
        visit(&mut [&mut self.unknown_fields]);
    }

    #[inline]
    fn slots(&self, visit: &mut dyn FnMut(&[&dyn ::discovery_runtime::__private::Slot])) {
        visit(&[&self.unknown_fields]);
    }
}

::discovery_runtime::message!(Empty);

/// Unions, enums and messages nested in [`TuningJob`].
pub mod tuning_job;
