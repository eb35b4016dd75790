//! Evidence for and against a property being a member of a union.

use crate::model::{Api, Behavior, Field, Message, Shape, Type, Union};
use std::collections::{BTreeSet, HashMap};

/// Weighted reasons for and against a suspicion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Reasons for the suspicion.
    pub pro: Vec<String>,
    /// Reasons against the suspicion.
    pub contra: Vec<String>,
    /// Sum of the weights of all reasons.
    pub weight: f64,
}

impl Evidence {
    /// Weight from which a property is reported. Chosen to balance precision and recall on the unions of Google's
    /// protos; see `docs/measurements.md`.
    pub const THRESHOLD: f64 = 2.0;

    /// Returns `true` if the property is reported.
    pub fn is_suspicious(&self) -> bool {
        self.weight >= Self::THRESHOLD
    }

    fn add(&mut self, weight: f64, reason: impl Into<String>) {
        self.weight += weight;
        if weight > 0.0 { &mut self.pro } else { &mut self.contra }.push(reason.into());
    }
}

/// Words of the names of a message's properties.
pub(super) struct Words<'a> {
    of_property: HashMap<&'a str, Vec<String>>,
    /// Number of properties without a union whose names end with a word.
    last: HashMap<String, usize>,
    /// Number of properties without a union whose names have several words, and begin with this one.
    first: HashMap<String, usize>,
}

impl<'a> Words<'a> {
    pub(super) fn new(message: &'a Message) -> Self {
        let of_property: HashMap<_, _> = message.fields.keys().map(|name| (name.as_str(), words(name))).collect();
        let mut words = Self { of_property, last: HashMap::new(), first: HashMap::new() };
        for (_, mine) in words.of_property.iter().filter(|(name, _)| message.unions.of(name).is_none()) {
            for (counts, word) in [(&mut words.last, last(mine)), (&mut words.first, first(mine))] {
                if let Some(word) = word {
                    let count = counts.entry(word.to_owned()).or_default();
                    *count = count.saturating_add(1);
                }
            }
        }
        words
    }

    fn of(&self, property: &str) -> &[String] {
        self.of_property.get(property).map_or(&[], Vec::as_slice)
    }
}

fn last(words: &[String]) -> Option<&str> {
    words.last().map(String::as_str)
}

/// Returns the first of several words.
fn first(words: &[String]) -> Option<&str> {
    words.first().filter(|_| words.len() > 1).map(String::as_str)
}

/// Weighs a property, which is not a member of any union, against one union.
pub(super) fn weigh(
    api: &Api,
    message: &Message,
    words: &Words<'_>,
    name: &str,
    union: &Union,
    property: &str,
) -> Evidence {
    let mut evidence = Evidence::default();
    let Some(field) = message.fields.get(property) else {
        return evidence;
    };
    let members: Vec<(&str, &Field)> =
        union.members.iter().filter_map(|member| Some((member.as_str(), message.fields.get(member)?))).collect();
    if let Type::List(_) | Type::Map(_) = api.resolve(&field.ty) {
        // Protobuf has no repeated fields in a oneof.
        evidence.add(-100.0, "it is a list or a map, which cannot be a member");
        return evidence;
    }
    names(&mut evidence, name, &members, words, property);
    types(&mut evidence, api, &members, field);
    docs(&mut evidence, name, &members, field);
    behaviors(&mut evidence, &members, field);
    evidence
}

/// Compares its name with the names of the members and of the union.
fn names(evidence: &mut Evidence, union: &str, members: &[(&str, &Field)], words: &Words<'_>, property: &str) {
    let mine = words.of(property);
    type Word = fn(&[String]) -> Option<&str>;
    let ends: [(Word, _, f64, &str); 2] = [(last, &words.last, 1.0, "ends"), (first, &words.first, 0.6, "begins")];
    for (word, without, weight, verb) in ends {
        let Some(plain) = word(mine) else { continue };
        let with = members.iter().filter(|(name, _)| word(words.of(name)) == Some(plain)).count();
        // It is one of the properties without a union itself.
        let without = without.get(plain).map_or(0, |count| count.saturating_sub(1));
        if with > 0 {
            let share = with as f64 / members.len() as f64;
            let weight = (0.5 + 1.5 * share) / (1.0 + without as f64) * weight;
            evidence.add(
                weight,
                format!("its name {verb} with `{plain}`, as {with} of {} members' names do", members.len()),
            );
        }
    }
    let of_union: BTreeSet<String> = union.split('_').map(str::to_lowercase).collect();
    let generic = ["config", "data", "info", "kind", "oneof", "option", "options", "type", "value"];
    if let Some(word) = mine.iter().find(|word| of_union.contains(*word) && !generic.contains(&word.as_str())) {
        evidence.add(0.8, format!("its name has `{word}`, as the name of the union has"));
    }
    if ["name", "id", "displayName", "description", "state", "createTime", "updateTime", "etag", "type"]
        .contains(&property)
    {
        evidence.add(-2.0, "properties of this name are common to all resources");
    }
}

