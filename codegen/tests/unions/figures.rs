//! Unions of real documents: imports from real protos, and suspected members without them.
//!
//! The figures are printed, and are those of `codegen/docs/measurements.md`.

use super::leave_out::leave_out;
use super::{document, protos, real};
use discovery_codegen::import::{self, Facts, MethodFact, proto};
use discovery_codegen::model::{Api, Method, Shape, Type};
use discovery_codegen::parser::{self, overlay};
use discovery_codegen::passes::overlay::{Mode, apply};
use discovery_codegen::source::Source;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, LazyLock};

/// Release of the documents, and options.
const RELEASE: &str = "2.202.0";

/// The complete Vertex AI document, and the facts of its protos.
static VERTEX_AI: LazyLock<(Api, Facts)> =
    LazyLock::new(|| facts(&real::document(RELEASE, "aiplatform.v1"), "google.cloud.aiplatform.v1"));

fn committed(file: &str) -> Arc<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let text = std::fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    Arc::new(Source::new(file, text))
}

fn facts(document: &Arc<Source>, package: &str) -> (Api, Facts) {
    let api = parser::read(document).unwrap();
    let protos = proto::compile(protos::folders(), Some(package), &api).unwrap();
    let facts = proto::facts(&api, &protos);
    (api, facts)
}

/// Prints a figure to standard error directly, since the test runner captures the output of passing tests.
fn print(figure: &str) {
    let _ = writeln!(std::io::stderr(), "{figure}");
}

/// Asserts that the measurements have a row.
fn is_in_measurements(row: &str) {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/measurements.md")).unwrap();
    assert!(readme.lines().any(|line| line == row), "codegen/docs/measurements.md has no line {row}");
}

/// Returns the number of unions of files directly below a folder, and of their members.
fn count(facts: &Facts, folder: &str) -> (usize, usize) {
    let here = facts.unions.iter().filter(|fact| {
        fact.source
            .reference
            .strip_prefix(folder)
            .is_some_and(|rest| rest.trim_start_matches('/').matches('/').count() == 0)
    });
    here.fold((0, 0), |(unions, members), fact| (unions + 1, members + fact.members.len()))
}

#[test]
fn every_union_of_vertex_ai() {
    let (_, facts) = &*VERTEX_AI;
    let (unions, members) = count(facts, "google/cloud/aiplatform/v1");
    let all: usize = facts.unions.iter().map(|fact| fact.members.len()).sum();
    let whole = facts.unions.len();
    print(&format!("aiplatform.v1: {unions} unions, {members} members; with what it imports {whole}, {all}"));
    assert_eq!((unions, members), (129, 336));
    is_in_measurements(&format!("| with subpackages and `google.longrunning` | {whole} | {all} |"));
}

/// Bindings of the protos that the document lacks, and those of them that are added.
#[test]
fn methods_that_vertex_ai_lacks() {
    let (api, facts) = &*VERTEX_AI;
    let added: Vec<&str> = facts.methods.iter().map(|fact| fact.name.as_str()).collect();
    // Its path results in the name of another method, of which Google's documents have one.
    assert_eq!(added, ["projects.locations.models.evaluations.slices.batchImportModelEvaluationSlices"]);
    let left_out: Vec<&String> = facts.unmatched.iter().filter(|line| line.contains("Service.")).collect();
    assert_eq!(left_out, [] as [&String; 0]);
    // Without its methods, all of them would be added, equal to those of the document.
    let mut bare = api.clone();
    bare.methods.clear();
    let protos = proto::compile(protos::folders(), Some("google.cloud.aiplatform.v1"), &bare).unwrap();
    let again = proto::facts(&bare, &protos).methods;
    let other: Vec<String> = again.iter().filter_map(|fact| difference(fact, api.methods.get(&fact.name))).collect();
    let (all, put_back) = (bindings_in_text("google.cloud.aiplatform.v1"), again.len());
    let row = format!("| {all} | {} | {put_back} | {} |", added.len(), put_back - other.len());
    print(&format!("aiplatform.v1: bindings, added, put back where it has no method, of these as it has them\n{row}"));
    let expected = [
        // Parameters that are newer than the protos.
        "projects.locations.endpoints.list: parameters",
        "projects.locations.indexEndpoints.mutateDeployedIndex: parameters",
        "projects.locations.ragCorpora.ragFiles.delete: parameters",
        // Of two methods with the same name, the first one keeps it.
        "projects.locations.models.evaluations.slices.batchImport: path, flat path, body, reply, parameters",
        "projects.locations.models.evaluations.slices.batchImportEvaluatedAnnotations: missing",
        // An upload, which is always named `media.upload`.
        "projects.locations.ragCorpora.ragFiles.upload: missing",
    ];
    assert_eq!(other.iter().map(String::as_str).collect::<BTreeSet<_>>(), BTreeSet::from(expected));
    is_in_measurements(&row);
}

