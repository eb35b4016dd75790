//! Other spellings of what documents usually have.

use crate::cases::{methods, warnings};
use discovery_codegen::model::{Api, Int, Shape, Type};
use discovery_codegen::parser::{self, Document};
use discovery_codegen::source::files::Folders;
use discovery_codegen::source::{Source, files};
use std::sync::Arc;

fn yaml(paths: &str, components: &str) -> Document {
    let text = format!(
        "openapi: 3.1.0\ninfo: {title}\nservers: [{url}]\npaths:\n{paths}\ncomponents:\n{components}",
        title = "{title: x, version: '1'}",
        url = "{url: 'https://x.example.com'}",
    );
    let source = Arc::new(Source::new("x.yaml", text));
    parser::read_document(&source, &Folders::of(&source, &[])).unwrap_or_else(|errors| panic!("{errors}"))
}

fn skipped(api: &Api) -> Vec<String> {
    api.skipped.iter().map(|skipped| format!("{}: {}", skipped.subject, skipped.reason)).collect()
}

/// Names that are the same in any case, and words of OpenAPI in capitals.
#[test]
fn words_in_any_case() {
    let paths = "  /a:
    parameters: [{name: X-Trace, in: header, schema: {type: string}}]
    GET:
      parameters:
        - {name: x-trace, in: header, required: true, schema: {type: integer}}
        - {name: q, in: Query, schema: {type: string}}
      responses: {'204': {description: x}}
    Post: {responses: {'204': {description: x}}}
    fetch: {responses: {'204': {description: x}}}
webhooks:
  sent: {POST: {requestBody: {content: {application/json: {schema: {type: object, properties: {a: {type: string}}}}}}}}";
    let components = "  securitySchemes:
    bearer: {type: HTTP, scheme: Bearer}
    key: {type: apikey, in: Header, name: X-Key}";
    let document = yaml(paths, components);
    assert_eq!(
        methods(&document.api),
        ["a.create: a (X-Trace in Header)", "a.get: a (q in Query, x-trace! in Header)"]
    );
    assert_eq!(document.api.webhooks.len(), 1);
    assert_eq!(skipped(&document.api), ["fetch /a: unknown method"]);
}

#[test]
fn a_document_of_unknown_methods_is_an_error() {
    let text = "openapi: 3.0.3
info: {title: x, version: '1'}
servers: [{url: 'https://x.example.com'}]
paths: {/a: {fetch: {responses: {'204': {description: x}}}}}";
    let source = Arc::new(Source::new("x.yaml", text));
    let errors = parser::read_document(&source, &Folders::of(&source, &[])).err().unwrap().to_string();
    assert!(errors.contains("no operation of this document is supported"), "{errors}");
}

#[test]
fn declarations_of_queries_within_paths() {
    let paths = "  /a/{id}?x=1&y={why}&z={id}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: why, in: path, required: true, schema: {type: integer}}
        - {name: x, in: query, schema: {type: string}}
      responses: {'204': {description: x}}";
    let document = yaml(paths, "  schemas: {}");
    assert_eq!(methods(&document.api), ["a.get: a/{id}?x=1 (id! in Path, y! in Query, z! in Query)"]);
    assert!(matches!(document.api.methods["a.get"].parameters["y"].ty, Type::Int(_)), "it is as declared");
    assert_eq!(skipped(&document.api), ["a.get: parameter x: its value is in the path"]);
    assert_eq!(warnings(&document), Vec::<&str>::new());
}

