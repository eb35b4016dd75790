//! Unusual documents: an unusual part does not affect the rest of the document.

use discovery_codegen::model::{Api, Shape, Style, Type};
use discovery_codegen::parser::{self, Document};
use discovery_codegen::pipeline::{self, Input};
use discovery_codegen::rust::naming::Names;
use discovery_codegen::source::files::Folders;
use discovery_codegen::source::{Source, files};
use std::path::Path;
use std::sync::Arc;

fn document(name: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/openapi/cases").join(name);
    let source = files::read(&path).unwrap();
    read(&source)
}

fn read(source: &Arc<Source>) -> Document {
    parser::read_document(source, &Folders::of(source, &[])).unwrap_or_else(|errors| panic!("{errors}"))
}

fn api(name: &str) -> Api {
    document(name).api
}

pub(crate) fn warnings(document: &Document) -> Vec<&str> {
    document.warnings.iter().map(|warning| warning.message.as_str()).collect()
}

/// Returns the path and the parameters of each method: `a/{id} (id! in Path, id in Query as query_id)`.
pub(crate) fn methods(api: &Api) -> Vec<String> {
    let methods = api.methods.iter().map(|(name, method)| {
        let parameters = method.parameters.iter().map(|(key, parameter)| {
            let required = if parameter.required { "!" } else { "" };
            let wire = parameter.wire_name.as_ref().map_or(String::new(), |wire| format!(" as {wire}"));
            format!("{key}{required} in {:?}{wire}", parameter.location)
        });
        format!("{name}: {} ({})", method.path, parameters.collect::<Vec<_>>().join(", "))
    });
    methods.collect()
}

fn fields(api: &Api, schema: &str) -> String {
    match &api.schemas[schema].shape {
        Shape::Message(message) => message.fields.keys().cloned().collect::<Vec<_>>().join(" "),
        Shape::OneOf(one_of) => one_of.alternatives.iter().map(|one| one.name.clone()).collect::<Vec<_>>().join("|"),
        Shape::Alias(ty) => format!("{ty:?}"),
        Shape::Enum(values) => values.values.iter().map(|value| value.name.clone()).collect::<Vec<_>>().join("|"),
    }
}

#[test]
fn an_unresolved_reference_is_any_value() {
    let document = document("dangling-ref.json");
    assert_eq!(warnings(&document), ["unresolved `$ref`: `#/components/schemas/Nope`"]);
    let Shape::Message(message) = &document.api.schemas["A"].shape else { panic!("A is a message") };
    assert_eq!(message.fields["x"].ty, Type::Any);
}

#[test]
fn a_schema_that_is_null_is_any_value() {
    let document = document("schema-null.json");
    assert_eq!(warnings(&document), ["`schema` must be an object, not null"]);
    assert_eq!(document.api.methods.len(), 1);
}

#[test]
fn a_variable_without_a_parameter_takes_text() {
    let document = document("path-var-undeclared.json");
    assert_eq!(methods(&document.api), ["a.get: a/{id} (id! in Path)", "b.get: b ()"]);
    assert_eq!(warnings(&document), ["the path's variable `id` has no parameter: it takes text"]);
}

#[test]
fn a_document_without_a_version_is_v1() {
    let document = document("no-version.json");
    assert_eq!(document.api.version, "v1");
    assert_eq!(warnings(&document), ["missing `version` of `info`: `v1` is assumed"]);
}

#[test]
fn queries_within_paths() {
    assert_eq!(
        methods(&api("two-operations-query.json")),
        [
            "history.daily.get: history/daily (station! in Query)",
            "history.energy.get: history/energy (lat! in Query, lon! in Query)",
            "history.subhourly.get: history/subhourly (lat! in Query, lon! in Query)",
        ]
    );
    let api = api("question-or-hash-in-path.json");
    assert_eq!(methods(&api), ["c.x.get: c/x (limit in Query)", "m.get: m?beta=true (limit in Query)"]);
}

#[test]
fn schemas_of_one_name_are_numbered() {
    for name in ["two-schemas-dots.json", "two-schemas-graph.json"] {
        let api = api(name);
        assert!(api.schemas.contains_key("n.Device.monitoring"), "{name}");
        assert!(api.schemas.contains_key("n.Device.monitoring2"), "{name}: {:?}", api.schemas.keys());
    }
    let api = api("two-schemas-params.json");
    assert_eq!(fields(&api, "apps.reconcile.create(type)"), "purchase");
    assert_eq!(fields(&api, "apps.reconcile.create(movements).type"), "waiting_entry");
}

