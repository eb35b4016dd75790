//! Globs over method names: `tunedModels.**`, `projects.locations.tuningJobs.{create,get}`.

use std::collections::HashSet;

/// Glob over method names.
///
/// Names consist of parts separated by `.`. `*` matches any text within a part, alone one whole part; `**` matches any
/// number of parts; `{a,b}` matches one of several alternatives, which may contain dots and globs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    /// Texts that the braces expand to.
    choices: Vec<Choice>,
}

/// One of the texts that the braces of a pattern expand to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Choice {
    parts: Vec<String>,
    options: Vec<BraceOption>,
}

/// Option of braces: the length of the text after them, which identifies them, and the option.
type BraceOption = (usize, String);

impl Pattern {
    /// Parses a pattern.
    ///
    /// # Errors
    /// Returns a message for an unmatched brace, an empty part, braces that expand to more than 1,000 alternatives, or
    /// a pattern of more than 64 KiB.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.len() > MAX_LENGTH {
            return Err(format!("a pattern of {} bytes is longer than {MAX_LENGTH}", text.len()));
        }
        let mut choices = Vec::new();
        for (choice, options) in expand(text)? {
            let parts: Vec<String> = choice.split('.').map(str::to_owned).collect();
            if parts.iter().any(String::is_empty) {
                return Err(format!("the pattern `{text}` has an empty part"));
            }
            if parts.iter().any(|part| part.contains("**") && part != "**") {
                return Err(format!("in the pattern `{text}`, `**` is not a part of its own"));
            }
            choices.push(Choice { parts, options });
        }
        Ok(Self { text: text.to_owned(), choices })
    }

    /// Returns the pattern as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the only name that the pattern matches; `None` for a pattern that may match several.
    pub fn name(&self) -> Option<&str> {
        (!self.text.contains(['*', '{'])).then_some(self.text.as_str())
    }

    /// Returns `true` if the pattern matches a method's name.
    pub fn matches(&self, name: &str) -> bool {
        self.choices.iter().any(|choice| parts_match(&choice.parts, name))
    }

    /// Returns the first option in braces that matches no name, whatever the options in other braces are.
    pub fn unmatched(&self, names: &[&str]) -> Option<&str> {
        let (matching, others): (Vec<&Choice>, Vec<&Choice>) =
            self.choices.iter().partition(|choice| names.iter().any(|name| parts_match(&choice.parts, name)));
        let is_matched = |option: &&BraceOption| matching.iter().any(|choice| choice.options.contains(option));
        let mut options = others.iter().flat_map(|choice| &choice.options);
        options.find(|option| !is_matched(option)).map(|(_, option)| option.as_str())
    }

    /// Returns `true` if the pattern would match any of the names with another text in place of an option.
    pub fn with_option(&self, option: &str, other: &str, names: &[&str]) -> bool {
        let choices = self.choices.iter().filter(|choice| choice.options.iter().any(|(_, text)| text == option));
        choices.into_iter().any(|choice| {
            let parts: Vec<String> = choice.parts.iter().map(|part| part.replace(option, other)).collect();
            names.iter().any(|name| parts_match(&parts, name))
        })
    }
}

/// Patterns of which any may match, those of one name in a set.
pub struct Patterns<'p> {
    names: HashSet<&'p str>,
    globs: Vec<&'p Pattern>,
}

impl<'p> Patterns<'p> {
    /// Creates a set of patterns.
    pub fn new(patterns: &'p [Pattern]) -> Self {
        let names = patterns.iter().filter_map(Pattern::name).collect();
        Self { names, globs: patterns.iter().filter(|pattern| pattern.name().is_none()).collect() }
    }

    /// Returns `true` if any of the patterns matches a method's name.
    pub fn matches_any(&self, name: &str) -> bool {
        self.names.contains(name) || self.globs.iter().any(|pattern| pattern.matches(name))
    }
}

/// Largest number of alternatives that the braces of a pattern may expand to: `{a,b}{a,b}` is four.
const MAX_CHOICES: usize = 1000;

/// Largest length of a pattern, in bytes: every alternative is a copy of it.
const MAX_LENGTH: usize = 64 << 10;

/// Largest number of bytes that the braces of a pattern may expand to.
const MAX_BYTES: usize = MAX_CHOICES * MAX_LENGTH;

/// Returns every text that a pattern with braces expands to, with its options.
fn expand(text: &str) -> Result<Vec<(String, Vec<BraceOption>)>, String> {
    let mut expanded = Vec::new();
    let mut pending: Vec<(String, Vec<BraceOption>)> = vec![(text.to_owned(), Vec::new())];
    let mut bytes = 0_usize;
    while let Some((next, chosen)) = pending.pop() {
        match first_braces(&next).map_err(|brace| format!("the pattern `{text}` has an unmatched `{brace}`"))? {
            None => expanded.push((next, chosen)),
            // The last option is pushed first, so that the first one is popped next: choices keep the order of the
            // text.
            Some((before, options, after)) => {
                pending.extend(options.iter().rev().map(|option| {
                    let mut chosen = chosen.clone();
                    chosen.push((after.len(), (*option).to_owned()));
                    // Options of nested braces contain one another.
                    let options = chosen.iter().map(|(_, option)| option.len()).fold(0, usize::saturating_add);
                    bytes = bytes.saturating_add(text.len()).saturating_add(options);
                    (format!("{before}{option}{after}"), chosen)
                }));
            }
        }
        if expanded.len().saturating_add(pending.len()) > MAX_CHOICES || bytes > MAX_BYTES {
            return Err(format!(
                "the braces of the pattern expand to more than {MAX_CHOICES} texts, or {} MiB",
                MAX_BYTES >> 20
            ));
        }
    }
    Ok(expanded)
}

