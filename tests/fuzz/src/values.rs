//! Targets of times and of URL templates.

use crate::choices::Choices;
use discovery_runtime::http::{Api, Call, Client, Method, Param, Unary};
use discovery_runtime::serde_json::Value;
use discovery_runtime::time::{Date, Duration, Timestamp};
use std::collections::BTreeMap;
use std::fmt::{Debug, Display};
use std::str::FromStr;
use std::sync::Mutex;

/// Parses a text as a timestamp, a duration and a date.
///
/// # Panics
/// When formatting does not preserve the value.
pub fn times(data: &[u8]) {
    let Ok(text) = str::from_utf8(data) else { return };
    round_trip::<Timestamp>(text);
    round_trip::<Duration>(text);
    round_trip::<Date>(text);
}

fn round_trip<T: FromStr + Display + PartialEq + Debug>(text: &str) {
    let Ok(value) = text.parse::<T>() else { return };
    let written = value.to_string();
    assert_eq!(written.parse::<T>().ok().as_ref(), Some(&value), "{text} became {written}");
}

static API: Api =
    Api { name: "x", version: "v1", root_url: "https://x.example.com/", service_path: "base/", ..Api::EMPTY };

/// Expands a path template of a document with arbitrary values.
///
/// # Panics
/// When the request goes to another host, has a fragment, or a value changes the structure of the path.
pub fn url_templates(data: &[u8]) {
    let mut choices = Choices::new(data);
    let template = choices.text();
    let Some(method) = method(&template) else { return };
    let client = Client::new(&API);
    let mut call: Call<Value, Unary> = Call::new(client, method);
    let values = [choices.text(), choices.text()];
    for (index, value) in values.iter().enumerate() {
        call.set(index, value);
    }
    let Ok(request) = call.request() else { return };
    let uri = request.uri();
    assert_eq!(uri.host(), Some("x.example.com"), "{uri}");
    assert!(uri.path().starts_with("/base/"), "{uri}");
    // The document itself may contain dot segments.
    let is_dots = |segment: &str| matches!(segment, "." | "..");
    let written = template.split(['/', '?', '#']).any(is_dots);
    assert!(written || !uri.path().split('/').any(is_dots), "{uri}");
    if !template.contains('?') {
        let own = uri.query().unwrap_or_default();
        assert!(own.is_empty() || own.starts_with("q="), "{uri}");
    }
}

const PARAMS: &[Param] = &[Param::path("a", ""), Param::path("b", "^things/[^/]+$"), Param::query("q")];

/// Returns a method with a template. Methods live as long as the program, so their number is limited.
fn method(template: &str) -> Option<&'static Method> {
    static METHODS: Mutex<BTreeMap<String, &'static Method>> = Mutex::new(BTreeMap::new());
    let mut methods = METHODS.lock().ok()?;
    if let Some(method) = methods.get(template) {
        return Some(method);
    }
    if methods.len() > 100_000 || template.len() > 256 {
        return None;
    }
    let method: &'static Method = Box::leak(Box::new(Method {
        id: "x.get",
        path: Box::leak(template.to_owned().into_boxed_str()),
        params: PARAMS,
        ..Method::EMPTY
    }));
    methods.insert(template.to_owned(), method);
    Some(method)
}
