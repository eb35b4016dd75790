//! Globs over method names: `tunedModels.**`, `projects.locations.tuningJobs.{create,get}`.

/// A glob over method names.
///
/// Names have parts, joined with `.`. `*` stands for any text within a part, alone for one whole part; `**` for any
/// number of parts; `{a,b}` for one of several texts, which may have parts and globs of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    /// The pattern without braces: one for each way to choose, each in its parts.
    choices: Vec<Vec<String>>,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// A sentence that says what is wrong with it: a brace without its partner, an empty part.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut choices = Vec::new();
        for choice in expand(text)? {
            let parts: Vec<String> = choice.split('.').map(str::to_owned).collect();
            if parts.iter().any(String::is_empty) {
                return Err(format!("the pattern `{text}` has an empty part"));
            }
            if parts.iter().any(|part| part.contains("**") && part != "**") {
                return Err(format!("in the pattern `{text}`, `**` is not a part of its own"));
            }
            choices.push(parts);
        }
        Ok(Self { text: text.to_owned(), choices })
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether it stands for a method's name.
    pub fn matches(&self, name: &str) -> bool {
        let name: Vec<&str> = name.split('.').collect();
        self.choices.iter().any(|parts| parts_match(parts, &name))
    }
}

/// The texts that a pattern with braces stands for.
fn expand(text: &str) -> Result<Vec<String>, String> {
    let Some(open) = text.find(['{', '}']) else {
        return Ok(vec![text.to_owned()]);
    };
    if text.as_bytes()[open] == b'}' {
        return Err(format!("the pattern `{text}` has a `}}` without its `{{`"));
    }
    let (mut depth, mut start, mut options, mut close) = (0, open + 1, Vec::new(), None);
    for (at, byte) in text.bytes().enumerate().skip(open) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth == 1 => {
                options.push(&text[start..at]);
                close = Some(at);
                break;
            }
            b'}' => depth -= 1,
            b',' if depth == 1 => {
                options.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    let Some(close) = close else {
        return Err(format!("the pattern `{text}` has a `{{` without its `}}`"));
    };
    let mut all = Vec::new();
    for option in options {
        all.extend(expand(&format!("{}{option}{}", &text[..open], &text[close + 1..]))?);
    }
    Ok(all)
}

fn parts_match(pattern: &[String], name: &[&str]) -> bool {
    match pattern.split_first() {
        None => name.is_empty(),
        Some((first, rest)) if first == "**" => (0..=name.len()).any(|skip| parts_match(rest, &name[skip..])),
        Some((first, rest)) => {
            name.split_first().is_some_and(|(part, others)| part_matches(first, part) && parts_match(rest, others))
        }
    }
}

/// Whether a part with `*` in it stands for a text.
fn part_matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, after)) => text.strip_prefix(before).is_some_and(|rest| {
            rest.char_indices().map(|(i, _)| i).chain([rest.len()]).any(|i| part_matches(after, &rest[i..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    fn matches(pattern: &str, name: &str) -> bool {
        Pattern::parse(pattern).unwrap().matches(name)
    }

    #[test]
    fn one_part_any_number_and_one_of_several() {
        assert!(matches("tunedModels.**", "tunedModels.create"));
        assert!(matches("tunedModels.**", "tunedModels.permissions.list"));
        assert!(!matches("tunedModels.**", "models.get"));
        assert!(matches("tunedModels.*", "tunedModels.create"));
        assert!(!matches("tunedModels.*", "tunedModels.permissions.list"));
        assert!(matches("projects.**.{get,list}", "projects.locations.models.list"));
        assert!(!matches("projects.**.{get,list}", "projects.locations.models.delete"));
        assert!(matches("**", "get"));
        assert!(matches("{a,b.{c,d}}.get", "b.d.get"));
        assert!(matches("models.stream*", "models.streamGenerateContent"));
        assert!(!matches("models.stream*", "models.generateContent"));
    }

    #[test]
    fn a_broken_pattern_is_an_error() {
        for (pattern, part) in
            [("a.{b", "without its `}`"), ("a}", "without its `{`"), ("a..b", "empty"), ("a**", "part of its own")]
        {
            let message = Pattern::parse(pattern).unwrap_err();
            assert!(message.contains(part), "{message}");
        }
    }
}
