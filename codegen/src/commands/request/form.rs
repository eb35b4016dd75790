//! Form bodies from JSON.

use crate::model::{Api, Shape, Type};
use discovery_runtime::__private::{FieldInfo, Slot};
use discovery_runtime::serde_json::Value;
use discovery_runtime::{File, Message, UnknownFields};

/// The fields of a form, as a message.
pub(super) struct Form {
    table: &'static [FieldInfo],
    /// Files, each list at the slot of its entry in the table.
    files: Vec<Vec<File>>,
    others: UnknownFields,
}

impl Form {
    /// Creates a form of a type. The text of a file is its content.
    pub(super) fn new(api: &Api, ty: &Type, value: Value) -> Self {
        let message = match api.resolve(ty) {
            Type::Schema(name) => api.shape(name),
            _ => None,
        };
        let of_map = match api.resolve(ty) {
            Type::Map(of) => Some(api.resolve(of)),
            _ => None,
        };
        let mut form = Self { table: &[], files: Vec::new(), others: UnknownFields::default() };
        let mut table = Vec::new();
        let members = match value {
            Value::Object(members) => members,
            _ => return form,
        };
        for (key, value) in members {
            let ty = match message {
                Some(Shape::Message(message)) => message.fields.get(&key).map(|field| api.resolve(&field.ty)),
                _ => of_map,
            };
            let is_file = match ty {
                Some(Type::List(items)) => *api.resolve(items) == Type::File,
                ty => ty == Some(&Type::File),
            };
            let Some(slot) = u16::try_from(form.files.len()).ok().filter(|_| is_file) else {
                form.others.set(key, value);
                continue;
            };
            table.push(FieldInfo::new(String::leak(key), slot));
            let items = match value {
                Value::Array(items) => items,
                one => vec![one],
            };
            let text = |item: Value| match item {
                Value::String(text) => text,
                other => other.to_string(),
            };
            form.files.push(items.into_iter().map(|item| File::new(text(item))).collect());
        }
        form.table = Vec::leak(table);
        form
    }
}

impl Message for Form {
    fn fields(&self) -> &'static [FieldInfo] {
        self.table
    }

    fn slots(&self, visit: &mut dyn FnMut(&[&dyn Slot])) {
        let files = self.files.iter().map(|files| files as &dyn Slot);
        visit(&files.chain([&self.others as &dyn Slot]).collect::<Vec<_>>());
    }

    fn slots_mut(&mut self, visit: &mut dyn FnMut(&mut [&mut dyn Slot])) {
        let files = self.files.iter_mut().map(|files| files as &mut dyn Slot);
        visit(&mut files.chain([&mut self.others as &mut dyn Slot]).collect::<Vec<_>>());
    }
}
