//! Output of commands: results on standard output, everything else on standard error.
//!
//! Text of documents may contain control characters, which are escaped, so that terminals do not interpret them.

use crate::diagnostic::{At, Diagnostic, Diagnostics, Location, Severity};
use crate::output;
use crate::source::Line;
use crate::text::is_line_char;
use crate::text::terminal::{escape_lines, line};
use serde::Serialize;
use serde_json::{Value, json};
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

/// Options of all commands.
#[derive(Clone, Copy, Debug, Default, clap::Args)]
pub(super) struct Options {
    /// Print results and errors only: no warnings, no progress.
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
    /// On a terminal, unless the environment variable NO_COLOR is set.
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
    /// Text with the source line.
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
    options().color.applies(&io::stdout())
}

impl Color {
    fn applies(self, stream: &impl IsTerminal) -> bool {
        match self {
            Color::Auto => stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
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
        MessageFormat::Human => shown.render(options.color.applies(&io::stderr())),
        MessageFormat::Json => {
            shown.located().0.iter().map(|one| crate::text::json::line(&json_of(one)) + "\n").collect()
        }
    };
    // A reader that has closed the stream is not an error.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Returns a diagnostic in the form of rustc's `--error-format json`, with the JSON pointer as the label of the span.
fn json_of(diagnostic: &Diagnostic) -> Value {
    let level = match diagnostic.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let spans: Vec<Value> = diagnostic.location.iter().map(span_of).collect();
    let children: Vec<Value> = diagnostic
        .help
        .iter()
        .map(|help| json!({"level": "help", "message": help, "code": null, "spans": [], "children": [], "rendered": null}))
        .collect();
    json!({
        "$message_type": "diagnostic",
        "level": level,
        "message": diagnostic.message,
        "code": null,
        "spans": spans,
        "children": children,
        "rendered": diagnostic.render(false),
    })
}

/// Returns a location in the form of a span of rustc.
fn span_of(location: &Location) -> Value {
    let Range { start, end } = location.span().unwrap_or(0..0);
    let (first, last) = (location.source.line(start), location.source.line(end));
    json!({
        "file_name": location.source.name,
        "byte_start": start,
        "byte_end": end,
        "line_start": first.number,
        "line_end": last.number,
        "column_start": first.column,
        "column_end": last.column,
        "is_primary": true,
        "text": lines_of(location, first, &last),
        "label": location.pointer(),
        "suggested_replacement": null,
        "suggestion_applicability": null,
        "expansion": null,
    })
}

/// Number of lines of a span that are shown: a location may be a whole document.
const LINES_OF_SPAN: usize = 6;
/// Length in bytes of the longest line that is shown: a document may be one line.
const LENGTH_OF_LINE: usize = 1_000;

/// Returns the lines of a span.
fn lines_of(location: &Location, first: Line, last: &Line) -> Vec<Value> {
    let mut lines = Vec::new();
    let mut next = Some(first).filter(|_| location.at != At::Whole);
    while let Some(line) = next.take() {
        let text = location.source.text.get(line.range.clone()).unwrap_or_default();
        if lines.len() >= LINES_OF_SPAN || text.len() > LENGTH_OF_LINE {
            break;
        }
        let is_last = line.number >= last.number;
        let end = if is_last { last.column } else { text.chars().count().saturating_add(1) };
        lines.push(json!({"text": text, "highlight_start": line.column, "highlight_end": end}));
        next = (!is_last).then(|| location.source.line(line.range.end.saturating_add(1)));
    }
    lines
}

/// Prints a line about the work on standard error.
pub(super) fn status(text: &str) {
    let options = options();
    if options.quiet {
        return;
    }
    let line = match options.message_format {
        MessageFormat::Human => line(text).into_string(),
        MessageFormat::Json => crate::text::json::line(&note(text)),
    };
    let _ = writeln!(io::stderr(), "{line}");
}

/// Returns a text as one word of a shell, in quotes if it needs them.
pub(super) fn shell_word(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=@%+,".contains(c);
    if !text.is_empty() && text.chars().all(plain) { text.to_owned() } else { shell_quoted(text) }
}

/// Quotes text for a shell. Text with controls, which a terminal would interpret, is `$'…'` with octal escapes.
pub(super) fn shell_quoted(text: &str) -> String {
    if text.chars().all(|c| matches!(c, '\n' | '\t') || is_line_char(c)) {
        return format!("'{}'", text.replace('\'', r"'\''"));
    }
    let mut out = "$'".to_owned();
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\'' | '\\' => out.extend(['\\', c]),
            c if is_line_char(c) => out.push(c),
            c => c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| out.push_str(&format!("\\{byte:03o}"))),
        }
    }
    out + "'"
}

/// Returns a line about the work in the form of a diagnostic of rustc.
fn note(text: &str) -> Value {
    json!({
        "$message_type": "diagnostic",
        "level": "note",
        "message": text,
        "code": null,
        "spans": [],
        "children": [],
        "rendered": format!("{text}\n"),
    })
}

