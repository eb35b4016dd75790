//! Comparison of the codec with serde's derived impls for the same structs and texts.
//!
//! `cargo bench -p discovery-runtime --bench codec`

use discovery_runtime::json;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// Message in the form of generated code.
mod generated {
    use std::collections::BTreeMap;

    use discovery_runtime::__private::{FieldInfo, OpenEnum, Slot};
    use discovery_runtime::time::Timestamp;
    use discovery_runtime::{Message, UnknownFields, Unrecognized};

    #[derive(Default)]
    pub(super) struct Jobs {
        jobs: Vec<Job>,
        next_page_token: Option<String>,
        unknown_fields: UnknownFields,
    }

    impl Message for Jobs {
        fn fields(&self) -> &'static [FieldInfo] {
            const { &[FieldInfo::new("jobs", 0), FieldInfo::new("nextPageToken", 1)] }
        }

        fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot])) {
            visit(&[&self.jobs, &self.next_page_token, &self.unknown_fields]);
        }

        fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot])) {
            visit(&mut [&mut self.jobs, &mut self.next_page_token, &mut self.unknown_fields]);
        }
    }

    discovery_runtime::message!(Jobs);

    #[derive(Default)]
    struct Job {
        base_model: Option<String>,
        create_time: Option<Timestamp>,
        description: Option<String>,
        done: Option<bool>,
        labels: BTreeMap<String, String>,
        name: Option<String>,
        parent: Option<Box<Job>>,
        snapshots: Vec<Snapshot>,
        state: Option<State>,
        tags: Vec<String>,
        unknown_fields: UnknownFields,
    }

    impl Message for Job {
        fn fields(&self) -> &'static [FieldInfo] {
            const {
                &[
                    FieldInfo::new("baseModel", 0),
                    FieldInfo::new("createTime", 1),
                    FieldInfo::new("description", 2),
                    FieldInfo::new("done", 3),
                    FieldInfo::new("labels", 4),
                    FieldInfo::new("name", 5),
                    FieldInfo::new("parent", 6),
                    FieldInfo::new("snapshots", 7),
                    FieldInfo::new("state", 8),
                    FieldInfo::new("tags", 9),
                ]
            }
        }

        fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot])) {
            visit(&[
                &self.base_model,
                &self.create_time,
                &self.description,
                &self.done,
                &self.labels,
                &self.name,
                &self.parent,
                &self.snapshots,
                &self.state,
                &self.tags,
                &self.unknown_fields,
            ]);
        }

        fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot])) {
            visit(&mut [
                &mut self.base_model,
                &mut self.create_time,
                &mut self.description,
                &mut self.done,
                &mut self.labels,
                &mut self.name,
                &mut self.parent,
                &mut self.snapshots,
                &mut self.state,
                &mut self.tags,
                &mut self.unknown_fields,
            ]);
        }
    }

    discovery_runtime::message!(Job);

    #[derive(Default)]
    struct Snapshot {
        compute_time: Option<Timestamp>,
        epoch: Option<i32>,
        mean_loss: Option<f64>,
        step: Option<i64>,
        unknown_fields: UnknownFields,
    }

    impl Message for Snapshot {
        fn fields(&self) -> &'static [FieldInfo] {
            const {
                &[
                    FieldInfo::new("computeTime", 0),
                    FieldInfo::new("epoch", 1),
                    FieldInfo::new("meanLoss", 2),
                    FieldInfo::new("step", 3),
                ]
            }
        }

        fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot])) {
            visit(&[&self.compute_time, &self.epoch, &self.mean_loss, &self.step, &self.unknown_fields]);
        }

        fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot])) {
            visit(&mut [
                &mut self.compute_time,
                &mut self.epoch,
                &mut self.mean_loss,
                &mut self.step,
                &mut self.unknown_fields,
            ]);
        }
    }

    discovery_runtime::message!(Snapshot);

    #[derive(Clone, Debug, PartialEq)]
    enum State {
        Unspecified,
        Active,
        Unrecognized(Unrecognized<State>),
    }

    impl OpenEnum for State {
        fn known(name: &str) -> Option<Self> {
            Some(match name {
                "STATE_UNSPECIFIED" => Self::Unspecified,
                "ACTIVE" => Self::Active,
                _ => return None,
            })
        }

        fn name(&self) -> Result<&'static str, &Unrecognized<Self>> {
            Ok(match self {
                Self::Unspecified => "STATE_UNSPECIFIED",
                Self::Active => "ACTIVE",
                Self::Unrecognized(value) => return Err(value),
            })
        }

        fn unrecognized(value: Unrecognized<Self>) -> Self {
            Self::Unrecognized(value)
        }
    }

    discovery_runtime::open_enum!(State);
}

