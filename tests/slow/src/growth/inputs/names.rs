//! Long names: a name is a part of those of all that it contains or that uses it.

use super::{Construct, Kind, OK, construct, joined, method, methods, properties};

/// Half of a text of this many times twenty bytes: the other half is what the name belongs to.
fn long(count: usize) -> String {
    "Name".repeat(5 * count)
}

fn objects(count: usize) -> String {
    joined(count, ",", |i| format!(r#""p{i}":{{"type":"object","properties":{{"a":{{"type":"string"}}}}}}"#))
}

fn operations(count: usize) -> String {
    let one = |i: usize| format!(r#""/a{i}":{{"get":{{"operationId":"m{i}",{OK}}}}}"#);
    format!(r#""paths":{{{}}}"#, joined(count, ",", one))
}

fn secured(count: usize, scheme: &str) -> String {
    let scheme = format!(r#""components":{{"securitySchemes":{{"s":{scheme}}}}}"#);
    format!(r#""security":[{{"s":[]}}],{scheme},{}"#, operations(count))
}

fn of_base(count: usize, base: &str) -> String {
    let child = |i: usize| {
        format!(
            r##""C{i}":{{"allOf":[{{"$ref":"#/components/schemas/A"}},{{"properties":{{"c":{{"type":"string"}}}}}}]}}"##
        )
    };
    format!(r#""A":{{"type":"object",{base}}},{}"#, joined(count, ",", child))
}

pub(super) static CONSTRUCTS: &[Construct] = &[
    construct("properties of a schema with a long name", Kind::Schemas, |n| {
        let properties = joined(n, ",", |i| format!(r#""p{i}":{{"type":"string"}}"#));
        format!(r#""{}":{{"type":"object","properties":{{{properties}}}}}"#, long(n))
    }),
    construct("objects of a schema with a long name", Kind::Schemas, |n| {
        format!(r#""{}":{{"type":"object","properties":{{{}}}}}"#, long(2 * n), objects(n))
    }),
    construct("objects of a property with a long name", Kind::Schemas, |n| {
        let inner = format!(r#"{{"type":"object","properties":{{{}}}}}"#, objects(n));
        format!(r#""A":{{"type":"object","properties":{{"{}":{inner}}}}}"#, long(2 * n))
    }),
    construct("objects of an alternative with a long title", Kind::Schemas, |n| {
        let inner = format!(r#"{{"title":"{}","type":"object","properties":{{{}}}}}"#, long(2 * n), objects(n));
        format!(r#""A":{{"oneOf":[{inner},{{"type":"string"}}]}}"#)
    }),
    construct("values of an enum with a long name", Kind::Schemas, |n| {
        format!(r#""{}":{{"type":"string","enum":[{}]}}"#, long(n / 2), joined(n, ",", |i| format!("\"v{i}\"")))
    }),
    construct("alternatives of a schema with a long name", Kind::Schemas, |n| {
        let one = |i: usize| format!(r#"{{"type":"object","properties":{{"a{i}":{{"type":"string"}}}}}}"#);
        format!(r#""{}":{{"oneOf":[{}]}}"#, long(2 * n), joined(n, ",", one))
    }),
    construct("objects within properties with long names", Kind::Schemas, |n| {
        let open = format!(r#"{{"type":"object","properties":{{"{}":"#, "n".repeat(1_000));
        let depth = 50.min(1 + n / 40);
        let inner = format!(r#"{{"type":"object","properties":{{{}}}}}"#, objects(n));
        format!(r#""A":{}{inner}{}"#, open.repeat(depth), "}}".repeat(depth))
    }),
    construct("extensions of a base with a long name of a property", Kind::Schemas, |n| {
        of_base(n, &format!(r#""properties":{{"{}":{{"type":"string"}}}}"#, long(4 * n)))
    }),
    construct("extensions of a base with a long description of a property", Kind::Schemas, |n| {
        of_base(n, &format!(r#""properties":{{"a":{{"description":"{}"}}}}"#, long(4 * n)))
    }),
    construct("extensions of a base that requires a long name", Kind::Schemas, |n| {
        of_base(n, &format!(r#""required":["{}"]"#, long(4 * n)))
    }),
    construct("anchors within a long identifier", Kind::Schemas, |n| {
        let anchors = joined(n, ",", |i| format!(r#""p{i}":{{"$anchor":"a{i}","type":"string"}}"#));
        format!(r#""A":{{"$id":"{}","type":"object","properties":{{{anchors}}}}}"#, long(2 * n))
    }),
    construct("alternatives with a long constant of a base", Kind::Schemas, |n| {
        let one = |i: usize| {
            format!(
                r##"{{"allOf":[{{"$ref":"#/components/schemas/A"}},{{"properties":{{"p{i}":{{"type":"string"}}}}}}]}}"##
            )
        };
        let base = format!(r#""A":{{"type":"object","properties":{{"k":{{"const":"{}"}}}}}}"#, long(4 * n));
        format!(r#"{base},"B":{{"oneOf":[{}]}}"#, joined(n, ",", one))
    }),
    construct("operations with a long header of credentials", Kind::OpenApi, |n| {
        secured(n, &format!(r#"{{"type":"apiKey","in":"header","name":"{}"}}"#, long(2 * n)))
    }),
    construct("operations with a long key of the query", Kind::OpenApi, |n| {
        secured(n, &format!(r#"{{"type":"apiKey","in":"query","name":"{}"}}"#, long(2 * n)))
    }),
    construct("operations with a long scheme of HTTP", Kind::OpenApi, |n| {
        secured(n, &format!(r#"{{"type":"http","scheme":"{}"}}"#, long(2 * n)))
    }),
    construct("operations of a server with a long default", Kind::Json, |n| {
        let head = r#""openapi":"3.1.0","info":{"title":"A","version":"1"}"#;
        let variables = format!(r#""variables":{{"v":{{"default":"{}"}}}}"#, long(2 * n));
        format!(r#"{{{head},"servers":[{{"url":"https://{{v}}/",{variables}}}],{}}}"#, operations(n))
    }),
    construct("inline objects of a Discovery schema with a long name", Kind::Discovery, |n| {
        let name = long(2 * n);
        format!(r#""schemas":{{"{name}":{{"type":"object","properties":{{{}}}}}}}"#, objects(n))
    }),
    construct("objects within Discovery properties with long names", Kind::Discovery, |n| {
        let open = format!(r#"{{"type":"object","properties":{{"{}":"#, "n".repeat(1_000));
        let depth = 50.min(1 + n / 40);
        let inner = format!(r#"{{"type":"object","properties":{{{}}}}}"#, objects(n));
        format!(r#""schemas":{{"A":{}{inner}{}}}"#, open.repeat(depth), "}}".repeat(depth))
    }),
    construct("methods of a resource with a long name", Kind::Discovery, |n| {
        methods(n, |i| method(&format!("m{i}"), "")).replacen("\"r\"", &format!("\"{}\"", long(2 * n)), 1)
    }),
    construct("methods of resources in resources with long names", Kind::Discovery, |n| {
        let open = format!(r#"{{"{}":{{"resources":"#, "n".repeat(1_000));
        let depth = 50.min(1 + n / 40);
        let inner = format!(r#"{{"r":{{"methods":{{{}}}}}}}"#, joined(n, ",", |i| method(&format!("m{i}"), "")));
        format!(r#""resources":{}{inner}{}"#, open.repeat(depth), "}}".repeat(depth))
    }),
    construct("parameters of a method with a long id", Kind::Discovery, |n| {
        let one = |i: usize| format!(r#""p{i}":{{"type":"string","enum":["a"],"location":"query"}}"#);
        let parameters = format!(r#","parameters":{{{}}}"#, joined(n, ",", one));
        methods(1, |_| method("m", &parameters).replace("a.r.m", &format!("a.r.{}", long(2 * n))))
    }),
    construct("methods below a long path of the service", Kind::Json, |n| {
        let head = r#""name":"a","version":"v1","rootUrl":"https://a.example.com/""#;
        let path = long(2 * n);
        format!(r#"{{{head},"servicePath":"{path}/",{}}}"#, methods(n, |i| method(&format!("m{i}"), "")))
    }),
    construct(
        "members of a union with a long name of an overlay",
        Kind::OverlayOf(|n| properties(n, |i| format!(r#""p{i}":{{"type":"string"}}"#))),
        |n| {
            let members = joined(n, ",", |i| format!("\"p{i}\""));
            let source = "source = { kind = \"manual\", ref = \"x\" }";
            format!("[schemas.A.unions.{}]\nmembers = [{members}]\n{source}\n", long(n))
        },
    ),
    construct("messages in a message with a long name of protos", Kind::Protos, |n| {
        format!("message {} {{\n{}\n}}", long(n), joined(n, "\n", |i| format!("message M{i} {{}}")))
    }),
    construct("messages in messages with long names of protos", Kind::Protos, |n| {
        let open = format!("message {} {{\n", "n".repeat(900));
        let depth = 50.min(1 + n / 40);
        open.repeat(depth) + &joined(n, "\n", |i| format!("message M{i} {{}}")) + &"}".repeat(depth)
    }),
    construct("files of protos that import all later ones publicly", Kind::ProtoFiles, |n| {
        let count = (2.0 * n as f64).sqrt() as usize;
        let imports = |i: usize| joined(count - i - 1, "\n", |k| format!("import public \"f{}.proto\";", i + 1 + k));
        joined(count, super::FILE, |i| format!("{}\nmessage M{i} {{}}", imports(i)))
    }),
    construct("files of protos that import the next one publicly", Kind::ProtoFiles, |n| {
        joined(n / 16 + 1, super::FILE, |i| format!("import public \"f{}.proto\";\nmessage M{i} {{}}", i + 1))
    }),
    construct("files of protos that import each other", Kind::ProtoFiles, |n| {
        let count = n / 16 + 1;
        joined(count, super::FILE, |i| format!("import \"f{}.proto\";\nmessage M{i} {{}}", (i + 1) % count))
    }),
];
