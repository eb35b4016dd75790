//! The command `diff`: inputs, outputs and exit codes.

use crate::support::desk::{Desk, json, text};
use crate::support::examples::{edit, garden};
use crate::support::pairs::pets;
use serde_json::Value;
use std::io::Write;
use std::path::Path;

const NEW_VALUE: &str = r#"/schemas/Plant/properties/state/enum = ["ALIVE", "ASLEEP", "DEAD"]"#;
const NO_LABEL: &str = "/schemas/Plant/properties/label = null";

fn two(desk: &Desk, edits: &[&str]) {
    desk.put("old.json", garden());
    desk.put("new.json", edit(garden(), edits));
}

#[test]
fn json_reports() {
    let desk = Desk::new();
    let words = r#"/schemas/Plant/properties/state/enumDescriptions = ["It grows.", "It rests.", "It does not."]"#;
    two(&desk, &[NEW_VALUE, words, r#"/revision = "20260202""#]);
    let report = json(&desk.diff(&["old.json", "new.json", "--format", "json"]));
    assert_eq!(report["semver"], "minor");
    assert_eq!(report["old"]["id"], "garden:v1");
    assert_eq!((&report["old"]["revision"], &report["new"]["revision"]), (&"20260101".into(), &"20260202".into()));
    let changes = report["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1);
    let change = &changes[0];
    let values = ["rule", "wire", "rust", "subject", "direction", "after"].map(|key| change[key].as_str().unwrap());
    assert_eq!(values, ["enum-value-added", "safe", "minor", "schemas.Plant.properties.state", "both", "ASLEEP"]);
    assert_eq!(change["before"], Value::Null);
    assert_eq!(change["includes"], Value::Array(Vec::new()));
    let methods = ["plants.create", "plants.get", "plants.list", "plants.prune", "plants.rename"];
    assert_eq!(change["methods"], serde_json::json!(methods));
    assert_eq!(change["fingerprint"].as_str().unwrap().len(), 16);
}

#[test]
fn a_changed_document_version_is_no_finding() {
    let document = |title: &str, version: &str| {
        format!(
            "openapi: 3.0.3\ninfo: {{title: {title}, version: {version}}}\nservers: [{{url: 'https://x.example.com'}}]\n\
             paths: {{/pets: {{get: {{operationId: listPets, responses: {{'200': {{description: x}}}}}}}}}}\n"
        )
    };
    let desk = Desk::new();
    desk.put("old.yaml", document("Pets", "1.0.0"));
    desk.put("new.yaml", document("Pets", "1.1.0"));
    desk.put("other.yaml", document("Toys", "1.1.0"));
    for (new, title) in [("new.yaml", "Pets, 1.0.0 → 1.1.0"), ("other.yaml", "old → other, 1.0.0 → 1.1.0")] {
        let output = desk.diff(&["old.yaml", new]);
        let text = text(&output.stdout);
        assert!(text.starts_with(title), "{text}");
        assert_eq!(text.contains("Nothing changed."), new == "new.yaml", "{text}");
        for format in ["markdown", "html", "junit", "sarif", "github"] {
            let output = desk.diff(&["old.yaml", new, "--format", format]);
            let report = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(report.contains("1.0.0") && report.contains("1.1.0"), "{format}: {report}");
        }
    }
}

#[test]
fn nothing_changed() {
    let desk = Desk::new();
    two(&desk, &[]);
    let report = json(&desk.diff(&["old.json", "new.json", "--format", "json", "--fail-on", "risky"]));
    assert_eq!((&report["semver"], &report["changes"]), (&"none".into(), &Value::Array(Vec::new())));
    assert!(text(&desk.diff(&["old.json", "new.json"]).stdout).contains("Nothing changed."));
}

#[test]
fn failing_findings_have_exit_code_one() {
    let desk = Desk::new();
    two(&desk, &[NO_LABEL]);
    let code = |args: &[&str]| desk.diff(&[&["old.json", "new.json"], args].concat()).status.code();
    assert_eq!(code(&[]), Some(0));
    assert_eq!(code(&["--fail-on", "breaking"]), Some(1));
    assert_eq!(code(&["--fail-on", "risky"]), Some(1));
    assert_eq!(code(&["--fail-on", "never"]), Some(0));
    assert_eq!(code(&["--fail-on", "breaking", "--include", "beds.**"]), Some(0));
    two(&desk, &["/schemas/Plant/properties/created = null"]);
    assert_eq!(code(&["--fail-on", "breaking"]), Some(0));
    assert_eq!(code(&["--fail-on", "risky"]), Some(1));
}

#[test]
fn one_scope_on_many_methods_is_one_finding() {
    let desk = Desk::new();
    let both = r#" = ["https://x.com/auth/garden", "https://x.com/auth/water"]"#;
    let edits: Vec<String> = ["get", "delete", "prune", "rename"]
        .iter()
        .map(|m| format!("/resources/plants/methods/{m}/scopes{both}"))
        .collect();
    let one = r#"/resources/plants/methods/get/scopes = ["https://x.com/auth/garden"]"#;
    let start: Vec<String> =
        ["get", "delete", "prune", "rename"].iter().map(|m| one.replace("/get/", &format!("/{m}/"))).collect();
    let list = |edits: &[String]| edits.iter().map(String::as_str).map(str::to_owned).collect::<Vec<_>>();
    let refs = |edits: Vec<String>| edit(garden(), &edits.iter().map(String::as_str).collect::<Vec<_>>());
    desk.put("old.json", refs(list(&start)));
    desk.put("new.json", refs(list(&edits)));
    let report = json(&desk.diff(&["old.json", "new.json", "--format", "json"]));
    let changes = report["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{changes:#?}");
    assert_eq!(changes[0]["includes"].as_array().unwrap().len(), 4);
    assert_eq!(changes[0]["methods"].as_array().unwrap().len(), 4);
}

#[test]
fn accepted_changes_do_not_fail_and_stale_entries_do() {
    let desk = Desk::new();
    two(&desk, &[NO_LABEL]);
    let report = json(&desk.diff(&["old.json", "new.json", "--format", "json"]));
    let fingerprint = report["changes"][0]["fingerprint"].as_str().unwrap().to_owned();
    let entry = |fingerprint: &str, reason: &str, expires: &str| {
        format!("[[accept]]\nfingerprint = \"{fingerprint}\"\nreason = \"{reason}\"\nexpires = {expires}\n")
    };
    let run = |accept: String| {
        desk.put("accept.toml", accept);
        desk.diff(&["old.json", "new.json", "--fail-on", "breaking", "--accept", "accept.toml"])
    };
    let fine = run(entry(&fingerprint, "no client reads labels", "2999-01-01"));
    assert_eq!(fine.status.code(), Some(0), "{}", text(&fine.stderr));
    assert!(text(&fine.stdout).contains("accepted: no client reads labels"));
    for (accept, message) in [
        (entry("0000000000000000", "x", "2999-01-01"), "stale"),
        (entry(&fingerprint, "x", "2020-01-01"), "expired"),
        (entry(&fingerprint, " ", "2999-01-01"), "no reason"),
        (entry(&fingerprint, "x", "\"soon\""), "expected a TOML datetime"),
        ("[[accept]]\nfingerprint = \"a\"\n".into(), "missing key"),
    ] {
        let wrong = run(accept);
        assert_eq!(wrong.status.code(), Some(2));
        let error = text(&wrong.stderr);
        assert!(error.contains(message) && error.contains("accept.toml"), "{message} in\n{error}");
    }
}

#[test]
fn fingerprints_are_stable() {
    let desk = Desk::new();
    let of = |edits: &[&str], args: &[&str]| -> String {
        two(&desk, edits);
        let report = json(&desk.diff(&[&["old.json", "new.json", "--format", "json"], args].concat()));
        let changes = report["changes"].as_array().unwrap().clone();
        let label = changes.iter().find(|c| c["subject"] == "schemas.Plant.properties.label").unwrap();
        label["fingerprint"].as_str().unwrap().to_owned()
    };
    let alone = of(&[NO_LABEL], &[]);
    assert_eq!(alone, of(&[NO_LABEL, NEW_VALUE], &[]));
    assert_eq!(alone, of(&[NO_LABEL], &["--include", "plants.get"]));
    assert_ne!(alone, of(&["/schemas/Plant/properties/label/deprecated = true"], &[]));
}

#[test]
fn either_side_can_be_a_url() {
    let desk = Desk::new();
    two(&desk, &[NEW_VALUE]);
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/new.json", server.local_addr().unwrap());
    let body = std::fs::read_to_string(desk.0.path().join("new.json")).unwrap();
    let serving = std::thread::spawn(move || {
        for answer in ["200 OK", "404 Not Found"] {
            let (mut client, _) = server.accept().unwrap();
            let mut head = [0; 4096];
            let _ = std::io::Read::read(&mut client, &mut head).unwrap();
            let length = body.len();
            write!(client, "HTTP/1.1 {answer}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}").unwrap();
        }
    });
    let report = json(&desk.diff(&["old.json", &address, "--format", "json"]));
    assert_eq!((&report["semver"], &report["changes"][0]["rule"]), (&"minor".into(), &"enum-value-added".into()));
    let missing = desk.diff(&["old.json", &address]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).contains("404"), "{}", text(&missing.stderr));
    serving.join().unwrap();
}

#[test]
fn documents_of_both_formats_can_state_unions() {
    let desk = Desk::new();
    let pot = |unions: &str| {
        format!(
            r#"{{"openapi": "3.0.3", "info": {{"title": "Pots", "version": "v1"}}, "paths": {{}}, "components": {{"schemas": {{"Pot":
            {{"type": "object", "properties": {{"clay": {{"type": "string"}}, "tin": {{"type": "string"}}}}{unions}}}}}}}}}"#
        )
    };
    desk.put("old.json", pot(""));
    desk.put("new.json", pot(r#", "x-unions": {"stuff": ["clay", "tin"]}"#));
    let openapi = json(&desk.diff(&["old.json", "new.json", "--format", "json"]));
    two(&desk, &[r#"/schemas/Kind/x-unions = {"stuff": ["latin", "family"]}"#]);
    let discovery = json(&desk.diff(&["old.json", "new.json", "--format", "json"]));
    for (report, subject) in [(openapi, "schemas.Pot.unions.stuff"), (discovery, "schemas.Kind.unions.stuff")] {
        let change = &report["changes"][0];
        assert_eq!((&change["rule"], &change["subject"]), (&"union-formed".into(), &subject.into()), "{report:#}");
    }
}

#[test]
fn overlays_of_both_sides_are_used_and_may_be_outdated() {
    let desk = Desk::new();
    two(&desk, &[]);
    let union = "[schemas.Kind.unions.naming]\nmembers = [\"latin\", \"family\"]\nsource = { kind = \"manual\", ref = \"a test\" }\n";
    let strange =
        "[schemas.Gone.properties.x]\nbehavior = [\"immutable\"]\nsource = { kind = \"manual\", ref = \"a test\" }\n";
    let overlay = desk.put("kind.toml", format!("{union}{strange}"));
    let overlay = overlay.to_str().unwrap();
    let report = json(&desk.diff(&["old.json", "new.json", "--new-overlay", overlay, "--format", "json"]));
    assert_eq!(report["changes"][0]["rule"], "union-formed", "{report:#}");
    assert_eq!(report["changes"][0]["includes"].as_array().unwrap().len(), 2);
    assert!(report["notes"][0].as_str().unwrap().contains("Gone"), "{report:#}");
    let both = json(&desk.diff(&[
        "old.json",
        "new.json",
        "--old-overlay",
        overlay,
        "--new-overlay",
        overlay,
        "--format",
        "json",
    ]));
    assert_eq!(both["semver"], "none");
}

#[test]
fn a_lock_keeps_the_order_of_arguments() {
    let desk = Desk::new();
    let order = r#"/resources/plants/methods/list/parameterOrder = ["shape", "season"]"#;
    desk.put("old/x.json", garden());
    desk.put("new/x.json", edit(garden(), &[order]));
    let semver = || json(&desk.diff(&["old/x.json", "new/x.json", "--format", "json"]))["semver"].clone();
    assert_eq!(semver(), "major");
    let lock = "[\"positions plants.list\"]\nseason = \"0\"\nshape = \"1\"\n";
    desk.put("old/x.lock.toml", lock);
    assert_eq!(semver(), "none");
}

#[test]
fn a_comment_fits_and_counts_omitted_findings() {
    let desk = Desk::new();
    let edits: Vec<String> = (0..1800)
        .map(|n| format!("/schemas/Plant/properties/a{n}LongEnoughToFillAComment = {{\"type\": \"string\"}}"))
        .collect();
    two(&desk, &edits.iter().map(String::as_str).chain([NO_LABEL]).collect::<Vec<_>>());
    let page = text(&desk.diff(&["old.json", "new.json", "--format", "markdown"]).stdout);
    assert!(page.encode_utf16().count() <= 65_536);
    assert!(page.contains("more did not fit here"), "{}", &page[page.len() - 300..]);
    assert!(page.find("`Plant.label`").unwrap() < page.find("🟢 Safe").unwrap());
    assert_eq!(page.matches("<details>").count(), page.matches("</details>").count());
}

#[test]
fn document_texts_are_escaped_on_a_page() {
    let desk = Desk::new();
    let nasty = r#"/schemas/Plant/properties/x<script>alert(1)<~1script>`@you`\u001b[31m = {"type": "string", "description": "<img src=x onerror=alert(1)>\n\nMore."}"#;
    desk.put("old.json", garden());
    let mut new = garden();
    let (pointer, value) = nasty.split_once(" = ").unwrap();
    let name = pointer.rsplit_once("properties/").unwrap().1.replace("~1", "/").replace("\\u001b", "\u{1b}");
    new["schemas"]["Plant"]["properties"][name] = serde_json::from_str(value).unwrap();
    desk.put("new.json", new);
    let page = text(&desk.diff(&["old.json", "new.json", "--format", "html"]).stdout);
    assert!(!page.contains("<script>alert") && !page.contains("<img") && !page.contains('\u{1b}'));
    assert_eq!(page.matches("<script").count(), 2);
    assert!(page.contains("alert(1)&gt; More.</blockquote>"), "a description is one line");
    let comment = text(&desk.diff(&["old.json", "new.json", "--format", "markdown"]).stdout);
    assert!(!comment.contains('\u{1b}') && !comment.contains(" @you"));
    assert!(!text(&desk.diff(&["old.json", "new.json"]).stdout).contains('\u{1b}'));
}

#[test]
fn a_page_is_self_contained() {
    let desk = Desk::new();
    two(&desk, &[NO_LABEL, NEW_VALUE]);
    let path = Path::new("page.html");
    let output = desk.diff(&["old.json", "new.json", "--format", "html", "--output", "page.html"]);
    assert!(output.stdout.is_empty() && output.status.success());
    let page = std::fs::read_to_string(desk.0.path().join(path)).unwrap();
    assert!(!page.contains("src=") && !page.contains("<link") && !page.contains("{{"));
    for part in [
        "id=\"bar\" hidden",
        "data-w=breaking",
        "pub label: Option&lt;String&gt;",
        "plants.create",
        "prefers-color-scheme",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn placeholders_in_a_document_are_text() {
    let desk = Desk::new();
    two(&desk, &[NO_LABEL, r#"/revision = "{{body}}{{script}}""#]);
    let page = text(&desk.diff(&["old.json", "new.json", "--format", "html"]).stdout);
    assert!(page.contains("<span>{{body}}{{script}}</span>"), "the page contains the revision");
    assert_eq!(page.matches("<p class=step>").count(), 1);
    let same = text(&desk.diff(&["old.json", "old.json", "--format", "html"]).stdout);
    assert!(same.contains("<p class=step><span>20260101</span></p>"), "equal revisions are shown once");
    assert_eq!(page.matches("data-w=breaking").count(), 1);
    assert_eq!(page.matches("<script").count(), 2);
}

#[test]
fn rust_verdicts_fail_too() {
    let desk = Desk::new();
    let code = |args: &[&str]| desk.diff(&[&["old.json", "new.json"], args].concat()).status.code();
    two(&desk, &[NEW_VALUE]);
    assert_eq!(code(&["--fail-on", "major"]), Some(0));
    assert_eq!(code(&["--fail-on", "breaking,minor"]), Some(1));
    two(&desk, &["/schemas/Lonely = null"]);
    assert_eq!(code(&["--fail-on", "breaking"]), Some(0));
    assert_eq!(code(&["--fail-on", "breaking", "--fail-on", "major"]), Some(1));
}

#[test]
fn text_fits_its_width_and_is_limited() {
    let desk = Desk::new();
    two(&desk, &[NO_LABEL, NEW_VALUE, "/schemas/Lonely = null"]);
    let text = |args: &[&str]| text(&desk.diff(&[&["old.json", "new.json"], args].concat()).stdout);
    let all = text(&[]);
    assert!(all.contains("Plant.label removed") && all.contains("Lonely removed"), "{all}");
    assert!(all.lines().all(|line| line.chars().count() <= 100), "{all}");
    let breaking = text(&["--severity", "breaking"]);
    assert!(breaking.contains("Plant.label removed") && !breaking.contains("Lonely removed"), "{breaking}");
    assert!(breaking.contains("3 findings not shown"), "{breaking}");
    assert!(text(&["--limit", "1"]).contains("3 findings not shown"));
}

#[test]
fn accepted_changes_are_written_by_the_command() {
    let desk = Desk::new();
    two(&desk, &[NO_LABEL]);
    let report = json(&desk.diff(&["old.json", "new.json", "--format", "json"]));
    let fingerprint = report["changes"][0]["fingerprint"].as_str().unwrap();
    desk.put("accept.toml", "# Reviewed.\n");
    let capitals = fingerprint.to_ascii_uppercase();
    for reason in ["first", "nobody \"reads\" labels"] {
        let added = desk.diff(&["accept", fingerprint, &capitals, "--reason", reason, "--until", "2999-01-01"]);
        assert!(added.status.success(), "{}", text(&added.stderr));
    }
    let file = std::fs::read_to_string(desk.0.path().join("accept.toml")).unwrap();
    assert!(file.starts_with("# Reviewed.") && file.matches("[[accept]]").count() == 1, "{file}");
    let gate = ["old.json", "new.json", "--fail-on", "breaking", "--accept", "accept.toml"];
    assert_eq!(desk.diff(&gate).status.code(), Some(0));
    for (args, error) in [
        (["accept", "xyz", "--reason", "x", "--until", "2999-01-01"], "invalid fingerprint"),
        (["accept", fingerprint, "--reason", " ", "--until", "2999-01-01"], "empty reason"),
        (["accept", fingerprint, "--reason", "x", "--until", "soon"], "invalid day"),
    ] {
        let wrong = desk.diff(&args);
        assert_eq!(wrong.status.code(), Some(2));
        assert!(text(&wrong.stderr).contains(error), "{}", text(&wrong.stderr));
    }
}

#[test]
fn rules_are_listed_and_explained() {
    let desk = Desk::new();
    let list = text(&desk.diff(&["rules"]).stdout);
    assert!(list.lines().any(|line| line.starts_with("property-removed ") && line.ends_with("major")), "{list}");
    let one = text(&desk.diff(&["rules", "property-removed"]).stdout);
    assert!(
        one.contains("Example:") && one.contains("breaking if requests contain it, risky if responses do"),
        "{one}"
    );
    let wrong = desk.diff(&["rules", "property-remove"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(text(&wrong.stderr).contains("did you mean `property-removed`"), "{}", text(&wrong.stderr));
}

#[test]
fn formats_of_services() {
    let desk = Desk::new();
    two(&desk, &[NO_LABEL, NEW_VALUE, r#"/revision = "<a>\n::error::x""#]);
    let pretty = |value: Value| serde_json::to_string_pretty(&value).unwrap();
    desk.put("new.json", pretty(edit(garden(), &[NO_LABEL, NEW_VALUE])));
    let report = |format: &str| text(&desk.diff(&["old.json", "new.json", "--format", format]).stdout);
    let github = report("github");
    let annotation = github.lines().find(|line| line.starts_with("::error file=new.json,line=")).expect(&github);
    assert!(annotation.contains("Plant.label removed"), "{annotation}");
    let line: usize = annotation.split("line=").nth(1).unwrap().split(',').next().unwrap().parse().unwrap();
    let new = std::fs::read_to_string(desk.0.path().join("new.json")).unwrap();
    assert!(new.lines().nth(line - 1).unwrap().contains("\"Plant\""), "line {line}");
    let junit = report("junit");
    assert!(junit.contains("failures=\"1\"") && junit.contains("<failure type=\"breaking\""), "{junit}");
    let sarif: Value = serde_json::from_str(&report("sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!((&results[0]["ruleId"], &results[0]["level"]), (&"property-removed".into(), &"error".into()));
    assert_eq!(results[0]["locations"][0]["physicalLocation"]["region"]["startLine"], line);
}

/// An added document is a minor change, and fails a gate of minor changes.
#[test]
fn added_documents_fail_a_gate_of_minor_changes() {
    let desk = Desk::new();
    for path in ["old/a.json", "new/a.json", "new/b.json"] {
        desk.put(path, garden());
    }
    let code = |level: &str| desk.diff(&["old", "new", "--fail-on", level]).status.code();
    assert_eq!((code("minor"), code("major")), (Some(1), Some(0)));
}

/// A finding that was accepted in one API is not accepted in another.
#[test]
fn accepted_findings_are_of_one_api() {
    let desk = Desk::new();
    let other = r#"/name = "orchard""#;
    for (path, edits) in [
        ("old/a.json", vec![]),
        ("new/a.json", vec![NO_LABEL]),
        ("old/b.json", vec![other]),
        ("new/b.json", vec![other, NO_LABEL]),
    ] {
        desk.put(path, edit(garden(), &edits));
    }
    let report = json(&desk.diff(&["old", "new", "--format", "json"]));
    let fingerprints = |api: usize| -> Vec<String> {
        let changes = report["apis"][api]["changes"].as_array().unwrap();
        changes.iter().map(|change| change["fingerprint"].as_str().unwrap().to_owned()).collect()
    };
    let (a, b) = (fingerprints(0), fingerprints(1));
    assert!(!a.is_empty() && a.len() == b.len() && a.iter().all(|fingerprint| !b.contains(fingerprint)), "{a:?} {b:?}");
}

#[test]
fn folders_with_renamed_and_invalid_documents() {
    let desk = Desk::new();
    desk.put("old/garden-v1.json", garden());
    desk.put("new/garden.v1.json", edit(garden(), &[NEW_VALUE]));
    let report = json(&desk.diff(&["old", "new", "--format", "json"]));
    assert_eq!(
        (&report["semver"], &report["removed"], &report["added"]),
        (&"minor".into(), &Value::Array(vec![]), &Value::Array(vec![]))
    );

    // The others are compared, and the exit code is that of an invalid document.
    desk.put("old/broken.json", garden());
    desk.put("new/broken.json", "{");
    let output = desk.diff(&["old", "new", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["semver"], "minor");
    assert!(text(&output.stderr).contains("broken.json"), "{}", text(&output.stderr));

    // One that is added is checked as well, since it is no API.
    std::fs::remove_file(desk.0.path().join("old/broken.json")).unwrap();
    let output = desk.diff(&["old", "new", "--format", "json"]);
    assert_eq!(output.status.code(), Some(2));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["added"], Value::Array(vec![]));
}

/// Configurations of editors, and parts to which documents refer.
#[test]
fn folders_with_files_that_are_no_documents() {
    let desk = Desk::new();
    let pets = "openapi: 3.1.0\ninfo: {title: A, version: '1'}\nservers: [{url: 'https://a.example.com'}]\npaths: {}\n";
    for (folder, part) in [("old", "{type: string}"), ("new", "{type: integer}")] {
        desk.put(
            &format!("{folder}/pets.yaml"),
            format!("{pets}components: {{schemas: {{A: {{$ref: 'part.yaml#/A'}}}}}}"),
        );
        desk.put(&format!("{folder}/part.yaml"), format!("A: {part}"));
        desk.put(&format!("{folder}/{folder}.json"), r#"{"tabs": 2}"#);
    }
    let report = json(&desk.diff(&["old", "new", "--format", "json"]));
    assert_eq!((&report["added"], &report["removed"]), (&Value::Array(vec![]), &Value::Array(vec![])));
    assert_eq!(report["apis"].as_array().map(Vec::len), Some(1), "{report}");
}

#[test]
fn words_of_text_are_separated() {
    let desk = Desk::new();
    desk.put("old/a.json", edit(garden(), &[r#"/id = "shed:v1""#, r#"/name = "shed""#]));
    desk.put("new/b.json", garden());
    let report = text(&desk.diff(&["old", "new"]).stdout);
    assert!(report.contains("a removed") && report.contains("b added"), "{report}");
}

/// Values that the message states are not repeated, and lists of names have no brackets.
#[test]
fn values_are_words() {
    let desk = Desk::new();
    let pet = |kinds: &str| format!(r##"/components/schemas/New/properties/pet = {{"oneOf": [{kinds}]}}"##);
    let [aa, bb] = ["Aa", "Bb"].map(|name| format!(r##"{{"$ref": "#/components/schemas/{name}"}}"##));
    desk.put("old.json", edit(pets(), &[&pet(&format!("{aa}, {bb}"))]));
    desk.put("new.json", edit(pets(), &[&pet(&format!("{bb}, {aa}")), r#"/security = [{"key": []}]"#]));
    let markdown = text(&desk.diff(&["old.json", "new.json", "--format", "markdown"]).stdout);
    assert!(markdown.contains("methods require credentials: `none` → `header x-key`"), "{markdown}");
    assert!(!markdown.contains('['), "{markdown}");
}
