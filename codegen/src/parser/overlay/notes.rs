//! Notes of an overlay on schemas and methods.

use crate::model::{Behavior, FactSource, FactSourceKind};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;

/// Content of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOverlay {
    pub(super) package: Option<String>,
    pub(super) title: Option<String>,
    #[serde(default)]
    pub(super) schemas: BTreeMap<String, SchemaNotes>,
    #[serde(default)]
    pub(super) methods: BTreeMap<String, MethodNotes>,
    #[serde(default)]
    pub(super) add: RawAdditions,
}

/// Schemas and methods that the document lacks, not yet parsed.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAdditions {
    #[serde(default)]
    pub(super) schemas: BTreeMap<String, toml::Table>,
    #[serde(default)]
    pub(super) methods: BTreeMap<String, toml::Table>,
}

/// Notes on a schema.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SchemaNotes {
    /// Documentation, in Markdown.
    pub doc: Option<String>,
    /// Unions by protobuf name.
    #[serde(default)]
    pub unions: BTreeMap<String, UnionNotes>,
    /// Notes on properties, by name.
    #[serde(default)]
    pub properties: BTreeMap<String, PropertyNotes>,
    /// Names of resources of this kind.
    pub resource: Option<ResourceNotes>,
}

/// A union: properties of which at most one is set.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnionNotes {
    /// Properties of which at most one is set.
    pub members: Vec<Member>,
    /// Properties that look like members, and are known not to be.
    #[serde(default)]
    pub not_members: Vec<Member>,
    /// Documentation, in Markdown.
    pub doc: Option<String>,
    /// Source of the fact.
    #[serde(deserialize_with = "fact_source")]
    pub source: FactSource,
}

/// A member of a union: its name, or its name with a source of its own.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(
    untagged,
    expecting = "a member is the name of a property, or `{ name = \"…\", source = { kind = \"…\", ref = \"…\" } }`"
)]
pub enum Member {
    /// Member with the source of the union.
    Plain(String),
    /// Member with its own source.
    #[serde(deserialize_with = "sourced")]
    Sourced(String, FactSource),
}

impl Member {
    /// Name of the property.
    pub fn name(&self) -> &str {
        match self {
            Member::Plain(name) | Member::Sourced(name, _) => name,
        }
    }
}

/// Names of a resource: `google.api.resource`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResourceNotes {
    /// Resource type, `aiplatform.googleapis.com/TuningJob`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Patterns of the name, `projects/{project}/locations/{location}/tuningJobs/{tuning_job}`.
    pub patterns: Vec<String>,
    /// Source of the fact.
    #[serde(deserialize_with = "fact_source")]
    pub source: FactSource,
}

/// Notes on a property.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PropertyNotes {
    /// Documentation, in Markdown.
    pub doc: Option<String>,
    /// Field behaviors that the overlay adds.
    #[serde(default, deserialize_with = "behaviors")]
    pub behavior: Vec<Behavior>,
    /// Documentation of the values of its enum.
    #[serde(default)]
    pub values: BTreeMap<String, String>,
    /// Source of the fact.
    #[serde(default, deserialize_with = "optional_fact_source")]
    pub source: Option<FactSource>,
}

/// Notes on a method.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodNotes {
    /// Documentation, in Markdown.
    pub doc: Option<String>,
    /// Long-running operation that it returns.
    pub operation: Option<OperationNotes>,
    /// Resource that is polled until its state is terminal.
    pub job: Option<JobNotes>,
    /// Way to the next page of its list.
    pub pages: Option<PagesNotes>,
    /// The scopes of which a caller needs one.
    pub scopes: Option<Vec<String>>,
    /// True if the call may be repeated.
    pub idempotent: Option<bool>,
    /// True if the response is a stream of messages.
    pub streaming: Option<bool>,
    /// Source of the fact.
    #[serde(default, deserialize_with = "optional_fact_source")]
    pub source: Option<FactSource>,
    /// Notes on parameters, by name.
    #[serde(default)]
    pub parameters: BTreeMap<String, ParameterNotes>,
}

