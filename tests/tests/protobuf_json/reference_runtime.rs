//! Google's protobuf runtime, in a separate process.

use conformance::{project, python};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// Process of the runtime.
pub(crate) struct ReferenceRuntime {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// Message type that the runtime knows.
#[derive(Deserialize)]
pub(crate) struct Known {
    /// Random messages in JSON, as the runtime writes it.
    pub(crate) texts: Vec<String>,
    /// Keys with the values of their enums, without keys of the type `Any`, whose types both sides would have to know.
    pub(crate) keys: BTreeMap<String, Option<Vec<String>>>,
}

/// Message types by document and schema.
pub(crate) type Messages = BTreeMap<String, BTreeMap<String, Known>>;

/// Two texts of one message.
pub(crate) struct Pair<'a> {
    pub(crate) document: &'a str,
    pub(crate) schema: &'a str,
    pub(crate) one: String,
    pub(crate) other: String,
}

/// Result of the runtime for two texts.
#[derive(Deserialize)]
pub(crate) struct Verdict {
    pub(crate) one: Read,
    pub(crate) other: Read,
    /// True if both decode to equal messages.
    pub(crate) same: bool,
}

/// Message that the runtime decoded and encoded again, or its error.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Read {
    Json(String),
    Error(String),
}

impl ReferenceRuntime {
    /// Starts the runtime, which generates `count` random messages of each known schema.
    pub(crate) fn start(count: usize, schemas: &BTreeMap<&str, Vec<&str>>) -> (Self, Messages) {
        let mut child = python::MESSAGES
            .python()
            .unwrap_or_else(|error| panic!("{error}"))
            .arg(project::path("tests/python/messages.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let mut runtime = Self { child, input, output };
        let answer = runtime.ask(&json!({"seed": 20_261_122, "count": count, "messages": schemas}));
        (runtime, serde_json::from_str(&answer).unwrap())
    }

    /// Returns its results for these texts.
    pub(crate) fn compare(mut self, pairs: &[Pair<'_>]) -> Vec<Verdict> {
        let pairs: Vec<Value> = pairs.iter().map(|p| json!([p.document, p.schema, p.one, p.other])).collect();
        let answer = self.ask(&json!(pairs));
        assert!(self.child.wait().unwrap().success());
        serde_json::from_str(&answer).unwrap()
    }

    /// Sends a line, and returns the line that the runtime responds with.
    fn ask(&mut self, question: &Value) -> String {
        writeln!(self.input, "{question}").unwrap();
        let mut answer = String::new();
        self.output.read_line(&mut answer).unwrap();
        assert!(!answer.is_empty(), "the runtime failed; see standard error");
        answer
    }
}
