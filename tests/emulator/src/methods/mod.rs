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

/// A request that was checked.
pub(crate) struct Asked<'a> {
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

impl Asked<'_> {
    /// The resource that the path names: every method has just one variable, however it is called.
    fn name(&self) -> &str {
        self.path.values().next().map_or("", String::as_str)
    }

    fn parameter(&self, name: &str) -> Option<&str> {
        self.query.get(name)?.last().map(String::as_str)
    }

    /// A text of the body.
    fn text(&self, field: &str) -> Option<&str> {
        self.body.get(field)?.as_str()
    }

    /// The full name of a type, as an `Any` has it.
    fn type_url(&self, name: &str) -> String {
        match self.api.name.as_str() {
            "aiplatform" => format!("type.googleapis.com/google.cloud.aiplatform.{}.{name}", self.api.version),
            _ => format!("type.googleapis.com/google.ai.generativelanguage.{}.{name}", self.api.version),
        }
    }
}

/// Does what was asked.
pub(crate) fn answer(world: &mut World, asked: &Asked<'_>) -> Result<Answer, Refusal> {
    let (resource, verb) = asked.method.rsplit_once('.').unwrap_or(("", asked.method));
    let resource = resource.rsplit('.').next().unwrap_or_default();
    if let "streamGenerateContent" = verb {
        return generate::stream(world, asked).map(Answer::Stream);
    }
    let message = match (resource, verb) {
        (_, "generateContent") => generate::content(world, asked),
        (_, "generateText") => generate::text(world, asked),
        ("models", "generateMessage") => generate::message(asked),
        ("models", "countTokens" | "countTextTokens" | "countMessageTokens") => generate::count(asked),
        ("models", "embedText" | "batchEmbedText") => generate::embed(asked),
        ("models", "list") => models::list(asked),
        ("models", "get") => models::get(world, asked),
        ("tunedModels", "create") => tuned_models::create(world, asked),
        ("tunedModels", "get") => tuned_models::get(world, asked),
        ("tunedModels", "list") => tuned_models::list(world, asked),
        ("tunedModels", "patch") => tuned_models::patch(world, asked),
        ("tunedModels", "delete") => tuned_models::delete(world, asked),
        ("tunedModels", "transferOwnership") => permissions::transfer(world, asked),
        ("tunedModels", "batchGenerateContent") => batches::generate(world, asked),
        ("tunedModels", "asyncBatchEmbedContent") => batches::embed(world, asked),
        ("permissions", "create") => permissions::create(world, asked),
        ("permissions", "get") => permissions::get(world, asked),
        ("permissions", "list") => permissions::list(world, asked),
        ("permissions", "patch") => permissions::patch(world, asked),
        ("permissions", "delete") => permissions::delete(world, asked),
        ("operations", "get") => world.look_at_operation(asked.name()),
        ("operations", "list") => operations::list(world, asked),
        ("operations", "cancel") => operations::cancel(world, asked),
        ("operations", "wait") => operations::wait(world, asked),
        ("operations", "delete") => operations::delete(world, asked),
        ("tuningJobs", "create") => tuning_jobs::create(world, asked),
        ("tuningJobs", "get") => world.look_at_job(asked.name()).map(crate::world::TuningJob::render),
        ("tuningJobs", "list") => tuning_jobs::list(world, asked),
        ("tuningJobs", "cancel") => tuning_jobs::cancel(world, asked),
        ("tuningJobs", "rebaseTunedModel") => tuning_jobs::rebase(world, asked),
        _ => Err(Refusal::new(Code::Unimplemented, format!("the emulator does not do {}", asked.method))),
    };
    message.map(Answer::Message)
}
