//! Authentication of callers.

use crate::refusal::{Code, Refusal};
use crate::settings::Settings;
use discovery_codegen::model::{Api, Method};
use http::HeaderMap;
use http::header::AUTHORIZATION;

/// Scope of the methods that do not accept an API key, since they access a user's data.
const TUNING: &str = "https://www.googleapis.com/auth/generative-language.tuning";

/// Checks that the caller may call a method: with an access token, or with an API key if the method accepts one. The
/// Gemini API bills a project of the caller, so a token requires the header `x-goog-user-project`.
pub(crate) fn check(
    settings: &Settings,
    api: &Api,
    method: &Method,
    headers: &HeaderMap,
    key_in_query: Option<&str>,
) -> Result<(), Refusal> {
    let gemini = api.name == "generativelanguage";
    if let Some(authorization) = headers.get(AUTHORIZATION) {
        let token = authorization.to_str().ok().and_then(|text| text.strip_prefix("Bearer ")).unwrap_or_default();
        if token.trim().is_empty() || settings.token.as_ref().is_some_and(|good| good != token) {
            return Err(Refusal::new(Code::Unauthenticated, "invalid access token").reason("ACCESS_TOKEN_INVALID"));
        }
        if gemini && !headers.contains_key("x-goog-user-project") {
            let message = "missing header `x-goog-user-project`, which names the project to bill";
            return Err(Refusal::new(Code::PermissionDenied, message).reason("USER_PROJECT_DENIED"));
        }
        return Ok(());
    }
    let key = headers.get("x-goog-api-key").and_then(|key| key.to_str().ok()).or(key_in_query);
    match key {
        Some(key) if settings.api_key.as_ref().is_some_and(|good| good != key) || key.is_empty() => {
            Err(Refusal::new(Code::InvalidArgument, "invalid API key").reason("API_KEY_INVALID"))
        }
        Some(_) if gemini && !method.scopes.iter().any(|scope| scope == TUNING) => Ok(()),
        Some(_) => Err(Refusal::new(
            Code::Unauthenticated,
            format!("`{}` requires an access token; an API key is not accepted", method.id),
        )
        .reason("CREDENTIALS_MISSING")),
        None if gemini => Err(Refusal::new(Code::PermissionDenied, "missing access token or API key")),
        None => Err(Refusal::new(Code::Unauthenticated, "missing access token").reason("CREDENTIALS_MISSING")),
    }
}
