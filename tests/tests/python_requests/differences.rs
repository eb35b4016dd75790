//! Where our requests are not those of Google's client, and why.

use super::{Asked, Call};
use conformance::figure;
use serde_json::{Value, json};

/// No request is made.
const REFUSED: &str = "refused";

/// A call of which the two do not make the same request.
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
            "JSON is what the services send unasked: a shorter URL says the same",
            job("7"),
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/7",
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/7?alt=json",
        ),
        get(
            "a location has its own host, which the document names",
            json!({"name": "projects/p/locations/us-central1/tuningJobs/7"}),
            "GET https://us-central1-aiplatform.googleapis.com/v1/projects/p/locations/us-central1/tuningJobs/7",
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/us-central1/tuningJobs/7?alt=json",
        ),
        get(
            "a question mark would begin the query: what follows would not be part of the name",
            job("7?x=y"),
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/7%3Fx=y",
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/7?x=y?alt=json",
        ),
        get(
            "a number sign would end the path: what follows would not be sent",
            job("7#x"),
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/7%23x",
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/7#x?alt=json",
        ),
        get(
            "a value is text, not text that somebody has encoded already: this is not the resource `A`",
            job("%41"),
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/%2541",
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/%41?alt=json",
        ),
        get(
            "what is on the way would resolve the dots, and another resource would be meant",
            job(".."),
            REFUSED,
            "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs/..?alt=json",
        ),
        Difference {
            why: "an empty name would call the collection, or nothing",
            document: "storage.v1",
            method: "objects.get",
            parameters: json!({"bucket": "", "object": "x"}),
            ours: REFUSED,
            theirs: "GET https://storage.googleapis.com/storage/v1/b//o/x?alt=json",
        },
        Difference {
            why: "a GET that is long is still a GET: HTTP sets no limit, and a POST is not repeated",
            document: "aiplatform.v1",
            method: "projects.locations.tuningJobs.list",
            parameters: json!({"parent": "projects/p/locations/global", "filter": long()}),
            ours: "GET https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs?filter=LONG",
            theirs: "POST https://aiplatform.googleapis.com/v1/projects/p/locations/global/tuningJobs",
        },
        Difference {
            why: "events come as they are made; an array is whole at its end",
            document: "aiplatform.v1",
            method: "projects.locations.endpoints.streamGenerateContent",
            parameters: json!({"model": "projects/p/locations/global/endpoints/1"}),
            ours: "POST https://aiplatform.googleapis.com/v1/projects/p/locations/global/endpoints/1:streamGenerateContent?alt=sse",
            theirs: "POST https://aiplatform.googleapis.com/v1/projects/p/locations/global/endpoints/1:streamGenerateContent?alt=json",
        },
        Difference {
            why: "a resource beside the method has its name, and hides it there",
            document: "aiplatform.v1",
            method: "projects.locations.publishers.v1.responses",
            parameters: json!({"endpoint": "projects/p/locations/global/publishers/q"}),
            ours: "POST https://aiplatform.googleapis.com/v1/projects/p/locations/global/publishers/q/v1/responses",
            theirs: REFUSED,
        },
    ]
}

#[test]
fn where_we_differ() {
    let (mut asked, mut listed) = (Vec::<Asked>::new(), Vec::new());
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
        asked.push(one);
        listed.push(here);
    }
    let answers = super::theirs(&asked);
    let mut wrong = Vec::new();
    for ((asked, answers), listed) in asked.iter().zip(&answers).zip(listed) {
        for ((call, answer), difference) in asked.calls.iter().zip(answers).zip(listed) {
            let ours = super::ours(&asked.api, call)
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
