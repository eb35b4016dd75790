//! Unions: fields of which at most one is set.

use crate::codec::JsonCodec;
use crate::json::{Error, Reader};
use crate::message::FieldInfo;
use crate::slot::OptionalField;

/// Enum of a union. Implemented only by generated code.
pub trait Union: OptionalField {
    /// Returns the member of this index with an empty value.
    fn empty(member: u16) -> Self;

    /// Returns the value of the member that is set.
    fn member_mut(&mut self) -> &mut dyn JsonCodec;
}

/// Implements `OptionalField::read_optional` of a generated union.
///
/// # Errors
/// When the JSON is malformed or is not what the member takes; the member that was set before is kept then.
///
/// A `null` unsets the member, and is written back: many servers distinguish it from a missing value.
#[inline]
pub fn read<U: Union>(slot: &mut Option<U>, reader: &mut Reader<'_>, field: &FieldInfo) -> Result<(), Error> {
    let mut value = U::empty(field.member);
    if reader.at_null() && !value.member_mut().takes_null() {
        if slot.as_ref().is_some_and(|set| set.member().0 == field.member) {
            *slot = None;
        }
        reader.null()?;
        reader.lossy = true;
        return Ok(());
    }
    value.member_mut().read(reader, field.encoding)?;
    *slot = Some(value);
    Ok(())
}
