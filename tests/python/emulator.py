"""Calls methods of documents with Google's Python client over HTTP.

Reads `[{"document": …, "root": …, "calls": [{"id", "parameters", "body"}]}]`, and writes a list for each, of
`{"status": 200, "answer": …}` or `{"status": …, "details": …}`. A text in a call that begins with `$` refers to a part of
an earlier response of the same document: `$0.metadata.tunedModel` is a part of the first one.
"""

import json
import sys

from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document, fix_method_name, key2param
from googleapiclient.errors import HttpError


def places(node, chain=()):
    """Yields the resources that lead to each method, which its id does not always state."""
    for name, method in node.get("methods", {}).items():
        yield method["id"], (chain, name)
    for name, resource in node.get("resources", {}).items():
        yield from places(resource, chain + (name,))


def filled(value, answers):
    if isinstance(value, dict):
        return {key: filled(inner, answers) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, answers) for inner in value]
    if isinstance(value, str) and value.startswith("$"):
        index, *path = value[1:].split(".")
        found = answers[int(index)]["answer"]
        for key in path:
            found = found[int(key) if isinstance(found, list) else key]
        return found
    return value


def called(service, place, call):
    chain, name = place
    for resource in chain:
        service = getattr(service, fix_method_name(resource))()
    arguments = {key2param(key): value for key, value in call["parameters"].items()}
    if call["body"] is not None:
        arguments["body"] = call["body"]
    try:
        return {"status": 200, "answer": getattr(service, fix_method_name(name))(**arguments).execute()}
    except HttpError as error:
        return {"status": error.status_code, "details": error.error_details}


def answers(document, root, calls):
    document["rootUrl"] = document["baseUrl"] = root
    where = dict(places(document))
    service = build_from_document(document, credentials=Credentials("any", quota_project_id="my-project"))
    results = []
    for call in calls:
        results.append(called(service, where[call["id"]], filled(call, results)))
    return results


json.dump([answers(**request) for request in json.load(sys.stdin)], sys.stdout)
