//! A message as a struct: its fields, its setters, its table for the codec.

use super::context::Context;
use super::{docs, ty};
use crate::model::{Field, Message, Pagination, Schema, Type};
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
    let page = context.pages.get(name).and_then(|pagination| page(context, name, message, pagination, &ident, module));
    let setters = (!slots.is_empty()).then(|| quote! { impl #ident { #(#setters)* } });
    quote! {
        #docs
        #deprecated
        #[derive(Default)]
        #[non_exhaustive]
        pub struct #ident {
            #(#fields)*
            #[doc = " Keys that the document does not have: kept, and written back."]
            pub unknown_fields: ::discovery_runtime::UnknownFields,
        }
        #setters
        #codec
        #page
    }
}

/// What makes a reply one of a list in pages.
fn page(
    context: &Context<'_>,
    name: &str,
    message: &Message,
    pagination: &Pagination,
    ident: &proc_macro2::Ident,
    module: &[String],
) -> Option<TokenStream> {
    let items = pagination.items.as_deref()?;
    if message.union_of(items).is_some() || message.union_of(&pagination.next_token).is_some() {
        return None;
    }
    let (option, vec, string) = (context.prelude("Option"), context.prelude("Vec"), context.prelude("String"));
    let field = raw(context.names.field(name, items));
    let (item, list) = match context.api.resolve(&message.fields[items].ty) {
        Type::List(inner) => (ty::element(context, inner, module), quote!(self.#field)),
        Type::Map(inner) => {
            let inner = ty::element(context, inner, module);
            (quote!((#string, #inner)), quote!(self.#field.into_iter().collect()))
        }
        _ => return None,
    };
    let next = raw(context.names.field(name, &pagination.next_token));
    let token = (pagination.token != "pageToken").then(|| {
        let token = &pagination.token;
        quote!(const TOKEN: &'static str = #token;)
    });
    Some(quote! {
        impl ::discovery_runtime::http::Page for #ident {
            type Item = #item;
            #token
            fn next_page_token(&self) -> #option<&str> {
                self.#next.as_deref()
            }
            fn into_items(self) -> #vec<Self::Item> {
                #list
            }
        }
    })
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
    let ty = ty::field(context, &stated.ty, module);
    quote! { #docs #deprecated pub #ident: #ty, }
}

fn setters(context: &Context<'_>, name: &str, message: &Message, slot: &Slot<'_>, module: &[String]) -> TokenStream {
    let ident = raw(slot.name);
    let setter = format_ident!("set_{}", slot.name.trim_start_matches('_'));
    let doc = format!(" Sets [`{0}`](Self::{0}).", slot.name);
    let Some(union) = slot.union else {
        let (property, ty) = slot.keys[0];
        let Set { argument, stored } = set(context, ty, module);
        let ty = context.api.resolve(ty);
        let stored = if matches!(ty, Type::List(_) | Type::Map(_)) { stored } else { quote!(Some(#stored)) };
        return setter_function(&message.fields[property], &doc, &setter, &argument, &ident, &stored);
    };
    let path = context.path(&context.names.union(context.api, name, union), module);
    let into = context.prelude("Into");
    let members = message.unions[union].members.iter().map(|member| {
        let stated = &message.fields[member];
        let setter = format_ident!("set_{}", context.names.field(name, member).trim_start_matches('_'));
        let variant = raw(context.names.member(name, union, member));
        let Set { argument, stored } = set(context, &stated.ty, module);
        let doc = format!(" Sets [`{0}`](Self::{0}) to its member `{member}`.", slot.name);
        setter_function(stated, &doc, &setter, &argument, &ident, &quote!(Some(#path::#variant(#stored))))
    });
    quote! {
        #[doc = #doc]
        pub fn #setter(mut self, value: impl #into<#path>) -> Self {
            self.#ident = Some(value.into());
            self
        }
        #(#members)*
    }
}

/// A setter's argument, and what it stores of it.
struct Set {
    argument: TokenStream,
    stored: TokenStream,
}

/// Scalars as they are, everything else as what becomes it.
fn set(context: &Context<'_>, ty: &Type, module: &[String]) -> Set {
    let into = context.prelude("Into");
    match context.api.resolve(ty) {
        Type::Bool | Type::Int(_) | Type::Float | Type::Double => {
            Set { argument: ty::single(context, ty, module), stored: quote!(value) }
        }
        Type::List(inner) => {
            let inner = ty::element(context, inner, module);
            Set {
                argument: quote!(impl ::std::iter::IntoIterator<Item = impl #into<#inner>>),
                stored: quote!(::discovery_runtime::set::list(value)),
            }
        }
        Type::Map(inner) => {
            let (string, inner) = (context.prelude("String"), ty::element(context, inner, module));
            Set {
                argument: quote!(impl ::std::iter::IntoIterator<Item = (impl #into<#string>, impl #into<#inner>)>),
                stored: quote!(::discovery_runtime::set::map(value)),
            }
        }
        _ => {
            let single = ty::single(context, ty, module);
            Set { argument: quote!(impl #into<#single>), stored: quote!(value.into()) }
        }
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
    quote! {
        impl ::discovery_runtime::Message for #ident {
            fn fields(&self) -> &'static [::discovery_runtime::Field] {
                #table
            }
            fn slots_mut(&mut self, visit: &mut dyn ::std::ops::FnMut(&mut [&mut dyn ::discovery_runtime::Slot])) {
                visit(&mut [#(&mut self.#fields,)* &mut self.unknown_fields]);
            }
            fn slots(&self, visit: &mut dyn ::std::ops::FnMut(&[&dyn ::discovery_runtime::Slot])) {
                visit(&[#(&self.#fields,)* &self.unknown_fields]);
            }
        }
        ::discovery_runtime::message!(#ident);
    }
}
