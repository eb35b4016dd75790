//! How alike two names are.

/// From 0, nothing in common, to 1, the same but for case and word breaks.
pub(crate) fn likeness(a: &str, b: &str) -> f64 {
    let plain =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    let (a, b) = (plain(a), plain(b));
    let shorter = a.len().min(b.len());
    // `label` and `labelText` are nearer than the count of letters says.
    let inside = shorter >= 4 && (a.starts_with(&b) || b.starts_with(&a) || a.ends_with(&b) || b.ends_with(&a));
    let score = strsim::normalized_levenshtein(&a, &b);
    if inside { score.max(0.7) } else { score }
}

/// How a name changed, for people: what it has now and what it had.
pub(crate) fn step(gone: &str, come: &str) -> String {
    match (gone, come) {
        ("", come) => format!("with `{come}`, which they were not before"),
        (gone, "") => format!("without `{gone}`"),
        (gone, come) => format!("with `{come}` instead of `{gone}`"),
    }
}

/// What is different between two texts, with what they share at both ends left out.
pub(crate) fn delta<'a>(a: &'a str, b: &'a str) -> (&'a str, &'a str) {
    let start: usize = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    let (a, b) = (&a[start..], &b[start..]);
    let end: usize = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).map(|(x, _)| x.len_utf8()).sum();
    (&a[..a.len() - end], &b[..b.len() - end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_and_case_does_not() {
        assert_eq!(likeness("baseModel", "base_model"), 1.0);
        assert!(likeness("label", "labelText") >= 0.5);
        assert!(likeness("label", "created") < 0.5);
    }

    #[test]
    fn what_differs() {
        assert_eq!(delta("v1beta/x", "v1/x"), ("beta", ""));
        assert_eq!(delta("FooV1Bar", "FooV2Bar"), ("1", "2"));
    }
}