/// Text before braces, their options, and text after them.
type Braces<'a> = (&'a str, Vec<&'a str>, &'a str);

/// Splits a pattern at its first braces. The error is the unmatched brace.
fn first_braces(text: &str) -> Result<Option<Braces<'_>>, char> {
    let Some((before, inner)) = text.split_once('{') else {
        return if text.contains('}') { Err('}') } else { Ok(None) };
    };
    if before.contains('}') {
        return Err('}');
    }
    let mut depth = 0_usize;
    let mut options = Vec::new();
    let mut start = 0;
    for (at, char) in inner.char_indices() {
        match char {
            '{' => depth = depth.saturating_add(1),
            ',' | '}' if depth == 0 => {
                options.push(inner.get(start..at).unwrap_or_default());
                // Both are one byte long.
                start = at.saturating_add(1);
                if char == '}' {
                    return Ok(Some((before, options, inner.get(start..).unwrap_or_default())));
                }
            }
            '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    Err('{')
}

/// Matches parts that may include `**`, in time proportional to the product of both lengths.
fn parts_match(pattern: &[String], name: &str) -> bool {
    // Most names differ in one of the parts before `**`, which take no memory to compare.
    let mut rest = name.split('.');
    let fixed = pattern.iter().take_while(|part| *part != "**").count();
    let (before, pattern) = pattern.split_at_checked(fixed).unwrap_or_default();
    if !before.iter().all(|part| rest.next().is_some_and(|name| part_matches(part, name))) {
        return false;
    }
    if pattern.is_empty() {
        return rest.next().is_none();
    }
    let name: Vec<&str> = rest.collect();
    // For each number of parts of the name, true if the pattern so far matches them.
    let mut reached: Vec<bool> = std::iter::once(true).chain(name.iter().map(|_| false)).collect();
    for part in pattern {
        if part == "**" {
            let mut any = false;
            for reached in &mut reached {
                any |= *reached;
                *reached = any;
            }
        } else {
            let next = name.iter().zip(&reached).map(|(name, reached)| *reached && part_matches(part, name));
            reached = std::iter::once(false).chain(next).collect();
        }
    }
    reached.last().copied().unwrap_or_default()
}

/// Matches a part that may contain `*`. Each text between two of them is matched at its first occurrence.
fn part_matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(first) else {
        return false;
    };
    let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
    for piece in middle.split('*') {
        match text.split_once(piece) {
            Some((_, after)) => text = after,
            None => return false,
        }
    }
    text.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    fn matches(pattern: &str, name: &str) -> bool {
        Pattern::parse(pattern).unwrap().matches(name)
    }

    #[test]
    fn every_option_must_match_something() {
        let names = ["a.get", "a.list", "b.get"];
        let unmatched = |pattern: &str| Pattern::parse(pattern).unwrap().unmatched(&names).map(str::to_owned);
        for pattern in ["a.*", "{a,b}.{get,list}", "{a.{get,list},b.get}", "**"] {
            assert_eq!(unmatched(pattern), None, "{pattern}");
        }
        assert_eq!(unmatched("a.{get,lists}").as_deref(), Some("lists"));
        assert_eq!(unmatched("{a,c}.get").as_deref(), Some("c"));
        assert_eq!(unmatched("{a.{get,put},b.get}").as_deref(), Some("put"));
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
    fn time_and_choices_are_bounded() {
        let began = std::time::Instant::now();
        let name = vec!["a"; 500].join(".");
        assert!(!matches(&format!("{}b", "**.a.".repeat(200)), &format!("{name}.c")));
        assert!(!matches(&format!("{}b", "*a".repeat(500)), &"a".repeat(2000)));
        assert!(Pattern::parse(&"{a,b}".repeat(60)).unwrap_err().contains("more than 1000"));
        assert!(Pattern::parse(&"{".repeat(100_000)).is_err());
        assert!(
            Pattern::parse(&format!("{}b{}", "{a,".repeat(900), "}".repeat(900))).unwrap_err().contains("more than")
        );
        assert!(matches(&format!("{}a{}", "{".repeat(300), "}".repeat(300)), "a"));
        assert!(began.elapsed().as_secs() < 10, "{:?}", began.elapsed());
    }

    #[test]
    fn a_broken_pattern_is_an_error() {
        for (pattern, part) in
            [("a.{b", "unmatched `{`"), ("a}", "unmatched `}`"), ("a..b", "empty"), ("a**", "part of its own")]
        {
            let message = Pattern::parse(pattern).unwrap_err();
            assert!(message.contains(part), "{message}");
        }
    }
}
