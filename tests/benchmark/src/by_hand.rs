//! Handwritten structs with serde's derives: only the fields of the text, times as strings, without unknown keys.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct List {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tuning_jobs: Vec<Job>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page_token: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Job {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tuned_model_display_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    supervised_tuning_spec: Option<Spec>,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<State>,
    #[serde(skip_serializing_if = "Option::is_none")]
    create_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    update_time: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    labels: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    experiment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tuned_model: Option<TunedModel>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tuning_data_stats: Option<Stats>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Spec {
    #[serde(skip_serializing_if = "Option::is_none")]
    training_dataset_uri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hyper_parameters: Option<HyperParameters>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct HyperParameters {
    #[serde(default, with = "long", skip_serializing_if = "Option::is_none")]
    epoch_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    learning_rate_multiplier: Option<f64>,
}

#[derive(Serialize, Deserialize)]
enum State {
    #[serde(rename = "JOB_STATE_RUNNING")]
    Running,
    #[serde(rename = "JOB_STATE_SUCCEEDED")]
    Succeeded,
    #[serde(untagged)]
    Unknown(String),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct TunedModel {
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    endpoint: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Stats {
    #[serde(skip_serializing_if = "Option::is_none")]
    supervised_tuning_data_stats: Option<Supervised>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Supervised {
    #[serde(default, with = "long", skip_serializing_if = "Option::is_none")]
    tuning_dataset_example_count: Option<i64>,
    #[serde(default, with = "long", skip_serializing_if = "Option::is_none")]
    tuning_step_count: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    user_input_token_distribution: Option<Distribution>,
}

#[derive(Serialize, Deserialize)]
struct Distribution {
    #[serde(default, with = "long", skip_serializing_if = "Option::is_none")]
    sum: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mean: Option<f64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    buckets: Vec<Bucket>,
}

#[derive(Serialize, Deserialize)]
struct Bucket {
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right: Option<f64>,
}

/// 64-bit integers, encoded as JSON strings.
mod long {
    use serde::de::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(value: &Option<i64>, serializer: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => serializer.collect_str(value),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
        let text = Option::<&str>::deserialize(deserializer)?;
        text.map(str::parse).transpose().map_err(D::Error::custom)
    }
}
