//! Unions: imported from protos and pages, and watched.
//!
//! The figures over real documents need them: `DISCOVERY_DOCUMENTS` names the folder of documents that
//! google-api-python-client carries, `PROTO_PATH` the folders of protos (`build/protos` of the npm packages
//! `@google-cloud/aiplatform`, `@google-ai/generativelanguage` and `google-gax`), joined as in `PATH`. Without them
//! these tests say so and check nothing.

use discovery_codegen::model::{Api, Shape, Union};
use discovery_codegen::passes::unions::{self, Facts, check, proto};
use discovery_codegen::source::Source;
use discovery_codegen::spec::{self, overlay};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn source(path: &Path) -> Arc<Source> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    Arc::new(Source::new(path.file_name().unwrap().to_string_lossy(), text))
}

fn zoo(file: &str) -> Arc<Source> {
    source(&root().join("tests/documents/unions").join(file))
}

fn committed(file: &str) -> Arc<Source> {
    source(&root().join("spec").join(file))
}

fn notes(text: &str) -> Arc<Source> {
    Arc::new(Source::new("zoo.overlay.toml", text))
}

fn import(overlay: &str) -> unions::write::Written {
    unions::import_protos(&zoo("zoo.json"), &notes(overlay), &[root().join("tests/documents/unions")]).unwrap()
}

const FROM_PROTO: &str = r#"package = "example.zoo.v1"

[schemas.Animal.unions.food]
members = ["meat", "hay", "leftovers"]
source = { kind = "proto", ref = "zoo.proto" }

[schemas.Door.unions.lock]
members = ["keyNumber"]
source = { kind = "proto", ref = "zoo.proto" }

[schemas.Origin.unions.origin]
members = ["farm"]
source = { kind = "proto", ref = "zoo.proto" }
"#;

#[test]
fn protos_state_unions() {
    let written = import("");
    assert_eq!(written.text, FROM_PROTO);
    // What could not be brought together is listed, each with its reason.
    let report = written.report.to_string();
    for part in [
        "secret`: `Animal` has none of its members",
        "no message of `example.zoo.v1` or of what it imports has the name of: Fish",
        "google/api/annotations.proto",
    ] {
        assert!(report.contains(part), "{part} in\n{report}");
    }
}

#[test]
fn an_import_run_twice_changes_nothing() {
    let again = import(FROM_PROTO);
    assert_eq!(again.text, FROM_PROTO);
    assert_eq!(again.report.added, [] as [String; 0]);
}

#[test]
fn what_a_person_wrote_stays() {
    let by_hand = r#"# Our zoo.
package = "example.zoo.v1"

[schemas.Animal]
doc = "An animal." # short

# We asked the keeper.
[schemas.Animal.unions.food]
members = ["meat", "hay"]
source = { kind = "manual", ref = "the keeper" }

[schemas.Animal.properties.name]
doc = "Its name."

[schemas.Fish]
doc = "It swims."
"#;
    let written = import(by_hand);
    let with_lock = by_hand.replace(
        "[schemas.Fish]",
        "[schemas.Door.unions.lock]\nmembers = [\"keyNumber\"]\nsource = { kind = \"proto\", ref = \"zoo.proto\" }\n\n[schemas.Fish]",
    );
    let expected = with_lock
        + "\n[schemas.Origin.unions.origin]\nmembers = [\"farm\"]\nsource = { kind = \"proto\", ref = \"zoo.proto\" }\n";
    assert_eq!(written.text, expected);
    let report = written.report.disagreements.join("\n");
    for part in ["`Animal.food`", "has `leftovers` in it", "the keeper", "manual"] {
        assert!(report.contains(part), "{part} in\n{report}");
    }
}

#[test]
fn a_union_that_grew_grows_in_the_overlay() {
    let older = FROM_PROTO.replace(", \"leftovers\"", "");
    assert_eq!(import(&older).text, FROM_PROTO);
}

#[test]
fn a_member_that_is_elsewhere_is_a_disagreement() {
    let other = FROM_PROTO.replace("[schemas.Animal.unions.food]", "[schemas.Animal.unions.diet]");
    let written = import(&other);
    assert_eq!(written.text, other);
    assert!(written.report.disagreements.iter().any(|line| line.contains("in `diet`")), "{}", written.report);
}

