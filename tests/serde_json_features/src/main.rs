//! Decodes and encodes texts in every way that serde offers. The expected results are constants, so that they do not
//! depend on the enabled features of `serde_json`.

#[path = "../../../codegen/runtime/tests/generated_shape/mod.rs"]
mod generated_shape;

use discovery_runtime::json;
use generated_shape::model::TuningJob;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Texts that round trips preserve, with sorted keys.
const TEXTS: [&str; 9] = [
    r#"{"any":{"a":[null,1.5,-0.0],"b":18446744073709551615,"c":-9223372036854775808}}"#,
    r#"{"count":"9223372036854775807","countNumber":-9223372036854775808,"epochs":-1,"size":"18446744073709551615"}"#,
    // Floats that inexact parsers round incorrectly.
    r#"{"factor":0.1,"matrix":[[0.7878787878787878,3.5844466002796428e+298,6.929001713869936e+236]],"rate":2.2250738585072014e-308}"#,
    r#"{"any":{"x":0.7878787878787878},"metadata":{"y":3.5844466002796428e+298}}"#,
    r#"{"rate":"-Infinity"}"#,
    r#"{"createTime":"2024-05-06t07:08:09z","done":"yes","epochs":2147483648,"name":5}"#,
    r#"{"labels":{"a":"b","c":"d"},"runs":[{"count":"1","state":7}],"tags":["a"],"baseModel":"m"}"#,
    r#"{"later":{"a":1.5,"b":[12345678901234567890,0.1]}}"#,
    r#"{"later":{"$serde_json::private::Number":1}}"#,
];

/// Numbers outside of `f64`, `u64` and `i64`.
const LARGE: [&str; 3] = [
    r#"{"later":[1e400,-1e999999,123456789012345678901234567890]}"#,
    r#"{"any":123456789012345678901234567890}"#,
    r#"{"rate":1e400}"#,
];

/// Untagged enum, for which serde buffers the value and deserializes it twice.
#[derive(Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
enum Buffered {
    Other { no_such_key: bool },
    Job(Box<TuningJob>),
}

#[derive(Deserialize, Serialize)]
struct Flattened {
    #[serde(flatten)]
    job: TuningJob,
}

fn text(job: &TuningJob) -> String {
    json::to_string(job).unwrap()
}

fn main() {
    for expected in TEXTS.into_iter().chain(LARGE) {
        let job: TuningJob = json::from_str(expected).unwrap();
        assert_eq!(text(&job), expected);
        assert_eq!(serde_json::to_string(&job).unwrap(), expected);
        let back: TuningJob = serde_json::from_str(expected).unwrap();
        assert_eq!(text(&back), expected);
        let back: TuningJob = serde_json::from_reader(expected.as_bytes()).unwrap();
        assert_eq!(text(&back), expected);
        let list: Vec<TuningJob> = serde_json::from_str(&format!("[{expected},{expected}]")).unwrap();
        assert_eq!(serde_json::to_string(&list).unwrap(), format!("[{expected},{expected}]"));
    }
    for expected in TEXTS {
        let job: TuningJob = json::from_str(expected).unwrap();
        let value: Value = serde_json::to_value(&job).unwrap();
        let back: TuningJob = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(serde_json::to_value(&back).unwrap(), value);
        assert_eq!(text(&back).len(), expected.len());
        assert_eq!(TuningJob::deserialize(&value).unwrap(), back);
        // The key of `serde_json`'s numbers is not preserved by its own types.
        if !expected.contains("private") {
            let buffered: Buffered = serde_json::from_value(value.clone()).unwrap();
            assert_eq!(buffered, Buffered::Job(Box::new(back)));
            let flattened: Flattened = serde_json::from_value(value).unwrap();
            assert_eq!(text(&flattened.job).len(), expected.len());
            assert_eq!(serde_json::to_string(&flattened).unwrap().len(), expected.len());
        }
    }
    println!("the same");
}
