//! Credentials, servers and tokens.

use crate::support::pairs::{Pair, check};

const KEY: &str = r#"/security = [{"key": []}]"#;

#[test]
fn credentials() {
    check(&[
        // Required by every operation, declared for the document or for each operation.
        Pair { old: &[], new: &[KEY], forward: &["security-required breaking"], backward: &["security-dropped safe"] },
        Pair {
            old: &[KEY],
            new: &[
                r#"/paths/~1pets/get/security = [{"key": []}]"#,
                r#"/paths/~1pets/post/security = [{"key": []}]"#,
                r#"/paths/~1pets~1{id}/get/security = [{"key": []}]"#,
            ],
            forward: &[],
            backward: &[],
        },
        Pair {
            old: &[KEY],
            new: &[KEY, "/paths/~1pets/get/security = []"],
            forward: &["security-dropped safe"],
            backward: &["security-required breaking"],
        },
        // An empty requirement makes the others optional.
        Pair {
            old: &[KEY],
            new: &[r#"/security = [{"key": []}, {}]"#],
            forward: &["security-widened safe"],
            backward: &["security-required breaking"],
        },
        // Requirements are alternatives; the schemes of one are required together.
        Pair {
            old: &[KEY],
            new: &[r#"/security = [{"bearer": []}, {"key": []}]"#],
            forward: &["security-widened safe"],
            backward: &["security-narrowed breaking"],
        },
        Pair {
            old: &[KEY],
            new: &[r#"/security = [{"key": [], "bearer": []}]"#],
            forward: &["security-narrowed breaking"],
            backward: &["security-widened safe"],
        },
        Pair {
            old: &[r#"/security = [{"oauth": ["read"]}]"#],
            new: &[r#"/security = [{"oauth": ["read", "write"]}]"#],
            forward: &["security-narrowed breaking"],
            backward: &["security-widened safe"],
        },
        // A scheme that is not declared makes no credentials optional.
        Pair { old: &[KEY], new: &[r#"/security = [{"unknown": []}, {"key": []}]"#], forward: &[], backward: &[] },
        // The same credential under another name, or in another location.
        Pair {
            old: &[KEY],
            new: &[
                r#"/components/securitySchemes/other = {"type": "apiKey", "in": "header", "name": "x-key"}"#,
                r#"/security = [{"other": []}]"#,
            ],
            forward: &[],
            backward: &[],
        },
        Pair {
            old: &[KEY],
            new: &[KEY, r#"/components/securitySchemes/key/in = "query""#],
            forward: &["security-changed breaking"],
            backward: &["security-changed breaking"],
        },
        Pair {
            old: &[r#"/security = [{"bearer": []}]"#],
            new: &[r#"/security = [{"bearer": []}]"#, r#"/components/securitySchemes/bearer/scheme = "BEARER""#],
            forward: &[],
            backward: &[],
        },
    ]);
}

#[test]
fn servers_and_tokens() {
    const OAUTH: &str = r#"/security = [{"oauth": ["read"]}]"#;
    check(&[
        Pair {
            old: &[],
            new: &[r#"/servers = [{"url": "https://x.example.com"}, {"url": "https://eu.example.com/v2"}]"#],
            forward: &["server-added safe"],
            backward: &["server-removed risky"],
        },
        Pair {
            old: &[r#"/servers = [{"url": "https://x.example.com"}, {"url": "https://eu.example.com"}]"#],
            new: &[r#"/servers = [{"url": "https://eu.example.com"}, {"url": "https://x.example.com"}]"#],
            forward: &["first-server-changed risky"],
            backward: &["first-server-changed risky"],
        },
        // Another version beside the one that old clients call.
        Pair {
            old: &[r#"/servers = [{"url": "https://x.example.com/v1"}]"#],
            new: &[r#"/servers = [{"url": "https://x.example.com/v2"}, {"url": "https://x.example.com/v1"}]"#],
            forward: &["first-server-changed risky"],
            backward: &["service-path-changed breaking"],
        },
        Pair {
            old: &[OAUTH],
            new: &[
                OAUTH,
                r#"/components/securitySchemes/oauth/flows/implicit/refreshUrl = "https://x.example.com/refresh""#,
            ],
            forward: &["token-url-added safe"],
            backward: &["token-url-removed risky"],
        },
        Pair {
            old: &[OAUTH],
            new: &[
                OAUTH,
                r#"/components/securitySchemes/oauth/flows/implicit/authorizationUrl = "https://y.example.com""#,
            ],
            forward: &["token-url-changed risky"],
            backward: &["token-url-changed risky"],
        },
        // Nothing requires the scheme.
        Pair {
            old: &[],
            new: &[r#"/components/securitySchemes/oauth/flows/implicit/authorizationUrl = "https://y.example.com""#],
            forward: &[],
            backward: &[],
        },
    ]);
}

#[test]
fn servers_of_methods() {
    const OWN: &str = r#"/paths/~1pets/servers = [{"url": "https://x.example.com/v1"}]"#;
    const OTHER: &str = r#"/paths/~1pets~1{id}/servers = [{"url": "https://x.example.com/v1"}]"#;
    let same = |old, new| Pair { old, new, forward: &[], backward: &[] };
    check(&[
        Pair {
            old: &[],
            new: &[r#"/paths/~1pets/get/servers = [{"url": "https://other.example.com"}]"#],
            forward: &["method-server-changed risky"],
            backward: &["method-server-changed risky"],
        },
        // One server is stated by the document or by each path.
        same(&[r#"/servers = [{"url": "https://x.example.com/v1"}]"#], &["/servers = null", OWN, OTHER]),
        // No method has the server of the document.
        same(&[OWN, OTHER], &[OWN, OTHER, r#"/servers = [{"url": "https://y.example.com/v2"}]"#]),
        same(
            &[r#"/paths/~1%7Eme = {"get": {"operationId": "me", "responses": {}}}"#],
            &[r#"/paths/~1~0me = {"get": {"operationId": "me", "responses": {}}}"#],
        ),
        // A segment moves from the server to the path.
        same(
            &[
                r#"/paths/~1photos = {"get": {"operationId": "photos", "servers": [{"url": "https://x.example.com/v1"}], "responses": {}}}"#,
            ],
            &[
                r#"/paths/~1v1~1photos = {"get": {"operationId": "photos", "servers": [{"url": "https://x.example.com"}], "responses": {}}}"#,
            ],
        ),
    ]);
}

/// Scopes of a scheme that is no longer asked for are part of that change.
#[test]
fn scopes_of_another_kind_of_scheme() {
    const OAUTH: &str = r#"/security = [{"oauth": ["read"]}]"#;
    check(&[
        Pair {
            old: &[OAUTH],
            new: &[
                OAUTH,
                r#"/components/securitySchemes = {"oauth": {"type": "openIdConnect", "openIdConnectUrl": "https://x.example.com/oidc"}}"#,
            ],
            forward: &["security-changed breaking"],
            backward: &["security-changed breaking"],
        },
        Pair {
            old: &[OAUTH],
            new: &[
                r#"/components/securitySchemes = {"unknown": {"type": "other"}}"#,
                r#"/security = [{"unknown": []}]"#,
            ],
            forward: &["security-changed breaking"],
            backward: &["security-changed breaking"],
        },
        // Methods require a scope that the scheme lists in one revision only.
        Pair {
            old: &[OAUTH, r#"/components/securitySchemes/oauth/flows/implicit/scopes = {"read": "Reads."}"#],
            new: &[OAUTH, r#"/components/securitySchemes/oauth/flows/implicit/scopes = {"rea": "Reads."}"#],
            forward: &["scope-renamed safe"],
            backward: &["scope-renamed safe"],
        },
        // Credentials that the document does not declare are not none.
        Pair {
            old: &[OAUTH],
            new: &[r#"/security = [{"undeclared": []}]"#],
            forward: &["security-changed breaking"],
            backward: &["security-changed breaking"],
        },
    ]);
}
