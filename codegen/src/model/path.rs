//! Path templates: `v1/{+parent}/tuningJobs`.

use std::fmt;

/// Path template: text and variables.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PathTemplate {
    parts: Vec<PathPart>,
}

/// Part of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PathPart {
    /// Literal text.
    Literal(String),
    /// Variable of the path.
    Variable {
        /// Name of the parameter with its value.
        name: String,
        /// True if reserved characters are not encoded: `{+name}`.
        reserved: bool,
    },
}

impl PathTemplate {
    /// Parses a template.
    ///
    /// # Errors
    /// Returns a message for an unmatched brace or a variable without a name.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once(['{', '}']) {
            if rest.strip_prefix(before).is_some_and(|brace| brace.starts_with('}')) {
                return Err(format!("the path `{text}` has a `}}` without its `{{`"));
            }
            if !before.is_empty() {
                parts.push(PathPart::Literal(in_url(before)));
            }
            let (variable, after) =
                after.split_once('}').ok_or_else(|| format!("the path `{text}` has a `{{` without its `}}`"))?;
            let (reserved, name) = match variable.strip_prefix('+') {
                Some(name) => (true, name),
                None => (false, variable),
            };
            if name.is_empty() || name.contains('{') {
                return Err(format!("the path `{text}` has a variable without a name"));
            }
            parts.push(PathPart::Variable { name: name.to_owned(), reserved });
            rest = after;
        }
        if !rest.is_empty() {
            parts.push(PathPart::Literal(in_url(rest)));
        }
        Ok(Self { parts })
    }

    /// Returns the parts, in order.
    pub fn parts(&self) -> &[PathPart] {
        &self.parts
    }

    /// Returns the names of the variables, in order.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            PathPart::Variable { name, .. } => Some(name.as_str()),
            PathPart::Literal(_) => None,
        })
    }
}

/// Returns literal text with the characters encoded that no URL has, such as spaces.
fn in_url(text: &str) -> String {
    let is_valid = |byte: u8| byte.is_ascii_graphic() && !br#""<>\^`|"#.contains(&byte);
    text.bytes()
        .map(|byte| if is_valid(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for part in &self.parts {
            match part {
                PathPart::Literal(text) => f.write_str(text)?,
                PathPart::Variable { name, reserved: true } => write!(f, "{{+{name}}}")?,
                PathPart::Variable { name, reserved: false } => write!(f, "{{{name}}}")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::PathTemplate;

    #[test]
    fn variables_in_order_and_back_to_text() {
        let text = "v1/{+parent}/x/{id}:{verb}";
        let path = PathTemplate::parse(text).unwrap();
        assert_eq!(path.variables().collect::<Vec<_>>(), ["parent", "id", "verb"]);
        assert_eq!(path.to_string(), text);
    }

    #[test]
    fn a_lone_brace_is_an_error() {
        assert!(PathTemplate::parse("v1/{name").is_err());
        assert!(PathTemplate::parse("v1/name}").is_err());
        assert!(PathTemplate::parse("v1/{}").is_err());
    }
}
