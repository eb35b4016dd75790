//! Unions: fields of which at most one is set.

use crate::json::{Error, Reader, Writer};
use crate::{Field, Single, Wire};

/// The enum of a union. Implemented by generated code alone.
pub trait Union: Single {
    /// Whether the API's own definition states the union, so that two members at once are an error.
    const STRICT: bool;

    /// The member of this number, empty.
    fn empty(member: u16) -> Self;

    /// The member's value.
    fn member_mut(&mut self) -> &mut dyn Wire;
}

/// Reads a member: what `Single::read_single` of a generated union calls.
///
/// # Errors
/// When the JSON is malformed, is not what the member takes, or is a second member of a strict union.
pub fn read<U: Union>(
    slot: &mut Option<U>,
    reader: &mut Reader<'_>,
    fields: &'static [Field],
    index: usize,
) -> Result<(), Error> {
    let Some(&Field(name, _, member, form)) = fields.get(index) else {
        return reader.skip();
    };
    if reader.at_null() && !U::empty(member).member().1.takes_null() {
        return reader.null();
    }
    // Handed on after the value is read: messages within it look for their own.
    let mut displaced = None;
    if let Some(old) = slot {
        let (old_member, value) = old.member();
        if old_member != member {
            let first = index.saturating_sub(usize::from(member));
            let Some(&Field(old_name, _, _, old_form)) = fields.get(first.saturating_add(usize::from(old_member)))
            else {
                return reader.skip();
            };
            if U::STRICT {
                return Err(reader.error(format!("only one of `{old_name}` and `{name}`, which exclude each other")));
            }
            let mut writer = Writer::new();
            value.write(&mut writer, old_form);
            displaced = Some((old_name, writer.finish()?));
        }
    }
    slot.insert(U::empty(member)).member_mut().read(reader, form)?;
    reader.displaced = displaced;
    Ok(())
}
