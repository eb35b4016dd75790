//! Time and memory are linear in the size of the input: the command is measured on a quarter, a half and a whole megabyte of
//! each construct.

mod inputs;
mod run;

use inputs::Measured;
use run::Measurement;
use std::time::Duration;

/// Size of the largest input, in bytes.
const LARGEST: usize = 1 << 20;
/// Largest time for the largest input.
const TIME: Duration = Duration::from_secs(2);
/// Largest memory for the largest input.
const MEMORY: u64 = 500 << 20;
/// Shorter times are too imprecise to measure growth.
const MEASURABLE: Duration = Duration::from_millis(400);
/// Number of attempts for a construct that fails; the fastest run of each size counts.
const ATTEMPTS: usize = 3;
/// Maximum ratio of times for an input of twice the size: 2 is linear, 4 is quadratic.
const GROWTH: f64 = 3.0;

/// Measures all constructs.
///
/// # Errors
/// Constructs that take too much time or memory, or grow faster than their input, and those that make the command panic.
pub(crate) fn run() -> Result<(), String> {
    let only = std::env::var("GROWTH_ONLY").unwrap_or_default();
    let mut faults = Vec::new();
    println!(
        "{:<46} {:>8} {:>8} {:>8} {:>8} {:>7} {:>4}",
        "construct", "256 kB", "512 kB", "1 MB", "memory", "growth", "exit"
    );
    let constructs: Vec<Measured> = inputs::all().filter(|construct| construct.name().contains(&only)).collect();
    for construct in &constructs {
        match measured(construct) {
            Ok(line) => println!("{line}"),
            Err(fault) => {
                println!("{fault}");
                faults.push(fault);
            }
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(format!("{} of {} constructs\n{}", faults.len(), constructs.len(), faults.join("\n")))
    }
}

fn measured(construct: &Measured) -> Result<String, String> {
    let mut took: Vec<Measurement> = Vec::new();
    let mut outcome = Err(String::new());
    for _ in 0..ATTEMPTS {
        for (index, size) in [LARGEST / 4, LARGEST / 2, LARGEST].into_iter().enumerate() {
            let now = run::command(construct, size)?;
            match took.get_mut(index) {
                // A busy machine makes a run slower, never faster.
                Some(before) => *before = now.faster(before.clone()),
                None => took.push(now),
            }
            if took.iter().any(|took| took.time > 4 * TIME) {
                break;
            }
        }
        outcome = judged(construct, &took);
        if outcome.is_ok() {
            break;
        }
    }
    outcome
}

/// Returns the line of a construct from its measurements.
fn judged(construct: &Measured, took: &[Measurement]) -> Result<String, String> {
    let (Some(last), before) = (took.last(), took.iter().rev().nth(1)) else { return Err("nothing was run".into()) };
    let growth = before.map_or(1.0, |before| last.user.as_secs_f64() / before.user.as_secs_f64().max(1e-2));
    let times: Vec<String> = took.iter().map(|took| format!("{:>5} ms", took.time.as_millis())).collect();
    let line = format!(
        "{:<46} {:<26} {:>5} MB {:>6.1}× {:>4}",
        construct.name(),
        times.join(" "),
        last.memory >> 20,
        growth,
        last.exit
    );
    let fault = |what: &str| Err(format!("{line}  ← {what}{}", last.first_error()));
    match last {
        _ if !matches!(last.exit, 0..=2) => fault("unexpected exit code"),
        _ if last.time > TIME => fault("too slow"),
        _ if last.memory > MEMORY => fault("too much memory"),
        _ if last.user > MEASURABLE && growth > GROWTH => fault("grows faster than its input"),
        _ => Ok(line),
    }
}