#[test]
fn servers() {
    assert_eq!(api("server-default-braces.json").root_url, "https://acc.x.test/");
    assert_eq!(api("server-no-scheme.json").root_url, "https://api.x.test/");
    let api = api("server-of-an-operation.yaml");
    let server = |method: &str| {
        api.methods[method].server.as_ref().map(|server| format!("{}{}", server.root_url, server.service_path))
    };
    assert_eq!(server("listFilms"), None);
    assert_eq!(server("uploadPoster").unwrap(), "https://uploads.example.org/v2/");
    assert_eq!(server("login").unwrap(), "https://films.example.org/");
}

#[test]
fn parameters_of_one_name() {
    let api = api("one-name-in-path-and-query.yaml");
    assert_eq!(
        methods(&api),
        ["listReadings: runs/{id}/readings (header_id in Header as id, id! in Path, query_id! in Query as id)"]
    );
}

#[test]
fn deep_objects_of_lists_and_choices() {
    let api = api("query-deep-object.json");
    let parameters = &api.methods["q.get"].parameters;
    assert!(parameters.values().all(|parameter| parameter.style == Style::Deep));
    assert!(parameters["expand"].repeated);
    assert_eq!(fields(&api, "q.get(created)"), "Integer|Gt");
}

#[test]
fn a_stream_beside_a_message_is_a_method() {
    for (name, method) in [("sse-beside-json.json", "chat.create"), ("bytes-beside-sse.json", "speech")] {
        let api = api(name);
        assert!(!api.methods[method].streaming, "{name}");
        let stream = &api.methods[&format!("{method}_stream")];
        assert!(stream.streaming && stream.response.is_some(), "{name}");
        assert_eq!(stream.response_media_type.as_deref(), Some("text/event-stream"));
    }
}

#[test]
fn schemes_of_credentials_in_any_case() {
    assert!(api("bearer-capital.json").skipped.is_empty());
}

#[test]
fn a_parent_that_lists_its_children_is_a_choice_of_them() {
    let api = api("parent-lists-children.yaml");
    assert_eq!(fields(&api, "Vehicle"), "Bike|Truck");
    assert_eq!((fields(&api, "Bike"), fields(&api, "Truck")), ("gears kind plate".into(), "kind load plate".into()));
    let Shape::OneOf(vehicle) = &api.schemas["Vehicle"].shape else { panic!("Vehicle is a choice") };
    assert_eq!(vehicle.discriminator.as_deref(), Some("kind"));
    assert_eq!(vehicle.alternatives[0].values[0].as_str(), "bike");
}

#[test]
fn a_list_of_itself_is_a_type() {
    let api = api("list-of-itself.yaml");
    assert_eq!((fields(&api, "Tree"), fields(&api, "Menu")), ("List".into(), "Map".into()));
}

#[test]
fn siblings_of_a_reference() {
    let api = api("ref-with-siblings.yaml");
    assert_eq!(fields(&api, "Article"), "editor state title words");
    assert_eq!(fields(&api, "createArticle(response body)"), "items next");
    assert_eq!(fields(&api, "Article.editor"), "email title");
}

#[test]
fn references_to_ids_and_anchors() {
    let document = document("ids-and-anchors.yaml");
    assert!(warnings(&document).is_empty(), "{:?}", warnings(&document));
    let Shape::Message(animal) = &document.api.schemas["Animal"].shape else { panic!("Animal is a message") };
    assert_eq!(animal.fields["keeper"].ty, Type::Schema("Keeper".into()));
    let Shape::Message(keeper) = &document.api.schemas["Keeper"].shape else { panic!("Keeper is a message") };
    assert_eq!(keeper.fields["home"].ty, Type::Schema("KeeperAddress".into()));
}

#[test]
fn a_choice_within_itself() {
    let api = api("choice-within-itself.json");
    assert_eq!(fields(&api, "groundTruthList"), "List|ValueListList");
}

#[test]
fn a_choice_of_one_alternative_is_that_one() {
    let document = document("choice-of-one.yaml");
    let api = &document.api;
    assert_eq!(warnings(&document), ["unresolved `$ref`: `#/components/schemas/Gone`"; 2]);
    // An alternative that is the choice itself adds no values.
    assert_eq!(fields(api, "Self"), "a");
    assert_eq!(fields(api, "Itself"), "Any");
    assert_eq!(fields(api, "Ring"), "Text|Integer");
    assert_eq!(fields(api, "Ring2"), "Text|Integer");
    let names: Vec<&str> = api.schemas.keys().map(String::as_str).collect();
    assert_eq!(names, ["Itself", "Ring", "Ring2", "Self", "X", "X.p", "f(response body)"]);
}

