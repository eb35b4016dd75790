//! Members of Discovery documents.

use super::{Construct, Kind, construct, joined, method, methods, properties, same_in_rust, unions};

pub(super) static CONSTRUCTS: &[Construct] = &[
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
        properties(n, |i| format!(r#""{}":{{"type":"string"}}"#, same_in_rust("a", i)))
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
    construct("undeclared variables of a path", Kind::Discovery, |n| {
        format!(
            r#""methods":{{"m":{{"id":"a.m","httpMethod":"GET","path":"{}"}}}}"#,
            joined(n, "/", |i| format!("{{p{i}}}"))
        )
    }),
    construct("methods of one name in Rust", Kind::Discovery, |n| methods(n, |i| method(&same_in_rust("m", i), ""))),
    construct("resources of one name in Rust", Kind::Discovery, |n| {
        format!(
            r#""resources":{{{}}}"#,
            joined(n, ",", |i| format!(
                r#""{0}":{{"methods":{{"get":{{"id":"a.{0}.get","httpMethod":"GET","path":"v1/r{i}"}}}}}}"#,
                same_in_rust("r", i)
            ))
        )
    }),
    construct("parameters of one name in Rust", Kind::Discovery, |n| {
        let one = |i: usize| format!(r#""{}":{{"type":"string","location":"query"}}"#, same_in_rust("p", i));
        methods(1, |_| method("m", &format!(r#","parameters":{{{}}}"#, joined(n, ",", one))))
    }),
    construct("properties with numbers", Kind::Discovery, |n| {
        properties(n, |i| {
            format!(r#""{}":{{"type":"string"}}"#, ["a", "a_", "A"][i % 3].to_owned() + &(i / 3).to_string())
        })
    }),
    construct("descriptions of values", Kind::Discovery, |n| {
        let (values, docs) = (joined(n, ",", |i| format!("\"V{i}\"")), joined(n, ",", |i| format!("\"Text {i}.\"")));
        properties(1, |_| format!(r#""p":{{"type":"string","enum":[{values}],"enumDescriptions":[{docs}]}}"#))
    }),
    construct("long values of an enum", Kind::Discovery, |n| {
        properties(1, |_| format!(r#""p":{{"type":"string","enum":["{}"]}}"#, "aB_".repeat(n)))
    }),
    construct("a long pattern", Kind::Discovery, |n| {
        properties(1, |_| format!(r#""p":{{"type":"string","pattern":"{}"}}"#, "(a".repeat(n)))
    }),
    construct("a long default", Kind::Discovery, |n| {
        properties(1, |_| format!(r#""p":{{"type":"string","default":"{}"}}"#, "[`".repeat(n)))
    }),
    construct("parameters of every method", Kind::Discovery, |n| {
        let one = |i: usize| format!(r#""p{i}":{{"type":"string","location":"query"}}"#);
        format!(r#""parameters":{{{}}},{}"#, joined(n, ",", one), methods(n, |i| method(&format!("m{i}"), "")))
    }),
    construct("scopes of the document", Kind::Discovery, |n| {
        let one = |i: usize| format!(r#""https://s/{i}":{{"description":"Scope {i}."}}"#);
        format!(r#""auth":{{"oauth2":{{"scopes":{{{}}}}}}}"#, joined(n, ",", one))
    }),
    construct("methods with scopes", Kind::Discovery, |n| {
        methods(n, |i| method(&format!("m{i}"), &format!(r#","scopes":["https://s/{}"]"#, i / 2)))
    }),
    construct("endpoints", Kind::Discovery, |n| {
        let one =
            |i: usize| format!(r#"{{"endpointUrl":"https://l{i}.example.com/","location":"l{i}","description":"x"}}"#);
        format!(r#""endpoints":[{}]"#, joined(n, ",", one))
    }),
    construct("methods that require a property", Kind::Discovery, |n| {
        let required = joined(n, ",", |i| format!("\"a.r.m{i}\""));
        let schema = format!(r#""p":{{"type":"string","annotations":{{"required":[{required}]}}}}"#);
        format!(
            "{},{}",
            properties(1, |_| schema.clone()),
            methods(n, |i| method(&format!("m{i}"), r#","request":{"$ref":"A"}"#))
        )
    }),
    construct("segments of a path", Kind::Discovery, |n| {
        format!(r#""methods":{{"m":{{"id":"a.m","httpMethod":"GET","path":"{}"}}}}"#, "a/".repeat(n))
    }),
    construct("braces of a path", Kind::Discovery, |n| {
        format!(r#""methods":{{"m":{{"id":"a.m","httpMethod":"GET","path":"{}"}}}}"#, "{+a".repeat(n))
    }),
    construct("media types of an upload", Kind::Discovery, |n| {
        let accept = joined(n, ",", |i| format!("\"a/b{i}\""));
        methods(1, |_| {
            let upload = r#""maxSize":"1GB","protocols":{"simple":{"path":"/upload/v1/m"}}"#;
            method("m", &format!(r#","mediaUpload":{{"accept":[{accept}],{upload}}},"supportsMediaUpload":true"#))
        })
    }),
    construct("messages that have each other", Kind::Discovery, |n| {
        let count = (n as f64).sqrt() as usize;
        let all = joined(count, ",", |i| format!(r#""p{i}":{{"$ref":"S{i}"}}"#));
        let schema = |i: usize| format!(r#""S{i}":{{"id":"S{i}","type":"object","properties":{{{all}}}}}"#);
        format!(r#""schemas":{{{}}}"#, joined(count, ",", schema))
    }),
    construct("messages in a circle", Kind::Discovery, |n| {
        let schema = |i: usize| {
            format!(r#""S{i}":{{"id":"S{i}","type":"object","properties":{{"a":{{"$ref":"S{}"}}}}}}"#, (i + 1) % n)
        };
        format!(r#""schemas":{{{}}}"#, joined(n, ",", schema))
    }),
    construct("methods of one message", Kind::Discovery, |n| {
        let properties = properties(n, |i| format!(r#""p{i}":{{"type":"string"}}"#));
        let refs = r#","request":{"$ref":"A"},"response":{"$ref":"A"}"#;
        format!("{properties},{}", methods(n, |i| method(&format!("m{i}"), refs)))
    }),
    construct("pages of many methods", Kind::Discovery, |n| {
        let list = r#""items":{"type":"array","items":{"type":"string"}},"nextPageToken":{"type":"string"}"#;
        let schema = format!(r#""schemas":{{"A":{{"id":"A","type":"object","properties":{{{list}}}}}}}"#);
        let more = r#","parameters":{"pageToken":{"type":"string","location":"query"}},"response":{"$ref":"A"}"#;
        format!("{schema},{}", methods(n, |i| method(&format!("m{i}"), more)))
    }),
    construct("keys that are unknown", Kind::Discovery, |n| joined(n, ",", |i| format!(r#""x{i}":{i}"#))),
    construct("schemas that are unknown", Kind::Discovery, |n| {
        properties(n, |i| format!(r#""p{i}":{{"$ref":"Unknown{i}"}}"#))
    }),
];
