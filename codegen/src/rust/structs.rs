//! Message as a struct: its fields, setters, and table for the codec.

use super::code::{deprecated, list};
use super::context::Context;
use super::rust_type::has_null_setter;
use super::{docs, types};
use crate::model::{Behavior, Constructor, Field, Message, Method, NextPage, Pagination, Schema, Shape, Type, Union};
use crate::rust::naming::raw;
use crate::text::{Code, Fragment, rust};
use crate::{append, code};
use proc_macro2::Ident;
use quote::format_ident;
use std::collections::{BTreeMap, BTreeSet};

/// Struct to generate from a message.
struct Struct<'a> {
    context: &'a Context<'a>,
    /// Name of the schema.
    name: &'a str,
    message: &'a Message,
    /// Module that contains the struct.
    module: &'a [String],
    ident: Ident,
    slots: Vec<Slot<'a>>,
    /// Names of the slots and of the members of unions, without underscores at their ends.
    set_names: BTreeSet<&'a str>,
}

/// Field of the struct: one property, or one union.
struct Slot<'a> {
    /// Name of the field.
    name: &'a str,
    /// Name of the field as an identifier.
    ident: Ident,
    /// Wire names: one, or one for each member.
    keys: Vec<(&'a str, &'a Field)>,
    /// Union, with its name.
    union: Option<(&'a str, &'a Union)>,
}

pub(super) fn emit(context: &Context<'_>, name: &str, schema: &Schema, message: &Message, module: &[String]) -> Code {
    let emitted = Struct::new(context, name, message, module);
    let mut out = Code::default();
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

/// Returns `true` if the response of a method implements the runtime's `Page`.
pub(super) fn has_pages(context: &Context<'_>, method: &Method) -> bool {
    let (Some(_), Some(response)) = (&method.pagination, &method.response) else { return false };
    let name = match context.api.resolve(response) {
        Type::List(_) => return true,
        Type::Schema(name) if context.hooks.replacement(name).is_none() => name,
        _ => return false,
    };
    let (Some(Shape::Message(message)), Some(pagination)) = (context.api.shape(name), context.pages.get(name.as_str()))
    else {
        return false;
    };
    let mut page = Code::default();
    Struct::new(context, name, message, &[]).page(&mut page, pagination);
    !page.is_empty()
}

/// Returns the fields in the order of their names.
fn slots<'a>(context: &'a Context<'_>, name: &str, message: &'a Message) -> Vec<Slot<'a>> {
    let slot = |name, keys, union| Slot { name, ident: raw(name), keys, union };
    let alone = message.fields.iter().filter(|(field, _)| message.unions.of(field).is_none());
    let alone =
        alone.map(|(field, stated)| slot(context.names.field(name, field), vec![(field.as_str(), stated)], None));
    let unions = message.unions.iter().map(|(union, stated)| {
        let members = stated.members.iter().filter_map(|member| message.fields.get_key_value(member));
        let keys = members.map(|(member, field)| (member.as_str(), field)).collect();
        slot(context.names.union_field(name, union), keys, Some((union.as_str(), stated)))
    });
    let mut slots: Vec<Slot<'a>> = alone.chain(unions).collect();
    slots.sort_by_key(|slot| slot.name);
    slots
}

impl<'a> Struct<'a> {
    fn new(context: &'a Context<'a>, name: &'a str, message: &'a Message, module: &'a [String]) -> Self {
        let ident = context.ident(&context.names.schema(context.api, name));
        let slots = slots(context, name, message);
        let members = message.unions.values().flat_map(|union| &union.members);
        let members = members.map(|member| context.names.field(name, member));
        let set_names =
            slots.iter().map(|slot| slot.name).chain(members).map(|name| name.trim_end_matches('_')).collect();
        Self { context, name, message, module, ident, slots, set_names }
    }
}

