//! Notes on methods: operations, jobs, scopes, parameters.

use super::Apply;
use crate::model::{Behavior, Job, Message, Operation, PathTemplate, Shape};
use crate::parser::overlay::{JobNotes, MethodNotes, OperationNotes, ParameterNotes};

impl Apply<'_> {
    /// Applies the notes on a method.
    pub(super) fn method(&mut self, name: &str, notes: &MethodNotes) {
        let here = ["methods", name];
        // Removed for now, so that its parts can be changed while the rest of the API is read.
        let Some(mut method) = self.api.methods.remove(name) else {
            let known = self.method_names();
            self.absent(format!("unknown method `{name}`"), &here, name, &known);
            return;
        };
        if notes.doc.is_some() {
            method.doc.clone_from(&notes.doc);
        }
        if let Some(scopes) = &notes.scopes {
            method.scopes.clone_from(scopes);
            for scope in scopes {
                self.api.scopes.entry(scope.clone()).or_default();
            }
        }
        method.idempotent = notes.idempotent.or(method.idempotent);
        method.streaming = notes.streaming.unwrap_or(method.streaming);
        for (parameter, notes) in &notes.parameters {
            self.parameter(name, &mut method, parameter, notes);
        }
        if let Some(operation) = &notes.operation {
            method.operation = self.operation(name, operation);
        }
        self.api.methods.insert(name.to_owned(), method);
        // A job may name this method.
        if let Some(job) = &notes.job
            && let Some(job) = self.job(name, job)
            && let Some(method) = self.api.methods.get_mut(name)
        {
            method.job = Some(job);
        }
    }

    fn parameter(&mut self, name: &str, method: &mut crate::model::Method, parameter: &str, notes: &ParameterNotes) {
        let here = ["methods", name, "parameters", parameter];
        let Some(found) = method.parameters.get_mut(parameter) else {
            let known = self.candidates(method.parameters.keys());
            self.absent(format!("unknown parameter `{parameter}` of `{name}`"), &here, parameter, &known);
            return;
        };
        if notes.doc.is_some() {
            found.doc.clone_from(&notes.doc);
        }
        let other = notes.behavior.iter().find(|b| !matches!(b, Behavior::Required | Behavior::Optional));
        if let Some(other) = other {
            let message =
                format!("invalid behavior `{}` of a parameter, which is `required` or `optional`", other.as_str());
            self.wrong(message, &["methods", name, "parameters", parameter, "behavior"]);
        }
        if notes.behavior.contains(&Behavior::Required) && !found.required {
            found.required = true;
            method.parameter_order.push(parameter.to_owned());
        }
    }

    fn operation(&mut self, name: &str, notes: &OperationNotes) -> Option<Operation> {
        let mut resolved = true;
        for (key, schema) in [("response", &notes.response), ("metadata", &notes.metadata)] {
            let Some(schema) = schema else { continue };
            if !self.api.schemas.contains_key(schema) {
                let known = self.schema_names();
                let message = format!("unknown schema `{schema}`, the {key} of this operation");
                self.absent(message, &["methods", name, "operation", key], schema, &known);
                resolved = false;
            }
        }
        let poll = match notes.poll.as_deref().map(PathTemplate::parse) {
            Some(Err(message)) => {
                self.wrong(message, &["methods", name, "operation", "poll"]);
                None
            }
            Some(Ok(path)) => Some(path),
            None => None,
        };
        resolved.then(|| Operation {
            response: notes.response.clone(),
            metadata: notes.metadata.clone(),
            poll,
            source: Some(notes.source.clone()),
        })
    }

    fn job(&mut self, name: &str, notes: &JobNotes) -> Option<Job> {
        let place = |key: &'static str| ["methods", name, "job", key];
        let errors = self.diagnostics.0.len();
        for (key, method) in [("get", Some(&notes.get)), ("cancel", notes.cancel.as_ref())] {
            let Some(method) = method else { continue };
            if !self.api.methods.contains_key(method) {
                let known = self.method_names();
                self.absent(format!("unknown method `{method}`"), &place(key), method, &known);
            }
        }
        let resource =
            self.api.methods.get(&notes.get).and_then(|get| get.response.as_ref()?.schema()).map(str::to_owned);
        let message = resource.as_ref().and_then(|resource| match &self.api.schemas.get(resource)?.shape {
            Shape::Message(message) => Some(message.clone()),
            Shape::Enum(_) | Shape::Alias(_) | Shape::OneOf(_) => None,
        });
        if let (Some(resource), Some(message)) = (resource, message) {
            self.job_of(name, notes, &resource, &message);
        }
        (self.diagnostics.0.len() == errors).then(|| Job {
            get: notes.get.clone(),
            cancel: notes.cancel.clone(),
            state: notes.state.clone(),
            succeeded: notes.succeeded.clone(),
            failed: notes.failed.clone(),
            error: notes.error.clone(),
        })
    }

    /// Checks that the resource has the properties and states of the job.
    fn job_of(&mut self, name: &str, notes: &JobNotes, resource: &str, message: &Message) {
        let properties = self.candidates(message.fields.keys());
        for (key, property) in [("state", Some(&notes.state)), ("error", notes.error.as_ref())] {
            let Some(property) = property else { continue };
            if !message.fields.contains_key(property) {
                let text = format!("unknown property `{property}` of `{resource}`");
                self.absent(text, &["methods", name, "job", key], property, &properties);
            }
        }
        let Some(state) = message.fields.get(&notes.state) else {
            return;
        };
        let shape = state.ty.schema().and_then(|name| self.api.schemas.get(name)).map(|schema| &schema.shape);
        let Some(Shape::Enum(enumeration)) = shape else {
            let text = format!("`{resource}.{}` is not an enum and has no states", notes.state);
            self.unfit(text, &["methods", name, "job", "state"], |diagnostic| diagnostic);
            return;
        };
        let known: Vec<String> = enumeration.values.iter().map(|value| value.name.clone()).collect();
        for (key, states) in [("succeeded", &notes.succeeded), ("failed", &notes.failed)] {
            for (index, state) in states.iter().enumerate() {
                if !known.contains(state) {
                    let text = format!("unknown state `{state}` of `{resource}.{}`", notes.state);
                    self.absent(text, &["methods", name, "job", key, &index.to_string()], state, &known);
                }
            }
        }
    }
}
