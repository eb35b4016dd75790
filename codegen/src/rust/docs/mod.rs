//! Descriptions as docs for rustdoc: no raw HTML, no accidental doctests, links to other items.

mod commonmark;
mod markdown;

use super::code::spaces;
use super::context::Context;
use super::structs::has_pages;
use super::types;
use crate::append;
use crate::model::{
    Alternative, Behavior, CallKind, Constraints, DefinedIn, EnumValue, FactSource, Field, Method, MethodName,
    Parameter, Schema, Type, Union,
};
use crate::rust::naming::raw;
use crate::text::Code;
use crate::text::markdown::code;
use crate::text::rust::{Comment, comment};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use std::fmt::Write;

/// Lines of docs, each with a leading space.
pub(super) struct Docs(Vec<Comment>);

impl Docs {
    /// Writes the lines as comments, indented by a number of spaces.
    pub(super) fn write(&self, out: &mut Code, indent: usize) {
        for line in &self.0 {
            append!(out, "{}///{}\n", spaces(indent), line);
        }
    }
}

impl ToTokens for Docs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let lines = &self.0;
        tokens.extend(quote! { #(#[doc = #lines])* });
    }
}

/// Returns the docs of the item of a schema.
pub(super) fn of_schema(context: &Context<'_>, name: &str, schema: &Schema, module: &[String]) -> Docs {
    let doc = schema.doc.as_deref().filter(|doc| !doc.trim().is_empty());
    let doc = doc.map_or_else(|| declaration(name, &schema.defined_in), str::to_owned);
    lines(context, [doc, constraints(&schema.constraints).join(" ")], module)
}

/// Returns a description of a schema without one: the place of its declaration.
fn declaration(name: &str, defined_in: &DefinedIn) -> String {
    match defined_in {
        DefinedIn::TopLevel | DefinedIn::OtherBody { .. } => format!("{}.", span(name)),
        DefinedIn::Field { schema, field } => format!("Type of the property {} of {}.", span(field), span(schema)),
        DefinedIn::Element { schema } => format!("Type of the elements of {}.", span(schema)),
        DefinedIn::AdditionalProperties { schema } => format!("Type of the additional properties of {}.", span(schema)),
        DefinedIn::Alternative { schema, alternative } => {
            format!("Alternative {} of {}.", span(alternative), span(schema))
        }
        DefinedIn::Parameter { method, parameter } => {
            format!("Type of the parameter {} of {}.", span(parameter), span(method))
        }
        DefinedIn::RequestBody { method } => format!("Request body of {}.", span(method)),
        DefinedIn::ResponseBody { method } => format!("Response body of {}.", span(method)),
        DefinedIn::ErrorBody { method, error } => format!("Body of the {error} of {}.", span(method)),
    }
}

/// Returns the docs of the field of a property.
pub(super) fn of_field(context: &Context<'_>, property: &str, field: &Field, module: &[String]) -> Docs {
    lines(context, [described(property, field.doc.as_deref()), facts(field)], module)
}

/// Returns the docs of the member of a union.
pub(super) fn of_member(
    context: &Context<'_>,
    member: &str,
    field: &Field,
    source: Option<&FactSource>,
    module: &[String],
) -> Docs {
    let source = source.map(stated_by);
    lines(context, [described(member, field.doc.as_deref()), facts(field), source.unwrap_or_default()], module)
}

/// Returns the docs of the field of a union.
pub(super) fn of_union_field(
    context: &Context<'_>,
    name: &str,
    union_name: &str,
    union: &Union,
    module: &[String],
) -> Docs {
    let path = context.path(&context.names.union(context.api, name, union_name), module);
    let doc =
        union.doc.clone().unwrap_or_else(|| format!("Union {}: at most one of its members is set.", span(union_name)));
    let members: Vec<String> = union.members.iter().map(|member| span(member)).collect();
    let members = format!("Members: {}. See", members.join(", "));
    let mut docs = lines(context, [doc], module);
    docs.0.extend([comment(""), comment(format!("{members} [`{}`].", linked(&path))).spaced()]);
    docs
}

