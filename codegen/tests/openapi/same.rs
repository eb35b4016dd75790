//! One API in both formats has the same model: v1beta3 as exported by Google in OpenAPI, and as a Discovery document
//! made from its protos. Differences are listed, each with the format that cannot state the fact.

use discovery_codegen::model::{Api, Shape, Type};
use discovery_codegen::parser;
use discovery_codegen::source::Source;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

fn read(path: &str) -> Api {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    let text = std::fs::read_to_string(&path).unwrap();
    parser::read(&Arc::new(Source::new(path.display().to_string(), text))).unwrap_or_else(|errors| panic!("{errors}"))
}

/// Formats a type. An enum is formatted as its values, since only some formats name it.
fn ty(api: &Api, of: &Type) -> String {
    match of {
        Type::List(inner) => format!("[{}]", ty(api, inner)),
        Type::Map(inner) => format!("{{{}}}", ty(api, inner)),
        Type::Schema(name) => match &api.schemas[name].shape {
            Shape::Enum(values) => values.values.iter().map(|v| v.name.as_str()).collect::<Vec<_>>().join("|"),
            _ => name.clone(),
        },
        other => format!("{other:?}"),
    }
}

/// Returns all facts of a model by name, except prose and places.
fn facts(api: &Api) -> BTreeMap<String, String> {
    let mut facts = BTreeMap::new();
    let mut say = |name: String, value: String| {
        assert!(facts.insert(name.clone(), value).is_none(), "{name} twice");
    };
    say("id".into(), api.id());
    say("title".into(), format!("{:?}", api.title));
    say("revision".into(), format!("{:?}", api.revision));
    say("root".into(), format!("{} {}", api.root_url, api.service_path));
    say("batch path".into(), format!("{:?}", api.batch_path));
    say("scopes".into(), format!("{:?}", api.scopes));
    say("endpoints".into(), format!("{:?}", api.endpoints));
    say("skipped".into(), format!("{:?}", api.skipped));
    for (name, parameter) in &api.parameters {
        say(format!("parameters/{name}/type"), format!("{:?} {}", parameter.location, ty(api, &parameter.ty)));
    }
    for (name, schema) in &api.schemas {
        match &schema.shape {
            Shape::Message(message) => {
                say(format!("schemas/{name}/shape"), format!("{:?} {}", message.additional, schema.deprecated));
                for (field, stated) in &message.fields {
                    let behavior: Vec<&str> = stated.behavior.iter().map(|b| b.as_str()).collect();
                    say(format!("schemas/{name}/{field}/type"), ty(api, &stated.ty));
                    let behavior = if behavior.is_empty() { "nothing".to_owned() } else { behavior.join(" ") };
                    say(format!("schemas/{name}/{field}/behavior"), behavior);
                    say(format!("schemas/{name}/{field}/deprecated"), stated.deprecated.to_string());
                    say(format!("schemas/{name}/{field}/constraints"), format!("{:?}", stated.constraints));
                }
            }
            Shape::Enum(_) => {}
            Shape::Alias(alias) => say(format!("schemas/{name}/alias"), ty(api, alias)),
            Shape::OneOf(one_of) => say(format!("schemas/{name}/one of"), format!("{one_of:?}")),
        }
    }
    for (name, method) in &api.methods {
        let mut fact = |key: &str, value: String| say(format!("methods/{name}/{key}"), value);
        let of = |part: &Option<Type>| part.as_ref().map_or("-".to_owned(), |part| ty(api, part));
        fact("id", method.id.clone());
        fact("call", format!("{} {}", method.http_method.as_str(), method.path));
        fact("flat path", format!("{:?}", method.flat_path));
        fact("order", method.parameter_order.join(" "));
        fact("body", format!("{} {:?}", of(&method.request), method.request_media_type));
        fact("reply", format!("{} streaming {}", of(&method.response), method.streaming));
        fact("scopes", method.scopes.join(" "));
        fact("operation", format!("{:?}", method.operation));
        fact("media", format!("{:?} {}", method.media_upload, method.media_download));
        for (name, p) in &method.parameters {
            fact(
                &format!("{name}/type"),
                format!("{:?} {} {} {} {:?}", p.location, ty(api, &p.ty), p.repeated, p.required, p.style),
            );
            fact(&format!("{name}/pattern"), format!("{:?}", p.constraints.pattern));
        }
    }
    facts
}

