//! Blocks of JSON that show a message: `{ "name": string, // Union field … }`.

/// A JSON representation of a message.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Block {
    /// Lines of text above it, the nearest first.
    above: Vec<String>,
    /// Properties, with the name of their message or enum type.
    pub(super) properties: Vec<(String, Option<String>)>,
    /// Unions with their members, in order.
    pub(super) unions: Vec<(String, Vec<String>)>,
}

const OPENS: &str = "Union field ";
const OPENS_END: &str = " can be only one of the following";
const CLOSES: &str = "End of list of possible types for union field ";

impl Block {
    /// Returns the names that may be its heading: the lines above it, alone or after a colon (`Resource: TunedModel`).
    pub(super) fn headings(&self) -> impl Iterator<Item = &str> {
        self.above.iter().filter_map(|line| line.rsplit([':', '：']).next()).map(str::trim)
    }

    /// Returns a description by its unions.
    pub(super) fn describe(&self) -> String {
        let unions: Vec<String> = self.unions.iter().map(|(name, _)| format!("the union `{name}`")).collect();
        unions.join(" and ")
    }
}

/// Finds the blocks of a page: each begins with a brace that is the first character of a line.
pub(super) fn find(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    // The lines above a block, as far as they are not in another block.
    let mut above: Vec<&str> = Vec::new();
    let mut rest = text;
    // Braces that are never closed would be read to the end of the page again and again.
    let mut budget = text.len().saturating_mul(8);
    while !rest.is_empty() && budget > 0 {
        let trimmed = rest.trim_start_matches([' ', '\t']);
        if trimmed.starts_with('{') {
            let (found, read) = parse(trimmed);
            budget = budget.saturating_sub(read);
            if let Some(mut block) = found {
                // A heading, a few lines about it, the words `JSON representation`.
                let lines = above.iter().rev().map(|line| line.trim()).filter(|line| !line.is_empty());
                block.above = lines.take(12).map(str::to_owned).collect();
                blocks.push(block);
                above.clear();
                rest = trimmed.get(read..).unwrap_or_default();
                continue;
            }
        }
        let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
        above.push(line);
        rest = after;
    }
    blocks
}

/// Parses a block at the start of a text, and returns the number of bytes that were read. `None` for other text.
fn parse(text: &str) -> (Option<Block>, usize) {
    let mut block = Block::default();
    let mut in_union = false;
    let mut depth = 0usize;
    // A string at the first level, which is a property if a colon follows.
    let mut name: Option<&str> = None;
    let mut rest = text;
    let read = |rest: &str| text.len().saturating_sub(rest.len());
    while let Some(character) = rest.chars().next() {
        let mut after = rest.get(character.len_utf8()..).unwrap_or_default();
        match character {
            '{' | '[' => depth = depth.saturating_add(1),
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return ((!block.properties.is_empty()).then_some(block), read(after));
                }
            }
            '"' => {
                let Some(end) = after.find(['"', '\n']) else { return (None, text.len()) };
                if depth == 1 {
                    name = after.get(..end);
                }
                after = after.get(end.saturating_add(1)..).unwrap_or_default();
            }
            ':' if depth == 1 => {
                if let Some(name) = name.take() {
                    if in_union && let Some((_, members)) = block.unions.last_mut() {
                        members.push(name.to_owned());
                    }
                    block.properties.push((name.to_owned(), None));
                }
            }
            '/' => {
                if let Some(comment) = after.strip_prefix('/') {
                    let comment = comment.trim_start_matches([' ', '\t']);
                    let line = comment.split('\n').next().unwrap_or_default();
                    let opened = line.strip_prefix(OPENS).and_then(|line| line.split_once(OPENS_END));
                    match opened {
                        Some((union, _)) if depth == 1 => {
                            in_union = true;
                            block.unions.push((union.trim_matches(['`', ' ']).to_owned(), Vec::new()));
                            // Markup may have removed the end of this line: the text after the sentence is read on.
                            after = comment.split_once(OPENS_END).map_or("", |(_, after)| after);
                            after = after.strip_prefix([':', '.']).unwrap_or(after);
                        }
                        _ => {
                            in_union &= depth != 1 || !line.starts_with(CLOSES);
                            after = comment.get(line.len()..).unwrap_or_default();
                        }
                    }
                }
            }
            'o' | 'e' => {
                // `object (TuningTask)`, `enum (State)`.
                let held = ["object (", "enum ("].iter().find_map(|word| rest.strip_prefix(word));
                let held = held.and_then(|held| held.split('\n').next()?.split_once(')'));
                if let (Some((held, _)), Some((_, property))) = (held, block.properties.last_mut()) {
                    *property = Some(held.trim().to_owned());
                }
            }
            _ => {}
        }
        rest = after;
        // Braces in a sentence do not begin a block.
        if block.properties.is_empty() && read(rest) > 400 {
            return (None, read(rest));
        }
    }
    (None, text.len())
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn properties_unions_and_headings() {
        let page = "リソース: Dog\n\nワン。\n\nJSON 表現\n{\n  \"name\": string,\n\n  // Union field food can be only one of the following:\n  \
                    \"bone\": {\n    object (Bone)\n  },\n  \"meat\": [\n    string\n  ]\n  // End of list of possible types for union field food.\n  \"age\": integer\n}\n";
        let blocks = find(page);
        assert_eq!(blocks.len(), 1);
        assert!(blocks[0].headings().any(|heading| heading == "Dog"));
        assert!(blocks[0].headings().all(|heading| heading != "Bone"));
        assert_eq!(blocks[0].unions, [("food".to_owned(), vec!["bone".to_owned(), "meat".to_owned()])]);
        assert_eq!(
            blocks[0].properties.iter().map(|p| p.0.as_str()).collect::<Vec<_>>(),
            ["name", "bone", "meat", "age"]
        );
        assert_eq!(blocks[0].properties[1].1.as_deref(), Some("Bone"));
    }

    #[test]
    fn unclosed_braces_take_linear_time() {
        assert_eq!(find(&"{\n\"a\":\n".repeat(100_000)), []);
    }

    #[test]
    fn braces_in_a_sentence_do_not_begin_a_block() {
        assert_eq!(find("Names look like `projects/{project}`. { nothing }"), []);
    }
}