/// Returns the number of bindings in the text of the protos.
fn bindings_in_text(package: &str) -> usize {
    let verbs = ["get:", "put:", "post:", "delete:", "patch:"];
    let count = |text: &String| text.split_whitespace().filter(|word| verbs.contains(word)).count();
    protos::texts(package).iter().map(count).sum()
}

/// Returns the unions in the proto texts of a package, of the schemas that are named after its messages.
fn stated(api: &Api, package: &str, prefix: &str) -> BTreeSet<(String, String, Vec<String>)> {
    let mut stated = BTreeSet::new();
    for (message, union, fields) in protos::texts(package).iter().flat_map(|text| protos::oneofs(text)) {
        let schema = format!("{prefix}{message}");
        let Some(Shape::Message(shape)) = api.schemas.get(&schema).map(|schema| &schema.shape) else { continue };
        let members: Vec<String> = fields.into_iter().filter(|field| shape.fields.contains_key(field)).collect();
        if !members.is_empty() {
            stated.insert((schema, union, members));
        }
    }
    stated
}

/// Returns the difference between a method made from protos and the document's own method of that name.
fn difference(fact: &MethodFact, method: Option<&Method>) -> Option<String> {
    let Some(method) = method else { return Some(format!("{}: missing", fact.name)) };
    let schema = |ty: &Option<Type>| ty.as_ref().and_then(|ty| ty.schema().map(str::to_owned));
    let mut mine: Vec<String> = (fact.parameters.iter())
        .map(|p| format!("{} {:?} {} {} {:?}", p.name, p.location, p.repeated, p.required, p.pattern))
        .collect();
    mine.sort();
    let theirs = (method.parameters.iter())
        .map(|(name, p)| format!("{name} {:?} {} {} {:?}", p.location, p.repeated, p.required, p.constraints.pattern));
    let differ = [
        ("verb", fact.http_method != method.http_method),
        ("path", fact.path != method.path.to_string()),
        ("flat path", Some(&fact.flat_path) != method.flat_path.as_ref()),
        ("body", fact.request != schema(&method.request)),
        ("reply", fact.response != schema(&method.response)),
        ("parameters", mine != theirs.collect::<Vec<_>>()),
    ];
    let differ: Vec<&str> = differ.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect();
    (!differ.is_empty()).then(|| format!("{}: {}", fact.name, differ.join(", ")))
}

/// Compares with the text of the protos, parsed without a compiler, for schemas that are named after messages.
#[test]
fn imported_unions_equal_those_of_the_text() {
    let (api, facts) = &*VERTEX_AI;
    let stated = stated(api, "google.cloud.aiplatform.v1", "GoogleCloudAiplatformV1");
    let found: BTreeSet<_> = facts
        .unions
        .iter()
        .filter(|fact| fact.schema.starts_with("GoogleCloudAiplatformV1"))
        .filter(|fact| fact.source.reference.matches('/').count() == 4)
        .map(|fact| (fact.schema.clone(), fact.name.clone(), fact.members.clone()))
        .collect();
    assert_eq!(stated.len(), 129);
    let strange: Vec<_> = stated.symmetric_difference(&found).collect();
    assert!(strange.is_empty(), "{strange:#?}");
}

