//! Inputs that repeat one construct.

mod diff;
mod discovery;
mod import;
mod names;
mod openapi;
mod prose;
mod shared;
mod texts;

/// Construct, with the kind of input that repeats it.
pub(super) struct Construct {
    name: &'static str,
    kind: Kind,
    /// Returns text with the construct repeated this many times.
    text: fn(usize) -> String,
}

/// Use of the text, which determines the command to run.
enum Kind {
    /// Members of a Discovery document, after its head.
    Discovery,
    /// Members of `components.schemas` of an OpenAPI document.
    Schemas,
    /// Members of an OpenAPI document, after its head.
    OpenApi,
    /// A whole document in YAML.
    Yaml,
    /// A whole document in YAML, of which every warning is written as JSON.
    Warnings,
    /// Two documents in YAML, the second with `old` replaced by `new`, and the lines of their changes.
    DiffYaml,
    /// A whole document in JSON.
    Json,
    /// An overlay.
    Overlay,
    /// An overlay of the Discovery document with these members, after its head.
    OverlayOf(fn(usize) -> String),
    /// The same, for `overlay tidy`.
    TidyOf(fn(usize) -> String),
    /// A request body of the method `r.m` in the Discovery document with these members, after its head.
    BodyOf(fn(usize) -> String),
    /// Hooks of a configuration, for the Discovery document with these members, after its head.
    HooksOf(fn(usize) -> String),
    /// A lock.
    Lock,
    /// Two Discovery documents, the second with `old` replaced by `new`.
    Diff,
    /// The same, reviewed as text.
    Text,
    /// Two OpenAPI documents, the second with a text replaced by another.
    DiffOpenApi { old: &'static str, new: &'static str },
    /// Two Discovery documents, of which only the first has the members.
    Removed,
    /// Two Discovery documents, of which only the second has the members.
    Added,
    /// A pattern of methods.
    Pattern,
    /// Patterns, with a method for each.
    Patterns,
    /// A page of reference documentation.
    Reference,
    /// A page of reference documentation of the Discovery document with these members, after its head.
    ReferenceOf(fn(usize) -> String),
    /// A file of protos.
    Protos,
    /// A file of protos of the Discovery document with these members, after its head.
    ProtosOf(fn(usize) -> String),
    /// Files of protos, `f0.proto` and so on, with [`FILE`] between them.
    ProtoFiles,
    /// A file of accepted changes.
    Accept,
}