/// Parts of a form are of the types that their schemas state.
#[test]
fn media_types_of_form_fields() {
    let paths = "  /a:
    post:
      operationId: send
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema:
              type: object
              properties:
                icon: {type: string, contentMediaType: image/png}
                pages: {type: array, items: {type: string, contentMediaType: application/pdf}}
                stated: {type: string, contentMediaType: image/png}
                about: {type: object, properties: {title: {type: string}}}
            encoding: {stated: {contentType: image/webp}, about: {contentType: application/xml}}
      responses: {'204': {description: x}}";
    let api = yaml(paths, "  schemas: {}").api;
    assert_eq!(skipped(&api), ["send: the form's field about as application/xml: it is sent as application/json"]);
    let form = api.methods["send"].request_form.iter().filter(|(_, field)| field.content_type.is_some());
    let sent: Vec<String> =
        form.map(|(name, field)| format!("{name}: {}", field.content_type.as_deref().unwrap_or_default())).collect();
    assert_eq!(sent, ["icon: image/png", "pages: application/pdf", "stated: image/webp"]);
}

/// Files, by reference and beside others, are files wherever a form has them.
#[test]
fn files_of_forms() {
    let paths = "  /a:
    post:
      operationId: send
      requestBody:
        required: true
        content:
          application/json: {schema: {type: object, properties: {url: {type: string}}}}
          multipart/form-data:
            schema:
              type: object
              properties:
                named: {$ref: '#/components/schemas/Picture'}
                part: {allOf: [{$ref: '#/components/schemas/Picture'}], description: x}
                several: {$ref: '#/components/schemas/Pictures'}
                any: {$ref: '#/components/schemas/OneOrMore'}
                linked: {oneOf: [{type: string, format: binary}, {type: string, format: uri}]}
      responses: {'204': {description: x}}";
    let schemas = "  schemas:
    Picture: {type: string, format: binary}
    Pictures: {type: array, items: {$ref: '#/components/schemas/Picture', nullable: true}}
    OneOrMore: {anyOf: [{$ref: '#/components/schemas/Picture'}, {$ref: '#/components/schemas/Pictures'}]}";
    let api = yaml(paths, schemas).api;
    let Some(Type::Schema(body)) = &api.methods["send_multipart"].request else { panic!("a message") };
    let Shape::Message(message) = &api.schemas[body].shape else { panic!("a message") };
    let types: Vec<String> = message.fields.iter().map(|(name, field)| format!("{name}: {:?}", field.ty)).collect();
    assert_eq!(types, ["any: List(File)", "linked: File", "named: File", "part: File", "several: List(File)"]);
    assert_eq!(skipped(&api), [format!("{body}.linked as string: it is sent as a file")]);
}

/// Siblings of a `$ref` are found by their paths.
#[test]
fn references_into_siblings_of_references() {
    let schemas = "  schemas:
    Base: {type: object, properties: {id: {type: string}}}
    Article:
      $ref: '#/components/schemas/Base'
      properties: {words: {type: integer, format: int32}, more: {type: object, properties: {a: {type: string}}}}
      $defs: {Flag: {type: boolean}}
    Copy:
      type: object
      properties:
        words: {$ref: '#/components/schemas/Article/properties/words'}
        flag: {$ref: '#/components/schemas/Article/$defs/Flag'}
        more: {$ref: '#/components/schemas/Article/properties/more'}";
    let document = yaml("  {}", schemas);
    assert_eq!(warnings(&document), Vec::<&str>::new());
    let Shape::Message(message) = &document.api.schemas["Copy"].shape else { panic!("a message") };
    let types: Vec<&Type> = message.fields.values().map(|field| document.api.resolve(&field.ty)).collect();
    assert_eq!(types, [&Type::Bool, &Type::Schema("ArticleMore".to_owned()), &Type::Int(Int::I32)]);
}

