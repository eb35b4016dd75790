//! Paths in generated Rust, resolved without a compiler: every named module and type must exist.

use discovery_codegen::rust::Bindings;
use std::collections::{BTreeMap, BTreeSet};
use syn::visit::{self, Visit};

/// A module, with the names of its items.
#[derive(Default)]
struct Module {
    modules: BTreeMap<String, Module>,
    names: BTreeSet<String>,
    /// Imported modules: the name, and the path from this module.
    imports: BTreeMap<String, Vec<String>>,
    /// Modules whose items are all imported.
    globs: Vec<Vec<String>>,
}

/// Returns the unresolved paths.
///
/// # Errors
/// When the output is not Rust.
pub(crate) fn unresolved(bindings: &Bindings) -> Result<Vec<String>, String> {
    let mut root = Module::default();
    let mut files = Vec::new();
    for (name, code) in [("types", &bindings.types), ("methods", &bindings.methods)] {
        let file = syn::parse_file(code.as_str()).map_err(|error| format!("{name}: {error}"))?;
        root.names.insert(name.to_owned());
        root.modules.insert(name.to_owned(), module(&file.items));
        files.push((name.to_owned(), file));
    }
    let mut faults = BTreeSet::new();
    for (name, file) in &files {
        let mut walk = Walk { root: &root, at: vec![name.clone()], generics: Vec::new(), faults: &mut faults };
        file.items.iter().for_each(|item| walk.visit_item(item));
    }
    Ok(faults.into_iter().collect())
}

fn module(items: &[syn::Item]) -> Module {
    let mut module_ = Module::default();
    for item in items {
        let name = match item {
            syn::Item::Mod(inner) => {
                let name = plain(&inner.ident);
                let items = inner.content.as_ref().map_or(&[][..], |(_, items)| items);
                module_.modules.insert(name.clone(), module(items));
                name
            }
            syn::Item::Struct(item) => plain(&item.ident),
            syn::Item::Enum(item) => plain(&item.ident),
            syn::Item::Type(item) => plain(&item.ident),
            syn::Item::Static(item) => plain(&item.ident),
            syn::Item::Const(item) => plain(&item.ident),
            syn::Item::Trait(item) => plain(&item.ident),
            syn::Item::Fn(item) => plain(&item.sig.ident),
            syn::Item::Use(item) if item.leading_colon.is_none() => {
                import(&mut module_, &item.tree, Vec::new());
                continue;
            }
            _ => continue,
        };
        module_.names.insert(name);
    }
    module_
}

fn import(module: &mut Module, tree: &syn::UseTree, mut before: Vec<String>) {
    match tree {
        syn::UseTree::Path(path) => {
            before.push(plain(&path.ident));
            import(module, &path.tree, before);
        }
        syn::UseTree::Name(name) => {
            before.push(plain(&name.ident));
            module.imports.insert(plain(&name.ident), before);
        }
        syn::UseTree::Rename(rename) => {
            before.push(plain(&rename.ident));
            module.imports.insert(plain(&rename.rename), before);
        }
        syn::UseTree::Glob(_) => module.globs.push(before),
        syn::UseTree::Group(group) => {
            group.items.iter().for_each(|tree| import(module, tree, before.clone()));
        }
    }
}

fn plain(ident: &syn::Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

struct Walk<'a> {
    root: &'a Module,
    at: Vec<String>,
    generics: Vec<String>,
    faults: &'a mut BTreeSet<String>,
}

/// Names that no module declares.
const KNOWN: [&str; 27] = [
    "Self",
    "self",
    "bool",
    "i32",
    "i64",
    "u16",
    "u32",
    "u64",
    "usize",
    "f32",
    "f64",
    "str",
    "String",
    "Vec",
    "Box",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "From",
    "Into",
    "Default",
    "FieldInfo",
    "crate",
    "u8",
];