#[test]
fn conditions_within_all_of_are_ignored_with_a_warning() {
    let document = document("conditions-in-all-of.yaml");
    let ignored = ["`if` is not supported: it is ignored", "`not` is not supported: it is ignored"];
    assert_eq!(warnings(&document), ignored);
    assert_eq!(fields(&document.api, "A"), "a b");
}

#[test]
fn an_operation_in_another_file() {
    let api = api("multi-file/root.yaml");
    let create = &api.methods["createBatch"];
    assert!(create.request.is_some() && create.response.is_some());
}

#[test]
fn inline_types_of_a_base_that_no_method_reaches() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/openapi/cases");
    let input = Input::read(&folder.join("inline-types-of-a-base.yaml"), None).unwrap();
    let output = pipeline::generate(&input, &["a".to_owned()], &Names::default()).unwrap_or_else(|e| panic!("{e}"));
    assert!(!output.api.schemas.contains_key("Base"));
    let types = output.part.bindings.types;
    for part in ["pub mod base {", "pub enum State {", "pub struct Part {", "pub enum Size {"] {
        assert!(types.as_str().contains(part), "{part} in\n{}", types.as_str());
    }
}

#[test]
fn a_form_of_an_operation_in_another_file_has_files() {
    let folder = tempfile::tempdir().unwrap();
    let item = r#"{"post": {"operationId": "up", "requestBody": {"content": {"multipart/form-data": {"schema":
        {"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}}}}},
        "responses": {"204": {"description": "x"}}}}"#;
    std::fs::write(folder.path().join("item.json"), item).unwrap();
    let root = r#"{"openapi": "3.0.3", "info": {"title": "x", "version": "1"}, "servers": [{"url": "https://x.example.com"}],
        "paths": {"/up": {"$ref": "item.json"}}}"#;
    std::fs::write(folder.path().join("root.json"), root).unwrap();
    let input = Input::read(&folder.path().join("root.json"), None).unwrap();
    let (api, _) = input.api(pipeline::Mode::Strict).unwrap();
    let Shape::Message(form) = &api.schemas["up(request body)"].shape else { panic!("the form is a message") };
    assert_eq!(form.fields["file"].ty, Type::File);
}

/// Returns a document with the given paths and schemas.
fn with(paths: &str, schemas: &str) -> Api {
    let text = format!(
        r#"{{"openapi": "3.1.0", "info": {{"title": "x", "version": "1"}}, "servers": [{{"url": "https://x.example.com"}}],
        "paths": {{{paths}}}, "components": {{"schemas": {{{schemas}}}}}}}"#
    );
    read(&Arc::new(Source::new("x.json", text))).api
}

/// The keys of alternatives are counted without recursion: such a chain would overflow the stack.
#[test]
fn a_long_chain_of_lists_in_a_choice() {
    let count = 20_000;
    let lists: Vec<String> = (0..count)
        .map(|n| format!(r##""L{n}": {{"type": "array", "items": {{"$ref": "#/components/schemas/L{}"}}}}"##, n + 1))
        .collect();
    let schemas = format!(
        r##"{}, "L{count}": {{"type": "object", "properties": {{"a": {{"type": "string"}}}}}},
        "Choice": {{"oneOf": [{{"$ref": "#/components/schemas/L0"}}, {{"type": "boolean"}}]}}"##,
        lists.join(", ")
    );
    assert_eq!(fields(&with("", &schemas), "Choice"), "L0|Bool");
}

/// A name that is cut keeps the suffix of a method beside another one.
#[test]
fn a_long_name_has_a_stream_and_an_upload_beside_it() {
    let paths = format!(
        r#""/a": {{"post": {{"operationId": "{}",
        "requestBody": {{"content": {{"application/json": {{"schema": {{"type": "object"}}}},
            "multipart/form-data": {{"schema": {{"type": "object", "properties": {{
                "file": {{"type": "string", "format": "binary"}}}}}}}}}}}},
        "responses": {{"200": {{"description": "x", "content": {{
            "application/json": {{"schema": {{"type": "object", "properties": {{"a": {{"type": "string"}}}}}}}},
            "text/event-stream": {{"schema": {{"type": "object", "properties": {{"b": {{"type": "string"}}}}}}}}}}}}}}}}}}"#,
        "x".repeat(400)
    );
    let names: Vec<String> =
        with(&paths, "").methods.into_keys().map(|name| name.replace(&"x".repeat(200), "X")).collect();
    assert_eq!(names, ["X", "X_multipart", "X_multipart_stream", "X_stream"]);
}

