//! Processing of requests.

use crate::auth;
use crate::check;
use crate::fault::{Fault, Rule};
use crate::journal::Entry;
use crate::methods::{self, Answer, CheckedRequest};
use crate::refusal::{Code, Refusal, Violation};
use crate::reply::{Reply, Sent};
use crate::route::{self, Route};
use crate::settings::Settings;
use crate::world::World;
use http::header::CONTENT_TYPE;
use http::request::Parts;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// State of the services, with the journal of requests.
pub(crate) struct Service {
    settings: Settings,
    state: Mutex<State>,
}

struct State {
    world: World,
    journal: Vec<Entry>,
    faults: Vec<Rule>,
}

impl Service {
    pub(crate) fn new(settings: Settings) -> Self {
        let state = State { world: World::new(&settings), journal: Vec::new(), faults: settings.faults.clone() };
        Self { settings, state: Mutex::new(state) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn journal(&self) -> Vec<Entry> {
        self.state().journal.clone()
    }

    pub(crate) fn add_fault(&self, rule: Rule) {
        self.state().faults.push(rule);
    }

    /// Returns the response to a request.
    pub(crate) fn answer(&self, head: &Parts, body: &[u8]) -> Reply {
        let mut state = self.state();
        let Some((route, path)) = find(head.method.as_str(), head.uri.path()) else {
            let line = format!("{} {}", head.method, head.uri.path());
            state.journal.push(entry(None, line.clone(), 404, false));
            return Some(Sent::html(404, &format!("404: no method matches {line}")));
        };
        let nth = state.journal.iter().filter(|entry| entry.method == route.name).count() + 1;
        let fault = state.faults.iter().find(|rule| rule.is_for(&route.name, nth)).map(|rule| rule.fault.clone());
        state.world.tick();
        let (sent, done) = match fault.as_ref().filter(|fault| !fault.is_done()) {
            Some(fault) => (refusal(fault), false),
            None => {
                let sent = self.checked(&mut state.world, route, path, head, body);
                let done = sent.status.is_success();
                (fault.map_or(Some(sent.clone()), |fault| sent.with_fault(&fault)), done)
            }
        };
        let status = sent.as_ref().map_or(0, |sent| sent.status.as_u16());
        state.journal.push(entry(Some(route), redacted_line(head), status, done));
        sent
    }

    fn checked(
        &self,
        world: &mut World,
        route: &Route,
        path: BTreeMap<String, String>,
        head: &Parts,
        body: &[u8],
    ) -> Sent {
        let query = check::query(route.api, route.method, head.uri.query().unwrap_or_default());
        let events = query.as_ref().is_ok_and(|query| last(query, "alt") == Some("sse"));
        match self.done(world, route, path, query, head, body) {
            Ok(Answer::Message(message)) => Sent::json(200, &message),
            Ok(Answer::Stream(messages)) => Sent::stream(&messages, events),
            Err(refusal) => {
                let body = refusal.body();
                let body = if route.method.streaming && !events { json!([body]) } else { body };
                Sent::json(refusal.code.facts().2, &body)
            }
        }
    }

    fn done(
        &self,
        world: &mut World,
        route: &Route,
        path: BTreeMap<String, String>,
        query: Result<BTreeMap<String, Vec<String>>, Refusal>,
        head: &Parts,
        body: &[u8],
    ) -> Result<Answer, Refusal> {
        let (api, method) = (route.api, route.method);
        let key = query.as_ref().ok().and_then(|query| last(query, "key"));
        auth::check(&self.settings, api, method, &head.headers, key)?;
        let query = query?;
        let body = match &method.request {
            Some(ty) => check::request(api, method, ty, json_body(head, body)?)?,
            None if body.is_empty() => Value::Null,
            None => return Err(Refusal::field("body", "the method has no request body")),
        };
        let fields = last(&query, "fields").unwrap_or_default().to_owned();
        let selections = check::selections(api, method, &fields)?;
        let mut answer = methods::answer(world, &CheckedRequest { api, method: &route.name, path, query, body })?;
        let messages = match &mut answer {
            Answer::Message(message) => std::slice::from_mut(message),
            Answer::Stream(messages) => messages,
        };
        for message in messages {
            let faulty = |fault| Refusal::new(Code::Internal, fault);
            method.response.as_ref().map_or(Ok(()), |ty| check::reply(api, method, ty, message)).map_err(faulty)?;
            check::keep(message, &selections);
        }
        Ok(answer)
    }
}

/// Parses a JSON body; an empty one is `{}`.
fn json_body(head: &Parts, body: &[u8]) -> Result<Value, Refusal> {
    if body.is_empty() {
        return Ok(json!({}));
    }
    let media_type = head.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if media_type.split(';').next().unwrap_or_default().trim() != "application/json" {
        return Err(Refusal::field(
            "body",
            format!("unsupported media type {media_type:?}; expected application/json"),
        ));
    }
    serde_json::from_slice(body).map_err(|error| {
        let description = format!("invalid JSON: {error}");
        Refusal::violations(vec![Violation { field: "body".to_owned(), description }])
    })
}

fn find(verb: &str, path: &str) -> Option<(&'static Route, BTreeMap<String, String>)> {
    route::table().iter().find_map(|route| Some((route, route.matches(verb, path)?)))
}

fn refusal(fault: &Fault) -> Reply {
    match fault {
        Fault::TooManyRequests(delay) => {
            let delay = format!("{}.{:09}s", delay.as_secs(), delay.subsec_nanos());
            let info = json!({"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": delay});
            let refusal = Refusal::new(Code::ResourceExhausted, "quota exceeded").detail(info);
            Some(Sent::json(429, &refusal.body()))
        }
        Fault::Unavailable => {
            Some(Sent::json(503, &Refusal::new(Code::Unavailable, "the service is unavailable").body()))
        }
        Fault::BadGateway => Some(Sent::html(502, "502: bad gateway")),
        _ => None,
    }
}

fn last<'q>(query: &'q BTreeMap<String, Vec<String>>, name: &str) -> Option<&'q str> {
    query.get(name)?.last().map(String::as_str)
}

fn entry(route: Option<&Route>, request: String, status: u16, done: bool) -> Entry {
    let api = route.map(|route| route.api.id()).unwrap_or_default();
    Entry { api, method: route.map(|route| route.name.clone()).unwrap_or_default(), request, status, done }
}

/// Returns the request line, without the credentials in its query.
fn redacted_line(head: &Parts) -> String {
    let secret = |part: &&str| !["key=", "access_token=", "oauth_token="].iter().any(|name| part.starts_with(name));
    let query = head.uri.query().unwrap_or_default().split('&').filter(secret).collect::<Vec<_>>().join("&");
    let mark = if query.is_empty() { "" } else { "?" };
    format!("{} {}{mark}{query}", head.method, head.uri.path())
}
