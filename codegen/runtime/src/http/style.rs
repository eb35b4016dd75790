//! Styles of parameters and form fields: lists and objects as text.

use serde_json::Value;

use super::percent::{self, Unencoded};

/// Encoding of a list or an object as text, as in OpenAPI's `style` and `explode`.
///
/// A scalar is the same in most styles.
///
/// The examples are of a parameter `p` that is the list `["a","b"]` or the object `{"x":1,"y":2}`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Style {
    /// `p=a&p=b`; `x=1&y=2`. In a path or a header: `a,b`; `x=1,y=2`.
    #[default]
    Repeat,
    /// `a,b`; `x,1,y,2`.
    Comma,
    /// `a b`; `x 1 y 2`.
    Space,
    /// `a|b`; `x|1|y|2`.
    Pipe,
    /// `.a,b`; `.x,1,y,2`. Only in a path.
    Label,
    /// `.a.b`; `.x=1.y=2`. Only in a path.
    LabelExploded,
    /// `;p=a,b`; `;p=x,1,y,2`. Only in a path.
    Matrix,
    /// `;p=a;p=b`; `;x=1;y=2`. Only in a path.
    MatrixExploded,
    /// `p[0]=a&p[1]=b`; `p[x]=1&p[y]=2`; at any depth. A name `p[]` is that of each element: `p[]=a&p[]=b`.
    Deep,
    /// As JSON text.
    Json,
}

/// A name and the text of its value: pieces, and what is between them.
#[derive(Debug, PartialEq)]
pub(crate) struct Pair {
    pub(crate) name: String,
    pub(crate) pieces: Vec<String>,
    pub(crate) separator: char,
}

impl Pair {
    fn new(name: &str, piece: String) -> Self {
        Self { name: name.to_owned(), pieces: vec![piece], separator: ',' }
    }

    /// Returns the value without encoding.
    pub(crate) fn text(&self) -> String {
        self.pieces.join(self.separator.encode_utf8(&mut [0; 4]))
    }

    /// Appends the value, percent-encoded. Commas between pieces stay, other separators are encoded too.
    pub(crate) fn encode_value_into(&self, out: &mut String, unencoded: &Unencoded) {
        for (count, piece) in self.pieces.iter().enumerate() {
            match self.separator {
                _ if count == 0 => {}
                ',' => out.push(','),
                other => percent::encode_into(out, other.encode_utf8(&mut [0; 4]), &percent::UNRESERVED),
            }
            percent::encode_into(out, piece, unencoded);
        }
    }
}

/// Returns a value as the pairs of a query, a form or a cookie. Members that are `null` are left out.
pub(crate) fn pairs(name: &str, value: &Value, style: Style) -> Vec<Pair> {
    match (value, style) {
        (Value::Null, _) => Vec::new(),
        (value, Style::Json) => vec![Pair::new(name, value.to_string())],
        (Value::Array(items), Style::Deep) if name.ends_with("[]") => {
            items.iter().flat_map(|item| pairs(name, item, style)).collect()
        }
        (Value::Array(items), Style::Deep) => {
            let items = items.iter().enumerate();
            items.flat_map(|(index, item)| pairs(&format!("{name}[{index}]"), item, style)).collect()
        }
        (Value::Object(members), Style::Deep) => {
            members.iter().flat_map(|(key, member)| pairs(&format!("{name}[{key}]"), member, style)).collect()
        }
        (Value::Array(items), Style::Repeat) => items.iter().map(|item| Pair::new(name, text(item))).collect(),
        (Value::Object(members), Style::Repeat) => members
            .iter()
            .flat_map(|(key, member)| match member {
                Value::Object(_) => vec![Pair::new(key, text(member))],
                _ => pairs(key, member, style),
            })
            .collect(),
        (Value::Array(_) | Value::Object(_), style) => {
            let separator = match style {
                Style::Space => ' ',
                Style::Pipe => '|',
                _ => ',',
            };
            let pieces = pieces(value);
            if pieces.is_empty() { Vec::new() } else { vec![Pair { name: name.to_owned(), pieces, separator }] }
        }
        (scalar, _) => vec![Pair::new(name, text(scalar))],
    }
}

