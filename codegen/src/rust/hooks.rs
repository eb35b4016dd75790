//! Changes to generated items that users ask for: attributes, derives, types of their own, the path of the runtime.

use crate::append;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::pattern::Pattern;
use crate::model::{Api, Shape};
use crate::text::{Code, rust};
use quote::quote;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use syn::parse::Parser;

/// Changes to generated items.
#[derive(Clone, Debug, Default)]
pub struct Hooks {
    /// Path of the runtime, instead of `::discovery_runtime`: `::rt`.
    pub runtime: Option<String>,
    /// Changes to types of schemas and unions.
    pub types: Vec<TypeHook>,
}

/// Changes to the types of some schemas and unions.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TypeHook {
    /// Patterns of the schemas, `TunedModel`, and unions, `TunedModel.source_model`, as `inspect` lists them.
    pub types: Vec<String>,
    /// Paths of traits to derive.
    #[serde(default)]
    pub derive: Vec<String>,
    /// Attributes, `#[must_use]`.
    #[serde(default)]
    pub attributes: Vec<String>,
    /// Path of a type that is used in place of the generated one, which is not generated.
    pub replace: Option<String>,
}

/// Hooks whose paths, attributes and patterns are valid.
#[derive(Clone, Debug, Default)]
pub(crate) struct Checked {
    runtime: Option<Code>,
    types: Vec<CheckedType>,
    /// Positions in `types` of the hooks of a schema or union.
    by_name: HashMap<String, Vec<usize>>,
}

#[derive(Clone, Debug)]
struct CheckedType {
    attributes: Code,
    replace: Option<Code>,
}

impl Hooks {
    /// Checks the hooks.
    ///
    /// # Errors
    /// Invalid paths, attributes and patterns, and patterns that match no type of the API.
    pub(crate) fn check(&self, api: &Api) -> Result<Checked, Diagnostics> {
        let mut faults = Diagnostics::default();
        let mut checked = Checked::default();
        if let Some(runtime) = &self.runtime {
            match runtime_path(runtime) {
                Ok(path) => checked.runtime = Some(path),
                Err(fault) => faults.push(fault),
            }
        }
        let names = names(api);
        for hook in &self.types {
            match hook.check(api, &names) {
                Ok((hook, matching)) => {
                    for name in matching {
                        checked.by_name.entry(name.to_owned()).or_default().push(checked.types.len());
                    }
                    checked.types.push(hook);
                }
                Err(errors) => faults.0.extend(errors.0),
            }
        }
        if faults.has_errors() { Err(faults) } else { Ok(checked) }
    }
}

