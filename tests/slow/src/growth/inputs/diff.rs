//! Pairs of documents.

use super::{Construct, Kind, construct, joined, method, methods, properties, spelled, unions};

/// Two OpenAPI documents, the second with other names.
pub(super) const RENAMED: Kind = Kind::DiffOpenApi { old: "Old", new: "New" };
/// Two OpenAPI documents, the second with `true` instead of `false`.
const TRUE: Kind = Kind::DiffOpenApi { old: "false", new: "true" };
/// Two OpenAPI documents, the second with integers instead of texts.
const INTEGERS: Kind = Kind::DiffOpenApi { old: "string", new: "integer" };

pub(super) static CONSTRUCTS: &[Construct] = &[
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
    construct("renamed parameters", Kind::Diff, |n| {
        let one = |i: usize| format!(r#""Old{i}":{{"type":"string","location":"query"}}"#);
        methods(1, |_| method("m", &format!(r#","parameters":{{{}}}"#, joined(n, ",", one))))
    }),
    construct("renamed arguments", Kind::Diff, |n| {
        let order = joined(n, ",", |i| format!("\"Old{i}\""));
        let one = |i: usize| format!(r#""Old{i}":{{"type":"string","location":"query","required":true}}"#);
        let parameters = format!(r#","parameterOrder":[{order}],"parameters":{{{}}}"#, joined(n, ",", one));
        methods(1, |_| method("m", &parameters))
    }),
    construct("renamed resources", Kind::Diff, |n| {
        let one = |i: usize| {
            format!(r#""Old{i}":{{"methods":{{"get":{{"id":"a.Old{i}.get","httpMethod":"GET","path":"v1/r{i}"}}}}}}"#)
        };
        format!(r#""resources":{{{}}}"#, joined(n, ",", one))
    }),
    construct("renamed scopes", Kind::Diff, |n| {
        let one = |i: usize| format!(r#""https://Old/{i}":{{"description":"Scope {i}."}}"#);
        let scopes = format!(r#""auth":{{"oauth2":{{"scopes":{{{}}}}}}}"#, joined(n, ",", one));
        format!("{scopes},{}", methods(n, |i| method(&format!("m{i}"), &format!(r#","scopes":["https://Old/{i}"]"#))))
    }),
    construct("changed descriptions", Kind::Diff, |n| {
        properties(n, |i| format!(r#""p{i}":{{"type":"string","description":"Old text {i}."}}"#))
    }),
    construct("a long changed description", Kind::Diff, |n| {
        properties(1, |_| format!(r#""p":{{"type":"string","description":"{}"}}"#, "Old text of words. ".repeat(n)))
    }),
    construct("changed paths", Kind::Diff, |n| {
        methods(n, |i| format!(r#""m{i}":{{"id":"a.r.m{i}","httpMethod":"GET","path":"v1/Old/m{i}"}}"#))
    }),
    construct("methods that require a changed property", Kind::Diff, |n| {
        let required = joined(n, ",", |i| format!("\"a.r.Old{i}\""));
        let schema = format!(r#""p":{{"type":"string","annotations":{{"required":[{required}]}}}}"#);
        format!(
            "{},{}",
            properties(1, |_| schema.clone()),
            methods(n, |i| method(&format!("Old{i}"), r#","request":{"$ref":"A"}"#))
        )
    }),
    construct("removed schemas", Kind::Removed, |n| {
        format!(r#""schemas":{{{}}}"#, joined(n, ",", |i| format!(r#""S{i}":{{"id":"S{i}","type":"object"}}"#)))
    }),
    construct("removed properties", Kind::Removed, |n| properties(n, |i| format!(r#""p{i}":{{"type":"string"}}"#))),
    construct("removed methods", Kind::Removed, |n| methods(n, |i| method(&format!("m{i}"), ""))),
    construct("removed parameters", Kind::Removed, |n| {
        let one = |i: usize| format!(r#""p{i}":{{"type":"string","location":"query"}}"#);
        methods(1, |_| method("m", &format!(r#","parameters":{{{}}}"#, joined(n, ",", one))))
    }),
    construct("removed values", Kind::Removed, |n| {
        properties(1, |_| format!(r#""p":{{"type":"string","enum":[{}]}}"#, joined(n, ",", |i| format!("\"V{i}\""))))
    }),
    construct("removed unions", Kind::Removed, |n| unions(n, "u")),
    construct("added schemas", Kind::Added, |n| {
        format!(r#""schemas":{{{}}}"#, joined(n, ",", |i| format!(r#""S{i}":{{"id":"S{i}","type":"object"}}"#)))
    }),
    construct("added properties", Kind::Added, |n| properties(n, |i| format!(r#""p{i}":{{"type":"string"}}"#))),
    construct("added methods", Kind::Added, |n| methods(n, |i| method(&format!("m{i}"), ""))),
    construct("added values", Kind::Added, |n| {
        properties(1, |_| format!(r#""p":{{"type":"string","enum":[{}]}}"#, joined(n, ",", |i| format!("\"V{i}\""))))
    }),
    construct("a changed long version", Kind::Text, |n| format!(r#""revision":"Old{}""#, "a-".repeat(n))),
    construct("renamed schemas of one shape", Kind::Diff, |n| {
        format!(
            r#""schemas":{{{}}}"#,
            joined(n, ",", |i| format!(
                r#""OldS{i}":{{"id":"OldS{i}","type":"object","properties":{{"p":{{"type":"string"}}}}}}"#
            ))
        )
    }),
    construct("renamed properties of messages", Kind::Diff, |n| {
        let property = |i: usize| format!(r#""{}":{{"type":"string"}}"#, spelled("Old", i));
        let schema = |s: usize| {
            format!(r#""S{s}":{{"id":"S{s}","type":"object","properties":{{{}}}}}"#, joined(100, ",", property))
        };
        format!(r#""schemas":{{{}}}"#, joined(n / 100 + 1, ",", schema))
    }),
    construct("changes of a schema of many methods", Kind::Diff, |n| {
        let response = |i: usize| method(&format!("m{i}"), r#","response":{"$ref":"A"}"#);
        format!("{},{}", properties(n, |i| format!(r#""Old{i}":{{"type":"string"}}"#)), methods(n, response))
    }),
    construct("renamed alternatives", RENAMED, |n| {
        let one =
            |i: usize| format!(r#"{{"title":"Old{i}","type":"object","properties":{{"p{i}":{{"type":"string"}}}}}}"#);
        format!(r#""paths":{{}},"components":{{"schemas":{{"A":{{"oneOf":[{}]}}}}}}"#, joined(n, ",", one))
    }),
    construct("renamed credentials", RENAMED, |n| {
        let one = |i: usize| format!(r#""s{i}":{{"type":"apiKey","in":"header","name":"Old-{i}"}}"#);
        let all = joined(n, ",", |i| format!(r#"{{"s{i}":[]}}"#));
        let operation = format!(r#""/a":{{"get":{{"security":[{all}],"responses":{{"204":{{"description":""}}}}}}}}"#);
        format!(r#""components":{{"securitySchemes":{{{}}}}},"paths":{{{operation}}}"#, joined(n, ",", one))
    }),
    construct("changed values of numbers", RENAMED, |n| {
        let values = joined(n, ",", |i| i.to_string());
        let field = format!(r#""p":{{"type":"integer","enum":[{values},"Old"]}}"#);
        format!(r#""paths":{{}},"components":{{"schemas":{{"A":{{"type":"object","properties":{{{field}}}}}}}}}"#)
    }),
    construct("alternatives of which all change", RENAMED, |n| {
        let one = |i: usize| {
            format!(
                r#"{{"title":"T{i}","type":"object","description":"Old","properties":{{"Old":{{"type":"string"}}}}}}"#
            )
        };
        format!(r#""paths":{{}},"components":{{"schemas":{{"A":{{"oneOf":[{}]}}}}}}"#, joined(n, ",", one))
    }),
    construct("types of properties that may be null", TRUE, |n| {
        types_of_properties(n, r#"{"type":"string","nullable":false}"#)
    }),
    construct("changed types of properties", INTEGERS, |n| types_of_properties(n, r#"{"type":"string"}"#)),
    construct("schemas that are closed", TRUE, |n| {
        types_of_properties(n, r#"{"type":"object","additionalProperties":false}"#)
    }),
    construct("parameters that become required", TRUE, |n| {
        let one = |i: usize| format!(r#"{{"name":"p{i}","in":"query","required":false,"schema":{{}}}}"#);
        let operation = r#""responses":{"204":{"description":""}}"#;
        format!(r#""paths":{{"/a":{{"get":{{"parameters":[{}],{operation}}}}}}}"#, joined(n, ",", one))
    }),
    construct("changed types of alternatives", INTEGERS, |n| {
        let one = |i: usize| {
            let constant = format!(r#""k":{{"const":"a{i}"}},"p{i}":{{"type":"string"}}"#);
            format!(r#"{{"type":"object","required":["k"],"properties":{{{constant}}}}}"#)
        };
        format!(r#""paths":{{}},"components":{{"schemas":{{"A":{{"oneOf":[{}]}}}}}}"#, joined(n, ",", one))
    }),
    construct("changed constants of the last alternatives", RENAMED, |n| {
        let one = |i: usize| {
            let constant = if i > n / 2 { format!("Old{i}") } else { format!("a{i}") };
            let properties = format!(r#""k":{{"type":"string","enum":["{constant}"]}},"p{i}":{{"type":"string"}}"#);
            format!(r#"{{"type":"object","required":["k"],"properties":{{{properties}}}}}"#)
        };
        format!(r#""paths":{{}},"components":{{"schemas":{{"A":{{"oneOf":[{}]}}}}}}"#, joined(n, ",", one))
    }),
    construct("changed schemes of operations", RENAMED, |n| {
        let operation = |i: usize| {
            let responses = r#""responses":{"204":{"description":""}}"#;
            format!(r#""/a{i}":{{"get":{{"security":[{{"Old":[]}}],{responses}}}}}"#)
        };
        let scheme = |name: &str| format!(r#""{name}":{{"type":"apiKey","in":"header","name":"{name}"}}"#);
        let schemes = [scheme("Old"), scheme("Other")].join(",");
        format!(r#""components":{{"securitySchemes":{{{schemes}}}}},"paths":{{{}}}"#, joined(n, ",", operation))
    }),
];

/// Returns a message, and a declared type for each of its properties.
fn types_of_properties(count: usize, schema: &str) -> String {
    let schemas = joined(count, ",", |i| format!(r#""S{i}":{schema}"#));
    let properties = joined(count, ",", |i| format!(r##""p{i}":{{"$ref":"#/components/schemas/S{i}"}}"##));
    let message = format!(r#""A":{{"type":"object","properties":{{{properties}}}}}"#);
    format!(r#""paths":{{}},"components":{{"schemas":{{{schemas},{message}}}}}"#)
}
