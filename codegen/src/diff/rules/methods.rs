//! Rules on methods, their paths and their bodies.

use super::rules;

rules! {
    METHOD_ADDED: "method-added", (Safe, Safe), Minor,
        "The resource has one more method.",
        "`plants.water` is added.";
    METHOD_REMOVED: "method-removed", (Breaking, Breaking), Major,
        "Calls fail, and programs that make them no longer compile.",
        "`plants.delete` is removed.";
    OTHER_METHOD_ADDED: "other-method-added", (Safe, Safe), Patch,
        "The service has one more method, with a verb that generated clients do not send.",
        "`BREW /v1/pots` is added.";
    OTHER_METHOD_REMOVED: "other-method-removed", (Breaking, Breaking), Patch,
        "Calls of other clients fail. Generated clients do not send the verb.",
        "`BREW /v1/slots/{row}/{slot}` is removed.";
    METHOD_EXCLUDED: "method-excluded", (Safe, Safe), Major,
        "The service has the method, but `include` in `codegen.toml` no longer selects it: it is no longer generated.",
        "`include` becomes `[\"plants.**\"]` where it was `[\"**\"]`.";
    METHOD_INCLUDED: "method-included", (Safe, Safe), Minor,
        "The service had the method, and `include` in `codegen.toml` selects it: it is generated.",
        "`include` becomes `[\"**\"]` where it was `[\"plants.**\"]`.";
    METHOD_MOVED: "method-moved", (Safe, Safe), Major,
        "HTTP method and path are the same under another name: old clients still work, programs need the new name if it differs in Rust.",
        "`plants.delete` becomes `plants.uproot` at the same path.";
    METHOD_RENAMED: "method-renamed", (Breaking, Breaking), Major,
        "The same call has another name and another path: old clients get no response.",
        "`plants.prune` becomes `plants.prunePart` at another path.";
    METHOD_DEPRECATED: "method-deprecated", (Safe, Safe), Minor,
        "The method still responds. Programs that call it get a compiler warning.",
        "`plants.delete` is marked deprecated.";
    METHOD_UNDEPRECATED: "method-undeprecated", (Safe, Safe), Patch,
        "A compiler warning disappears.",
        "`ponds.get` is no longer marked deprecated.";
    SUNSET_ADDED: "sunset-added", (Safe, Safe), Patch,
        "The method responds until then.",
        "`x-sunset: 2030-01-01` is added to `shelves.clear`.";
    SUNSET_EARLIER: "sunset-earlier", (Risky, Risky), Patch,
        "The method stops responding earlier than announced.",
        "The `x-sunset` of `shelves.clear` becomes an earlier day.";
    SUNSET_LATER: "sunset-later", (Safe, Safe), Patch,
        "The method responds longer than announced.",
        "The `x-sunset` of `shelves.clear` becomes a later day, or is removed.";
    HTTP_METHOD_CHANGED: "http-method-changed", (Breaking, Breaking), Patch,
        "The old HTTP method gets no response. The signature in Rust is the same.",
        "`POST` becomes `PUT`.";
    METHOD_SERVER_CHANGED: "method-server-changed", (Risky, Risky), Patch,
        "Old clients call the old server. The document does not state if that still responds.",
        "`pots.create` has the server `https://pots.example.com`.";
    PATH_CHANGED: "path-changed", (Breaking, Breaking), Patch,
        "The old URL gets no response. The signature in Rust is the same.",
        "`v1/plants` becomes `v1/greenery`.";
    PATH_RESHAPED: "path-reshaped", (Safe, Safe), Patch,
        "The path template is written in another way and gives the same URLs.",
        "`v1/{+name}` becomes `v1/beds/{bed}`.";
    PATH_VALUE_CHANGED: "path-value-changed", (Safe, Safe), Major,
        "The URLs are the same, but the argument is another part of them: programs compile and send wrong URLs until they pass the new value.",
        "`v1/{+name}/label` becomes `v1/{+name}`, where `name` ends in `/label`.";
    PATH_VARIABLES_SWAPPED: "path-variables-swapped", (Risky, Safe), Patch,
        "The URL has the same form, but the service takes the value of one variable as that of another. Arguments in Rust change places too, unless a lock file keeps their order.",
        "`v1/{owner}/{name}` becomes `v1/{name}/{owner}`.";
    PATH_VARIABLES_RETYPED: "path-variables-retyped", (Breaking, Safe), Patch,
        "Variables of different types change places: the service rejects values that old clients send as those of another variable.",
        "`v1/{name}/{size}` becomes `v1/{size}/{name}`, where `size` is an integer.";
    FLAT_PATH_CHANGED: "flat-path-changed", (Risky, Safe), Patch,
        "The path has the same template, but the document lists other URLs: values that old clients send may name nothing.",
        "The flat path `v1/beds/{bedsId}` becomes `v1/gardens/{gardensId}/beds/{bedsId}`, and `{+name}` stays.";
    PATH_VARIABLE_RENAMED: "path-variable-renamed", (Safe, Safe), Patch,
        "The URL is the same, and methods take path variables by position.",
        "`{+name}` becomes `{+plant}`.";
    PATH_VARIABLE_OPENED: "path-variable-opened", (Risky, Safe), Patch,
        "`{x}` becomes `{+x}`: values without a slash are sent as before. Old clients still encode the slashes of others.",
        "`v1/ponds/{pond}` becomes `v1/ponds/{+pond}`.";
    PATH_VARIABLE_CLOSED: "path-variable-closed", (Breaking, Safe), Patch,
        "`{+x}` becomes `{x}`: slashes that old clients send are no longer part of the value.",
        "`v1/{+name}` becomes `v1/{name}`.";
    PATH_PARAMETERS_CHANGED: "path-parameters-changed", (Breaking, Safe), Major,
        "The path has other variables, and methods take them by position.",
        "`v1/ponds/{pond}` becomes `v1/gardens/{garden}/ponds/{pond}`.";
    PARAMETER_ORDER_CHANGED: "parameter-order-changed", (Safe, Safe), Major,
        "Methods take required parameters by position. A lock file keeps the old order.",
        "`season, shape` becomes `shape, season`.";
    REQUEST_ADDED: "request-added", (Risky, Safe), Major,
        "The method takes one more argument. Old clients send no body, which the service may reject.",
        "`plants.delete` has a request body.";
    REQUIRED_REQUEST_ADDED: "required-request-added", (Breaking, Safe), Major,
        "Requests without a body are rejected. The method takes one more argument.",
        "`shelves.list` requires a request body where it had none.";
    OPTIONAL_REQUEST_ADDED: "optional-request-added", (Safe, Safe), Minor,
        "Requests without a body are accepted as before. The body is set by `with_body`.",
        "`shelves.list` accepts a request body where it had none.";
    REQUEST_REMOVED: "request-removed", (Breaking, Safe), Major,
        "The method takes one argument less. A service that expects no body may reject one.",
        "`plants.prune` has no request body.";
    REQUEST_REQUIRED: "request-required", (Breaking, Safe), Major,
        "Requests without a body are rejected. The body becomes an argument, and was set by `with_body`.",
        "The body of `pots.create` becomes required.";
    REQUEST_OPTIONAL: "request-optional", (Safe, Safe), Major,
        "Requests without a body are accepted too. The body is set by `with_body`, and was an argument.",
        "The body of `pots.create` becomes optional.";
    RESPONSE_ADDED: "response-added", (Safe, Safe), Major,
        "The method returns another type. Old clients ignore the body.",
        "`ponds.drain` returns a body.";
    RESPONSE_REMOVED: "response-removed", (Safe, Risky), Major,
        "The method returns another type. Old clients get an empty body where they expect a message.",
        "`plants.delete` returns no body.";
    RESPONSE_FORMAT_CHANGED: "response-format-changed", (Safe, Breaking), Major,
        "The response is no longer JSON, or has become JSON: old clients cannot decode it.",
        "`application/json` becomes `application/xml`.";
    API_VERSION_ADDED: "api-version-added", (Risky, Risky), Patch,
        "New clients send the header `x-goog-api-version`. Old clients send none, and get the version that the service assumes.",
        "`plants.get` has the API version `2026-01-01`.";
    API_VERSION_REMOVED: "api-version-removed", (Risky, Risky), Patch,
        "Old clients send a version in the header `x-goog-api-version` that the document no longer names.",
        "`ponds.get` has no API version.";
    API_VERSION_CHANGED: "api-version-changed", (Risky, Risky), Patch,
        "Old clients ask for the old version in the header `x-goog-api-version`. The document does not state how long that is served.",
        "The API version of `ponds.get` becomes `2026-01-01`.";
    SUBSCRIPTION_ADDED: "subscription-added", (Safe, Safe), Patch,
        "Callers can be notified of changes. Generated clients do not subscribe.",
        "`plants.list` supports subscriptions.";
    SUBSCRIPTION_REMOVED: "subscription-removed", (Risky, Risky), Patch,
        "Callers can no longer be notified of changes. Generated clients do not subscribe.",
        "`photos.get` no longer supports subscriptions.";
    ETAG_REQUIRED: "etag-required", (Breaking, Safe), Patch,
        "Requests without the header `If-Match` or `If-None-Match` are rejected. Old clients send none.",
        "`plants.delete` requires an ETag.";
    ETAG_NOT_REQUIRED: "etag-not-required", (Safe, Safe), Patch,
        "Requests without an ETag are accepted too.",
        "`photos.insert` no longer requires an ETag.";
    MEDIA_TYPE_CHANGED: "media-type-changed", (Breaking, Safe), Patch,
        "Old clients send the body in the old media type.",
        "`application/json` becomes `application/merge-patch+json`.";
    MEDIA_TYPE_ADDED: "media-type-added", (Safe, Safe), Patch,
        "The request body is accepted in one more media type.",
        "The body of `pots.create` is accepted as `application/xml`.";
    MEDIA_TYPE_REMOVED: "media-type-removed", (Risky, Safe), Patch,
        "Clients that send the request body in this media type are rejected. Generated clients send another one.",
        "The body of `pots.create` is no longer accepted as `application/xml`.";
    STREAMING_CHANGED: "streaming-changed", (Safe, Breaking), Major,
        "A response becomes a stream of messages, or a stream becomes one message.",
        "`application/json` becomes `text/event-stream`.";
    OPERATION_STARTED: "operation-started", (Safe, Safe), Minor,
        "The method returns a long-running operation that can be polled.",
        "The response of `trees.water` becomes an operation.";
    OPERATION_TYPED: "operation-typed", (Safe, Safe), Major,
        "The result of the operation is known: polling returns a message where it returned JSON.",
        "The overlay states that `trees.plant` results in `Tree`.";
    OPERATION_UNTYPED: "operation-untyped", (Safe, Safe), Major,
        "The result of the operation is no longer known: polling returns JSON where it returned a message.",
        "The overlay no longer states the result of `trees.grow`.";
    OPERATION_CHANGED: "operation-changed", (Safe, Breaking), Major,
        "The operation has another result or other metadata.",
        "`trees.grow` results in `Bed` where it resulted in `Tree`.";
    JOB_STARTED: "job-started", (Safe, Safe), Minor,
        "The method returns a job that can be polled.",
        "The overlay declares `trees.graft` a job.";
    JOB_ENDED: "job-ended", (Safe, Safe), Major,
        "The job can no longer be polled.",
        "The overlay no longer declares `trees.seed` a job.";
    JOB_CHANGED: "job-changed", (Safe, Risky), Patch,
        "The job is polled in another way, or has other final states. The signature in Rust is the same.",
        "The failed states of `trees.seed` change.";
    PAGES_ADDED: "pages-added", (Safe, Safe), Minor,
        "The method gains streams of pages and items.",
        "The overlay states the pages of `plants.list`.";
    LIST_PAGINATED: "list-paginated", (Safe, Risky), Minor,
        "Old clients ask for no further pages, and may get a part of the list only. The method gains streams of pages and items.",
        "`plants.list` has `pageToken` and `nextPageToken`.";
    PAGES_REMOVED: "pages-removed", (Safe, Safe), Major,
        "The streams of pages and items are removed. The wire verdict is reported on the removed token property or parameter.",
        "`TreeList` has no `nextPageToken`.";
    PAGES_CHANGED: "pages-changed", (Safe, Safe), Major,
        "The stream of items has another element type.",
        "The items of `TreeList` become `Bed`.";
    IDEMPOTENCE_CHANGED: "idempotence-changed", (Safe, Safe), Patch,
        "Failed calls are retried, or no longer are. The signature in Rust is the same.",
        "The overlay marks `trees.water` idempotent.";
}
