//! Writer of compact JSON into a string.

use super::{Error, MAX_DEPTH, scan};
use crate::choice::Tag;
use crate::message::{FieldInfo, Message, by_slot};
use crate::slot::Slot;
use crate::unknown::{Entry, UnknownFields};

/// Initial capacity in bytes: most requests fit.
const INITIAL_CAPACITY: usize = 1024;

/// Writes JSON text.
#[derive(Debug)]
pub struct Writer {
    out: String,
    /// Number of objects and lists that may still be opened.
    depth: u8,
    too_deep: bool,
    /// First value that could not be encoded, as a message.
    fault: Option<String>,
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// Creates an empty writer.
    #[must_use]
    pub fn new() -> Self {
        Self { out: String::with_capacity(INITIAL_CAPACITY), depth: MAX_DEPTH, too_deep: false, fault: None }
    }

    /// Returns the JSON text.
    ///
    /// # Errors
    /// When it nests deeper than [`MAX_DEPTH`], or a value could not be encoded.
    pub fn finish(self) -> Result<String, Error> {
        if let Some(fault) = self.fault {
            return Err(Error::at(fault, "", 0));
        }
        if self.too_deep {
            return Err(Error::at(format!("the message nests deeper than {MAX_DEPTH}"), "", 0));
        }
        Ok(self.out)
    }

    /// Records that a value cannot be encoded.
    #[cold]
    pub(crate) fn fail(&mut self, message: String) {
        self.fault.get_or_insert(message);
    }

    /// Returns the JSON text so far.
    pub(crate) fn written(&self) -> &str {
        &self.out
    }

    /// Inserts a member before all others of the object that begins at this byte.
    pub(crate) fn insert_member(&mut self, object: usize, key: &str, value: Tag) {
        let rest = self.out.split_off(object.saturating_add(1).min(self.out.len()));
        self.map_key(key);
        match value {
            Tag::Text(text) => self.string(text),
            Tag::Literal(json) => self.raw(json),
        }
        if !rest.starts_with('}') {
            self.out.push(',');
        }
        self.out.push_str(&rest);
    }

    /// Writes JSON text unchanged.
    #[inline]
    pub fn raw(&mut self, json: &str) {
        self.out.push_str(json);
    }

    /// Writes the key of a field.
    #[inline]
    pub(crate) fn field(&mut self, field: &FieldInfo) {
        if field.bare { self.key(field.key) } else { self.map_key(field.key) }
    }

    /// Writes a key of a message, in which nothing is to be escaped.
    #[inline]
    fn key(&mut self, name: &str) {
        self.out.reserve(name.len().wrapping_add(4));
        self.out.push_str(if self.is_first() { "\"" } else { ",\"" });
        self.out.push_str(name);
        self.out.push_str("\":");
    }

    /// Writes a comma, unless the object or list has just been opened.
    #[inline]
    fn comma(&mut self) {
        if !self.is_first() {
            self.out.push(',');
        }
    }

    #[inline]
    fn is_first(&self) -> bool {
        matches!(self.out.as_bytes().last(), Some(b'{' | b'['))
    }

    /// Writes a string in which nothing is to be escaped.
    #[inline]
    pub(crate) fn bare(&mut self, text: &str) {
        self.out.reserve(text.len().wrapping_add(2));
        self.out.push('"');
        self.out.push_str(text);
        self.out.push('"');
    }

    /// Writes a string with its quotes and escapes.
    pub fn string(&mut self, text: &str) {
        if scan::is_bare(text.as_bytes()) { self.bare(text) } else { self.escaped(text) }
    }

    #[cold]
    fn escaped(&mut self, text: &str) {
        self.out.push('"');
        let mut start = 0;
        loop {
            let end = scan::special(text.as_bytes(), start);
            self.out.push_str(text.get(start..end).unwrap_or_default());
            let Some(byte) = text.as_bytes().get(end) else {
                break;
            };
            self.escape(*byte);
            start = end.wrapping_add(1);
        }
        self.out.push('"');
    }