/// Every version of the Gemini API. No package has its documents, so they are made from the messages of the protos. The
/// imported unions are compared with those of the proto texts.
#[test]
fn every_union_of_the_gemini_api() {
    let mut rows = Vec::new();
    for version in ["v1beta3", "v1beta", "v1"] {
        let package = format!("google.ai.generativelanguage.{version}");
        let document = document::of_package(&package);
        let (api, facts) = facts(&document, &package);
        let own = facts.unions.iter().filter(|fact| fact.source.reference.starts_with("google/ai/"));
        let found: BTreeSet<_> =
            own.map(|fact| (fact.schema.clone(), fact.name.clone(), fact.members.clone())).collect();
        let stated = stated(&api, &package, "");
        let strange: Vec<_> = stated.symmetric_difference(&found).collect();
        assert!(strange.is_empty(), "{version}: {strange:#?}");
        // All methods are added to a document without methods, and bindings are generated.
        let overlay = Arc::new(Source::new("overlay.toml", format!("package = \"{package}\"\n")));
        let written = import::import_protos(&document, &overlay, protos::folders()).unwrap();
        let notes = overlay::read(&Arc::new(Source::new("overlay.toml", written.text))).unwrap();
        let (whole, _) = apply(api, &notes, Mode::Strict).unwrap_or_else(|faults| panic!("{version}: {faults}"));
        let members: usize = found.iter().map(|(_, _, members)| members.len()).sum();
        let (bindings, added) = (bindings_in_text(&package), whole.methods.len());
        print(&format!("{package}: {} unions, {members} members; {bindings} bindings, {added} added", found.len()));
        assert_eq!(added, bindings, "{version}: {}", written.report);
        rows.push(format!("| `generativelanguage.{version}` | {} | {members} | {added} |", found.len()));
    }
    rows.iter().for_each(|row| is_in_measurements(row));
}

#[test]
fn every_union_of_the_committed_documents() {
    for (document, package) in [
        ("aiplatform.v1", "google.cloud.aiplatform.v1"),
        ("generativelanguage.v1beta", "google.ai.generativelanguage.v1beta"),
        ("generativelanguage.v1beta3", "google.ai.generativelanguage.v1beta3"),
    ] {
        let (_, facts) = facts(&committed(&format!("{document}.json")), package);
        let members: usize = facts.unions.iter().map(|fact| fact.members.len()).sum();
        print(&format!("{document} with the protos of {package}: {} unions, {members} members", facts.unions.len()));
        let notes = overlay::read(&committed(&format!("{document}.overlay.toml"))).unwrap();
        for fact in &facts.unions {
            let stated = notes.schemas.get(&fact.schema).and_then(|notes| notes.unions.get(&fact.name));
            let stated = stated.unwrap_or_else(|| panic!("{document}: {}.{} is not there", fact.schema, fact.name));
            for member in &fact.members {
                assert!(
                    stated.members.iter().any(|known| known.name() == member),
                    "{document}: {}.{member}",
                    fact.schema
                );
            }
        }
    }
}

#[test]
fn imports_reproduce_the_committed_overlays() {
    for document in ["aiplatform.v1", "generativelanguage.v1beta", "generativelanguage.v1beta3"] {
        let whole = committed(&format!("{document}.overlay.toml"));
        let without = without_protos(&whole.text);
        assert!(without.len() < whole.text.len());
        let bare = Arc::new(Source::new(whole.name.clone(), without));
        let written = import::import_protos(&committed(&format!("{document}.json")), &bare, protos::folders()).unwrap();
        print(&format!("{document}: {} facts from protos, as committed", written.report.added.len()));
        same(&facts_of(&written.text), &facts_of(&whole.text));
        let again = import::import_protos(&committed(&format!("{document}.json")), &whole, protos::folders()).unwrap();
        assert_eq!(again.text, whole.text, "{}", again.report);
    }
}

