//! An example program: a call of a method.

use super::Part;
use crate::model::{Api, CallKind, HttpMethod, Method, MethodName, Parameter, ParameterLocation, Type};
use crate::rust::code::{WIDTH, spaces};
use crate::rust::naming::{Names, raw};
use crate::text::rust::comment;
use crate::text::{Code, rust};
use crate::{append, code};

/// Call of a method.
#[derive(Clone, Debug, Default)]
pub(crate) struct Example {
    /// Calls of functions, from the client on: `.pets()` and `.get("example")`. Empty if there are no methods.
    calls: Vec<Code>,
    /// Calls that send it in place of `.request()`.
    send: &'static str,
}

/// Returns a program that prints the request of a part's example. `client` is the path of the module of the client.
pub(crate) fn program(part: &Part, client: &Code) -> Code {
    code!(
        "//! Prints the request of a call.\n\nuse {}::Client;\n\n\
         fn main() -> Result<(), Box<dyn std::error::Error>> {{\n{}    Ok(())\n}}\n",
        client,
        statements(part, 4),
    )
}

/// Returns the lines of a module's docs that show a part's example. `client` is the path of the module of the client.
pub(super) fn docs(part: &Part, client: &Code) -> Code {
    let program =
        code!("use {}::Client;\n\n{}# Ok::<(), Box<dyn std::error::Error>>(())\n", client, statements(part, 0),);
    code!("//!\n//! # Example\n//!\n{}{}", no_run(&program), how_to_send(part))
}

/// Returns the lines of a crate's docs that show the example of a part behind a feature.
pub(super) fn docs_of_feature(part: &Part, client: &Code) -> Code {
    // Doctests run with any features.
    let program = code!(
        "# #[cfg(feature = {})]\n# {{\nuse {}::Client;\n\n{}# }}\n# Ok::<(), Box<dyn std::error::Error>>(())\n",
        rust::literal(&part.feature()),
        client,
        statements(part, 0),
    );
    let intro = code!("With the feature `{}`:", comment(part.feature()));
    code!("//!\n//! # Example\n//!\n//! {}\n//!\n{}{}", intro, no_run(&program), how_to_send(part))
}

/// Returns a program as a block of a module's docs.
fn no_run(program: &Code) -> Code {
    let mut docs = Code::fixed("//! ```no_run\n");
    for line in program.as_str().lines() {
        append!(docs, "//!{}\n", comment(line).spaced());
    }
    append!(docs, "//! ```\n");
    docs
}

/// Returns the sentence of a module's docs that states how to send the request of the example.
fn how_to_send(part: &Part) -> Code {
    match part.example.calls.is_empty() {
        true => Code::default(),
        false => {
            code!("//!\n//! With the feature `client`, `{}` instead of `.request()` sends it.\n", part.example.send)
        }
    }
}

/// Returns the statements of an example, indented by a number of spaces.
fn statements(part: &Part, indent: usize) -> Code {
    let spaces = spaces(indent);
    if part.example.calls.is_empty() {
        return code!("{}println!(\"{{:?}}\", Client::new());\n", spaces);
    }
    let line = code!("{}let request = Client::new(){}.request()?;\n", spaces, Code::join(&part.example.calls, ""));
    let let_request = if line.as_str().len() <= WIDTH {
        line
    } else {
        let before = code!("\n{}    ", spaces);
        let calls: Vec<Code> = part.example.calls.iter().map(|call| code!("{}{}", before, call)).collect();
        code!("{}let request = Client::new(){}{}.request()?;\n", spaces, Code::join(&calls, ""), before)
    };
    code!("{}{}println!(\"{{}} {{}}\", request.method(), request.uri());\n", let_request, spaces)
}

impl Example {
    /// Returns `true` if the example has no call.
    pub(super) fn is_empty(&self) -> bool {
        self.calls.is_empty()
    }