/// Compares its type with the types of the members.
fn types(evidence: &mut Evidence, api: &Api, members: &[(&str, &Field)], field: &Field) {
    let mine = kind(api, &field.ty);
    let same = members.iter().filter(|(_, member)| kind(api, &member.ty) == mine).count();
    if same > 0 {
        let weight = 1.2 * same as f64 / members.len() as f64;
        evidence.add(weight, format!("it is {mine}, as {same} of {} members are", members.len()));
    } else {
        evidence.add(-1.5, format!("it is {mine}, as no member is"));
    }
    if let (Some(ty), "a message") = (field.ty.schema(), mine) {
        let last = words(ty).pop();
        let alike =
            members.iter().filter(|(_, member)| member.ty.schema().is_some_and(|other| words(other).pop() == last));
        let alike = alike.count();
        if alike > 0 {
            let weight = 0.8 * alike as f64 / members.len() as f64;
            evidence
                .add(weight, format!("the name of its type ends like those of {alike} of {} members", members.len()));
        }
    }
}

/// Examines its description, and compares it with those of the members.
fn docs(evidence: &mut Evidence, union: &str, members: &[(&str, &Field)], field: &Field) {
    let Some(doc) = field.doc.as_deref() else {
        return;
    };
    let lower = doc.to_lowercase();
    let phrases = ["mutually exclusive", "only one of", "one of the following", "oneof", "either "];
    if let Some(phrase) = phrases.iter().find(|phrase| lower.contains(*phrase)) {
        evidence.add(1.0, format!("its description contains `{}`", phrase.trim()));
    }
    if union.contains('_') && (lower.contains(union) || lower.contains(&union.replace('_', " "))) {
        evidence.add(0.8, format!("its description contains the name of the union, `{union}`"));
    }
    let mine = opening(doc);
    let alike = members.iter().filter(|(_, member)| {
        let theirs = member.doc.as_deref().map(opening).unwrap_or_default();
        mine.len() == 2 && theirs == mine
    });
    let alike = alike.count();
    if alike > 0 {
        let weight = 0.4 + 0.8 * alike as f64 / members.len() as f64;
        evidence.add(weight, format!("its description begins like those of {alike} of {} members", members.len()));
    }
}

/// Compares its field behaviors with those of the members.
fn behaviors(evidence: &mut Evidence, members: &[(&str, &Field)], field: &Field) {
    let share = |behavior| {
        members.iter().filter(|(_, member)| member.behavior.contains(&behavior)).count() as f64
            / members.len().max(1) as f64
    };
    for behavior in [Behavior::Required, Behavior::OutputOnly, Behavior::Optional] {
        let share = share(behavior);
        let has = field.behavior.contains(&behavior);
        let strength = if behavior == Behavior::Optional { 1.0 } else { 2.0 };
        if has && share == 0.0 {
            evidence.add(-strength, format!("it is {}, as no member is", behavior.as_str()));
        } else if !has && share == 1.0 {
            evidence.add(-strength, format!("it is not {}, as all members are", behavior.as_str()));
        }
    }
}

/// Returns the kind of a type, with an article.
fn kind(api: &Api, ty: &Type) -> &'static str {
    match api.resolve(ty) {
        Type::Bool => "a boolean",
        Type::String => "a string",
        Type::Int(_) | Type::Float | Type::Double => "a number",
        Type::Bytes | Type::UrlSafeBytes | Type::File => "bytes",
        Type::Timestamp | Type::DateTime | Type::Duration | Type::Date => "a time",
        Type::FieldMask => "a field mask",
        Type::Any | Type::Object => "any value",
        Type::List(_) | Type::Map(_) => "a list or a map",
        Type::Nullable(inner) => kind(api, inner),
        Type::Schema(name) => match api.schemas.get(name).map(|schema| &schema.shape) {
            Some(Shape::Enum(_)) => "an enum",
            _ => "a message",
        },
    }
}

/// Splits a camel case name into lowercase words.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for character in name.chars() {
        let starts = character.is_uppercase() && !before.is_uppercase() || words.is_empty();
        if character == '_' || character == '.' {
            before = ' ';
            continue;
        }
        if starts || before == ' ' {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
        before = character;
    }
    words
}

/// Returns the first two words of a description, after markers such as `Required.`.
fn opening(doc: &str) -> Vec<String> {
    let marks = ["Required.", "Optional.", "Output only.", "Input only.", "Immutable.", "The ", "A "];
    let mut rest = doc.trim_start();
    while let Some(shorter) = marks.iter().find_map(|mark| rest.strip_prefix(mark)) {
        rest = shorter.trim_start();
    }
    rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(2).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_of_names() {
        assert_eq!(words("preferenceOptimizationSpec"), ["preference", "optimization", "spec"]);
        assert_eq!(words("GoogleCloudAPIConfig"), ["google", "cloud", "apiconfig"]);
        assert_eq!(words("tuning_spec"), ["tuning", "spec"]);
    }
}