/// Returns the outermost item around a fact that the other document lacks.
fn holder<'n>(name: &'n str, other: &BTreeMap<String, String>) -> &'n str {
    let ends = name.match_indices('/').map(|(index, _)| index).skip(1);
    ends.map(|end| &name[..end])
        .find(|part| !other.keys().any(|key| key.starts_with(&format!("{part}/"))))
        .unwrap_or(name)
}

#[test]
fn differences_of_the_formats_are_listed() {
    let discovery = facts(&read("tests/documents/openapi/v1beta3.discovery.json"));
    let openapi = facts(&read("spec/generativelanguage.v1beta3.json"));
    let names: BTreeSet<&String> = discovery.keys().chain(openapi.keys()).collect();
    let differences: BTreeSet<String> = names
        .into_iter()
        .filter(|name| discovery.get(*name) != openapi.get(*name))
        .map(|name| match (discovery.get(name), openapi.get(name)) {
            (Some(one), Some(other)) => {
                match other.strip_prefix(one.as_str()).and_then(|more| more.strip_prefix('|')) {
                    Some(more) => format!("{name}: OpenAPI adds {more}"),
                    None => format!("{name}: Discovery says {one}; OpenAPI {other}"),
                }
            }
            (Some(_), None) => format!("{}: Discovery alone", holder(name, &openapi)),
            _ => format!("{}: OpenAPI alone", holder(name, &discovery)),
        })
        .collect();
    assert!(discovery.len() > 600, "{}", discovery.len());
    let expected: BTreeSet<String> =
        EXPECTED.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(str::to_owned).collect();
    let unexpected: Vec<_> = differences.difference(&expected).collect();
    let obsolete: Vec<_> = expected.difference(&differences).collect();
    assert!(unexpected.is_empty() && obsolete.is_empty(), "not listed: {unexpected:#?}\nno longer true: {obsolete:#?}");
}

const EXPECTED: &str = r#"
# Discovery alone has a path for batches, and lists the parameters of all methods; the export lists four of them.
batch path: Discovery says Some("batch"); OpenAPI None
parameters/access_token: Discovery alone
parameters/fields: Discovery alone
parameters/key: Discovery alone
parameters/oauth_token: Discovery alone
parameters/quotaUser: Discovery alone
parameters/uploadType: Discovery alone
parameters/upload_protocol: Discovery alone

# Only OpenAPI states the result types of operations.
methods/tunedModels.create/operation: Discovery says None; OpenAPI Some(Operation { response: Some("TunedModel"), metadata: Some("CreateTunedModelMetadata"), poll: None, source: None })
schemas/BaseOperation: OpenAPI alone
schemas/CreateTunedModelOperation: OpenAPI alone

# OpenAPI alone has a pattern for field masks.
methods/tunedModels.patch/updateMask/pattern: Discovery says None; OpenAPI Some("^(\\s*[^,\\s.]+(\\s*[,.]\\s*[^,\\s.]+)*)?$")
methods/tunedModels.permissions.patch/updateMask/pattern: Discovery says None; OpenAPI Some("^(\\s*[^,\\s.]+(\\s*[,.]\\s*[^,\\s.]+)*)?$")

