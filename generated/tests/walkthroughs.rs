//! Runs the walkthroughs, and resumes each after killing it at every point of its output.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tuning_emulator::{Emulator, Settings};

const TIMEOUT: Duration = Duration::from_secs(60);

/// Returns the path of an example's executable, which `cargo test` builds along with the tests.
fn program(name: &str) -> PathBuf {
    let tests = std::env::current_exe().expect("the test has an executable");
    let folder = tests.parent().and_then(|deps| deps.parent()).expect("the test executable is in deps/");
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
    command.spawn().expect("the walkthrough starts")
}

/// Returns the standard output of a walkthrough that must succeed before the timeout.
fn output(mut child: Child) -> String {
    let started = Instant::now();
    while child.try_wait().expect("the process can be waited for").is_none() {
        if started.elapsed() > TIMEOUT {
            child.kill().expect("the process can be killed");
            panic!("the walkthrough did not end in {TIMEOUT:?}");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let output = child.wait_with_output().expect("the process has ended");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    assert_eq!(errors, "");
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

/// Returns the output of a walkthrough with a new emulator. It is deterministic, since the emulator's clock advances per request.
fn run(name: &str) -> String {
    output(start(name, &[], None))
}

#[test]
fn palm_number_generator() {
    insta::assert_snapshot!(run("palm_number_generator"));
}

#[test]
fn gemini_number_generator() {
    insta::assert_snapshot!(run("gemini_number_generator"));
}

#[test]
fn tuned_model_resource() {
    insta::assert_snapshot!(run("tuned_model_resource"));
}

#[test]
fn vertex_supervised_tuning() {
    insta::assert_snapshot!(run("vertex_supervised_tuning"));
}

/// Kills a walkthrough after it has printed `lines` lines after the name of the started operation, and returns that name;
/// `None` if it prints fewer lines.
fn kill_after(name: &str, emulator: &Emulator, lines: usize) -> Option<String> {
    let mut child = start(name, &[], Some(emulator));
    let mut printed = BufReader::new(child.stdout.take().expect("standard output is piped")).lines();
    let started = printed
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.trim().strip_prefix("--resume ").map(str::to_owned));
    let more = printed.map_while(Result::ok).take(lines).count();
    child.kill().expect("the process can be killed");
    child.wait().expect("the process can be waited for");
    if more < lines { None } else { Some(started.expect("the name of the operation is printed")) }
}

/// Required number of successful calls of a method.
type Counts = [(&'static str, usize)];

/// Kills a walkthrough after each line, or each `every` lines, with a new emulator each time, and resumes it in a new process,
/// which must succeed without starting anything twice.
fn assert_resumable(name: &str, every: usize, last_line: &str, counts: &Counts) {
    let mut kills = 0;
    for lines in (0..).step_by(every) {
        let emulator = Emulator::start(Settings::new()).expect("the emulator starts");
        let Some(started) = kill_after(name, &emulator, lines) else {
            break;
        };
        let text = output(start(name, &["--resume", &started], Some(&emulator)));
        assert!(text.contains(last_line), "killed after {lines} lines: {text}");
        for (method, count) in counts {
            assert_eq!(emulator.done(method), *count, "{method}, killed after {lines} lines");
        }
        kills += 1;
    }
    println!("{name}: killed and resumed {kills} times");
    assert!(kills > 5, "{name} was killed only {kills} times");
}

#[test]
fn palm_number_generator_resumes_after_kill() {
    assert_resumable("palm_number_generator", 1, "4 → 5", &[("tunedModels.create", 1)]);
}

#[test]
fn gemini_number_generator_resumes_after_kill() {
    assert_resumable("gemini_number_generator", 1, "MCMXCVIII → MCMXCIX", &[("tunedModels.create", 1)]);
}

#[test]
fn vertex_supervised_tuning_resumes_after_kill() {
    let counts = [("projects.locations.tuningJobs.create", 2), ("projects.locations.tuningJobs.cancel", 1)];
    assert_resumable("vertex_supervised_tuning", 2, "forty one → forty two", &counts);
}

#[test]
fn tuned_model_resource_resumes_after_kill() {
    assert_resumable("tuned_model_resource", 5, "was deleted: NOT_FOUND", &[]);
}
