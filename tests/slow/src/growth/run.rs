//! Measured run of the command.

use super::inputs::Measured;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Time and memory of a run.
#[derive(Clone, Debug)]
pub(super) struct Measurement {
    /// Processor time, independent of the load of the machine; wall time if the system does not report it.
    pub(super) time: Duration,
    /// User part of the processor time. The system's part depends on free memory.
    pub(super) user: Duration,
    /// Peak memory in bytes; 0 if the system does not report it.
    pub(super) memory: u64,
    /// Exit code; -1 if the command was killed by a signal.
    pub(super) exit: i32,
    /// Standard error.
    errors: String,
}

impl Measurement {
    /// Returns the smaller times and the larger memory of two runs.
    pub(super) fn faster(self, other: Self) -> Self {
        let (time, user) = (self.time.min(other.time), self.user.min(other.user));
        Self { time, user, memory: self.memory.max(other.memory), ..self }
    }

    /// Returns the first line of standard error, after a colon.
    pub(super) fn first_error(&self) -> String {
        let line: String =
            self.errors.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().chars().take(160).collect();
        if line.is_empty() { String::new() } else { format!(": {line}") }
    }
}

/// Returns the path of the command, which is built together with this program.
fn binary() -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let binary = own.with_file_name("discovery-codegen");
    if binary.is_file() { Ok(binary) } else { Err(format!("{} is missing: build it in release", binary.display())) }
}

/// Runs the command on an input of about this size.
pub(super) fn command(construct: &Measured, size: usize) -> Result<Measurement, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for (name, text) in construct.files(size) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder.path())).map_err(|error| error.to_string())?;
        fs::write(path, text).map_err(|error| error.to_string())?;
    }
    let errors = folder.path().join("errors.txt");
    let stderr = fs::File::create(&errors).map_err(|error| error.to_string())?;
    let began = Instant::now();
    let mut child = Command::new(binary()?)
        .args(construct.arguments())
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(stderr)
        .spawn()
        .map_err(|error| error.to_string())?;
    let (mut memory, mut busy) = (0, None);
    let exit = loop {
        if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
            break status.code().unwrap_or(-1);
        }
        memory = memory.max(peak(child.id()).unwrap_or(0));
        busy = cpu(child.id()).or(busy);
        if busy.map_or(began.elapsed(), |(user, system)| user + system) > Duration::from_secs(20) || memory > 8 << 30 {
            child.kill().and_then(|()| child.wait()).map_err(|error| error.to_string())?;
            break -1;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    let (user, system) = busy.unwrap_or_else(|| (began.elapsed(), Duration::ZERO));
    Ok(Measurement { time: user + system, user, memory, exit, errors: fs::read_to_string(&errors).unwrap_or_default() })
}

/// Returns the peak memory of a process, if the system reports it.
fn peak(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

/// Returns the user and system time of a process, if the system reports them.
fn cpu(id: u32) -> Option<(Duration, Duration)> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // Fields 14 and 15, in ticks; the name, which is field 2, ends with the last parenthesis.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut ticks = rest.split_whitespace().skip(11).map(str::parse::<u64>);
    let (user, system) = (ticks.next()?.ok()?, ticks.next()?.ok()?);
    Some((Duration::from_millis(user * 10), Duration::from_millis(system * 10)))
}