impl Walk<'_> {
    fn module(&self, path: &[String]) -> Option<&Module> {
        path.iter().try_fold(self.root, |module, name| module.modules.get(name))
    }

    /// Returns `true` if a path from a module exists, as far as it names modules and types.
    fn exists(&self, from: &[String], path: &[String], depth: usize) -> bool {
        if depth > 8 {
            return false;
        }
        let Some((first, rest)) = path.split_first() else { return true };
        if first == "super" {
            return from.split_last().is_some_and(|(_, parent)| self.exists(parent, rest, depth));
        }
        if first == "self" {
            return self.exists(from, rest, depth);
        }
        let Some(module) = self.module(from) else { return false };
        if module.modules.contains_key(first) {
            let inner = [from, std::slice::from_ref(first)].concat();
            return rest.is_empty() || self.exists(&inner, rest, depth);
        }
        // Variants and associated functions of types are not looked up.
        if module.names.contains(first) {
            return true;
        }
        if let Some(import) = module.imports.get(first) {
            return self.exists(from, &[import.as_slice(), rest].concat(), depth + 1);
        }
        module.globs.iter().any(|glob| self.exists(from, &[glob.as_slice(), path].concat(), depth + 1))
    }
}

impl<'ast> Visit<'ast> for Walk<'_> {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.at.push(plain(&item.ident));
        visit::visit_item_mod(self, item);
        self.at.pop();
    }

    fn visit_generics(&mut self, generics: &'ast syn::Generics) {
        self.generics.extend(generics.type_params().map(|param| plain(&param.ident)));
        visit::visit_generics(self, generics);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let mut imported = Module::default();
        if item.leading_colon.is_none() {
            import(&mut imported, &item.tree, Vec::new());
        }
        for path in imported.imports.values().chain(&imported.globs) {
            if !self.exists(&self.at, path, 0) {
                self.faults.insert(format!("{}: use {}", self.at.join("::"), path.join("::")));
            }
        }
    }

    fn visit_type_path(&mut self, ty: &'ast syn::TypePath) {
        self.path(&ty.path, 1);
        visit::visit_type_path(self, ty);
    }

    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        // A single name is a variable.
        self.path(&path.path, 2);
        visit::visit_expr_path(self, path);
    }

    fn visit_pat_tuple_struct(&mut self, pattern: &'ast syn::PatTupleStruct) {
        self.path(&pattern.path, 2);
        visit::visit_pat_tuple_struct(self, pattern);
    }
}

impl Walk<'_> {
    fn path(&mut self, path: &syn::Path, least: usize) {
        if path.leading_colon.is_some() || path.segments.len() < least {
            return;
        }
        let names: Vec<String> = path.segments.iter().map(|segment| plain(&segment.ident)).collect();
        let Some(first) = names.first() else { return };
        if KNOWN.contains(&first.as_str()) && !self.exists(&self.at, &names, 0) || self.generics.contains(first) {
            return;
        }
        if !self.exists(&self.at, &names, 0) {
            self.faults.insert(format!("{}: {}", self.at.join("::"), names.join("::")));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Module, Walk, module};
    use std::collections::BTreeSet;
    use syn::visit::Visit;

    fn faults(text: &str) -> Vec<String> {
        let file = syn::parse_file(text).unwrap();
        let mut root = Module::default();
        root.modules.insert("m".to_owned(), module(&file.items));
        let mut faults = BTreeSet::new();
        let mut walk = Walk { root: &root, at: vec!["m".to_owned()], generics: Vec::new(), faults: &mut faults };
        file.items.iter().for_each(|item| walk.visit_item(item));
        faults.into_iter().collect()
    }

    #[test]
    fn paths_that_exist_and_others() {
        assert!(
            faults(
                "pub struct A { b: Option<a::B>, c: Vec<a::C> } pub mod a { pub struct B; pub enum C { D(super::A) } }"
            )
            .is_empty()
        );
        assert_eq!(
            faults("pub struct A(a::B, Z); pub mod a { pub struct C(super::X); }"),
            ["m: Z", "m: a::B", "m::a: super::X"]
        );
        assert_eq!(
            faults("pub mod a { use super::b; fn f() { b::X::new(); b::Y::new(); } } pub mod b { pub struct X; }"),
            ["m::a: b::Y::new"]
        );
    }
}
