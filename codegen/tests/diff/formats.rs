//! Formats that services read, checked against their schemas: annotations of GitHub workflows, JUnit, SARIF.

use crate::support::examples::{edit, garden};
use crate::support::real;
use serde_json::Value;
use std::collections::BTreeMap;
use std::process::Command;

/// Name of a file that means something in each of the formats.
const NEW: &str = "new,line=1 100%25 <&>.json";

/// Changes at several places, with names that mean something in each of the formats.
const EDITS: [&str; 5] = [
    "/schemas/Plant/properties/label = null",
    r#"/schemas/Plant/properties/height/type = "boolean""#,
    r#"/schemas/Kind/properties/a,b:c%0A\n::error::<x>&"']]> = {"type": "string"}"#,
    r#"/resources/plants/methods/list/parameters/filter/required = true"#,
    "/schemas/Lonely = null",
];

/// A folder with both revisions and a file of accepted changes.
struct Desk(tempfile::TempDir);

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        let put = |name: &str, value: &Value| {
            std::fs::write(desk.0.path().join(name), serde_json::to_string_pretty(value).unwrap()).unwrap();
        };
        put("old.json", &garden());
        let edits: Vec<String> = EDITS.iter().map(|edit| edit.replace("\\n", "\n")).collect();
        put(NEW, &edit(garden(), &edits.iter().map(String::as_str).collect::<Vec<_>>()));
        let report: Value = serde_json::from_str(&desk.report("json", &[])).unwrap();
        let lonely = report["changes"].as_array().unwrap().iter().find(|change| change["subject"] == "schemas.Lonely");
        let fingerprint = lonely.unwrap()["fingerprint"].as_str().unwrap();
        let accepted =
            format!("[[accept]]\nfingerprint = \"{fingerprint}\"\nreason = \"a < b & c\"\nexpires = 2999-01-01\n");
        std::fs::write(desk.0.path().join("accept.toml"), accepted).unwrap();
        desk
    }

    fn report(&self, format: &str, more: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_discovery-codegen"))
            .args(["diff", "old.json", NEW, "--format", format])
            .args(more)
            .current_dir(self.0.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn accepted(&self, format: &str) -> String {
        self.report(format, &["--accept", "accept.toml"])
    }

    /// Returns a line of the new document, counted from one.
    fn line(&self, number: usize) -> String {
        let text = std::fs::read_to_string(self.0.path().join(NEW)).unwrap();
        text.lines().nth(number - 1).unwrap_or_else(|| panic!("no line {number}")).to_owned()
    }

    /// Asserts that a line is that of the item that a message is about, or of its former parent.
    fn is_at(&self, message: &str, number: usize) {
        let line = self.line(number);
        let expected = [
            ("Plant.label removed", "\"Plant\": {"),
            ("Plant.height: ", "\"height\": {"),
            ("Kind.a,b:c", "\"a,b:c%0A\\n"),
            ("plants.list(filter) becomes required", "\"filter\": {"),
            ("Lonely removed", "\"schemas\": {"),
        ];
        let (_, start) = expected.iter().find(|(start, _)| message.starts_with(start)).unwrap_or_else(|| {
            let others = ["the order", "parameter", "`plants.list`"];
            assert!(others.iter().any(|other| message.starts_with(other)), "unexpected: {message}");
            &("", "")
        });
        assert!(line.trim_start().starts_with(start), "{message}: line {number} is {line}");
    }
}

/// A workflow command, as the runner of GitHub reads it.
fn command(line: &str) -> (String, BTreeMap<String, String>, String) {
    let unescape = |text: &str, also: &[(&str, &str)]| {
        let mut out = text.to_owned();
        assert!(!text.contains(['\r', '\n']));
        for (from, to) in also.iter().chain(&[("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]) {
            out = out.replace(from, to);
        }
        out
    };
    let (head, data) = line.strip_prefix("::").expect(line).split_once("::").expect(line);
    let (kind, properties) = head.split_once(' ').unwrap_or((head, ""));
    let properties = properties.split(',').map(|property| {
        let (key, value) = property.split_once('=').expect(line);
        (key.to_owned(), unescape(value, &[("%3A", ":"), ("%2C", ",")]))
    });
    (kind.to_owned(), properties.collect(), unescape(data, &[]))
}

#[test]
fn annotations_of_workflows() {
    let desk = Desk::new();
    let report = desk.accepted("github");
    let mut kinds: Vec<String> = Vec::new();
    for line in report.lines() {
        let (kind, properties, data) = command(line);
        assert!(["error", "warning", "notice"].contains(&&*kind), "{line}");
        for key in properties.keys() {
            assert!(["file", "line", "title"].contains(&&**key), "{line}");
        }
        if let Some(file) = properties.get("file") {
            assert_eq!(file, NEW);
            desk.is_at(&data, properties["line"].parse().unwrap());
            kinds.push(kind);
        }
    }
    assert_eq!(kinds, ["error", "error", "error"], "{report}");
    assert!(!report.contains("Lonely"), "an accepted change has no annotation");
    assert!(desk.report("github", &[]).contains("Lonely removed"));
}

#[test]
fn test_reports() {
    let desk = Desk::new();
    let report = desk.accepted("junit");
    let document = roxmltree::Document::parse(&report).unwrap_or_else(|error| panic!("{error}\n{report}"));
    /// Element, its required and optional attributes, and its children: the format of Ant, which services read.
    type Element = (&'static str, &'static [&'static str], &'static [&'static str], &'static [&'static str]);
    let elements: [Element; 5] = [
        ("testsuites", &[], &["name", "tests", "failures", "errors", "time"], &["testsuite"]),
        ("testsuite", &["name", "tests", "failures", "errors", "skipped"], &["time", "file"], &["testcase"]),
        ("testcase", &["name", "classname"], &["time", "file", "line"], &["failure", "skipped"]),
        ("failure", &["message", "type"], &[], &[]),
        ("skipped", &[], &["message"], &[]),
    ];
    assert_eq!(document.root_element().tag_name().name(), "testsuites");
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        let (_, required, optional, children) =
            elements.iter().find(|(known, ..)| *known == name).unwrap_or_else(|| panic!("`{name}` is no element"));
        let attributes: Vec<&str> = node.attributes().map(|attribute| attribute.name()).collect();
        assert!(required.iter().all(|wanted| attributes.contains(wanted)), "{name}: {attributes:?}");
        assert!(attributes.iter().all(|a| required.contains(a) || optional.contains(a)), "{name}: {attributes:?}");
        let inside: Vec<&str> =
            node.children().filter(roxmltree::Node::is_element).map(|n| n.tag_name().name()).collect();
        assert!(inside.iter().all(|child| children.contains(child)), "{name}: {inside:?}");
        if name == "testcase" {
            assert!(inside.len() <= 1, "{inside:?}");
        }
        if name == "testsuite" {
            let count = |tag: &str| node.descendants().filter(|n| n.has_tag_name(tag)).count().to_string();
            assert_eq!(node.attribute("tests"), Some(&*count("testcase")));
            assert_eq!(node.attribute("failures"), Some(&*count("failure")));
            assert_eq!(node.attribute("skipped"), Some(&*count("skipped")));
        }
    }
    let cases: Vec<&str> = document.descendants().filter_map(|node| node.attribute("name")).collect();
    assert!(cases.iter().any(|name| name.contains("::error::<x>&\"']]>")), "{cases:?}");
    assert!(document.descendants().any(|node| node.has_tag_name("failure")));
    assert!(document.descendants().any(|node| node.has_tag_name("skipped")));
}

#[test]
fn static_analysis_results() {
    let desk = Desk::new();
    let report: Value = serde_json::from_str(&desk.accepted("sarif")).unwrap();
    let schema = real::npm_package("@microsoft/jest-sarif@1.0.0-beta.0").join("lib/schemas/sarif-2.1.0-rtm.5.json");
    let mut schema: Value = serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    // The brackets of its patterns do not match, which is an error in most dialects.
    for definition in ["run", "toolComponent"] {
        schema["definitions"][definition]["properties"]["language"]["pattern"] = "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$".into();
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> =
        validator.iter_errors(&report).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let mut broken = report.clone();
    broken["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&broken), "the schema has no such level");
    let results = report["runs"][0]["results"].as_array().unwrap();
    let rules = report["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "new%2Cline%3D1%20100%2525%20%3C%26%3E.json");
        let line = place["region"]["startLine"].as_u64().unwrap();
        desk.is_at(result["message"]["text"].as_str().unwrap(), usize::try_from(line).unwrap());
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]));
    }
    let suppressed: Vec<&Value> = results.iter().filter(|result| result["suppressions"].is_array()).collect();
    assert_eq!(suppressed.len(), 1);
    assert_eq!(suppressed[0]["suppressions"][0]["justification"], "a < b & c");
}
