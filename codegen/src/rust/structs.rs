//! A message as a struct: its fields, its setters, its table for the codec.

use super::code::{Code, list};
use super::context::Context;
use super::{docs, types};
use crate::model::{Field, Message, Pagination, Schema, Type};
use crate::rust::naming::raw;
use proc_macro2::Ident;
use std::fmt::Write;

/// A struct in the making.
struct Struct<'a> {
    context: &'a Context<'a>,
    /// The schema's name.
    name: &'a str,
    message: &'a Message,
    /// The module that the struct stands in.
    module: &'a [String],
    ident: Ident,
    slots: Vec<Slot<'a>>,
}

/// A field of the struct: one property, or one union.
struct Slot<'a> {
    /// The field's name.
    name: &'a str,
    /// The same, fit for code.
    ident: Ident,
    /// The keys on the wire: one, or one for each member.
    keys: Vec<(&'a str, &'a Type)>,
    /// The union, by its name.
    union: Option<&'a str>,
}

pub(super) fn emit(context: &Context<'_>, name: &str, schema: &Schema, message: &Message, module: &[String]) -> String {
    let ident = context.ident(&context.names.schema(context.api, name));
    let emitted = Struct { context, name, message, module, ident, slots: slots(context, name, message) };
    let mut out = String::new();
    docs::of_schema(context, name, schema, module).write(&mut out, 0);
    deprecated(&mut out, 0, schema.deprecated);
    emitted.fields(&mut out);
    emitted.setters(&mut out);
    emitted.codec(&mut out);
    if let Some(pagination) = context.pages.get(name) {
        emitted.page(&mut out, pagination);
    }
    out
}

/// The fields in the order of their names.
fn slots<'a>(context: &'a Context<'_>, name: &str, message: &'a Message) -> Vec<Slot<'a>> {
    let slot = |name, keys, union| Slot { name, ident: raw(name), keys, union };
    let alone = message.fields.iter().filter(|(field, _)| message.union_of(field).is_none());
    let alone =
        alone.map(|(field, stated)| slot(context.names.field(name, field), vec![(field.as_str(), &stated.ty)], None));
    let unions = message.unions.iter().map(|(union, stated)| {
        let keys = stated.members.iter().map(|member| (member.as_str(), &message.fields[member].ty)).collect();
        slot(context.names.union_field(name, union), keys, Some(union.as_str()))
    });
    let mut slots: Vec<Slot<'a>> = alone.chain(unions).collect();
    slots.sort_by_key(|slot| slot.name);
    slots
}

fn deprecated(out: &mut String, indent: usize, deprecated: bool) {
    if deprecated {
        let _ = writeln!(out, "{:indent$}#[deprecated]", "");
    }
}

