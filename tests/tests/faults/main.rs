//! Each fault at each point of a tuning run: it ends in the right result or in an error that says what happened, in time;
//! nothing is made twice, and no result is lost.

mod gemini;
mod vertex;

use conformance::figure;
use discovery_runtime::http::auth::TokenProvider;
use discovery_runtime::http::{CallOptions, Client, ClientBuilder, Error, RetryPolicy};
use std::time::Duration;
use tuning_emulator::{Emulator, Fault, Rule, Settings};

/// No point of a run may take longer, whatever goes wrong: what hangs is a failure of its own.
const LIMIT: Duration = Duration::from_secs(20);
/// The largest answer that the client takes, in bytes.
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

/// A client that is quick to try again, and to give up.
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
    builder.build().expect("it is on loopback")
}

/// Which error a call ended with.
fn kind(error: &Error) -> String {
    match error {
        Error::Service(error) => format!("service {}", error.http_status.as_u16()),
        Error::Transport(_) => "transport".to_owned(),
        Error::Timeout { .. } => "timeout".to_owned(),
        Error::Decode(_) => "decode".to_owned(),
        Error::TooLarge { .. } => "too large".to_owned(),
        other => panic!("not an error of the way: {other:?}"),
    }
}

/// Makes a call again, as a person would, until it succeeds: gives the result, and the errors on the way.
async fn insist<T, F: Future<Output = Result<T, Error>>>(mut call: impl FnMut() -> F, errors: &mut Vec<String>) -> T {
    for _ in 0..3 {
        match call().await {
            Ok(result) => return result,
            Err(error) => errors.push(kind(&error)),
        }
    }
    panic!("it never succeeds: {errors:?}");
}

/// Each fault at each point of a run, with an emulator of its own, and the errors that the caller saw: a line each.
async fn table(points: &[(&str, usize)], create: &str, run: impl AsyncFn(&Emulator) -> Vec<String>) -> String {
    let mut table = String::new();
    for (method, nth) in points {
        for fault in faults() {
            let rule = Rule::new(method, fault.clone()).at(*nth);
            let emulator = Emulator::start(Settings::new().with_fault(rule)).expect("there is a port");
            let point = format!("{method} {nth}, {fault:?}");
            let errors = tokio::time::timeout(LIMIT, run(&emulator)).await;
            let errors = errors.unwrap_or_else(|_| panic!("{point}: it hangs"));
            assert_eq!(emulator.done(create), 1, "{point}: it is made once");
            assert_ne!(emulator.calls(method), 0, "{point}: it is on the way");
            let errors = if errors.is_empty() { "-".to_owned() } else { errors.join(", ") };
            table.push_str(&format!("{point:<56} {errors}\n"));
        }
    }
    figure::print(&format!("faults: {} at each of {} points of {create}", faults().len(), points.len()));
    table
}
