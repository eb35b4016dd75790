//! What speaks for a property's being a member of a union, and what against.

use crate::model::{Api, Behavior, Field, Message, Shape, Type, Union};
use std::collections::BTreeSet;

/// Reasons, and what they weigh together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// What speaks for it.
    pub pro: Vec<String>,
    /// What speaks against it.
    pub contra: Vec<String>,
    /// The sum of what the reasons weigh; above [`Evidence::THRESHOLD`] it is worth a person's look.
    pub weight: f64,
}

impl Evidence {
    /// From here on a property is suspected. Set where precision and recall balance on the unions that Google's protos
    /// state; `codegen/README.md` has the figures.
    pub const THRESHOLD: f64 = 2.0;

    /// Whether it is worth a person's look.
    pub fn is_suspicious(&self) -> bool {
        self.weight >= Self::THRESHOLD
    }

    fn add(&mut self, weight: f64, reason: impl Into<String>) {
        self.weight += weight;
        if weight > 0.0 { &mut self.pro } else { &mut self.contra }.push(reason.into());
    }
}

/// Weighs a property against one union.
pub(super) fn weigh(api: &Api, message: &Message, name: &str, union: &Union, property: &str) -> Evidence {
    let mut evidence = Evidence::default();
    let Some(field) = message.fields.get(property) else {
        return evidence;
    };
    let members: Vec<(&str, &Field)> =
        union.members.iter().filter_map(|member| Some((member.as_str(), message.fields.get(member)?))).collect();
    if let Type::List(_) | Type::Map(_) = api.resolve(&field.ty) {
        // Protobuf has neither in a union.
        evidence.add(-100.0, "it is a list or a map, which no union has");
        return evidence;
    }
    let others: Vec<&str> = message
        .fields
        .keys()
        .map(String::as_str)
        .filter(|other| *other != property && message.union_of(other).is_none())
        .collect();
    names(&mut evidence, name, &members, &others, property);
    types(&mut evidence, api, &members, field);
    docs(&mut evidence, name, &members, field);
    behaviors(&mut evidence, &members, field);
    evidence
}

/// The shape of its name beside the members' and the union's.
fn names(evidence: &mut Evidence, union: &str, members: &[(&str, &Field)], others: &[&str], property: &str) {
    let mine = words(property);
    let shares = |name: &str, last: bool| {
        let theirs = words(name);
        if last {
            theirs.last() == mine.last()
        } else {
            theirs.len() > 1 && mine.len() > 1 && theirs.first() == mine.first()
        }
    };
    for (last, what) in [(true, "ends"), (false, "begins")] {
        let with = members.iter().filter(|(name, _)| shares(name, last)).count();
        let without = others.iter().filter(|name| shares(name, last)).count();
        if with > 0 {
            let word = if last { mine.last() } else { mine.first() };
            let share = with as f64 / members.len() as f64;
            let weight = (0.5 + 1.5 * share) / (1.0 + without as f64) * if last { 1.0 } else { 0.6 };
            let plain = word.map_or("", String::as_str);
            evidence.add(
                weight,
                format!("its name {what} with `{plain}`, as {with} of {} members' names do", members.len()),
            );
        }
    }
    let of_union: BTreeSet<String> = union.split('_').map(str::to_lowercase).collect();
    let generic = ["config", "data", "info", "kind", "oneof", "option", "options", "type", "value"];
    if let Some(word) = mine.iter().find(|word| of_union.contains(*word) && !generic.contains(&word.as_str())) {
        evidence.add(0.8, format!("its name has `{word}`, as the union's has"));
    }
    if ["name", "id", "displayName", "description", "state", "createTime", "updateTime", "etag", "type"]
        .contains(&property)
    {
        evidence.add(-2.0, "resources of every kind have a property of this name");
    }
}

/// The shape of its type beside the members'.
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
            evidence.add(weight, format!("its type's name ends as those of {alike} of {} members do", members.len()));
        }
    }
}

/// What its description says, and how it begins beside the members'.
fn docs(evidence: &mut Evidence, union: &str, members: &[(&str, &Field)], field: &Field) {
    let Some(doc) = field.doc.as_deref() else {
        return;
    };
    let lower = doc.to_lowercase();
    let phrases = ["mutually exclusive", "only one of", "one of the following", "oneof", "either "];
    if let Some(phrase) = phrases.iter().find(|phrase| lower.contains(*phrase)) {
        evidence.add(1.0, format!("its description says `{}`", phrase.trim()));
    }
    if union.contains('_') && (lower.contains(union) || lower.contains(&union.replace('_', " "))) {
        evidence.add(0.8, format!("its description has the union's name, `{union}`"));
    }
    let mine = opening(doc);
    let alike = members.iter().filter(|(_, member)| {
        let theirs = member.doc.as_deref().map(opening).unwrap_or_default();
        mine.len() == 2 && theirs == mine
    });
    let alike = alike.count();
    if alike > 0 {
        let weight = 0.4 + 0.8 * alike as f64 / members.len() as f64;
        evidence.add(weight, format!("its description begins as those of {alike} of {} members do", members.len()));
    }
}

/// How it behaves beside the members.
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

/// What kind of thing a type is.
fn kind(api: &Api, ty: &Type) -> &'static str {
    match api.resolve(ty) {
        Type::Bool => "a truth value",
        Type::String => "text",
        Type::Int(_) | Type::Float | Type::Double => "a number",
        Type::Bytes | Type::File => "bytes",
        Type::Timestamp | Type::Duration | Type::Date => "a time",
        Type::FieldMask => "a field mask",
        Type::Any | Type::Object => "anything",
        Type::List(_) | Type::Map(_) => "a list or a map",
        Type::Schema(name) => match api.schemas.get(name).map(|schema| &schema.shape) {
            Some(Shape::Enum(_)) => "an enumeration",
            _ => "a message",
        },
    }
}

/// The words of a name in camel case, in small letters.
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

/// The first two words of a description, behind its marks.
fn opening(doc: &str) -> Vec<String> {
    let marks = ["Required.", "Optional.", "Output only.", "Input only.", "Immutable.", "The ", "A "];
    let mut rest = doc.trim_start();
    while let Some(mark) = marks.iter().find(|mark| rest.starts_with(**mark)) {
        rest = rest[mark.len()..].trim_start();
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
