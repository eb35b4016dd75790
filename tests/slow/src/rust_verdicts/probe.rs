//! A program that uses every item of generated code as it was, to be compiled against the code as it is.
//!
//! The old sources are read, and each module is mirrored: what stands in it is imported, and each public field, variant
//! and function is used with the types that the old sources state. Paths in types mean the same in the mirror. Each use
//! is a line, so that those that name removed items can be left out, for what else there is to be seen.

use proc_macro2::{Group, TokenTree};
use quote::{format_ident, quote};
use std::fmt::Write;
use std::path::Path;
use syn::{
    Fields, FnArg, GenericArgument, ImplItem, Item, PathArguments, ReturnType, Type, TypeParamBound, Visibility,
};

type Tokens = proc_macro2::TokenStream;

/// The text of a crate's `lib.rs` that uses all that stands in `sources`, as items of `krate`.
///
/// # Errors
/// When the sources cannot be read.
pub(super) fn source(krate: &str, sources: &Path) -> Result<String, String> {
    let krate = format_ident!("{krate}");
    let mut mirror = String::from("#![allow(warnings)]\n");
    for name in ["types", "methods"] {
        let path = sources.join(format!("{name}.rs"));
        let fault = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let text = std::fs::read_to_string(&path).map_err(|error| fault(&error))?;
        let file = syn::parse_file(&text).map_err(|error| fault(&error))?;
        let name = format_ident!("{name}");
        mirror += &module(&quote!(::#krate::#name), &name, &file.items);
    }
    Ok(mirror)
}

fn module(path: &Tokens, name: &proc_macro2::Ident, items: &[Item]) -> String {
    let mut text = format!("pub mod {name} {{\n{}\n", quote!(pub use #path::*;));
    let mut uses: Vec<Tokens> = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let probe = format_ident!("probe_{number}");
        match item {
            Item::Mod(inner) if public(&inner.vis) => {
                let ident = &inner.ident;
                let items = inner.content.as_ref().map_or(&[][..], |(_, items)| items);
                text += &module(&quote!(#path::#ident), ident, items);
            }
            Item::Use(import) => uses.push(quote!(#import)),
            Item::Struct(item) if public(&item.vis) => {
                let ident = &item.ident;
                let fields = match &item.fields {
                    Fields::Named(fields) => fields.named.iter().filter(|f| public(&f.vis)).collect(),
                    _ => Vec::new(),
                };
                let lines = fields.iter().map(|field| {
                    let (name, ty) = (&field.ident, &field.ty);
                    quote!(let _: #ty = it.#name;)
                });
                uses.push(quote!(fn #probe(it: #path::#ident) { #(#lines)* }));
            }
            Item::Enum(item) if public(&item.vis) => {
                let ident = &item.ident;
                let arms = item.variants.iter().filter(|v| v.ident != "Unrecognized").map(|variant| {
                    let name = &variant.ident;
                    match &variant.fields {
                        Fields::Unnamed(fields) => {
                            let ty = &fields.unnamed[0].ty;
                            quote!(#path::#ident::#name(it) => { let _: #ty = it; })
                        }
                        _ => quote!(#path::#ident::#name => {}),
                    }
                });
                uses.push(quote!(fn #probe(it: #path::#ident) { match it { #(#arms)* _ => {} } }));
            }
            Item::Type(item) if public(&item.vis) => {
                let (ident, ty) = (&item.ident, &item.ty);
                uses.push(quote!(fn #probe(it: #path::#ident) -> #ty { it }));
            }
            Item::Impl(block) if block.trait_.is_some() => {
                uses.extend(target(&probe, path, block).or_else(|| page(&probe, path, block)));
            }
            Item::Impl(block) => {
                let Type::Path(of) = &*block.self_ty else { continue };
                let calls = block.items.iter().enumerate().filter_map(|(at, item)| match item {
                    ImplItem::Fn(function) if public(&function.vis) => {
                        Some(call(&format_ident!("{probe}_{at}"), &quote!(#path::#of), &function.sig))
                    }
                    _ => None,
                });
                uses.extend(calls);
            }
            _ => {}
        }
    }
    for line in uses {
        let _ = writeln!(text, "{line}");
    }
    text + "}\n"
}

/// Returns a probe of the target that a call dereferences to: the type of its response, and its other capabilities.
/// New capabilities are compatible.
fn target(probe: &proc_macro2::Ident, path: &Tokens, block: &syn::ItemImpl) -> Option<Tokens> {
    let Type::Path(of) = &*block.self_ty else { return None };
    let target = block.items.iter().find_map(|item| match item {
        ImplItem::Type(item) if item.ident == "Target" => Some(&item.ty),
        _ => None,
    })?;
    let Type::Path(call) = target else { return None };
    let PathArguments::AngleBracketed(arguments) = &call.path.segments.last()?.arguments else { return None };
    let reply = arguments.args.first()?;
    Some(if arguments.args.len() > 1 {
        quote!(fn #probe(it: &#path::#of) -> &#target { &**it })
    } else {
        quote! {
            fn #probe(it: &#path::#of) {
                fn reply<R, K>(_: &::discovery_runtime::http::Call<R, K>) -> ::std::marker::PhantomData<R> {
                    ::std::marker::PhantomData
                }
                let _: ::std::marker::PhantomData<#reply> = reply(&**it);
            }
        }
    })
}

/// Returns a probe of the item type of a page.
fn page(probe: &proc_macro2::Ident, path: &Tokens, block: &syn::ItemImpl) -> Option<Tokens> {
    let Type::Path(of) = &*block.self_ty else { return None };
    let item = block.items.iter().find_map(|item| match item {
        ImplItem::Type(item) if item.ident == "Item" => Some(&item.ty),
        _ => None,
    })?;
    Some(quote!(fn #probe(it: <#path::#of as ::discovery_runtime::http::Page>::Item) -> #item { it }))
}

/// A function that calls another with arguments of the types that it states.
fn call(probe: &proc_macro2::Ident, of: &Tokens, signature: &syn::Signature) -> Tokens {
    let mut parameters = Vec::new();
    let mut arguments = Vec::new();
    for (at, input) in signature.inputs.iter().enumerate() {
        let name = format_ident!("a{at}");
        let ty = match input {
            FnArg::Receiver(receiver) if quote!(#receiver).to_string().starts_with('&') => quote!(&#of),
            FnArg::Receiver(_) => quote!(#of),
            FnArg::Typed(typed) => concrete(&typed.ty),
        };
        parameters.push(quote!(#name: #ty));
        arguments.push(name);
    }
    let name = &signature.ident;
    let output = match &signature.output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) => with_self(quote!(#ty), of),
    };
    // Awaiting a future is up to the caller; its type is not checked.
    if signature.asyncness.is_some() {
        return quote!(fn #probe(#(#parameters),*) { let _ = <#of>::#name(#(#arguments),*); });
    }
    quote!(fn #probe(#(#parameters),*) { let _: #output = <#of>::#name(#(#arguments),*); })
}

/// Returns a type with `Self` replaced by the type whose method it is of, at any depth.
fn with_self(ty: Tokens, of: &Tokens) -> Tokens {
    let replaced = ty.into_iter().map(|token| match token {
        TokenTree::Ident(ident) if ident == "Self" => of.clone(),
        TokenTree::Group(group) => {
            TokenTree::Group(Group::new(group.delimiter(), with_self(group.stream(), of))).into()
        }
        other => other.into(),
    });
    replaced.collect()
}

/// A type that an `impl Trait` takes: itself, for a conversion; a vector, for an iterator.
fn concrete(ty: &Type) -> Tokens {
    let Type::ImplTrait(bound) = ty else { return quote!(#ty) };
    let Some(TypeParamBound::Trait(bound)) = bound.bounds.first() else { return quote!(#ty) };
    let Some(last) = bound.path.segments.last() else { return quote!(#ty) };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return quote!(#ty) };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) => quote!(#inner),
        Some(GenericArgument::AssocType(item)) => {
            let inner = &item.ty;
            quote!(::std::vec::Vec<#inner>)
        }
        _ => quote!(::std::vec::Vec<::std::string::String>),
    }
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}
