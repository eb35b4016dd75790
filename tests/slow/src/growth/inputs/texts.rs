//! Texts that are hardly documents, and files that belong to a document.

use super::{Construct, Kind, construct, joined, method, methods, properties};

const YAML: &str = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\nservers: [{url: 'https://a.b'}]\n";

/// A document in YAML with operations of one id.
fn one_id(count: usize) -> String {
    let one = |i: usize| format!("  /a{i}:\n    get: {{operationId: m, responses: {{'204': {{description: ''}}}}}}");
    format!("{YAML}paths:\n{}", joined(count, "\n", one))
}

pub(super) static CONSTRUCTS: &[Construct] = &[
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
        let one = |i: usize| format!("    S{i}:\n      type: object\n      description: An S.");
        format!("{YAML}paths: {{}}\ncomponents:\n  schemas:\n{}", joined(n, "\n", one))
    }),
    construct("operations of one id of YAML", Kind::Yaml, one_id),
    construct("operations of one id of YAML, all warnings", Kind::Warnings, one_id),
    construct("operations of one id in one line, all warnings", Kind::Warnings, |n| {
        let one =
            |i: usize| format!(r#""/a{i}":{{"get":{{"operationId":"m","responses":{{"204":{{"description":""}}}}}}}}"#);
        super::openapi(&format!(r#""paths":{{{}}}"#, joined(n, ",", one)))
    }),
    construct("lines of changed operations of YAML", Kind::DiffYaml, |n| {
        let one = |i: usize| format!("  /Old{i}:\n    get: {{responses: {{'204': {{description: ''}}}}}}");
        format!("{YAML}paths:\n{}", joined(n, "\n", one))
    }),
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
    construct(
        "unknown properties of a tidied overlay",
        Kind::TidyOf(|n| properties(n, |i| format!(r#""p{i}":{{"type":"string"}}"#))),
        |n| joined(n, "\n", |i| format!("[schemas.A.properties.q{i}]\ndoc = \"x\"")),
    ),
    construct(
        "unknown schemas of a tidied overlay",
        Kind::TidyOf(|_| properties(1, |_| r#""p":{"type":"string"}"#.to_owned())),
        |n| joined(n, "\n", |i| format!("[schemas.B{i}]\ndoc = \"x\"")),
    ),
    construct(
        "unknown members of a tidied overlay",
        Kind::TidyOf(|n| properties(n, |i| format!(r#""p{i}":{{"type":"string"}}"#))),
        |n| {
            let members = joined(n, ",", |i| format!("\"p{i}\",\"q{i}\""));
            format!("[schemas.A.unions.u]\nmembers = [{members}]\nsource = {{ kind = \"manual\", ref = \"x\" }}\n")
        },
    ),
    construct(
        "unknown properties of a body",
        Kind::BodyOf(|n| {
            let schema = properties(n, |i| format!(r#""p{i}":{{"type":"string"}}"#));
            format!("{schema},{}", methods(1, |_| method("m", r#","request":{"$ref":"A"}"#)))
        }),
        |n| format!("{{{}}}", joined(n, ",", |i| format!(r#""q{i}":"x""#))),
    ),
    construct(
        "members of one union in a body",
        Kind::BodyOf(|n| {
            let members = joined(2 * n, ",", |i| format!(r#""p{i}""#));
            let properties = joined(2 * n, ",", |i| format!(r#""p{i}":{{"type":"string"}}"#));
            let schema =
                format!(r#"{{"id":"A","type":"object","properties":{{{properties}}},"x-unions":{{"u":[{members}]}}}}"#);
            format!(r#""schemas":{{"A":{schema}}},{}"#, methods(1, |_| method("m", r#","request":{"$ref":"A"}"#)))
        }),
        |n| format!("{{{}}}", joined(n, ",", |i| format!(r#""p{}":"x""#, n + i))),
    ),
    construct(
        "hooks",
        Kind::HooksOf(|n| {
            let one = |i: usize| format!(r#""S{i}":{{"id":"S{i}","type":"object"}}"#);
            format!(r#""schemas":{{{}}}"#, joined(n, ",", one))
        }),
        |n| joined(n, "\n", |i| format!("[[api.hooks]]\ntypes = [\"S{i}\"]\nattributes = [\"#[must_use]\"]")),
    ),
    construct("names of a lock", Kind::Lock, |n| {
        "[\"fields A\"]\n".to_owned() + &joined(n, "\n", |i| format!("p{i} = \"q{i}\""))
    }),
    construct("alternatives of a pattern", Kind::Pattern, |n| "{a,b}".repeat(n)),
    construct("stars of a pattern", Kind::Pattern, |n| "**.*.".repeat(n) + "x"),
    construct("stars of a word in a pattern", Kind::Pattern, |n| "a.".to_owned() + &"*m".repeat(n)),
    construct("entries of accepted changes", Kind::Accept, |n| {
        joined(n, "\n", |i| format!("[[accept]]\nfingerprint = \"{i:016x}\"\nreason = \"x\"\nexpires = 2100-01-01"))
    }),
    construct("a long text of JSON", Kind::Json, |n| format!(r#"{{"kind":"{}"}}"#, "\\u0041".repeat(n))),
    construct("a long number of JSON", Kind::Json, |n| format!(r#"{{"kind":{}}}"#, "1".repeat(n))),
    construct("keys of JSON", Kind::Json, |n| format!("{{{}}}", joined(n, ",", |i| format!(r#""k{i}":{i}"#)))),
    construct("lists in a list of YAML", Kind::Yaml, |n| format!("openapi: 3.1.0\nx:\n  {}", "- ".repeat(n))),
    construct("comments of YAML", Kind::Yaml, |n| "openapi: 3.1.0\n".to_owned() + &"# a\n".repeat(n)),
    construct("a long word of YAML", Kind::Yaml, |n| format!("openapi: 3.1.0\nx: {}", "a".repeat(n))),
    construct("words of YAML", Kind::Yaml, |n| format!("openapi: 3.1.0\nx: {}", "a ".repeat(n))),
    construct("lines of a text of YAML", Kind::Yaml, |n| format!("openapi: 3.1.0\nx: |\n{}", "  a\n".repeat(n))),
    construct("lines of a folded text of YAML", Kind::Yaml, |n| format!("openapi: 3.1.0\nx: >\n{}", "  a\n".repeat(n))),
    construct("escapes of YAML", Kind::Yaml, |n| format!("openapi: 3.1.0\nx: \"{}\"", "\\x41".repeat(n))),
    construct("quotes of YAML", Kind::Yaml, |n| format!("openapi: 3.1.0\nx: '{}", "''".repeat(n))),
    construct("tags of YAML", Kind::Yaml, |n| format!("openapi: 3.1.0\nx: [{}]", "!a b, ".repeat(n))),
    construct("directives of YAML", Kind::Yaml, |n| "%TAG !a! b\n".repeat(n) + "---\nopenapi: 3.1.0"),
    construct("documents of YAML", Kind::Yaml, |n| "openapi: 3.1.0\n".to_owned() + &"---\na: 1\n".repeat(n)),
    construct("keys with question marks of YAML", Kind::Yaml, |n| {
        "openapi: 3.1.0\nx:\n".to_owned() + &joined(n, "\n", |i| format!("  ? a{i}\n  : b"))
    }),
    construct("question marks of YAML", Kind::Yaml, |n| "openapi: 3.1.0\nx:\n  ".to_owned() + &"? ".repeat(n)),
    construct("anchors of YAML", Kind::Yaml, |n| {
        "openapi: 3.1.0\nx:\n".to_owned() + &joined(n, "\n", |i| format!("  a{i}: &a{i} b"))
    }),
    construct("merge keys of YAML", Kind::Yaml, |n| {
        "openapi: 3.1.0\nx: &x {a: 1}\ny:\n".to_owned() + &joined(n, "\n", |i| format!("  a{i}: {{<<: *x}}"))
    }),
    construct("colons of YAML", Kind::Yaml, |n| format!("openapi: 3.1.0\nx: {{{}}}", "a: ".repeat(n))),
    construct("lists of TOML", Kind::Overlay, |n| format!("a = {}", "[".repeat(n))),
    construct("inline tables of TOML", Kind::Overlay, |n| format!("a = {}", "{a=".repeat(n))),
    construct("dotted keys of TOML", Kind::Overlay, |n| format!("{}b = 1", "a.".repeat(n))),
    construct("a long header of TOML", Kind::Overlay, |n| format!("[{}b]", "a.".repeat(n))),
    construct("lists of tables of TOML", Kind::Overlay, |n| "[[a]]\n".repeat(n)),
    construct("lines of a text of TOML", Kind::Overlay, |n| format!("title = \"\"\"{}\"\"\"", "a\n".repeat(n))),
    construct(
        "properties of an overlay",
        Kind::OverlayOf(|n| properties(n, |i| format!(r#""p{i}":{{"type":"string"}}"#))),
        |n| joined(n, "\n", |i| format!("[schemas.A.properties.p{i}]\ndoc = \"x\"")),
    ),
    construct("methods of an overlay", Kind::OverlayOf(|n| methods(n, |i| method(&format!("m{i}"), ""))), |n| {
        joined(n, "\n", |i| format!("[methods.\"r.m{i}\"]\ndoc = \"x\""))
    }),
    construct(
        "unknown methods of an overlay",
        Kind::OverlayOf(|n| methods(n, |i| method(&format!("m{i}"), ""))),
        |n| joined(n, "\n", |i| format!("[methods.\"r.n{i}\"]\ndoc = \"x\"")),
    ),
    construct("schemas that an overlay adds", Kind::Overlay, |n| {
        joined(n, "\n", |i| {
            format!("[add.schemas.B{i}]\ntype = \"object\"\nsource = {{ kind = \"manual\", ref = \"x\" }}")
        })
    }),
    construct("methods that an overlay adds", Kind::Overlay, |n| {
        joined(n, "\n", |i| {
            format!(
                "[add.methods.\"b.m{i}\"]\nhttpMethod = \"GET\"\npath = \"v1/b{i}\"\nsource = {{ kind = \"manual\", ref = \"x\" }}"
            )
        })
    }),
    construct("scopes of a lock", Kind::Lock, |n| joined(n, "\n", |i| format!("[\"fields S{i}\"]\np = \"q\""))),
    construct("names of a lock that are the same", Kind::Lock, |n| {
        "[\"fields A\"]\n".to_owned() + &joined(n, "\n", |i| format!("p{i} = \"q\""))
    }),
    construct("nested alternatives of a pattern", Kind::Pattern, |n| "{a,".repeat(n) + "b" + &"}".repeat(n)),
    construct("alternatives in one brace of a pattern", Kind::Pattern, |n| format!("{{{}a}}", "a.m,".repeat(n))),
    construct("parts of a pattern", Kind::Pattern, |n| "a.".repeat(n) + "b"),
    construct("patterns", Kind::Patterns, |n| joined(n, ",", |i| format!("\"r.m{i}\""))),
    construct("unmatched patterns", Kind::Patterns, |n| joined(n, ",", |i| format!("\"r.*n{i}\""))),
    construct("unknown fingerprints, alike", Kind::Accept, |n| {
        "[[accept]]\nfingerprint = \"0\"\nreason = \"x\"\nexpires = 2100-01-01\n".repeat(n)
    }),
    construct("lists of accepted changes", Kind::Accept, |n| format!("accept = {}", "[".repeat(n))),
];
