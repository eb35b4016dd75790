//! Choice between types (`oneOf`) as an enum.

use super::clues::{self, Comparison, JsonShape};
use super::code::list;
use super::context::Context;
use super::{docs, types};
use crate::model::{Alternative, OneOf, Scalar, Schema, Type};
use crate::rust::naming::raw;
use crate::text::{Code, rust};
use crate::{append, code};
use proc_macro2::Ident;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn emit(context: &Context<'_>, name: &str, schema: &Schema, one_of: &OneOf, module: &[String]) -> Code {
    const EMPTY: &str = "::discovery_runtime::__private::JsonCodec::empty()";
    let ident = context.ident(&context.names.schema(context.api, name));
    let alternatives: Vec<(&Alternative, Ident)> =
        one_of.alternatives.iter().map(|one| (one, raw(context.names.variant(name, &one.name)))).collect();
    let mut out = Code::default();
    docs::of_schema(context, name, schema, module).write(&mut out, 0);
    let attributes = context.hooks.attributes(name);
    append!(out, "{}#[derive(Clone, Debug, PartialEq)]\n#[non_exhaustive]\npub enum {} {{\n", attributes, ident);
    for (alternative, variant) in &alternatives {
        docs::of_alternative(context, alternative, module).write(&mut out, 4);
        append!(out, "    {}({}),\n", variant, types::single(context, &alternative.ty, module));
    }
    append!(
        out,
        "    /// Value that matches no other variant. Kept when decoding, and encoded again.
    Unrecognized(::discovery_runtime::serde_json::Value),
}}
impl ::discovery_runtime::__private::Choice for {} {{
    const DISCRIMINATOR: &'static str = {};
    const ALTERNATIVES: &'static [::discovery_runtime::__private::Alternative] = &[
",
        ident,
        rust::literal(one_of.discriminator.as_deref().unwrap_or_default())
    );
    let mut comparison = Comparison::new(context, one_of);
    for (alternative, _) in &alternatives {
        facts(&mut out, context, &mut comparison, alternative);
    }
    append!(out, "    ];\n    #[inline]\n    fn empty(index: usize) -> Self {{\n        match index {{\n");
    for (number, (_, variant)) in alternatives.iter().enumerate() {
        append!(out, "            {} => Self::{}({}),\n", number, variant, EMPTY);
    }
    append!(
        out,
        "            _ => Self::Unrecognized({}),
        }}
    }}
    #[inline]
    fn unrecognized(value: ::discovery_runtime::serde_json::Value) -> Self {{
        Self::Unrecognized(value)
    }}
    #[inline]
    fn value(&self) -> (usize, &dyn ::discovery_runtime::__private::JsonCodec) {{
        match self {{
",
        EMPTY
    );
    for (number, (_, variant)) in alternatives.iter().enumerate() {
        append!(out, "            Self::{}(value) => ({}, value),\n", variant, number);
    }
    append!(
        out,
        "            Self::Unrecognized(value) => ({}, value),
        }}
    }}
    #[inline]
    fn value_mut(&mut self) -> &mut dyn ::discovery_runtime::__private::JsonCodec {{
        match self {{
",
        alternatives.len()
    );
    for (_, variant) in &alternatives {
        append!(out, "            Self::{}(value) => value,\n", variant);
    }
    append!(
        out,
        "            Self::Unrecognized(value) => value,
        }}
    }}
}}
::discovery_runtime::choice!({});
",
        ident
    );
    conversions(&mut out, context, &ident, &alternatives, module);
    out
}

/// Writes the facts by which the runtime selects an alternative.
fn facts<'a>(
    out: &mut Code,
    context: &'a Context<'_>,
    comparison: &mut Comparison<'a, '_>,
    alternative: &'a Alternative,
) {
    let encoding = types::encoding(context, &alternative.ty);
    let written = match &alternative.written {
        Some(value) => code!("{}({})", context.prelude("Some"), tag(value)),
        None => context.prelude("None"),
    };
    let literals = |keys: &BTreeSet<&str>| -> Vec<Code> { keys.iter().map(|key| rust::literal(key)).collect() };
    let keys = clues::keys(context, &alternative.ty);
    append!(
        out,
        "        ::discovery_runtime::__private::Alternative {{
            shape: {},
            encoding: ::discovery_runtime::__private::ValueEncoding::{},
",
        json_shape(comparison.shape(&alternative.ty)),
        encoding
    );
    list(out, 12, &"values: &[", &alternative.values.iter().map(tag).collect::<Vec<_>>(), "],");
    append!(out, "            written: {},\n", written);
    list(out, 12, &"required: &[", &literals(&keys.required), "],");
    list(out, 12, &"known: &[", &literals(&keys.known), "],");
    append!(out, "            closed: {},\n", if keys.closed { "true" } else { "false" });
    let clues = comparison.clues(alternative, keys.known.len());
    let clues: Vec<Code> = clues
        .iter()
        .map(|(path, clue)| {
            let path: Vec<Code> = path.iter().map(|key| rust::literal(key)).collect();
            let values: Vec<Code> = clue.values.iter().map(tag).collect();
            code!(
                "::discovery_runtime::__private::Clue {{ path: &[{}], shape: {}, values: &[{}] }}",
                Code::join(&path, ", "),
                json_shape(clue.shape),
                Code::join(&values, ", ")
            )
        })
        .collect();
    list(out, 12, &"clues: &[", &clues, "],");
    append!(out, "        }},\n");
}

fn json_shape(JsonShape { kind, list_depth }: JsonShape) -> Code {
    code!(
        "::discovery_runtime::__private::JsonShape {{ kind: ::discovery_runtime::__private::JsonKind::{}, list_depth: {} }}",
        kind,
        u16::from(list_depth)
    )
}

fn tag(value: &Scalar) -> Code {
    match value {
        Scalar::Text(text) => code!("::discovery_runtime::__private::Tag::Text({})", rust::literal(text)),
        Scalar::Literal(json) => code!("::discovery_runtime::__private::Tag::Literal({})", rust::literal(json)),
    }
}

/// Writes `From` for each alternative whose type no other has, so that a setter takes the value of the alternative.
fn conversions(
    out: &mut Code,
    context: &Context<'_>,
    ident: &Ident,
    alternatives: &[(&Alternative, Ident)],
    module: &[String],
) {
    // Several types of the document may be one in Rust.
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for (alternative, _) in alternatives {
        let count = uses.entry(types::element(context, &alternative.ty, module).into_string()).or_default();
        *count = count.saturating_add(1);
    }
    let from = context.prelude("From");
    for (alternative, variant) in alternatives {
        let plain = types::element(context, &alternative.ty, module);
        if uses.get(plain.as_str()) != Some(&1) {
            continue;
        }
        // Messages are boxed.
        let boxed = types::single(context, &alternative.ty, module) != plain;
        conversion(out, &from, ident, variant, &plain, if boxed { "value.into()" } else { "value" });
        if *context.api.resolve(&alternative.ty) == Type::String {
            conversion(out, &from, ident, variant, &code!("&str"), "value.into()");
        }
    }
}

fn conversion(out: &mut Code, from: &Code, ident: &Ident, variant: &Ident, ty: &Code, stored: &'static str) {
    append!(
        out,
        "impl {0}<{1}> for {2} {{
    #[inline]
    fn from(value: {1}) -> Self {{
        Self::{3}({4})
    }}
}}
",
        from,
        ty,
        ident,
        variant,
        stored
    );
}
