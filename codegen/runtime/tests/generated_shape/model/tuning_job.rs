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
    /// Value unknown to this version of the bindings.
    Unrecognized(::discovery_runtime::Unrecognized<State>),
}

impl ::discovery_runtime::__private::OpenEnum for State {
    #[inline]
    fn known(name: &str) -> Option<Self> {
        Some(match name {
            "STATE_UNSPECIFIED" => Self::Unspecified,
            "ACTIVE" => Self::Active,
            _ => return None,
        })
    }

    #[inline]
    fn name(&self) -> Result<&'static str, &::discovery_runtime::Unrecognized<Self>> {
        Ok(match self {
            Self::Unspecified => "STATE_UNSPECIFIED",
            Self::Active => "ACTIVE",
            Self::Unrecognized(value) => return Err(value),
        })
    }

    #[inline]
    fn unrecognized(value: ::discovery_runtime::Unrecognized<Self>) -> Self {
        Self::Unrecognized(value)
    }
}

::discovery_runtime::open_enum!(State);

/// A union that a proto declares.
///
/// Rule: a member has the type of its field without the `Option`; a message is boxed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum TuningSpec {
    /// supervisedTuningSpec
    SupervisedTuningSpec(Box<super::TuningJob>),
    /// baseModel
    BaseModel(String),
}

impl ::discovery_runtime::__private::Union for TuningSpec {
    // Rule: the last member also for all other indices.
    #[inline]
    fn empty(member: u16) -> Self {
        match member {
            0 => Self::SupervisedTuningSpec(::discovery_runtime::__private::JsonCodec::empty()),
            _ => Self::BaseModel(::discovery_runtime::__private::JsonCodec::empty()),
        }
    }

    #[inline]
    fn member_mut(&mut self) -> &mut dyn ::discovery_runtime::__private::JsonCodec {
        match self {
            Self::SupervisedTuningSpec(value) => value,
            Self::BaseModel(value) => value,
        }
    }
}

impl ::discovery_runtime::__private::OptionalField for TuningSpec {
    #[inline]
    fn read_optional(
        slot: &mut Option<Self>,
        reader: &mut ::discovery_runtime::__private::Reader<'_>,
        field: &::discovery_runtime::__private::FieldInfo,
    ) -> Result<(), ::discovery_runtime::json::Error> {
        ::discovery_runtime::__private::union::read(slot, reader, field)
    }

    #[inline]
    fn member(&self) -> (u16, &dyn ::discovery_runtime::__private::JsonCodec) {
        match self {
            Self::SupervisedTuningSpec(value) => (0, value),
            Self::BaseModel(value) => (1, value),
        }
    }
}

/// A union that no proto declares.
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

impl ::discovery_runtime::__private::Union for Source {
    #[inline]
    fn empty(member: u16) -> Self {
        match member {
            0 => Self::PreTunedModel(::discovery_runtime::__private::JsonCodec::empty()),
            1 => Self::SourceCount(::discovery_runtime::__private::JsonCodec::empty()),
            2 => Self::SourceValue(::discovery_runtime::__private::JsonCodec::empty()),
            3 => Self::SourceTags(::discovery_runtime::__private::JsonCodec::empty()),
            _ => Self::SourceState(::discovery_runtime::__private::JsonCodec::empty()),
        }
    }

    #[inline]
    fn member_mut(&mut self) -> &mut dyn ::discovery_runtime::__private::JsonCodec {
        match self {
            Self::PreTunedModel(value) => value,
            Self::SourceCount(value) => value,
            Self::SourceValue(value) => value,
            Self::SourceTags(value) => value,
            Self::SourceState(value) => value,
        }
    }
}

impl ::discovery_runtime::__private::OptionalField for Source {
    #[inline]
    fn read_optional(
        slot: &mut Option<Self>,
        reader: &mut ::discovery_runtime::__private::Reader<'_>,
        field: &::discovery_runtime::__private::FieldInfo,
    ) -> Result<(), ::discovery_runtime::json::Error> {
        ::discovery_runtime::__private::union::read(slot, reader, field)
    }

    #[inline]
    fn member(&self) -> (u16, &dyn ::discovery_runtime::__private::JsonCodec) {
        match self {
            Self::PreTunedModel(value) => (0, value),
            Self::SourceCount(value) => (1, value),
            Self::SourceValue(value) => (2, value),
            Self::SourceTags(value) => (3, value),
            Self::SourceState(value) => (4, value),
        }
    }
}