/// Returns an overlay without the unions, behaviors and operations that come from protos.
fn without_protos(text: &str) -> String {
    let mut text: toml_edit::DocumentMut = text.parse().unwrap();
    let from_proto = |item: &toml_edit::Item| {
        let kind = item.get("source").and_then(|source| source.get("kind")).and_then(|kind| kind.as_str());
        let other = |key| {
            item.get(key)
                .and_then(|names| names.as_array())
                .is_some_and(|names| names.iter().any(|name| !name.is_str()))
        };
        kind == Some("proto") && !other("members") && !other("not_members")
    };
    let tables = |item: &toml_edit::Item| -> Vec<String> {
        item.as_table().map(|table| table.iter().map(|(key, _)| key.to_owned()).collect()).unwrap_or_default()
    };
    for schema in tables(&text["schemas"]) {
        let schema = &mut text["schemas"][&schema];
        if schema.get("resource").is_some_and(from_proto) {
            schema.as_table_mut().unwrap().remove("resource");
        }
        if let Some(unions) = schema.get_mut("unions") {
            for union in tables(unions) {
                if from_proto(&unions[&union]) {
                    unions.as_table_mut().unwrap().remove(&union);
                }
            }
        }
        if let Some(properties) = schema.get_mut("properties") {
            for property in tables(properties) {
                if from_proto(&properties[&property]) {
                    let property = properties[&property].as_table_mut().unwrap();
                    property.remove("behavior");
                    property.remove("source");
                }
            }
        }
    }
    for method in tables(&text["methods"]) {
        let method = text["methods"][&method].as_table_mut().unwrap();
        // Protos do not state how to poll.
        if method.get("operation").is_some_and(|operation| from_proto(operation) && operation.get("poll").is_none()) {
            method.remove("operation");
        }
    }
    text.to_string()
}

/// Returns the facts of an overlay that come from protos, in the order of its keys, without docs.
fn facts_of(text: &str) -> Vec<String> {
    let overlay = overlay::read(&Arc::new(Source::new("overlay.toml", text))).unwrap();
    let mut lines = Vec::new();
    for (schema, notes) in &overlay.schemas {
        lines.extend(notes.resource.as_ref().map(|resource| format!("{schema} {resource:?}")));
        for (union, notes) in &notes.unions {
            lines.push(format!("{schema}.{union} {:?} {:?} {:?}", notes.members, notes.not_members, notes.source));
        }
        for (property, notes) in notes.properties.iter().filter(|(_, notes)| !notes.behavior.is_empty()) {
            lines.push(format!("{schema}.{property} {:?} {:?}", notes.behavior, notes.source));
        }
    }
    for (method, notes) in &overlay.methods {
        if let Some(operation) = &notes.operation {
            lines.push(format!("{method} {operation:?}"));
        }
    }
    lines
}

fn same(left: &[String], right: &[String]) {
    let only =
        |a: &[String], b: &[String]| a.iter().filter(|line| !b.contains(line)).cloned().collect::<Vec<_>>().join("\n");
    assert!(left == right, "imported only:\n{}\ncommitted only:\n{}", only(left, right), only(right, left));
}

/// Hides each member once, a tenth of them at a time, and checks which are suspected. Properties that only the document
/// has are not counted, since no source states their membership.
#[test]
fn hidden_members_are_suspected() {
    let (api, facts) = &*VERTEX_AI;
    let mut api = api.clone();
    let with_docs = leave_out(&api, facts);
    for schema in api.schemas.values_mut() {
        if let Shape::Message(message) = &mut schema.shape {
            message.fields.values_mut().for_each(|field| field.doc = None);
        }
    }
    let bare = leave_out(&api, facts);
    for (variant, found) in [("with descriptions", with_docs), ("stripped", bare)] {
        let row = format!(
            "| {variant} | {:.3} | {:.3} | {:.3} | {:.3} |",
            found.precision(found.wrong),
            found.precision(found.wrong_after_import),
            found.recall(found.hidden),
            found.recall(found.hidden - found.last)
        );
        print(&format!(
            "leave-one-out of {} members: document, precision, after an import, recall, recall where others are left\n{row}",
            found.hidden
        ));
        is_in_measurements(&row);
        assert!(found.precision(found.wrong_after_import) > 0.95);
        assert!(found.recall(found.hidden) > 0.6);
    }
}
