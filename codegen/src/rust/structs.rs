//! A message as a struct: its fields, its setters, its table for the codec.

use super::context::Context;
use super::{docs, ty};
use crate::model::{Field, Message, Schema, Type};
use crate::passes::names::raw;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// A field of the struct: one property, or one union.
struct Slot<'a> {
    /// The field's name.
    name: &'a str,
    /// The keys on the wire: one, or one for each member.
    keys: Vec<(&'a str, &'a Type)>,
    /// The union, by its name.
    union: Option<&'a str>,
}

pub(super) fn emit(
    context: &Context<'_>,
    name: &str,
    schema: &Schema,
    message: &Message,
    module: &[String],
) -> TokenStream {
    let slots = slots(context, name, message);
    let fields = slots.iter().map(|slot| field(context, name, message, slot, module));
    let setters = slots.iter().map(|slot| setters(context, name, message, slot, module));
    let docs = docs::of_schema(context, name, schema, module);
    let deprecated = schema.deprecated.then(|| quote!(#[deprecated]));
    let ident = context.ident(&context.names.schema(context.api, name));
    let codec = codec(context, &ident, &slots);
    let setters = (!slots.is_empty()).then(|| quote! { impl #ident { #(#setters)* } });
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub struct #ident {
            #(#fields)*
            #[doc = " Keys that the document does not have: kept, and written back."]
            pub unknown_fields: ::discovery_runtime::UnknownFields,
        }
        #setters
        #codec
    }
}

/// The fields in the order of their names.
fn slots<'a>(context: &'a Context<'_>, name: &str, message: &'a Message) -> Vec<Slot<'a>> {
    let alone = message.fields.iter().filter(|(field, _)| message.union_of(field).is_none());
    let alone = alone.map(|(field, stated)| Slot {
        name: context.names.field(name, field),
        keys: vec![(field, &stated.ty)],
        union: None,
    });
    let unions = message.unions.iter().map(|(union, stated)| Slot {
        name: context.names.union_field(name, union),
        keys: stated.members.iter().map(|member| (member.as_str(), &message.fields[member].ty)).collect(),
        union: Some(union),
    });
    let mut slots: Vec<Slot<'a>> = alone.chain(unions).collect();
    slots.sort_by_key(|slot| slot.name);
    slots
}

fn field(context: &Context<'_>, name: &str, message: &Message, slot: &Slot<'_>, module: &[String]) -> TokenStream {
    let ident = raw(slot.name);
    if let Some(union) = slot.union {
        let docs = docs::of_union_field(context, name, union, &message.unions[union], module);
        let path = context.path(&context.names.union(context.api, name, union), module);
        let option = context.prelude("Option");
        return quote! { #docs pub #ident: #option<#path>, };
    }
    let (property, _) = slot.keys[0];
    let stated = &message.fields[property];
    let docs = docs::of_field(context, property, stated, module);
    let deprecated = stated.deprecated.then(|| quote!(#[deprecated]));
    let ty = ty::held(context, &stated.ty, module).field;
    quote! { #docs #deprecated pub #ident: #ty, }
}

fn setters(context: &Context<'_>, name: &str, message: &Message, slot: &Slot<'_>, module: &[String]) -> TokenStream {
    let ident = raw(slot.name);
    let setter = format_ident!("set_{}", slot.name);
    let Some(union) = slot.union else {
        let (property, _) = slot.keys[0];
        let stated = &message.fields[property];
        let ty::Held { argument, stored, .. } = ty::held(context, &stated.ty, module);
        return setter_function(stated, &format!(" Sets `{property}`."), &setter, &argument, &ident, &stored);
    };
    let path = context.path(&context.names.union(context.api, name, union), module);
    let doc = format!(" Sets the union `{union}`.");
    let members = message.unions[union].members.iter().map(|member| {
        let stated = &message.fields[member];
        let setter = format_ident!("set_{}", context.names.field(name, member));
        let variant = raw(context.names.member(name, union, member));
        let inner = ty::single(context, &stated.ty, module);
        let into = context.prelude("Into");
        let doc = format!(" Sets the union `{union}` to `{member}`.");
        let stored = quote!(Some(#path::#variant(value.into())));
        setter_function(stated, &doc, &setter, &quote!(impl #into<#inner>), &ident, &stored)
    });
    quote! {
        #[doc = #doc]
        pub fn #setter(mut self, value: #path) -> Self {
            self.#ident = Some(value);
            self
        }
        #(#members)*
    }
}

fn setter_function(
    stated: &Field,
    doc: &str,
    setter: &proc_macro2::Ident,
    argument: &TokenStream,
    field: &proc_macro2::Ident,
    stored: &TokenStream,
) -> TokenStream {
    let deprecated = stated.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #[doc = #doc]
        #deprecated
        pub fn #setter(mut self, value: #argument) -> Self {
            self.#field = #stored;
            self
        }
    }
}

/// What the codec sees of the struct: its keys, and its fields as trait objects.
fn codec(context: &Context<'_>, ident: &proc_macro2::Ident, slots: &[Slot<'_>]) -> TokenStream {
    let keys = slots.iter().enumerate().flat_map(|(slot, stated)| {
        let slot = proc_macro2::Literal::usize_unsuffixed(slot);
        stated.keys.iter().enumerate().map(move |(member, (key, ty))| {
            let member = proc_macro2::Literal::usize_unsuffixed(member);
            let form = if ty::writes_numbers(context, ty) { quote!(Number) } else { quote!(Proto) };
            quote!(Field(#key, #slot, #member, Form::#form))
        })
    });
    let table = if slots.is_empty() {
        quote!(&[])
    } else {
        quote! { use ::discovery_runtime::{Field, Form}; &[#(#keys),*] }
    };
    let fields: Vec<_> = slots.iter().map(|slot| raw(slot.name)).collect();
    let result = context.prelude("Result");
    quote! {
        impl ::discovery_runtime::Message for #ident {
            fn fields(&self) -> &'static [::discovery_runtime::Field] {
                #table
            }
            fn read_fields(
                &mut self,
                reader: &mut ::discovery_runtime::json::Reader<'_>,
            ) -> #result<(), ::discovery_runtime::json::Error> {
                reader.message(self.fields(), &mut [#(&mut self.#fields,)* &mut self.unknown_fields])
            }
            fn write_fields(&self, writer: &mut ::discovery_runtime::json::Writer) {
                writer.message(self.fields(), &[#(&self.#fields,)* &self.unknown_fields]);
            }
        }
    }
    .into_iter()
    .chain(serde(context, ident))
    .collect()
}

/// The serde traits, driven by the codec.
pub(super) fn serde(context: &Context<'_>, ident: &proc_macro2::Ident) -> TokenStream {
    let result = context.prelude("Result");
    quote! {
        impl ::discovery_runtime::serde::Serialize for #ident {
            fn serialize<S: ::discovery_runtime::serde::Serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                ::discovery_runtime::serde_impl::serialize(self, serializer)
            }
        }
        impl<'de> ::discovery_runtime::serde::Deserialize<'de> for #ident {
            fn deserialize<D: ::discovery_runtime::serde::Deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                ::discovery_runtime::serde_impl::deserialize(deserializer)
            }
        }
    }
}