    fn escape(&mut self, byte: u8) {
        let short = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            8 => "\\b",
            12 => "\\f",
            _ => {
                self.out.push_str("\\u00");
                self.out
                    .extend([byte >> 4, byte & 15].into_iter().filter_map(|digit| char::from_digit(digit.into(), 16)));
                return;
            }
        };
        self.out.push_str(short);
    }

    pub(crate) fn open(&mut self, open: char) -> bool {
        let Some(depth) = self.depth.checked_sub(1) else {
            self.too_deep = true;
            return false;
        };
        self.depth = depth;
        self.out.push(open);
        true
    }

    pub(crate) fn close(&mut self, close: char) {
        self.out.push(close);
        self.depth = self.depth.saturating_add(1);
    }

    /// Writes a list; `items` writes its items, beginning each with [`item`](Self::item).
    pub fn list(&mut self, items: &mut dyn FnMut(&mut Self)) {
        if self.open('[') {
            items(self);
            self.close(']');
        }
    }

    /// Begins the next item of a list.
    pub fn item(&mut self) {
        self.comma();
    }

    /// Writes an object; `entries` writes its entries.
    pub fn object(&mut self, entries: &mut dyn FnMut(&mut Self)) {
        if self.open('{') {
            entries(self);
            self.close('}');
        }
    }

    /// Writes a key of a map, escaped if necessary.
    pub fn map_key(&mut self, name: &str) {
        self.comma();
        self.string(name);
        self.out.push(':');
    }

    /// Writes a message as an object.
    pub fn message(&mut self, message: &dyn Message) {
        if !self.open('{') {
            return;
        }
        let fields = message.fields();
        message.slots(&mut |slots| {
            if let Some(unknown) = UnknownFields::of(slots).filter(|unknown| !unknown.is_empty()) {
                self.slots_and_unknown(fields, slots, unknown);
                return;
            }
            for (slot, entries) in by_slot(fields) {
                if let Some(slot) = slots.get(slot) {
                    slot.write(self, entries);
                }
            }
        });
        self.close('}');
    }

    fn slots_and_unknown(&mut self, fields: &'static [FieldInfo], slots: &[&dyn Slot], unknown: &UnknownFields) {
        let is_known = |key: &str| fields.iter().any(|field| field.key == key);
        let (kept, unknown): (Vec<&Entry>, Vec<&Entry>) =
            unknown.entries().iter().partition(|entry| is_known(&entry.key));
        for (slot, entries) in by_slot(fields) {
            let Some(slot) = slots.get(slot) else { continue };
            if kept.is_empty() {
                slot.write(self, entries);
            } else {
                self.slot_and_kept(*slot, entries, &kept);
            }
        }
        for entry in unknown {
            self.entry(entry);
        }
    }

    /// Writes a slot, or what was kept under its key: the kept text replaces the typed value that it was decoded to,
    /// and a typed value that was set since then replaces it.
    fn slot_and_kept(&mut self, slot: &dyn Slot, entries: &'static [FieldInfo], kept: &[&Entry]) {
        let find = |field: &FieldInfo| kept.iter().copied().find(|entry| *entry.key == *field.key);
        let set = slot.debug_entry().and_then(|(member, _)| entries.get(usize::from(member)));
        let Some(first) = entries.first() else { return };
        let others = entries.iter().take_while(|field| field.slot == first.slot);
        let mut is_kept = false;
        // Before the member that is set, so that it is the last one again.
        for field in others.filter(|field| set.is_none_or(|set| set.key != field.key)) {
            // A `null` excludes nothing.
            let fits = |entry: &&Entry| entry.json == "null" || set.is_none_or(|set| !set.excludes(field));
            if let Some(entry) = find(field).filter(|entry| entry.typed.is_empty()).filter(fits) {
                self.entry(entry);
                is_kept = true;
            }
        }
        if set.is_none() && is_kept {
            // A list that is required is written even if it is empty, but no key is written twice.
            return;
        }
        let start = self.out.len();
        let is_first = self.is_first();
        slot.write(self, entries);
        if let Some(field) = set
            && let Some(entry) = find(field)
            && let written = self.out.get(start..).unwrap_or_default()
            && let value = Self::key_len(field.key).saturating_sub(usize::from(is_first))
            && written.get(value..) == Some(&*entry.typed)
        {
            self.out.truncate(start);
            self.entry(entry);
        }
    }

    fn entry(&mut self, entry: &Entry) {
        self.map_key(&entry.key);
        self.kept(entry);
    }

    /// Writes the text of a value that was kept.
    pub(crate) fn kept(&mut self, entry: &Entry) {
        self.too_deep |= entry.depth > self.depth;
        self.raw(&entry.json);
    }

    /// Length of a key that is not the first one of its object, with comma, quotes and colon.
    pub(super) fn key_len(key: &str) -> usize {
        if scan::is_bare(key.as_bytes()) {
            return key.len().saturating_add(4);
        }
        let mut writer = Self::new();
        writer.string(key);
        writer.out.len().saturating_add(2)
    }
}
