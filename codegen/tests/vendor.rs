//! Vendoring: pruning, and removal of descriptions.

use discovery_codegen::commands::vendor::prune::vendor;
use discovery_codegen::parser::overlay;
use discovery_codegen::source::Source;
use std::sync::Arc;

const DOCUMENT: &str = r##"{
  "name": "zoo", "version": "v1", "title": "Zoo", "rootUrl": "https://zoo.example.com/", "servicePath": "",
  "description": "All about animals.",
  "schemas": {
    "Keeper": {"type": "object", "id": "Keeper", "properties": {"name": {"type": "string"}}},
    "Animal": {"type": "object", "id": "Animal", "description": "An animal.", "properties": {
      "weight": {"type": "number", "format": "double", "default": 1.50},
      "description": {"type": "string", "description": "What it looks like."},
      "kind": {"type": "string", "enum": ["CAT"], "enumDescriptions": ["Meows."]}}},
    "FeedMetadata": {"type": "object", "id": "FeedMetadata"}
  },
  "resources": {
    "animals": {
      "methods": {
        "get": {"id": "zoo.animals.get", "httpMethod": "GET", "path": "v1/{+name}", "description": "Reads one.",
          "parameters": {"name": {"type": "string", "location": "path", "required": true}},
          "response": {"$ref": "Animal"}},
        "feed": {"id": "zoo.animals.feed", "httpMethod": "POST", "path": "v1/{+name}:feed",
          "parameters": {"name": {"type": "string", "location": "path", "required": true}}}
      },
      "resources": {"keepers": {"methods": {"list": {"id": "zoo.animals.keepers.list", "httpMethod": "GET",
        "path": "v1/keepers", "response": {"$ref": "Keeper"}}}}}
    }
  }
}"##;

fn document() -> Arc<Source> {
    Arc::new(Source::new("zoo.json", DOCUMENT))
}

#[test]
fn selected_methods_and_their_schemas_are_kept() {
    let text = vendor(&document(), &["animals.get".into()], None).unwrap();
    let expected = r##"{
  "name": "zoo",
  "version": "v1",
  "title": "Zoo",
  "rootUrl": "https://zoo.example.com/",
  "servicePath": "",
  "schemas": {
    "Animal": {
      "type": "object",
      "id": "Animal",
      "properties": {
        "weight": {
          "type": "number",
          "format": "double",
          "default": 1.50
        },
        "description": {
          "type": "string"
        },
        "kind": {
          "type": "string",
          "enum": [
            "CAT"
          ]
        }
      }
    }
  },
  "resources": {
    "animals": {
      "methods": {
        "get": {
          "id": "zoo.animals.get",
          "httpMethod": "GET",
          "path": "v1/{+name}",
          "parameters": {
            "name": {
              "type": "string",
              "location": "path",
              "required": true
            }
          },
          "response": {
            "$ref": "Animal"
          }
        }
      }
    }
  },
  "x-include": [
    "animals.get"
  ]
}
"##;
    assert_eq!(text, expected);
}

#[test]
fn targets_of_the_overlay_are_kept() {
    let notes = r#"
[methods."animals.feed"]
operation = { metadata = "FeedMetadata", source = { kind = "manual", ref = "seen" } }

[add.schemas.Feeding]
type = "object"
properties = { by = { "$ref" = "Keeper" } }
source = { kind = "manual", ref = "seen" }
"#;
    let notes = overlay::read(&Arc::new(Source::new("zoo.overlay.toml", notes))).unwrap();
    let text = vendor(&document(), &["animals.feed".into()], Some(&notes)).unwrap();
    for (name, kept) in [("\"FeedMetadata\"", true), ("\"Keeper\"", true), ("\"Animal\"", false)] {
        assert_eq!(text.contains(name), kept, "{name} in\n{text}");
    }
}

#[test]
fn vendoring_is_idempotent() {
    let once = vendor(&document(), &["animals.**".into()], None).unwrap();
    let again = Arc::new(Source::new("zoo.json", once.clone()));
    assert_eq!(vendor(&again, &["animals.**".into()], None).unwrap(), once);
    // Pruning again replaces the recorded patterns.
    let less = vendor(&again, &["animals.get".into()], None).unwrap();
    assert_eq!(less, vendor(&document(), &["animals.get".into()], None).unwrap());
}

#[test]
fn a_pattern_that_matches_no_method_is_an_error() {
    let error = vendor(&document(), &["animals.gte".into()], None).unwrap_err().render(false);
    for part in ["`animals.gte` matches no method", "did you mean `animals.get`?"] {
        assert!(error.contains(part), "{error}");
    }
}

#[test]
fn an_openapi_document_keeps_its_names() {
    let text = r##"{"openapi": "3.0.3", "info": {"title": "Zoo", "version": "1", "description": "prose"},
      "servers": [{"url": "https://{region}.example.com", "variables": {"region": {"default": "eu", "description": "prose"}}}],
      "paths": {"/a": {"get": {"operationId": "list", "summary": "prose",
        "parameters": [{"$ref": "#/components/parameters/example"}],
        "responses": {"default": {"description": "prose", "headers": {"description": {"description": "prose", "schema": {"type": "string"}}},
          "content": {"application/json": {"example": 1, "schema": {"$ref": "#/components/schemas/default"}}}}}}}},
      "components": {
        "parameters": {"example": {"name": "q", "in": "query", "description": "prose", "schema": {"type": "string"}}},
        "schemas": {"default": {"type": "object", "description": "prose", "properties": {
          "description": {"type": "string", "default": "kept", "description": "prose"}}}},
        "securitySchemes": {"summary": {"type": "oauth2", "flows": {"implicit": {
          "authorizationUrl": "https://example.com", "scopes": {"read": "prose"}}}}}
      }}"##;
    let source = Arc::new(Source::new("zoo.json", text));
    for include in [Vec::new(), vec!["list".to_owned()]] {
        let text = vendor(&source, &include, None).unwrap();
        assert!(!text.contains("prose") && text.contains("\"kept\"") && text.contains("\"read\""), "{text}");
        let api = discovery_codegen::parser::read(&Arc::new(Source::new("zoo.json", text.as_str()))).unwrap();
        assert_eq!(api.methods["list"].parameters.len(), 1, "{text}");
        assert!(api.methods["list"].response.is_some(), "{text}");
    }
}

#[test]
fn paths_without_operations_are_removed() {
    let text = r#"{"openapi": "3.0.3", "info": {"title": "Zoo", "version": "1"}, "servers": [{"url": "https://example.com"}],
      "paths": {
        "/a": {"GET": {"operationId": "list", "responses": {"204": {"description": "x"}}}},
        "/b": {"parameters": [], "GET": {"operationId": "count", "responses": {"204": {"description": "x"}}}}
      }}"#;
    let text = vendor(&Arc::new(Source::new("zoo.json", text)), &["list".to_owned()], None).unwrap();
    assert!(text.contains("\"/a\"") && !text.contains("\"/b\""), "{text}");
}
