//! Public API of each crate as a snapshot, one item per line.

use conformance::project;
use quote::ToTokens;
use std::fs;
use std::path::Path;
use syn::{Fields, ImplItem, Item, Signature, TraitItem, Visibility};

/// Lines of a crate, with the options of the listing.
struct Listing {
    lines: Vec<String>,
    /// True to omit setters and trait impls, which follow from the fields in generated code.
    generated: bool,
    /// True to omit modules with `#[doc(hidden)]`.
    without_hidden: bool,
}

/// Lists the public items of the crate whose sources are in a folder.
fn listing(sources: &str, generated: bool, without_hidden: bool) -> String {
    let mut listing = Listing { lines: Vec::new(), generated, without_hidden };
    let folder = project::path(sources);
    listing.file(&folder, &folder.join("lib.rs"), "");
    listing.lines.sort();
    listing.lines.dedup();
    listing.lines.join("\n")
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Formats tokens on one line with minimal whitespace.
fn code(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    for (long, short) in [
        (" :: ", "::"),
        (":: ", "::"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("& ", "&"),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        (" :", ":"),
        ("' ", "'"),
        ("discovery_runtime::", ""),
        ("super::", ""),
        ("std::collections::", ""),
        ("serde_json::", ""),
    ] {
        text = text.replace(long, short);
    }
    text.replace("- >", "->").replace("->", " -> ").replace(",)", ")").replace("  ", " ")
}

impl Listing {
    fn file(&mut self, folder: &Path, file: &Path, path: &str) {
        let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let items = syn::parse_file(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display())).items;
        self.items(folder, &items, path);
    }

    fn items(&mut self, folder: &Path, items: &[Item], path: &str) {
        for item in items {
            self.item(folder, item, path);
        }
    }

    fn line(&mut self, path: &str, text: &str) {
        self.lines.push(format!("{path}{text}"));
    }

    fn item(&mut self, folder: &Path, item: &Item, path: &str) {
        match item {
            // Hidden modules are not public API.
            Item::Mod(module)
                if self.without_hidden && module.attrs.iter().any(|attr| code(attr).contains("hidden")) => {}
            // Items of private modules are public only by a `pub use`, which is listed.
            Item::Mod(module) => {
                let is_test = module.attrs.iter().any(|attr| code(attr).contains("test"));
                let inner = format!("{path}{}::", module.ident);
                let name = module.ident.to_string();
                match &module.content {
                    _ if is_test => {}
                    Some((_, items)) => self.items(&folder.join(name), items, &inner),
                    None => {
                        let sibling = folder.join(format!("{name}.rs"));
                        let file = if sibling.is_file() { sibling } else { folder.join(&name).join("mod.rs") };
                        self.file(&folder.join(name), &file, &inner);
                    }
                }
            }
            Item::Struct(item) if is_public(&item.vis) => {
                let generics = code(&item.generics);
                let fields = match &item.fields {
                    Fields::Unit => String::new(),
                    Fields::Named(fields) => {
                        let fields = fields.named.iter().filter(|field| is_public(&field.vis)).map(|field| {
                            let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
                            format!("{name}: {}", code(&field.ty))
                        });
                        let fields = fields.filter(|field| !(self.generated && field.starts_with("unknown_fields:")));
                        format!(" {{ {} }}", fields.collect::<Vec<_>>().join(", "))
                    }
                    Fields::Unnamed(fields) => {
                        let fields = fields.unnamed.iter().filter(|field| is_public(&field.vis));
                        format!("({})", fields.map(|field| code(&field.ty)).collect::<Vec<_>>().join(", "))
                    }
                };
                self.line(path, &format!("struct {}{generics}{fields}", item.ident));
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let variants = item.variants.iter().map(|variant| match &variant.fields {
                    Fields::Named(fields) => {
                        let fields = fields.named.iter().map(|f| f.ident.as_ref().unwrap().to_string());
                        format!("{} {{ {} }}", variant.ident, fields.collect::<Vec<_>>().join(", "))
                    }
                    fields => format!("{}{}", variant.ident, code(fields)),
                });
                let variants: Vec<_> =
                    variants.filter(|v| !(self.generated && v.starts_with("Unrecognized("))).collect();
                self.line(path, &format!("enum {}{} {{ {} }}", item.ident, code(&item.generics), variants.join(", ")));
            }
            Item::Trait(item) if is_public(&item.vis) => {
                let bounds = code(&item.supertraits);
                let path = format!("{path}trait {}{}", item.ident, code(&item.generics));
                self.line(&path, &if bounds.is_empty() { bounds } else { format!(": {bounds}") });
                for item in &item.items {
                    match item {
                        TraitItem::Fn(function) => self.line(&path, &format!("::{}", signature(&function.sig))),
                        other => self.line(&path, &format!("::{}", code(other))),
                    }
                }
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let owner = format!("{path}{}::", code(&item.self_ty));
                for item in &item.items {
                    match item {
                        ImplItem::Fn(function) if is_public(&function.vis) => {
                            let name = function.sig.ident.to_string();
                            if !(self.generated && name.starts_with("set_")) {
                                self.line(&owner, &signature(&function.sig));
                            }
                        }
                        ImplItem::Const(constant) if is_public(&constant.vis) => {
                            self.line(&owner, &format!("const {}: {}", constant.ident, code(&constant.ty)));
                        }
                        _ => {}
                    }
                }
            }
            Item::Impl(item) if !self.generated => {
                let (generics, of) = (code(&item.generics), code(&item.trait_.as_ref().unwrap().0));
                self.line(path, &format!("impl{generics} {of} for {}", code(&item.self_ty)));
            }
            Item::Fn(item) if is_public(&item.vis) => self.line(path, &signature(&item.sig)),
            Item::Const(item) if is_public(&item.vis) => {
                self.line(path, &format!("const {}: {}", item.ident, code(&item.ty)));
            }
            Item::Static(item) if is_public(&item.vis) => {
                self.line(path, &format!("static {}: {}", item.ident, code(&item.ty)));
            }
            Item::Type(item) if is_public(&item.vis) => {
                self.line(path, &format!("type {}{} = {}", item.ident, code(&item.generics), code(&item.ty)));
            }
            Item::Use(item) if is_public(&item.vis) => self.line(path, &format!("use {}", code(&item.tree))),
            Item::Macro(item) if item.attrs.iter().any(|attr| code(attr).contains("macro_export")) => {
                self.line("", &format!("macro {}", item.ident.as_ref().unwrap()));
            }
            _ => {}
        }
    }
}

fn signature(signature: &Signature) -> String {
    code(signature)
}

#[test]
fn the_bindings() {
    insta::assert_snapshot!("google_ai_tuning", listing("generated/src", true, false));
}

#[test]
fn the_runtime() {
    insta::assert_snapshot!("discovery_runtime", listing("codegen/runtime/src", false, false));
}

#[test]
fn the_generator() {
    insta::assert_snapshot!("discovery_codegen", listing("codegen/src", false, true));
}
