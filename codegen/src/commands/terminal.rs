//! Output of commands: results on standard output, everything else on standard error.
//!
//! Text of documents may contain control characters, which are escaped, so that terminals do not interpret them.

use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::output;
use crate::text::is_line_char;
use crate::text::terminal::escape_lines;
use serde::Serialize;
use serde_json::{Value, json};
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::OnceLock;

/// Options of all commands.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub(super) struct Options {
    /// Print errors only.
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Print each file that is written or removed.
    #[arg(long, short, global = true)]
    verbose: bool,
    /// Coloring of the output.
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t)]
    color: Color,
    /// Format of errors and warnings on standard error.
    #[arg(long, global = true, value_name = "FORMAT", value_enum, default_value_t)]
    message_format: MessageFormat,
}

/// Coloring of the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Color {
    /// On a terminal, unless the variable NO_COLOR is set.
    #[default]
    Auto,
    /// Always, also in files and pipes.
    Always,
    /// Never.
    Never,
}

/// Format of errors and warnings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum MessageFormat {
    /// Text with the line in question.
    #[default]
    Human,
    /// One JSON object per line, in the form of rustc's diagnostics.
    Json,
}

static OPTIONS: OnceLock<Options> = OnceLock::new();

/// Applies the options to all output of this process.
pub(super) fn configure(options: Options) {
    // A second call has no effect: a process runs one command.
    let _ = OPTIONS.set(options);
}

fn options() -> Options {
    OPTIONS.get().copied().unwrap_or_default()
}

/// Returns `true` if standard output gets color.
pub(super) fn is_stdout_colored() -> bool {
    options().color.applies(&std::io::stdout())
}

impl Color {
    fn applies(self, stream: &impl IsTerminal) -> bool {
        match self {
            Color::Auto => stream.is_terminal() && std::env::var_os("NO_COLOR").is_none(),
            Color::Always => true,
            Color::Never => false,
        }
    }
}

/// Reports errors and warnings on standard error.
pub(super) fn report(diagnostics: &Diagnostics) {
    let options = options();
    let shown = diagnostics.0.iter().filter(|one| !options.quiet || one.severity == Severity::Error);
    let shown = Diagnostics(shown.cloned().collect());
    let text = match options.message_format {
        MessageFormat::Human => shown.render(options.color.applies(&std::io::stderr())),
        MessageFormat::Json => shown.located().0.iter().map(|one| format!("{}\n", json_of(one))).collect(),
    };
    // A reader that has closed the stream is not an error.
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// Returns a diagnostic in the form of rustc's `--error-format json`, with the JSON pointer as the label of the span.
fn json_of(diagnostic: &Diagnostic) -> Value {
    let level = match diagnostic.severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let spans: Vec<Value> = diagnostic
        .place
        .iter()
        .map(|place| {
            let (line, column) = diagnostic.position().unwrap_or((1, 1));
            json!({
                "file_name": place.source.name,
                "line_start": line,
                "column_start": column,
                "is_primary": true,
                "label": place.pointer(),
            })
        })
        .collect();
    let children: Vec<Value> =
        diagnostic.help.iter().map(|help| json!({"level": "help", "message": help, "spans": []})).collect();
    json!({
        "$message_type": "diagnostic",
        "level": level,
        "message": diagnostic.message,
        "spans": spans,
        "children": children,
        "rendered": diagnostic.render(false),
    })
}

/// Prints a line about the work on standard error.
pub(super) fn status(text: &str) {
    if !options().quiet {
        let _ = writeln!(std::io::stderr(), "{}", escape_lines(text).as_str());
    }
}

/// Prints a line about the work on standard error, with `--verbose` only.
pub(super) fn detail(text: &str) {
    if options().verbose {
        status(text);
    }
}

/// Prints a human-readable result on standard output.
pub(super) fn print(text: &str) {
    print_raw(escape_lines(text).as_str());
}

/// Prints a result for programs on standard output.
pub(super) fn print_json(value: &impl Serialize) -> Result<(), Diagnostic> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Diagnostic::error(format!("cannot serialize the result: {error}")))?;
    // Controls occur within strings only, in which they may be escaped.
    print_raw(&escape_json(&text));
    print_raw("\n");
    Ok(())
}

/// Writes a result, without escapes, to a file; `-` is standard output.
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write_output(path: &Path, text: &str) -> Result<(), Diagnostic> {
    if path.as_os_str() == "-" {
        print_raw(text);
        return Ok(());
    }
    output::write(path, text)
}

/// Prints a text of the command itself on standard output, without escapes.
pub(super) fn print_text(text: &str) {
    print_raw(text);
}

fn print_raw(text: &str) {
    // A reader that has closed the pipe, as `head` does, has read enough.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

/// Writes the controls that JSON allows in strings as JSON's escapes.
pub(super) fn escape_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push(c),
            // All of these are in the basic plane.
            c if !is_line_char(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escape_json, json_of};
    use crate::diagnostic::Diagnostic;
    use crate::source::Source;
    use std::sync::Arc;

    #[test]
    fn controls_are_rendered_as_escapes() {
        let json = escape_json("{\n  \"a\u{9b}\": \"\u{202e}\"\n}");
        assert_eq!(json, "{\n  \"a\\u009b\": \"\\u202e\"\n}");
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["a\u{9b}"], "\u{202e}");
    }

    #[test]
    fn json_diagnostics_have_the_form_of_rustc() {
        let source = Arc::new(Source::new("x.json", "{\n  \"a\": 1\n}"));
        let value = json_of(&Diagnostic::error("wrong").at_pointer(&source, "/a").help("right"));
        assert_eq!(value["level"], "error");
        assert_eq!(value["spans"][0]["file_name"], "x.json");
        assert_eq!((&value["spans"][0]["line_start"], &value["spans"][0]["column_start"]), (&2.into(), &3.into()));
        assert_eq!(value["spans"][0]["label"], "/a");
        assert_eq!(value["children"][0]["message"], "right");
    }
}