/// Reports an error of the arguments in the format that they ask for, and ends the process, with `--help` and
/// `--version`, too, which are results.
pub(super) fn exit(error: &clap::Error, arguments: &[OsString]) -> ! {
    let is_json = |(at, argument): (usize, &OsString)| {
        argument == "--message-format=json"
            || (argument == "--message-format"
                && arguments.get(at.saturating_add(1)).is_some_and(|next| next == "json"))
    };
    let text = error.render().to_string();
    if !error.use_stderr() || !arguments.iter().enumerate().any(is_json) {
        // The text has the arguments in it.
        let escaped = escape_lines(&text);
        if escaped.as_str() == text {
            error.exit();
        }
        let _ = io::stderr().lock().write_all(escaped.as_str().as_bytes());
        std::process::exit(error.exit_code());
    }
    // The first paragraph; a list of arguments is a line for each.
    let lines: Vec<&str> = text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    let message = lines.join(" ");
    let message = message.strip_prefix("error: ").unwrap_or(&message);
    let mut value = json_of(&Diagnostic::error(message));
    if let Some(rendered) = value.get_mut("rendered") {
        *rendered = text.into();
    }
    let _ = writeln!(io::stderr(), "{}", crate::text::json::line(&value));
    std::process::exit(error.exit_code())
}

/// Prints a line about the work on standard error, with `--verbose` only.
pub(super) fn detail(text: &str) {
    if options().verbose {
        status(text);
    }
}

/// Prints a line of a human-readable result on standard output.
pub(super) fn print_line(text: &str) {
    print_raw(&(line(text).into_string() + "\n"));
}

/// Prints a text on standard output, whose lines are its own: a request with its body.
pub(super) fn print_lines(text: &str) {
    print_raw(escape_lines(text).as_str());
}

/// Prints a result for programs on standard output.
pub(super) fn print_json(value: &impl Serialize) -> Result<(), Diagnostic> {
    let text = crate::text::json::pretty(value)
        .map_err(|error| Diagnostic::error(format!("cannot serialize the result: {error}")))?;
    print_raw(&text);
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

static RESULT_ERROR: OnceLock<io::Error> = OnceLock::new();

fn print_raw(text: &str) {
    let mut stdout = io::stdout().lock();
    let written = stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush());
    // A reader that has closed the pipe, as `head` does, has read enough.
    if let Err(error) = written
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        // The first error counts.
        let _ = RESULT_ERROR.set(error);
    }
}

/// Checks that all results on standard output were written.
///
/// # Errors
/// The first error of writing, as of a full disk.
pub(super) fn check_results() -> Result<(), Diagnostic> {
    let fault = |error| Diagnostic::error(format!("cannot write to standard output: {error}"));
    RESULT_ERROR.get().map_or(Ok(()), |error| Err(fault(error)))
}

#[cfg(test)]
mod tests {
    use super::{LENGTH_OF_LINE, Value, json, json_of, note, shell_word};
    use crate::diagnostic::Diagnostic;
    use crate::source::Source;
    use std::sync::Arc;

    #[test]
    fn words_of_a_shell() {
        for (text, word) in [
            ("", "''"),
            ("spec/x-1.json", "spec/x-1.json"),
            ("https://x.test/?a=b", "'https://x.test/?a=b'"),
            ("a b", "'a b'"),
            ("$(x)`y`", "'$(x)`y`'"),
            ("it's", r"'it'\''s'"),
            ("~", "'~'"),
            ("\u{1b}[31m", r"$'\033[31m'"),
        ] {
            assert_eq!(shell_word(text), word);
        }
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
        let span = &value["spans"][0];
        assert_eq!((&span["line_end"], &span["column_end"]), (&2.into(), &6.into()));
        assert_eq!((&span["byte_start"], &span["byte_end"]), (&4.into(), &7.into()));
        assert_eq!(span["text"], json!([{"text": "  \"a\": 1", "highlight_start": 3, "highlight_end": 6}]));
        let long = Arc::new(Source::new("x.json", format!("{{\"a\": {}}}", " ".repeat(LENGTH_OF_LINE))));
        assert_eq!(json_of(&Diagnostic::error("wrong").at_pointer(&long, "/a"))["spans"][0]["text"], json!([]));
        let lines = Arc::new(Source::new("x.json", "ab\ncde\nf"));
        let span = &json_of(&Diagnostic::error("wrong").at_span(&lines, 1..7))["spans"][0];
        let part =
            |text: &str, start: u64, end: u64| json!({"text": text, "highlight_start": start, "highlight_end": end});
        assert_eq!(span["text"], json!([part("ab", 2, 3), part("cde", 1, 4), part("f", 1, 1)]));
        // The keys of rustc, all of which readers may require.
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        let of_diagnostic = ["$message_type", "children", "code", "level", "message", "rendered", "spans"];
        assert_eq!(keys(&value), of_diagnostic);
        assert_eq!(keys(&note("text")), of_diagnostic);
        assert_eq!(keys(&value["children"][0]), of_diagnostic[1..]);
        assert_eq!(span.as_object().unwrap().len(), 13);
    }
}
