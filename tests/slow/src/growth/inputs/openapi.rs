//! Members of OpenAPI documents.

use super::{Construct, Kind, OK, construct, joined};

fn paths(count: usize, one: impl Fn(usize) -> String) -> String {
    format!(r#""paths":{{{}}}"#, joined(count, ",", one))
}

/// A chain of schemas, each of which names the next one twice.
fn twice(count: usize, word: &str) -> String {
    let schema = |i: usize| {
        let next = format!(r##"{{"$ref":"#/components/schemas/S{}"}}"##, i + 1);
        format!(r#""S{i}":{{"{word}":[{next},{next}]}}"#)
    };
    format!(r#"{},"S{count}":{{"type":"object","properties":{{"p":{{"type":"string"}}}}}}"#, joined(count, ",", schema))
}

/// A base with a discriminator, and schemas that extend it; with a mapping, all but the first add nothing to it.
fn children(count: usize, mapping: bool) -> String {
    let keys = joined(count, ",", |i| format!(r##""v{i}":"#/components/schemas/S{i}""##));
    let keys = if mapping { format!(r#","mapping":{{{keys}}}"#) } else { String::new() };
    let base = format!(
        r#""Base":{{"type":"object","properties":{{"t":{{"type":"string"}}}},"discriminator":{{"propertyName":"t"{keys}}}}}"#
    );
    let own = if mapping { "" } else { r#",{"type":"object","properties":{"b":{"type":"string"}}}"# };
    let child = |i: usize| format!(r##""S{i}":{{"allOf":[{{"$ref":"#/components/schemas/Base"}}{own}]}}"##);
    format!("{base},{}", joined(count, ",", child))
}

/// A document with schemes of API keys, and operations with requirements of their own, unless these are empty.
fn secured(schemes: usize, root: &str, own: impl Fn(usize) -> String, operations: usize) -> String {
    let one = |i: usize| format!(r#""s{i}":{{"type":"apiKey","in":"header","name":"x-{i}"}}"#);
    let schemes_text = joined(schemes, ",", one);
    let own = own(schemes);
    let own = if own.is_empty() { String::new() } else { format!(r#""security":[{own}],"#) };
    let operation = |i: usize| format!(r#""/a{i}":{{"get":{{{own}{OK}}}}}"#);
    format!(r#"{root}"components":{{"securitySchemes":{{{schemes_text}}}}},{}"#, paths(operations, operation))
}

/// A name with the bits of a number as capitals.
fn cased(name: &str, number: usize) -> String {
    name.chars().enumerate().map(|(bit, c)| if number >> bit & 1 == 0 { c } else { c.to_ascii_uppercase() }).collect()
}

pub(super) static CONSTRUCTS: &[Construct] = &[
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
    construct("bases of bases, few levels", Kind::Schemas, |n| {
        joined(n, ",", |i| {
            let base =
                if i % 32 == 0 { String::new() } else { format!(r##"{{"$ref":"#/components/schemas/S{}"}},"##, i - 1) };
            format!(r#""S{i}":{{"allOf":[{base}{{"type":"object","properties":{{"p{i}":{{"type":"string"}}}}}}]}}"#)
        })
    }),
    construct("children of a base", Kind::Schemas, |n| children(n, false)),
    construct("children of a base with a mapping", Kind::Schemas, |n| children(n, true)),
    construct("children of a base with an inline message", Kind::Schemas, |n| {
        let inner = joined(n, ",", |i| format!(r#""p{i}":{{"type":"string"}}"#));
        let base =
            format!(r#""Base":{{"type":"object","properties":{{"a":{{"type":"object","properties":{{{inner}}}}}}}}}"#);
        let child = |i: usize| {
            format!(
                r##""S{i}":{{"allOf":[{{"$ref":"#/components/schemas/Base"}},{{"type":"object","properties":{{"b":{{"type":"string"}}}}}}]}}"##
            )
        };
        format!("{base},{}", joined(n, ",", child))
    }),
    construct("alternatives with constants", Kind::Schemas, |n| {
        let one = |i: usize| format!(r#"{{"type":"object","properties":{{"t":{{"type":"string","enum":["v{i}"]}}}}}}"#);
        format!(r#""A":{{"oneOf":[{}]}}"#, joined(n, ",", one))
    }),
    construct("alternatives with a value in common", Kind::Schemas, |n| {
        let one = |i: usize| {
            format!(
                r#"{{"type":"object","properties":{{"t":{{"type":"string","enum":["{}","v{i}"]}}}}}}"#,
                ["a", "b"][i % 2]
            )
        };
        format!(r#""A":{{"oneOf":[{}]}}"#, joined(n, ",", one))
    }),
    construct("alternatives of two lists of values", Kind::Schemas, |n| {
        let list = |letter: &str| {
            format!(r#""{letter}":{{"type":"string","enum":[{}]}}"#, joined(n, ",", |i| format!(r#""{letter}{i}""#)))
        };
        let one = |i: usize| {
            let of = ["X", "Y"][i % 2];
            format!(
                r##"{{"title":"T{i}","type":"object","properties":{{"t":{{"$ref":"#/components/schemas/{of}"}}}}}}"##
            )
        };
        format!(r#"{},{},"A":{{"oneOf":[{}]}}"#, list("X"), list("Y"), joined(200, ",", one))
    }),
    construct("alternatives of two large messages", Kind::Schemas, |n| {
        let large = |name: &str, ty: &str| {
            let fields = joined(n, ",", |i| format!(r#""p{i}":{{"type":"{ty}"}}"#));
            format!(r#""{name}":{{"type":"object","properties":{{{fields}}}}}"#)
        };
        let one = |i: usize| {
            let of = ["X", "Y"][i % 2];
            format!(
                r##"{{"title":"T{i}","type":"object","properties":{{"t":{{"$ref":"#/components/schemas/{of}"}}}}}}"##
            )
        };
        format!(r#"{},{},"A":{{"oneOf":[{}]}}"#, large("X", "string"), large("Y", "integer"), joined(200, ",", one))
    }),
    construct("choices of one large message", Kind::Schemas, |n| {
        let fields = joined(n, ",", |i| format!(r#""p{i}":{{"type":"string"}}"#));
        let one =
            |i: usize| format!(r##""S{i}":{{"oneOf":[{{"$ref":"#/components/schemas/Large"}},{{"type":"string"}}]}}"##);
        format!(r#""Large":{{"type":"object","properties":{{{fields}}}}},{}"#, joined(n, ",", one))
    }),
    construct("choices of lists of one large choice", Kind::Schemas, |n| {
        let large = joined(n, ",", |i| {
            format!(r#"{{"title":"T{i}","type":"object","properties":{{"p":{{"type":"string"}}}}}}"#)
        });
        let one = |i: usize| {
            format!(
                r##""S{i}":{{"oneOf":[{{"type":"array","items":{{"$ref":"#/components/schemas/Large"}}}},{{"type":"string"}}]}}"##
            )
        };
        format!(r#""Large":{{"oneOf":[{large}]}},{}"#, joined(n, ",", one))
    }),
    construct("alternatives beside properties", Kind::Schemas, |n| {
        let one = |i: usize| format!(r#"{{"type":"object","properties":{{"p{i}":{{"type":"string"}}}}}}"#);
        format!(r#""A":{{"type":"object","properties":{{"a":{{"type":"string"}}}},"oneOf":[{}]}}"#, joined(n, ",", one))
    }),
    construct("alternatives beside parts", Kind::Schemas, |n| {
        let one = |i: usize| format!(r#"{{"type":"object","properties":{{"p{i}":{{"type":"string"}}}}}}"#);
        let part = r#"{"type":"object","properties":{"a":{"type":"string"}}}"#;
        format!(r#""A":{{"allOf":[{part},{{"oneOf":[{}]}}]}}"#, joined(n, ",", one))
    }),
    construct("keys of a mapping", Kind::Schemas, |n| {
        let mapping = joined(n, ",", |i| format!(r##""v{i}":"#/components/schemas/X""##));
        let list = joined(n, ",", |i| format!(r#""v{i}""#));
        let one = |name: &str| {
            format!(r#""{name}":{{"type":"object","properties":{{"t":{{"type":"string","enum":[{list}]}}}}}}"#)
        };
        let choice = r##"[{"$ref":"#/components/schemas/X"},{"$ref":"#/components/schemas/Y"}]"##;
        format!(
            r#"{},{},"A":{{"oneOf":{choice},"discriminator":{{"propertyName":"t","mapping":{{{mapping}}}}}}}"#,
            one("X"),
            one("Y")
        )
    }),
    construct("unknown schemas of a mapping", Kind::Schemas, |n| {
        let mapping = joined(n, ",", |i| format!(r##""v{i}":"#/components/schemas/Z{i}""##));
        let choice = r##"[{"$ref":"#/components/schemas/X"},{"$ref":"#/components/schemas/Y"}]"##;
        let one = |name: &str| format!(r#""{name}":{{"type":"object","properties":{{"t":{{"type":"string"}}}}}}"#);
        format!(
            r#"{},{},"A":{{"oneOf":{choice},"discriminator":{{"propertyName":"t","mapping":{{{mapping}}}}}}}"#,
            one("X"),
            one("Y")
        )
    }),
    construct("references that are unresolved", Kind::Schemas, |n| {
        joined(n, ",", |i| format!(r##""S{i}":{{"$ref":"#/components/schemas/T{i}"}}"##))
    }),
    construct("a chain of references", Kind::Schemas, |n| {
        let one = |i: usize| format!(r##""S{i}":{{"$ref":"#/components/schemas/S{}"}}"##, i + 1);
        format!(r#"{},"S{n}":{{"type":"object"}}"#, joined(n, ",", one))
    }),
    construct("identifiers of schemas", Kind::Schemas, |n| {
        joined(n, ",", |i| {
            format!(r#""S{i}":{{"$id":"i{i}","type":"object","properties":{{"a":{{"$ref":"i{}"}}}}}}"#, i / 2)
        })
    }),
    construct("anchors of schemas", Kind::Schemas, |n| {
        let one = |i: usize| {
            format!(r##""S{i}":{{"$anchor":"a{i}","type":"object","properties":{{"a":{{"$ref":"#a{}"}}}}}}"##, i / 2)
        };
        joined(n, ",", one)
    }),
    construct("a nested default", Kind::Schemas, |n| {
        format!(r#""A":{{"type":"array","default":{}{}}}"#, "[".repeat(n), "]".repeat(n))
    }),
    construct("a nested example", Kind::Schemas, |n| {
        format!(r#""A":{{"type":"object","example":{}1{}}}"#, r#"{"a":"#.repeat(n), "}".repeat(n))
    }),
    construct("lists of values of an enum", Kind::Schemas, |n| {
        format!(r#""A":{{"enum":[{}]}}"#, joined(n, ",", |i| format!("[[{i}]]")))
    }),
    construct("values of several kinds", Kind::Schemas, |n| {
        format!(
            r#""A":{{"enum":[{}]}}"#,
            joined(n, ",", |i| [format!("{i}"), format!("\"{i}\""), format!("{i}.5")][i % 3].clone())
        )
    }),
    construct("required properties", Kind::Schemas, |n| {
        let (names, fields) =
            (joined(n, ",", |i| format!(r#""p{i}""#)), joined(n, ",", |i| format!(r#""p{i}":{{"type":"string"}}"#)));
        format!(r#""A":{{"type":"object","required":[{names}],"properties":{{{fields}}}}}"#)
    }),
    construct("required constants", Kind::Schemas, |n| {
        let names = joined(n, ",", |i| format!(r#""p{i}""#));
        let fields = joined(n, ",", |i| format!(r#""p{i}":{{"type":"string","enum":["a"]}}"#));
        format!(r#""A":{{"type":"object","required":[{names}],"properties":{{{fields}}}}}"#)
    }),
    construct("first elements of a list", Kind::Schemas, |n| {
        let one = |i: usize| format!(r#"{{"type":"object","properties":{{"p{i}":{{"type":"string"}}}}}}"#);
        format!(r#""A":{{"type":"array","prefixItems":[{}]}}"#, joined(n, ",", one))
    }),
    construct("types of a schema", Kind::Schemas, |n| {
        format!(
            r#""A":{{"type":[{}]}}"#,
            joined(n, ",", |i| [r#""string""#, r#""object""#, r#""integer""#][i % 3].to_owned())
        )
    }),
    construct("patterns of properties", Kind::Schemas, |n| {
        format!(
            r#""A":{{"type":"object","patternProperties":{{{}}}}}"#,
            joined(n, ",", |i| format!(r#""^a{i}":{{"type":"string"}}"#))
        )
    }),
    construct("inline schemas of OpenAPI", Kind::Schemas, |n| {
        format!(r#""A":{}{{"type":"string"}}{}"#, r#"{"type":"object","properties":{"a":"#.repeat(n), "}}".repeat(n))
    }),
    construct("parts that all messages have", Kind::Schemas, |n| {
        let count = (n as f64).sqrt() as usize;
        let all = joined(count, ",", |i| format!(r##"{{"$ref":"#/components/schemas/P{i}"}}"##));
        let part = |i: usize| format!(r#""P{i}":{{"type":"object","properties":{{"p{i}":{{"type":"string"}}}}}}"#);
        format!("{},{}", joined(count, ",", part), joined(count, ",", |i| format!(r#""S{i}":{{"allOf":[{all}]}}"#)))
    }),
    // Paths and their operations.
    construct("operations", Kind::OpenApi, |n| {
        paths(n, |i| format!(r#""/a{i}":{{"get":{{"operationId":"m{i}",{OK}}}}}"#))
    }),
    construct("operations without ids", Kind::OpenApi, |n| {
        paths(n, |i| format!(r#""/a{i}/{{b}}":{{"get":{{{OK}}}}}"#))
    }),
    construct("operations of one id", Kind::OpenApi, |n| {
        paths(n, |i| format!(r#""/a{i}":{{"get":{{"operationId":"m",{OK}}}}}"#))
    }),
    construct("operations of one name", Kind::OpenApi, |n| {
        paths(n, |i| format!(r#""/a/{{b{i}}}":{{"get":{{{OK}}}}}"#))
    }),
    construct("tags of an operation", Kind::OpenApi, |n| {
        paths(1, |_| format!(r#""/a":{{"get":{{"tags":[{}],{OK}}}}}"#, joined(n, ",", |i| format!(r#""t{i}""#))))
    }),
    construct("tags of operations", Kind::OpenApi, |n| {
        paths(n, |i| format!(r#""/a{i}":{{"get":{{"tags":["t{i}"],{OK}}}}}"#))
    }),
    construct("statuses of errors", Kind::OpenApi, |n| {
        let one = |i: usize| {
            format!(
                r#""4{i}":{{"description":"","content":{{"application/json":{{"schema":{{"title":"T{i}","type":"object"}}}}}}}}"#
            )
        };
        paths(1, |_| format!(r#""/a":{{"get":{{"responses":{{{}}}}}}}"#, joined(n, ",", one)))
    }),
    construct("statuses of responses", Kind::OpenApi, |n| {
        let one = |i: usize| {
            format!(
                r#""2{i}":{{"description":"","content":{{"application/json":{{"schema":{{"title":"T{i}","type":"object"}}}}}}}}"#
            )
        };
        paths(1, |_| format!(r#""/a":{{"get":{{"responses":{{{}}}}}}}"#, joined(n, ",", one)))
    }),
    construct("media types of a response", Kind::OpenApi, |n| {
        let one = |i: usize| format!(r#""a/b{i}+json":{{"schema":{{"title":"T{i}","type":"object"}}}}"#);
        paths(1, |_| {
            format!(
                r#""/a":{{"get":{{"responses":{{"200":{{"description":"","content":{{{}}}}}}}}}}}"#,
                joined(n, ",", one)
            )
        })
    }),
    construct("media types of a body", Kind::OpenApi, |n| {
        let one = |i: usize| format!(r#""a/b{i}":{{"schema":{{"type":"string"}}}}"#);
        paths(1, |_| format!(r#""/a":{{"post":{{"requestBody":{{"content":{{{}}}}},{OK}}}}}"#, joined(n, ",", one)))
    }),
    construct("parts of a form", Kind::OpenApi, |n| {
        let (fields, encoding) = (
            joined(n, ",", |i| format!(r#""p{i}":{{"type":"string"}}"#)),
            joined(n, ",", |i| format!(r#""p{i}":{{"contentType":"text/plain"}}"#)),
        );
        let body = format!(
            r#""multipart/form-data":{{"schema":{{"type":"object","properties":{{{fields}}}}},"encoding":{{{encoding}}}}}"#
        );
        paths(1, |_| format!(r#""/a":{{"post":{{"requestBody":{{"content":{{{body}}}}},{OK}}}}}"#))
    }),
    construct("parameters of a path", Kind::OpenApi, |n| {
        let one = |i: usize| format!(r#"{{"name":"p{i}","in":"query","schema":{{"type":"string"}}}}"#);
        paths(1, |_| format!(r#""/a":{{"parameters":[{}],"get":{{{OK}}},"post":{{{OK}}}}}"#, joined(n, ",", one)))
    }),
    construct("headers of one name", Kind::OpenApi, |n| {
        let one = |i: usize| {
            format!(r#"{{"name":"{}","in":"header","schema":{{"type":"string"}}}}"#, cased("abcdefghijklmnop", i))
        };
        paths(1, |_| format!(r#""/a":{{"get":{{"parameters":[{}],{OK}}}}}"#, joined(n, ",", one)))
    }),
    construct("variables of a query in a path", Kind::OpenApi, |n| {
        paths(1, |_| format!(r#""/a?{}":{{"get":{{{OK}}}}}"#, joined(n, "&", |i| format!("p{i}={{p{i}}}"))))
    }),
    construct("undeclared variables of a path of OpenAPI", Kind::OpenApi, |n| {
        paths(1, |_| format!(r#""/a{}":{{"get":{{{OK}}}}}"#, joined(n, "", |i| format!("/{{p{i}}}"))))
    }),
    construct("paths of one item", Kind::OpenApi, |n| {
        let parameters = joined(n, ",", |i| format!(r#"{{"name":"p{i}","in":"query","schema":{{"type":"string"}}}}"#));
        let item = format!(r#""components":{{"pathItems":{{"x":{{"get":{{"parameters":[{parameters}],{OK}}}}}}}}}"#);
        format!("{item},{}", paths(n, |i| format!(r##""/a{i}":{{"$ref":"#/components/pathItems/x"}}"##)))
    }),
    construct("operations of one long parameter", Kind::OpenApi, |n| {
        let parameter = format!(
            r#""p":{{"name":"p","in":"query","description":"{}","schema":{{"type":"string"}}}}"#,
            "text ".repeat(n * 20)
        );
        let operation =
            |i: usize| format!(r##""/a{i}":{{"get":{{"parameters":[{{"$ref":"#/components/parameters/p"}}],{OK}}}}}"##);
        format!(r#""components":{{"parameters":{{{parameter}}}}},{},"x":0"#, paths(n, operation))
            .replace(r#","x":0"#, "")
    }),
    construct("operations of one inline response", Kind::OpenApi, |n| {
        let fields = joined(n, ",", |i| format!(r#""p{i}":{{"type":"string"}}"#));
        let schema = format!(r#"{{"type":"object","properties":{{{fields}}}}}"#);
        let response = format!(r#""r":{{"description":"","content":{{"application/json":{{"schema":{schema}}}}}}}"#);
        let operation = |i: usize| {
            format!(
                r##""/a{i}":{{"get":{{"responses":{{"200":{{"$ref":"#/components/responses/r"}},"400":{{"$ref":"#/components/responses/r"}}}}}}}}"##
            )
        };
        format!(r#""components":{{"responses":{{{response}}}}},{}"#, paths(n, operation))
    }),
    construct("operations of one inline body", Kind::OpenApi, |n| {
        let fields = joined(n, ",", |i| format!(r#""p{i}":{{"type":"string"}}"#));
        let schema = format!(r#"{{"type":"object","properties":{{{fields}}}}}"#);
        let body = format!(r#""b":{{"content":{{"application/json":{{"schema":{schema}}}}}}}"#);
        let operation = |i: usize| {
            format!(r##""/a{i}":{{"post":{{"requestBody":{{"$ref":"#/components/requestBodies/b"}},{OK}}}}}"##)
        };
        format!(r#""components":{{"requestBodies":{{{body}}}}},{}"#, paths(n, operation))
    }),
    construct("callbacks", Kind::OpenApi, |n| {
        let one = |i: usize| {
            format!(
                r#""c{i}":{{"/x":{{"post":{{"requestBody":{{"content":{{"application/json":{{"schema":{{"type":"object","properties":{{"a":{{"type":"string"}}}}}}}}}}}},{OK}}}}}}}"#
            )
        };
        paths(1, |_| format!(r#""/a":{{"get":{{"callbacks":{{{}}},{OK}}}}}"#, joined(n, ",", one)))
    }),
    construct("operations of one large callback", Kind::OpenApi, |n| {
        let one = |i: usize| format!(r#""/x{i}":{{"post":{{{OK}}}}}"#);
        let callback = format!(r#""components":{{"callbacks":{{"c":{{{}}}}}}}"#, joined(n, ",", one));
        let operation = |i: usize| {
            format!(r##""/a{i}":{{"get":{{"callbacks":{{"c":{{"$ref":"#/components/callbacks/c"}}}},{OK}}}}}"##)
        };
        format!("{callback},{}", paths(n, operation))
    }),
    construct("webhooks", Kind::OpenApi, |n| {
        let one = |i: usize| {
            format!(
                r#""w{i}":{{"post":{{"requestBody":{{"content":{{"application/json":{{"schema":{{"type":"object","properties":{{"a":{{"type":"string"}}}}}}}}}}}},{OK}}}}}"#
            )
        };
        format!(r#""webhooks":{{{}}},"paths":{{}}"#, joined(n, ",", one))
    }),
    construct("servers", Kind::OpenApi, |n| {
        format!(
            r#""x":0,"paths":{{"/a":{{"servers":[{}],"get":{{{OK}}}}}}}"#,
            joined(n, ",", |i| format!(r#"{{"url":"https://a{i}.example.com"}}"#))
        )
    }),
    construct("values of a server's variable", Kind::OpenApi, |n| {
        let values = joined(n, ",", |i| format!(r#""v{i}""#));
        let server = format!(
            r#"{{"url":"https://{{v}}.example.com","variables":{{"v":{{"default":"v0","enum":[{values}]}}}}}}"#
        );
        format!(r#""paths":{{"/a":{{"servers":[{server}],"get":{{{OK}}}}}}}"#)
    }),
    construct("variables of a server", Kind::OpenApi, |n| {
        let (url, variables) =
            (joined(n, "/", |i| format!("{{v{i}}}")), joined(n, ",", |i| format!(r#""v{i}":{{"default":"a"}}"#)));
        format!(
            r#""paths":{{"/a":{{"servers":[{{"url":"https://a.b/{url}","variables":{{{variables}}}}}],"get":{{{OK}}}}}}}"#
        )
    }),
    construct("security schemes", Kind::OpenApi, |n| {
        secured(n, "", |n| joined(n, ",", |i| format!(r#"{{"s{i}":[]}}"#)), 1)
    }),
    construct("credentials together", Kind::OpenApi, |n| {
        secured(n, "", |n| format!("{{{}}}", joined(n, ",", |i| format!(r#""s{i}":[]"#))), 1)
    }),
    construct("unknown security schemes", Kind::OpenApi, |n| {
        secured(1, "", move |_| joined(n, ",", |i| format!(r#"{{"t{i}":[]}}"#)), 1)
    }),
    construct("scopes of a requirement", Kind::OpenApi, |n| {
        secured(1, "", move |_| format!(r#"{{"s0":[{}]}}"#, joined(n, ",", |i| format!(r#""x{i}""#))), 1)
    }),
    construct("operations under many requirements", Kind::OpenApi, |n| {
        let all = joined(n, ",", |i| format!(r#"{{"s{i}":[]}}"#));
        secured(n, &format!(r#""security":[{all}],"#), |_| String::new(), n)
    }),
];
