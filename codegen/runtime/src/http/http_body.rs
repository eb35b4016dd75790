//! `google.api.HttpBody`: a message that holds content of any media type, which is sent in place of its JSON.

use std::any::Any;

use bytes::Bytes;

use crate::message::Message;
use crate::slot::Slot;

/// Sets media type and content of a message. Returns `false` if the message is not a `google.api.HttpBody`.
pub(crate) fn set(message: &mut dyn Message, content_type: Option<&str>, data: Bytes) -> bool {
    let (Some(content_type_slot), Some(data_slot)) = (slot(message, "contentType"), slot(message, "data")) else {
        return false;
    };
    let mut is_http_body = false;
    message.slots_mut(&mut |slots| {
        let content_type_field = field_mut::<String>(slots, content_type_slot).map(|field| {
            *field = content_type.map(str::to_owned);
        });
        let data_field = field_mut::<Bytes>(slots, data_slot).map(|field| *field = Some(data.clone()));
        is_http_body = content_type_field.is_some() && data_field.is_some();
    });
    is_http_body
}

/// Returns media type and content of a message, or `None` if it is not a `google.api.HttpBody`.
pub(crate) fn get(message: &dyn Message) -> Option<(Option<String>, Bytes)> {
    let (content_type_slot, data_slot) = (slot(message, "contentType")?, slot(message, "data")?);
    let mut content = None;
    message.slots(&mut |slots| {
        let content_type = field::<String>(slots, content_type_slot);
        if let (Some(content_type), Some(data)) = (content_type, field::<Bytes>(slots, data_slot)) {
            content = Some((content_type.clone(), data.clone().unwrap_or_default()));
        }
    });
    content
}

fn slot(message: &dyn Message, key: &str) -> Option<usize> {
    message.fields().iter().find(|field| field.key == key).map(|field| usize::from(field.slot))
}

fn field<'a, T: 'static>(slots: &[&'a dyn Slot], slot: usize) -> Option<&'a Option<T>> {
    let slot: &dyn Any = *slots.get(slot)?;
    slot.downcast_ref()
}

fn field_mut<'a, T: 'static>(slots: &'a mut [&mut dyn Slot], slot: usize) -> Option<&'a mut Option<T>> {
    let slot: &mut dyn Any = *slots.get_mut(slot)?;
    slot.downcast_mut()
}
