//! Properties of the codec for arbitrary messages and texts.

mod generated_shape;

use discovery_runtime::json;
use discovery_runtime::serde_json::{self, Map, Number, Value};
use discovery_runtime::time::{Date, Duration, Timestamp};
use generated_shape::model::tuning_job::{Source, State, TuningSpec};
use generated_shape::model::{Empty, TuningJob};
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::Bool),
        any::<i64>().prop_map(|value| Value::Number(value.into())),
        any::<u64>().prop_map(|value| Value::Number(value.into())),
        any::<f64>().prop_filter_map("finite", |value| Number::from_f64(value).map(Value::Number)),
        any::<String>().prop_map(Value::String),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            vec((any::<String>(), inner), 0..4).prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

fn state() -> impl Strategy<Value = State> {
    prop_oneof![Just(State::Unspecified), Just(State::Active), any::<String>().prop_map(|name| State::from(&*name))]
}

fn finite64() -> impl Strategy<Value = f64> {
    any::<f64>().prop_map(|value| if value.is_nan() { 0.0 } else { value })
}

/// Strategy of messages without nested messages.
fn flat() -> impl Strategy<Value = TuningJob> {
    let scalars = (
        of(any::<bool>()),
        of(any::<i32>()),
        of(any::<u32>()),
        of(any::<i64>()),
        of(any::<i64>()),
        of(any::<u64>()),
        of(any::<f32>().prop_map(|value| if value.is_nan() { f32::INFINITY } else { value })),
        of(finite64()),
        of(any::<String>()),
        of(vec(any::<u8>(), 0..20)),
    );
    let times = (
        of((-62_135_596_800..=253_402_300_799_i64, 0..1_000_000_000_u32)),
        of((0..=315_576_000_000_i64, 0..1_000_000_000_i32, any::<bool>())),
        of((0..=9999_u16, 1..=12_u8, 1..=28_u8)),
    );
    let rest = (
        of(value()),
        vec(value(), 0..3),
        of(vec((any::<String>(), value()), 0..3)),
        btree_map(any::<String>(), any::<String>(), 0..3),
        vec(vec(finite64(), 0..3), 0..3),
        of(state()),
        vec(state(), 0..3),
        vec(any::<String>(), 0..3),
        vec(("x[a-z_\"é]{0,3}", value()), 0..3),
    );
    (scalars, times, rest).prop_map(|(scalars, times, rest)| {
        let mut job = TuningJob::default();
        (job.done, job.epochs, job.flags, job.count, job.count_number, job.size, job.factor, job.rate, job.name, _) =
            scalars.clone();
        job.blob = scalars.9.map(Into::into);
        job.create_time = times.0.map(|(seconds, nanos)| Timestamp::new(seconds, nanos).unwrap());
        job.timeout = times.1.map(|(seconds, nanos, negative)| {
            let sign = if negative { -1 } else { 1 };
            Duration::new(i64::from(sign) * seconds, sign * nanos).unwrap()
        });
        job.day = times.2.map(|(year, month, day)| Date::new(year, month, day).unwrap());
        let unknown: Vec<(String, Value)>;
        let metadata: Option<Vec<(String, Value)>>;
        (job.any, job.anys, metadata, job.labels, job.matrix, job.state, job.states, job.tags, unknown) = rest;
        job.metadata = metadata.map(|entries| entries.into_iter().collect::<Map<_, _>>());
        for (key, value) in unknown {
            job.unknown_fields.set(key, value);
        }
        job
    })
}

fn job() -> impl Strategy<Value = TuningJob> {
    flat().prop_recursive(3, 12, 3, |inner| {
        let source = prop_oneof![
            inner.clone().prop_map(|job| Source::PreTunedModel(job.into())),
            any::<i64>().prop_map(Source::SourceCount),
            value().prop_map(Source::SourceValue),
            vec(any::<String>(), 0..3).prop_map(Source::SourceTags),
            state().prop_map(Source::SourceState),
        ];
        let spec = prop_oneof![
            inner.clone().prop_map(|job| TuningSpec::SupervisedTuningSpec(job.into())),
            any::<String>().prop_map(TuningSpec::BaseModel),
        ];
        (
            flat(),
            of(inner.clone()),
            vec(inner.clone(), 0..3),
            btree_map(any::<String>(), inner, 0..2),
            of(source),
            of(spec),
            any::<bool>(),
        )
            .prop_map(|(mut job, parent, runs, parts, source, spec, empty)| {
                job.parent = parent.map(Box::new);
                job.runs = runs;
                job.parts = parts;
                job.source = source;
                job.tuning_spec = spec;
                job.empty = empty.then(Box::<Empty>::default);
                job
            })
    })
}

