//! Program that uses every item of one revision of generated code, to be compiled with another revision.
//!
//! The program has the modules of the sources. Each imports the items of its counterpart, so that paths in types
//! resolve as in the sources, and uses each public field, variant and function with the types that the sources state.
//! Each use is one line, so that lines with removed items can be omitted to find other errors.

use proc_macro2::{Group, TokenTree};
use quote::{format_ident, quote};
use std::path::Path;
use syn::{
    Fields, FnArg, GenericArgument, ImplItem, Item, PathArguments, ReturnType, Type, TypeParamBound, Visibility,
};

type Tokens = proc_macro2::TokenStream;

/// Line of a program, and the item that it uses: `types::Plant`, `types::Plant.label`, `types::Plant::set_label`.
pub(super) struct Line {
    pub(super) text: String,
    pub(super) item: String,
}

/// Returns the lines of a `lib.rs` that uses all items in `sources` as items of `krate`.
///
/// # Errors
/// When the sources cannot be read.
pub(super) fn lines(krate: &str, sources: &Path) -> Result<Vec<Line>, String> {
    let krate = format_ident!("{krate}");
    let mut mirror = vec![Line { text: "#![allow(warnings)]".to_owned(), item: String::new() }];
    for name in ["types", "methods"] {
        let path = sources.join(format!("{name}.rs"));
        let fault = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
        let text = std::fs::read_to_string(&path).map_err(|error| fault(&error))?;
        let file = syn::parse_file(&text).map_err(|error| fault(&error))?;
        let name = format_ident!("{name}");
        module(&mut mirror, &quote!(::#krate::#name), &name.to_string(), &name, &file.items);
    }
    Ok(mirror)
}

/// Writes the lines of a module. `path` is its path in code, `of` the path in the names of items.
fn module(out: &mut Vec<Line>, path: &Tokens, of: &str, name: &proc_macro2::Ident, items: &[Item]) {
    let line = |text: String, item: String| Line { text, item };
    out.push(line(format!("pub mod {name} {{"), of.to_owned()));
    out.push(line(quote!(pub use #path::*;).to_string(), of.to_owned()));
    let mut uses: Vec<(Tokens, String)> = Vec::new();
    for (number, item) in items.iter().enumerate() {
        let probe = format_ident!("probe_{number}");
        match item {
            Item::Mod(inner) if public(&inner.vis) => {
                let ident = &inner.ident;
                let items = inner.content.as_ref().map_or(&[][..], |(_, items)| items);
                module(out, &quote!(#path::#ident), &format!("{of}::{ident}"), ident, items);
            }
            Item::Use(import) => uses.push((quote!(#import), of.to_owned())),
            Item::Struct(item) if public(&item.vis) => {
                let ident = &item.ident;
                uses.push((quote!(fn #probe(it: #path::#ident) {}), format!("{of}::{ident}")));
                let Fields::Named(fields) = &item.fields else { continue };
                for (at, field) in fields.named.iter().filter(|field| public(&field.vis)).enumerate() {
                    let (name, ty, probe) = (&field.ident, &field.ty, format_ident!("{probe}_field_{at}"));
                    let field = name.as_ref().map(ToString::to_string).unwrap_or_default();
                    let text = quote!(fn #probe(it: #path::#ident) { let _: #ty = it.#name; });
                    uses.push((text, format!("{of}::{ident}.{field}")));
                }
            }
            Item::Enum(item) if public(&item.vis) => {
                let ident = &item.ident;
                uses.push((quote!(fn #probe(it: #path::#ident) {}), format!("{of}::{ident}")));
                for (at, variant) in item.variants.iter().filter(|v| v.ident != "Unrecognized").enumerate() {
                    let (name, probe) = (&variant.ident, format_ident!("{probe}_variant_{at}"));
                    let arm = match &variant.fields {
                        Fields::Unnamed(fields) => {
                            let ty = &fields.unnamed[0].ty;
                            quote!(#path::#ident::#name(it) => { let _: #ty = it; })
                        }
                        _ => quote!(#path::#ident::#name => {}),
                    };
                    let text = quote!(fn #probe(it: #path::#ident) { match it { #arm _ => {} } });
                    uses.push((text, format!("{of}::{ident}::{name}")));
                }
            }
            Item::Type(item) if public(&item.vis) => {
                let (ident, ty) = (&item.ident, &item.ty);
                uses.push((quote!(fn #probe(it: #path::#ident) -> #ty { it }), format!("{of}::{ident}")));
            }
            Item::Impl(block) if block.trait_.is_some() => {
                let Type::Path(own) = &*block.self_ty else { continue };
                let probed = target(&probe, path, block).or_else(|| page(&probe, path, block));
                uses.extend(probed.map(|text| (text, format!("{of}::{}", quote!(#own)))));
            }
            Item::Impl(block) => {
                let Type::Path(own) = &*block.self_ty else { continue };
                for (at, item) in block.items.iter().enumerate() {
                    let ImplItem::Fn(function) = item else { continue };
                    if public(&function.vis) {
                        let text = call(&format_ident!("{probe}_{at}"), &quote!(#path::#own), &function.sig);
                        uses.push((text, format!("{of}::{}::{}", quote!(#own), function.sig.ident)));
                    }
                }
            }
            _ => {}
        }
    }
    out.extend(uses.into_iter().map(|(text, item)| line(text.to_string(), item)));
    out.push(line("}".to_owned(), of.to_owned()));
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

/// Returns a function that calls another one with arguments of the stated types.
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

/// Returns a type with `Self` replaced by the implementing type, at any depth.
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

/// Returns a type that an argument of type `impl Trait` takes: the target of a conversion, or a vector for an iterator.
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
