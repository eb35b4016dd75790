//! Union as an enum.

use super::code::deprecated;
use super::context::Context;
use super::types::Borrowed;
use super::{docs, types};
use crate::append;
use crate::model::{Field, Shape, Union};
use crate::rust::naming::raw;
use crate::text::Code;
use proc_macro2::Ident;

pub(super) fn emit(context: &Context<'_>, schema: &str, name: &str, union: &Union, module: &[String]) -> Code {
    let Some(Shape::Message(message)) = context.api.shape(schema) else {
        return Code::default();
    };
    let ident = context.ident(&context.names.union(context.api, schema, name));
    let members: Vec<(&String, &Field, Ident)> = union
        .members
        .iter()
        .filter_map(|member| message.fields.get_key_value(member))
        .map(|(member, field)| (member, field, raw(context.names.member(schema, name, member))))
        .collect();
    let mut out = Code::default();
    docs::of_union(context, schema, name, union, module).write(&mut out, 0);
    let attributes = context.hooks.attributes(&format!("{schema}.{name}"));
    append!(out, "{}#[derive(Clone, Debug, PartialEq)]\n#[non_exhaustive]\npub enum {} {{\n", attributes, ident);
    for (member, field, variant) in &members {
        docs::of_member(context, member, field, union.member_sources.get(*member), module).write(&mut out, 4);
        deprecated(&mut out, 4, field.deprecated);
        append!(out, "    {}({}),\n", variant, types::single(context, &field.ty, module));
    }
    append!(out, "}}\nimpl {} {{\n", ident);
    for (member, field, variant) in &members {
        accessor(&mut out, context, (schema, member, field), variant, module);
        // The only member is matched by itself.
        if members.len() > 1 {
            append!(out, "            _ => {},\n", context.prelude("None"));
        }
        append!(out, "        }}\n    }}\n");
    }
    append!(out, "}}\nimpl ::discovery_runtime::__private::Union for {} {{\n", ident);
    empty(&mut out, &members);
    append!(
        out,
        "    #[inline]
    fn member_mut(&mut self) -> &mut dyn ::discovery_runtime::__private::JsonCodec {{
        match self {{
"
    );
    for (_, _, variant) in &members {
        append!(out, "            Self::{}(value) => value,\n", variant);
    }
    append!(
        out,
        "        }}
    }}
}}
impl ::discovery_runtime::__private::OptionalField for {} {{
    #[inline]
    fn read_optional(
        slot: &mut {}<Self>,
        reader: &mut ::discovery_runtime::__private::Reader<'_>,
        field: &::discovery_runtime::__private::FieldInfo,
    ) -> {}<(), ::discovery_runtime::json::Error> {{
        ::discovery_runtime::__private::union::read(slot, reader, field)
    }}
    #[inline]
    fn member(&self) -> (u16, &dyn ::discovery_runtime::__private::JsonCodec) {{
        match self {{
",
        ident,
        context.prelude("Option"),
        context.prelude("Result")
    );
    for (number, (_, _, variant)) in members.iter().enumerate() {
        append!(out, "            Self::{}(value) => ({}, value),\n", variant, number);
    }
    append!(out, "        }}\n    }}\n}}\n");
    out
}

/// Writes the accessor of a member, up to the arm of its variant.
fn accessor(
    out: &mut Code,
    context: &Context<'_>,
    (schema, member, field): (&str, &str, &Field),
    variant: &Ident,
    module: &[String],
) {
    let name = raw(&context.names.accessor(schema, member));
    let Borrowed { ty, made } = types::borrowed(context, &field.ty, module);
    docs::of_accessor(member).write(out, 4);
    deprecated(out, 4, field.deprecated);
    append!(
        out,
        "    #[inline]
    pub fn {}(&self) -> {}<{}> {{
        match self {{
            Self::{}(value) => {}({}),
",
        name,
        context.prelude("Option"),
        ty,
        variant,
        context.prelude("Some"),
        made
    );
}

/// Writes the function of the empty member for each number. The last one also serves all other numbers, which no table
/// contains.
fn empty(out: &mut Code, members: &[(&String, &Field, Ident)]) {
    const EMPTY: &str = "::discovery_runtime::__private::JsonCodec::empty()";
    match members {
        [] => {}
        [(_, _, only)] => {
            append!(out, "    #[inline]\n    fn empty(_: u16) -> Self {{\n        Self::{}({})\n    }}\n", only, EMPTY);
        }
        [others @ .., (_, _, last)] => {
            append!(out, "    #[inline]\n    fn empty(member: u16) -> Self {{\n        match member {{\n");
            for (number, (_, _, other)) in others.iter().enumerate() {
                append!(out, "            {} => Self::{}({}),\n", number, other, EMPTY);
            }
            append!(out, "            _ => Self::{}({}),\n        }}\n    }}\n", last, EMPTY);
        }
    }
}