#[test]
fn each_url_of_a_callback_has_a_name() {
    let urls: Vec<String> = ["a", "b", "c", "d"]
        .iter()
        .map(|field| {
            format!(r#""{{$request.body#/{field}}}": {{"post": {{"responses": {{"200": {{"description": "x"}}}}}}}}"#)
        })
        .collect();
    let paths = format!(
        r#""/a": {{"post": {{"operationId": "create", "responses": {{"200": {{"description": "x"}}}},
        "callbacks": {{"done": {{{}}}}}}}}}"#,
        urls.join(", ")
    );
    let names: Vec<String> = with(&paths, "").webhooks.into_keys().collect();
    assert_eq!(names, ["create.done", "create.done.post", "create.done.post2", "create.done.post3"]);
}

/// A method that no server is known to have is left out by name.
#[test]
fn operations_of_other_verbs() {
    let operation = r#"{"responses": {"200": {"description": "x"}}}"#;
    let paths = format!(
        r#""/a b": {{"get": {operation}, "trace": {operation}, "query": {operation},
        "additionalOperations": {{"COPY": {operation}, "BREW": {operation}}}}}"#
    );
    let text = format!(
        r#"{{"openapi": "3.2.0", "info": {{"title": "x", "version": "1"}}, "servers": [{{"url": "https://x.example.com"}}],
        "paths": {{{paths}}}}}"#
    );
    let api = read(&Arc::new(Source::new("x.json", text))).api;
    let sent: Vec<&str> = api.methods.values().map(|method| method.http_method.as_str()).collect();
    assert_eq!(sent, ["COPY", "GET", "QUERY", "TRACE"]);
    let paths: Vec<String> = api.methods.values().map(|method| method.path.to_string()).collect();
    assert_eq!(paths, ["a%20b"; 4], "characters that no URL has are encoded");
    let skipped: Vec<&str> = api.skipped.iter().map(|skipped| skipped.subject.as_str()).collect();
    assert_eq!(skipped, ["BREW /a b"]);
}

#[test]
fn items_of_one_name_in_rust_are_reported() {
    let text = "openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: https://x.test}]
paths:
  /a:
    get:
      operationId: showPet
      tags: [Pets]
      parameters:
        - {name: DateSent, in: query, schema: {type: string}}
        - {name: DateSent<, in: query, schema: {type: string}}
        - {name: date_sent, in: query, schema: {type: string}}
      responses: {'200': {description: '', content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}
  /b:
    get: {operationId: show_pet, tags: [Pets], responses: {'204': {description: ''}}}
components:
  schemas:
    A: {type: object, properties: {ID: {type: integer}, id: {type: integer}, mode: {$ref: '#/components/schemas/Mode'}}}
    Mode: {type: string, enum: [on, ON, off, OFF, new]}
    my_pet: {type: object}
    MyPet: {type: object}
";
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("names.yaml");
    std::fs::write(&path, text).unwrap();
    let input = Input::read(&path, None).unwrap();
    let generate = |include: &[String], earlier: &Names| pipeline::generate(&input, include, earlier).unwrap();
    let all = generate(&[], &Names::default());
    let shown: Vec<String> =
        all.warnings.iter().map(|warning| format!("{}: {}", warning.position().unwrap().0, warning.message)).collect();
    assert_eq!(
        shown,
        [
            "20: schemas have one name in Rust: `MyPet` is `MyPet` and `my_pet` is `MyPet2`",
            "18: properties of `A` have one name in Rust: `id` is `id` and `ID` is `id_2`",
            "19: values of `Mode` have one name in Rust: `on` is `On` and `ON` is `On2`, `off` is `Off` and `OFF` is `Off2`",
            "6: methods of `Pets` have one name in Rust: `show_pet` is `show_pet` and `showPet` is `show_pet_2`",
            "10: parameters of `Pets.showPet` have one name in Rust: `date_sent` is `date_sent` and `DateSent` is `date_sent_2`",
        ]
    );
    assert_eq!(generate(&[], &all.names).warnings, [], "names of a lock are known");
    assert_eq!(generate(&["Pets.show_pet".to_owned()], &Names::default()).warnings, [], "of what is generated");
}
