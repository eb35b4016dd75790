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
        "The body of the request has another type. Old receivers that decode it fail.",
        "The payload of `potBroken` becomes `Board` where it was `Pot`.";
    WEBHOOK_PAYLOAD_CHANGED_RISKY: "webhook-payload-changed-risky", (Safe, Risky), Patch,
        "The body of the request has another type, which lacks properties or may have other values. Old receivers may fail.",
        "The payload of `potBroken` becomes an object that lacks `size` where it was `Pot`.";
    WEBHOOK_PAYLOAD_CHANGED_SAFE: "webhook-payload-changed-safe", (Safe, Safe), Patch,
        "The body of the request has another type, and old receivers decode all of its values.",
        "The payload of `potBroken` becomes `Vase` with the properties of `Pot`.";
    WEBHOOK_METHOD_CHANGED: "webhook-method-changed", (Safe, Breaking), Patch,
        "The service sends the request with another HTTP method, which old receivers do not expect.",
        "The callback `ready` of `pots.create` is sent with PUT instead of POST.";
    CALLBACK_URL_CHANGED: "callback-url-changed", (Risky, Risky), Patch,
        "The service takes the URL from another part of the call, which old clients may not send.",
        "`{$request.body#/url}` becomes `{$request.body#/callback}`.";
}