/// Returns the docs of the enum of a union.
pub(super) fn of_union(context: &Context<'_>, schema: &str, name: &str, union: &Union, module: &[String]) -> Docs {
    let doc = union
        .doc
        .clone()
        .unwrap_or_else(|| format!("Union {} of {}: at most one of these members is set.", span(name), span(schema)));
    lines(context, [doc, stated_by(&union.source)], module)
}

/// Returns the docs of the variant of an enum.
pub(super) fn of_value(context: &Context<'_>, value: &EnumValue, module: &[String]) -> Docs {
    lines(context, [described(&value.name, value.doc.as_deref())], module)
}

/// Returns the docs of the alternative of a choice.
pub(super) fn of_alternative(context: &Context<'_>, alternative: &Alternative, module: &[String]) -> Docs {
    let fallback = match &alternative.ty {
        Type::Schema(name) => name,
        _ => &alternative.name,
    };
    lines(context, [described(fallback, alternative.doc.as_deref())], module)
}

/// Returns the docs of a method of a resource's handle.
///
/// A method of several resources is called on a handle; any other one from the client on.
pub(super) fn of_method(
    context: &Context<'_>,
    name: &str,
    method: &Method,
    of_several: bool,
    module: &[String],
) -> Docs {
    let call = span(&format!("{} {}", method.http_method.as_str(), method.path));
    let usage = sending(context, method, &usage(context, name, method, of_several));
    let mut parameters = Vec::new();
    for name in &method.parameter_order {
        let doc = method.parameters.get(name).and_then(|parameter| parameter.doc.as_deref());
        let doc = doc.map(|doc| format!(": {}", first_paragraph(doc))).unwrap_or_default();
        parameters.push(format!("- {}{doc}", span(name)));
    }
    let scopes = match method.scopes.as_slice() {
        [] => String::new(),
        [scope] => format!("Requires the scope {}.", span(scope)),
        scopes => {
            let scopes: Vec<String> = scopes.iter().map(|scope| span(scope)).collect();
            format!("Requires one of the scopes {}.", scopes.join(", "))
        }
    };
    let errors = errors(context, method, module);
    let tags: Vec<String> = method.tags.iter().map(|tag| span(tag)).collect();
    let tags = if tags.is_empty() { String::new() } else { format!("Tags: {}.", tags.join(", ")) };
    let doc = method.doc.clone().filter(|doc| !doc.trim().is_empty());
    let (doc, call) = match doc {
        Some(doc) => (doc, call),
        None => (format!("{call}."), String::new()),
    };
    let mut docs = lines(context, [doc, call, usage, parameters.join("\n"), scopes, tags], module);
    docs.0.extend(errors);
    docs
}

/// Returns the types of error bodies by status, in an own paragraph.
fn errors(context: &Context<'_>, method: &Method, module: &[String]) -> Vec<Comment> {
    let mut types: Vec<(Code, Vec<&str>)> = Vec::new();
    for (status, ty) in method.errors() {
        let ty = match context.api.resolve(ty) {
            ty @ Type::Schema(_) => types::element(context, ty, module),
            _ => continue,
        };
        match types.iter_mut().find(|(known, _)| known.as_str() == ty.as_str()) {
            Some((_, statuses)) => statuses.push(status),
            None => types.push((ty, vec![status])),
        }
    }
    let is_only = types.iter().all(|(_, statuses)| statuses.iter().all(|status| *status == "default"));
    let listed: Vec<String> = types
        .iter()
        .map(|(ty, statuses)| {
            let statuses = statuses.iter().map(|status| match *status {
                "default" if is_only => "all error statuses".to_owned(),
                "default" => "other statuses".to_owned(),
                status => span(status),
            });
            format!("[`{}`] ({})", linked(ty), statuses.collect::<Vec<_>>().join(", "))
        })
        .collect();
    match listed.is_empty() {
        true => Vec::new(),
        false => vec![comment(""), comment(format!("Error bodies: {}.", listed.join(", "))).spaced()],
    }
}

