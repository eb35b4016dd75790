//! Nesting depth of proto files, which their parser does not bound.

/// Maximum nesting depth of braces and brackets; protoc allows 32 nested messages.
const DEPTH: usize = 100;

/// Checks the nesting depth of a file.
///
/// # Errors
/// Message with file, line and column of the first brace or bracket that is nested too deep.
pub(super) fn check(name: &str, text: &str) -> Result<(), String> {
    let Some(at) = too_deep(text) else { return Ok(()) };
    let before = text.get(..at).unwrap_or_default();
    let line = before.matches('\n').count().saturating_add(1);
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count().saturating_add(1);
    Err(format!("{name}:{line}:{column}: nested more than {DEPTH} levels deep"))
}

/// Returns the position of the first brace or bracket that is nested too deep, comments and strings aside.
fn too_deep(text: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
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
                    return Some(at);
                }
                open.push(byte);
            }
            b'}' | b']' | b'>' => {
                let opening = match byte {
                    b'}' => b'{',
                    b']' => b'[',
                    _ => b'<',
                };
                // Another one than the last open one is an error of the file, which its parser reports.
                open.pop_if(|last| *last == opening);
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
    fn comments_and_strings_have_no_depth() {
        for text in ["// {\n", "# {\n", "/* { // */", "'{'\n", "\"\\\"{\"\n", "'\"{'\n", "\"{\n"] {
            assert_eq!(check("x.proto", &text.repeat(1_000)), Ok(()), "{text:?}");
        }
        for text in ["//\n{", "#\n{", "/**/{", "/*/*/{", "''{", "\"\\\\\"{", "\"\n{", "\"\\\n{", "] {", "{ ]", "/{"] {
            assert!(check("x.proto", &text.repeat(1_000)).is_err(), "{text:?}");
        }
    }
}
