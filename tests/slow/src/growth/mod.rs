//! Time and memory are linear in the input: what the command takes is measured for each construct, in an input of some
//! size and in one of half the size.

mod inputs;
mod run;

use crate::project;
use inputs::Measured;
use rayon::prelude::*;
use run::Measurement;
use std::path::Path;
use std::time::Duration;

/// Most that an input of a megabyte may take.
const TIME: Duration = Duration::from_secs(2);
const MEMORY: u64 = 500 << 20;
/// Shorter times are too imprecise to measure growth.
const MEASURABLE: Duration = Duration::from_millis(400);
/// Number of further measurements of a construct that fails, of which the fastest runs count.
const AGAIN: usize = 2;
/// Maximum ratio of times for an input of twice the size: 2 is linear, 4 is quadratic.
const GROWTH: f64 = 3.0;

/// Environment variable with words that names of constructs must contain, separated by commas.
const ONLY: &str = "GROWTH_ONLY";

/// Measurements of a construct: in an input of the whole size, and in one of half of it if the former is measurable.
struct Taken {
    whole: Measurement,
    half: Option<Measurement>,
}

/// Measures all constructs in half a megabyte, in half of the time that a megabyte takes.
///
/// # Errors
/// Constructs that take too long, too much memory, or grow faster than their input; and a panic of the command.
pub(crate) fn run() -> Result<(), String> {
    measure(1 << 19)
}

/// Measures all constructs in a megabyte.
///
/// # Errors
/// As [`run()`].
pub(crate) fn megabyte() -> Result<(), String> {
    measure(1 << 20)
}

fn measure(size: usize) -> Result<(), String> {
    let constructs = project::selected(ONLY, inputs::all().collect(), Measured::name)?;
    let binary = run::built()?;
    let half = format!("{} kB", size >> 11);
    let whole = format!("{} kB", size >> 10);
    println!("{:<46} {half:>8} {whole:>8} {:>8} {:>7} {:>4}", "construct", "memory", "growth", "exit");
    // Processor time hardly depends on what else runs: two at a time.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().map_err(|error| error.to_string())?;
    let first = |construct: &Measured| {
        let taken = taken(construct, size, &binary)?;
        let judged = judged(construct, &taken);
        if let Ok(line) = &judged {
            println!("{line}");
        }
        Ok((taken, judged))
    };
    let first: Vec<Result<(Taken, Judged), String>> =
        pool.install(|| constructs.par_iter().with_max_len(1).map(first).collect());
    let mut faults = Vec::new();
    for (construct, first) in constructs.iter().zip(first) {
        let judged = first.and_then(|(taken, judged)| match judged {
            Ok(_) => Ok(()),
            Err(_) => again(construct, taken, size, &binary).map(|line| println!("{line}")),
        });
        if let Err(fault) = judged {
            println!("{fault}");
            faults.push(fault);
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(format!("{} of {} constructs\n{}", faults.len(), constructs.len(), faults.join("\n")))
    }
}

/// Measures a construct that failed again, alone: a busy machine makes a run slower, never faster.
fn again(construct: &Measured, mut best: Taken, size: usize, binary: &Path) -> Judged {
    for _ in 0..AGAIN {
        let now = taken(construct, size, binary)?;
        best = Taken {
            whole: now.whole.faster(&best.whole),
            half: match (now.half, best.half) {
                (Some(now), Some(before)) => Some(now.faster(&before)),
                (now, before) => now.or(before),
            },
        };
        if let Ok(line) = judged(construct, &best) {
            return Ok(line);
        }
    }
    judged(construct, &best)
}

fn taken(construct: &Measured, size: usize, binary: &Path) -> Result<Taken, String> {
    let whole = run::command(construct, size, binary)?;
    let growing = whole.user > MEASURABLE && whole.time <= 4 * TIME;
    let half = growing.then(|| run::command(construct, size / 2, binary)).transpose()?;
    Ok(Taken { whole, half })
}

/// The line of a construct, or the same with its fault.
type Judged = Result<String, String>;

/// Returns the line of a construct by what its runs took.
fn judged(construct: &Measured, taken: &Taken) -> Judged {
    let (whole, half) = (&taken.whole, taken.half.as_ref());
    let growth = half.map(|half| whole.user.as_secs_f64() / half.user.as_secs_f64().max(1e-2));
    let line = format!(
        "{:<46} {:>8} {:>8} {:>5} MB {:>7} {:>4}",
        construct.name(),
        half.map(|half| format!("{} ms", half.time.as_millis())).unwrap_or_default(),
        format!("{} ms", whole.time.as_millis()),
        whole.memory >> 20,
        growth.map(|growth| format!("{growth:.1}×")).unwrap_or_default(),
        whole.exit
    );
    let fault = |what: &str| Err(format!("{line}  ← {what}{}", whole.first_error()));
    match whole {
        _ if !matches!(whole.exit, 0..=2) => fault("unexpected exit code"),
        _ if whole.time > TIME => fault("too slow"),
        _ if whole.memory > MEMORY => fault("too much memory"),
        _ if whole.user > MEASURABLE && growth.is_some_and(|growth| growth > GROWTH) => {
            fault("grows faster than its input")
        }
        _ => Ok(line),
    }
}