/// Returns the line that shows how a call is sent.
fn sending(context: &Context<'_>, method: &Method, call: &str) -> String {
    let (way, other) = match method.kind() {
        CallKind::Unary if has_pages(context, method) => (".items()", "`.send().await` for one page"),
        CallKind::Unary => (".send().await", ""),
        CallKind::Stream => (".stream()", ""),
        CallKind::Operation => (".poller().wait().await", "`.send().await`, which does not wait"),
        CallKind::Upload => (".upload(media).send().await", "`.send().await` without a file"),
        CallKind::Download if method.response.is_some() && !method.returns_http_body => {
            (".send().await", "`.download().await` for the file")
        }
        CallKind::Download => (".send().await", "`.download().await` for a stream of the content"),
    };
    let other = if other.is_empty() { String::new() } else { format!(", or {other}") };
    let redirect = if method.returns_redirect() { " The redirect is returned, and not followed." } else { "" };
    format!("Usage: {}{other}.{redirect}", span(&format!("{call}{way}")))
}

/// Returns the expression that calls a method: `client.models().get(name)`, or `operations.get(name)` of a method of
/// several resources.
fn usage(context: &Context<'_>, name: &str, method: &Method, of_several: bool) -> String {
    let resource = MethodName(name).resource();
    let mut chain = String::from("client");
    if of_several {
        chain = raw(context.names.resource_function(resource)).to_string();
    } else {
        for function in context.names.functions_to(resource) {
            let _ = write!(chain, ".{}()", raw(function));
        }
    }
    let parameters = method.parameter_order.iter().map(|parameter| context.names.parameter(name, parameter));
    let body = method.request.as_ref().filter(|_| !method.request_optional).map(|_| context.names.body(name));
    let arguments: Vec<String> = parameters.chain(body).map(|argument| raw(argument).to_string()).collect();
    format!("{chain}.{}({})", raw(context.names.method_function(name)), arguments.join(", "))
}

/// Returns the docs of the setter of an optional parameter.
pub(super) fn of_parameter(context: &Context<'_>, name: &str, parameter: &Parameter, module: &[String]) -> Docs {
    let facts = constraints(&parameter.constraints).join(" ");
    lines(context, [described(name, parameter.doc.as_deref()), facts], module)
}

/// Returns the first line of an API's docs.
#[cfg(feature = "cli")]
pub(super) fn of_api(title: &str, id: &str) -> Comment {
    comment(format!("{}, {}.", plain(title), span(id)))
}

/// Returns the line of a crate's docs that lists the module of an API.
#[cfg(feature = "cli")]
pub(super) fn of_module(module: &str, feature: &str, title: &str, id: &str) -> Comment {
    comment(format!("- {}, feature {}: {}, {}.", span(module), span(feature), plain(title), span(id)))
}

/// Returns the docs of an API's client.
pub(super) fn of_client(title: &str, id: &str) -> Docs {
    one(format!("Client of the {}, {}.", plain(title), span(id)))
}

/// Returns the docs of a resource's module.
pub(super) fn of_resource_module(resource: &str) -> Docs {
    one(format!("Methods of {}.", span(resource)))
}

/// Returns the docs of the function for a resource's handle.
pub(super) fn of_resource(resource: &str) -> Docs {
    one(format!("Returns the resource {}.", span(resource)))
}

/// Returns the docs of a resource's handle, with links to its methods and to the functions for nested resources.
pub(super) fn of_handle<'a>(
    resource: &str,
    methods: impl Iterator<Item = &'a str>,
    nested: impl Iterator<Item = &'a str>,
) -> Docs {
    let mut docs = one(format!("Resource {}.", span(resource)));
    for (kind, functions) in
        [("Methods", &mut { methods } as &mut dyn Iterator<Item = &str>), ("Resources", &mut { nested })]
    {
        let links: Vec<String> = functions.map(|function| format!("[`{function}`](Self::{function})")).collect();
        if !links.is_empty() {
            docs.0.extend([comment(""), comment(format!("{kind}: {}.", links.join(", "))).spaced()]);
        }
    }
    docs
}

/// Returns the docs of a call.
pub(super) fn of_call(handle: &Ident, function: &Ident) -> Docs {
    one(format!("Call of [`{}::{}`].", unraw(handle), unraw(function)))
}

