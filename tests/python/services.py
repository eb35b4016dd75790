"""A local service that parses requests with Python libraries, and responds with the parsed values."""

import http.server
import json
import sys

import python_multipart
import qs_codec


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, kind, body, status=200):
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        kind = self.headers.get("content-type", "")
        if self.path == "/subscriptions":
            self.answer("application/json", json.dumps(qs_codec.decode(body.decode())).encode())
        elif self.path == "/photos":
            self.answer("application/json", json.dumps(parts(kind, body)).encode())
        elif self.path == "/albums":
            is_json = kind == "application/json"
            self.answer("application/json", json.dumps(json.loads(body) if is_json else parts(kind, body)).encode())
        elif self.path == "/chat/completions":
            self.chat(json.loads(body))
        else:
            self.answer("text/plain", b"no such path", 404)

    def do_PATCH(self):
        assert self.path == "/gists/g", self.path
        change = self.rfile.read(int(self.headers["content-length"]))
        gist = {"description": "old", "files": {"hello.py": {"content": "1"}, "old.py": {"content": "2"}}}
        gist = changed(gist, json.loads(change, object_pairs_hook=without_duplicates))
        self.answer("application/json", json.dumps(gist).encode())

    def chat(self, request):
        if not request.get("stream"):
            words = [message["content"] for message in request["messages"]]
            self.answer("application/json", json.dumps({"text": " ".join(words)}).encode())
            return
        assert self.headers["accept"] == "text/event-stream", self.headers["accept"]
        self.send_response(200)
        self.send_header("content-type", "text/event-stream; charset=utf-8")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        for message in request["messages"]:
            event = json.dumps({"choices": [{"index": 0, "delta": {"content": message["content"]}}]})
            # Events are not aligned with chunks.
            data = f"data: {event}\r\n\r\n".encode()
            for piece in (data[:7], data[7:]):
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                self.wfile.flush()
        end = b"data: [DONE]\n\n"
        self.wfile.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(end), end))


def without_duplicates(pairs):
    """Returns an object, none of whose keys is there a second time."""
    assert len(dict(pairs)) == len(pairs), pairs
    return dict(pairs)


def changed(gist, change):
    """Returns a gist after a change: `null` deletes a file, and removes the description."""
    gist = {**gist, **{key: value for key, value in change.items() if key != "files"}}
    for name, file in change.get("files", {}).items():
        old = gist["files"].pop(name, {})
        if file is None:
            continue
        new_name = file.pop("filename", name)
        if new_name is not None:
            gist["files"][new_name] = {**old, **file}
    return gist


def parts(kind, body):
    """Returns name, file name, media type, other headers and content of each part."""
    found = []
    state = {}

    def on_part_begin():
        state.update(headers={}, content=b"", name=b"", value=b"")

    def on_header_field(data, start, end):
        state["name"] += data[start:end]

    def on_header_value(data, start, end):
        state["value"] += data[start:end]

    def on_header_end():
        state["headers"][state["name"].decode().lower()] = state["value"]
        state.update(name=b"", value=b"")

    def on_part_data(data, start, end):
        state["content"] += data[start:end]

    def on_part_end():
        headers = state["headers"]
        _, options = python_multipart.multipart.parse_options_header(headers.pop("content-disposition"))
        part = {key.decode(): value.decode() for key, value in options.items()}
        part.update({key: value.decode() for key, value in headers.items()})
        found.append({**part, "content": state["content"].decode()})

    _, options = python_multipart.multipart.parse_options_header(kind)
    parser = python_multipart.MultipartParser(
        options[b"boundary"],
        {
            "on_part_begin": on_part_begin,
            "on_header_field": on_header_field,
            "on_header_value": on_header_value,
            "on_header_end": on_header_end,
            "on_part_data": on_part_data,
            "on_part_end": on_part_end,
        },
    )
    parser.write(body)
    parser.finalize()
    return found


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
try:
    server.serve_forever()
except KeyboardInterrupt:
    sys.exit(0)
