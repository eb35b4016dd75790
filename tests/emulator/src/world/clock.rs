//! The emulator's time, which begins on 14 March 2024 and is the same in each run.

/// A time, so many milliseconds after the beginning.
pub(super) fn format(milliseconds: u64) -> String {
    let (seconds, fraction) = (milliseconds / 1000 + 15 * 3600, milliseconds % 1000);
    // Seventeen days of requests, one a second, are more than any run has.
    let day = 14 + (seconds / 86_400).min(17);
    let (hour, minute, second) = (seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    let fraction = if fraction == 0 { String::new() } else { format!(".{fraction:03}") };
    format!("2024-03-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z")
}
