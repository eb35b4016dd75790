//! Reference pages and protos, from which unions are imported.

use super::{Construct, Kind, construct, joined, properties};

/// A number of a field: 19,000 to 19,999 are protobuf's own.
fn number(index: usize) -> usize {
    if index < 18_999 { index + 1 } else { index + 1_001 }
}

pub(super) static CONSTRUCTS: &[Construct] = &[
    construct("blocks of a page", Kind::Reference, |n| {
        "<h2>A</h2><pre>{\n// Union field u can be only one of the following:\n\"p0\": string,\n\"p1\": string\n}</pre>"
            .repeat(n)
    }),
    construct(
        "blocks of a page, of messages that are alike",
        Kind::ReferenceOf(|n| {
            let one = |i: usize| {
                format!(
                    r#""S{i}":{{"id":"S{i}","type":"object","properties":{{"p":{{"type":"string"}},"q":{{"type":"string"}}}}}}"#
                )
            };
            format!(r#""schemas":{{{}}}"#, joined(n, ",", one))
        }),
        |n| {
            let block = "{\n// Union field u can be only one of the following:\n\"p\": string,\n\"q\": string\n}";
            joined(n, "", |i| format!("<h2>{}{}</h2><pre>{block}</pre>", ["S", "T"][i % 2], i / 2))
        },
    ),
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
    construct("options of fields of protos", Kind::Protos, |n| {
        let one = |i: usize| format!("string p{i} = {} [deprecated = true];", number(i));
        format!("message A {{\n{}\n}}", joined(n, "\n", one))
    }),
    construct("messages in messages of protos", Kind::Protos, |n| "message A {".repeat(n) + &"}".repeat(n)),
    construct("oneofs of a message of protos", Kind::Protos, |n| {
        format!("message A {{\n{}\n}}", joined(n, "\n", |i| format!("oneof u{i} {{ string p{i} = {}; }}", number(i))))
    }),
    construct("comments of protos", Kind::Protos, |n| "/*".repeat(n)),
    construct("lists of a page", Kind::Reference, |n| "<ul><li>a".repeat(n)),
    construct("tables of a page", Kind::Reference, |n| "<table><tr><td>a".repeat(n)),
    construct("blocks in blocks of a page", Kind::Reference, |n| "<pre>{".repeat(n)),
    construct("attributes of a tag of a page", Kind::Reference, |n| format!("<div{}>", " a='b'".repeat(n))),
    construct("comments of a page", Kind::Reference, |n| "<!--".repeat(n)),
    construct("numbers of characters of a page", Kind::Reference, |n| "&#x41;&#".repeat(n)),
    construct("ends of tags of a page", Kind::Reference, |n| "</div>".repeat(n)),
    construct("braces of a block of a page", Kind::Reference, |n| {
        format!(
            "<h2>A</h2><pre>{{\n// Union field u can be only one of the following:\n\"p0\": {}\n}}</pre>",
            "{\"a\":".repeat(n)
        )
    }),
    construct("option values in option values of protos", Kind::Protos, |n| {
        format!("option (a) = {}", "{ a: ".repeat(n))
    }),
    construct("lists in lists of protos", Kind::Protos, |n| format!("option (a) = {{ a: {}", "[".repeat(n))),
    construct("parts of an option's name of protos", Kind::Protos, |n| format!("option (a){} = 1;", ".b".repeat(n))),
    construct("texts in a row of protos", Kind::Protos, |n| format!("option (a) = {};", "\"a\" ".repeat(n))),
    construct("a long text of protos", Kind::Protos, |n| format!("option (a) = \"{}\";", "\\x41".repeat(n))),
    construct("a long name of protos", Kind::Protos, |n| format!("message {} {{}}", "A".repeat(n))),
    construct("a type of many parts of protos", Kind::Protos, |n| {
        format!("message A {{ {}B a = 1; }}", "a.".repeat(n))
    }),
    construct("fields of protos", Kind::Protos, |n| {
        format!("message A {{\n{}\n}}", joined(n, "\n", |i| format!("string q{i} = {};", number(i))))
    }),
    construct("fields of one type of protos", Kind::Protos, |n| {
        format!("message A {{\n{}\n}}", joined(n, "\n", |i| format!("A q{i} = {};", number(i))))
    }),
    construct("values of an enum of protos", Kind::Protos, |n| {
        format!("enum E {{\n{}\n}}", joined(n, "\n", |i| format!("V{i} = {i};")))
    }),
    construct("calls of protos", Kind::Protos, |n| {
        format!("message A {{}}\nservice S {{\n{}\n}}", joined(n, "\n", |i| format!("rpc M{i}(A) returns (A);")))
    }),
    construct("imports of protos", Kind::Protos, |n| joined(n, "\n", |i| format!("import \"x{i}.proto\";"))),
    construct("reserved numbers of protos", Kind::Protos, |n| {
        format!("message A {{ reserved {}; }}", joined(n, ", ", |i| number(2 * i).to_string()))
    }),
    construct("extensions of protos", Kind::Protos, |n| {
        let one = |i: usize| format!("extend A {{ optional string e{i} = {}; }}", number(i));
        format!(
            "import \"google/protobuf/descriptor.proto\";\n{}",
            joined(n, "\n", one).replace("extend A", "extend google.protobuf.FieldOptions")
        )
    }),
    construct("messages of one name of protos", Kind::Protos, |n| {
        joined(n, "\n", |i| {
            format!("message S{i} {{ message A {{ oneof u {{ string p0 = 1; string p1 = 2; }} }} A a = 1; }}")
        })
    }),
    construct("lines of comments of protos", Kind::Protos, |n| "// a\n".repeat(n) + "message A {}"),
    construct("empty statements of protos", Kind::Protos, |n| ";".repeat(n)),
    construct(
        "unions of protos that a document has",
        Kind::ProtosOf(|n| properties(2 * n, |i| format!(r#""p{i}":{{"type":"string"}}"#))),
        |n| {
            let one = |i: usize| {
                format!(
                    "oneof u{i} {{ string p{} = {}; string p{} = {}; }}",
                    2 * i,
                    number(2 * i),
                    2 * i + 1,
                    number(2 * i + 1)
                )
            };
            format!("message A {{\n{}\n}}", joined(n, "\n", one))
        },
    ),
    construct(
        "messages of protos that a document has",
        Kind::ProtosOf(|n| {
            let one = |i: usize| {
                format!(
                    r#""S{i}":{{"id":"S{i}","type":"object","properties":{{"p":{{"type":"string"}},"q":{{"$ref":"S{}"}}}}}}"#,
                    i / 2
                )
            };
            format!(r#""schemas":{{{}}}"#, joined(n, ",", one))
        }),
        |n| joined(n, "\n", |i| format!("message S{i} {{ oneof u {{ string p = 1; S{} q = 2; }} }}", i / 2)),
    ),
];
