//! The header `link` (RFC 8288).

use ::http::HeaderMap;
use ::http::header::LINK;

/// Returns the target of the first link to the next page.
pub(crate) fn next(headers: &HeaderMap) -> Option<String> {
    headers.get_all(LINK).iter().filter_map(|value| value.to_str().ok()).find_map(next_in)
}

fn next_in(value: &str) -> Option<String> {
    let mut rest = value;
    loop {
        let (target, after) = rest.split_once('<')?.1.split_once('>')?;
        // The parameters of a link end at the next link; a comma may be in a quoted value.
        let end = end_of_link(after);
        let (parameters, others) = after.split_at_checked(end)?;
        let is_next = parameters.split(';').any(|parameter| {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            let value = value.trim().trim_matches('"');
            name.trim().eq_ignore_ascii_case("rel")
                && value.split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case("next"))
        });
        if is_next {
            return Some(target.to_owned());
        }
        rest = others;
    }
}

/// Returns the position of the comma after a link.
fn end_of_link(text: &str) -> usize {
    let mut quoted = false;
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_several_relations() {
        for (value, next) in [
            (r#"<https://a/x?page=3>; rel="next", <https://a/x?page=9>; rel="last""#, Some("https://a/x?page=3")),
            (r#"<https://a/x?a=1,2>; rel="prev"; title="a, b", </x?page=4>; rel=next"#, Some("/x?page=4")),
            (r#"<u>; rel="last NEXT""#, Some("u")),
            (r#"<u>; rel="last""#, None),
            ("nothing", None),
            ("", None),
        ] {
            assert_eq!(next_in(value).as_deref(), next, "{value}");
        }
    }
}
