//! Scalar values, by protobuf's JSON mapping.

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use discovery_codegen::model::{Int, Type};
use regex_lite::Regex;
use serde_json::{Value, json};
use std::sync::LazyLock;

const CONFIG: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: GeneralPurpose = GeneralPurpose::new(&alphabet::STANDARD, CONFIG);
const URL_SAFE: GeneralPurpose = GeneralPurpose::new(&alphabet::URL_SAFE, CONFIG);

static TIMESTAMP: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$")
});
static DATE: LazyLock<Regex> = LazyLock::new(|| regex(r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"));
static DURATION: LazyLock<Regex> = LazyLock::new(|| regex(r"^-?\d{1,12}(\.\d{1,9})?s$"));
static FIELD_MASK: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^\s*$|^\s*(\*|[A-Za-z_][\w.]*)(\s*,\s*(\*|[A-Za-z_][\w.]*))*\s*$"));

fn regex(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is valid")
}

/// Returns a value in canonical form.
pub(super) fn read(ty: &Type, value: Value) -> Result<Value, &'static str> {
    let text_like = |pattern: &Regex, wanted| match &value {
        Value::String(text) if pattern.is_match(text) => Ok(value.clone()),
        _ => Err(wanted),
    };
    match ty {
        Type::Bool => {
            if value.is_boolean() {
                Ok(value)
            } else {
                Err("expected `true` or `false`")
            }
        }
        Type::String => {
            if value.is_string() {
                Ok(value)
            } else {
                Err("expected a string")
            }
        }
        Type::Int(int) => integer(*int, &value),
        Type::Float | Type::Double => float(*ty == Type::Float, value),
        Type::Bytes | Type::UrlSafeBytes | Type::File => match &value {
            Value::String(text) if STANDARD.decode(text).is_ok() || URL_SAFE.decode(text).is_ok() => Ok(value),
            _ => Err("expected bytes in base64"),
        },
        Type::Timestamp | Type::DateTime => text_like(&TIMESTAMP, "expected a timestamp such as 2024-03-14T15:09:26Z"),
        Type::Date => text_like(&DATE, "expected a date such as 2024-03-14"),
        Type::Duration => text_like(&DURATION, "expected a duration such as 1.5s"),
        Type::FieldMask => text_like(&FIELD_MASK, "expected comma-separated field names"),
        Type::Object => {
            if value.is_object() {
                Ok(value)
            } else {
                Err("expected an object")
            }
        }
        Type::Any | Type::List(_) | Type::Map(_) | Type::Nullable(_) | Type::Schema(_) => Ok(value),
    }
}

fn integer(int: Int, value: &Value) -> Result<Value, &'static str> {
    const EXPECTED: &str = "expected an integer within the range of its type";
    let number = match value {
        Value::Number(number) => whole(&number.to_string()),
        Value::String(text) => whole(text),
        _ => None,
    };
    let number = number.ok_or(EXPECTED)?;
    let (least, greatest) = match int {
        Int::I32 => (i32::MIN.into(), i32::MAX.into()),
        Int::U32 => (0, u32::MAX.into()),
        Int::I64 | Int::I64Number => (i64::MIN.into(), i64::MAX.into()),
        Int::U64 | Int::U64Number => (0, u64::MAX.into()),
    };
    if number < least || number > greatest {
        return Err(EXPECTED);
    }
    Ok(match int {
        Int::I64 | Int::U64 => json!(number.to_string()),
        _ => json!(number),
    })
}

/// Parses an integer in any form: `5`, `5.0`, `5e0`.
fn whole(text: &str) -> Option<i128> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let number: f64 = text.parse().ok()?;
    // Larger doubles are not exact integers.
    (number.fract() == 0.0 && number.abs() < 9e15).then_some(number as i128)
}

fn float(single: bool, value: Value) -> Result<Value, &'static str> {
    const EXPECTED: &str = "expected a number";
    let number = match &value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) if matches!(text.as_str(), "NaN" | "Infinity" | "-Infinity") => return Ok(value),
        Value::String(text) => text.parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    };
    let number = number.ok_or(EXPECTED)?;
    if single && number.abs() > f64::from(f32::MAX) {
        Err("number out of the range of a float")
    } else {
        Ok(json!(number))
    }
}
