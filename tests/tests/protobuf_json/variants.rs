//! Variants of the JSON of a value, valid and invalid, compared with Google's runtime.

use super::reference_runtime::{Pair, Read, ReferenceRuntime};
use conformance::{codec, figure};
use std::collections::BTreeMap;

const AI: &str = "aiplatform.v1";
const GEMINI: &str = "generativelanguage.v1beta";

/// A property of each kind, with JSON values separated by bars.
const VARIANTS: [(&str, &str, &str, &str); 18] = [
    // int32
    (
        GEMINI,
        "GenerationConfig",
        "candidateCount",
        r#"5 | 5.0 | 1e3 | "5" | "1e3" | "5.0" | -0 | 5.5 | "5.5" | 2147483647 | 2147483648 | -2147483649
          "" | " 5" | "5 " | true | [] | {} | null | "0x5" | "+5" | "05" | "-0" | 1e-1 | 10e-1 | "NaN""#,
    ),
    // int64
    (
        GEMINI,
        "Schema",
        "maxItems",
        r#"5 | 5.0 | 1e3 | "5" | "1e3" | "5.0" | 9223372036854775807 | "9223372036854775807"
          "-9223372036854775808" | 9223372036854775808 | "9223372036854775808" | 9007199254740993
          "9007199254740993.0" | 1e18 | 1e19 | 5.5 | "5.5" | "" | " 5" | "abc" | true | null | "1E3"
          1e400"#,
    ),
    // float
    (
        GEMINI,
        "TunedModel",
        "temperature",
        r#"0.5 | 1 | "0.5" | "1e3" | "NaN" | "Infinity" | "-Infinity" | 3.4028235e38
          3.4028234663852886e38 | 3.5e38 | -3.5e38 | 1e-50 | "" | " 1" | "inf" | "nan" | "infinity"
          true | NaN | Infinity | null"#,
    ),
    // double
    (
        GEMINI,
        "Schema",
        "maximum",
        r#"0.1 | "0.1" | 1e308 | 1e309 | -1e309 | 5e-324 | 1e-400 | "NaN" | "-Infinity" | "Inf" | "0x1p3"
          -0.0 | "-0" | {} | null"#,
    ),
    // bool
    (GEMINI, "GenerationConfig", "responseLogprobs", r#"true | false | "true" | "false" | 1 | 0 | "" | null | "True""#),
    // string
    (GEMINI, "TunedModel", "displayName", r#""x" | "" | 5 | true | null | "\ud83d\ude00" | "\ud83d" | [] | "\u0000""#),
    // bytes
    (
        GEMINI,
        "Blob",
        "data",
        r#""" | "++//" | "--__" | "-_+/" | "AA==" | "AA" | "AA=" | "AAA" | "AAA=" | "A" | "A===" | "AB=="
          "AA==AA==" | "AA AA" | "AA\nAA" | "!!!!" | 5 | null | [1]"#,
    ),
    // enum
    (GEMINI, "TunedModel", "state", r#""ACTIVE" | 2 | "active" | "BRAND_NEW" | "2" | 99 | 2.0 | "" | null | true"#),
    // Timestamp
    (
        GEMINI,
        "TunedModel",
        "createTime",
        r#""2026-02-28T23:59:59Z" | "2026-02-28T23:59:59.5Z" | "2026-02-28T23:59:59.123456789Z"
          "2026-02-28T23:59:59.1234567890Z" | "2026-02-28T23:59:59+01:30" | "2026-02-28T23:59:59-08:00"
          "2026-02-28T23:59:59.25+00:00" | "0001-01-01T00:00:00Z" | "9999-12-31T23:59:59.999999999Z"
          "0001-01-01T00:00:00+00:01" | "9999-12-31T23:59:59-00:01" | "10000-01-01T00:00:00Z"
          "0000-01-01T00:00:00Z" | "2026-02-29T00:00:00Z" | "2024-02-29T00:00:00Z"
          "2026-02-28T24:00:00Z" | "2026-02-28T23:59:60Z" | "2026-02-28 23:59:59Z"
          "2026-02-28t23:59:59z" | "2026-02-28T23:59:59" | "2026-02-28" | "2026-02-28T23:59Z"
          "2026-2-28T23:59:59Z" | "" | 1772323199 | "2026-02-28T23:59:59+0130" | "2026-02-28T23:59:59.Z"
          " 2026-02-28T23:59:59Z" | null | "2026-02-28T23:59:59+25:00""#,
    ),
    // Duration
    (
        GEMINI,
        "VideoMetadata",
        "startOffset",
        r#""3s" | "1.5s" | "-1.5s" | "-0.5s" | "1.000000001s" | "1.0000000001s" | "315576000000s"
          "315576000001s" | "3" | "3 s" | "s" | ".5s" | "3.s" | "1e3s" | 3 | "" | null | "+3s" | "3S"
          "0s" | "-0s""#,
    ),
    // Struct
    (GEMINI, "FunctionCall", "args", r#"{} | {"a": null} | {"a": [1, {"b": {}}]} | null | [] | 5 | {"a": "NaN"}"#),
    // Value
    (GEMINI, "Schema", "default", r#"null | {} | [] | 0 | "" | false | {"a": null} | 1e300 | [null]"#),
    // message
    (GEMINI, "TunedModel", "tuningTask", r#"{} | null | [] | 5 | "" | {"trainingData": {}} | {"newKey": 1}"#),
    // list of strings
    (GEMINI, "GenerationConfig", "stopSequences", r#"[] | ["a"] | null | "a" | [null] | {} | [1] | [""]"#),
    // list of messages
    (GEMINI, "TuningTask", "snapshots", r#"[] | [{}] | [{"step": 1}, {}] | null | [null] | {} | [[]]"#),
    // map
    (
        AI,
        "GoogleCloudAiplatformV1TuningJob",
        "labels",
        r#"{} | {"a": "b"} | null | {"a": null} | {"a": 5} | [] | {"": ""}"#,
    ),
    // a member of a union that is a message
    (GEMINI, "TunedModel", "tunedModelSource", r#"{} | null | {"tunedModel": ""}"#),
    // a list of any values
    (AI, "GoogleCloudAiplatformV1ExplanationParameters", "outputIndices", r#"[] | [1] | [null] | null"#),
];

/// Complete messages.
const MESSAGES: [(&str, &str, &str); 13] = [
    (GEMINI, "TunedModel", r#"{"baseModel": null, "tunedModelSource": {"tunedModel": "tunedModels/x"}}"#),
    (GEMINI, "TunedModel", r#"{"tunedModelSource": {"tunedModel": "x"}, "baseModel": null}"#),
    (GEMINI, "TunedModel", r#"{"baseModel": "a", "tunedModelSource": {}}"#),
    (GEMINI, "TunedModel", r#"{"base_model": "a", "display_name": "b"}"#),
    (GEMINI, "TunedModel", r#"{"baseModel": "a", "base_model": "b"}"#),
    (GEMINI, "TunedModel", r#"{"displayName": "a", "displayName": "b"}"#),
    (GEMINI, "TunedModel", r#"{"displayname": "a"}"#),
    (GEMINI, "TunedModel", "[]"),
    (GEMINI, "TunedModel", "null"),
    (GEMINI, "TunedModel", r#"{"displayName": "a",}"#),
    (GEMINI, "TunedModel", "{} {}"),
    (GEMINI, "TunedModel", ""),
    (AI, "GoogleCloudAiplatformV1PartialArg", r#"{"jsonPath": "$.a", "nullValue": null}"#),
];

/// Texts with different results, and the reasons.
const DIFFERENCES: [(&str, &[&str]); 12] = [
    (
        "Enums keep unknown values, which may be newer than the bindings.",
        &[r#"{"state": "active"}"#, r#"{"state": "BRAND_NEW"}"#, r#"{"state": ""}"#],
    ),
    (
        "Of duplicate keys, the last one counts, as in most JSON parsers, so that the response is not lost.",
        &[r#"{"baseModel": "a", "base_model": "b"}"#, r#"{"displayName": "a", "displayName": "b"}"#],
    ),
    (
        "An empty list or string is not a message; Python accepts any empty value.",
        &["[]", r#"{"tuningTask": ""}"#, r#"{"snapshots": [[]]}"#],
    ),
    ("`true` is not a number; in Python it equals 1.", &[r#"{"temperature": true}"#]),
    (
        "Signs, zeros, spaces and names that Python accepts in numbers and JSON does not.",
        &[
            r#"{"candidateCount": "+5"}"#,
            r#"{"candidateCount": "05"}"#,
            r#"{"temperature": " 1"}"#,
            r#"{"temperature": "inf"}"#,
            r#"{"temperature": "infinity"}"#,
            r#"{"maximum": "Inf"}"#,
        ],
    ),
    ("Python rounds the number to a double.", &[r#"{"maxItems": "9007199254740993.0"}"#]),
    (
        "The digits of a number that the type rounds to zero are kept.",
        &[r#"{"temperature": 1e-50}"#, r#"{"maximum": 1e-400}"#],
    ),
    (
        "The shortest text of the greatest float, which Python writes and rejects.",
        &[r#"{"temperature": 3.4028235e38}"#],
    ),
    (
        "The greatest float: Python rejects the shortest text, which both sides write.",
        &[r#"{"temperature": 3.4028234663852886e38}"#],
    ),
    (
        "Python skips characters that are not base64, and accepts both alphabets in one text.",
        &[
            r#"{"data": "-_+/"}"#,
            r#"{"data": "AA==AA=="}"#,
            r#"{"data": "AA AA"}"#,
            r#"{"data": "AA\nAA"}"#,
            r#"{"data": "!!!!"}"#,
        ],
    ),
    (
        "Not a timestamp of RFC 3339.",
        &[
            r#"{"createTime": "2026-2-28T23:59:59Z"}"#,
            r#"{"createTime": "2026-02-28T23:59:59.Z"}"#,
            r#"{"createTime": "2026-02-28T23:59:59+25:00"}"#,
        ],
    ),
    (
        "Not a duration of protobuf's JSON mapping; fractions of a nanosecond would be lost.",
        &[
            r#"{"startOffset": "1.0000000001s"}"#,
            r#"{"startOffset": "3 s"}"#,
            r#"{"startOffset": "3.s"}"#,
            r#"{"startOffset": "+3s"}"#,
        ],
    ),
];

#[test]
fn variants_have_the_same_result() {
    let mut texts: Vec<(&str, &str, String)> =
        MESSAGES.map(|(document, schema, text)| (document, schema, text.to_owned())).into();
    for (document, schema, key, values) in VARIANTS {
        texts.extend(
            values.split(['|', '\n']).map(str::trim).map(|value| (document, schema, format!("{{\"{key}\": {value}}}"))),
        );
    }
    let mut schemas: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (document, schema, _) in &texts {
        schemas.entry(document).or_default().push(schema);
    }
    let (runtime, _) = ReferenceRuntime::start(0, &schemas);
    let ours: Vec<Result<codec::Decoded, String>> = texts
        .iter()
        .map(|(document, schema, text)| {
            let codec = codec::find(document, schema);
            let (fast, serde) = ((codec.fast)(text), (codec.serde)(text));
            assert_eq!(fast.is_ok(), serde.is_ok(), "{text}: {fast:?} {serde:?}");
            fast
        })
        .collect();
    let pairs: Vec<Pair<'_>> = texts
        .iter()
        .zip(&ours)
        .map(|((document, schema, text), ours)| Pair {
            document,
            schema,
            one: text.clone(),
            other: ours.as_ref().map(|ours| ours.json.clone()).unwrap_or_default(),
        })
        .collect();
    let verdicts = runtime.compare(&pairs);
    let (mut accepted, mut kept, mut rejected, mut listed, mut wrong) = (0, 0, 0, 0, Vec::new());
    for (((_, _, text), ours), verdict) in texts.iter().zip(&ours).zip(&verdicts) {
        let is_listed = DIFFERENCES.iter().any(|(_, known)| known.contains(&text.as_str()));
        // A field value that Google's runtime rejects is kept as an unknown field, and encoded unchanged.
        let is_kept = ours.as_ref().is_ok_and(|ours| {
            ours.debug.contains("unknown_fields: {") && without_spaces(&ours.json) == without_spaces(text)
        });
        let is_same = match (&verdict.one, ours) {
            // Empty lists and maps and `null` are kept as well, unchanged.
            (Read::Json(_), Ok(_)) => {
                let has_null = text.contains(": null");
                verdict.same && (!is_kept || has_null || ["[]}", "{}}"].iter().any(|end| text.ends_with(end)))
            }
            (Read::Error(_), Ok(_)) => is_kept,
            (Read::Error(_), Err(_)) => true,
            (Read::Json(_), Err(_)) => false,
        };
        match (is_same, is_listed) {
            (true, false) if is_kept => kept += 1,
            (true, false) if ours.is_ok() => accepted += 1,
            (true, false) => rejected += 1,
            (false, true) => listed += 1,
            _ => wrong.push(format!("{text}\n  ours   {ours:?}\n  theirs {:?}", verdict.one)),
        }
    }
    assert!(wrong.is_empty(), "{} unexpected results\n{}", wrong.len(), wrong.join("\n"));
    figure::print(&format!(
        "variants: {accepted} accepted by both, {kept} kept that Google's runtime rejects, {rejected} rejected by both, \
         {listed} differences listed"
    ));
}

fn without_spaces(json: &str) -> String {
    json.replace(' ', "")
}
