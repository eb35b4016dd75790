//! Decoding messages: finds the field of each key, and keeps the values that no field takes.

use std::borrow::Cow;

use super::reader::GUESSES;
use super::{Error, Reader, Writer};
use crate::message::{FieldInfo, Message, UnionRule};
use crate::slot::Slot;
use crate::unknown::UnknownFields;

/// JSON text of known keys whose fields do not hold it.
type Kept<'a> = Vec<KeptValue<'a>>;

struct KeptValue<'a> {
    /// Index of the key in the message's table.
    field: usize,
    json: Cow<'a, str>,
    /// Depth of the objects and lists in it.
    depth: u8,
}

impl<'a> Reader<'a> {
    /// Decodes a message into an empty one.
    ///
    /// # Errors
    /// When no object comes next, it is malformed, or two members of a union exclude each other.
    pub fn message(&mut self, message: &mut dyn Message) -> Result<(), Error> {
        let fields = message.fields();
        let mut result = Ok(());
        // The key of the previous item of the same list.
        let lossy = std::mem::take(&mut self.lossy);
        message.slots_mut(&mut |slots| result = self.fields(fields, slots));
        self.lossy = lossy;
        result
    }

    fn fields(&mut self, fields: &'static [FieldInfo], slots: &mut [&mut dyn Slot]) -> Result<(), Error> {
        let mut more = self.open(b'{', b'}', "an object")?;
        let mut last = usize::MAX;
        let mut kept = Kept::new();
        let mut unknown = false;
        while more {
            self.peek();
            match self.known_key(fields, last)? {
                Ok(index) => {
                    last = index;
                    self.colon()?;
                    self.field(fields, index, slots, &mut kept)?;
                }
                Err(key) => {
                    self.colon()?;
                    self.peek();
                    let start = self.at;
                    let depth = match self.skip() {
                        Ok(depth) => depth,
                        Err(error) => return Err(error.fatal().within_key(key.into_owned())),
                    };
                    if let Some(unknown_fields) = UnknownFields::of_mut(slots) {
                        unknown_fields.push(key.into_owned(), self.text_from(start), "", depth);
                        unknown = true;
                    }
                }
            }
            more = self.more(b'}')?;
        }
        if unknown && let Some(fields) = UnknownFields::of_mut(slots) {
            fields.last_wins();
        }
        if !kept.is_empty() {
            keep(fields, slots, kept);
        }
        Ok(())
    }

    /// Decodes the value of a known key.
    #[inline]
    fn field(
        &mut self,
        fields: &'static [FieldInfo],
        index: usize,
        slots: &mut [&mut dyn Slot],
        kept: &mut Kept<'a>,
    ) -> Result<(), Error> {
        let field = fields.get(index);
        let slot = field.and_then(|field| slots.get_mut(usize::from(field.slot)));
        let (Some(field), Some(slot)) = (field, slot) else {
            return self.expected("a key of a slot that the message has");
        };
        let start = (self.at, self.depth);
        if field.union == UnionRule::None {
            let result = slot.read(self, field);
            // Most values are what their fields take.
            if result.is_ok() && !self.lossy && kept.is_empty() {
                return Ok(());
            }
            return self.settle(Settling { fields, index, start, displaced: None, result }, &mut **slot, kept);
        }
        self.member(fields, index, &mut **slot, kept)
    }

    /// Decodes the value of a member of a union.
    fn member(
        &mut self,
        fields: &'static [FieldInfo],
        index: usize,
        slot: &mut dyn Slot,
        kept: &mut Kept<'a>,
    ) -> Result<(), Error> {
        let Some(field) = fields.get(index) else { return Ok(()) };
        let start = (self.at, self.depth);
        let displaced = other_member(slot, field, fields, index).map_err(|error| error.within_key(field.key))?;
        let result = slot.read(self, field);
        if result.is_ok() && !self.lossy && displaced.is_none() && kept.is_empty() {
            return Ok(());
        }
        self.settle(Settling { fields, index, start, displaced, result }, slot, kept)
    }

    /// Keeps a value that the field does not hold: the decoded one, or that of the union member which it replaced.
    #[cold]
    fn settle(&mut self, settling: Settling<'a>, slot: &mut dyn Slot, kept: &mut Kept<'a>) -> Result<(), Error> {
        let Some(field) = settling.fields.get(settling.index) else { return settling.result };
        self.settle_field(field, settling, slot, kept).map_err(|error| error.within_key(field.key))
    }

    fn settle_field(
        &mut self,
        field: &FieldInfo,
        settling: Settling<'a>,
        slot: &mut dyn Slot,
        kept: &mut Kept<'a>,
    ) -> Result<(), Error> {
        let Settling { fields, index, start, displaced, result } = settling;
        let mismatch = match result {
            Err(error) if error.is_fatal() => return Err(error),
            result => result.err(),
        };
        self.mismatches = self.mismatches.saturating_add(usize::from(mismatch.is_some()));
        let keeps = std::mem::take(&mut self.lossy) || mismatch.is_some();
        // The last of two equal keys counts.
        kept.retain(|kept| kept.field != index);
        let is_set = slot.debug_entry().is_some_and(|(member, _)| member == field.member);
        // A `null` excludes nothing.
        let is_null = keeps && mismatch.is_none() && !is_set;
        if (is_set || keeps) && !is_null {
            let kept = kept.iter().filter(|kept| kept.json != "null");
            let mut others = displaced.iter().chain(kept).filter_map(|other| fields.get(other.field));
            if let Some(other) = others.find(|other| other.excludes(field)) {
                let message = format!("only one of `{}` and `{}`, which exclude each other", other.key, field.key);
                return Err(self.error(message).fatal());
            }
        }
        if is_set {
            kept.extend(displaced);
        }
        if keeps {
            self.back_to(start);
            let (start, _) = self.place();
            let depth = match (self.skip(), mismatch) {
                (Ok(depth), _) => depth,
                // The same fault, with the path to it.
                (Err(error), Some(mismatch)) if mismatch.offset() == error.offset() => return Err(mismatch.fatal()),
                (Err(error), _) => return Err(error.fatal()),
            };
            kept.push(KeptValue { field: index, json: self.text_from(start).into(), depth });
        }
        Ok(())
    }

