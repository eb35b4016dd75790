"""Compares the JSON of messages with Google's protobuf runtime.

Reads one line, `{"seed", "count", "messages": {document: [schema]}}`, and writes one: for each document and schema the
JSON of random messages, and which keys and enum values are known. Then reads another, a list of
`[document, schema, one, other]`, and writes the result for each: `{"one", "other"}` with the JSON of the decoded message or
the error, and `same`, which is true for equal messages.
"""

import importlib
import json
import random
import struct
import sys
import types

from google.protobuf import any_pb2, descriptor_pool, duration_pb2, empty_pb2, json_format, message_factory  # noqa: F401
from google.protobuf import struct_pb2, timestamp_pb2  # noqa: F401, which puts them into the pool
from google.longrunning import operations_proto_pb2  # noqa: F401
from google.rpc import status_pb2  # noqa: F401
from google.type import date_pb2, interval_pb2, latlng_pb2  # noqa: F401

PACKAGES = {
    "aiplatform.v1": ("google.cloud.aiplatform_v1", "GoogleCloudAiplatformV1"),
    "generativelanguage.v1beta": ("google.ai.generativelanguage_v1beta", ""),
    "generativelanguage.v1beta3": ("google.ai.generativelanguage_v1beta3", ""),
}
SHARED = {
    "Empty": "google.protobuf.Empty",
    "GoogleProtobufEmpty": "google.protobuf.Empty",
    "GoogleLongrunningListOperationsResponse": "google.longrunning.ListOperationsResponse",
    "GoogleTypeDate": "google.type.Date",
    "ListOperationsResponse": "google.longrunning.ListOperationsResponse",
    "Operation": "google.longrunning.Operation",
    "GoogleLongrunningOperation": "google.longrunning.Operation",
    "Status": "google.rpc.Status",
    "GoogleRpcStatus": "google.rpc.Status",
    "Interval": "google.type.Interval",
    "GoogleTypeInterval": "google.type.Interval",
    "LatLng": "google.type.LatLng",
    "GoogleTypeLatLng": "google.type.LatLng",
}
TEXTS = ["", "text", "a b", '"quoted"\\\n\t', "é~ü", "日本\U0001f600", "\x7f\u2028", "null", "</script>"]
DEPTH = 5


def known(document):
    """Returns the messages of a document's package by schema name."""
    package, prefix = PACKAGES[document]
    # Only the modules of types, since their parents import clients.
    parent = types.ModuleType(package)
    folder = package.replace(".", "/")
    parent.__path__ = [f"{place}/{folder}" for place in sys.path]
    sys.modules[package] = parent
    module = importlib.import_module(package + ".types")
    found, inner = {}, {}

    def add(descriptor, name):
        found[name] = descriptor
        for nested in descriptor.nested_types:
            if not nested.GetOptions().map_entry:
                add(nested, name + nested.name)
                # Some documents name nested messages by their last name.
                inner.setdefault(prefix + nested.name, nested)

    for item in vars(module).values():
        if hasattr(item, "pb") and hasattr(item, "meta"):
            descriptor = item.pb().DESCRIPTOR
            if descriptor.containing_type is None:
                add(descriptor, prefix + descriptor.name)
    found = inner | found
    pool = descriptor_pool.Default()
    for name, path in SHARED.items():
        found.setdefault(name, pool.FindMessageTypeByName(path))
    return found


def scalar(field):
    kind = field.cpp_type
    if kind == field.CPPTYPE_STRING:
        if field.type == field.TYPE_BYTES:
            return random.randbytes(random.choice([0, 1, 2, 3, 16]))
        return random.choice(TEXTS)
    if kind == field.CPPTYPE_BOOL:
        return random.random() < 0.5
    if kind == field.CPPTYPE_ENUM:
        return random.choice(field.enum_type.values).number
    if kind == field.CPPTYPE_FLOAT:
        bits = struct.pack("<I", random.getrandbits(32))
        return random.choice([0.5, -0.0, 3.4e38, struct.unpack("<f", bits)[0], float("inf")])
    if kind == field.CPPTYPE_DOUBLE:
        bits = struct.pack("<Q", random.getrandbits(64))
        return random.choice([0.1, -0.0, 5e-324, struct.unpack("<d", bits)[0], float("-inf")])
    bits = 64 if kind in (field.CPPTYPE_INT64, field.CPPTYPE_UINT64) else 32
    low = 0 if kind in (field.CPPTYPE_UINT32, field.CPPTYPE_UINT64) else -(2 ** (bits - 1))
    return random.choice([0, 1, low, low + 2**bits - 1, random.randint(low, low + 2**bits - 1)])


