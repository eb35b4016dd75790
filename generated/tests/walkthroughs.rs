//! The walkthroughs, run as a reader would run them, and killed wherever they can be killed.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tuning_emulator::{Emulator, Settings};

const TIMEOUT: Duration = Duration::from_secs(60);

/// An example's program, which `cargo test` builds beside the tests.
fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("this is a program");
    let folder = tests.parent().and_then(|deps| deps.parent()).expect("it is in deps/");
    let program = folder.join("examples").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(program.is_file(), "{name} is not built: `cargo test -p google-ai-tuning` builds it");
    program
}

fn start(name: &str, arguments: &[&str], emulator: Option<&Emulator>) -> Child {
    let mut command = Command::new(program(name));
    command.args(arguments).env_remove("TUNING_EMULATOR").stdout(Stdio::piped()).stderr(Stdio::piped());
    if let Some(emulator) = emulator {
        command.env("TUNING_EMULATOR", emulator.url());
    }
    command.spawn().expect("it starts")
}

/// All that a walkthrough prints, if it ends well and in time.
fn output(mut child: Child) -> String {
    let begun = Instant::now();
    while child.try_wait().expect("it can be waited for").is_none() {
        if begun.elapsed() > TIMEOUT {
            child.kill().expect("it can be killed");
            panic!("it did not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().expect("it has ended");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert_eq!(errors, "");
    String::from_utf8(output.stdout).expect("it prints text")
}

/// Looks change with the machine's speed in nothing: the emulator's time passes by looking.
fn shown(name: &str) -> String {
    output(start(name, &[], None))
}

#[test]
fn palm_number_generator() {
    insta::assert_snapshot!(shown("palm_number_generator"));
}

#[test]
fn gemini_number_generator() {
    insta::assert_snapshot!(shown("gemini_number_generator"));
}

#[test]
fn tuned_model_resource() {
    insta::assert_snapshot!(shown("tuned_model_resource"));
}

#[test]
fn vertex_supervised_tuning() {
    insta::assert_snapshot!(shown("vertex_supervised_tuning"));
}

/// Kills a walkthrough once it has printed so many lines after the name of what it started, and gives that name; `None`
/// where it has not so many.
fn killed(name: &str, emulator: &Emulator, lines: usize) -> Option<String> {
    let mut child = start(name, &[], Some(emulator));
    let mut printed = BufReader::new(child.stdout.take().expect("it prints")).lines();
    let started = printed
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.trim().strip_prefix("--resume ").map(str::to_owned));
    let more = printed.map_while(Result::ok).take(lines).count();
    child.kill().expect("it can be killed");
    child.wait().expect("it can be waited for");
    if more < lines { None } else { Some(started.expect("it says what it started")) }
}

/// Required number of successful calls of a method.
type Counts = [(&'static str, usize)];

/// Kills a walkthrough after each of its lines, or every so many of them, each time with an emulator of its own, and goes on with another
/// process: it ends as if nothing had been, and nothing was started twice.
fn survives(name: &str, every: usize, last_words: &str, counts: &Counts) {
    let mut moments = 0;
    for lines in (0..).step_by(every) {
        let emulator = Emulator::start(Settings::new()).expect("there is a port");
        let Some(started) = killed(name, &emulator, lines) else {
            break;
        };
        let text = output(start(name, &["--resume", &started], Some(&emulator)));
        assert!(text.contains(last_words), "killed after {lines} lines: {text}");
        for (method, count) in counts {
            assert_eq!(emulator.done(method), *count, "{method}, killed after {lines} lines");
        }
        moments += 1;
    }
    println!("{name}: killed and resumed at {moments} moments");
    assert!(moments > 5, "{name} was killed at {moments} moments alone");
}

#[test]
fn palm_number_generator_goes_on_after_it_was_killed() {
    survives("palm_number_generator", 1, "4 → 5", &[("tunedModels.create", 1)]);
}

#[test]
fn gemini_number_generator_goes_on_after_it_was_killed() {
    survives("gemini_number_generator", 1, "MCMXCVIII → MCMXCIX", &[("tunedModels.create", 1)]);
}

#[test]
fn vertex_supervised_tuning_goes_on_after_it_was_killed() {
    let counts = [("projects.locations.tuningJobs.create", 2), ("projects.locations.tuningJobs.cancel", 1)];
    survives("vertex_supervised_tuning", 2, "forty one → forty two", &counts);
}

#[test]
fn tuned_model_resource_goes_on_after_it_was_killed() {
    survives("tuned_model_resource", 5, "is gone: NOT_FOUND", &[]);
}