impl TypeHook {
    /// Returns the hook with the names that it matches.
    fn check<'n>(
        &self,
        api: &Api,
        names: &'n BTreeSet<String>,
    ) -> Result<(CheckedType, BTreeSet<&'n str>), Diagnostics> {
        let mut matching = BTreeSet::new();
        for text in &self.types {
            let pattern = Pattern::parse(text).map_err(Diagnostic::error)?;
            let found: Vec<&str> = match pattern.name() {
                Some(name) => names.get(name).into_iter().map(String::as_str).collect(),
                None => names.iter().map(String::as_str).filter(|name| pattern.matches(name)).collect(),
            };
            if found.is_empty() {
                let fault = Diagnostic::error(format!("the hook's pattern `{text}` matches no schema and no union"));
                return Err(fault.suggest(text, names.iter().map(String::as_str)).into());
            }
            matching.extend(found);
        }
        if matching.is_empty() {
            return Err(Diagnostic::error("a hook has no `types`").into());
        }
        let replace = self.replace.as_deref().map(path).transpose()?;
        if replace.is_some() {
            for name in matching.iter().copied() {
                match api.shape(name) {
                    None => {
                        let message = format!("the union `{name}` cannot be replaced by another type");
                        return Err(Diagnostic::error(message).into());
                    }
                    Some(Shape::Alias(_)) => {
                        let fault = Diagnostic::error(format!("the alias `{name}` cannot be replaced by another type"));
                        return Err(fault.help("name the schema that it is an alias of").into());
                    }
                    Some(_) => {}
                }
            }
        }
        Ok((CheckedType { attributes: self.attributes()?, replace }, matching))
    }

    /// Returns the attributes, each on its line.
    fn attributes(&self) -> Result<Code, Diagnostic> {
        let derives = self.derive.iter().map(|text| {
            let path: syn::Path = syn::parse_str(text).map_err(|error| invalid("derive", text, &error))?;
            Ok(quote!(#path))
        });
        let derives = derives.collect::<Result<Vec<_>, Diagnostic>>()?;
        let derive = (!derives.is_empty()).then(|| quote!(#[derive(#(#derives),*)]));
        let mut attributes = Vec::new();
        for text in &self.attributes {
            if !text.trim_start().starts_with("#[") {
                let error = Diagnostic::error(format!("invalid attribute `{text}` of a hook: expected `#[…]`"));
                return Err(error.help(format!("for example `#[{}]`", text.trim())));
            }
            let parsed = syn::Attribute::parse_outer.parse_str(text);
            attributes.extend(parsed.map_err(|error| invalid("attribute", text, &error))?);
        }
        // Formatted as those of an item, which is removed again.
        let item = rust::items(quote! { #derive #(#attributes)* struct Item; })
            .map_err(|error| invalid("attribute", &self.attributes.join(" "), &error))?;
        let mut lines = item;
        let end = lines.as_str().rfind("struct Item").unwrap_or_default();
        lines.truncate(end);
        Ok(lines)
    }
}

/// Returns the names of schemas and unions.
fn names(api: &Api) -> BTreeSet<String> {
    let unions = api.schemas.iter().flat_map(|(name, schema)| {
        let unions = match &schema.shape {
            Shape::Message(message) => message.unions.keys().map(|union| format!("{name}.{union}")).collect(),
            Shape::Enum(_) | Shape::Alias(_) | Shape::OneOf(_) => Vec::new(),
        };
        std::iter::once(name.clone()).chain(unions)
    });
    unions.collect()
}

/// Checks the path of the runtime.
///
/// # Errors
/// A text that is not a path.
#[cfg(feature = "cli")]
pub(crate) fn check_runtime(text: &str) -> Result<(), Diagnostic> {
    runtime_path(text).map(drop)
}

fn runtime_path(text: &str) -> Result<Code, Diagnostic> {
    rust::path(text).map_err(|error| {
        let error = Diagnostic::error(format!("invalid path `{text}` of the runtime: {error}"));
        error.help("for example `::rt` or `crate::runtime`")
    })
}

fn path(text: &str) -> Result<Code, Diagnostic> {
    rust::path(text).map_err(|error| invalid("path", text, &error))
}

fn invalid(kind: &str, text: &str, error: &syn::Error) -> Diagnostic {
    Diagnostic::error(format!("invalid {kind} `{text}` of a hook: {error}"))
}

impl Checked {
    fn of(&self, name: &str) -> impl Iterator<Item = &CheckedType> + use<'_> {
        self.by_name.get(name).into_iter().flatten().filter_map(|position| self.types.get(*position))
    }

    /// Returns the additional attributes of a schema or union.
    pub(super) fn attributes(&self, name: &str) -> Code {
        let mut all = Code::default();
        self.of(name).for_each(|hook| append!(all, "{}", hook.attributes));
        all
    }

    /// Returns the type that is used in place of that of a schema.
    pub(super) fn replacement(&self, schema: &str) -> Option<&Code> {
        self.of(schema).find_map(|hook| hook.replace.as_ref())
    }

    /// Returns code with the configured path of the runtime.
    pub(super) fn with_runtime(&self, code: Code) -> Code {
        match &self.runtime {
            Some(path) => rust::replace(&code, "::discovery_runtime", path),
            None => code,
        }
    }
}
