//! Hostile names wherever a document has names: the bindings are Rust without two things of one name, or the document is
//! rejected.

use discovery_codegen::pipeline::{self, Input};
use discovery_codegen::rust::naming::Names;
use discovery_codegen::source::Source;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

/// Words of Rust.
const WORDS: &str = "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while abstract become box do final gen macro override priv try typeof unsized virtual yield union auto default macro_rules raw safe";

/// Names that Rust code has in scope.
const PRELUDE: &str = "Some None Ok Err Option Result Vec String Box Default Clone PartialEq Eq Debug Drop Fn FnOnce Into From Iterator AsRef Send Sync Sized ToString TryFrom Copy bool char str i32 i64 u8 u64 usize f32 f64 core std alloc";

/// Names of generated code and of the runtime.
const OWN: &str = "Client Call Message client types methods api api_name new send request response body options builder unknown_fields unknown_entries Unrecognized unrecognized Empty empty value value_mut discovery_runtime __private FieldInfo encode decode deref clone into from eq fmt hash set with get with_x set_x x_opt Page next_page_token items list main test derive";

/// Names that are reserved for files.
const FILES: &str = "con prn aux nul com1 lpt9 CON Nul.txt";

/// Names that are not words.
const SIGNS: [&str; 91] = [
    "",
    "_",
    "__",
    "___",
    " ",
    "-",
    "--",
    ".",
    "..",
    "...",
    "/",
    "\\",
    "../x",
    "a/b",
    "a\\b",
    "a b",
    "a.b",
    "a-b",
    "a_b",
    "aB",
    "AB",
    "A_B",
    "a:b",
    "::",
    "a::b",
    "$",
    "$ref",
    "@type",
    "#",
    "#[x]",
    "%",
    "&",
    "*/",
    "//",
    "/*",
    "<T>",
    "'a",
    "'",
    "\"",
    "`",
    "{",
    "}",
    "{x}",
    "{{x}}",
    "r#fn",
    "r#self",
    "x!",
    "1",
    "42",
    "404",
    "3d",
    "1_000",
    "-1",
    "+1",
    "1.0",
    "1e5",
    "0x1F",
    "true.",
    "null",
    "NaN",
    "\u{e9}",
    "\u{f1}and\u{fa}",
    "\u{65e5}\u{672c}",
    "\u{1f980}",
    "a\u{301}",
    "\u{fb01}",
    "\u{131}",
    "\u{17f}",
    "\u{df}",
    "\u{212a}",
    "\u{2167}",
    "\u{663}",
    "_1",
    "__1",
    "a\u{200d}b",
    "\u{200b}",
    "\u{feff}",
    "\u{a0}",
    "\u{202e}",
    "\n",
    "\r\n",
    "\t",
    "\u{0}",
    "\u{1b}[31m",
    "\u{2028}",
    "a\nb",
    "x\n::error::y",
    "cargo::warning=x",
    "${x}",
    "$(x)",
    "<script>",
];

fn all() -> Vec<&'static str> {
    let words = [WORDS, PRELUDE, OWN, FILES].into_iter().flat_map(str::split_whitespace);
    words.chain(SIGNS).collect()
}

/// Returns an object with a value for each name.
fn each(names: &[&str], value: impl Fn(usize, &str) -> Value) -> Value {
    let members = names.iter().enumerate().map(|(index, name)| ((*name).to_owned(), value(index, name)));
    Value::Object(members.collect::<Map<_, _>>())
}

fn text() -> Value {
    json!({"type": "string"})
}

fn object() -> Value {
    json!({"type": "object", "properties": {"a": text()}})
}

/// A Discovery document with these names at all places.
fn discovery(names: &[&str]) -> Value {
    let schema = |properties: Value| json!({"type": "object", "properties": properties});
    let method = |id: String, path: String| json!({"id": id, "httpMethod": "GET", "path": path});
    let of_unions: Vec<String> = (0..2 * names.len()).map(|index| format!("p{index}")).collect();
    let of_unions: Vec<&str> = of_unions.iter().map(String::as_str).collect();
    let mut unions = schema(each(&of_unions, |_, _| text()));
    unions["x-unions"] = each(names, |index, _| json!([of_unions[2 * index], of_unions[2 * index + 1]]));
    let mut members = schema(each(names, |_, _| text()));
    members["x-unions"] = json!({"u": names});
    let values = json!({"type": "string", "enum": names});
    let mut schemas = each(names, |_, _| object());
    schemas["OfProperties"] = schema(each(names, |_, _| text()));
    schemas["OfValues"] = schema(json!({"p": values}));
    schemas["OfEnums"] = schema(each(names, |_, _| json!({"type": "string", "enum": ["A", "B"]})));
    schemas["OfObjects"] = schema(each(names, |_, _| object()));
    schemas["OfUnions"] = unions;
    schemas["OfMembers"] = members;
    let scopes = each(names, |_, _| json!({"description": "x"}));
    let parameters = each(names, |_, _| json!({"type": "string", "location": "query", "enum": ["A"]}));
    let mut list = method("names.ofParameters.list".to_owned(), "v1/list".to_owned());
    list["parameters"] = parameters;
    list["scopes"] = json!(names);
    json!({
        "name": "names", "version": "v1", "rootUrl": "https://names.example.com/", "servicePath": "",
        "auth": {"oauth2": {"scopes": scopes}},
        "schemas": schemas,
        "resources": {
            "ofMethods": {"methods": each(names, |index, name| {
                method(format!("names.ofMethods.{name}"), format!("v1/m{index}"))
            })},
            "ofParameters": {"methods": {"list": list}},
            "ofResources": {"resources": each(names, |index, name| {
                json!({"methods": {"get": method(format!("names.ofResources.{name}.get"), format!("v1/r{index}"))}})
            })},
        },
    })
}

