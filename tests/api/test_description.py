"""The API's description: what every operation says of its errors, bounds and examples, and that it is true."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from annotations.api.description import ERRORS, operations
from annotations.api.examples import examples
from tests.api.described import document

DESCRIBED = document()
BOUNDS = {"integer": {"maximum"}, "string": {"maxLength", "enum", "format", "pattern"}}
OPERATIONS = {one["operationId"]: one for _path, _method, one in operations(DESCRIBED)}


def complaints(schema: dict[str, Any], value: Any) -> list[str]:
    """Returns what of a value a schema of the document refuses."""
    rooted = {"components": DESCRIBED["components"], "allOf": [schema]}
    found = Draft202012Validator(rooted).iter_errors(value)
    return [f"{error.json_path}: {error.message}" for error in found]


def contents_of(operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Returns the contents of the answers that come when all is well."""
    said = [answer for status, answer in operation["responses"].items() if status < "300"]
    return [content for answer in said for content in answer.get("content", {}).values()]


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_has_examples_that_its_own_schemas_accept(name: str) -> None:
    operation = OPERATIONS[name]
    requests = [*operation.get("requestBody", {}).get("content", {}).values()]
    for part, contents in (("request", requests), ("response", contents_of(operation))):
        shown = [content for content in contents if "example" in content]
        assert bool(shown) == bool(contents), f"{name} shows no {part}"
        for content in shown:
            assert complaints(content["schema"], content["example"]) == []


def test_examples_are_of_operations_that_there_are() -> None:
    assert set(examples()) - set(OPERATIONS) == set()


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_names_its_errors_all_in_one_shape(name: str) -> None:
    operation = OPERATIONS[name]
    responses = operation["responses"]
    expected = {"401", "406", "429"} | ({"413", "415", "422"} if "requestBody" in operation else set())
    assert expected <= set(responses)
    for status, response in responses.items():
        if status >= "400":
            said = response
            if "$ref" in response:
                said = DESCRIBED["components"]["responses"][response["$ref"].rsplit("/", 1)[1]]
                assert complaints({"$ref": "#/components/schemas/Problem"}, _shown(said)) == []
            assert list(said["content"]) == ["application/problem+json"]
            assert said["content"]["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/Problem"}


def _shown(response: dict[str, Any]) -> Any:
    return response["content"]["application/problem+json"]["example"]


def test_errors_are_shown_with_the_status_they_are_of() -> None:
    for status, (name, _said) in ERRORS.items():
        assert _shown(DESCRIBED["components"]["responses"][name])["status"] == int(status)


@pytest.mark.parametrize("name", OPERATIONS)
def test_a_parameter_says_how_far_it_may_go(name: str) -> None:
    boundless = []
    for parameter in OPERATIONS[name].get("parameters", []):
        schema = parameter["schema"]
        for kind, bounds in BOUNDS.items():
            if parameter["in"] != "header" and kind in schema.get("type", "") and not bounds & set(schema):
                boundless.append(parameter["name"])
    assert boundless == []
