//! Facts about methods: bindings missing from the document, and results of long-running operations.

use super::added::Adding;
use super::{Protos, bindings, stated, text};
use crate::import::facts::{Facts, OperationFact};
use crate::model::Api;
use crate::model::pattern::Pattern;
use prost_reflect::{DynamicMessage, ExtensionDescriptor, MessageDescriptor, MethodDescriptor};
use std::collections::BTreeMap;

/// Schemas by the full name of their message.
pub(super) type Schemas<'a> = BTreeMap<&'a str, &'a str>;

/// Compares the methods of the services with those of the document.
pub(super) fn facts(api: &Api, protos: &Protos, messages: &BTreeMap<String, MessageDescriptor>, facts: &mut Facts) {
    let Some(http) = protos.pool.get_extension_by_name("google.api.http") else {
        return;
    };
    let info = protos.pool.get_extension_by_name("google.longrunning.operation_info");
    let oauth = protos.pool.get_extension_by_name("google.api.oauth_scopes");
    let schemas: Schemas<'_> =
        messages.iter().map(|(schema, message)| (message.full_name(), schema.as_str())).collect();
    let paths = bindings::of_document(api);
    let loose = bindings::loose(&paths);
    let kept = Kept::new(&api.include, facts);
    let mut pruned = Vec::new();
    for service in protos.pool.services().filter(|service| protos.is_own(service.package_name())) {
        let scopes = oauth.as_ref().map(|oauth| scopes(&service.options(), oauth)).unwrap_or_default();
        for method in service.methods() {
            let options = method.options();
            let mut names: Vec<String> = Vec::new();
            for rule in bindings::of_method(&options, &http) {
                let binding = rule.binding();
                let known = paths.get(&binding).or_else(|| loose.get(&bindings::loosened(&binding)).copied().flatten());
                if let Some(name) = known {
                    names.push(name.clone());
                    continue;
                }
                let adding = Adding { api, schemas: &schemas, method: &method, rule: &rule, scopes: &scopes };
                let call = format!("`{}`, {} {}", method.full_name(), rule.verb, rule.path);
                let name = match adding.name(&facts.methods) {
                    Ok(name) if !kept.keeps(&name) => {
                        pruned.push(name);
                        continue;
                    }
                    Ok(name) => name,
                    Err(reason) => {
                        facts.unmatched.push(format!("{call}: {reason}"));
                        continue;
                    }
                };
                match adding.fact(&name) {
                    Ok(fact) => {
                        facts.methods.push(fact);
                        names.push(name);
                    }
                    Err(reason) => facts.unmatched.push(format!("{call}: {reason}")),
                }
            }
            if let Some(info) = &info
                && options.has_extension(info)
                && let Some(info) = options.get_extension(info).as_message()
            {
                names.into_iter().for_each(|name| operation(protos, &schemas, &method, info, name, facts));
            }
        }
    }
    if !pruned.is_empty() {
        pruned.sort();
        facts.unmatched.push(format!("pruned from the document by `x-include`: {}", pruned.join(", ")));
    }
}

/// Adds the result of a long-running operation: `google.longrunning.operation_info`.
fn operation(
    protos: &Protos,
    schemas: &Schemas<'_>,
    method: &MethodDescriptor,
    info: &DynamicMessage,
    name: String,
    facts: &mut Facts,
) {
    let mut ends = |key: &str| {
        let full = resolve(protos, method.parent_file().package_name(), &text(info, key)?);
        let schema = schemas.get(full.as_str()).map(|schema| (*schema).to_owned());
        if schema.is_none() {
            facts.unmatched.push(format!("`{name}`: the document has no schema for its {key} `{full}`"));
        }
        schema
    };
    let (response, metadata) = (ends("response_type"), ends("metadata_type"));
    if response.is_some() || metadata.is_some() {
        let source = stated(&method.parent_file());
        facts.operations.push(OperationFact { method: name, response, metadata, source });
    }
}

/// Resolves a message name relative to a package.
fn resolve(protos: &Protos, package: &str, name: &str) -> String {
    let name = name.trim_start_matches('.');
    let within = format!("{package}.{name}");
    if protos.pool.get_message_by_name(&within).is_some() { within } else { name.to_owned() }
}

/// Returns `google.api.oauth_scopes`: URLs separated by commas.
fn scopes(options: &DynamicMessage, extension: &ExtensionDescriptor) -> Vec<String> {
    let value = options.get_extension(extension);
    let scopes = value.as_str().unwrap_or_default().split(',').map(str::trim).filter(|scope| !scope.is_empty());
    scopes.map(str::to_owned).collect()
}

/// Patterns to which a document was pruned.
struct Kept(Option<Vec<Pattern>>);

impl Kept {
    fn new(include: &[String], facts: &mut Facts) -> Self {
        if include.is_empty() {
            return Self(None);
        }
        let patterns = include.iter().filter_map(|text| match Pattern::parse(text) {
            Ok(pattern) => Some(pattern),
            Err(fault) => {
                facts.unmatched.push(format!("the document's `x-include`: {fault}"));
                None
            }
        });
        Self(Some(patterns.collect()))
    }

    fn keeps(&self, name: &str) -> bool {
        self.0.as_ref().is_none_or(|patterns| patterns.iter().any(|pattern| pattern.matches(name)))
    }
}
