//! Enumeration as an open enum.

use super::code::deprecated;
use super::context::Context;
use super::docs;
use crate::model::{Enumeration, Schema};
use crate::rust::naming::raw;
use crate::text::{Code, rust};
use crate::{append, code};
use proc_macro2::Ident;

pub(super) fn emit(
    context: &Context<'_>,
    name: &str,
    schema: &Schema,
    enumeration: &Enumeration,
    module: &[String],
) -> Code {
    let ident = context.ident(&context.names.schema(context.api, name));
    let idents: Vec<Ident> =
        enumeration.values.iter().map(|value| raw(context.names.variant(name, &value.name))).collect();
    let values = || enumeration.values.iter().zip(&idents);
    let mut out = Code::default();
    docs::of_schema(context, name, schema, module).write(&mut out, 0);
    let attributes = context.hooks.attributes(name);
    append!(out, "{}#[derive(Clone, Debug, PartialEq)]\n#[non_exhaustive]\npub enum {} {{\n", attributes, ident);
    for (value, variant) in values() {
        docs::of_value(context, value, module).write(&mut out, 4);
        deprecated(&mut out, 4, value.deprecated);
        append!(out, "    {},\n", variant);
    }
    append!(
        out,
        "    /// Value unknown to this version of the bindings.
    Unrecognized(::discovery_runtime::Unrecognized<{0}>),
}}
impl ::discovery_runtime::__private::OpenEnum for {0} {{
    #[inline]
    fn known(name: &str) -> {1}<Self> {{
        {2}(match name {{
",
        ident,
        context.prelude("Option"),
        context.prelude("Some")
    );
    for (value, variant) in values() {
        append!(out, "            {} => Self::{},\n", rust::literal(&value.name), variant);
    }
    append!(
        out,
        "            _ => return {},
        }})
    }}
    #[inline]
    fn name(&self) -> {}<&'static str, &::discovery_runtime::Unrecognized<Self>> {{
        {}(match self {{
",
        context.prelude("None"),
        context.prelude("Result"),
        context.prelude("Ok")
    );
    for (value, variant) in values() {
        append!(out, "            Self::{} => {},\n", variant, rust::literal(&value.name));
    }
    append!(
        out,
        "            Self::Unrecognized(value) => return {}(value),
        }})
    }}
    #[inline]
    fn unrecognized(value: ::discovery_runtime::Unrecognized<Self>) -> Self {{
        Self::Unrecognized(value)
    }}
",
        context.prelude("Err")
    );
    let literals: Vec<Code> =
        values().filter(|(value, _)| value.is_literal).map(|(_, variant)| code!("Self::{}", variant)).collect();
    if !literals.is_empty() {
        append!(
            out,
            "    #[inline]
    fn is_literal(&self) -> bool {{
        ::std::matches!(self, {})
    }}
",
            Code::join(&literals, " | ")
        );
    }
    append!(out, "}}\n::discovery_runtime::open_enum!({});\n", ident);
    out
}
