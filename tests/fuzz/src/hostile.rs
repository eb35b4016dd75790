//! Texts that mean something to what is written with them, and harmless ones of the same kind.

/// A text for each thing that could take a document's text for something else.
pub const TEXTS: [&str; 40] = [
    // Ends of lines, of Rust, Unicode and terminals; each followed by what would then be read as code.
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
    // Characters that no text should hold.
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
    "=SUM(A1) @x ;rm -rf / `id` $(id)",
    "../../../etc/passwd\\..\\x:y",
];

/// A harmless text that names would treat alike: letters and digits stay, and a dot or slash of each run of them, since
/// they separate the parts of names. All else is an underscore.
#[must_use]
pub fn harmless(text: &str) -> String {
    let mut harmless = String::new();
    for c in text.chars() {
        match c {
            '.' | '/' if harmless.ends_with(c) => {}
            '.' | '/' => harmless.push(c),
            _ if c.is_alphanumeric() => harmless.push(c),
            _ => harmless.push('_'),
        }
    }
    harmless
}

/// A text with another one before it, within it and after it.
#[must_use]
pub fn put(text: &str, other: &str) -> String {
    let middle = (0..=text.len() / 2).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default();
    let (before, after) = text.split_at(middle);
    format!("{other}{before}{other}{after}{other}")
}

/// The first character that a text for people or compilers must not hold as it is: a control, a line end of Unicode's,
/// or one that changes the direction of text.
#[must_use]
pub fn control(text: &str) -> Option<char> {
    text.chars().find(|c| {
        let is_bidi =
            matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{2028}' | '\u{2029}') || is_bidi
    })
}