    /// Reads a key: the index of its field, or the key if there is none.
    ///
    /// Servers keep to one order of keys, so the key that came after the last one before is tried first: `next` holds
    /// its index at a place made of the table's address, which distinguishes tables, and the last key's index. A wrong
    /// guess costs one comparison.
    #[inline]
    fn known_key(&mut self, fields: &'static [FieldInfo], last: usize) -> Result<Result<usize, Cow<'a, str>>, Error> {
        let place = ((fields.as_ptr() as usize >> 5) ^ last.wrapping_add(1).wrapping_mul(37)) % GUESSES;
        let mut guess = self.next.get(place).copied().map_or(usize::MAX, usize::from);
        if guess >= fields.len() {
            guess = last.wrapping_add(1);
        }
        if let Some(field) = fields.get(guess)
            && let [b'"', rest @ ..] = self.rest()
            && let Some(b'"') = rest.get(field.key.len())
            && rest.starts_with(field.key.as_bytes())
            && field.bare
        {
            self.advance(field.key.len().wrapping_add(2));
            return Ok(Ok(guess));
        }
        let key = self.key()?;
        let found = find(fields, &key).or_else(|| find(fields, &lower_camel(&key)?));
        Ok(match found {
            Some(index) => {
                if let Some(next) = self.next.get_mut(place) {
                    *next = u16::try_from(index).unwrap_or(u16::MAX);
                }
                Ok(index)
            }
            None => Err(key),
        })
    }
}

/// Decoded field, parts of whose text may have to be kept.
struct Settling<'a> {
    fields: &'static [FieldInfo],
    /// Index of the key.
    index: usize,
    /// Place and depth before the value.
    start: (usize, u8),
    /// Member of the same union that was set before.
    displaced: Option<KeptValue<'a>>,
    result: Result<(), Error>,
}

/// Returns the set member of a union, if it is not the member of this key.
fn other_member<'a>(
    slot: &dyn Slot,
    field: &FieldInfo,
    fields: &'static [FieldInfo],
    index: usize,
) -> Result<Option<KeptValue<'a>>, Error> {
    let Some((member, _)) = slot.debug_entry().filter(|(member, _)| *member != field.member) else {
        return Ok(None);
    };
    let first = index.saturating_sub(usize::from(field.member));
    let other = first.saturating_add(usize::from(member));
    let json = typed_json(slot, fields.get(first..).unwrap_or_default())?;
    let depth = Reader::new(&json).skip()?;
    Ok(Some(KeptValue { field: other, json: json.into(), depth }))
}

/// Returns the JSON text of a slot's value; empty if it is unset. `entries` begins with the slot's first entry.
fn typed_json(slot: &dyn Slot, entries: &'static [FieldInfo]) -> Result<String, Error> {
    let key = slot.debug_entry().and_then(|(member, _)| entries.get(usize::from(member))).map_or("", |field| field.key);
    let mut writer = Writer::new();
    slot.write(&mut writer, entries);
    let member = writer.finish()?;
    Ok(member.get(Writer::key_len(key)..).unwrap_or_default().to_owned())
}

/// Moves kept values into the message's unknown fields.
#[cold]
fn keep(fields: &'static [FieldInfo], slots: &mut [&mut dyn Slot], kept: Kept<'_>) {
    for kept in kept {
        let Some(field) = fields.get(kept.field) else { continue };
        let entries = fields.get(kept.field.saturating_sub(usize::from(field.member))..).unwrap_or_default();
        let slot = slots
            .get(usize::from(field.slot))
            .filter(|slot| slot.debug_entry().is_some_and(|(member, _)| member == field.member));
        let typed = slot.and_then(|slot| typed_json(&**slot, entries).ok()).unwrap_or_default();
        if let Some(unknown_fields) = UnknownFields::of_mut(slots) {
            unknown_fields.push(field.key, &kept.json, &typed, kept.depth);
        }
    }
}

fn find(fields: &[FieldInfo], key: &str) -> Option<usize> {
    fields.iter().position(|field| field.key == key)
}

/// Returns the lowerCamelCase spelling of a snake_case key.
fn lower_camel(key: &str) -> Option<String> {
    if !key.contains('_') {
        return None;
    }
    let mut camel = String::with_capacity(key.len());
    let mut upper = false;
    for char in key.chars() {
        if char == '_' {
            upper = true;
        } else {
            camel.push(if upper { char.to_ascii_uppercase() } else { char });
            upper = false;
        }
    }
    Some(camel)
}
