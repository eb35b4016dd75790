//! Media types in one form, for comparison.

/// Returns a media type in lower case and without its parameters.
pub(crate) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or(media_type).trim().to_ascii_lowercase()
}

/// Returns a media type in lower case, with its parameters in order. `charset=utf-8` is left out: it is the default.
/// Values that need quotes, such as URLs, stay as they are.
pub(crate) fn media_type(text: &str) -> String {
    let parameter = |text: &str| {
        let (name, value) = text.split_once('=').unwrap_or((text, ""));
        match value.contains(|c: char| !c.is_ascii_alphanumeric() && !"\"!#$%&'*+-.^_`|~".contains(c)) {
            true => format!("{}={value}", name.to_ascii_lowercase()),
            false => text.to_ascii_lowercase().replace('"', ""),
        }
    };
    let mut parameters: Vec<String> = text.split(';').skip(1).map(|text| parameter(text.trim())).collect();
    parameters.retain(|parameter| !parameter.is_empty() && parameter != "charset=utf-8");
    parameters.sort();
    [vec![essence(text)], parameters].concat().join("; ")
}

/// Returns `true` for the media types of JSON, and for ranges that include it.
pub(crate) fn is_json(kind: &str) -> bool {
    let essence = essence(kind);
    matches!(essence.as_str(), "application/json" | "*/*" | "application/*" | "text/json") || essence.ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::is_json;

    #[test]
    fn json_by_many_names() {
        for kind in ["application/json", "application/json; charset=utf-8", "application/problem+json", "*/*"] {
            assert!(is_json(kind), "{kind}");
        }
        assert!(!is_json("text/event-stream") && !is_json("application/octet-stream"));
    }
}
