"""Builds requests with Google's Python client and records them; nothing is sent.

Reads `[{"document": …, "calls": [{"id", "parameters", "body"}]}]`, a document inline or the path of one, and writes
a list for each, of `{"method", "uri", "headers", "body"}` or `{"error"}`.
"""

import json
import sys

import httplib2
from googleapiclient.discovery import build_from_document, fix_method_name, key2param


class Recorder:
    """HTTP object that responds to every request with "no content"."""

    def request(self, uri, method="GET", body=None, headers=None, **_):
        self.seen = {"method": method, "uri": uri, "headers": headers, "body": body}
        return httplib2.Response({"status": "204"}), b""


def places(node, chain=()):
    """Yields the resources that lead to each method, which its id does not always state."""
    for name, method in node.get("methods", {}).items():
        yield method["id"], (chain, name)
    for name, resource in node.get("resources", {}).items():
        yield from places(resource, chain + (name,))


def made(service, place, call):
    chain, name = place
    for resource in chain:
        service = getattr(service, fix_method_name(resource))()
    arguments = {key2param(key): value for key, value in call["parameters"].items()}
    if call["body"] is not None:
        arguments["body"] = call["body"]
    recorder = Recorder()
    getattr(service, fix_method_name(name))(**arguments).execute(http=recorder)
    return recorder.seen


def answers(document, calls):
    if isinstance(document, str):
        with open(document, encoding="utf-8") as file:
            document = json.load(file)
    # The client uses schemas only for documentation.
    document["schemas"] = {name: {"id": name, "type": "object"} for name in document.get("schemas", {})}
    where = dict(places(document))
    service = build_from_document(document, http=Recorder())
    for call in calls:
        try:
            yield made(service, where[call["id"]], call)
        except TypeError as error:
            yield {"error": str(error)}


json.dump([list(answers(**request)) for request in json.load(sys.stdin)], sys.stdout)