/// The same structs with serde's derives. Times are strings, and unknown keys are lost.
mod derived {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Serialize};

    #[derive(Default, Serialize, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    pub(super) struct Jobs {
        #[serde(skip_serializing_if = "Vec::is_empty")]
        jobs: Vec<Job>,
        #[serde(skip_serializing_if = "Option::is_none")]
        next_page_token: Option<String>,
    }

    #[derive(Default, Serialize, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct Job {
        #[serde(skip_serializing_if = "Option::is_none")]
        base_model: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        create_time: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        done: Option<bool>,
        #[serde(skip_serializing_if = "BTreeMap::is_empty")]
        labels: BTreeMap<String, String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<Box<Job>>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        snapshots: Vec<Snapshot>,
        #[serde(skip_serializing_if = "Option::is_none")]
        state: Option<State>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        tags: Vec<String>,
    }

    #[derive(Default, Serialize, Deserialize)]
    #[serde(default, rename_all = "camelCase")]
    struct Snapshot {
        #[serde(skip_serializing_if = "Option::is_none")]
        compute_time: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        epoch: Option<i32>,
        #[serde(skip_serializing_if = "Option::is_none")]
        mean_loss: Option<f64>,
        #[serde(skip_serializing_if = "Option::is_none", with = "long")]
        step: Option<i64>,
    }

    #[derive(Serialize, Deserialize)]
    enum State {
        #[serde(rename = "STATE_UNSPECIFIED")]
        Unspecified,
        #[serde(rename = "ACTIVE")]
        Active,
        #[serde(untagged)]
        Unrecognized(String),
    }

    mod long {
        use serde::de::Error as _;
        use serde::{Deserialize as _, Deserializer, Serializer};

        pub(super) fn serialize<S: Serializer>(value: &Option<i64>, serializer: S) -> Result<S::Ok, S::Error> {
            match value {
                Some(value) => serializer.collect_str(value),
                None => serializer.serialize_none(),
            }
        }

        pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<i64>, D::Error> {
            let text = Option::<&str>::deserialize(deserializer)?;
            text.map(str::parse).transpose().map_err(D::Error::custom)
        }
    }
}

/// Many small values, in the order of a server: a page of jobs, each with a hundred snapshots.
fn jobs() -> String {
    let mut text = String::from(r#"{"jobs":["#);
    for job in 0..200 {
        if job > 0 {
            text.push(',');
        }
        text += &format!(
            r#"{{"name":"projects/1234567890/locations/us-central1/tuningJobs/{job}","baseModel":"gemini-2.0-flash-001","description":"A page of text that says what this model is tuned for.","createTime":"2024-05-06T07:08:{:02}.123456Z","state":"ACTIVE","labels":{{"team":"numbers","run":"{job}"}},"snapshots":["#,
            job % 60
        );
        for step in 0..100 {
            if step > 0 {
                text.push(',');
            }
            let loss = 10.0 / f64::from(step + 1);
            text += &format!(
                r#"{{"step":"{step}","epoch":{},"meanLoss":{loss},"computeTime":"2024-05-06T07:{:02}:09.5Z"}}"#,
                step / 10,
                step % 60
            );
        }
        text.push_str("]}");
    }
    text.push_str("]}");
    text
}

/// Returns the same text, indented as by Google's servers.
fn pretty() -> String {
    let value: serde_json::Value = serde_json::from_str(&jobs()).expect("JSON");
    serde_json::to_string_pretty(&value).expect("JSON")
}

/// Few long strings: examples to tune with.
fn prose() -> String {
    let plain = "The quick brown fox jumps over the lazy dog; pack my box, it says, with five dozen liquor jugs. ";
    let examples = vec![format!(r#""{}\"The end,\" it says.\n""#, plain.repeat(20)); 200];
    format!(r#"{{"jobs":[{{"tags":[{}]}}]}}"#, examples.join(","))
}

fn text(name: &str) -> String {
    match name {
        "jobs" => jobs(),
        "pretty" => pretty(),
        _ => prose(),
    }
}

#[divan::bench_group]
mod decode {
    use super::*;

    #[divan::bench(args = ["jobs", "pretty", "prose"])]
    fn codec(bencher: Bencher<'_, '_>, name: &str) {
        let text = text(name);
        bencher
            .counter(BytesCount::of_str(&text))
            .bench(|| json::from_slice::<generated::Jobs>(black_box(text.as_bytes())).expect("jobs"));
    }

    #[divan::bench(args = ["jobs", "pretty", "prose"])]
    fn serde_derive(bencher: Bencher<'_, '_>, name: &str) {
        let text = text(name);
        bencher
            .counter(BytesCount::of_str(&text))
            .bench(|| serde_json::from_slice::<derived::Jobs>(black_box(text.as_bytes())).expect("jobs"));
    }
}

#[divan::bench_group]
mod encode {
    use super::*;

    #[divan::bench(args = ["jobs", "prose"])]
    fn codec(bencher: Bencher<'_, '_>, name: &str) {
        let text = text(name);
        let jobs: generated::Jobs = json::from_str(&text).expect("jobs");
        bencher.counter(BytesCount::of_str(&text)).bench(|| json::to_vec(black_box(&jobs)).expect("text"));
    }

    #[divan::bench(args = ["jobs", "prose"])]
    fn serde_derive(bencher: Bencher<'_, '_>, name: &str) {
        let text = text(name);
        let jobs: derived::Jobs = serde_json::from_str(&text).expect("jobs");
        bencher.counter(BytesCount::of_str(&text)).bench(|| serde_json::to_vec(black_box(&jobs)).expect("text"));
    }
}
