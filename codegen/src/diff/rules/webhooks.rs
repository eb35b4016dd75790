//! Rules on requests that the service makes: webhooks, and callbacks of methods.

use super::rules;

rules! {
    WEBHOOK_ADDED: "webhook-added", (Safe, Safe), Patch,
        "The service makes one more request, which receivers may ignore.",
        "The webhook `potSold` is added.";
    WEBHOOK_REMOVED: "webhook-removed", (Safe, Risky), Patch,
        "Receivers wait for a request that no longer comes.",
        "The webhook `potBroken` is removed.";
    WEBHOOK_PAYLOAD_CHANGED: "webhook-payload-changed", (Safe, Breaking), Patch,
        "The body of the request has another type or media type. Old receivers that decode it fail.",
        "The payload of `potBroken` becomes `Board` where it was `Pot`.";
    WEBHOOK_PAYLOAD_CHANGED_RISKY: "webhook-payload-changed-risky", (Safe, Risky), Patch,
        "The body of the request has another type, which lacks properties or may have other values, or other media types. Old receivers may fail.",
        "The payload of `potBroken` becomes an object that lacks `size` where it was `Pot`.";
    WEBHOOK_PAYLOAD_CHANGED_SAFE: "webhook-payload-changed-safe", (Safe, Safe), Patch,
        "The body of the request has another type or fewer media types, and old receivers decode all of its values; or there was none.",
        "The payload of `potBroken` becomes `Vase` with the properties of `Pot`.";
    WEBHOOK_PAYLOAD_OPTIONAL: "webhook-payload-optional", (Safe, Risky), Patch,
        "The service may send the request without its body. Old receivers that decode it may fail.",
        "The payload of `potBroken` becomes optional.";
    WEBHOOK_PAYLOAD_REQUIRED: "webhook-payload-required", (Safe, Safe), Patch,
        "The request always has its body.",
        "The payload of the callback `ready` becomes required.";
    WEBHOOK_PARAMETER_ADDED: "webhook-parameter-added", (Safe, Safe), Patch,
        "The service sends one more parameter, which receivers may ignore.",
        "The webhook `potBroken` is sent with the header `x-trace`.";
    WEBHOOK_PARAMETER_REMOVED: "webhook-parameter-removed", (Safe, Risky), Patch,
        "Receivers that read the parameter do not find it.",
        "The webhook `potBroken` is no longer sent with the header `x-sign`.";
    WEBHOOK_PARAMETER_OPTIONAL: "webhook-parameter-optional", (Safe, Risky), Patch,
        "The service may omit a parameter that it always sent.",
        "The header `x-sign` of `potBroken` becomes optional.";
    WEBHOOK_PARAMETER_REQUIRED: "webhook-parameter-required", (Safe, Safe), Patch,
        "The service always sends a parameter that it could omit.",
        "The header `x-count` of `potBroken` becomes required.";
    WEBHOOK_PARAMETER_CHANGED: "webhook-parameter-changed", (Safe, Risky), Patch,
        "The parameter has another type or more values, which old receivers may not expect.",
        "The header `x-count` of `potBroken` becomes a number where it was an integer.";
    WEBHOOK_PARAMETER_NARROWED: "webhook-parameter-narrowed", (Safe, Safe), Patch,
        "The parameter has fewer values.",
        "The header `x-sign` of `potBroken` becomes an integer where it was a string.";
    WEBHOOK_RESPONSE_ADDED: "webhook-response-added", (Safe, Safe), Patch,
        "Receivers may respond with one more status.",
        "Receivers of `potBroken` may respond with 202.";
    WEBHOOK_RESPONSE_REMOVED: "webhook-response-removed", (Risky, Safe), Patch,
        "The service may take receivers that respond with this status for failed ones.",
        "Receivers of `potBroken` may no longer respond with 204.";
    WEBHOOK_RESPONSE_CHANGED: "webhook-response-changed", (Risky, Safe), Patch,
        "The service may reject the responses of old receivers, which have another status, no body or another media type.",
        "Receivers of `potBroken` respond with 204 and JSON.";
    WEBHOOK_METHOD_CHANGED: "webhook-method-changed", (Safe, Breaking), Patch,
        "The service sends the request with another HTTP method, which old receivers do not expect.",
        "The callback `ready` of `pots.create` is sent with PUT instead of POST.";
    CALLBACK_URL_CHANGED: "callback-url-changed", (Risky, Risky), Patch,
        "The service takes the URL from another part of the call, which old clients may not send.",
        "`{$request.body#/url}` becomes `{$request.body#/callback}`.";
}