impl Struct<'_> {
    fn fields(&self, out: &mut Code) {
        let attributes = self.context.hooks.attributes(self.name);
        append!(out, "{}#[derive(Default)]\n#[non_exhaustive]\npub struct {} {{\n", attributes, self.ident);
        for slot in &self.slots {
            let ty = match slot.union {
                Some((union, stated)) => {
                    docs::of_union_field(self.context, self.name, union, stated, self.module).write(out, 4);
                    code!("{}<{}>", self.context.prelude("Option"), self.union(union))
                }
                None => {
                    let Some((property, stated)) = slot.keys.first() else { continue };
                    docs::of_field(self.context, property, stated, self.module).write(out, 4);
                    deprecated(out, 4, stated.deprecated);
                    types::field(self.context, &stated.ty, self.module)
                }
            };
            append!(out, "    pub {}: {},\n", slot.ident, ty);
        }
        append!(
            out,
            "    /// JSON fields unknown to these bindings. Kept when decoding, and encoded again.
    pub unknown_fields: ::discovery_runtime::UnknownFields,
}}
"
        );
    }

    /// Returns the path of the enum of a union.
    fn union(&self, union: &str) -> Code {
        self.context.path(&self.context.names.union(self.context.api, self.name, union), self.module)
    }

    fn setters(&self, out: &mut Code) {
        if self.slots.is_empty() {
            return;
        }
        append!(out, "impl {} {{\n", self.ident);
        self.constructor(out);
        for slot in &self.slots {
            let setter = setter_name(slot.name);
            docs::of_setter(&slot.ident, None).write(out, 4);
            match slot.union {
                Some((union, _)) => {
                    let path = self.union(union);
                    let argument = code!("impl {}<{}>", self.context.prelude("Into"), path);
                    setter_function(
                        out,
                        &setter,
                        &argument,
                        &slot.ident,
                        &code!("{}(value.into())", self.context.prelude("Some")),
                    );
                    for (member, stated) in &slot.keys {
                        self.member_accessor(out, slot, member, stated);
                        self.member_setter(out, slot, union, &path, (member, stated));
                        self.null_setter(out, slot, self.context.names.field(self.name, member), (member, stated));
                    }
                }
                None => {
                    let Some((property, stated)) = slot.keys.first() else { continue };
                    let Set { argument, stored } = self.set(&stated.ty);
                    deprecated(out, 4, stated.deprecated);
                    let stored = match self.context.api.resolve(&stated.ty) {
                        Type::List(_) => code!(
                            "::discovery_runtime::__private::set::list_field(&mut self.unknown_fields, {}, value)",
                            rust::literal(property)
                        ),
                        Type::Map(_) => code!(
                            "::discovery_runtime::__private::set::map_field(&mut self.unknown_fields, {}, value)",
                            rust::literal(property)
                        ),
                        _ => code!("{}({})", self.context.prelude("Some"), stored),
                    };
                    setter_function(out, &setter, &argument, &slot.ident, &stored);
                    self.null_setter(out, slot, slot.name, (property, stated));
                }
            }
        }
        append!(out, "}}\n");
    }

    /// Writes the setter of `null` for a property that may be `null`.
    fn null_setter(&self, out: &mut Code, slot: &Slot<'_>, name: &str, (property, stated): (&str, &Field)) {
        let api = self.context.api;
        let name = format!("{name}_null");
        if self.set_names.contains(name.as_str()) || !has_null_setter(api, stated) {
            return;
        }
        docs::of_null_setter(&slot.ident, slot.union.map(|_| property)).write(out, 4);
        deprecated(out, 4, stated.deprecated);
        let stored = code!(
            "::discovery_runtime::__private::set::null_field(&mut self.unknown_fields, {})",
            rust::literal(property)
        );
        append!(
            out,
            "    #[inline]\n    pub fn {}(mut self) -> Self {{\n        self.{} = {};\n        self\n    }}\n",
            setter_name(&name),
            slot.ident,
            stored
        );
    }

    /// Writes the constructor that takes what is required.
    fn constructor(&self, out: &mut Code) {
        let constructor = self.context.constructors.of(self.name, self.message);
        let Some(Constructor { arguments, constants }) = constructor else { return };
        let names = self.context.names;
        let mut taken = Vec::new();
        let mut set = Code::default();
        let mut is_deprecated = false;
        let values: BTreeMap<&str, &str> = constants.iter().copied().collect();
        let required = arguments.iter().chain(constants.iter().map(|(name, _)| name));
        for name in required {
            let Some(field) = self.message.fields.get(*name) else { return };
            is_deprecated |= field.deprecated;
            let ident = raw(names.field(self.name, name));
            append!(set, "\n            .{}(", setter_name(names.field(self.name, name)));
            match values.get(*name) {
                Some(value) => match self.context.api.resolve(&field.ty) {
                    Type::Schema(schema) => {
                        let path = self.context.path(&names.schema(self.context.api, schema), self.module);
                        append!(set, "{}::{})", path, raw(names.variant(schema, value)));
                    }
                    _ => append!(set, "{})", rust::literal(value)),
                },
                None => {
                    taken.push(code!("{}: {}", ident, self.set(&field.ty).argument));
                    append!(set, "{})", ident);
                }
            }
        }
        docs::of_constructor(&arguments, &constants).write(out, 4);
        if is_deprecated {
            append!(out, "    #[allow(deprecated)]\n");
        }
        list(out, 4, &"pub fn new(", &taken, ") -> Self {");
        append!(out, "        Self::default(){}\n    }}\n", set);
    }

    fn member_accessor(&self, out: &mut Code, slot: &Slot<'_>, member: &str, stated: &Field) {
        let name = raw(&self.context.names.accessor(self.name, member));
        let types::Borrowed { ty, .. } = types::borrowed(self.context, &stated.ty, self.module);
        docs::of_accessor(member).write(out, 4);
        deprecated(out, 4, stated.deprecated);
        append!(
            out,
            "    #[inline]
    pub fn {0}(&self) -> {1}<{2}> {{
        self.{3}.as_ref().and_then(|union| union.{0}())
    }}
",
            name,
            self.context.prelude("Option"),
            ty,
            slot.ident
        );
    }

    fn member_setter(
        &self,
        out: &mut Code,
        slot: &Slot<'_>,
        union: &str,
        path: &Code,
        (member, stated): (&str, &Field),
    ) {
        let names = self.context.names;
        let setter = setter_name(names.field(self.name, member));
        let variant = raw(names.member(self.name, union, member));
        let Set { argument, stored } = self.set(&stated.ty);
        docs::of_setter(&slot.ident, Some(member)).write(out, 4);
        deprecated(out, 4, stated.deprecated);
        setter_function(
            out,
            &setter,
            &argument,
            &slot.ident,
            &code!("{}({}::{}({}))", self.context.prelude("Some"), path, variant, stored),
        );
    }

    /// Returns the argument of a setter: scalars by value, other types by conversion.
    fn set(&self, ty: &Type) -> Set {
        let context = self.context;
        let into = |ty: Code| code!("impl {}<{}>", context.prelude("Into"), ty);
        match context.api.resolve(ty) {
            Type::Bool | Type::Int(_) | Type::Float | Type::Double => {
                Set { argument: types::single(context, ty, self.module), stored: "value" }
            }
            Type::List(inner) => {
                let inner = into(types::element(context, inner, self.module));
                Set {
                    argument: code!("impl ::std::iter::IntoIterator<Item = {}>", inner),
                    stored: "::discovery_runtime::__private::set::list(value)",
                }
            }
            Type::Map(inner) => {
                let (key, inner) = (into(context.prelude("String")), into(types::element(context, inner, self.module)));
                Set {
                    argument: code!("impl ::std::iter::IntoIterator<Item = ({}, {})>", key, inner),
                    stored: "::discovery_runtime::__private::set::map(value)",
                }
            }
            _ => Set { argument: into(types::single(context, ty, self.module)), stored: "value.into()" },
        }
    }

    /// Writes the codec's view of the struct: its wire names, and its fields as trait objects.
    fn codec(&self, out: &mut Code) {
        let Self { ident, slots, .. } = self;
        let keys: Vec<Code> = slots.iter().enumerate().flat_map(|(slot, stated)| self.keys(slot, stated)).collect();
        let each = |reference: &'static str| -> Vec<Code> {
            let slots = slots.iter().map(|slot| code!("{}self.{}", reference, slot.ident));
            slots.chain([code!("{}self.unknown_fields", reference)]).collect()
        };
        append!(out, "impl ::discovery_runtime::Message for {} {{\n", ident);
        append!(
            out,
            "    #[inline]\n    fn fields(&self) -> &'static [::discovery_runtime::__private::FieldInfo] {{\n"
        );
        if !keys.is_empty() {
            append!(out, "        use ::discovery_runtime::__private::FieldInfo;\n");
        }
        list(out, 8, &"const { &[", &keys, "] }");
        append!(
            out,
            "    }}
    #[inline]
    fn slots_mut(&mut self, visit: &mut dyn ::std::ops::FnMut(&mut [&mut dyn ::discovery_runtime::__private::Slot])) {{
"
        );
        list(out, 8, &"visit(&mut [", &each("&mut "), "]);");
        append!(
            out,
            "    }}
    #[inline]
    fn slots(&self, visit: &mut dyn ::std::ops::FnMut(&[&dyn ::discovery_runtime::__private::Slot])) {{
"
        );
        list(out, 8, &"visit(&[", &each("&"), "]);");
        append!(out, "    }}\n}}\n::discovery_runtime::message!({});\n", ident);
    }

    /// Returns the entries of a slot in the table of wire names.
    fn keys(&self, slot: usize, stated: &Slot<'_>) -> impl Iterator<Item = Code> {
        let union = stated.union.map(|(_, union)| union);
        stated.keys.iter().enumerate().map(move |(member, (key, field))| {
            let mut entry = match union {
                Some(_) => code!("FieldInfo::member({}, {}, {})", rust::literal(key), slot, member),
                None => code!("FieldInfo::new({}, {})", rust::literal(key), slot),
            };
            if union.is_some_and(|union| union.is_exclusive(key)) {
                append!(entry, ".exclusive()");
            }
            match types::encoding(self.context, &field.ty) {
                "Number" => append!(entry, ".as_number()"),
                "UrlSafe" => append!(entry, ".as_url_safe()"),
                "AsRead" => append!(entry, ".as_read()"),
                _ => {}
            }
            let is_collection = matches!(self.context.api.resolve(&field.ty), Type::List(_) | Type::Map(_));
            if union.is_none() && is_collection && field.required && !field.behavior.contains(&Behavior::OutputOnly) {
                append!(entry, ".required()");
            }
            entry
        })
    }

    /// Writes the implementation for responses that are pages of a list.
    fn page(&self, out: &mut Code, pagination: &Pagination) {
        let Self { context, name, message, module, ident, .. } = self;
        let Some(items) = pagination.items.as_deref() else {
            return;
        };
        if message.unions.of(items).is_some() {
            return;
        }
        let (option, vec, string) = (context.prelude("Option"), context.prelude("Vec"), context.prelude("String"));
        let field = raw(context.names.field(name, items));
        let Some(items) = message.fields.get(items) else { return };
        let (item, list) = match context.api.resolve(&items.ty) {
            Type::List(inner) => (types::element(context, inner, module), code!("self.{}", field)),
            Type::Map(inner) => {
                let inner = types::element(context, inner, module);
                (code!("({}, {})", string, inner), code!("self.{}.into_iter().collect()", field))
            }
            _ => return,
        };
        let Some(next) = self.next_page(pagination, &items.ty, &field) else { return };
        append!(out, "impl ::discovery_runtime::http::Page for {} {{\n    type Item = {};\n", ident, item);
        append!(
            out,
            "    #[inline]
    fn next_page_token(&self) -> {}<&str> {{
        {}
    }}
",
            option,
            next
        );
        if matches!(pagination.next, NextPage::Number { .. } | NextPage::Offset { .. }) {
            append!(
                out,
                "    #[inline]
    fn item_count(&self) -> usize {{
        self.{}.len()
    }}
",
                field
            );
        }
        append!(
            out,
            "    #[inline]
    fn into_items(self) -> {}<Self::Item> {{
        {}
    }}
}}
",
            vec,
            list
        );
    }

    /// Returns the expression for the token of the next page.
    fn next_page(&self, pagination: &Pagination, items: &Type, field: &Ident) -> Option<Code> {
        let Self { context, name, message, .. } = self;
        match &pagination.next {
            NextPage::Token { property, .. } => {
                let (first, rest) = property.split_first()?;
                if message.unions.of(first).is_some() {
                    return None;
                }
                let own = raw(context.names.field(name, first));
                match rest {
                    [] => Some(code!("self.{}.as_deref()", own)),
                    [inner] => {
                        let container = self.context.api.resolve(&message.fields.get(first)?.ty).schema()?;
                        let inner = raw(context.names.field(container, inner));
                        Some(code!("self.{}.as_ref().and_then(|page| page.{}.as_deref())", own, inner))
                    }
                    _ => None,
                }
            }
            NextPage::LastItem { key, more, .. } => {
                let Type::List(item) = context.api.resolve(items) else { return None };
                let item = context.api.resolve(item).schema()?;
                let (more, key) = (raw(context.names.field(name, more)), raw(context.names.field(item, key)));
                let last = code!("self.{}.last().and_then(|item| item.{}.as_deref())", field, key);
                Some(code!(
                    "if self.{}.unwrap_or_default() {{ {} }} else {{ {} }}",
                    more,
                    last,
                    context.prelude("None")
                ))
            }
            NextPage::Link | NextPage::Number { .. } | NextPage::Offset { .. } => Some(context.prelude("None")),
        }
    }
}

/// Argument of a setter, and the value that it stores.
struct Set {
    argument: Code,
    stored: &'static str,
}

/// Returns the name of the setter of a field.
fn setter_name(name: &str) -> Ident {
    format_ident!("set_{}", name.trim_start_matches('_'))
}

fn setter_function(out: &mut Code, setter: &Ident, argument: &Code, field: &Ident, stored: &dyn Fragment<rust::Rust>) {
    let arguments = [Code::fixed("mut self"), code!("value: {}", argument)];
    append!(out, "    #[inline]\n");
    list(out, 4, &code!("pub fn {}(", setter), &arguments, ") -> Self {");
    append!(out, "        self.{} = {};\n        self\n    }}\n", field, stored);
}
