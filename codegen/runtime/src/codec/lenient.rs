//! Lists and maps with entries that are not of their type.

use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut};

use super::JsonCodec;
use crate::json::{Error, Reader, Writer};
use crate::message::ValueEncoding;
use crate::unknown::{Entry, UnknownFields};

/// A response that is a list or a map, and its entries that are not of the documented type.
///
/// Such an entry fails no call: the others are read, and it is kept as JSON. A list or map within an entry is a part of
/// that entry. Dereferences to the list or map:
///
/// ```
/// use discovery_runtime::Lenient;
///
/// let names: Lenient<Vec<String>> = serde_json::from_str(r#"["Rex", 7, "Ada"]"#)?;
/// assert_eq!(names.iter().collect::<Vec<_>>(), ["Rex", "Ada"]);
/// assert_eq!(names.unknown_entries.raw().collect::<Vec<_>>(), [("1", "7")]);
/// assert_eq!(serde_json::to_string(&names)?, r#"["Rex",7,"Ada"]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Lenient<C> {
    /// The entries of the documented type: a `Vec` or a `BTreeMap`.
    pub entries: C,
    /// The other entries, by their index in the response or by their key; and the text of an entry that is read, but
    /// would be encoded to another text. Encoded again at their places.
    pub unknown_entries: UnknownFields,
}

impl<C> From<C> for Lenient<C> {
    fn from(entries: C) -> Self {
        Self { entries, unknown_entries: UnknownFields::default() }
    }
}

impl<C> Lenient<C> {
    /// Returns the number of entries that are not of their type.
    pub(crate) fn unread(&self) -> usize {
        self.unknown_entries.entries().iter().filter(|entry| entry.typed.is_empty()).count()
    }
}

impl<C> Deref for Lenient<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.entries
    }
}

impl<C> DerefMut for Lenient<C> {
    fn deref_mut(&mut self) -> &mut C {
        &mut self.entries
    }
}

impl<C: IntoIterator> IntoIterator for Lenient<C> {
    type Item = C::Item;
    type IntoIter = C::IntoIter;