# `Optional.` is part of the description in both, and descriptions of the export are not kept.
schemas/CitationSource/endIndex/behavior: Discovery says optional; OpenAPI nothing
schemas/CitationSource/license/behavior: Discovery says optional; OpenAPI nothing
schemas/CitationSource/startIndex/behavior: Discovery says optional; OpenAPI nothing
schemas/CitationSource/uri/behavior: Discovery says optional; OpenAPI nothing
schemas/Dataset/examples/behavior: Discovery says optional; OpenAPI nothing
schemas/GenerateMessageRequest/candidateCount/behavior: Discovery says optional; OpenAPI nothing
schemas/GenerateMessageRequest/temperature/behavior: Discovery says optional; OpenAPI nothing
schemas/GenerateMessageRequest/topK/behavior: Discovery says optional; OpenAPI nothing
schemas/GenerateMessageRequest/topP/behavior: Discovery says optional; OpenAPI nothing
schemas/GenerateTextRequest/candidateCount/behavior: Discovery says optional; OpenAPI nothing
schemas/GenerateTextRequest/maxOutputTokens/behavior: Discovery says optional; OpenAPI nothing
schemas/GenerateTextRequest/temperature/behavior: Discovery says optional; OpenAPI nothing
schemas/GenerateTextRequest/topK/behavior: Discovery says optional; OpenAPI nothing
schemas/GenerateTextRequest/topP/behavior: Discovery says optional; OpenAPI nothing
schemas/Message/author/behavior: Discovery says optional; OpenAPI nothing
schemas/MessagePrompt/context/behavior: Discovery says optional; OpenAPI nothing
schemas/MessagePrompt/examples/behavior: Discovery says optional; OpenAPI nothing
schemas/TunedModel/description/behavior: Discovery says optional; OpenAPI nothing
schemas/TunedModel/displayName/behavior: Discovery says optional; OpenAPI nothing
schemas/TunedModel/temperature/behavior: Discovery says optional; OpenAPI nothing
schemas/TunedModel/topK/behavior: Discovery says optional; OpenAPI nothing
schemas/TunedModel/topP/behavior: Discovery says optional; OpenAPI nothing
schemas/TunedModel/tunedModelSource/behavior: Discovery says optional; OpenAPI nothing
schemas/TuningExample/textInput/behavior: Discovery says optional; OpenAPI nothing
schemas/Permission/emailAddress/behavior: Discovery says optional immutable; OpenAPI immutable

# The service is newer than these protos: added methods, properties and values, and fewer required properties.
methods/corpora.permissions.create: OpenAPI alone
methods/corpora.permissions.delete: OpenAPI alone
methods/corpora.permissions.get: OpenAPI alone
methods/corpora.permissions.list: OpenAPI alone
methods/corpora.permissions.patch: OpenAPI alone
methods/tunedModels.list/filter: OpenAPI alone
methods/tunedModels.patch/order: Discovery says name updateMask; OpenAPI name
methods/tunedModels.patch/updateMask/type: Discovery says Query FieldMask false true Repeat; OpenAPI Query FieldMask false false Repeat
schemas/BatchEmbedTextRequest/requests: OpenAPI alone
schemas/BatchEmbedTextRequest/texts/behavior: Discovery says required; OpenAPI nothing
schemas/EmbedTextRequest/model: OpenAPI alone
schemas/EmbedTextRequest/text/behavior: Discovery says required; OpenAPI nothing
schemas/Hyperparameters/learningRateMultiplier: OpenAPI alone
schemas/Model/maxTemperature: OpenAPI alone
schemas/Model/thinking: OpenAPI alone
schemas/Permission/granteeType/behavior: Discovery says required immutable; OpenAPI immutable
schemas/SafetyRating/blocked: OpenAPI alone
schemas/SafetyRating/category/type: OpenAPI adds HARM_CATEGORY_HARASSMENT|HARM_CATEGORY_HATE_SPEECH|HARM_CATEGORY_SEXUALLY_EXPLICIT|HARM_CATEGORY_DANGEROUS_CONTENT|HARM_CATEGORY_CIVIC_INTEGRITY|HARM_CATEGORY_JAILBREAK
schemas/SafetySetting/category/type: OpenAPI adds HARM_CATEGORY_HARASSMENT|HARM_CATEGORY_HATE_SPEECH|HARM_CATEGORY_SEXUALLY_EXPLICIT|HARM_CATEGORY_DANGEROUS_CONTENT|HARM_CATEGORY_CIVIC_INTEGRITY|HARM_CATEGORY_JAILBREAK
schemas/SafetySetting/threshold/type: OpenAPI adds OFF
schemas/TunedModel/readerProjectNumbers: OpenAPI alone
schemas/TuningExamples/examples/behavior: Discovery says required; OpenAPI nothing
"#;
