//! Regular expressions of path parameters.
//!
//! Nearly all of them have one shape: literals, `[^/]+`, and perhaps `.*` at the end, between `^` and `$`. That shape
//! is matched here; any other is accepted unchecked, since a regular expression engine would cost more than the check
//! is worth.

/// Returns `true` if `value` matches `pattern`, and for a pattern of another shape.
pub(crate) fn matches(pattern: &str, value: &str) -> bool {
    let Some(body) = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$')) else {
        return true;
    };
    matches_parts(body, value).unwrap_or(true)
}

/// Returns `None` for a pattern of another shape.
fn matches_parts(mut body: &str, mut value: &str) -> Option<bool> {
    const PART: &str = "[^/]+";
    const REST: &str = ".*";
    let mut fits = true;
    while !body.is_empty() {
        if body == REST {
            return Some(fits && !value.contains('\n'));
        }
        if let Some(after) = body.strip_prefix(PART) {
            if !(after.is_empty() || after.starts_with('/')) {
                return None;
            }
            let rest = value.trim_start_matches(|char| char != '/');
            fits &= rest.len() < value.len();
            value = rest;
            body = after;
            continue;
        }
        let end = body.find(['[', '.']).unwrap_or(body.len());
        let (literal, following) = body.split_at_checked(end)?;
        if end == 0 || literal.contains(['\\', '(', ')', '{', '}', '|', '?', '*', '+', '^', '$']) {
            return None;
        }
        match value.strip_prefix(literal) {
            Some(after) => value = after,
            None => fits = false,
        }
        body = following;
    }
    Some(fits && value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn names_of_resources() {
        let jobs = "^projects/[^/]+/locations/[^/]+/tuningJobs/[^/]+$";
        assert!(matches(jobs, "projects/p/locations/l/tuningJobs/1"));
        assert!(!matches(jobs, "projects/p/locations/l/tuningJobs/"));
        assert!(!matches(jobs, "projects/p/locations/l/tuningJobs/1/x"));
        assert!(!matches(jobs, "projects//locations/l/tuningJobs/1"));
        assert!(!matches(jobs, "/projects/p/locations/l/tuningJobs/1"));
        assert!(!matches(jobs, "tuningJobs/1"));
    }

    #[test]
    fn an_open_end() {
        assert!(matches("^operations/.*$", "operations/a/b"));
        assert!(matches("^operations/.*$", "operations/"));
        assert!(!matches("^operations/.*$", "operation/a"));
        assert!(matches("^.*$", "anything/at all"));
    }

    #[test]
    fn a_literal() {
        assert!(matches("^v1/card$", "v1/card"));
        assert!(!matches("^v1/card$", "v1/cards"));
    }

    #[test]
    fn unknown_shapes_are_not_checked() {
        for pattern in ["[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?", r"\d+", "^[a-z]+$", "^x/[^/]+:y$", "^a|b$"] {
            assert!(matches(pattern, "?!"), "{pattern}");
        }
    }
}
