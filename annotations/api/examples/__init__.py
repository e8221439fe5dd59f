"""What does a request look like, and its answer? One real pair for each operation, from the demonstration, shortened.

A file for each part of the API: operation id -> `parameters`, `request`, and `response` with its `status`. Lists are
cut to their first entry, long texts to their beginning; tests hold each example against the description.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from annotations.api.description import operations

FOLDER = Path(__file__).parent


@cache
def examples() -> dict[str, dict[str, Any]]:
    """Returns all examples by operation id."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(FOLDER.glob("*.json")):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def add_examples(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Writes the examples into the description; a hook of Spectacular."""
    for _path, _method, operation in operations(result):
        said = examples().get(operation["operationId"], {})
        for parameter in operation.get("parameters", []):
            if parameter["name"] in said.get("parameters", {}):
                parameter["example"] = said["parameters"][parameter["name"]]
        if "request" in said:
            for content in operation["requestBody"]["content"].values():
                content["example"] = said["request"]
        if "response" in said:
            contents = operation["responses"][said["status"]]["content"]
            kind = said.get("media_type", "application/json")
            contents[kind if kind in contents else next(iter(contents))]["example"] = said["response"]
    return result
