//! Authentication of callers.

use crate::refusal::{Code, Refusal};
use crate::settings::Settings;
use discovery_codegen::model::{Api, Method};
use http::HeaderMap;
use http::header::AUTHORIZATION;

/// The scope whose methods an API key does not open: what they touch is a user's own.
const TUNING: &str = "https://www.googleapis.com/auth/generative-language.tuning";

/// Checks that the caller may call a method: with an access token, or with an API key where that is enough. The Gemini
/// API bills a project of the caller's, so that a token comes with `x-goog-user-project`.
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
            return Err(
                Refusal::new(Code::Unauthenticated, "the access token is not good").reason("ACCESS_TOKEN_INVALID")
            );
        }
        if gemini && !headers.contains_key("x-goog-user-project") {
            let message = "which project pays is not said: `x-goog-user-project` is missing";
            return Err(Refusal::new(Code::PermissionDenied, message).reason("USER_PROJECT_DENIED"));
        }
        return Ok(());
    }
    let key = headers.get("x-goog-api-key").and_then(|key| key.to_str().ok()).or(key_in_query);
    match key {
        Some(key) if settings.api_key.as_ref().is_some_and(|good| good != key) || key.is_empty() => {
            Err(Refusal::new(Code::InvalidArgument, "the API key is not good").reason("API_KEY_INVALID"))
        }
        Some(_) if gemini && !method.scopes.iter().any(|scope| scope == TUNING) => Ok(()),
        Some(_) => {
            Err(Refusal::new(Code::Unauthenticated, format!("`{}` takes no API key, only an access token", method.id))
                .reason("CREDENTIALS_MISSING"))
        }
        None if gemini => Err(Refusal::new(Code::PermissionDenied, "neither an access token nor an API key was sent")),
        None => Err(Refusal::new(Code::Unauthenticated, "no access token was sent").reason("CREDENTIALS_MISSING")),
    }
}