def fill_value(value, depth):
    kind = random.randrange(4 if depth <= 0 else 6)
    if kind == 0:
        value.null_value = 0
    elif kind == 1:
        value.number_value = random.choice([0.0, -7.0, 0.25, 1e300])
    elif kind == 2:
        value.string_value = random.choice(TEXTS)
    elif kind == 3:
        value.bool_value = random.random() < 0.5
    elif kind == 4:
        value.struct_value.SetInParent()
        fill_struct(value.struct_value, depth - 1)
    else:
        value.list_value.SetInParent()
        for _ in range(random.randrange(3)):
            fill_value(value.list_value.values.add(), depth - 1)


def fill_struct(message, depth):
    for index in range(random.randrange(3)):
        fill_value(message.fields[f"key {index}"], depth)


def fill(message, depth):
    """Sets some of the fields. Messages to fill are set even if they remain empty."""
    name = message.DESCRIPTOR.full_name
    if name == "google.protobuf.Timestamp":
        message.seconds = random.choice([0, -62135596800, 253402300799, random.randint(-(10**9), 4 * 10**9)])
        message.nanos = random.choice([0, 1, 500_000_000, 123_000, 999_999_999])
    elif name == "google.protobuf.Duration":
        sign = random.choice([1, -1])
        message.seconds = sign * random.choice([0, 3, 315_576_000_000])
        message.nanos = sign * random.choice([0, 1, 500_000_000]) if abs(message.seconds) < 10**9 else 0
    elif name == "google.protobuf.Any":
        message.Pack(random.choice([duration_pb2.Duration(seconds=3), status_pb2.Status(code=5, message="a b")]))
    elif name == "google.protobuf.Struct":
        fill_struct(message, 2)
    elif name == "google.protobuf.Value":
        fill_value(message, 2)
    elif name == "google.protobuf.ListValue":
        # An empty list value equals an unset one in the document.
        for _ in range(random.randrange(1, 3)):
            fill_value(message.values.add(), 2)
    elif depth > 0:
        unions = [random.choice(union.fields) for union in message.DESCRIPTOR.oneofs]
        for field in message.DESCRIPTOR.fields:
            if (field in unions or not field.containing_oneof) and random.random() < 0.6:
                fill_field(message, field, depth)


def fill_field(message, field, depth):
    is_message = field.cpp_type == field.CPPTYPE_MESSAGE
    if is_message and field.message_type.GetOptions().map_entry:
        value = field.message_type.fields_by_name["value"]
        for index in range(random.randrange(3)):
            entries = getattr(message, field.name)
            if value.cpp_type == value.CPPTYPE_MESSAGE:
                fill(entries[f"key {index}"], depth - 1)
            else:
                entries[f"key {index}"] = scalar(value)
    elif field.is_repeated:
        for _ in range(random.randrange(3)):
            values = getattr(message, field.name)
            fill(values.add(), depth - 1) if is_message else values.append(scalar(field))
    elif is_message:
        getattr(message, field.name).SetInParent()
        fill(getattr(message, field.name), depth - 1)
    else:
        setattr(message, field.name, scalar(field))


def described(descriptor):
    """Returns the keys of a message, each with the names of its enum values, if any."""
    keys = {}
    for field in descriptor.fields:
        value = field
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            value = field.message_type.fields_by_name["value"]
        is_any = value.message_type is not None and value.message_type.full_name == "google.protobuf.Any"
        # In documents, a value that can only be `null` has any type.
        is_null = field.enum_type is not None and field.enum_type.full_name == "google.protobuf.NullValue"
        if not is_any and not is_null:
            keys[field.json_name] = value.enum_type and [v.name for v in value.enum_type.values]
    return keys


def written(message):
    return json_format.MessageToJson(message, indent=None)


def compared(kind, one, other):
    messages, texts = [], []
    for text in (one, other):
        try:
            messages.append(json_format.Parse(text, kind()))
            texts.append({"json": written(messages[-1])})
        except (json_format.Error, UnicodeError, ValueError, TypeError, OverflowError) as error:
            texts.append({"error": str(error)})
    wire = [message.SerializeToString(deterministic=True) for message in messages]
    return {"one": texts[0], "other": texts[1], "same": len(wire) == 2 and wire[0] == wire[1]}


def main():
    request = json.loads(sys.stdin.readline())
    random.seed(request["seed"])
    kinds, out = {}, {}
    for document, schemas in request["messages"].items():
        found = known(document)
        out[document] = {}
        for schema in schemas:
            if schema not in found:
                continue
            kind = kinds[document, schema] = message_factory.GetMessageClass(found[schema])
            texts = []
            for _ in range(request["count"]):
                message = kind()
                fill(message, DEPTH)
                texts.append(written(message))
            out[document][schema] = {"texts": texts, "keys": described(found[schema])}
    print(json.dumps(out), flush=True)
    pairs = json.loads(sys.stdin.readline())
    print(json.dumps([compared(kinds[document, schema], one, other) for document, schema, one, other in pairs]))


main()
