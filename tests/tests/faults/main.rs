//! Each fault at each point of a tuning run: the run ends in time with the correct result or a specific error; nothing
//! is created twice, and no result is lost.

mod gemini;
mod vertex;

use conformance::figure;
use discovery_runtime::http::auth::TokenProvider;
use discovery_runtime::http::{CallOptions, Client, ClientBuilder, Error, RetryPolicy};
use std::time::Duration;
use tuning_emulator::{Emulator, Fault, Rule, Settings};

/// Time limit of each run.
const LIMIT: Duration = Duration::from_secs(20);
/// Size limit of the client for responses, in bytes.
const LARGEST: usize = 200_000;

fn faults() -> Vec<Fault> {
    vec![
        Fault::TooManyRequests(Duration::from_millis(5)),
        Fault::Unavailable,
        Fault::BadGateway,
        Fault::CutBefore,
        Fault::CutAfter,
        Fault::CutWithin,
        Fault::Slow(Duration::from_millis(2)),
        Fault::Stalled,
        Fault::Garbage,
        Fault::Huge(2 * LARGEST),
    ]
}

/// Builds a client with short retry waits and timeouts.
fn client<C: From<Client>>(builder: ClientBuilder<C>, emulator: &Emulator) -> C {
    let retry = RetryPolicy::default().with_delays(Duration::from_millis(1), Duration::from_millis(5));
    let options = CallOptions::new()
        .with_user_project("my-project")
        .with_retry(retry)
        .with_attempt_timeout(Duration::from_millis(300))
        .with_response_limit(LARGEST as u64);
    let builder = builder
        .with_endpoint(emulator.url())
        .with_credentials(TokenProvider::new(|| async { Ok("any".to_owned()) }))
        .with_options(options);
    builder.build().expect("the endpoint is on loopback")
}

/// Returns the kind of an error.
fn kind(error: &Error) -> String {
    match error {
        Error::Service(error) => format!("service {}", error.http_status.as_u16()),
        Error::Transport(_) => "transport".to_owned(),
        Error::Timeout { .. } => "timeout".to_owned(),
        Error::Decode(_) => "decode".to_owned(),
        Error::TooLarge { .. } => "too large".to_owned(),
        other => panic!("unexpected error: {other:?}"),
    }
}

/// Repeats a call until it succeeds. Returns the result, and adds the errors of failed attempts.
async fn retry_until_success<T, F: Future<Output = Result<T, Error>>>(
    mut call: impl FnMut() -> F,
    errors: &mut Vec<String>,
) -> T {
    for _ in 0..3 {
        match call().await {
            Ok(result) => return result,
            Err(error) => errors.push(kind(&error)),
        }
    }
    panic!("no attempt succeeds: {errors:?}");
}

/// Runs each fault at each point of a run with a new emulator. Returns a line for each with the errors that the caller
/// saw.
async fn table(points: &[(&str, usize)], create: &str, run: impl AsyncFn(&Emulator) -> Vec<String>) -> String {
    let mut table = String::new();
    for (method, nth) in points {
        for fault in faults() {
            let rule = Rule::new(method, fault.clone()).at(*nth);
            let emulator = Emulator::start(Settings::new().with_fault(rule)).expect("the emulator starts");
            let point = format!("{method} {nth}, {fault:?}");
            let errors = tokio::time::timeout(LIMIT, run(&emulator)).await;
            let errors = errors.unwrap_or_else(|_| panic!("{point}: timeout"));
            assert_eq!(emulator.done(create), 1, "{point}: created once");
            assert_ne!(emulator.calls(method), 0, "{point}: the method is called");
            let errors = if errors.is_empty() { "-".to_owned() } else { errors.join(", ") };
            table.push_str(&format!("{point:<56} {errors}\n"));
        }
    }
    figure::print(&format!("faults: {} at each of {} points of {create}", faults().len(), points.len()));
    table
}