#[test]
fn protos_of_another_package_are_an_error_with_the_nearest() {
    let error = unions::import_protos(
        &zoo("zoo.json"),
        &notes("package = \"example.zoo.v2\"\n"),
        &[root().join("tests/documents/unions")],
    )
    .unwrap_err()
    .render(false);
    for part in ["no file below the proto paths is of the package `example.zoo.v2`", "did you mean `example.zoo.v1`?"] {
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn a_page_in_html_and_german() {
    let written = unions::import_page(&zoo("zoo.json"), &notes(""), &zoo("animal.html")).unwrap();
    let expected = r#"[schemas.Animal.unions.food]
members = ["meat", "hay", "fish"]
source = { kind = "reference", ref = "https://zoo.example.com/docs/animals" }
"#;
    assert_eq!(written.text, expected);
    assert_eq!(written.report.unmatched.len(), 1, "{}", written.report);
    assert!(written.report.unmatched[0].contains("the union `button`"));
}

#[test]
fn a_page_in_korean_whose_headings_are_translated() {
    let written = unions::import_page(&zoo("zoo.json"), &notes(""), &zoo("door.ko.txt")).unwrap();
    assert!(written.text.contains("[schemas.Door.unions.lock]\nmembers = [\"keyNumber\"]"), "{}", written.text);
}

#[test]
fn a_page_of_tuned_models_in_japanese_gives_its_four_unions() {
    let page = zoo("tuned_model.ja.txt");
    for document in ["generativelanguage.v1beta.json", "generativelanguage.v1beta3.json"] {
        let written = unions::import_page(&committed(document), &notes(""), &page).unwrap();
        let expected = r#"[schemas.Dataset.unions.dataset]
members = ["examples"]
source = { kind = "reference", ref = "tuned_model.ja.txt" }

[schemas.Hyperparameters.unions.learning_rate_option]
members = ["learningRate", "learningRateMultiplier"]
source = { kind = "reference", ref = "tuned_model.ja.txt" }

[schemas.TunedModel.unions.source_model]
members = ["tunedModelSource", "baseModel"]
source = { kind = "reference", ref = "tuned_model.ja.txt" }

[schemas.TuningExample.unions.model_input]
members = ["textInput"]
source = { kind = "reference", ref = "tuned_model.ja.txt" }
"#;
        assert_eq!(written.text, expected);
        // The committed overlay knows them already.
        let overlay = committed(&document.replace(".json", ".overlay.toml"));
        let again = unions::import_page(&committed(document), &overlay, &page).unwrap();
        assert_eq!(again.text, overlay.text, "{}", again.report);
    }
}

#[test]
fn what_looks_like_a_member_is_shown_with_evidence() {
    let report = unions::check(&zoo("zoo.json"), &notes(FROM_PROTO)).unwrap();
    assert!(report.is_settled(), "{:?}", report.unknown);

    let overlay = committed("aiplatform.v1.overlay.toml");
    let older = overlay.text.lines().map(|line| match line.strip_prefix("members = [\"supervisedTuningSpec\"") {
        Some(_) => "members = [\"supervisedTuningSpec\"]",
        None => line,
    });
    let older = Arc::new(Source::new("older", older.collect::<Vec<_>>().join("\n")));
    assert_ne!(older.text, overlay.text.trim_end());
    let report = unions::check(&committed("aiplatform.v1.json"), &older).unwrap();
    let shown: Vec<String> = report.unknown.iter().map(ToString::to_string).collect();
    assert_eq!(shown.len(), 1, "{shown:?}");
    for part in
        ["TuningJob.preferenceOptimizationSpec`: membership unknown", "`tuning_spec`", "for:", "ends with `spec`"]
    {
        assert!(shown[0].contains(part), "{part} in\n{}", shown[0]);
    }
}

#[test]
fn what_is_apart_is_not_asked_about_again() {
    let overlay = committed("aiplatform.v1.overlay.toml");
    assert!(unions::check(&committed("aiplatform.v1.json"), &overlay).unwrap().is_settled());
    let asked = overlay.text.replace("apart = [\"encryptionSpec\"]", "");
    let report = unions::check(&committed("aiplatform.v1.json"), &Arc::new(Source::new("x", asked))).unwrap();
    assert_eq!(report.unknown.iter().map(|u| u.property.as_str()).collect::<Vec<_>>(), ["encryptionSpec"]);
}

#[test]
fn a_member_that_vanished_is_shown_with_its_place() {
    let older = FROM_PROTO.replace("\"leftovers\"", "\"straw\"");
    let report = unions::check(&zoo("zoo.json"), &notes(&older)).unwrap();
    let shown: Vec<String> = report.vanished.iter().map(ToString::to_string).collect();
    assert_eq!(shown.len(), 1);
    assert!(shown[0].contains("zoo.overlay.toml:4:27") && shown[0].contains("`straw`"), "{}", shown[0]);
}

// Over real documents.

/// The folders of real documents and protos, if they are there.
fn real() -> Option<(PathBuf, Vec<PathBuf>)> {
    let documents = std::env::var_os("DISCOVERY_DOCUMENTS").map(PathBuf::from);
    let protos = std::env::var_os("PROTO_PATH").map(|paths| std::env::split_paths(&paths).collect());
    let both = documents.zip(protos);
    if both.is_none() {
        println!("not checked: DISCOVERY_DOCUMENTS and PROTO_PATH are not set");
    }
    both
}

fn facts(document: &Source, package: &str, folders: &[PathBuf]) -> (Api, Facts) {
    let api = spec::read(&Arc::new(document.clone())).unwrap();
    let protos = proto::compile(folders, Some(package), &api).unwrap();
    let facts = proto::facts(&api, &protos);
    (api, facts)
}

/// How many unions of files right below a folder, and how many members.
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
    let Some((documents, protos)) = real() else { return };
    let (_, facts) = facts(&source(&documents.join("aiplatform.v1.json")), "google.cloud.aiplatform.v1", &protos);
    let (unions, members) = count(&facts, "google/cloud/aiplatform/v1");
    println!("aiplatform.v1: {unions} unions, {members} members; with what it imports {}", facts.unions.len());
    assert_eq!((unions, members), (129, 336));
}

#[test]
fn every_union_of_the_committed_documents() {
    let Some((_, protos)) = real() else { return };
    for (document, package) in [
        ("aiplatform.v1", "google.cloud.aiplatform.v1"),
        ("generativelanguage.v1beta", "google.ai.generativelanguage.v1beta"),
        ("generativelanguage.v1beta3", "google.ai.generativelanguage.v1beta3"),
        // There is no document of v1 here: its messages are those of v1beta, as far as it has them.
        ("generativelanguage.v1beta", "google.ai.generativelanguage.v1"),
    ] {
        let (_, facts) = facts(&committed(&format!("{document}.json")), package, &protos);
        let members: usize = facts.unions.iter().map(|fact| fact.members.len()).sum();
        println!("{document} with the protos of {package}: {} unions, {members} members", facts.unions.len());
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
fn protos_give_the_committed_overlays_again() {
    let Some((_, protos)) = real() else { return };
    for document in ["aiplatform.v1", "generativelanguage.v1beta", "generativelanguage.v1beta3"] {
        let whole = committed(&format!("{document}.overlay.toml"));
        let without = without_protos(&whole.text);
        assert!(without.len() < whole.text.len());
        let bare = Arc::new(Source::new(whole.name.clone(), without));
        let written = unions::import_protos(&committed(&format!("{document}.json")), &bare, &protos).unwrap();
        println!("{document}: {} facts from protos", written.report.added.len());
        same(&facts_of(&written.text), &facts_of(&whole.text));
        let again = unions::import_protos(&committed(&format!("{document}.json")), &whole, &protos).unwrap();
        assert_eq!(again.text, whole.text, "{}", again.report);
    }
}

/// An overlay less what its unions, behaviors and operations have from protos alone.
fn without_protos(text: &str) -> String {
    let mut text: toml_edit::DocumentMut = text.parse().unwrap();
    let from_proto = |item: &toml_edit::Item| {
        let kind = item.get("source").and_then(|source| source.get("kind")).and_then(|kind| kind.as_str());
        let other = |key| {
            item.get(key)
                .and_then(|names| names.as_array())
                .is_some_and(|names| names.iter().any(|name| !name.is_str()))
        };
        kind == Some("proto") && !other("members") && !other("apart")
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
        // How to poll is not in protos.
        if method.get("operation").is_some_and(|operation| from_proto(operation) && operation.get("poll").is_none()) {
            method.remove("operation");
        }
    }
    text.to_string()
}

/// What an overlay says from protos, in the order of its keys, docs left out.
fn facts_of(text: &str) -> Vec<String> {
    let overlay = overlay::read(&notes(text)).unwrap();
    let mut lines = Vec::new();
    for (schema, notes) in &overlay.schemas {
        lines.extend(notes.resource.as_ref().map(|resource| format!("{schema} {resource:?}")));
        for (union, notes) in &notes.unions {
            lines.push(format!("{schema}.{union} {:?} {:?} {:?}", notes.members, notes.apart, notes.source));
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

/// Hides each member once, a tenth of them at a time, and asks what is suspected. Of what the document alone knows,
/// nothing counts: whether it is a member, no source says.
#[test]
fn hidden_members_are_suspected() {
    let Some((documents, protos)) = real() else { return };
    let (mut api, facts) = facts(&source(&documents.join("aiplatform.v1.json")), "google.cloud.aiplatform.v1", &protos);
    let with_docs = leave_out(&api, &facts);
    for schema in api.schemas.values_mut() {
        if let Shape::Message(message) = &mut schema.shape {
            message.fields.values_mut().for_each(|field| field.doc = None);
        }
    }
    let bare = leave_out(&api, &facts);
    for (what, found) in [("with descriptions", with_docs), ("without", bare)] {
        println!(
            "{what}: {} members; precision {:.3}, once an import has noted what is apart {:.3}; recall {:.3}, where the union has other members {:.3}",
            found.hidden,
            found.precision(found.wrong),
            found.precision(found.wrong_after_import),
            found.recall(found.hidden),
            found.recall(found.hidden - found.last)
        );
        assert!(found.precision(found.wrong_after_import) > 0.95);
        assert!(found.recall(found.hidden) > 0.6);
    }
}

#[derive(Default)]
struct Found {
    hidden: usize,
    /// The last members that their unions had: nothing is left that could tell.
    last: usize,
    right: usize,
    wrong: usize,
    /// Of these, what an import of the protos would not have noted as apart.
    wrong_after_import: usize,
}

impl Found {
    fn precision(&self, wrong: usize) -> f64 {
        self.right as f64 / (self.right + wrong) as f64
    }

    fn recall(&self, all: usize) -> f64 {
        self.right as f64 / all as f64
    }
}

fn leave_out(api: &Api, facts: &Facts) -> Found {
    let apart: BTreeSet<(&str, &str)> =
        facts.apart.iter().map(|fact| (fact.schema.as_str(), fact.property.as_str())).collect();
    let suspects = |hidden: &BTreeSet<(&str, &str)>| -> Vec<(String, String)> {
        let found = check::unknown(&with_unions(api, facts, hidden), None);
        found.into_iter().map(|unknown| (unknown.schema, unknown.property)).collect()
    };
    let noted = suspects(&BTreeSet::new());
    let members: Vec<(&str, &str)> = facts
        .unions
        .iter()
        .flat_map(|fact| fact.members.iter().map(|member| (fact.schema.as_str(), member.as_str())))
        .collect();
    let mut found = Found { hidden: members.len(), ..Found::default() };
    for round in 0..10 {
        let hidden: BTreeSet<_> = members.iter().skip(round).step_by(10).copied().collect();
        for suspect in suspects(&hidden) {
            let key = (suspect.0.as_str(), suspect.1.as_str());
            if hidden.contains(&key) {
                found.right += 1;
            } else if apart.contains(&key) {
                found.wrong += 1;
                found.wrong_after_import += usize::from(!noted.contains(&suspect));
            }
        }
        found.last += facts
            .unions
            .iter()
            .filter(|fact| fact.members.iter().all(|member| hidden.contains(&(fact.schema.as_str(), member.as_str()))))
            .map(|fact| fact.members.len())
            .sum::<usize>();
    }
    found
}

fn with_unions(api: &Api, facts: &Facts, hidden: &BTreeSet<(&str, &str)>) -> Api {
    let mut api = api.clone();
    for fact in &facts.unions {
        let Some(Shape::Message(message)) = api.schemas.get_mut(&fact.schema).map(|schema| &mut schema.shape) else {
            continue;
        };
        let shown = fact.members.iter().filter(|member| !hidden.contains(&(fact.schema.as_str(), member.as_str())));
        let members: Vec<String> = shown.cloned().collect();
        if !members.is_empty() {
            let union = Union { members, doc: None, source: fact.source.clone(), member_sources: BTreeMap::new() };
            message.unions.insert(fact.name.clone(), union);
        }
    }
    api
}
