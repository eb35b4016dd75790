//! An example program: a call of a method.

use crate::append;
use crate::code;
use crate::model::{Api, HttpMethod, Location, Method, MethodName, Parameter, Type};
use crate::rust::naming::{Names, raw};
use crate::text::{Code, rust};

/// Returns a program that prints the request of a call. `client` is the path of the module of the client.
pub fn example(api: &Api, names: &Names, client: &Code) -> Code {
    let call = simplest(api).map(|(name, method)| call(names, name, method));
    let mut text = Code::default();
    append!(text, "//! Prints the request of a call.\n\nuse {}::Client;\n\n", client);
    append!(text, "fn main() -> Result<(), Box<dyn std::error::Error>> {{\n");
    match call {
        Some(call) => {
            append!(text, "    let request = Client::new(){}.request()?;\n", call);
            append!(text, "    println!(\"{{}} {{}}\", request.method(), request.uri());\n");
        }
        None => append!(text, "    println!(\"{{:?}}\", Client::new());\n"),
    }
    append!(text, "    Ok(())\n}}\n");
    text
}

/// Returns the method whose call needs the least: one without a body, if there is one, that reads something.
fn simplest(api: &Api) -> Option<(&String, &Method)> {
    let is_simple = |method: &Method| {
        method.request.is_none()
            && !method.deprecated
            && required(method).all(|(_, parameter)| {
                !parameter.repeated && matches!(parameter.ty, Type::String | Type::Bool | Type::Int(_) | Type::Double)
            })
    };
    let simple = api.methods.iter().filter(|(_, method)| is_simple(method));
    simple.min_by_key(|(_, method)| (method.http_method != HttpMethod::Get, method.parameter_order.len()))
}

fn required(method: &Method) -> impl Iterator<Item = (&String, &Parameter)> {
    method.parameter_order.iter().filter_map(|name| method.parameters.get_key_value(name))
}

/// Returns the call of a method, from the client on.
fn call(names: &Names, name: &str, method: &Method) -> Code {
    let mut text = Code::default();
    let resource = MethodName(name).resource();
    let ends = resource.match_indices('.').map(|(at, _)| at).chain((!resource.is_empty()).then_some(resource.len()));
    for end in ends {
        let function = resource.get(..end).map_or("", |part| names.resource_function(part));
        append!(text, ".{}()", raw(function));
    }
    let arguments: Vec<Code> = required(method).map(|(_, parameter)| argument(parameter)).collect();
    append!(text, ".{}({})", raw(names.method_function(name)), Code::join(&arguments, ", "));
    text
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
