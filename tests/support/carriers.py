"""Requests put into documents of each carrier, with the values that the carrier does not tell."""

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any, NamedTuple

import yaml

from sm_lint.model.pointer import Pointer, value_at
from sm_lint.requests.shapes import Shape
from sm_lint.sources import document
from sm_lint.sources.document import Document
from tests.support.linting import RULES

Form = Callable[[Any, Pointer], Any]
"""`form(document, pointer)` returns a copy of the value of a document in which the value at a pointer is not told.

It is None where the carrier has no such form at that place.
"""


class Carried(NamedTuple):
    """A way in which a carrier has a request."""

    name: str
    """The name of the carrier."""
    around: Callable[[Any], Any]
    """Returns the value of a document with the request."""
    base: Pointer
    """The pointer of the request in the document; in that of the string, if it is in a string."""
    written: Callable[[Any], str] = lambda value: json.dumps(value, indent=2, ensure_ascii=False)
    """Returns the text of a document."""
    syntax: str = "json"
    string: Pointer | None = None
    """The pointer of the string that has the document with the request."""
    spelled: Callable[[str], str] = str
    """Returns the name of a member there."""
    unknown: Mapping[str, Form] = {}
    """The forms of a value that is unknown."""
    optional: Mapping[str, Form] = {}
    """The forms of a value that may be absent."""
    absent: Mapping[str, Form] = {}
    """The forms of a value that is absent."""

    def document(self, request: Any) -> Document:
        """Return the document that has a request."""
        return self.read(self.around(self.spell(request)))

    def read(self, value: Any) -> Document:
        """Return the document with a value."""
        return document.read(f"carried.{self.syntax}", self.written(value).encode())

    def spell(self, request: Any) -> Any:
        """Return a request with the names of its members as the carrier writes them."""
        return self._spell(request, RULES.shapes.root)

    def _spell(self, value: Any, shape: Shape) -> Any:
        if isinstance(value, dict):
            return {
                self._name(key, shape): self._spell(child, RULES.shapes.of_member(shape, key))
                for key, child in value.items()
            }
        if isinstance(value, list):
            return [self._spell(item, RULES.shapes.of_items(shape)) for item in value]
        return value

    def _name(self, key: Any, shape: Shape) -> Any:
        return self.spelled(key) if key in shape.schema.get("properties", ()) else key

    def pointer(self, pointer: Pointer) -> Pointer:
        """Return the pointer in the document for one in the request."""
        shape, written = RULES.shapes.root, self.base
        for step in pointer:
            written = (*written, self._name(step, shape))
            shape = RULES.shapes.of_items(shape) if isinstance(step, int) else RULES.shapes.of_member(shape, step)
        return written


def replaced(value: Any, pointer: Pointer, new: Any) -> Any:
    """Return a copy of a value with another one at a pointer."""
    copied = deepcopy(value)
    value_at(copied, pointer[:-1])[pointer[-1]] = new
    return copied


def form(new: Any) -> Form:
    """Return the form that puts a value in place of another one."""
    return lambda value, pointer: replaced(value, pointer, new)


def around(template: Any, base: Pointer) -> Callable[[Any], Any]:
    """Return the function that puts a request at a pointer of a template."""
    return lambda request: replaced(template, base, request)


_STEP: dict[str, Any] = {"Name": "Register", "Type": "RegisterModel", "Arguments": {}}
_CONDITION = {"Name": "If", "Type": "Condition", "Arguments": {"Conditions": [], "IfSteps": [], "ElseSteps": []}}
_PIPELINE: dict[str, Any] = {"Version": "2020-12-01", "Parameters": [], "Steps": [{"Name": "T", "Type": "Training"}]}
_PACKAGE = {"Type": "AWS::SageMaker::ModelPackage", "Properties": {}}
_OF_PIPELINES = {
    "Get": form({"Get": "Parameters.X"}),
    "Std:Join": form({"Std:Join": {"On": "/", "Values": ["s3://a", {"Get": "Parameters.X"}]}}),
    "Std:JsonGet": form({"Std:JsonGet": {"PropertyFile": {"Get": "Steps.E.PropertyFiles.R"}, "Path": "a.b"}}),
}


def _pipeline(*steps: Any) -> dict[str, Any]:
    return {**_PIPELINE, "Steps": [*_PIPELINE["Steps"], *steps]}


def _nested() -> dict[str, Any]:
    inner = replaced(_CONDITION, ("Arguments", "ElseSteps"), [_STEP])
    return _pipeline(replaced(_CONDITION, ("Arguments", "IfSteps"), [_PIPELINE["Steps"][0], inner]))


_IN_NESTED: Pointer = ("Steps", 1, "Arguments", "IfSteps", 1, "Arguments", "ElseSteps", 0, "Arguments")
_IN_STEP: Pointer = ("Steps", 1, "Arguments")
_BODY: Pointer = ("Resources", "Pipeline", "Properties", "PipelineDefinition", "PipelineDefinitionBody")


def _in_template(definition: Any) -> str:
    body = {"PipelineDefinitionBody": json.dumps(definition, ensure_ascii=False)}
    resource = {"Type": "AWS::SageMaker::Pipeline", "Properties": {"PipelineDefinition": body}}
    return json.dumps({"Resources": {"Pipeline": resource}}, indent=2)


def as_yaml(value: Any) -> str:
    """Return a value as YAML in block style, on lines as long as they are."""
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=10**9)


CARRIED = {
    "pipeline": Carried("pipeline", around(_pipeline(_STEP), _IN_STEP), _IN_STEP, unknown=_OF_PIPELINES),
    "pipeline in conditions": Carried("pipeline", around(_nested(), _IN_NESTED), _IN_NESTED, unknown=_OF_PIPELINES),
    "pipeline in a template": Carried(
        "pipeline", around(_pipeline(_STEP), _IN_STEP), _IN_STEP, _in_template, string=_BODY, unknown=_OF_PIPELINES
    ),
    "template": Carried(
        "cloudformation",
        around({"Resources": {"Package": _PACKAGE}}, ("Resources", "Package", "Properties")),
        ("Resources", "Package", "Properties"),
    ),
    "template in YAML": Carried(
        "cloudformation",
        around({"Resources": {"Package": _PACKAGE}}, ("Resources", "Package", "Properties")),
        ("Resources", "Package", "Properties"),
        as_yaml,
        "yaml",
    ),
}
"""The ways in which carriers have requests, by what one calls them."""
