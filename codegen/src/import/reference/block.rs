//! Blocks of JSON that show a message: `{ "name": string, // Union field … }`.

/// A block.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Block {
    /// The lines of text above it, the nearest first.
    above: Vec<String>,
    /// Its properties with the name of the message or enumeration that they hold, if any.
    pub(super) properties: Vec<(String, Option<String>)>,
    /// Its unions with their members, in order.
    pub(super) unions: Vec<(String, Vec<String>)>,
}

const OPENS: &str = "Union field ";
const OPENS_END: &str = " can be only one of the following";
const CLOSES: &str = "End of list of possible types for union field ";

impl Block {
    /// Whether a heading above it is a name: alone, or behind a colon (`Resource: TunedModel`).
    pub(super) fn is_headed(&self, name: &str) -> bool {
        self.above.iter().any(|line| line.rsplit([':', '：']).next().is_some_and(|end| end.trim() == name))
    }

    /// What to call it where it has no name.
    pub(super) fn describe(&self) -> String {
        let unions: Vec<String> = self.unions.iter().map(|(name, _)| format!("the union `{name}`")).collect();
        unions.join(" and ")
    }
}

/// Finds the blocks of a page.
pub(super) fn find(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    // No block is its own: what stands above one ends where the one before it ended.
    let mut above_from = 0;
    let mut at = 0;
    while let Some(open) = text[at..].find('{').map(|found| at + found) {
        let line_start = text[..open].rfind('\n').map_or(0, |i| i + 1);
        match parse(&text[open..]).filter(|_| text[line_start..open].trim().is_empty()) {
            Some((mut block, length)) => {
                let lines = text[above_from..open].lines().rev().map(str::trim).filter(|line| !line.is_empty());
                // A heading, what it is about in a few lines, the words `JSON representation`.
                block.above = lines.take(12).map(str::to_owned).collect();
                blocks.push(block);
                at = open + length;
                above_from = at;
            }
            None => at = open + 1,
        }
    }
    blocks
}

/// Reads a block at the start of a text, and says how long it is. `None` if it is something else.
fn parse(text: &str) -> Option<(Block, usize)> {
    let mut block = Block::default();
    let mut union: Option<usize> = None;
    let mut depth = 0;
    let mut at = 0;
    // A name at the first level, until its colon says that it is a property.
    let mut name: Option<String> = None;
    while let Some(character) = text[at..].chars().next() {
        let rest = &text[at..];
        match character {
            '{' | '[' => depth += 1,
            '}' | ']' => {
                depth -= 1;
                if depth == 0 {
                    return (!block.properties.is_empty()).then_some((block, at + 1));
                }
            }
            '"' => {
                let end = rest[1..].find(['"', '\n'])?;
                if depth == 1 {
                    name = Some(rest[1..=end].to_owned());
                }
                at += end + 2;
                continue;
            }
            ':' if depth == 1 => {
                if let Some(name) = name.take() {
                    if let Some(union) = union {
                        block.unions[union].1.push(name.clone());
                    }
                    block.properties.push((name, None));
                }
            }
            '/' if rest.starts_with("//") => {
                let comment = rest[2..].trim_start();
                if depth == 1
                    && let Some((opened, _)) = comment.strip_prefix(OPENS).and_then(|c| c.split_once(OPENS_END))
                {
                    let opened = opened.trim_matches(['`', ' ']).to_owned();
                    union = Some(block.unions.len());
                    block.unions.push((opened, Vec::new()));
                    // Markup may have lost the end of this line: what follows is read on.
                    at += rest.find(OPENS_END)? + OPENS_END.len() + 1;
                    continue;
                }
                if depth == 1 && comment.starts_with(CLOSES) {
                    union = None;
                }
                at += rest.find('\n').unwrap_or(rest.len());
                continue;
            }
            'o' | 'e' => {
                // `object (TuningTask)`, `enum (State)`.
                let held = ["object (", "enum ("].iter().find_map(|word| rest.strip_prefix(word)?.split_once(')'));
                if let (Some((held, _)), Some((_, property))) =
                    (held, block.properties.last_mut().map(|p| (&p.0, &mut p.1)))
                {
                    *property = Some(held.trim().to_owned());
                }
            }
            _ => {}
        }
        at += character.len_utf8();
        // A page is not a program: braces in a sentence are no block.
        if block.properties.is_empty() && at > 400 {
            return None;
        }
    }
    None
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
        assert!(blocks[0].is_headed("Dog"));
        assert!(!blocks[0].is_headed("Bone"));
        assert_eq!(blocks[0].unions, [("food".to_owned(), vec!["bone".to_owned(), "meat".to_owned()])]);
        assert_eq!(
            blocks[0].properties.iter().map(|p| p.0.as_str()).collect::<Vec<_>>(),
            ["name", "bone", "meat", "age"]
        );
        assert_eq!(blocks[0].properties[1].1.as_deref(), Some("Bone"));
    }

    #[test]
    fn braces_in_a_sentence_are_no_block() {
        assert_eq!(find("Names look like `projects/{project}`. { nothing }"), []);
    }
}