    /// Returns a call of the method that needs the least.
    pub(super) fn of(api: &Api, names: &Names) -> Self {
        let Some((name, method)) = simplest(api) else { return Self::default() };
        let send = if method.kind() == CallKind::Stream { ".stream()" } else { ".send().await" };
        Self { calls: calls_of(names, name, method), send }
    }
}

/// Returns the method whose call needs the least: one without a body, and if there are such, one with a single
/// response, that reads something, and that is not a file.
fn simplest(api: &Api) -> Option<(&String, &Method)> {
    let is_simple = |method: &Method| {
        method.request.is_none()
            && !method.deprecated
            && method.positional().all(|(_, parameter)| {
                !parameter.repeated && matches!(parameter.ty, Type::String | Type::Bool | Type::Int(_) | Type::Double)
            })
    };
    let simple = api.methods.iter().filter(|(_, method)| is_simple(method));
    simple.min_by_key(|(_, method)| {
        let is_read = method.http_method == HttpMethod::Get;
        (method.kind() == CallKind::Stream, !is_read, method.returns_file(), method.parameter_order.len())
    })
}

/// Returns the calls that lead to a method, from the client on.
fn calls_of(names: &Names, name: &str, method: &Method) -> Vec<Code> {
    let functions = names.functions_to(MethodName(name).resource()).into_iter();
    let mut calls: Vec<Code> = functions.map(|function| code!(".{}()", raw(function))).collect();
    let arguments: Vec<Code> = method.positional().map(|(_, parameter)| argument(parameter)).collect();
    calls.push(code!(".{}({})", raw(names.method_function(name)), Code::join(&arguments, ", ")));
    calls
}

/// Returns an argument that a parameter accepts.
fn argument(parameter: &Parameter) -> Code {
    match &parameter.ty {
        Type::Bool => Code::fixed("true"),
        Type::Int(_) => Code::fixed("1"),
        Type::Double => Code::fixed("1.0"),
        _ => {
            let in_path = parameter.location == ParameterLocation::Path;
            let pattern = parameter.constraints.pattern.as_deref().filter(|_| in_path).unwrap_or_default();
            let text = pattern.trim_start_matches('^').trim_end_matches('$');
            let text = text.replace("[^/]+", "example").replace(".*", "example");
            let is_plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_'));
            let text = if text.is_empty() || !is_plain { "example".to_owned() } else { text };
            code!("{}", rust::literal(&text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parser;
    use crate::source::Source;
    use std::sync::Arc;

    fn example(paths: &str) -> (String, &'static str) {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: v1}}\nservers: [{{url: https://a.example.com}}]\npaths:\n{paths}"
        );
        let api = parser::read(&Arc::new(Source::new("t.yaml", text))).unwrap();
        let example = Example::of(&api, &Names::of(&api, &Names::default()));
        (Code::join(&example.calls, "").into_string(), example.send)
    }

    #[test]
    fn the_example_can_be_sent_as_its_docs_say() {
        let events = "  /events: {get: {operationId: events.list, responses: {'200': {description: '', content: {text/event-stream: {schema: {type: string}}}}}}}\n";
        let photo = "  /photo: {get: {operationId: photos.get, responses: {'200': {description: '', content: {image/png: {schema: {type: string, format: binary}}}}}}}\n";
        let pet = "  /pets/{id}: {get: {operationId: pets.get, parameters: [{name: id, in: path, required: true, schema: {type: integer}}], responses: {'200': {description: '', content: {application/json: {schema: {type: object}}}}}}}\n";
        let delete = "  /pets: {delete: {operationId: pets.delete, responses: {'204': {description: ''}}}}\n";
        let all = [events, photo, delete, pet];
        assert_eq!(example(&all.concat()), (".pets().get(1)".to_owned(), ".send().await"));
        assert_eq!(example(&all[..3].concat()), (".photos().get()".to_owned(), ".send().await"));
        assert_eq!(example(&[events, delete].concat()), (".pets().delete()".to_owned(), ".send().await"));
        assert_eq!(example(events), (".events().list()".to_owned(), ".stream()"));
        assert_eq!(example("  {}\n"), (String::new(), ""));
    }
}