impl Struct<'_> {
    fn fields(&self, out: &mut String) {
        let _ = writeln!(out, "#[derive(Default)]\n#[non_exhaustive]\npub struct {} {{", self.ident);
        for slot in &self.slots {
            let ty = match slot.union {
                Some(union) => {
                    let stated = &self.message.unions[union];
                    docs::of_union_field(self.context, self.name, union, stated, self.module).write(out, 4);
                    Code::new(format!("{}<{}>", self.context.prelude("Option"), self.union(union)))
                }
                None => {
                    let (property, ty) = slot.keys[0];
                    let stated = &self.message.fields[property];
                    docs::of_field(self.context, property, stated, self.module).write(out, 4);
                    deprecated(out, 4, stated.deprecated);
                    types::field(self.context, ty, self.module)
                }
            };
            let _ = writeln!(out, "    pub {}: {ty},", slot.ident);
        }
        out.push_str("    /// Keys that the document does not have: kept, and written back.\n");
        out.push_str("    pub unknown_fields: ::discovery_runtime::UnknownFields,\n}\n");
    }

    /// The path of a union's enum.
    fn union(&self, union: &str) -> Code {
        self.context.path(&self.context.names.union(self.context.api, self.name, union), self.module)
    }

    fn setters(&self, out: &mut String) {
        if self.slots.is_empty() {
            return;
        }
        let _ = writeln!(out, "impl {} {{", self.ident);
        for slot in &self.slots {
            let setter = slot.name.trim_start_matches('_');
            let _ = writeln!(out, "    /// Sets [`{0}`](Self::{0}).", slot.name);
            match slot.union {
                Some(union) => {
                    let path = self.union(union);
                    let argument = format!("impl {}<{path}>", self.context.prelude("Into"));
                    setter_function(out, setter, &argument, &slot.ident, "Some(value.into())");
                    for member in &self.message.unions[union].members {
                        self.member_setter(out, slot, union, &path, member);
                    }
                }
                None => {
                    let (property, ty) = slot.keys[0];
                    let Set { argument, stored } = self.set(ty);
                    deprecated(out, 4, self.message.fields[property].deprecated);
                    let stored = match self.context.api.resolve(ty) {
                        Type::List(_) | Type::Map(_) => stored.to_owned(),
                        _ => format!("Some({stored})"),
                    };
                    setter_function(out, setter, &argument, &slot.ident, &stored);
                }
            }
        }
        out.push_str("}\n");
    }

    fn member_setter(&self, out: &mut String, slot: &Slot<'_>, union: &str, path: &Code, member: &str) {
        let names = self.context.names;
        let stated: &Field = &self.message.fields[member];
        let setter = names.field(self.name, member).trim_start_matches('_');
        let variant = raw(names.member(self.name, union, member));
        let Set { argument, stored } = self.set(&stated.ty);
        let _ = writeln!(out, "    /// Sets [`{0}`](Self::{0}) to its member `{member}`.", slot.name);
        deprecated(out, 4, stated.deprecated);
        setter_function(out, setter, &argument, &slot.ident, &format!("Some({path}::{variant}({stored}))"));
    }

    /// Scalars as they are, everything else as what becomes it.
    fn set(&self, ty: &Type) -> Set {
        let context = self.context;
        let into = |ty: Code| format!("impl {}<{ty}>", context.prelude("Into"));
        match context.api.resolve(ty) {
            Type::Bool | Type::Int(_) | Type::Float | Type::Double => {
                Set { argument: types::single(context, ty, self.module).to_string(), stored: "value" }
            }
            Type::List(inner) => {
                let inner = into(types::element(context, inner, self.module));
                Set {
                    argument: format!("impl ::std::iter::IntoIterator<Item = {inner}>"),
                    stored: "::discovery_runtime::set::list(value)",
                }
            }
            Type::Map(inner) => {
                let (key, inner) = (into(context.prelude("String")), into(types::element(context, inner, self.module)));
                Set {
                    argument: format!("impl ::std::iter::IntoIterator<Item = ({key}, {inner})>"),
                    stored: "::discovery_runtime::set::map(value)",
                }
            }
            _ => Set { argument: into(types::single(context, ty, self.module)), stored: "value.into()" },
        }
    }

    /// What the codec sees of the struct: its keys, and its fields as trait objects.
    fn codec(&self, out: &mut String) {
        let Self { ident, slots, .. } = self;
        let keys: Vec<String> = slots.iter().enumerate().flat_map(|(slot, stated)| self.keys(slot, stated)).collect();
        let each = |reference: &str| -> Vec<String> {
            let slots = slots.iter().map(|slot| format!("{reference}self.{}", slot.ident));
            slots.chain([format!("{reference}self.unknown_fields")]).collect()
        };
        let _ = writeln!(out, "impl ::discovery_runtime::Message for {ident} {{");
        out.push_str("    fn fields(&self) -> &'static [::discovery_runtime::Field] {\n");
        if !keys.is_empty() {
            out.push_str("        use ::discovery_runtime::{Field, Form};\n");
        }
        list(out, 8, "&[", &keys, "]");
        out.push_str("    }\n    fn slots_mut(&mut self, ");
        out.push_str("visit: &mut dyn ::std::ops::FnMut(&mut [&mut dyn ::discovery_runtime::Slot])) {\n");
        list(out, 8, "visit(&mut [", &each("&mut "), "]);");
        out.push_str("    }\n    fn slots(&self, ");
        out.push_str("visit: &mut dyn ::std::ops::FnMut(&[&dyn ::discovery_runtime::Slot])) {\n");
        list(out, 8, "visit(&[", &each("&"), "]);");
        let _ = writeln!(out, "    }}\n}}\n::discovery_runtime::message!({ident});");
    }

    /// The rows of a slot in the table of keys.
    fn keys(&self, slot: usize, stated: &Slot<'_>) -> impl Iterator<Item = String> {
        stated.keys.iter().enumerate().map(move |(member, (key, ty))| {
            let form = if types::writes_numbers(self.context, ty) { "Number" } else { "Proto" };
            format!("Field({key:?}, {slot}, {member}, Form::{form})")
        })
    }

    /// What makes a reply one of a list in pages.
    fn page(&self, out: &mut String, pagination: &Pagination) {
        let Self { context, name, message, module, ident, .. } = self;
        let Some(items) = pagination.items.as_deref() else {
            return;
        };
        if message.union_of(items).is_some() || message.union_of(&pagination.next_token).is_some() {
            return;
        }
        let (option, vec, string) = (context.prelude("Option"), context.prelude("Vec"), context.prelude("String"));
        let field = raw(context.names.field(name, items));
        let (item, list) = match context.api.resolve(&message.fields[items].ty) {
            Type::List(inner) => (types::element(context, inner, module), format!("self.{field}")),
            Type::Map(inner) => {
                let inner = types::element(context, inner, module);
                (Code::new(format!("({string}, {inner})")), format!("self.{field}.into_iter().collect()"))
            }
            _ => return,
        };
        let next = raw(context.names.field(name, &pagination.next_token));
        let _ = writeln!(out, "impl ::discovery_runtime::http::Page for {ident} {{\n    type Item = {item};");
        if pagination.token != "pageToken" {
            let _ = writeln!(out, "    const TOKEN: &'static str = {:?};", pagination.token);
        }
        let _ = write!(
            out,
            "    fn next_page_token(&self) -> {option}<&str> {{
        self.{next}.as_deref()
    }}
    fn into_items(self) -> {vec}<Self::Item> {{
        {list}
    }}
}}
"
        );
    }
}

/// A setter's argument, and what it stores of it.
struct Set {
    argument: String,
    stored: &'static str,
}

fn setter_function(out: &mut String, setter: &str, argument: &str, field: &Ident, stored: &str) {
    list(
        out,
        4,
        &format!("pub fn set_{setter}("),
        &["mut self".to_owned(), format!("value: {argument}")],
        ") -> Self {",
    );
    let _ = writeln!(out, "        self.{field} = {stored};\n        self\n    }}");
}