/// An OpenAPI document with these names at all places.
fn openapi(names: &[&str]) -> Value {
    let done = json!({"204": {"description": ""}});
    let schema = |properties: Value| json!({"type": "object", "properties": properties});
    let mut schemas = each(names, |_, _| object());
    schemas["OfProperties"] = schema(each(names, |_, _| text()));
    schemas["OfValues"] = json!({"type": "string", "enum": names});
    schemas["OfObjects"] = schema(each(names, |_, _| object()));
    let titled = |(index, name): (usize, &&str)| json!({"title": name, "type": "object", "properties": {format!("p{index}"): text()}});
    schemas["OfTitles"] = json!({"oneOf": names.iter().enumerate().map(titled).collect::<Vec<_>>()});
    let constant = |(index, name): (usize, &&str)| json!({"type": "object", "properties": {"kind": {"const": name}, format!("p{index}"): text()}});
    schemas["OfConstants"] = json!({"oneOf": names.iter().enumerate().map(constant).collect::<Vec<_>>()});
    let mut paths = Map::new();
    for (index, name) in names.iter().enumerate() {
        paths.insert(format!("/m{index}"), json!({"get": {"operationId": name, "responses": done}}));
        let tagged = json!({"get": {"operationId": format!("t{index}"), "tags": [name], "responses": done}});
        paths.insert(format!("/t{index}"), tagged);
    }
    for place in ["query", "header", "cookie"] {
        let parameter = |name: &&str| json!({"name": name, "in": place, "schema": text()});
        let parameters: Vec<Value> = names.iter().map(parameter).collect();
        let operation = json!({"operationId": place, "parameters": parameters, "responses": done});
        paths.insert(format!("/{place}"), json!({"get": operation}));
    }
    let form = json!({"content": {"multipart/form-data": {"schema": schema(each(names, |_, _| text()))}}});
    let operation = json!({"operationId": "form", "requestBody": form, "responses": done});
    paths.insert("/form".to_owned(), json!({"post": operation}));
    let schemes = each(names, |_, _| json!({"type": "apiKey", "in": "query", "name": "key"}));
    json!({
        "openapi": "3.1.0", "info": {"title": "Names", "version": "1"},
        "servers": [{"url": "https://names.example.com"}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": schemes},
    })
}

/// Generates bindings, and checks them. Returns the errors of a document that is rejected.
fn check(document: &Value) -> Result<(), String> {
    let source = Arc::new(Source::new("/nowhere/names.json", document.to_string()));
    let input = Input { document: source, overlay: None, ref_folders: Vec::new() };
    let output = pipeline::generate(&input, &[], &Names::default()).map_err(|error| error.to_string())?;
    for code in [&output.part.bindings.types, &output.part.bindings.methods] {
        let file = syn::parse_file(code.as_str()).unwrap_or_else(|error| panic!("{error}: {}", code.as_str()));
        assert_distinct(&file.items);
    }
    Ok(())
}

/// Checks that the items of a module, and those within them, have different names.
fn assert_distinct(items: &[syn::Item]) {
    let mut names = BTreeSet::new();
    for item in items {
        let name = match item {
            syn::Item::Mod(inner) => {
                inner.content.iter().for_each(|(_, items)| assert_distinct(items));
                &inner.ident
            }
            syn::Item::Struct(item) => {
                assert_all_distinct(item.fields.iter().filter_map(|field| field.ident.as_ref()));
                &item.ident
            }
            syn::Item::Enum(item) => {
                assert_all_distinct(item.variants.iter().map(|variant| &variant.ident));
                &item.ident
            }
            syn::Item::Type(item) => &item.ident,
            syn::Item::Impl(item) if item.trait_.is_none() => {
                assert_all_distinct(item.items.iter().filter_map(|item| match item {
                    syn::ImplItem::Fn(function) => Some(&function.sig.ident),
                    _ => None,
                }));
                continue;
            }
            _ => continue,
        };
        assert!(names.insert(name), "two items are named `{name}`");
    }
}

fn assert_all_distinct<'a>(names: impl Iterator<Item = &'a syn::Ident>) {
    let mut known = BTreeSet::new();
    names.for_each(|name| assert!(known.insert(name), "two members are named `{name}`"));
}

/// Checks each name alone, and all names that are accepted together.
fn are_names_or_rejected(document: fn(&[&str]) -> Value) {
    let (mut accepted, mut rejected) = (Vec::new(), Vec::new());
    for name in all() {
        match check(&document(&[name])) {
            Ok(()) => accepted.push(name),
            Err(message) => {
                assert!(message.starts_with("error: "), "{name:?}: {message}");
                rejected.push(name);
            }
        }
    }
    // Names with control characters, and those that cannot be part of an id.
    assert!(accepted.len() > 220 && rejected.len() < 20, "rejected: {rejected:?}");
    check(&document(&accepted)).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn names_of_a_discovery_document() {
    are_names_or_rejected(discovery);
}

#[test]
fn names_of_an_openapi_document() {
    are_names_or_rejected(openapi);
}

/// Names of schemas and methods are in comments and messages.
#[test]
fn names_with_controls_are_errors() {
    for text in ["A\u{2028}B", "A\u{1b}[31m", "A\u{202e}B", "A\nB"] {
        let document = serde_json::json!({"name": "x", "version": "v1", "rootUrl": "https://x.test/",
            "schemas": {text: {"id": text, "type": "object"}},
            "methods": {"get": {"id": format!("x.{text}"), "httpMethod": "GET", "path": "r"}}});
        let error = check(&document).unwrap_err();
        assert!(error.contains("invalid schema name") && error.contains("invalid method id"), "{error}");
    }
}
