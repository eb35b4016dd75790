//! Parsing of each OpenAPI construct that REST APIs use, with one small document for each kind.

use discovery_codegen::model::{Api, Field, HttpMethod, Method, Scalar, Shape, Type};
use discovery_codegen::parser;
use discovery_codegen::pipeline::{self, Input};
use discovery_codegen::rust::naming::Names;
use discovery_codegen::source::Source;
use discovery_codegen::source::files::Folders;
use std::path::Path;
use std::sync::Arc;

fn read(name: &str) -> Api {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/openapi").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    parser::read(&Arc::new(Source::new(path.display().to_string(), text))).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Formats a type.
fn ty(ty: &Type) -> String {
    match ty {
        Type::List(inner) => format!("[{}]", self::ty(inner)),
        Type::Map(inner) => format!("{{{}}}", self::ty(inner)),
        Type::Nullable(inner) => format!("{}?", self::ty(inner)),
        Type::Schema(name) => name.clone(),
        Type::Int(int) => format!("{int:?}"),
        other => format!("{other:?}"),
    }
}

/// Formats a method on one line: HTTP method, path, parameters (`!` for required ones), body and response.
fn method(name: &str, method: &Method) -> String {
    let parameters: Vec<String> = method
        .parameters
        .iter()
        .map(|(name, p)| {
            let repeated = if p.repeated { format!(" {:?}", p.style) } else { String::new() };
            let required = if p.required { "!" } else { "" };
            format!("{name}{required}: {} in {:?}{repeated}", ty(&p.ty), p.location)
        })
        .collect();
    let request = method.request.as_ref().map_or("-".into(), ty);
    let media = method.request_media_type.as_ref().map_or(String::new(), |kind| format!(" as {kind}"));
    let file = method.response_media_type.as_ref().filter(|_| method.media_download);
    let nothing = file.map_or("-".into(), |kind| format!("a file of {kind}"));
    let response = method.response.as_ref().map_or(nothing, ty);
    let stream = if method.streaming { " stream" } else { "" };
    let verb = method.http_method.as_str();
    format!("{name}: {verb} {} ({}) {request}{media} → {response}{stream}", method.path, parameters.join(", "))
}

fn methods(api: &Api) -> Vec<String> {
    api.methods.iter().map(|(name, m)| method(name, m)).collect()
}

fn field((name, field): (&String, &Field)) -> String {
    let behavior: Vec<&str> = field.behavior.iter().map(|b| b.as_str()).collect();
    let behavior = if behavior.is_empty() { String::new() } else { format!(" ({})", behavior.join(", ")) };
    format!("{name}: {}{behavior}", ty(&field.ty))
}

/// Formats a schema on one line.
fn schema(api: &Api, name: &str) -> String {
    match &api.schemas[name].shape {
        Shape::Message(message) => {
            let fields: Vec<String> = message.fields.iter().map(field).collect();
            let more = message.additional.as_ref().map_or(String::new(), |more| format!(" + {{{}}}", ty(more)));
            format!("{{{}}}{more}", fields.join(", "))
        }
        Shape::Enum(values) => values.values.iter().map(|v| v.name.as_str()).collect::<Vec<_>>().join("|"),
        Shape::Alias(alias) => format!("= {}", ty(alias)),
        Shape::OneOf(one_of) => {
            let alternatives = one_of.alternatives.iter().map(|one| {
                let values = if one.values.is_empty() { String::new() } else { format!(" ({})", texts(&one.values)) };
                format!("{}: {}{values}", one.name, ty(&one.ty))
            });
            let by = one_of.discriminator.as_ref().map_or(String::new(), |property| format!(" by {property}"));
            format!("one of {}{by}", alternatives.collect::<Vec<_>>().join(" | "))
        }
    }
}

fn texts(values: &[Scalar]) -> String {
    values.iter().map(Scalar::as_str).collect::<Vec<_>>().join(", ")
}

fn skipped(api: &Api) -> Vec<String> {
    api.skipped.iter().map(|s| format!("{}: {}", s.subject, s.reason)).collect()
}

#[test]
fn parameters_by_place_and_style() {
    let api = read("parameters.yaml");
    assert_eq!((api.root_url.as_str(), api.service_path.as_str()), ("https://api.example.com/", "v2/"));
    assert_eq!(
        methods(&api),
        [
            "getColors: GET colors/{matrix}/{label}/{pair} (X-Color: Color in Header, back: String in Query, \
             created: getColors(created) in Query, expand: String in Query Deep, items: [Item] in Query, \
             label!: Color in Path, matrix!: String in Path MatrixExploded, near: Color in Query, pair!: Color in Path, \
             sizes: I64Number in Cookie Comma, theme: String in Cookie) - → -",
            "getLine: GET lines/{points} (points!: Float in Path Comma) - → -",
            "getPoint: GET coordinates/{point} (point!: Double in Path Matrix) - → -",
            "parts.getPart: GET things/{thingId}/parts/{part} (X-Groups: String in Header Comma, \
             X-Trace: String in Header, bars: String in Query Pipe, filter: parts.getPart(filter) in Query, \
             ids: I32 in Query Comma, order: parts.getPart(order) in Query, part!: I64Number in Path, \
             query: Object in Query, session: String in Cookie, tags: String in Query Repeat, thingId!: String in Path, verbose!: Bool in Query, \
             words: String in Query Space) - → -",
            "search: GET search (by!: By in Query, closed: search(closed) in Query, level: I64Number in Query, \
             limit: String in Query, open: Object in Query, page: search(page) in Query, since: DateTime in Query) \
             - → -",
        ]
    );
    assert_eq!(schema(&api, "parts.getPart(order)"), "asc|desc");
    let get = &api.methods["parts.getPart"];
    assert_eq!(get.parameter_order, ["thingId", "part", "verbose"]);
    assert!(get.parameters["order"].deprecated);
    assert_eq!(get.parameters["order"].constraints.default.as_deref(), Some("asc"));
    assert!(skipped(&api).is_empty(), "{:?}", skipped(&api));
}

#[test]
fn bodies_and_replies() {
    let api = read("bodies.yaml");
    assert_eq!(
        methods(&api),
        [
            "exports.get: GET exports/{id} (id!: String in Path) - → Ticket",
            "exports.get_file: GET exports/{id} (id!: String in Path) - → a file of application/octet-stream, image/png",
            "files.create: POST files () files.create(request body) as multipart/form-data → -",
            "inline: POST inline () inline(request body) → inline(response body)",
            "jobs.archive: GET jobs/{id}/archive (id!: String in Path) - → -",
            "jobs.create: POST jobs () Job → jobs.create(response body)",
            "jobs.delete: DELETE jobs/{id} (id!: String in Path) - → -",
            "jobs.events: GET jobs/{id}/events (id!: String in Path) - → Event stream",
            "jobs.list: GET jobs () - → [Job]",
            "jobs.log: GET jobs/{id}/log (id!: String in Path) - → a file of application/octet-stream",
            "jobs.patch: PATCH jobs/{id} (id!: String in Path) Job as application/merge-patch+json → Job",
            "jobs.putLog: PUT jobs/{id}/log (id!: String in Path) Bytes as application/octet-stream → -",
            "kinds.get: GET kinds () - → Job",
            "kinds.post: POST kinds () Job → Job",
            "kinds.put: PUT kinds () Bytes as application/pdf → a file of application/pdf, */*",
            "notes.draw: POST notes () Bytes as application/octet-stream → String",
            "notes.put: PUT notes () String as text/plain → a file of text/plain",
            "pets.get: GET pets/{id} (id!: String in Path) - → pets.get(response body)",
            "raw.copy: COPY raw () - → -",
            "raw.patch: PATCH raw () Object as multipart/form-data → -",
            "raw.post: POST raw () String as application/x-www-form-urlencoded → -",
            "raw.put: PUT raw () Bytes as multipart/form-data → -",
            "tokens.create: POST tokens () tokens.create(request body) as application/x-www-form-urlencoded → -",
            "untyped.get: GET untyped () - → Any",
            "untyped.patch: PATCH untyped () - → a file of */*",
            "untyped.post: POST untyped () - → Any",
            "untyped.put: PUT untyped () - → Any stream",
            "uploads.create: POST uploads () Upload as multipart/form-data → Upload",
        ]
    );
    assert_eq!(schema(&api, "jobs.create(response body)"), "one of Job: Job | Ticket: Ticket");
    // A file in a form is text in other bodies.
    assert_eq!(schema(&api, "files.create(request body)"), "{content: File, name: String}");
    assert_eq!(schema(&api, "Upload"), "{about: Ticket, file: File, pages: [File], size: I64Number, tags: [String]}");
    assert_eq!(schema(&api, "Job"), "{id: String (required, output-only), token: String (input-only)}");
    assert_eq!(schema(&api, "inline(request body)"), "{a: String}");
    assert_eq!(schema(&api, "inline(response body)"), "{b: Bool}");
    assert_eq!(
        skipped(&api),
        [
            "kinds.get: response as text/html: it is requested as application/hal+json",
            "kinds.post: body as application/merge-patch+json: it is sent as application/json",
            "kinds.post: response as application/hal+json: it is requested as application/json",
            "kinds.put: body as */*: it is sent as application/pdf",
            "notes.draw: response as text/event-stream: its events have no schema",
        ]
    );
}

#[test]
fn composed_schemas() {
    let api = read("composition.yaml");
    for (name, expected) in [
        ("Base", "{id: String (required), kind: Base.kind}"),
        ("Derived", "{id: String (required), kind: Base.kind, size: I32 (required)}"),
        ("Wrapped", "= Base"),
        ("Narrowed", "= Word"),
        ("Pet", "one of Cat: Cat (cat) | Dog: Dog (dog) by petType"),
        ("Either", "one of Left: Either.Left | Right: Either.Right"),
        ("Either.Left", "{nest: Either.Left.nest, value: String}"),
        ("Either.Left.nest", "{a: String}"),
        ("Shape", "one of Round: Round (ball, circle) | Square: Square (box) | Cat: Cat (Cat) by kind"),
        ("Event", "one of Start: Event.Start (start) | End: Event.End (stop, abort) by type"),
        (
            "Input",
            "one of Text: String | TextList: [String] | IntegerList: [I64Number] | IntegerListList: [[I64Number]] | \
             InputFile: InputFile",
        ),
        ("Choice", "one of Text: Choice.Text | Base: Base"),
        ("Choice.Text", "auto|none"),
        ("Nested", "one of Text: Nested.Text | Base: Base | Bool: Bool"),
        ("Maybe", "= Base"),
        ("Grade", "good|better"),
        ("Amount", "one of Integer: I64Number | Number: Double"),
        ("Stop", "one of Text: String | TextList: [String]"),
        ("Anything", "= Any"),
        ("Tree", "{children: [Tree], parent: Tree}"),
        ("Constraint", "{a: String, b: String}"),
        ("Nullable.four", "one of Text: String | Integer: I64Number"),
        (
            "Nullable",
            "{five: Nullable.five, four: Nullable.four, one: String, seven: Any, six: Any, three: Base, two: I32}",
        ),
        ("Nullable.five", "fixed"),
        ("Parts", "{day: Date, first: Parts.first, listed: Parts.listed, narrowed: Parts.narrowed, texts: [String]}"),
        ("Parts.listed", "a|b"),
        ("Parts.narrowed", "a|b"),
        ("Parts.first", "a|b"),
    ] {
        assert_eq!(schema(&api, name), expected, "{name}");
    }
    let Shape::Message(derived) = &api.schemas["Derived"].shape else { panic!("a message") };
    assert_eq!(derived.fields["kind"].doc.as_deref(), Some("Which kind it is."));
    assert_eq!(skipped(&api), [""; 0]);
}

/// Properties that only some alternatives of an object require are not required.
#[test]
fn properties_required_by_some_alternatives() {
    let text = "openapi: 3.1.0
info: {title: Contacts, version: '1'}
servers: [{url: https://api.example.com}]
paths: {}
components:
  schemas:
    Contact:
      type: object
      required: [name]
      properties: {name: {type: string}}
      oneOf:
        - {required: [mail], properties: {mail: {type: string}}}
        - {required: [phone], properties: {phone: {type: string}}}
";
    let api = parser::read(&Arc::new(Source::new("contacts.yaml", text))).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(schema(&api, "Contact"), "{mail: String, name: String (required), phone: String}");
}

#[test]
fn types_and_formats() {
    let api = read("types.yaml");
    for (name, expected) in [
        (
            "Formats",
            "{big: I64, binary: String, bytes: Bytes, date: Date, double: Double, flag: Bool, float: Float, int: I32, \
             long: I64Number, moment: DateTime, uuid: String, whole: I64Number}",
        ),
        ("Maps", "{labels: {String}, lists: [[Double]], nested: {Maps.nested}, open: Object, untyped: Object}"),
        ("Maps.nested", "{x: Double}"),
        ("Labels", "= {String}"),
        ("Extended", "{a: String} + {I32}"),
        ("Closed", "{a: String}"),
        ("Empty", "{}"),
        ("Color", "red|green"),
        ("Level", "= I32"),
        ("Words", "= [Color?]"),
        ("Implied", "{choice: Implied.choice, list: [String]}"),
    ] {
        assert_eq!(schema(&api, name), expected, "{name}");
    }
    assert_eq!(api.schemas["Level"].doc.as_deref(), Some("How high."));
    assert_eq!(api.schemas["Level"].constraints.values, ["1", "2", "3"]);
    let Shape::Message(old) = &api.schemas["Old"].shape else { panic!("a message") };
    assert!(api.schemas["Old"].deprecated && old.fields["a"].deprecated);
    assert_eq!(old.fields["a"].constraints.default.as_deref(), Some("x"));
    assert_eq!(skipped(&api), [""; 0]);
}

#[test]
fn servers_scopes_and_names_without_ids() {
    let api = read("servers.yaml");
    assert_eq!(api.id(), "servers");
    assert_eq!((api.root_url.as_str(), api.service_path.as_str()), ("https://eu.api.example.com:8443/", "store/"));
    let endpoints: Vec<_> = api.endpoints.iter().map(|e| (e.location.as_str(), e.url.as_str())).collect();
    assert_eq!(endpoints, [("eu", "https://eu.api.example.com:8443/"), ("us", "https://us.api.example.com:8443/")]);
    assert_eq!(api.scopes.keys().collect::<Vec<_>>(), ["admin", "read", "write"]);
    let scopes = |name: &str| api.methods[name].scopes.join(" ");
    assert_eq!(
        [scopes("items.list"), scopes("items.create"), scopes("items.get"), scopes("items.tags.update")],
        ["read", "write admin", "read", ""]
    );
    assert!(api.methods["items.create"].deprecated);
    assert_eq!(api.methods["items.list"].doc.as_deref(), Some("Lists what there is."));
    assert_eq!(skipped(&api), [""; 0]);
    assert_eq!(api.methods["elsewhere.trace"].http_method, HttpMethod::Trace);
}

#[test]
fn references_across_files() {
    let api = read("files/root.yaml");
    assert_eq!(
        methods(&api),
        [
            "pets.get: GET pets/{id} (id!: Id in Path) - → Pet",
            "pets.put: PUT pets/{id} (id!: Id in Path) Pet → CommonError",
        ]
    );
    assert_eq!(schema(&api, "Pet"), "{before: PetState, owner: Owner, state: Pet.state}");
    assert_eq!(schema(&api, "Owner"), "{pets: [Pet]}");
    assert_eq!(schema(&api, "CommonError"), "{cause: CommonError, code: I32}");
    assert_eq!(schema(&api, "Error"), "{text: String}");
}

/// A document that is split has the names of the whole one, though its files refer to each other and not to its list.
#[test]
fn listed_schemas_in_files_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    let root = r##"openapi: 3.0.3
info: {title: T, version: '1'}
servers: [{url: https://api.example.com}]
paths:
  /pets: {get: {responses: {'200': {description: '', content: {application/json: {schema: {$ref: pet.yaml}}}}}}}
components:
  schemas:
    Owner: {$ref: owner.yaml}
    Warden: {$ref: owner.yaml}
    Pet: {$ref: pet.yaml}
    Dog: {$ref: dog.yaml}
"##;
    let files = [
        ("root.yaml", root),
        ("owner.yaml", "{type: object, properties: {name: {type: string}}}"),
        ("pet.yaml", "{type: object, discriminator: {propertyName: kind}, properties: {owner: {$ref: owner.yaml}}}"),
        ("dog.yaml", "allOf: [{$ref: pet.yaml}, {type: object, properties: {tail: {type: boolean}}}]"),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let source = Arc::new(Source::new(folder.path().join("root.yaml").display().to_string(), root));
    let api = parser::read(&source).unwrap();
    let names: Vec<&String> = api.schemas.keys().filter(|name| !api.schemas[*name].is_inline()).collect();
    assert_eq!(names, ["Dog", "Owner", "Pet", "Warden"]);
    assert_eq!(schema(&api, "Dog"), "{owner: Owner, tail: Bool}");
    assert_eq!(schema(&api, "Warden"), "= Owner");
}

/// Members of a path beside its reference, `$anchor` and `$id` in other files, and relative to the URL of a schema.
#[test]
fn references_with_siblings_and_identifiers() {
    let folder = tempfile::tempdir().unwrap();
    let root = r##"openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: https://api.example.com}]
paths:
  /a/{id}:
    $ref: 'other.yaml#/item'
    parameters: [{name: id, in: path, required: true, schema: {type: integer}}]
    post: {operationId: own, responses: {'204': {description: ''}}}
components:
  schemas:
    Anchored: {type: object, properties: {a: {$ref: 'other.yaml#pet'}}}
    Pair: {$ref: '#/components/schemas/List', prefixItems: [{type: string}]}
    List: {type: array, items: {type: string}}
    Identified:
      $id: https://x.test/schemas/identified
      type: object
      properties: {b: {$ref: owner}, c: {$ref: 'owner#/properties/name'}, d: {$ref: '/schemas/owner#tag'}}
    Owner:
      $id: https://x.test/schemas/owner
      type: object
      properties: {name: {type: string, enum: [x]}, tag: {$anchor: tag, type: object, properties: {t: {type: string}}}}
"##;
    let other = "item: {get: {operationId: other, responses: {'204': {description: ''}}}}
pet: {$anchor: pet, type: object, properties: {name: {type: string}}}
";
    std::fs::write(folder.path().join("root.yaml"), root).unwrap();
    std::fs::write(folder.path().join("other.yaml"), other).unwrap();
    let source = Arc::new(Source::new(folder.path().join("root.yaml").display().to_string(), root));
    let document =
        parser::read_document(&source, &Folders::of(&source, &[])).unwrap_or_else(|errors| panic!("{errors}"));
    assert!(document.warnings.is_empty(), "{:?}", document.warnings);
    let api = document.api;
    assert_eq!(
        methods(&api),
        ["other: GET a/{id} (id!: I64Number in Path) - → -", "own: POST a/{id} (id!: I64Number in Path) - → -"]
    );
    assert_eq!(schema(&api, "Anchored"), "{a: pet}");
    assert_eq!(schema(&api, "pet"), "{name: String}");
    assert_eq!(schema(&api, "Identified"), "{b: Owner, c: OwnerName, d: OwnerTag}");
    assert_eq!(schema(&api, "Pair"), "= List");
}

/// A build script runs again when any of the files changes.
#[test]
fn every_file_that_is_read_is_reported() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/documents/openapi/files/root.yaml");
    let input = Input::read(&root, None).unwrap();
    let output = pipeline::generate(&input, &[], &Names::default()).unwrap();
    let mut names: Vec<_> =
        output.sources.iter().map(|source| Path::new(&source.name).file_name().unwrap().to_owned()).collect();
    assert_eq!(names.remove(0), "root.yaml");
    let folder = std::fs::read_dir(root.parent().unwrap()).unwrap().flatten().map(|file| file.file_name());
    let mut others: Vec<_> = folder.filter(|name| name != "root.yaml").collect();
    names.sort();
    others.sort();
    assert_eq!(names, others);
}

/// The same document in YAML and JSON is the same API, except for locations.
#[test]
fn yaml_and_json_have_the_same_model() {
    let json = r##"{"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "servers": [{"url": "https://x.com"}],
        "paths": {"/a": {"get": {"operationId": "a", "responses": {"200": {"description": "", "content":
        {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}}}}},
        "components": {"schemas": {"A": {"type": "object", "properties": {"b": {"type": "string"}}}}}}"##;
    let yaml = "
openapi: 3.0.3
info: {title: T, version: 1}
servers:
- url: https://x.com
paths:
  /a:
    get:
      operationId: a
      responses:
        200:
          description: ''
          content:
            application/json:
              schema: {$ref: '#/components/schemas/A'}
components:
  schemas:
    A:
      type: object
      properties:
        b:
          type: string
";
    let read = |name: &str, text: &str| parser::read(&Arc::new(Source::new(name, text))).unwrap();
    assert_eq!(read("a.json", json), read("a.yaml", yaml));
}
