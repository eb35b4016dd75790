//! The table of methods: what the document says of each, and no code.

use crate::model::{HttpMethod, Job, Location, Method, Parameter, Style};
use crate::passes::operations;
use crate::rust::context::Context;
use crate::rust::print;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

/// The API's row, and one for each method.
pub(super) fn emit<'a>(context: &Context<'_>, methods: impl Iterator<Item = (&'a String, &'a Method)>) -> String {
    let rows: Vec<TokenStream> = methods.map(|(name, method)| row(context, name, method)).collect();
    let count = Literal::usize_unsuffixed(rows.len());
    let api = api(context);
    print::items(quote! {
        #api
        static METHODS: [::discovery_runtime::http::Method; #count] = [#(#rows),*];
    })
}

fn api(context: &Context<'_>) -> TokenStream {
    let api = context.api;
    let (name, version, root_url, service_path) = (&api.name, &api.version, &api.root_url, &api.service_path);
    let revision = api.revision.as_deref().unwrap_or_default();
    let endpoints = api.endpoints.iter().map(|e| {
        let (location, url) = (&e.location, &e.url);
        quote!((#location, #url))
    });
    let wrapper = api.data_wrapper.then(|| quote!(data_wrapper: true,));
    quote! {
        static API: ::discovery_runtime::http::Api = ::discovery_runtime::http::Api {
            name: #name,
            version: #version,
            revision: #revision,
            root_url: #root_url,
            service_path: #service_path,
            endpoints: &[#(#endpoints),*],
            #wrapper
            ..::discovery_runtime::http::Api::EMPTY
        };
    }
}

fn row(context: &Context<'_>, name: &str, method: &Method) -> TokenStream {
    let id = &method.id;
    let path = method.path.to_string();
    let positional = method.parameter_order.iter().map(|name| (name, &method.parameters[name]));
    let optional = method.parameters.iter().filter(|(name, _)| !method.parameter_order.contains(name));
    let params: Vec<_> = positional.chain(optional).map(|(name, stated)| param(name, stated)).collect();
    let scopes = &method.scopes;
    let verb = (method.http_method != HttpMethod::Get).then(|| {
        let verb = match method.http_method {
            HttpMethod::Get => "Get",
            HttpMethod::Post => "Post",
            HttpMethod::Put => "Put",
            HttpMethod::Patch => "Patch",
            HttpMethod::Delete => "Delete",
            HttpMethod::Head => "Head",
            HttpMethod::Options => "Options",
        };
        let verb = format_ident!("{verb}");
        quote!(verb: ::discovery_runtime::http::Verb::#verb,)
    });
    let params = (!params.is_empty()).then(|| quote!(params: &[#(#params),*],));
    let body = method.request.is_some().then(|| quote!(body: true,));
    let scopes = (!scopes.is_empty()).then(|| quote!(scopes: &[#(#scopes),*],));
    let api_version = method.api_version.as_ref().map(|version| quote!(api_version: #version,));
    let idempotent = method.idempotent.map(|idempotent| quote!(idempotent: Some(#idempotent),));
    let streaming = method.streaming.then(|| quote!(streaming: true,));
    let poll = poll(context, name, method).map(|poll| quote!(poll: #poll,));
    let job = job(method);
    let upload = upload(method);
    let download = method.media_download.then(|| quote!(download: true,));
    quote! {
        ::discovery_runtime::http::Method {
            id: #id,
            #verb
            path: #path,
            #params
            #body
            #scopes
            #api_version
            #idempotent
            #streaming
            #poll
            #job
            #upload
            #download
            ..::discovery_runtime::http::Method::EMPTY
        }
    }
}

/// Where what the method starts is polled, where that is told.
fn poll(context: &Context<'_>, name: &str, method: &Method) -> Option<String> {
    if let Some(job) = &method.job {
        return context.api.methods.get(&job.get).map(|get| get.path.to_string());
    }
    let operation = method.operation.as_ref()?;
    let tended = || {
        let get = operations::tending(context.api, name).get?;
        context.api.methods.get(&get).map(|get| get.path.to_string())
    };
    operation.poll.as_ref().map(ToString::to_string).or_else(tended)
}

fn job(method: &Method) -> Option<TokenStream> {
    let Job { state, succeeded, failed, error, .. } = method.job.as_ref()?;
    let error = error.as_deref().unwrap_or_default();
    Some(quote! {
        job: Some(&::discovery_runtime::http::Job {
            state: #state,
            succeeded: &[#(#succeeded),*],
            failed: &[#(#failed),*],
            error: #error,
        }),
    })
}

fn param(name: &str, stated: &Parameter) -> TokenStream {
    let joined = stated.repeated && stated.style != Style::Repeat;
    let plain = match (stated.location, stated.required) {
        (Location::Path, _) => {
            let pattern = stated.constraints.pattern.as_deref().unwrap_or_default();
            quote!(::discovery_runtime::http::Param::path(#name, #pattern))
        }
        (_, true) => quote!(::discovery_runtime::http::Param::required_query(#name)),
        (_, false) => quote!(::discovery_runtime::http::Param::query(#name)),
    };
    match stated.location {
        Location::Header => quote!(::discovery_runtime::http::Param {
            place: ::discovery_runtime::http::Place::Header, ..#plain
        }),
        Location::Query if joined => quote!(::discovery_runtime::http::Param {
            place: ::discovery_runtime::http::Place::QueryJoined, ..#plain
        }),
        _ => plain,
    }
}

fn upload(method: &Method) -> Option<TokenStream> {
    let upload = method.media_upload.as_ref()?;
    let simple = upload.simple.as_ref().map(|simple| {
        let (path, multipart) = (simple.path.to_string(), simple.multipart);
        quote!(simple: #path, multipart: #multipart,)
    });
    let resumable = upload.resumable.as_ref().map(|resumable| {
        let path = resumable.path.to_string();
        quote!(resumable: #path,)
    });
    let accept = &upload.accept;
    let max_size = upload.max_size.map(|size| {
        let size = Literal::u64_unsuffixed(size);
        quote!(max_size: #size,)
    });
    Some(quote! {
        upload: Some(&::discovery_runtime::http::Upload {
            #simple
            #resumable
            accept: &[#(#accept),*],
            #max_size
            ..::discovery_runtime::http::Upload::EMPTY
        }),
    })
}
