//! Rules on the API as a whole: its URLs, its documentation, and the credentials that it requires.

use super::rules;

rules! {
    ROOT_URL_CHANGED: "root-url-changed", (Risky, Risky), Patch,
        "Old clients call the old host. The document does not state if that host still responds.",
        "`https://old.example.com` becomes `https://new.example.com`.";
    SERVICE_PATH_CHANGED: "service-path-changed", (Breaking, Breaking), Patch,
        "Every URL of the API changes.",
        "`/v1` becomes `/v2` in the server's URL.";
    BATCH_PATH_CHANGED: "batch-path-changed", (Risky, Risky), Patch,
        "Generated clients send no batch requests. Programs that send their own use the old path.",
        "`batch` becomes `batch/garden`.";
    DATA_WRAPPER_CHANGED: "data-wrapper-changed", (Breaking, Breaking), Patch,
        "Request and response bodies gain or lose an enclosing `data` object.",
        "`features: [\"dataWrapper\"]` is added.";
    ENDPOINT_ADDED: "endpoint-added", (Safe, Safe), Patch,
        "The API is served at one more endpoint.",
        "The location `us` is added.";
    ENDPOINT_REMOVED: "endpoint-removed", (Breaking, Breaking), Patch,
        "Clients that use this endpoint get no response.",
        "The location `eu` is removed.";
    ENDPOINT_CHANGED: "endpoint-changed", (Risky, Risky), Patch,
        "Old clients call the old host. The document does not state if that host still responds.",
        "The location `eu` has another URL.";
    FIRST_SERVER_CHANGED: "first-server-changed", (Risky, Risky), Patch,
        "Clients call the first server, which may have other data, as soon as they are generated again. The document still lists the old one.",
        "`https://new.example.com` is added before `https://old.example.com`.";
    SERVER_ADDED: "server-added", (Safe, Safe), Patch,
        "The API is served at one more URL.",
        "`https://eu.example.com` is added to `servers`.";
    SERVER_REMOVED: "server-removed", (Risky, Risky), Patch,
        "Clients that were set to this server may get no response. Generated clients call the first server.",
        "`https://eu.example.com` is removed from `servers`.";
    SERVER_VARIABLE_ADDED: "server-variable-added", (Safe, Safe), Patch,
        "A part of the server's URL can be set. Clients that do not set it use its default.",
        "`https://example.com` becomes `https://{host}`, with `example.com` as the default.";
    SERVER_VARIABLE_REMOVED: "server-variable-removed", (Risky, Risky), Patch,
        "Clients that set this part of the server's URL can no longer do so.",
        "`https://{host}` becomes `https://example.com`.";
    TOKEN_URL_ADDED: "token-url-added", (Safe, Safe), Patch,
        "Callers may get tokens in one more way.",
        "The flow `clientCredentials` is added to a required scheme.";
    TOKEN_URL_REMOVED: "token-url-removed", (Risky, Risky), Patch,
        "Callers that get their tokens in this way may get none.",
        "The flow `clientCredentials` is removed from a required scheme.";
    TOKEN_URL_CHANGED: "token-url-changed", (Risky, Risky), Patch,
        "Callers get their tokens at the old URL. The document does not state if that still responds.",
        "The `tokenUrl` of a required scheme has another host.";
    RESOURCE_ADDED: "resource-added", (Safe, Safe), Minor,
        "A resource with all of its methods is added.",
        "`tools.get` and `tools.list` are added.";
    RESOURCE_REMOVED: "resource-removed", (Breaking, Breaking), Major,
        "A resource with all of its methods is removed: calls fail, and programs that use it no longer compile.",
        "Every method of `beds` is removed.";
    RESOURCE_DEPRECATED: "resource-deprecated", (Safe, Safe), Minor,
        "Methods still respond. Programs that name the resource's type get a compiler warning.",
        "`beds` is marked deprecated.";
    RESOURCE_UNDEPRECATED: "resource-undeprecated", (Safe, Safe), Patch,
        "A compiler warning disappears.",
        "`ponds` is no longer marked deprecated.";
    PROSE_CHANGED: "prose-changed", (Safe, Safe), Patch,
        "Only descriptions change. Types stay the same.",
        "The description of `Kind` is reworded.";
    SCOPE_ADDED: "scope-added", (Safe, Safe), Patch,
        "One more OAuth scope is accepted. Tokens that worked still do.",
        "`plants.create` accepts the scope `read`.";
    SCOPE_REMOVED: "scope-removed", (Breaking, Breaking), Patch,
        "Methods that accepted the scope reject tokens that have no other.",
        "`plants.get` no longer accepts the scope `read`.";
    SCOPE_RENAMED: "scope-renamed", (Breaking, Breaking), Patch,
        "Methods that accepted the old scope reject tokens that have no other.",
        "The scope `read` becomes `look`.";
    SCOPES_REQUIRED: "scopes-required", (Breaking, Breaking), Patch,
        "The method required no scope before. Tokens without the new one are rejected.",
        "`plants.list` requires the scope `read`.";
    SCOPES_DROPPED: "scopes-dropped", (Safe, Safe), Patch,
        "The document no longer lists required scopes. Tokens that worked still do.",
        "`plants.create` lists no scopes.";
    SECURITY_REQUIRED: "security-required", (Breaking, Safe), Patch,
        "Calls without credentials are rejected.",
        "`pots.list` requires a bearer token where it required nothing.";
    SECURITY_DROPPED: "security-dropped", (Safe, Safe), Patch,
        "Calls without credentials are accepted. Credentials that worked still do.",
        "`pots.list` no longer requires a key.";
    SECURITY_NARROWED: "security-narrowed", (Breaking, Safe), Patch,
        "Calls with credentials that were accepted before are rejected: an alternative is removed, or one more scope or key is required.",
        "`pots.list` requires the scope `write` in addition to `read`.";
    SECURITY_WIDENED: "security-widened", (Safe, Safe), Patch,
        "Calls with other or fewer credentials are accepted too.",
        "`pots.list` accepts a bearer token or a key.";
    SECURITY_CHANGED: "security-changed", (Breaking, Safe), Patch,
        "Calls need other credentials than before.",
        "The key of `pots.list` moves from a header to the query.";
}
