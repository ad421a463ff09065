"""Calls operations of a stand-in with boto3, and compares each answer, as it came, with the model of its service.

Standard input: {"endpoint": …, "region": …, "calls": [{"service", "operation", "input", "error"?}]}.
"""

import json
import sys
import xml.etree.ElementTree as xml
from datetime import datetime

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

problems = []


def problem(path, said):
    problems.append(f"{path}: {said}")


def named(shape):
    """The members of a structure by the names that they have on the wire."""
    return {member.serialization.get("name", name): member for name, member in shape.members.items()}


def compare_enum(path, shape, text):
    choices = getattr(shape, "enum", None)
    if choices and text not in choices:
        problem(path, f"'{text}' is not among {choices}")


def compare_json(path, shape, value):
    kind = shape.type_name
    if kind == "structure":
        if not isinstance(value, dict):
            return problem(path, f"{value!r} is not a structure")
        known = named(shape)
        for name, item in value.items():
            if name not in known:
                problem(f"{path}.{name}", "the model has no such member")
            else:
                compare_json(f"{path}.{name}", known[name], item)
        for name in shape.required_members:
            if name not in value:
                problem(f"{path}.{name}", "the model requires it")
    elif kind == "list":
        if not isinstance(value, list):
            return problem(path, f"{value!r} is not a list")
        for index, item in enumerate(value):
            compare_json(f"{path}[{index}]", shape.member, item)
    elif kind == "map":
        if not isinstance(value, dict):
            return problem(path, f"{value!r} is not a map")
        for name, item in value.items():
            compare_json(f"{path}.{name}", shape.value, item)
    elif kind in ("string", "blob", "character"):
        if not isinstance(value, str):
            return problem(path, f"{value!r} is not a text")
        compare_enum(path, shape, value)
    elif kind == "boolean":
        if not isinstance(value, bool):
            problem(path, f"{value!r} is not a boolean")
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        problem(path, f"{value!r} is not a number")
    elif kind in ("integer", "long") and value != int(value):
        problem(path, f"{value!r} is not a whole number")


def tag_of(element):
    return element.tag.rsplit("}", 1)[-1]


def compare_xml(path, shape, element):
    kind = shape.type_name
    if kind == "structure":
        known = named(shape)
        for child in element:
            name = tag_of(child)
            if name not in known:
                problem(f"{path}.{name}", "the model has no such member")
            else:
                compare_xml(f"{path}.{name}", known[name], child)
        there = {tag_of(child) for child in element}
        for name in shape.required_members:
            if shape.members[name].serialization.get("name", name) not in there:
                problem(f"{path}.{name}", "the model requires it")
    elif kind == "list":
        for index, child in enumerate(element):
            if tag_of(child) != shape.member.serialization.get("name", "member"):
                problem(f"{path}[{index}]", f"<{tag_of(child)}> does not belong in a list")
            compare_xml(f"{path}[{index}]", shape.member, child)
    elif len(element):
        problem(path, "a value has members")
    elif kind in ("integer", "long"):
        int(element.text or "")
    elif kind == "timestamp":
        datetime.fromisoformat((element.text or "").replace("Z", "+00:00"))
    elif kind == "boolean":
        if element.text not in ("true", "false"):
            problem(path, f"{element.text!r} is not a boolean")
    elif kind == "string":
        compare_enum(path, shape, element.text or "")


def look(http_response, parsed, model, **_):
    if http_response.status_code != 200:
        return
    path = model.name
    shape = model.output_shape
    if shape is None:
        return  # The operation answers nothing.
    body = http_response.content
    if body.lstrip().startswith(b"<"):
        root = xml.fromstring(body)
        result = shape.serialization.get("resultWrapper")
        for child in root:
            if tag_of(child) == result:
                compare_xml(path, shape, child)
                break
        else:
            problem(path, f"there is no <{result}>")
    else:
        compare_json(path, shape, json.loads(body or b"{}"))


def main():
    question = json.load(sys.stdin)
    clients = {}
    for call in question["calls"]:
        service, operation = call["service"], call["operation"]
        if service not in clients:
            clients[service] = boto3.client(
                service,
                endpoint_url=question["endpoint"],
                region_name=question["region"],
                config=Config(retries={"total_max_attempts": 1}, parameter_validation=True),
            )
            clients[service].meta.events.register("after-call", look)
        client = clients[service]
        method = next(name for name, api in client.meta.method_to_api_mapping.items() if api == operation)
        expected = call.get("error")
        try:
            getattr(client, method)(**call["input"])
            if expected:
                problem(operation, f"succeeded, and {expected} was expected")
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code != expected:
                problem(operation, f"{code}: {error}")
            shapes = client.meta.service_model.operation_model(operation).error_shapes
            known = {shape.error_code or shape.name for shape in shapes} | {shape.name for shape in shapes}
            if known and code not in known and code not in ("ThrottlingException", "ValidationError"):
                problem(operation, f"{code} is not among its errors: {sorted(known)}")
    for line in sorted(set(problems)):
        print(line)
    print(f"{len(question['calls'])} answers")


main()