/// Notes on a parameter.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ParameterNotes {
    /// Documentation, in Markdown.
    pub doc: Option<String>,
    /// `required` or `optional`.
    #[serde(default, deserialize_with = "behaviors")]
    pub behavior: Vec<Behavior>,
    /// Source of the fact.
    #[serde(default, deserialize_with = "optional_fact_source")]
    pub source: Option<FactSource>,
}

/// Notes on a long-running operation.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OperationNotes {
    /// Schema of the result.
    pub response: Option<String>,
    /// Schema of the progress.
    pub metadata: Option<String>,
    /// Path for polling, if it is not the operations method of the API.
    pub poll: Option<String>,
    /// Source of the fact.
    #[serde(deserialize_with = "fact_source")]
    pub source: FactSource,
}

/// Way to the next page of a list: one of `token`, `link`, `page` and `offset`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PagesNotes {
    /// Parameter that takes a token.
    pub token: Option<String>,
    /// Property of the response with the next token, after those that contain it: `meta.next`.
    pub next_token: Option<String>,
    /// True if the header `link` has the URL of the next page.
    #[serde(default)]
    pub link: bool,
    /// Parameter that takes the number of a page.
    pub page: Option<String>,
    /// Parameter that takes the number of items before the page.
    pub offset: Option<String>,
    /// Parameter that takes the number of items of a page.
    pub size: Option<String>,
    /// Property of the response with the items.
    pub items: Option<String>,
    /// Source of the fact.
    #[serde(default, deserialize_with = "optional_fact_source")]
    pub source: Option<FactSource>,
}

/// A resource that is polled with its own `get`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JobNotes {
    /// Method that reads the resource.
    pub get: String,
    /// Method that cancels the resource.
    pub cancel: Option<String>,
    /// Property with the value of the variable in the path of `get`.
    pub name: Option<String>,
    /// Property with the state.
    pub state: String,
    /// States in which the job has succeeded.
    pub succeeded: Vec<String>,
    /// States in which the job has failed.
    pub failed: Vec<String>,
    /// The property that holds a `google.rpc.Status` on failure.
    pub error: Option<String>,
    /// Source of the fact.
    #[serde(default, deserialize_with = "optional_fact_source")]
    pub source: Option<FactSource>,
}

/// `{ kind = "proto", ref = "…" }`.
pub(super) fn fact_source<'de, D: Deserializer<'de>>(deserializer: D) -> Result<FactSource, D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct RawSource {
        kind: Kind,
        #[serde(rename = "ref")]
        reference: String,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Kind {
        Proto,
        Reference,
        Document,
        Manual,
    }
    let RawSource { kind, reference } = RawSource::deserialize(deserializer)?;
    let kind = match kind {
        Kind::Proto => FactSourceKind::Proto,
        Kind::Reference => FactSourceKind::Reference,
        Kind::Document => FactSourceKind::Document,
        Kind::Manual => FactSourceKind::Manual,
    };
    Ok(FactSource { kind, reference })
}

fn optional_fact_source<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<FactSource>, D::Error> {
    fact_source(deserializer).map(Some)
}

fn sourced<'de, D: Deserializer<'de>>(deserializer: D) -> Result<(String, FactSource), D::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct RawMember {
        name: String,
        #[serde(deserialize_with = "fact_source")]
        source: FactSource,
    }
    let RawMember { name, source } = RawMember::deserialize(deserializer)?;
    Ok((name, source))
}

fn behaviors<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Behavior>, D::Error> {
    let known = Behavior::ALL.map(Behavior::as_str);
    Vec::<String>::deserialize(deserializer)?
        .iter()
        .map(|word| {
            let found = Behavior::ALL.into_iter().find(|b| b.as_str() == word);
            found.ok_or_else(|| {
                D::Error::custom(format_args!("unknown behavior `{word}`; one of: {}", known.join(", ")))
            })
        })
        .collect()
}
