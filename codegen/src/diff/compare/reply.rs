//! What a reply is besides its type: a stream, an operation, a job, a page; and other marks of a method.

use super::{Comparison, Draft, Place};
use crate::model::Method;
use serde_json::json;

impl Comparison<'_> {
    pub(super) fn marks(&mut self, place: &Place, requests: &Place, replies: &Place, a: &Method, b: &Method) {
        if a.api_version != b.api_version {
            let part = place.part("apiVersion");
            let draft =
                Draft::new("api-version-changed", &part, "the version that is asked for with a header is another one");
            self.push(draft.values(json!(a.api_version), json!(b.api_version)));
        }
        if a.request_media_type != b.request_media_type {
            let part = requests.part("request");
            let draft = Draft::new("media-type-changed", &part, "the body has another media type");
            self.push(draft.values(json!(a.request_media_type), json!(b.request_media_type)));
        }
        if a.streaming != b.streaming {
            let part = replies.part("streaming");
            let words = if b.streaming { "the reply is a stream" } else { "the reply is no stream any more" };
            self.push(Draft::new("streaming-changed", &part, words).values(a.streaming, b.streaming));
        }
        self.operation(&replies.part("operation"), a, b);
        self.job(&replies.part("job"), a, b);
        self.pages(&replies.part("pages"), a, b);
        if a.idempotent != b.idempotent {
            let part = requests.part("idempotent");
            let draft =
                Draft::new("idempotence-changed", &part, "whether a failed call may be repeated is another matter");
            self.push(draft.values(json!(a.idempotent), json!(b.idempotent)));
        }
    }

    fn operation(&mut self, place: &Place, a: &Method, b: &Method) {
        let value = |m: &Method| m.operation.as_ref().map(|o| json!({"response": o.response, "metadata": o.metadata}));
        let schemas = |m: &Method| -> Vec<String> {
            m.operation.iter().flat_map(|o| [o.response.clone(), o.metadata.clone()]).flatten().collect()
        };
        let (was, is) = (value(a), value(b));
        let renamed = |name: &Option<String>| name.as_ref().and_then(|n| self.renames.schema(n)).map(str::to_owned);
        let same = match (&a.operation, &b.operation) {
            (Some(x), Some(y)) => renamed(&x.response) == y.response && renamed(&x.metadata) == y.metadata,
            (None, None) => true,
            _ => false,
        };
        if same {
            return;
        }
        // What is told now and was not before is no other message.
        let told = |was: &Option<String>, is: &Option<String>| was.is_none() || renamed(was) == *is;
        let draft = match (&a.operation, &b.operation) {
            (None, _) => Draft::new("operation-started", place, "the reply is an operation to wait for"),
            (_, None) => Draft::new("operation-untyped", place, "the reply is no operation any more"),
            (Some(x), Some(y)) if told(&x.response, &y.response) && told(&x.metadata, &y.metadata) => {
                Draft::new("operation-typed", place, "what the operation ends in is known")
            }
            (Some(x), Some(y)) if y.response.is_none() && told(&y.metadata, &x.metadata) && x.response.is_some() => {
                Draft::new("operation-untyped", place, "what the operation ends in is no longer known")
            }
            _ => Draft::new("operation-changed", place, "the operation ends in another message"),
        };
        let (gained, lost) = (schemas(b), schemas(a));
        let draft = draft.gained(gained.iter().map(String::as_str)).lost(lost.iter().map(String::as_str));
        self.push(draft.maybe(was, is));
    }

    fn job(&mut self, place: &Place, a: &Method, b: &Method) {
        let value = |m: &Method| {
            m.job.as_ref().map(|j| {
                json!({"get": j.get, "cancel": j.cancel, "state": j.state, "succeeded": j.succeeded, "failed": j.failed,
                    "error": j.error})
            })
        };
        let draft = match (&a.job, &b.job) {
            (None, Some(_)) => Draft::new("job-started", place, "the reply is a job to wait for"),
            (Some(_), None) => Draft::new("job-ended", place, "the reply is no job to wait for any more"),
            (a, b) if a != b => Draft::new("job-changed", place, "the job is watched in another way"),
            _ => return,
        };
        self.push(draft.maybe(value(a), value(b)));
    }

    fn pages(&mut self, place: &Place, a: &Method, b: &Method) {
        let value = |m: &Method| m.pagination.as_ref().map(|p| json!({"token": p.token, "items": p.items}));
        let (was, is) = (value(a), value(b));
        let draft = match (&was, &is) {
            (None, Some(_)) => Draft::new("pages-added", place, "the reply comes in pages"),
            (Some(_), None) => Draft::new("pages-removed", place, "the reply no longer comes in pages"),
            (Some(x), Some(y)) if x != y => Draft::new("pages-changed", place, "the reply pages over something else"),
            _ => return,
        };
        self.push(draft.maybe(was, is));
    }
}
