//! Limits of proto files, which their parser does not have: nesting depth, and the length of names.

/// Maximum nesting depth of braces and brackets; protoc allows 32 nested messages.
const DEPTH: usize = 100;
/// Maximum number of parts of a name, separated by dots.
const PARTS: usize = 1_000;
/// Maximum number of bytes of a name, with all of its parts.
const NAME: usize = 1_000;
/// Maximum number of bytes of the names of messages that contain each other.
const NESTED: usize = 2 * NAME;

/// Checks the nesting depth of a file, and the length of its names.
///
/// # Errors
/// Message with file, line and column of the first brace or bracket that is nested too deep, of the dot before the
/// first part of a name that is one too many, or of the first byte of a name that is.
pub(super) fn check(name: &str, text: &str) -> Result<(), String> {
    let Some((at, excess)) = first_excess(text) else { return Ok(()) };
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count().saturating_add(1);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count().saturating_add(1);
    Err(format!("{name}:{line}:{column}: {excess}"))
}

/// Returns the position of the first byte that exceeds a limit, comments and strings aside, and what it
/// exceeds.
fn first_excess(text: &str) -> Option<(usize, String)> {
    let mut open = Vec::new();
    // Number of dots since the last character that ends a name.
    let mut dots = 0usize;
    // Number of bytes of the current name, or the last one, and of those of what is open.
    let (mut name, mut nested) = (0usize, 0usize);
    // The last byte apart from whitespace.
    let mut last = (0usize, b' ');
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'.' if dots >= PARTS.saturating_sub(1) => return Some((at, format!("a name of more than {PARTS} parts"))),
            b'.' => dots = dots.saturating_add(1),
            b'=' | b';' | b',' | b'{' | b'}' | b'[' | b']' => dots = 0,
            _ => {}
        }
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.') {
            let (end, before) = last;
            let continues = at == end.saturating_add(1) && (before.is_ascii_alphanumeric() || before == b'_');
            name = if continues || before == b'.' || byte == b'.' { name.saturating_add(1) } else { 1 };
            if name > NAME {
                return Some((at, format!("a name of more than {NAME} bytes")));
            }
        }
        // A name may have whitespace and comments within.
        if !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'#') {
            last = (at, byte);
        }
        match byte {
            b'"' | b'\'' => {
                // A string ends with its line at the latest.
                while let Some((_, inner)) = bytes.next_if(|(_, inner)| *inner != b'\n') {
                    if inner == byte {
                        break;
                    }
                    if inner == b'\\' {
                        bytes.next_if(|(_, escaped)| *escaped != b'\n');
                    }
                }
            }
            b'#' => while bytes.next_if(|(_, inner)| *inner != b'\n').is_some() {},
            b'/' if bytes.next_if(|(_, next)| *next == b'/').is_some() => {
                while bytes.next_if(|(_, inner)| *inner != b'\n').is_some() {}
            }
            b'/' if bytes.next_if(|(_, next)| *next == b'*').is_some() => {
                let mut last = b' ';
                for (_, inner) in bytes.by_ref() {
                    if (last, inner) == (b'*', b'/') {
                        break;
                    }
                    last = inner;
                }
            }
            b'{' | b'[' | b'<' => {
                if open.len() >= DEPTH {
                    return Some((at, format!("nested more than {DEPTH} levels deep")));
                }
                nested = nested.saturating_add(name);
                if nested > NESTED {
                    return Some((at, format!("names of more than {NESTED} bytes within each other")));
                }
                open.push((byte, name));
            }
            b'}' | b']' | b'>' => {
                let opening = match byte {
                    b'}' => b'{',
                    b']' => b'[',
                    _ => b'<',
                };
                // Another one than the last open one is an error of the file, which its parser reports.
                if let Some((_, name)) = open.pop_if(|(last, _)| *last == opening) {
                    nested = nested.saturating_sub(name);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nesting_is_bounded() {
        for (open, close) in [("message A {", "}"), ("[", "]"), ("a: <", ">"), ("option (a) = {", "}")] {
            let nested = |depth: usize| open.repeat(depth) + &close.repeat(depth);
            assert_eq!(check("x.proto", &nested(DEPTH)), Ok(()), "{open}");
            let column = open.len() * (DEPTH + 1);
            let error = format!("x.proto:2:{column}: nested more than 100 levels deep");
            assert_eq!(check("x.proto", &format!("\n{}", nested(DEPTH + 1))), Err(error), "{open}");
            assert!(check("x.proto", &open.repeat(DEPTH + 1)).is_err(), "{open}");
        }
    }

    #[test]
    fn parts_of_a_name_are_bounded() {
        let option = |parts: usize| format!("option (a){} = 1;", ".(b)".repeat(parts - 1));
        assert_eq!(check("x.proto", &option(PARTS).repeat(3)), Ok(()));
        let error = format!("x.proto:1:{}: a name of more than 1000 parts", "option (a)".len() + 4 * (PARTS - 1) + 1);
        assert_eq!(check("x.proto", &option(PARTS + 1)), Err(error));
        assert_eq!(check("x.proto", &format!("// {}", ".".repeat(2 * PARTS))), Ok(()));
    }

    #[test]
    fn lengths_of_names_are_bounded() {
        let name = |length: usize| "n".repeat(length);
        let package = |length: usize| format!("package nn{};", ".n".repeat(length / 2 - 1));
        for text in [name(NAME), package(NAME)] {
            assert_eq!(check("x.proto", &format!("{text} = {text}")), Ok(()), "{text}");
        }
        for text in [name(NAME + 1), package(NAME + 2), package(NAME + 2).replace('.', "/* a */ .\n# b\n")] {
            assert!(check("x.proto", &text).is_err_and(|error| error.contains("a name of more than 1000 bytes")));
        }
        let nested = format!("message {} {{", name(NAME));
        let error = check("x.proto", &format!("{}message A {{", nested.repeat(2))).unwrap_err();
        assert!(error.contains("more than 2000 bytes within each other"), "{error}");
        assert_eq!(check("x.proto", &format!("{nested}}}").repeat(3)), Ok(()));
        assert_eq!(check("x.proto", &format!("// {}\n'{}'", name(2 * NAME), name(2 * NAME))), Ok(()));
    }

    #[test]
    fn comments_and_strings_have_no_depth() {
        for text in ["// {\n", "# {\n", "/* { // */", "'{'\n", "\"\\\"{\"\n", "'\"{'\n", "\"{\n"] {
            assert_eq!(check("x.proto", &text.repeat(1_000)), Ok(()), "{text:?}");
        }
        for text in ["//\n{", "#\n{", "/**/{", "/*/*/{", "''{", "\"\\\\\"{", "\"\n{", "\"\\\n{", "] {", "{ ]", "/{"] {
            assert!(check("x.proto", &text.repeat(1_000)).is_err(), "{text:?}");
        }
    }
}