/// Returns the docs of the function that returns a handle to a call's operation or job.
pub(super) fn of_operation(function: &Ident, is_job: bool) -> Docs {
    let (started, its) = if is_job { ("a job", "job") } else { ("an operation", "operation") };
    let function = unraw(function);
    one(format!(
        "Returns a handle to {started} that a call of [`{function}`](Self::{function}) started earlier, by the {its}'s name."
    ))
}

/// Returns the docs of the module of types that are nested in a type.
pub(super) fn of_schema_module(ident: &Ident) -> Docs {
    one(format!("Unions, enums and messages nested in [`{}`].", unraw(ident)))
}

/// Returns the docs of the module of types that are nested in a type that is not generated.
pub(super) fn of_base_module() -> Docs {
    one("Enums and messages nested in a base of other types.".to_owned())
}

/// Returns the docs of a message's constructor.
pub(super) fn of_constructor(arguments: &[&str], constants: &[(&str, &str)]) -> Docs {
    let constants: Vec<String> =
        constants.iter().map(|(name, value)| format!("{} to {}", span(name), span(value))).collect();
    let takes = if arguments.is_empty() { "Creates a message" } else { "Creates a message with its required fields" };
    one(match constants.is_empty() {
        true => format!("{takes}."),
        false => format!("{takes}, and sets {}.", constants.join(", ")),
    })
}

/// Returns the docs of a field's setter; with a member, of the setter of that member of a union.
pub(super) fn of_setter(field: &Ident, member: Option<&str>) -> Docs {
    let member = member.map(|member| format!(" to its member {}", span(member))).unwrap_or_default();
    one(format!("Sets [`{0}`](Self::{0}){member}.", unraw(field)))
}

/// Returns the docs of the setter of `null`.
pub(super) fn of_null_setter(field: &Ident, member: Option<&str>) -> Docs {
    let field = unraw(field);
    one(match member {
        Some(member) => format!("Sends {} as `null`, and unsets [`{field}`](Self::{field}).", span(member)),
        None => format!("Sets [`{field}`](Self::{field}) to `null`, which is sent, unlike an unset field."),
    })
}

/// Returns the docs of the accessor of a union's member.
pub(super) fn of_accessor(member: &str) -> Docs {
    one(format!("Returns the member {}, if it is set.", span(member)))
}

/// Returns docs of one line.
fn one(line: String) -> Docs {
    Docs(vec![comment(line).spaced()])
}

/// Returns a text of one line with accidental markup escaped.
fn plain(text: &str) -> String {
    markdown::lines(text, &|_| None).concat()
}