/// Measured construct.
#[derive(Clone, Copy)]
pub(super) enum Measured {
    Construct(&'static Construct),
    /// The text of a description in a Discovery document.
    Markup(&'static prose::Prose),
    /// The text of a description in an OpenAPI document.
    CommonMark(&'static prose::Prose),
}

/// Returns all constructs.
pub(super) fn all() -> impl Iterator<Item = Measured> {
    let constructs = [
        discovery::CONSTRUCTS,
        openapi::CONSTRUCTS,
        names::CONSTRUCTS,
        shared::CONSTRUCTS,
        texts::CONSTRUCTS,
        diff::CONSTRUCTS,
        import::CONSTRUCTS,
    ];
    let prose = prose::CONSTRUCTS.iter().flat_map(|prose| [Measured::Markup(prose), Measured::CommonMark(prose)]);
    prose.chain(constructs.into_iter().flatten().map(Measured::Construct))
}

/// Text between two files of protos.
const FILE: &str = "\0";

const fn construct(name: &'static str, kind: Kind, text: fn(usize) -> String) -> Construct {
    Construct { name, kind, text }
}

fn joined(count: usize, comma: &str, one: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for index in 0..count {
        if index > 0 {
            out.push_str(comma);
        }
        out.push_str(&one(index));
    }
    out
}

/// Returns a name that differs for each number, but becomes the same name in Rust: each bit is a separator.
fn same_in_rust(name: &str, number: usize) -> String {
    (0..16).fold(name.to_owned(), |name, bit| name + if number >> bit & 1 == 0 { "-b" } else { "_b" })
}

/// Returns a name that differs for each number in letters: digits tell names apart.
fn spelled(name: &str, number: usize) -> String {
    (0..16).fold(name.to_owned(), |name, bit| name + if number >> bit & 1 == 0 { "Ox" } else { "Yak" })
}

/// Returns members of a Discovery document: a schema with these properties.
fn properties(count: usize, one: impl Fn(usize) -> String) -> String {
    format!(r#""schemas":{{"A":{{"id":"A","type":"object","properties":{{{}}}}}}}"#, joined(count, ",", one))
}

fn methods(count: usize, one: impl Fn(usize) -> String) -> String {
    format!(r#""resources":{{"r":{{"methods":{{{}}}}}}}"#, joined(count, ",", one))
}

fn method(name: &str, more: &str) -> String {
    format!(r#""{name}":{{"id":"a.r.{name}","httpMethod":"GET","path":"v1/{name}"{more}}}"#)
}

/// Returns members of a Discovery document: a schema with unions of two members each.
fn unions(count: usize, name: &str) -> String {
    let members = joined(2 * count, ",", |i| format!(r#""p{i}":{{"type":"string"}}"#));
    let unions = joined(count, ",", |i| format!(r#""{name}{i}":["p{}","p{}"]"#, 2 * i, 2 * i + 1));
    format!(r#""schemas":{{"A":{{"id":"A","type":"object","properties":{{{members}}},"x-unions":{{{unions}}}}}}}"#)
}

const HEAD: &str = r#""name":"a","version":"v1","rootUrl":"https://a.example.com/","servicePath":"""#;
/// Members of an operation whose response has no body.
const OK: &str = r#""responses":{"204":{"description":""}}"#;

const OPENAPI: &str =
    r#""openapi":"3.1.0","info":{"title":"A","version":"1"},"servers":[{"url":"https://a.example.com"}]"#;

fn discovery(members: &str) -> String {
    if members.is_empty() { format!("{{{HEAD}}}") } else { format!("{{{HEAD},{members}}}") }
}

fn openapi(members: &str) -> String {
    format!("{{{OPENAPI},{members}}}")
}

/// Returns a small Discovery document.
fn small() -> String {
    discovery(&properties(2, |i| format!(r#""p{i}":{{"type":"string"}}"#)))
}

impl Measured {
    pub(super) fn name(&self) -> String {
        match self {
            Measured::Construct(construct) => construct.name.to_owned(),
            Measured::Markup((name, _)) => (*name).to_owned(),
            Measured::CommonMark((name, _)) => format!("{name}, CommonMark"),
        }
    }

    fn text(&self, count: usize) -> String {
        match self {
            Measured::Construct(construct) => (construct.text)(count),
            Measured::Markup((_, text)) | Measured::CommonMark((_, text)) => text(count),
        }
    }

    /// Returns the files of an input of about this many bytes in total.
    pub(super) fn files(&self, size: usize) -> Vec<(String, String)> {
        let files = self.repeated(self.count(size)).into_iter().map(|(name, text)| (name.to_owned(), text));
        match self {
            Measured::Construct(Construct { kind: Kind::ProtoFiles, .. }) => files.flat_map(several).collect(),
            _ => files.collect(),
        }
    }

    /// Returns the files of an input that repeats the construct this many times.
    fn repeated(&self, count: usize) -> Vec<(&'static str, String)> {
        let text = self.text(count);
        let kind = match self {
            Measured::Construct(construct) => &construct.kind,
            Measured::Markup(_) => {
                let schema = format!(r#""schemas":{{"A":{{"id":"A","type":"object","description":"{text}"}}}}"#);
                return vec![("x.json", discovery(&schema))];
            }
            Measured::CommonMark(_) => {
                let schema = format!(r#""schemas":{{"A":{{"type":"object","description":"{text}"}}}}"#);
                return vec![("x.json", openapi(&format!(r#""paths":{{}},"components":{{{schema}}}"#)))];
            }
        };
        match kind {
            Kind::Discovery => vec![("x.json", discovery(&text))],
            Kind::Schemas => {
                vec![("x.json", openapi(&format!(r#""paths":{{}},"components":{{"schemas":{{{text}}}}}"#)))]
            }
            Kind::OpenApi => vec![("x.json", openapi(&text))],
            Kind::Json => vec![("x.json", text)],
            Kind::Yaml | Kind::Warnings => vec![("x.yaml", text)],
            Kind::DiffYaml => vec![("y.yaml", text.replace("Old", "New")), ("x.yaml", text)],
            Kind::Overlay => vec![("x.json", small()), ("x.overlay.toml", text)],
            Kind::OverlayOf(document) | Kind::TidyOf(document) => {
                vec![("x.json", discovery(&document(count))), ("x.overlay.toml", text)]
            }
            Kind::BodyOf(document) => vec![("x.json", discovery(&document(count))), ("body.json", text)],
            Kind::HooksOf(document) => configured(discovery(&document(count)), &text),
            Kind::Lock => vec![("x.json", small()), ("x.lock.toml", text)],
            Kind::Diff | Kind::Text => {
                let old = discovery(&text);
                vec![("y.json", old.replace("Old", "New")), ("x.json", old)]
            }
            Kind::DiffOpenApi { old, new } => {
                let document = openapi(&text);
                vec![("y.json", document.replace(old, new)), ("x.json", document)]
            }
            Kind::Removed => vec![("x.json", discovery(&text)), ("y.json", small())],
            Kind::Added => vec![("x.json", small()), ("y.json", discovery(&text))],
            Kind::Pattern => {
                let document = discovery(&methods(20, |i| method(&format!("a.m{i}"), "")));
                configured(document, &format!("include = [\"{text}\"]\n"))
            }
            Kind::Patterns => {
                let document = discovery(&methods(count, |i| method(&format!("m{i}"), "")));
                configured(document, &format!("include = [{text}]\n"))
            }
            Kind::Reference => page(small(), &text),
            Kind::ReferenceOf(document) => page(discovery(&document(count)), &text),
            Kind::Protos | Kind::ProtoFiles => protos(small(), &text),
            Kind::ProtosOf(document) => protos(discovery(&document(count)), &text),
            Kind::Accept => vec![("x.json", small()), ("y.json", small()), ("accept.toml", text)],
        }
    }

    /// Returns the number of repetitions in files of about this many bytes in total.
    fn count(&self, size: usize) -> usize {
        let length = |count: usize| self.repeated(count).iter().map(|(_, text)| text.len()).sum::<usize>().max(1);
        let mut count = (size * 1_000 / length(1_000)).max(1);
        // Some grow as their count does, some as its square: twice is near enough.
        for _ in 0..2 {
            count = (count as u128 * size as u128 / length(count) as u128).max(1) as usize;
        }
        count
    }

    /// The arguments of the command.
    pub(super) fn arguments(&self) -> Vec<String> {
        let words: &[&str] = match self {
            Measured::Construct(construct) => match construct.kind {
                Kind::Yaml => &["generate", "--spec", "x.yaml", "--out", "out"],
                Kind::Warnings => &["generate", "--spec", "x.yaml", "--out", "out", "--message-format", "json"],
                Kind::DiffYaml => &["diff", "x.yaml", "y.yaml", "--format", "sarif"],
                Kind::TidyOf(_) => &["overlay", "tidy", "--spec", "x.json"],
                Kind::BodyOf(_) => &["request", "x.json", "r.m", "--body", "body.json"],
                Kind::Pattern | Kind::Patterns | Kind::HooksOf(_) => &["generate", "--config", "codegen.toml"],
                Kind::Lock => &["generate", "--spec", "x.json", "--out", "out", "--lock", "x.lock.toml"],
                Kind::Diff | Kind::DiffOpenApi { .. } | Kind::Removed | Kind::Added => {
                    &["diff", "x.json", "y.json", "--format", "html"]
                }
                Kind::Text => &["diff", "x.json", "y.json"],
                Kind::Reference | Kind::ReferenceOf(_) => {
                    &["unions", "import", "--spec", "x.json", "--reference", "page.html"]
                }
                Kind::Protos | Kind::ProtosOf(_) | Kind::ProtoFiles => {
                    &["unions", "import", "--spec", "x.json", "--proto-path", "protos"]
                }
                Kind::Accept => &["diff", "x.json", "y.json", "--accept", "accept.toml"],
                _ => &["generate", "--spec", "x.json", "--out", "out"],
            },
            Measured::Markup(_) | Measured::CommonMark(_) => &["generate", "--spec", "x.json", "--out", "out"],
        };
        words.iter().map(|word| (*word).to_owned()).collect()
    }
}

/// Returns the files of a document and a page of its reference documentation.
fn page(document: String, text: &str) -> Vec<(&'static str, String)> {
    vec![("x.json", document), ("page.html", format!("<!doctype html>\n{text}"))]
}

/// Returns the files of a document and a configuration with these keys of its API.
fn configured(document: String, keys: &str) -> Vec<(&'static str, String)> {
    vec![
        ("x.json", document),
        ("codegen.toml", format!("[crate]\nname = \"out\"\npath = \"out\"\n[[api]]\nspec = \"x.json\"\n{keys}")),
        ("out/Cargo.toml", "[package]\nname = \"out\"\n".to_owned()),
    ]
}

/// Returns the files of protos in a file with all of them; any other file as it is.
fn several((name, text): (String, String)) -> Vec<(String, String)> {
    let head = protos(String::new(), "").pop().unwrap_or_default().1;
    let Some(all) = text.strip_prefix(&head).filter(|_| name.ends_with(".proto")) else { return vec![(name, text)] };
    let one = |(i, text): (usize, &str)| (format!("protos/f{i}.proto"), format!("{head}{text}"));
    all.split(FILE).enumerate().map(one).collect()
}

/// Returns the files of a document, an overlay with the package of its protos, and a file of protos.
fn protos(document: String, text: &str) -> Vec<(&'static str, String)> {
    vec![
        ("x.json", document),
        ("x.overlay.toml", "package = \"a.v1\"\n".to_owned()),
        ("protos/x.proto", format!("syntax = \"proto3\";\npackage a.v1;\n{text}")),
    ]
}
