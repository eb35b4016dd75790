//! Hostile texts, which have a meaning in the output formats, and harmless ones of the same kind.

/// Hostile texts for each output format.
pub const TEXTS: [&str; 45] = [
    // Line ends of Rust, Unicode and terminals, each followed by code.
    "\npub fn injected() {}\n",
    "\rpub fn injected() {}\r",
    "\r\npub fn injected() {}\r\n",
    "\u{b}pub fn injected() {}",
    "\u{c}pub fn injected() {}",
    "\u{85}pub fn injected() {}",
    "\u{2028}pub fn injected() {}",
    "\u{2029}pub fn injected() {}",
    "\n}\npub fn injected() {}\nmod inner {\n",
    "\n//! inner\n#![feature(x)]\n",
    // Invalid or invisible characters.
    "a\0b",
    "\u{1b}[31mred\u{1b}]0;title\u{7}",
    "\u{9b}31m",
    "\u{202e}txet\u{2066}x\u{2069}\u{200f}",
    "\u{feff}\u{a0}\u{200b}",
    // Ends of comments and literals.
    "*/ pub fn injected() {} /*",
    "\"#; pub fn injected() {} //",
    "\"##\"###\"",
    "\"; pub fn injected() {} //",
    "\\\"; \\",
    "'\\''",
    "\"\"\"\ninjected = true\n\"\"\"",
    "'''\ninjected = true\n'''",
    "\"\ninjected = true\n[injected]\n",
    // Markdown.
    "`code",
    "```\nfn main() {}\n```",
    "````` ``` ` `` ````",
    "[a](b) [a][b] [`Missing`] ]() ![x](y)",
    "# head\n\n| a | b |\n|---|---|\n* list\n> quote\n\n    indented",
    "a | b || c",
    "` <b>x</b> [x](y) `",
    "<!-- comment --> -->",
    // HTML.
    "<script>alert(1)</script>",
    "</style></title></script><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)\" ' onclick='x",
    "&lt;&amp;&#0;&",
    // Cargo, formats, templates.
    "\ncargo::rustc-env=INJECTED=1\ncargo::rustc-link-arg=-x\n",
    "cargo:rustc-cfg=injected",
    "{body} {0} {{}} %s ${x} $x #x",
    // Commands to runners of workflows.
    "\n::error file=x,line=1::injected\n",
    "::warning title=x::injected",
    "##[error]injected ##vso[task.setvariable]injected",
    "%0A::error::injected%25",
    "=SUM(A1) @x ;rm -rf / `id` $(id)",
    "../../../etc/passwd\\..\\x:y",
];

/// Returns a harmless text that results in the same names: letters and digits stay, and one dot, slash or colon of each
/// run, since they separate parts of names. All other characters become underscores.
#[must_use]
pub fn harmless(text: &str) -> String {
    let mut harmless = String::new();
    for c in text.chars() {
        match c {
            '.' | '/' | ':' if harmless.ends_with(c) => {}
            '.' | '/' | ':' => harmless.push(c),
            _ if c.is_alphanumeric() => harmless.push(c),
            _ => harmless.push('_'),
        }
    }
    harmless
}

/// Returns a text with another one before, within and after it.
#[must_use]
pub fn put(text: &str, other: &str) -> String {
    let middle = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let (before, after) = text.split_at(middle);
    format!("{other}{before}{other}{after}{other}")
}

/// Returns the first character that must be escaped in messages and code: a control character, a Unicode line ending,
/// or a bidirectional control.
#[must_use]
pub fn control(text: &str) -> Option<char> {
    text.chars().find(|c| {
        let is_bidi =
            matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{2028}' | '\u{2029}') || is_bidi
    })
}

/// Returns the first line that a runner of workflows takes for a command: one that begins with two colons, or that has
/// `##[` in it, or a form of that with a word.
#[must_use]
pub fn command(text: &str) -> Option<&str> {
    let has_bracket = |text: &str| text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).starts_with('[');
    let is_command = |line: &str| {
        let mut marks = line.match_indices('#').filter_map(|(at, _)| line[at..].strip_prefix("##"));
        line.trim_start().starts_with("::") || marks.any(has_bracket)
    };
    text.lines().find(|line| is_command(line))
}