/// Returns an identifier as in rustdoc's links: keywords without `r#`.
fn unraw(ident: &Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

fn described(name: &str, doc: Option<&str>) -> String {
    match doc.filter(|doc| !doc.trim().is_empty()) {
        Some(doc) => doc.to_owned(),
        None => format!("{}.", span(name)),
    }
}

fn first_paragraph(doc: &str) -> String {
    doc.split("\n\n").next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns facts about a property that its description does not state.
fn facts(field: &Field) -> String {
    let words = |behavior: &Behavior| match behavior {
        Behavior::Required => "Required.",
        Behavior::Optional => "Optional.",
        Behavior::OutputOnly => "Output only.",
        Behavior::InputOnly => "Input only.",
        Behavior::Immutable => "Immutable.",
    };
    let doc = field.doc.as_deref().unwrap_or_default();
    let mut facts: Vec<String> =
        field.behavior.iter().map(words).filter(|words| !doc.contains(words)).map(str::to_owned).collect();
    facts.extend(constraints(&field.constraints));
    if !field.required_by.is_empty() {
        facts.push(format!("Required by {}.", spans(&field.required_by)));
    }
    facts.join(" ")
}

/// Returns texts as code, separated by commas.
fn spans<'t>(texts: impl IntoIterator<Item = &'t String>) -> String {
    texts.into_iter().map(|text| span(text)).collect::<Vec<_>>().join(", ")
}

fn constraints(constraints: &Constraints) -> Vec<String> {
    let mut out = Vec::new();
    let mut value = |words: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            out.push(format!("{words} {}.", span(value)));
        }
    };
    value("Default", constraints.default.as_deref());
    value("Pattern", constraints.pattern.as_deref());
    value("Format", constraints.format.as_deref());
    value("Media type", constraints.media_type.as_deref());
    for (bound, inclusive, exclusive) in
        [(&constraints.minimum, "At least", "Greater than"), (&constraints.maximum, "At most", "Less than")]
    {
        let words = if bound.as_ref().is_some_and(|bound| bound.exclusive) { exclusive } else { inclusive };
        value(words, bound.as_ref().map(|bound| bound.value.as_str()));
    }
    value("Multiple of", constraints.multiple_of.as_deref());
    let counts = [
        ("At least", constraints.min_length, "character"),
        ("At most", constraints.max_length, "character"),
        ("At least", constraints.min_items, "element"),
        ("At most", constraints.max_items, "element"),
        ("At least", constraints.min_properties, "property"),
        ("At most", constraints.max_properties, "property"),
    ];
    for (words, count, unit) in counts {
        if let Some(count) = count {
            let unit = match (count, unit) {
                (1, unit) => unit.to_owned(),
                (_, "property") => "properties".to_owned(),
                (_, unit) => format!("{unit}s"),
            };
            out.push(format!("{words} {count} {unit}."));
        }
    }
    if constraints.unique_items {
        out.push("Without duplicates.".to_owned());
    }
    if !constraints.known_values.is_empty() {
        out.push(format!("{} or others.", spans(&constraints.known_values)));
    }
    if !constraints.values.is_empty() {
        out.push(format!("One of {}.", spans(&constraints.values)));
    }
    if let Some(items) = &constraints.items {
        out.extend(self::constraints(items).into_iter().map(|fact| format!("Each element: {fact}")));
    }
    out
}

/// Returns a code span.
fn span(text: &str) -> String {
    code(text).into_string()
}

/// Returns the source of the fact that properties form a union.
fn stated_by(source: &FactSource) -> String {
    use crate::model::FactSourceKind;
    let reference = span(&source.reference);
    match source.kind {
        FactSourceKind::Proto => format!("Declared as a oneof in the proto {reference}."),
        FactSourceKind::Reference => format!("Described as a union in the reference documentation, {reference}."),
        FactSourceKind::Document => format!("Stated as a union by the API's document ({reference})."),
        FactSourceKind::Manual => format!("Stated as a union by the maintainers of these bindings ({reference})."),
    }
}

/// Returns a path as in rustdoc's links: keywords without `r#`.
fn linked(path: &Code) -> String {
    path.as_str().replace("r#", "")
}

/// Returns paragraphs as docs.
fn lines<const N: usize>(context: &Context<'_>, paragraphs: [String; N], module: &[String]) -> Docs {
    let link = |name: &str| {
        let is_generated = context.api.schemas.contains_key(name) && context.hooks.replacement(name).is_none();
        let shape = is_generated.then(|| context.names.schema(context.api, name))?;
        Some(linked(&context.path(&shape, module)))
    };
    let mut out: Vec<String> = Vec::new();
    for paragraph in paragraphs.iter().filter(|paragraph| !paragraph.trim().is_empty()) {
        if !out.is_empty() {
            out.push(String::new());
        }
        match context.api.third_party {
            true => out.extend(commonmark::lines(paragraph)),
            false => out.extend(markdown::lines(paragraph, &link)),
        }
    }
    Docs(out.into_iter().map(|line| comment(line).spaced()).collect())
}

#[cfg(test)]
mod tests {
    use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

    /// Checks that rustdoc compiles nothing of these lines: every block of code is fenced and marked as text.
    #[track_caller]
    pub(super) fn assert_no_doctest(lines: &[String]) {
        let text = lines.join("\n");
        for event in Parser::new_ext(&text, Options::all()) {
            if let Event::Start(Tag::CodeBlock(kind)) = event {
                assert!(
                    matches!(&kind, CodeBlockKind::Fenced(language) if &**language == "text"),
                    "{kind:?} in {text}"
                );
            }
        }
    }
}
