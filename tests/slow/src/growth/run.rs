//! One run of the command, with what it took.

use super::inputs::Measured;
use crate::project;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Time and memory after which a run is ended.
const LONGEST: Duration = Duration::from_secs(20);
const MOST: u64 = 2 << 30;

/// Time and memory of a run.
#[derive(Clone, Debug)]
pub(super) struct Measurement {
    /// Processor time, independent of the load of the machine; wall time if the system does not report it.
    pub(super) time: Duration,
    /// The part of it that the program itself takes: the system's part depends on the memory that is free.
    pub(super) user: Duration,
    /// Peak memory in bytes; 0 if the system does not report it.
    pub(super) memory: u64,
    /// The exit code; -1 where a signal ended it.
    pub(super) exit: i32,
    errors: String,
}

impl Measurement {
    pub(super) fn faster(self, other: &Self) -> Self {
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

/// Builds the command in release, and returns its path: beside this program, which is built in release, too.
pub(super) fn built() -> Result<PathBuf, String> {
    let own = std::env::current_exe().map_err(|error| error.to_string())?;
    let status = project::cargo()
        .args(["build", "--quiet", "--release", "--package", "discovery-codegen", "--bin", "discovery-codegen"])
        .arg("--target-dir")
        .arg(own.ancestors().nth(2).ok_or("this program is in no target folder")?)
        .status()
        .map_err(|error| error.to_string())?;
    let name = format!("discovery-codegen{}", std::env::consts::EXE_SUFFIX);
    if status.success() { Ok(own.with_file_name(name)) } else { Err("the command does not compile".into()) }
}

/// Runs the command on an input of about this size.
pub(super) fn command(construct: &Measured, size: usize, binary: &Path) -> Result<Measurement, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for (name, text) in construct.files(size) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap_or(folder.path())).map_err(|error| error.to_string())?;
        fs::write(path, text).map_err(|error| error.to_string())?;
    }
    let errors = folder.path().join("errors.txt");
    let stderr = fs::File::create(&errors).map_err(|error| error.to_string())?;
    let began = Instant::now();
    let mut child = Command::new(binary)
        .args(construct.arguments())
        .current_dir(folder.path())
        .stdout(Stdio::null())
        .stderr(stderr)
        .spawn()
        .map_err(|error| error.to_string())?;
    let (mut memory, mut busy) = (0, None);
    let exit = loop {
        let now = processor(child.id());
        busy = now.map(|now| (now.user, now.system)).or(busy);
        // Before the process is waited for, while the system still knows what it took in total.
        if now.is_none_or(|now| now.ended)
            && let Some(status) = child.try_wait().map_err(|error| error.to_string())?
        {
            break status.code().unwrap_or(-1);
        }
        memory = memory.max(peak(child.id()).unwrap_or(0));
        if busy.map_or(began.elapsed(), |(user, system)| user + system) > LONGEST || memory > MOST {
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

/// Resources of a process, as the system reports them.
#[derive(Clone, Copy)]
struct Processor {
    /// True if the process has ended, and is not waited for yet.
    ended: bool,
    user: Duration,
    system: Duration,
}

/// Returns the processor time of a process, its own and the system's, if the system reports it.
fn processor(id: u32) -> Option<Processor> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    // The state is field 3; times are fields 14 and 15, in ticks. The name, field 2, ends with the last parenthesis.
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace();
    let ended = fields.next()? == "Z";
    let mut ticks = fields.skip(10).map(str::parse::<u64>);
    let (user, system) = (ticks.next()?.ok()?, ticks.next()?.ok()?);
    Some(Processor { ended, user: Duration::from_millis(user * 10), system: Duration::from_millis(system * 10) })
}
