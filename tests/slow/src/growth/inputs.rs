//! Inputs that repeat one construct.

/// One construct, and the command that reads it.
pub(super) struct Construct {
    pub(super) name: &'static str,
    kind: Kind,
    /// The input with the construct so many times.
    text: fn(usize) -> String,
}

/// Where the text is put, and what is run.
enum Kind {
    /// The text of a description in a Discovery document.
    Description,
    /// Members of a Discovery document, after its head.
    Discovery,
    /// Members of `components.schemas` of an OpenAPI document.
    Schemas,
    /// A whole document in YAML.
    Yaml,
    /// A whole document in JSON.
    Json,
    /// An overlay.
    Overlay,
    /// An overlay of the Discovery document with these members, after its head.
    OverlayOf(fn(usize) -> String),
    /// A lock.
    Lock,
    /// Two documents, the second with `old` replaced by `new`.
    Diff,
    /// A pattern of methods.
    Pattern,
    /// A page of reference documentation.
    Reference,
    /// A file of protos.
    Protos,
    /// A file of accepted changes.
    Accept,
}

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

/// A Discovery document with schemas of these properties.
fn properties(count: usize, one: impl Fn(usize) -> String) -> String {
    format!(r#""schemas":{{"A":{{"id":"A","type":"object","properties":{{{}}}}}}}"#, joined(count, ",", one))
}

fn methods(count: usize, one: impl Fn(usize) -> String) -> String {
    format!(r#""resources":{{"r":{{"methods":{{{}}}}}}}"#, joined(count, ",", one))
}

fn method(name: &str, more: &str) -> String {
    format!(r#""{name}":{{"id":"a.r.{name}","httpMethod":"GET","path":"v1/{name}"{more}}}"#)
}

/// A message of unions with such names, each of two members.
fn unions(count: usize, name: &str) -> String {
    let members = joined(2 * count, ",", |i| format!(r#""p{i}":{{"type":"string"}}"#));
    let unions = joined(count, ",", |i| format!(r#""{name}{i}":["p{}","p{}"]"#, 2 * i, 2 * i + 1));
    format!(r#""schemas":{{"A":{{"id":"A","type":"object","properties":{{{members}}},"x-unions":{{{unions}}}}}}}"#)
}

pub(super) static CONSTRUCTS: &[Construct] = &[
    // Prose.
    construct("backticks", Kind::Description, |n| "`".repeat(n)),
    construct("backticks apart", Kind::Description, |n| "` ".repeat(n)),
    construct("runs of backticks, each longer", Kind::Description, |n| {
        joined((2.0 * n as f64).sqrt() as usize, " a ", |i| "`".repeat(i))
    }),
    construct("brackets", Kind::Description, |n| "[".repeat(n)),
    construct("brackets with text", Kind::Description, |n| "[a ".repeat(n)),
    construct("brackets closed late", Kind::Description, |n| "[".repeat(n / 2) + &"]".repeat(n / 2)),
    construct("links not closed", Kind::Description, |n| "[a](".repeat(n)),
    construct("links", Kind::Description, |n| "[a](b) ".repeat(n)),
    construct("code links", Kind::Description, |n| "[`A`] ".repeat(n)),
    construct("parentheses", Kind::Description, |n| "(".repeat(n)),
    construct("parentheses in a link", Kind::Description, |n| format!("[a]({})", "(".repeat(n))),
    construct("angle brackets", Kind::Description, |n| "<".repeat(n)),
    construct("tags", Kind::Description, |n| "<b>".repeat(n)),
    construct("tags not closed", Kind::Description, |n| "<b ".repeat(n)),
    construct("comments of HTML", Kind::Description, |n| "<!-- ".repeat(n)),
    construct("stars", Kind::Description, |n| "*a ".repeat(n)),
    construct("underscores", Kind::Description, |n| "_".repeat(n)),
    construct("backslashes", Kind::Description, |n| "\\\\".repeat(n)),
    construct("braces", Kind::Description, |n| "{a".repeat(n)),
    construct("images", Kind::Description, |n| "![".repeat(n)),
    construct("lines", Kind::Description, |n| "a\\n".repeat(n)),
    construct("empty lines", Kind::Description, |n| "\\n".repeat(n)),
    construct("lists in lists", Kind::Description, |n| {
        joined((2.0 * n as f64).sqrt() as usize, "\\n", |i| " ".repeat(i) + "- a")
    }),
    construct("quotes in quotes", Kind::Description, |n| "> ".repeat(n)),
    construct("fences", Kind::Description, |n| "```\\n".repeat(n)),
    construct("tables", Kind::Description, |n| "| a | b |\\n|---|---|\\n".repeat(n)),
    construct("cells of a table", Kind::Description, |n| format!("{}\\n{}\\n", "|a".repeat(n), "|-".repeat(n))),
    construct("references", Kind::Description, |n| joined(n, "\\n", |i| format!("[a{i}]: b"))),
    construct("addresses", Kind::Description, |n| "https://a.b/".repeat(n)),
    construct("one long word", Kind::Description, |n| "a".repeat(n)),
    // Discovery.
    construct("lists of lists, each named", Kind::Discovery, |n| {
        let schema = |i: usize| format!(r#""S{i}":{{"id":"S{i}","type":"array","items":{{"$ref":"S{}"}}}}"#, i + 1);
        format!(r#""schemas":{{{},"S{n}":{{"id":"S{n}","type":"string"}}}}"#, joined(n, ",", schema))
    }),
    construct("maps of maps, each named", Kind::Discovery, |n| {
        let schema = |i: usize| {
            format!(r#""S{i}":{{"id":"S{i}","type":"object","additionalProperties":{{"$ref":"S{}"}}}}"#, i + 1)
        };
        format!(r#""schemas":{{{},"S{n}":{{"id":"S{n}","type":"string"}}}}"#, joined(n, ",", schema))
    }),
    construct("aliases of aliases", Kind::Discovery, |n| {
        let schema = |i: usize| format!(r#""S{i}":{{"id":"S{i}","$ref":"S{}"}}"#, i + 1);
        format!(r#""schemas":{{{},"S{n}":{{"id":"S{n}","type":"string"}}}}"#, joined(n, ",", schema))
    }),
    construct("messages in messages, each named", Kind::Discovery, |n| {
        let schema = |i: usize| {
            format!(r#""S{i}":{{"id":"S{i}","type":"object","properties":{{"a":{{"$ref":"S{}"}}}}}}"#, i + 1)
        };
        format!(r#""schemas":{{{},"S{n}":{{"id":"S{n}","type":"object"}}}}"#, joined(n, ",", schema))
    }),
    construct("inline messages in inline messages", Kind::Discovery, |n| {
        let open = r#"{"type":"object","properties":{"a":"#;
        format!(
            r#""schemas":{{"A":{{"id":"A","type":"object","properties":{{"a":{}{{"type":"string"}}{}}}}}}}"#,
            open.repeat(n),
            "}}".repeat(n)
        )
    }),
    construct("inline lists in inline lists", Kind::Discovery, |n| {
        format!(
            r#""schemas":{{"A":{{"id":"A","type":"object","properties":{{"a":{}{{"type":"string"}}{}}}}}}}"#,
            r#"{"type":"array","items":"#.repeat(n),
            "}".repeat(n)
        )
    }),
    construct("schemas", Kind::Discovery, |n| {
        format!(r#""schemas":{{{}}}"#, joined(n, ",", |i| format!(r#""S{i}":{{"id":"S{i}","type":"object"}}"#)))
    }),
    construct("properties", Kind::Discovery, |n| properties(n, |i| format!(r#""p{i}":{{"type":"string"}}"#))),
    construct("properties of one name in Rust", Kind::Discovery, |n| {
        // Each digit of the number is another separator.
        properties(n, |i| {
            format!(
                r#""{}":{{"type":"string"}}"#,
                (0..16).fold("a".to_owned(), |name, bit| name + if i >> bit & 1 == 0 { "-b" } else { "_b" })
            )
        })
    }),
    construct("schemas of one name in Rust", Kind::Discovery, |n| {
        let name =
            |i: usize| (0..16).fold("A".to_owned(), |name, bit| name + if i >> bit & 1 == 0 { "-B" } else { "_B" });
        format!(r#""schemas":{{{}}}"#, joined(n, ",", |i| format!(r#""{0}":{{"id":"{0}","type":"object"}}"#, name(i))))
    }),
    construct("values of an enum", Kind::Discovery, |n| {
        properties(1, |_| format!(r#""p":{{"type":"string","enum":[{}]}}"#, joined(n, ",", |i| format!("\"V{i}\""))))
    }),
    construct("values of one name in Rust", Kind::Discovery, |n| {
        properties(1, |_| {
            format!(
                r#""p":{{"type":"string","enum":[{}]}}"#,
                joined(n, ",", |i| format!(
                    "\"v{}\"",
                    (0..16).fold(String::new(), |name, bit| name + if i >> bit & 1 == 0 { "-b" } else { "_b" })
                ))
            )
        })
    }),
    construct("unions", Kind::Discovery, |n| unions(n, "u")),
    construct("members of one union", Kind::Discovery, |n| {
        let members = joined(n, ",", |i| format!(r#""p{i}":{{"type":"string"}}"#));
        let names = joined(n, ",", |i| format!("\"p{i}\""));
        format!(
            r#""schemas":{{"A":{{"id":"A","type":"object","properties":{{{members}}},"x-unions":{{"u":[{names}]}}}}}}"#
        )
    }),
    construct("methods", Kind::Discovery, |n| methods(n, |i| method(&format!("m{i}"), ""))),
    construct("resources in resources", Kind::Discovery, |n| {
        format!(
            r#"{}"methods":{{{}}}{}"#,
            r#""resources":{"r":{"#.repeat(n),
            r#""m":{"id":"a.m","httpMethod":"GET","path":"v1/m"}"#,
            "}}".repeat(n)
        )
    }),
    construct("resources", Kind::Discovery, |n| {
        format!(
            r#""resources":{{{}}}"#,
            joined(n, ",", |i| format!(
                r#""r{i}":{{"methods":{{"get":{{"id":"a.r{i}.get","httpMethod":"GET","path":"v1/r{i}"}}}}}}"#
            ))
        )
    }),
    construct("parameters", Kind::Discovery, |n| {
        methods(1, |_| {
            method(
                "m",
                &format!(
                    r#","parameters":{{{}}}"#,
                    joined(n, ",", |i| format!(r#""p{i}":{{"type":"string","location":"query"}}"#))
                ),
            )
        })
    }),
    construct("required parameters", Kind::Discovery, |n| {
        let order = joined(n, ",", |i| format!("\"p{i}\""));
        methods(1, |_| {
            method(
                "m",
                &format!(
                    r#","parameterOrder":[{order}],"parameters":{{{}}}"#,
                    joined(n, ",", |i| format!(r#""p{i}":{{"type":"string","location":"query","required":true}}"#))
                ),
            )
        })
    }),
    construct("scopes", Kind::Discovery, |n| {
        methods(1, |_| method("m", &format!(r#","scopes":[{}]"#, joined(n, ",", |i| format!("\"https://s/{i}\"")))))
    }),
    construct("a long name of a schema", Kind::Discovery, |n| {
        format!(r#""schemas":{{"{0}":{{"id":"{0}","type":"object"}}}}"#, "Ab".repeat(n / 2))
    }),
    construct("a long name of a property", Kind::Discovery, |n| {
        properties(1, |_| format!(r#""{}":{{"type":"string"}}"#, "aB".repeat(n)))
    }),
    construct("a long name of a method", Kind::Discovery, |n| {
        format!(r#""methods":{{"m":{{"id":"a.{}m","httpMethod":"GET","path":"v1/m"}}}}"#, "a.".repeat(n))
    }),
    construct("variables of a path", Kind::Discovery, |n| {
        let path = joined(n, "/", |i| format!("{{p{i}}}"));
        let parameters = joined(n, ",", |i| format!(r#""p{i}":{{"type":"string","location":"path","required":true}}"#));
        format!(r#""methods":{{"m":{{"id":"a.m","httpMethod":"GET","path":"{path}","parameters":{{{parameters}}}}}}}"#)
    }),
    // OpenAPI.
    construct("allOf that names the next twice", Kind::Schemas, |n| twice(n, "allOf")),
    construct("oneOf that names the next twice", Kind::Schemas, |n| twice(n, "oneOf")),
    construct("anyOf that names the next twice", Kind::Schemas, |n| twice(n, "anyOf")),
    construct("allOf in allOf", Kind::Schemas, |n| {
        format!(r#""A":{}{{"type":"object"}}{}"#, r#"{"allOf":["#.repeat(n), "]}".repeat(n))
    }),
    construct("oneOf of many", Kind::Schemas, |n| {
        format!(
            r#""A":{{"oneOf":[{}]}}"#,
            joined(n, ",", |i| format!(r#"{{"type":"object","properties":{{"p{i}":{{"type":"string"}}}}}}"#))
        )
    }),
    construct("allOf of many", Kind::Schemas, |n| {
        format!(
            r#""A":{{"allOf":[{}]}}"#,
            joined(n, ",", |i| format!(r#"{{"type":"object","properties":{{"p{i}":{{"type":"string"}}}}}}"#))
        )
    }),
    construct("oneOf of many that are alike", Kind::Schemas, |n| {
        format!(
            r#""A":{{"oneOf":[{}]}}"#,
            joined(n, ",", |_| r#"{"type":"object","properties":{"p":{"type":"string"}}}"#.to_owned())
        )
    }),
    construct("bases of bases", Kind::Schemas, |n| {
        let schema = |i: usize| {
            format!(
                r##""S{i}":{{"allOf":[{{"$ref":"#/components/schemas/S{}"}},{{"type":"object","properties":{{"p{i}":{{"type":"string"}}}}}}]}}"##,
                i + 1
            )
        };
        format!(r#"{},"S{n}":{{"type":"object"}}"#, joined(n, ",", schema))
    }),
    construct("references in a circle", Kind::Schemas, |n| {
        joined(n, ",", |i| format!(r##""S{i}":{{"$ref":"#/components/schemas/S{}"}}"##, (i + 1) % n))
    }),
    // Texts that are hardly documents.
    construct("brackets of JSON", Kind::Json, |n| "[".repeat(n)),
    construct("braces of JSON", Kind::Json, |n| "{\"a\":".repeat(n)),
    construct("flow lists of YAML", Kind::Yaml, |n| format!("openapi: 3.1.0\nx: {}", "[".repeat(n))),
    construct("flow maps of YAML", Kind::Yaml, |n| format!("openapi: 3.1.0\nx: {}", "{a: ".repeat(n))),
    construct("blocks of YAML", Kind::Yaml, |n| {
        let depth = (2.0 * n as f64).sqrt() as usize;
        "openapi: 3.1.0\nx:\n".to_owned() + &joined(depth, "\n", |i| " ".repeat(i + 1) + "a:")
    }),
    construct("anchors of YAML that name the last twice", Kind::Yaml, |n| {
        "openapi: 3.1.0\nx0: &x0 [a, a]\n".to_owned()
            + &joined(n, "\n", |i| format!("x{0}: &x{0} [*x{i}, *x{i}]", i + 1))
    }),
    construct("aliases of one anchor of YAML", Kind::Yaml, |n| {
        format!("openapi: 3.1.0\nx: &x {{a: 1}}\ny: [{}]", "*x, ".repeat(n))
    }),
    construct("schemas of YAML", Kind::Yaml, |n| {
        "openapi: 3.1.0\ninfo: {title: A, version: '1'}\nservers: [{url: 'https://a.b'}]\npaths: {}\ncomponents:\n  schemas:\n".to_owned()
            + &joined(n, "\n", |i| format!("    S{i}:\n      type: object\n      description: An S."))
    }),
    // Files that belong to a document.
    construct("overlay of unknown schemas", Kind::Overlay, |n| {
        joined(n, "\n", |i| format!("[schemas.S{i}]\ndoc = \"x\"\n"))
    }),
    construct(
        "unions of an overlay",
        Kind::OverlayOf(|n| properties(3 * n, |i| format!(r#""p{i}Source":{{"type":"string"}}"#))),
        |n| {
            joined(n, "\n", |i| {
                let (first, second) = (3 * i, 3 * i + 1);
                format!(
                    "[schemas.A.unions.u{i}]\nmembers = [\"p{first}Source\", \"p{second}Source\"]\nsource = {{ kind = \"manual\", ref = \"x\" }}\n"
                )
            })
        },
    ),
    construct(
        "members of one union of an overlay",
        Kind::OverlayOf(|n| properties(2 * n, |i| format!(r#""p{i}Source":{{"type":"string"}}"#))),
        |n| {
            let members = joined(n, ",", |i| format!("\"p{i}Source\""));
            format!("[schemas.A.unions.u]\nmembers = [{members}]\nsource = {{ kind = \"manual\", ref = \"x\" }}\n")
        },
    ),
    construct("undeclared variables of a path", Kind::Discovery, |n| {
        format!(
            r#""methods":{{"m":{{"id":"a.m","httpMethod":"GET","path":"{}"}}}}"#,
            joined(n, "/", |i| format!("{{p{i}}}"))
        )
    }),
    construct("names of a lock", Kind::Lock, |n| {
        "[\"fields A\"]\n".to_owned() + &joined(n, "\n", |i| format!("p{i} = \"q{i}\""))
    }),
    construct("renamed schemas", Kind::Diff, |n| {
        format!(
            r#""schemas":{{{}}}"#,
            joined(n, ",", |i| format!(
                r#""OldS{i}":{{"id":"OldS{i}","type":"object","properties":{{"p{i}":{{"type":"string"}}}}}}"#
            ))
        )
    }),
    construct("renamed properties", Kind::Diff, |n| {
        properties(n, |i| format!(r#""Old{i}":{{"type":"string","description":"Text {i}."}}"#))
    }),
    construct("renamed methods", Kind::Diff, |n| methods(n, |i| method(&format!("Old{i}"), ""))),
    construct("renamed values of an enum", Kind::Diff, |n| {
        properties(1, |_| format!(r#""p":{{"type":"string","enum":[{}]}}"#, joined(n, ",", |i| format!("\"Old{i}\""))))
    }),
    construct("renamed unions", Kind::Diff, |n| unions(n, "Old")),
    construct("methods of messages in messages", Kind::Diff, |n| {
        let schema = |i: usize| {
            format!(
                r#""S{i}":{{"id":"S{i}","type":"object","description":"Old","properties":{{"a":{{"$ref":"S{}"}},"b":{{"$ref":"S{}"}}}}}}"#,
                i + 1,
                i / 2
            )
        };
        let schemas = joined(n, ",", schema);
        let methods = methods(n, |i| method(&format!("m{i}"), &format!(r#","response":{{"$ref":"S{i}"}}"#)));
        format!(r#""schemas":{{{schemas},"S{n}":{{"id":"S{n}","type":"object"}}}},{methods}"#)
    }),
    construct("alternatives of a pattern", Kind::Pattern, |n| "{a,b}".repeat(n)),
    construct("stars of a pattern", Kind::Pattern, |n| "**.*.".repeat(n) + "x"),
    construct("stars of a word in a pattern", Kind::Pattern, |n| "a.".to_owned() + &"*m".repeat(n)),
    construct("entries of accepted changes", Kind::Accept, |n| {
        joined(n, "\n", |i| format!("[[accept]]\nfingerprint = \"{i:016x}\"\nreason = \"x\"\nexpires = 2100-01-01"))
    }),
    construct("blocks of a page", Kind::Reference, |n| {
        "<h2>A</h2><pre>{\n// Union field u can be only one of the following:\n\"p0\": string,\n\"p1\": string\n}</pre>"
            .repeat(n)
    }),
    construct("members of a union of a page", Kind::Reference, |n| {
        let members = joined(n, ",\n", |i| format!("\"p{i}\": string"));
        format!("<h2>A</h2><pre>{{\n// Union field u can be only one of the following:\n{members}\n}}</pre>")
    }),
    construct("tags of a page", Kind::Reference, |n| "<div>".repeat(n)),
    construct("tags of a page that do not end", Kind::Reference, |n| "<div ".repeat(n)),
    construct("scripts of a page that do not end", Kind::Reference, |n| "<script>".repeat(n)),
    construct("unions of a page that do not end", Kind::Reference, |n| {
        "{\n// Union field u can be only one of the following:\n\"p0\": string\n".repeat(n)
    }),
    construct("entities of a page", Kind::Reference, |n| "&amp;&".repeat(n)),
    construct("messages of protos", Kind::Protos, |n| {
        joined(n, "\n", |i| format!("message S{i} {{ oneof u {{ string p = 1; }} }}"))
    }),
    construct("messages in messages of protos", Kind::Protos, |n| "message A {".repeat(n) + &"}".repeat(n)),
    construct("oneofs of a message of protos", Kind::Protos, |n| {
        format!(
            "message A {{\n{}\n}}",
            joined(n, "\n", |i| format!(
                "oneof u{i} {{ string p{i} = {}; }}",
                if i < 18_999 { i + 1 } else { i + 1_001 }
            ))
        )
    }),
    construct("comments of protos", Kind::Protos, |n| "/*".repeat(n)),
];

/// A chain of schemas, each of which names the next one twice.
fn twice(count: usize, word: &str) -> String {
    let schema = |i: usize| {
        let next = format!(r##"{{"$ref":"#/components/schemas/S{}"}}"##, i + 1);
        format!(r#""S{i}":{{"{word}":[{next},{next}]}}"#)
    };
    format!(r#"{},"S{count}":{{"type":"object","properties":{{"p":{{"type":"string"}}}}}}"#, joined(count, ",", schema))
}

const HEAD: &str = r#""name":"a","version":"v1","rootUrl":"https://a.example.com/","servicePath":"""#;
const OPENAPI: &str =
    r#""openapi":"3.1.0","info":{"title":"A","version":"1"},"servers":[{"url":"https://a.example.com"}],"paths":{}"#;

impl Construct {
    /// The files of an input of about this many bytes.
    pub(super) fn files(&self, size: usize) -> Vec<(&'static str, String)> {
        let count = self.count(size);
        let text = (self.text)(count);
        let small = || format!("{{{HEAD},{}}}", properties(2, |i| format!(r#""p{i}":{{"type":"string"}}"#)));
        match self.kind {
            Kind::Description => {
                let schema = format!(r#""schemas":{{"A":{{"id":"A","type":"object","description":"{text}"}}}}"#);
                vec![("x.json", format!("{{{HEAD},{schema}}}"))]
            }
            Kind::Discovery => vec![("x.json", format!("{{{HEAD},{text}}}"))],
            Kind::Schemas => vec![("x.json", format!(r#"{{{OPENAPI},"components":{{"schemas":{{{text}}}}}}}"#))],
            Kind::Json => vec![("x.json", text)],
            Kind::Yaml => vec![("x.yaml", text)],
            Kind::Overlay => vec![("x.json", small()), ("x.overlay.toml", text)],
            Kind::OverlayOf(document) => {
                vec![("x.json", format!("{{{HEAD},{}}}", document(count))), ("x.overlay.toml", text)]
            }
            Kind::Lock => vec![("x.json", small()), ("x.lock.toml", text)],
            Kind::Diff => {
                let old = format!("{{{HEAD},{text}}}");
                vec![("y.json", old.replace("Old", "New")), ("x.json", old)]
            }
            Kind::Pattern => {
                let api = format!("[[api]]\nspec = \"x.json\"\ninclude = [\"{text}\"]\n");
                vec![
                    ("x.json", format!("{{{HEAD},{}}}", methods(20, |i| method(&format!("a.m{i}"), "")))),
                    ("codegen.toml", format!("[crate]\nname = \"out\"\npath = \"out\"\n{api}")),
                    ("out/Cargo.toml", "[package]\nname = \"out\"\n".to_owned()),
                ]
            }
            Kind::Reference => vec![("x.json", small()), ("page.html", format!("<!doctype html>\n{text}"))],
            Kind::Protos => vec![
                ("x.json", small()),
                ("x.overlay.toml", "package = \"a.v1\"\n".to_owned()),
                ("protos/x.proto", format!("syntax = \"proto3\";\npackage a.v1;\n{text}")),
            ],
            Kind::Accept => vec![("x.json", small()), ("y.json", small()), ("accept.toml", text)],
        }
    }

    /// The number of constructs that is about this many bytes.
    fn count(&self, size: usize) -> usize {
        let length = |count: usize| {
            let document = if let Kind::OverlayOf(document) = self.kind { document(count).len() } else { 0 };
            (self.text)(count).len().saturating_add(document).max(1)
        };
        let mut count = (size * 1_000 / length(1_000)).max(1);
        // Some grow as their count does, some as its square: twice is near enough.
        for _ in 0..2 {
            count = (count as u128 * size as u128 / length(count) as u128).max(1) as usize;
        }
        count
    }

    /// The arguments of the command.
    pub(super) fn arguments(&self) -> Vec<String> {
        let words: &[&str] = match self.kind {
            Kind::Yaml => &["generate", "--spec", "x.yaml", "--out", "out"],
            Kind::Pattern => &["generate", "--config", "codegen.toml"],
            Kind::Lock => &["generate", "--spec", "x.json", "--out", "out", "--lock", "x.lock.toml"],
            Kind::Diff => &["diff", "x.json", "y.json", "--format", "html"],
            Kind::Reference => &["unions", "import", "--spec", "x.json", "--reference", "page.html"],
            Kind::Protos => &["unions", "import", "--spec", "x.json", "--proto-path", "protos"],
            Kind::Accept => &["diff", "x.json", "y.json", "--accept", "accept.toml"],
            _ => &["generate", "--spec", "x.json", "--out", "out"],
        };
        words.iter().map(|word| (*word).to_owned()).collect()
    }
}
