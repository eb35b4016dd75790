//! Request bodies: types of arguments, and code that passes them to the runtime.

use super::parameter::setter_name;
use crate::model::{BodyForm, Method};
use crate::rust::context::Context;
use crate::rust::naming::raw;
use crate::rust::types;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// Returns the setter of a body that the document allows to omit.
pub(super) fn setter(context: &Context<'_>, name: &str, method: &Method, module: &[String]) -> Option<TokenStream> {
    let ty = method.request.as_ref().filter(|_| method.request_optional)?;
    let ident = format_ident!("{}", setter_name(context.names.body(name)));
    let argument = raw("value");
    let (ty, set) = (types::body(context, method, ty, module), set(method, &argument));
    Some(quote! {
        #[doc = " Sets the request body. Without one, none is sent."]
        #[inline]
        pub fn #ident(self, #argument: #ty) -> Self { Self(self.0 #set) }
    })
}

/// Returns the code that sets the body of a call.
pub(super) fn set(method: &Method, argument: &Ident) -> TokenStream {
    match method.body_form() {
        BodyForm::Json => quote!(.with_body(&#argument)),
        BodyForm::Form => quote!(.with_form(&#argument)),
        BodyForm::Text => quote!(.with_bytes(#argument.into())),
        BodyForm::Bytes => quote!(.with_bytes(#argument)),
    }
}