/// Strategy of texts that are nearly JSON: encoded messages with a few bytes changed, removed or inserted.
fn nearly_json() -> impl Strategy<Value = Vec<u8>> {
    let edit =
        (any::<prop::sample::Index>(), 0..3_u8, prop::sample::select(br#"{}[]:,"\0123456789-+.eEtfnu/ "#.to_vec()));
    (job(), vec(edit, 0..4)).prop_map(|(job, edits)| {
        let mut text = json::to_vec(&job).unwrap();
        for (at, edit, byte) in edits {
            if text.is_empty() {
                break;
            }
            let at = at.index(text.len());
            match edit {
                0 => text[at] = byte,
                1 => drop(text.remove(at)),
                _ => text.insert(at, byte),
            }
        }
        text
    })
}

/// Returns the sign, the digits and the power of ten of a number.
fn decimal(number: &str) -> (bool, String, i32) {
    let (number, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let unsigned = number.trim_start_matches('-');
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = format!("{whole}{fraction}");
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return (number.starts_with('-'), String::new(), 0);
    }
    let zeros = digits.len() - significant.len();
    let power =
        exponent.parse::<i32>().unwrap() + i32::try_from(zeros).unwrap() - i32::try_from(fraction.len()).unwrap();
    (number.starts_with('-'), significant.trim_start_matches('0').to_owned(), power)
}

proptest! {
    #[test]
    fn encoded_messages_are_decoded(job in job()) {
        let text = json::to_string(&job).unwrap();
        let back: TuningJob = json::from_str(&text).unwrap();
        prop_assert_eq!(&back, &job);
        prop_assert_eq!(json::to_string(&back).unwrap(), text);
        prop_assert_eq!(job.clone(), job);
    }

    #[test]
    fn indentation_has_no_effect(job in job()) {
        let value: Value = serde_json::from_slice(&json::to_vec(&job).unwrap()).unwrap();
        let back: TuningJob = json::from_str(&serde_json::to_string_pretty(&value).unwrap()).unwrap();
        prop_assert_eq!(serde_json::from_slice::<Value>(&json::to_vec(&back).unwrap()).unwrap(), value);
    }

    #[test]
    fn serde_and_the_codec_agree(job in job()) {
        let text = json::to_string(&job).unwrap();
        prop_assert_eq!(serde_json::from_str::<TuningJob>(&serde_json::to_string(&job).unwrap()).unwrap(), job.clone());
        prop_assert_eq!(serde_json::to_value(&job).unwrap(), serde_json::from_str::<Value>(&text).unwrap());
        // A `serde_json::Map` may sort its keys, including unknown ones.
        let value = serde_json::to_value(&job).unwrap();
        let back: TuningJob = serde_json::from_value(value.clone()).unwrap();
        prop_assert_eq!(serde_json::to_value(&back).unwrap(), value);
    }

    #[test]
    fn serde_json_accepts_the_same_texts(text in nearly_json()) {
        // All keys are unknown, so only the syntax of the text matters. The reader does not check the range of unknown
        // numbers.
        let theirs = serde_json::from_slice::<Map<String, Value>>(&text);
        let ours = json::from_slice::<Empty>(&text);
        if !theirs.as_ref().is_err_and(|error| error.to_string().contains("out of range")) {
            prop_assert_eq!(ours.is_ok(), theirs.is_ok(), "{:?} {:?} {}", ours, theirs, String::from_utf8_lossy(&text));
        }
        if let (Ok(ours), Ok(theirs)) = (ours, theirs) {
            prop_assert_eq!(serde_json::to_value(&ours).unwrap(), Value::Object(theirs));
        }
    }

    #[test]
    fn no_text_panics_and_decoded_messages_can_be_encoded(text in nearly_json()) {
        if let Ok(job) = json::from_slice::<TuningJob>(&text) {
            let again: TuningJob = json::from_slice(&json::to_vec(&job).unwrap()).unwrap();
            prop_assert_eq!(json::to_string(&again).unwrap(), json::to_string(&job).unwrap());
        } else if let Err(error) = json::from_slice::<TuningJob>(&text) {
            prop_assert!(error.offset() <= text.len());
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn no_bytes_panic(text in vec(any::<u8>(), 0..60)) {
        let _ = json::from_slice::<TuningJob>(&text);
    }

    #[test]
    fn floats_are_preserved_exactly(value in any::<f64>(), small in any::<f32>()) {
        prop_assume!(!value.is_nan() && !small.is_nan());
        let job = TuningJob::default().set_rate(value).set_factor(small);
        let back: TuningJob = json::from_str(&json::to_string(&job).unwrap()).unwrap();
        prop_assert_eq!(back.rate.map(f64::to_bits), Some(value.to_bits()));
        prop_assert_eq!(back.factor.map(f32::to_bits), Some(small.to_bits()));
    }

    #[test]
    fn numbers_are_encoded_as_they_were_decoded(number in "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,24})?(e-?[0-9]{1,3})?") {
        for (before, after) in [("{\"factor\":", "}"), ("{\"rate\":", "}"), ("{\"matrix\":[[", "]]}"), ("{\"any\":[", "]}")] {
            let job: TuningJob = json::from_str(&format!("{before}{number}{after}")).unwrap();
            let again = json::to_string(&job).unwrap();
            let written = again.strip_prefix(before).and_then(|rest| rest.strip_suffix(after)).unwrap_or_default();
            // The same decimal; or, if it is no integer and a double has as many digits, the same double.
            let is_double = number.contains(['.', 'e']) && decimal(&number).1.len() <= 17;
            let is_double = is_double && written.parse::<f64>() == number.parse();
            prop_assert!(is_double || decimal(written) == decimal(&number), "{} became {}", number, again);
        }
    }

    #[test]
    fn integers_with_a_point_and_an_exponent_are_exact(value in any::<i64>(), shift in 0..30_usize) {
        let text = format!("{{\"count\":{value}{}e-{shift}}}", "0".repeat(shift));
        prop_assert_eq!(json::from_str::<TuningJob>(&text).unwrap().count, Some(value));
    }
}