/// Appends a value as a part of a path or a header. Returns `false` if it is an empty text, list or object.
pub(crate) fn expand_into(out: &mut String, name: &str, value: &Value, style: Style, unencoded: &Unencoded) -> bool {
    let start = out.len();
    let is_list = !matches!(value, Value::Object(_));
    let (before, between, named) = match style {
        Style::Label => (".", ",", false),
        Style::LabelExploded => (".", ".", false),
        Style::Matrix => (";", ",", true),
        Style::MatrixExploded => (";", ";", is_list),
        _ => ("", ",", false),
    };
    let mut is_first = true;
    let mut any = false;
    let mut piece = |out: &mut String, key: Option<&str>, text: &str| {
        out.push_str(if is_first { before } else { between });
        // `;p=a,b` has the name once, `;p=a;p=b` with each piece.
        if named && (is_first || style == Style::MatrixExploded) {
            percent::encode_into(out, name, &percent::UNRESERVED);
            if !text.is_empty() {
                out.push('=');
            }
        }
        if let Some(key) = key {
            percent::encode_into(out, key, unencoded);
            out.push('=');
        }
        percent::encode_into(out, text, unencoded);
        is_first = false;
        any |= !text.is_empty();
    };
    let exploded = matches!(style, Style::Repeat | Style::LabelExploded | Style::MatrixExploded);
    match value {
        Value::Object(members) if exploded => {
            for (key, member) in members.iter().filter(|(_, member)| !member.is_null()) {
                piece(out, Some(key), &text(member));
            }
        }
        Value::Array(_) | Value::Object(_) if style != Style::Json => {
            pieces(value).iter().for_each(|text| piece(out, None, text));
        }
        _ if style == Style::Json => piece(out, None, &value.to_string()),
        scalar => piece(out, None, &text(scalar)),
    }
    any && out.len() > start
}

/// Returns the elements of a list, or the keys and values of an object.
fn pieces(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(text).collect(),
        Value::Object(members) => members
            .iter()
            .filter(|(_, member)| !member.is_null())
            .flat_map(|(key, member)| [key.clone(), text(member)])
            .collect(),
        scalar => vec![text(scalar)],
    }
}

/// Returns a string without quotes, and any other value as JSON.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn query(value: &Value, style: Style) -> String {
        let pairs = pairs("p", value, style);
        pairs.iter().map(|pair| format!("{}={}", pair.name, pair.text())).collect::<Vec<_>>().join("&")
    }

    fn path(value: &Value, style: Style) -> String {
        let mut out = String::new();
        expand_into(&mut out, "p", value, style, &percent::UNRESERVED);
        out
    }

    /// The examples of OpenAPI's table, which are those of RFC 6570.
    #[test]
    fn every_style() {
        let (list, object) = (json!(["a", "b"]), json!({"x": 1, "y": 2}));
        for (style, of_list, of_object) in [
            (Style::Repeat, "p=a&p=b", "x=1&y=2"),
            (Style::Comma, "p=a,b", "p=x,1,y,2"),
            (Style::Space, "p=a b", "p=x 1 y 2"),
            (Style::Pipe, "p=a|b", "p=x|1|y|2"),
            (Style::Deep, "p[0]=a&p[1]=b", "p[x]=1&p[y]=2"),
            (Style::Json, r#"p=["a","b"]"#, r#"p={"x":1,"y":2}"#),
        ] {
            assert_eq!(
                (query(&list, style).as_str(), query(&object, style).as_str()),
                (of_list, of_object),
                "{style:?}"
            );
        }
        for (style, of_scalar, of_list, of_object) in [
            (Style::Comma, "s", "a,b", "x,1,y,2"),
            (Style::Repeat, "s", "a,b", "x=1,y=2"),
            (Style::Label, ".s", ".a,b", ".x,1,y,2"),
            (Style::LabelExploded, ".s", ".a.b", ".x=1.y=2"),
            (Style::Matrix, ";p=s", ";p=a,b", ";p=x,1,y,2"),
            (Style::MatrixExploded, ";p=s", ";p=a;p=b", ";x=1;y=2"),
        ] {
            let found = (path(&json!("s"), style), path(&list, style), path(&object, style));
            assert_eq!(found, (of_scalar.into(), of_list.into(), of_object.into()), "{style:?}");
        }
    }

    #[test]
    fn nested_values() {
        let value = json!({"a": [{"b": true, "c": null}, {"b": "x"}], "d": {"e": {"f": 1.5}}, "g": []});
        assert_eq!(query(&value, Style::Deep), "p[a][0][b]=true&p[a][1][b]=x&p[d][e][f]=1.5");
        let value = json!({"a": [1, 2], "b": {"c": 1}, "d": null});
        assert_eq!(query(&value, Style::Repeat), r#"a=1&a=2&b={"c":1}"#);
    }

    #[test]
    fn empty_values() {
        assert_eq!(query(&json!([]), Style::Comma), "");
        let mut out = String::new();
        assert!(!expand_into(&mut out, "p", &json!([]), Style::Matrix, &percent::UNRESERVED));
        assert!(!expand_into(&mut out, "p", &json!(""), Style::Label, &percent::UNRESERVED));
    }

    #[test]
    fn elements_of_a_name_that_is_a_list() {
        let pairs = pairs("id[]", &json!(["a", "b"]), Style::Deep);
        let pairs: Vec<String> = pairs.iter().map(|pair| format!("{}={}", pair.name, pair.text())).collect();
        assert_eq!(pairs, ["id[]=a", "id[]=b"]);
    }
}
