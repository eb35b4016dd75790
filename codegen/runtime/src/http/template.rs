//! Expansion of path templates, such as `v1/{+parent}/tuningJobs`.

use super::percent;
use super::usage_error::UsageError;

/// Appends `template` with each variable replaced by what `expand` appends for its name.
///
/// `{name}` percent-encodes all but unreserved characters, `{+name}` all but those of a path.
///
/// # Errors
/// Those of `expand`, and when a segment of the path is `.` or `..`, which clients and proxies would resolve to another
/// resource.
pub(crate) fn expand_into(
    out: &mut String,
    template: &str,
    expand: impl Fn(&mut String, &str, &percent::Unencoded) -> Result<(), UsageError>,
) -> Result<(), UsageError> {
    let start = out.len();
    let mut rest = template;
    while let Some((literal, variable)) = rest.split_once('{') {
        let (variable, after) =
            variable.split_once('}').ok_or_else(|| UsageError::Template { template: template.to_owned() })?;
        out.push_str(literal);
        match variable.strip_prefix('+') {
            Some(name) => expand(out, name, &percent::PATH)?,
            None => expand(out, variable, &percent::UNRESERVED)?,
        }
        rest = after;
    }
    out.push_str(rest);
    let path = out.get(start..).unwrap_or_default();
    // Values have no bare `?` or `#`: these are of the template, and end its path.
    let mut segments = path.split(['?', '#']).take(1).flat_map(|path| path.split('/'));
    match segments.find(|segment| matches!(*segment, "." | "..")) {
        Some(_) => Err(UsageError::DotSegment { path: path.to_owned() }),
        None => Ok(()),
    }
}

/// Appends the values of a variable, joined with commas.
///
/// # Errors
/// When the value is missing or empty.
pub(crate) fn join_into<'v>(
    out: &mut String,
    name: &str,
    values: impl IntoIterator<Item = &'v str>,
    unencoded: &percent::Unencoded,
) -> Result<(), UsageError> {
    let mut is_first = true;
    for text in values {
        if text.is_empty() {
            return Err(UsageError::Empty { name: name.to_owned() });
        }
        if !is_first {
            out.push(',');
        }
        percent::encode_into(out, text, unencoded);
        is_first = false;
    }
    if is_first { Err(UsageError::Missing { name: name.to_owned() }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expand(template: &str, values: &[(&str, &str)]) -> Result<String, UsageError> {
        let mut out = String::new();
        let value = |name: &str| values.iter().find(|(n, _)| *n == name).map(|(_, v)| *v);
        expand_into(&mut out, template, |out, name, unencoded| join_into(out, name, value(name), unencoded))
            .map(|()| out)
    }

    #[test]
    fn simple_and_reserved() {
        let values = [("a", "x/y z"), ("b", "p/q?r#s%41")];
        assert_eq!(expand("v1/{a}/{+b}:go", &values).unwrap(), "v1/x%2Fy%20z/p/q%3Fr%23s%2541:go");
    }

    #[test]
    fn a_variable_inside_a_segment() {
        assert_eq!(expand("{+a}/x:{b}", &[("a", "p/q"), ("b", "..")]).unwrap(), "p/q/x:..");
    }

    #[test]
    fn faults() {
        let missing = expand("v1/{+a}", &[]).unwrap_err();
        assert!(matches!(missing, UsageError::Missing { name } if name == "a"));
        let empty = expand("v1/{a}", &[("a", "")]).unwrap_err();
        assert!(matches!(empty, UsageError::Empty { name } if name == "a"));
        let before_query = expand("v1/{a}?x=1", &[("a", ".")]).unwrap_err();
        assert!(matches!(before_query, UsageError::DotSegment { .. }));
        for value in ["..", "p/../q", "./p", "p/."] {
            let dots = expand("v1/{+a}", &[("a", value)]).unwrap_err();
            assert!(matches!(dots, UsageError::DotSegment { .. }), "{value}");
        }
        assert!(matches!(expand("v1/{a", &[]), Err(UsageError::Template { .. })));
    }
}
