//! Implementations of the methods.

mod answers;
mod batches;
mod generate;
mod mask;
mod models;
mod operations;
mod pages;
mod permissions;
mod tuned_models;
mod tuning_jobs;

use crate::refusal::{Code, Refusal};
use crate::world::World;
use discovery_codegen::model::Api;
use serde_json::Value;
use std::collections::BTreeMap;

/// Request that passed all checks.
pub(crate) struct CheckedRequest<'a> {
    pub(crate) api: &'a Api,
    pub(crate) method: &'a str,
    pub(crate) path: BTreeMap<String, String>,
    pub(crate) query: BTreeMap<String, Vec<String>>,
    pub(crate) body: Value,
}

/// Response of a method.
pub(crate) enum Answer {
    Message(Value),
    Stream(Vec<Value>),
}

impl CheckedRequest<'_> {
    /// Returns the name of the resource: the value of the only variable of the path.
    fn name(&self) -> &str {
        self.path.values().next().map_or("", String::as_str)
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.query.get(name)?.last().map(String::as_str)
    }

    /// Returns a string field of the body.
    fn text(&self, field: &str) -> Option<&str> {
        self.body.get(field)?.as_str()
    }

    /// Returns the URL of a type, as in an `Any`.
    fn type_url(&self, name: &str) -> String {
        match self.api.name.as_str() {
            "aiplatform" => format!("type.googleapis.com/google.cloud.aiplatform.{}.{name}", self.api.version),
            _ => format!("type.googleapis.com/google.ai.generativelanguage.{}.{name}", self.api.version),
        }
    }
}

/// Executes the method of a request.
pub(crate) fn answer(world: &mut World, request: &CheckedRequest<'_>) -> Result<Answer, Refusal> {
    let (resource, verb) = request.method.rsplit_once('.').unwrap_or(("", request.method));
    let resource = resource.rsplit('.').next().unwrap_or_default();
    if let "streamGenerateContent" = verb {
        return generate::stream(world, request).map(Answer::Stream);
    }
    let message = match (resource, verb) {
        (_, "generateContent") => generate::content(world, request),
        (_, "generateText") => generate::text(world, request),
        ("models", "generateMessage") => generate::message(request),
        ("models", "countTokens" | "countTextTokens" | "countMessageTokens") => generate::count(request),
        ("models", "embedText" | "batchEmbedText") => generate::embed(request),
        ("models", "list") => models::list(request),
        ("models", "get") => models::get(world, request),
        ("tunedModels", "create") => tuned_models::create(world, request),
        ("tunedModels", "get") => tuned_models::get(world, request),
        ("tunedModels", "list") => tuned_models::list(world, request),
        ("tunedModels", "patch") => tuned_models::patch(world, request),
        ("tunedModels", "delete") => tuned_models::delete(world, request),
        ("tunedModels", "transferOwnership") => permissions::transfer(world, request),
        ("tunedModels", "batchGenerateContent") => batches::generate(world, request),
        ("tunedModels", "asyncBatchEmbedContent") => batches::embed(world, request),
        ("permissions", "create") => permissions::create(world, request),
        ("permissions", "get") => permissions::get(world, request),
        ("permissions", "list") => permissions::list(world, request),
        ("permissions", "patch") => permissions::patch(world, request),
        ("permissions", "delete") => permissions::delete(world, request),
        ("operations", "get") => world.poll_operation(request.name()),
        ("operations", "list") => operations::list(world, request),
        ("operations", "cancel") => operations::cancel(world, request),
        ("operations", "wait") => operations::wait(world, request),
        ("operations", "delete") => operations::delete(world, request),
        ("tuningJobs", "create") => tuning_jobs::create(world, request),
        ("tuningJobs", "get") => world.poll_job(request.name()).map(crate::world::TuningJob::render),
        ("tuningJobs", "list") => tuning_jobs::list(world, request),
        ("tuningJobs", "cancel") => tuning_jobs::cancel(world, request),
        ("tuningJobs", "rebaseTunedModel") => tuning_jobs::rebase(world, request),
        _ => Err(Refusal::new(Code::Unimplemented, format!("the emulator does not implement {}", request.method))),
    };
    message.map(Answer::Message)
}
