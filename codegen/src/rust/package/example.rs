//! An example program: a call of a method.

use super::Part;
use crate::model::{Api, HttpMethod, Location, Method, MethodName, Parameter, Type};
use crate::rust::code::{WIDTH, spaces};
use crate::rust::naming::{Names, raw};
use crate::text::rust::comment;
use crate::text::{Code, rust};
use crate::{append, code};

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
    let mut docs = Code::fixed("//!\n//! # Example\n//!\n//! ```no_run\n");
    for line in program.as_str().lines() {
        append!(docs, "//!{}\n", comment(line).spaced());
    }
    append!(docs, "//! ```\n");
    if !part.example.is_empty() {
        append!(docs, "//!\n//! With the feature `client`, `.send().await` instead of `.request()` sends it.\n");
    }
    docs
}

/// Returns the statements of an example, indented by a number of spaces.
fn statements(part: &Part, indent: usize) -> Code {
    let spaces = spaces(indent);
    if part.example.is_empty() {
        return code!("{}println!(\"{{:?}}\", Client::new());\n", spaces);
    }
    let line = code!("{}let request = Client::new(){}.request()?;\n", spaces, Code::join(&part.example, ""));
    let let_request = if line.as_str().len() <= WIDTH {
        line
    } else {
        let before = code!("\n{}    ", spaces);
        let calls: Vec<Code> = part.example.iter().map(|call| code!("{}{}", before, call)).collect();
        code!("{}let request = Client::new(){}{}.request()?;\n", spaces, Code::join(&calls, ""), before)
    };
    code!("{}{}println!(\"{{}} {{}}\", request.method(), request.uri());\n", let_request, spaces)
}

/// Returns the calls that lead to the method that needs the least, from the client on. Empty if there are no methods.
pub(super) fn calls(api: &Api, names: &Names) -> Vec<Code> {
    simplest(api).map(|(name, method)| calls_of(names, name, method)).unwrap_or_default()
}

/// Returns the method whose call needs the least: one without a body, if there is one, that reads something.
fn simplest(api: &Api) -> Option<(&String, &Method)> {
    let is_simple = |method: &Method| {
        method.request.is_none()
            && !method.deprecated
            && method.positional().all(|(_, parameter)| {
                !parameter.repeated && matches!(parameter.ty, Type::String | Type::Bool | Type::Int(_) | Type::Double)
            })
    };
    let simple = api.methods.iter().filter(|(_, method)| is_simple(method));
    simple.min_by_key(|(_, method)| (method.http_method != HttpMethod::Get, method.parameter_order.len()))
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
            let in_path = parameter.location == Location::Path;
            let pattern = parameter.constraints.pattern.as_deref().filter(|_| in_path).unwrap_or_default();
            let text = pattern.trim_start_matches('^').trim_end_matches('$');
            let text = text.replace("[^/]+", "example").replace(".*", "example");
            let is_plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_'));
            let text = if text.is_empty() || !is_plain { "example".to_owned() } else { text };
            code!("{}", rust::literal(&text))
        }
    }
}