    fn into_iter(self) -> C::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a, C> IntoIterator for &'a Lenient<C>
where
    &'a C: IntoIterator,
{
    type Item = <&'a C as IntoIterator>::Item;
    type IntoIter = <&'a C as IntoIterator>::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// Encoding of entries: that of OpenAPI's `integer`, since only OpenAPI documents have responses that are lists or
/// maps. Text is kept if it was text.
const ENCODING: ValueEncoding = ValueEncoding::Number;

/// A value that is not of its type, or that would be encoded to another text.
struct Kept {
    json: String,
    /// Text that the value encodes to; empty if it is not of its type.
    typed: String,
    depth: u8,
}

/// Reads a value into an empty one. The text is returned if the value does not hold it.
fn entry<T: JsonCodec>(value: &mut T, reader: &mut Reader<'_>) -> Result<Option<Kept>, Error> {
    let start = reader.place();
    let lossy = std::mem::take(&mut reader.lossy);
    let result = value.read(reader, ENCODING);
    let is_kept = result.is_err() || reader.lossy;
    reader.lossy = lossy;
    let typed = match &result {
        Err(error) if error.is_fatal() => return result.map(|()| None),
        Ok(()) if is_kept => text(value)?,
        _ => String::new(),
    };
    if !is_kept {
        return Ok(None);
    }
    reader.mismatches = reader.mismatches.saturating_add(usize::from(result.is_err()));
    reader.back_to(start);
    let depth = reader.skip().map_err(Error::fatal)?;
    Ok(Some(Kept { json: reader.text_from(start.0).to_owned(), typed, depth }))
}

fn text<T: JsonCodec>(value: &T) -> Result<String, Error> {
    let mut writer = Writer::new();
    value.write(&mut writer, ENCODING);
    writer.finish()
}

/// Writes a value, or the text that it was read from.
fn write<T: JsonCodec>(value: &T, kept: Option<&Entry>, writer: &mut Writer) {
    match kept {
        Some(kept) if text(value).is_ok_and(|text| *text == *kept.typed) => writer.kept(kept),
        _ => value.write(writer, ENCODING),
    }
}

impl<T: JsonCodec> JsonCodec for Lenient<Vec<T>> {
    fn empty() -> Self {
        Vec::new().into()
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: ValueEncoding) -> Result<(), Error> {
        if reader.take_null()? {
            return Ok(());
        }
        let mut index = 0usize;
        reader.list(&mut |reader| {
            let mut value = T::empty();
            let kept = entry(&mut value, reader)?;
            if kept.as_ref().is_none_or(|kept| !kept.typed.is_empty()) {
                self.entries.push(value);
            }
            if let Some(kept) = kept {
                self.unknown_entries.push(index.to_string(), &kept.json, &kept.typed, kept.depth);
            }
            index = index.saturating_add(1);
            Ok(())
        })
    }

    fn write(&self, writer: &mut Writer, _: ValueEncoding) {
        let unknown = self.unknown_entries.entries().iter();
        let mut kept: BTreeMap<usize, &Entry> =
            unknown.filter_map(|entry| Some((entry.key.parse().ok()?, entry))).collect();
        writer.list(&mut |writer| {
            let mut index = 0usize;
            let mut unread = |index: &mut usize, writer: &mut Writer| {
                while let Some(entry) = kept.get(index).filter(|entry| entry.typed.is_empty()) {
                    writer.item();
                    writer.kept(entry);
                    kept.remove(index);
                    *index = index.saturating_add(1);
                }
                kept.remove(index)
            };
            for value in &self.entries {
                let kept = unread(&mut index, writer);
                writer.item();
                write(value, kept, writer);
                index = index.saturating_add(1);
            }
            unread(&mut index, writer);
            // Entries were removed from the list since then.
            for entry in kept.values().filter(|entry| entry.typed.is_empty()) {
                writer.item();
                writer.kept(entry);
            }
        });
    }
}

impl<T: JsonCodec> JsonCodec for Lenient<BTreeMap<String, T>> {
    fn empty() -> Self {
        BTreeMap::new().into()
    }

    fn read(&mut self, reader: &mut Reader<'_>, _: ValueEncoding) -> Result<(), Error> {
        if reader.take_null()? {
            return Ok(());
        }
        // The last of two equal keys counts.
        let mut unknown: BTreeMap<String, Kept> = BTreeMap::new();
        reader.object(&mut |reader, key| {
            let mut value = T::empty();
            let kept = entry(&mut value, reader)?;
            if kept.as_ref().is_none_or(|kept| !kept.typed.is_empty()) {
                self.entries.insert(key.to_owned(), value);
            } else {
                self.entries.remove(key);
            }
            match kept {
                Some(kept) => drop(unknown.insert(key.to_owned(), kept)),
                None => drop(unknown.remove(key)),
            }
            Ok(())
        })?;
        for (key, kept) in unknown {
            self.unknown_entries.push(key, &kept.json, &kept.typed, kept.depth);
        }
        Ok(())
    }

    fn write(&self, writer: &mut Writer, _: ValueEncoding) {
        let kept: BTreeMap<&str, &Entry> =
            self.unknown_entries.entries().iter().map(|entry| (&*entry.key, entry)).collect();
        writer.object(&mut |writer| {
            for (key, value) in &self.entries {
                writer.map_key(key);
                write(value, kept.get(key.as_str()).copied(), writer);
            }
            let unread = kept.values().filter(|entry| !self.entries.contains_key(&*entry.key));
            for entry in unread.filter(|entry| entry.typed.is_empty()) {
                writer.map_key(&entry.key);
                writer.kept(entry);
            }
        });
    }
}

macro_rules! serde_traits {
    ($($collection:ty),*) => {$(
        impl<T: JsonCodec> serde_core::Serialize for Lenient<$collection> {
            fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                crate::serde_impl::serialize(self, serializer)
            }
        }

        impl<'de, T: JsonCodec> serde_core::Deserialize<'de> for Lenient<$collection> {
            fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::serde_impl::deserialize(deserializer)
            }
        }
    )*};
}

serde_traits!(Vec<T>, BTreeMap<String, T>);
