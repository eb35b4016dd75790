//! Clock of the emulator, which starts on 14 March 2024 in each run.

/// Formats a time, given in milliseconds since the start of the clock.
pub(super) fn format(milliseconds: u64) -> String {
    let (seconds, fraction) = (milliseconds / 1000 + 15 * 3600, milliseconds % 1000);
    // Enough for seventeen days of one request per second.
    let day = 14 + (seconds / 86_400).min(17);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:03}") };
    format!("2024-03-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}
