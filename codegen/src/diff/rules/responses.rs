//! Rules on responses: their media types, statuses, errors and headers.

use super::rules;

rules! {
    RESPONSE_MEDIA_TYPE_CHANGED: "response-media-type-changed", (Safe, Risky), Patch,
        "Old clients ask for the old media type, which the service may reject.",
        "`application/json` becomes `application/vnd.shop.v2+json`.";
    RESPONSE_MEDIA_TYPE_ADDED: "response-media-type-added", (Safe, Safe), Patch,
        "The response is available in one more media type. Generated clients request another one.",
        "The response of `pots.get` is served as `text/csv` too.";
    RESPONSE_MEDIA_TYPE_REMOVED: "response-media-type-removed", (Safe, Risky), Patch,
        "Clients that ask for the response in this media type get another one, or an error. Generated clients ask for another one.",
        "The response of `pots.get` is no longer served as `text/csv`.";
    ERROR_BODY_ADDED: "error-body-added", (Safe, Safe), Patch,
        "The body of an error is described.",
        "The status 404 has the body `Problem`.";
    ERROR_BODY_REMOVED: "error-body-removed", (Safe, Risky), Patch,
        "The body of an error is no longer described. Old clients that decode it may fail.",
        "The status 404 has no described body.";
    ERROR_BODY_CHANGED: "error-body-changed", (Safe, Breaking), Patch,
        "The body of an error has another type. Old clients that decode it fail.",
        "The body of the status 404 becomes `Fault` where it was `Problem`.";
    ERROR_BODY_CHANGED_RISKY: "error-body-changed-risky", (Safe, Risky), Patch,
        "The body of an error has another type, which lacks properties or may have other values. Old clients that decode it may fail.",
        "The body of the status 404 becomes an object that lacks `detail` where it was `Problem`.";
    ERROR_BODY_CHANGED_SAFE: "error-body-changed-safe", (Safe, Safe), Patch,
        "The body of an error has another type, and old clients decode all of its values.",
        "The body of the status 404 becomes `Fault` with the properties of `Problem`.";
    ERROR_MEDIA_TYPE_ADDED: "error-media-type-added", (Safe, Safe), Patch,
        "The body of an error has one more media type. Generated clients decode JSON of any media type.",
        "The body of the status 404 may be `application/problem+json` too.";
    ERROR_MEDIA_TYPE_CHANGED: "error-media-type-changed", (Safe, Risky), Patch,
        "Clients that look at the media type of errors do not know the new one. Generated clients decode JSON of any media type.",
        "`application/json` becomes `application/problem+json` for the status 404.";
    ERROR_STATUS_ADDED: "error-status-added", (Safe, Safe), Patch,
        "One more status of errors is listed. Generated clients return an error for any.",
        "The status 429 is listed.";
    ERROR_STATUS_REMOVED: "error-status-removed", (Safe, Safe), Patch,
        "A status of errors is no longer listed. Generated clients return an error for any.",
        "The status 429 is no longer listed.";
    ERROR_STATUS_CHANGED: "error-status-changed", (Safe, Risky), Patch,
        "Clients that compare the status of an error get another one. Generated clients return an error for any.",
        "404 becomes 410, with the same body.";
    SUCCESS_STATUS_ADDED: "success-status-added", (Safe, Safe), Patch,
        "A response may have one more status of success. Generated clients accept all of them.",
        "`pots.create` may respond with 202.";
    EMPTY_SUCCESS_ADDED: "empty-success-added", (Safe, Risky), Patch,
        "A response may have one more status of success, without a body, where all had one. Clients that decode a body fail.",
        "`pots.get` may respond with 204.";
    SUCCESS_STATUS_REMOVED: "success-status-removed", (Safe, Risky), Patch,
        "Clients that wait for this status do not get it. Generated clients accept every status of success.",
        "`pots.create` no longer responds with 202.";
    SUCCESS_STATUS_CHANGED: "success-status-changed", (Safe, Risky), Patch,
        "Clients that compare the status get another one. Generated clients accept every status of success.",
        "200 becomes 201.";
    RESPONSE_HEADER_ADDED: "response-header-added", (Safe, Safe), Patch,
        "Old clients ignore the header.",
        "Responses of `pots.get` have the header `x-total`.";
    RESPONSE_HEADER_REMOVED: "response-header-removed", (Safe, Risky), Patch,
        "Clients that read the header do not find it. Generated clients read `link` alone.",
        "Responses of `pots.get` no longer have the header `x-rate-limit`.";
    RESPONSE_LINK_ADDED: "response-link-added", (Safe, Safe), Patch,
        "Clients may follow the link. Generated clients follow none.",
        "Responses of `shelves.create` have the link `shelf`.";
    RESPONSE_LINK_REMOVED: "response-link-removed", (Safe, Risky), Patch,
        "Clients that follow the link do not find it. Generated clients follow none.",
        "Responses of `shelves.clear` no longer have the link `all`.";
    RESPONSE_LINK_CHANGED: "response-link-changed", (Safe, Risky), Patch,
        "Clients that follow the link make another call. Generated clients follow none.",
        "The link `all` of `shelves.clear` leads to another operation.";
    RESPONSE_HEADER_OPTIONAL: "response-header-optional", (Safe, Risky), Patch,
        "Responses may omit a header that they always had.",
        "`x-rate-limit` becomes optional.";
    RESPONSE_HEADER_REQUIRED: "response-header-required", (Safe, Safe), Patch,
        "Responses always have a header that they could omit.",
        "`x-rate-limit` becomes required.";
    RESPONSE_HEADER_TYPE_CHANGED: "response-header-type-changed", (Safe, Risky), Patch,
        "Clients that parse the header get another format.",
        "`x-rate-limit` becomes a string where it was an integer.";
    RESPONSE_HEADER_WIDENED: "response-header-widened", (Safe, Risky), Patch,
        "The header may have values that old programs do not expect.",
        "`x-kind` may be `c`, besides `a` and `b`.";
    RESPONSE_HEADER_NARROWED: "response-header-narrowed", (Safe, Safe), Patch,
        "The header has fewer values.",
        "`x-kind` may no longer be `b`.";
}
