//! Schemas that are made of each other, and what many others share.

use super::diff::RENAMED;
use super::{Construct, Kind, OK, construct, joined, openapi};

fn square_root(count: usize) -> usize {
    ((count as f64).sqrt() as usize).max(2)
}

fn reference(name: &str) -> String {
    format!(r##"{{"$ref":"#/components/schemas/{name}"}}"##)
}

/// Schemas that each name all of them under a keyword.
fn of_each_other(count: usize, keyword: &str, more: fn(usize) -> String) -> String {
    let all = joined(square_root(count), ",", |i| reference(&format!("S{i}")));
    joined(square_root(count), ",", |i| format!(r#""S{i}":{{"{keyword}":[{all}{}]}}"#, more(i)))
}

/// Returns an object with this many properties.
fn object(count: usize) -> String {
    format!(
        r#"{{"type":"object","properties":{{{}}}}}"#,
        joined(count, ",", |i| format!(r#""Old{i}":{{"type":"string"}}"#))
    )
}

fn sharing_a_body(count: usize, media_type: &str) -> String {
    let body = format!(r#""B":{{"content":{{"{media_type}":{{"schema":{}}}}}}}"#, object(count));
    let one =
        |i: usize| format!(r##""/a{i}":{{"post":{{"requestBody":{{"$ref":"#/components/requestBodies/B"}},{OK}}}}}"##);
    format!(r#""components":{{"requestBodies":{{{body}}}}},"paths":{{{}}}"#, joined(count, ",", one))
}

pub(super) static CONSTRUCTS: &[Construct] = &[
    construct("choices of the same alternatives", Kind::Schemas, |n| {
        let all = joined(square_root(n), ",", |i| reference(&format!("A{i}")));
        let choices = joined(square_root(n), ",", |i| format!(r#""S{i}":{{"oneOf":[{all}]}}"#));
        let alternative = |i: usize| {
            format!(r#""A{i}":{{"type":"object","required":["p{i}"],"properties":{{"p{i}":{{"type":"string"}}}}}}"#)
        };
        format!("{choices},{}", joined(square_root(n), ",", alternative))
    }),
    construct("choices of each other", Kind::Schemas, |n| of_each_other(n, "oneOf", |_| String::new())),
    construct("objects that are made of each other", Kind::Schemas, |n| {
        of_each_other(n, "allOf", |i| format!(r#",{{"properties":{{"p{i}":{{"type":"string"}}}}}}"#))
    }),
    construct("operations that share a body", Kind::OpenApi, |n| sharing_a_body(n, "application/json")),
    construct("operations that share a changed body", RENAMED, |n| sharing_a_body(n, "application/json")),
    construct("operations that share a form", Kind::OpenApi, |n| {
        sharing_a_body(n, "application/x-www-form-urlencoded")
    }),
    construct("operations that share a parameter", Kind::OpenApi, |n| {
        let parameter = format!(r#""P":{{"name":"p","in":"query","style":"deepObject","schema":{}}}"#, object(n));
        let one =
            |i: usize| format!(r##""/a{i}":{{"get":{{"parameters":[{{"$ref":"#/components/parameters/P"}}],{OK}}}}}"##);
        format!(r#""components":{{"parameters":{{{parameter}}}}},"paths":{{{}}}"#, joined(n, ",", one))
    }),
    construct("operations that share the parameters of their path", Kind::OpenApi, |n| {
        let parameter = |i: usize| format!(r#"{{"name":"p{i}","in":"query","schema":{}}}"#, object(1));
        let all = ["get", "put", "post", "delete", "options", "head", "patch"];
        let operations = all.map(|verb| format!(r#""{verb}":{{{OK}}}"#)).join(",");
        format!(r#""paths":{{"/a":{{"parameters":[{}],{operations}}}}}"#, joined(n, ",", parameter))
    }),
    construct("operations that share a stream of a choice of events", Kind::OpenApi, |n| {
        let event = |i: usize| {
            let data = format!(r#""data":{{"type":"string","contentSchema":{{"properties":{{"p{i}":{{}}}}}}}}"#);
            format!(r#"{{"type":"object","properties":{{"event":{{"const":"e{i}"}},{data}}}}}"#)
        };
        let media = format!(r#"{{"text/event-stream":{{"itemSchema":{}}}}}"#, reference("E"));
        let one =
            |i: usize| format!(r#""/a{i}":{{"get":{{"responses":{{"200":{{"description":"","content":{media}}}}}}}}}"#);
        let events = format!(r#""E":{{"oneOf":[{}]}}"#, joined(n, ",", event));
        format!(r#""components":{{"schemas":{{{events}}}}},"paths":{{{}}}"#, joined(n, ",", one))
    }),
    construct("operations that share a stream of lines", Kind::OpenApi, |n| {
        let alternative = |i: usize| format!(r#"{{"properties":{{"p{i}":{{}}}}}}"#);
        let media = format!(r#"{{"application/x-ndjson":{{"schema":{}}}}}"#, reference("A"));
        let one =
            |i: usize| format!(r#""/a{i}":{{"get":{{"responses":{{"200":{{"description":"","content":{media}}}}}}}}}"#);
        let choice = format!(r#""A":{{"oneOf":[{}]}}"#, joined(n, ",", alternative));
        format!(r#""components":{{"schemas":{{{choice}}}}},"paths":{{{}}}"#, joined(n, ",", one))
    }),
    construct("references to a choice", Kind::Schemas, |n| {
        let alternative = |i: usize| format!(r#"{{"properties":{{"p{i}":{{}}}}}}"#);
        let property = |i: usize| format!(r#""p{i}":{}"#, reference("A"));
        let choice = format!(r#""A":{{"oneOf":[{}]}}"#, joined(n, ",", alternative));
        format!(r#"{choice},"B":{{"type":"object","properties":{{{}}}}}"#, joined(n, ",", property))
    }),
    construct("changed values of alternatives", Kind::DiffYaml, |n| {
        let values = |i: usize| joined(square_root(n), ",", |j| format!(r#""Old{i}x{j}""#));
        let one = |i: usize| {
            format!(r#"{{"type":"object","properties":{{"t":{{"type":"string","enum":[{}]}}}}}}"#, values(i))
        };
        let alternatives = joined(square_root(n), ",", one);
        openapi(&format!(r#""paths":{{}},"components":{{"schemas":{{"A":{{"oneOf":[{alternatives}]}}}}}}"#))
    }),
    construct("schemas of one anchor of YAML", Kind::DiffYaml, |n| {
        let anchor = joined(n, ", ", |i| format!("Old{i}: {{type: string}}"));
        let others = joined(2, "\n", |i| format!("    S{i}: {{type: object, properties: *a}}"));
        let schemas = format!("    S: {{type: object, properties: &a {{{anchor}}}}}\n{others}\n");
        format!("openapi: 3.1.0\ninfo: {{title: A, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}")
    }),
];
