//! Requests that differ from those of Google's client, and the reasons.

use super::{Call, CallSet};
use conformance::figure;
use serde_json::{Value, json};

/// Placeholder for a call that fails without a request.
const REFUSED: &str = "refused";

/// Call for which the two clients build different requests.
struct Difference {
    why: &'static str,
    document: &'static str,
    method: &'static str,
    parameters: Value,
    ours: &'static str,
    theirs: &'static str,
}

fn differences() -> Vec<Difference> {
    let job = |id: &str| json!({"name": format!("projects/p/locations/global/tuningJobs/{id}")});
    let get = |why, parameters, ours, theirs| Difference {
        why,
        document: "aiplatform.v1",
        method: "projects.locations.tuningJobs.get",
        parameters,
        ours,
        theirs,
    };
    vec![
        get(
            "JSON is the default of the services, so the shorter URL is equivalent",
            job("7"),
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/7",
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/7?alt=json",
        ),
        get(
            "the location has its own host, which the document lists",
            json!({"name": "projects/p/locations/us-central1/tuningJobs/7"}),
            "GET https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/tuningJobs/7",
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/us-central1/tuningJobs/7?alt=json",
        ),
        get(
            "an unescaped question mark would begin the query",
            job("7?x=y"),
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/7%3Fx=y",
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/7?x=y?alt=json",
        ),
        get(
            "an unescaped number sign would begin the fragment, which is not sent",
            job("7#x"),
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/7%23x",
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/7#x?alt=json",
        ),
        get(
            "values are plain text: `%41` is not the resource `A`",
            job("%41"),
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/%2541",
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/%41?alt=json",
        ),
        get(
            "clients and proxies would resolve the dots to another resource",
            job(".."),
            REFUSED,
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/..?alt=json",
        ),
        Difference {
            why: "an empty name would lead to the collection or to no resource",
            document: "storage.v1",
            method: "objects.get",
            parameters: json!({"bucket": "", "object": "x"}),
            ours: REFUSED,
            theirs: "GET https://storage.googleapis.com/storage/v1/b//o/x?alt=json",
        },
        Difference {
            why: "HTTP does not limit the length of a GET request, and a POST request would not be retried",
            document: "aiplatform.v1",
            method: "projects.locations.tuningJobs.list",
            parameters: json!({"parent": "projects/p/locations/global", "filter": long()}),
            ours: "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs?filter=LONG",
            theirs: "POST https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs",
        },
        Difference {
            why: "server-sent events can be decoded as they arrive",
            document: "aiplatform.v1",
            method: "projects.locations.endpoints.streamGenerateContent",
            parameters: json!({"model": "projects/p/locations/global/endpoints/1"}),
            ours: "POST https://aiplatform.googleapis.com/v1/projects/p/locations/global/endpoints/1:streamGenerateContent?alt=sse",
            theirs: "POST https://aiplatform.googleapis.com/v1/projects/p/locations/global/endpoints/1:streamGenerateContent?alt=json",
        },
        Difference {
            why: "in the Python client, a resource of the same name hides the method",
            document: "aiplatform.v1",
            method: "projects.locations.publishers.v1.responses",
            parameters: json!({"endpoint": "projects/p/locations/global/publishers/q"}),
            ours: "POST https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/q/v1/responses",
            theirs: REFUSED,
        },
    ]
}

#[test]
fn differences_are_listed() {
    let (mut sets, mut listed) = (Vec::<CallSet>::new(), Vec::new());
    let differences = differences();
    for document in ["aiplatform.v1", "storage.v1"] {
        let mut one = super::real(document);
        let here: Vec<_> = differences.iter().filter(|difference| difference.document == document).collect();
        one.calls.extend(here.iter().map(|difference| {
            let has_body = one.api.methods[difference.method].request.is_some();
            Call {
                method: difference.method.to_owned(),
                parameters: difference.parameters.as_object().unwrap().clone(),
                body: has_body.then(|| json!({})),
            }
        }));
        sets.push(one);
        listed.push(here);
    }
    let answers = super::theirs(&sets);
    let mut wrong = Vec::new();
    for ((set, answers), listed) in sets.iter().zip(&answers).zip(listed) {
        for ((call, answer), difference) in set.calls.iter().zip(answers).zip(listed) {
            let ours = super::ours(&set.api, call)
                .map_or_else(|_| REFUSED.to_owned(), |request| format!("{} {}", request.method(), request.uri()));
            let theirs = match (answer["method"].as_str(), answer["uri"].as_str()) {
                (Some(method), Some(uri)) => format!("{method} {uri}"),
                _ => REFUSED.to_owned(),
            };
            let [ours, theirs] = [ours, theirs].map(|text| text.replace(&long(), "LONG"));
            if (ours.as_str(), theirs.as_str()) != (difference.ours, difference.theirs) {
                wrong.push(format!("{}\n  ours   {ours}\n  theirs {theirs}", difference.why));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    figure::print(&format!("requests: {} differences listed", differences.len()));
}

fn long() -> String {
    "x".repeat(2_048)
}
