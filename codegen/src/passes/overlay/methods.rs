//! Notes on methods: operations, jobs, scopes, parameters.

use super::Apply;
use crate::model::{Behavior, Job, Message, Method, NextPage, Operation, Pagination, PathTemplate, Shape, Type};
use crate::parser::overlay::{JobNotes, MethodNotes, OperationNotes, PagesNotes, ParameterNotes};
use std::collections::BTreeMap;

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
        if let Some(pages) = &notes.pages {
            method.pagination = self.pages(name, &method, pages);
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
            self.error(message, &["methods", name, "parameters", parameter, "behavior"]);
        }
        if notes.behavior.contains(&Behavior::Required) && !found.required {
            found.required = true;
            method.parameter_order.push(parameter.to_owned());
        }
    }

    fn pages(&mut self, name: &str, method: &Method, notes: &PagesNotes) -> Option<Pagination> {
        let here = ["methods", name, "pages"];
        let next = match (&notes.token, &notes.next_token, notes.link, &notes.page, &notes.offset) {
            (Some(parameter), Some(property), false, None, None) => {
                let property = property.split('.').map(str::to_owned).collect();
                NextPage::Token { parameter: parameter.clone(), property }
            }
            (None, None, true, None, None) => NextPage::Link,
            (None, None, false, Some(page), None) => {
                NextPage::Number { parameter: page.clone(), size: notes.size.clone() }
            }
            (None, None, false, None, Some(offset)) => {
                NextPage::Offset { parameter: offset.clone(), size: notes.size.clone() }
            }
            _ => {
                self.error("expected one of: `token` with `next_token`, `link`, `page`, `offset`".to_owned(), &here);
                return None;
            }
        };
        let parameters =
            [("token", &notes.token), ("page", &notes.page), ("offset", &notes.offset), ("size", &notes.size)];
        for (key, parameter) in parameters {
            if let Some(parameter) = parameter.as_ref().filter(|name| !method.parameters.contains_key(*name)) {
                let known = self.candidates(method.parameters.keys());
                let message = format!("unknown parameter `{parameter}` of `{name}`");
                self.absent(message, &["methods", name, "pages", key], parameter, &known);
            }
        }
        let response = method.response.as_ref().map(|ty| self.api.resolve(ty).clone());
        let message = response.as_ref().and_then(Type::schema).and_then(|schema| self.api.shape(schema)).cloned();
        let fields = match message {
            Some(Shape::Message(message)) => message.fields,
            _ => BTreeMap::new(),
        };
        let first = notes.next_token.as_ref().and_then(|path| path.split('.').next().map(str::to_owned));
        for (key, property) in [("items", notes.items.clone()), ("next_token", first)] {
            if let Some(property) = property.filter(|property| !fields.contains_key(property)) {
                let known = self.candidates(fields.keys());
                let message = format!("unknown property `{property}` of the response of `{name}`");
                self.absent(message, &["methods", name, "pages", key], &property, &known);
            }
        }
        Some(Pagination { next, items: notes.items.clone() })
    }

    fn operation(&mut self, name: &str, notes: &OperationNotes) -> Option<Operation> {
        let mut resolved = true;
        for (key, schema) in [("response", &notes.response), ("metadata", &notes.metadata)] {
            let Some(schema) = schema else { continue };
            if !self.api.schemas.contains_key(schema) {
                let message = format!("unknown schema `{schema}`, the {key} of this operation");
                self.absent_schema(message, &["methods", name, "operation", key], schema);
                resolved = false;
            }
        }
        let poll = match notes.poll.as_deref().map(PathTemplate::parse) {
            Some(Err(message)) => {
                self.error(message, &["methods", name, "operation", "poll"]);
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
        self.check_cancel(name, notes);
        let property = self.name_of(name, notes)?;
        (self.diagnostics.0.len() == errors).then(|| Job {
            get: notes.get.clone(),
            cancel: notes.cancel.clone(),
            name: property,
            state: notes.state.clone(),
            succeeded: notes.succeeded.clone(),
            failed: notes.failed.clone(),
            error: notes.error.clone(),
        })
    }

    /// Checks that the path of the method that cancels a job takes the name of the job, and nothing else.
    fn check_cancel(&mut self, name: &str, notes: &JobNotes) {
        let Some(cancel) = notes.cancel.as_ref() else { return };
        let Some(variables) = self.api.methods.get(cancel).map(|method| method.path.variables().count()) else {
            return;
        };
        if variables != 1 {
            let text = format!("the path of `{cancel}` has {variables} variables: that of a job has one");
            self.unfit(text, &["methods", name, "job", "cancel"], |diagnostic| diagnostic);
        }
    }

    /// Returns the property of the response that holds the name of a job, which the path of its `get` takes.
    fn name_of(&mut self, name: &str, notes: &JobNotes) -> Option<String> {
        let path = &self.api.methods.get(&notes.get)?.path;
        let variables: Vec<String> = path.variables().map(str::to_owned).collect();
        let [variable] = variables.as_slice() else {
            let text = format!("the path of `{}` has {} variables: that of a job has one", notes.get, variables.len());
            self.unfit(text, &["methods", name, "job", "get"], |diagnostic| diagnostic);
            return None;
        };
        let property = notes.name.as_ref().unwrap_or(variable);
        let response = self.api.methods.get(name).and_then(|method| method.response.as_ref());
        let response = response.and_then(|ty| self.api.resolve(ty).schema());
        let shape = response.and_then(|response| self.api.shape(response));
        if let (Some(response), Some(Shape::Message(message))) = (response, shape)
            && !message.fields.contains_key(property)
        {
            let text = format!("unknown property `{property}` of `{response}`, the response of `{name}`");
            let known = self.candidates(message.fields.keys());
            if notes.name.is_some() {
                self.absent(text, &["methods", name, "job", "name"], property, &known);
            } else {
                let help = format!(
                    "the path of `{}` takes the name of the job: state the property that holds it as `name`",
                    notes.get
                );
                self.unfit(text, &["methods", name, "job", "get"], |diagnostic| diagnostic.help(help));
            }
            return None;
        }
        Some(property.clone())
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