#[test]
fn schemas_behind_dynamic_references_and_nullable_parts() {
    let schemas = "  schemas:
    Node: {$dynamicAnchor: node, type: object, properties: {kids: {type: array, items: {$dynamicRef: '#node'}}}}
    Page: {type: object, properties: {items: {type: array, items: {$dynamicRef: '#item'}}}, $defs: {item: {$dynamicAnchor: item, not: {}}}}
    Nodes: {$ref: '#/components/schemas/Page', $defs: {item: {$dynamicAnchor: item, $ref: '#/components/schemas/Node'}}}
    Mood: {type: [string, 'null'], enum: [good, bad, null]}
    Holes:
      type: object
      properties:
        both: {type: array, items: {allOf: [{$ref: '#/components/schemas/Mood'}, {type: [string, 'null']}]}}
        exact: {allOf: [{type: number}, {type: integer, minimum: 0}]}
        bare: {type: array, items: {allOf: [{$ref: '#/components/schemas/Node'}, {nullable: true}]}}
        one: {type: array, items: {allOf: [{$ref: '#/components/schemas/Mood'}, {type: string}]}}";
    let document = yaml("  {}", schemas);
    let ty = |schema: &str, field: &str| match &document.api.schemas[schema].shape {
        Shape::Message(message) => format!("{:?}", message.fields[field].ty),
        _ => panic!("{schema} is a message"),
    };
    assert_eq!(ty("Node", "kids"), r#"List(Schema("Node"))"#);
    assert_eq!(ty("Page", "items"), "List(Any)", "the anchor is that of several schemas");
    assert_eq!(ty("Holes", "both"), r#"List(Nullable(Schema("Mood")))"#);
    assert_eq!(ty("Holes", "bare"), r#"List(Nullable(Schema("Node")))"#);
    assert_eq!(ty("Holes", "exact"), "Int(I64Number)");
    assert_eq!(ty("Holes", "one"), r#"List(Schema("Mood"))"#);
}

/// A base and the schemas that extend it, in files that only the mapping of its discriminator names.
#[test]
fn bases_in_other_files() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write(
        "base.yaml",
        "Pet:
  type: object
  properties: {kind: {type: string}}
  discriminator: {propertyName: kind, mapping: {cat: './cat.yaml', dog: '#/Dog'}}
Dog: {allOf: [{$ref: '#/Pet'}, {type: object, properties: {bark: {type: boolean}}}]}",
    );
    write("cat.yaml", "allOf: [{$ref: 'base.yaml#/Pet'}, {type: object, properties: {lives: {type: integer}}}]");
    write(
        "root.yaml",
        "openapi: 3.0.3
info: {title: x, version: '1'}
servers: [{url: 'https://x.example.com'}]
paths: {}
components: {schemas: {Home: {type: object, properties: {pet: {$ref: 'base.yaml#/Pet'}}}}}",
    );
    let source = files::read(&folder.path().join("root.yaml")).unwrap();
    let document =
        parser::read_document(&source, &Folders::of(&source, &[])).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(warnings(&document), Vec::<&str>::new());
    let Shape::OneOf(pet) = &document.api.schemas["Pet"].shape else { panic!("a choice") };
    let mut names: Vec<&str> = pet.alternatives.iter().map(|one| one.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Cat", "Dog", "Other"]);
    assert_eq!(pet.discriminator.as_deref(), Some("kind"));
}

/// A server that is no HTTP server is not the API's, if there is another one.
#[test]
fn servers_of_several_schemes() {
    let root = |servers: &str| {
        let text = format!("openapi: 3.0.3\ninfo: {{title: x, version: '1'}}\nservers: [{servers}]\npaths: {{}}\n");
        let source = Arc::new(Source::new("x.yaml", text));
        let api = parser::read_document(&source, &Folders::of(&source, &[])).unwrap().api;
        format!("{}{}", api.root_url, api.service_path)
    };
    assert_eq!(root("{url: 'wss://a.example.com/v1'}, {url: 'https://b.example.com/v1'}"), "https://b.example.com/v1/");
    assert_eq!(root("{url: ' HTTPS://a.example.com/v1 '}"), "https://a.example.com/v1/");
    let paths = "  /a:
    get:
      operationId: show
      servers: [{url: 'ws://c.example.com'}, {url: 'https://d.example.com'}]
      responses: {'204': {description: x}}";
    let api = yaml(paths, "  schemas: {}").api;
    assert_eq!(api.methods["show"].server.as_ref().unwrap().root_url, "https://d.example.com/");
}
