//! Decoding and encoding of a list of tuning jobs, compared in one run: these bindings, the types of
//! `google-cloud-aiplatform-v1`, handwritten structs with serde's derives, and `serde_json::Value`.
//!
//! `cargo run --release --manifest-path tests/benchmark/Cargo.toml -- --bench`

mod by_hand;

use discovery_runtime::json;
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use google_ai_tuning::aiplatform_v1::types::ListTuningJobsResponse;
use google_cloud_aiplatform_v1::model as google;

fn main() {
    divan::main();
}

/// Numbers of jobs: a short list, and 10 MB of JSON. The text is indented as by Google's servers.
const COUNTS: [usize; 2] = [2, 6_200];

fn text(jobs: usize) -> String {
    let jobs: Vec<String> = (0..jobs).map(job).collect();
    format!("{{\n  \"tuningJobs\": [\n{}\n  ]\n}}\n", jobs.join(",\n"))
}

fn job(number: usize) -> String {
    let minute = number % 60;
    format!(
        r#"    {{
      "name": "projects/123456789012/locations/us-central1/tuningJobs/45012345678901{number:05}",
      "tunedModelDisplayName": "numbers in words {number}",
      "baseModel": "gemini-2.0-flash-001",
      "supervisedTuningSpec": {{
        "trainingDatasetUri": "gs://a-bucket/numbers/training-{number}.jsonl",
        "hyperParameters": {{
          "epochCount": "{epochs}",
          "learningRateMultiplier": 0.5
        }}
      }},
      "state": "JOB_STATE_SUCCEEDED",
      "createTime": "2026-07-17T09:{minute:02}:10.317825Z",
      "startTime": "2026-07-17T09:{minute:02}:10.405371Z",
      "endTime": "2026-07-17T11:{minute:02}:44.912340Z",
      "updateTime": "2026-07-17T11:{minute:02}:44.912340Z",
      "labels": {{
        "team": "numbers"
      }},
      "experiment": "projects/123456789012/locations/us-central1/metadataStores/default/contexts/tuning-{number}",
      "tunedModel": {{
        "model": "projects/123456789012/locations/us-central1/models/2{number:05}@1",
        "endpoint": "projects/123456789012/locations/us-central1/endpoints/3{number:05}"
      }},
      "tuningDataStats": {{
        "supervisedTuningDataStats": {{
          "tuningDatasetExampleCount": "500",
          "tuningStepCount": "{number}",
          "userInputTokenDistribution": {{
            "sum": "10321",
            "min": 4.0,
            "max": 71.0,
            "mean": 20.642,
            "buckets": [
              {{ "count": 310.0, "left": 4.0, "right": 20.0 }},
              {{ "count": 190.0, "left": 21.0, "right": 71.0 }}
            ]
          }}
        }}
      }}
    }}"#,
        epochs = number % 9 + 1
    )
}

#[divan::bench_group(sample_count = 20, min_time = 2)]
mod decode {
    use super::*;

    fn run<T>(bencher: Bencher<'_, '_>, jobs: usize, decode: fn(&[u8]) -> T) {
        let text = text(jobs);
        bencher.counter(BytesCount::of_str(&text)).bench_local(|| decode(black_box(text.as_bytes())));
    }

    #[divan::bench(args = COUNTS)]
    fn bindings(bencher: Bencher<'_, '_>, jobs: usize) {
        run(bencher, jobs, |text| json::from_slice::<ListTuningJobsResponse>(text).unwrap());
    }

    #[divan::bench(args = COUNTS)]
    fn google_cloud(bencher: Bencher<'_, '_>, jobs: usize) {
        run(bencher, jobs, |text| serde_json::from_slice::<google::ListTuningJobsResponse>(text).unwrap());
    }

    #[divan::bench(args = COUNTS)]
    fn serde_by_hand(bencher: Bencher<'_, '_>, jobs: usize) {
        run(bencher, jobs, |text| serde_json::from_slice::<by_hand::List>(text).unwrap());
    }

    #[divan::bench(args = COUNTS)]
    fn serde_json_value(bencher: Bencher<'_, '_>, jobs: usize) {
        run(bencher, jobs, |text| serde_json::from_slice::<serde_json::Value>(text).unwrap());
    }
}

#[divan::bench_group(sample_count = 20, min_time = 2)]
mod encode {
    use super::*;

    fn run<T>(bencher: Bencher<'_, '_>, jobs: usize, decode: fn(&str) -> T, encode: fn(&T) -> Vec<u8>) {
        let value = decode(&text(jobs));
        let written = encode(&value).len();
        bencher.counter(BytesCount::new(written)).bench_local(|| encode(black_box(&value)));
    }

    #[divan::bench(args = COUNTS)]
    fn bindings(bencher: Bencher<'_, '_>, jobs: usize) {
        run::<ListTuningJobsResponse>(
            bencher,
            jobs,
            |text| json::from_str(text).unwrap(),
            |v| json::to_vec(v).unwrap(),
        );
    }

    #[divan::bench(args = COUNTS)]
    fn google_cloud(bencher: Bencher<'_, '_>, jobs: usize) {
        run::<google::ListTuningJobsResponse>(
            bencher,
            jobs,
            |text| serde_json::from_str(text).unwrap(),
            |v| serde_json::to_vec(v).unwrap(),
        );
    }

    #[divan::bench(args = COUNTS)]
    fn serde_by_hand(bencher: Bencher<'_, '_>, jobs: usize) {
        run::<by_hand::List>(
            bencher,
            jobs,
            |text| serde_json::from_str(text).unwrap(),
            |v| serde_json::to_vec(v).unwrap(),
        );
    }

    #[divan::bench(args = COUNTS)]
    fn serde_json_value(bencher: Bencher<'_, '_>, jobs: usize) {
        run::<serde_json::Value>(
            bencher,
            jobs,
            |text| serde_json::from_str(text).unwrap(),
            |v| serde_json::to_vec(v).unwrap(),
        );
    }
}
