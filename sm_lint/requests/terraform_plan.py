"""The carrier `terraform-plan`: what `terraform show -json` prints for a plan, also that of OpenTofu.

The format: https://developer.hashicorp.com/terraform/internals/json-format
"""

import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.requests.request import OF_A_REGISTRATION, OF_THE_CLI, Profile, Request
from sm_lint.requests.shapes import Shape, Shapes
from sm_lint.requests.snake_case import snake_case
from sm_lint.requests.strings import is_plan
from sm_lint.requests.translation import ABSENT, Dialect, Told, translated
from sm_lint.sources.document import Document

_TYPE = "awscc_sagemaker_model_package"
_CHECKED = "Terraform refuses attributes that the provider does not have, and the provider sends no others"
PROFILE = Profile(
    "terraform-plan",
    {
        **OF_THE_CLI,
        **OF_A_REGISTRATION,
        **dict.fromkeys(("SM101", "SM113", "SM117"), _CHECKED),
        "SM104": "null means that an attribute is not set",
        "SM232": "Terraform registers each model package once",
        "SM804": "a plan may have a provider for each of several regions",
    },
    noun=f"`{_TYPE}`",
    spelled=snake_case,
    is_edited=False,
)
_LATER = Told("(known after apply)", may_be_absent=True)
"""An unknown value. It may turn out to be null, and so is each attribute that the provider may compute."""
_MODULE = re.compile(r'module\.([^.\[]+)(?:\[(?:[0-9]+|"(?:[^"\\]|\\.)*")\])?')

Expressions = Mapping[tuple[str, ...], Mapping[str, Any]]
"""What the configuration sets of each resource, by the names of the modules that it is in, and its own."""


def requests(document: Document, shapes: Shapes) -> list[Request] | None:
    """Return the requests of the model packages that a plan creates or changes; None if the document is no plan."""
    plan = document.value
    if not is_plan(plan):
        return None
    names = {snake_case(name): name for of in shapes.definitions.values() for name in of.get("properties", ())}
    expressions = _expressions(plan)
    found: list[Request] = []
    for index, resource in enumerate(plan["resource_changes"]):
        change = _change(resource)
        if change:
            value = _as_planned(change["after"], change.get("after_unknown"))
            value = _as_sent(value, _member(change, "before"), expressions.get(_path(resource)))
            base = ("resource_changes", index, "change", "after")
            found.append(translated(document, base, shapes, _dialect(names), value))
    return found


def _change(resource: Any) -> Mapping[str, Any] | None:
    """Return the change of a resource if it is a model package that will be created or changed."""
    if not isinstance(resource, dict) or resource.get("type") != _TYPE or resource.get("mode", "managed") != "managed":
        return None
    change = resource.get("change")
    if not isinstance(change, dict) or not isinstance(change.get("after"), dict):
        return None
    actions = change.get("actions")
    return change if isinstance(actions, list) and ("create" in actions or "update" in actions) else None


def _as_planned(after: Any, unknown: Any) -> Any:
    """Return a value with `_LATER` in place of what is unknown in it.

    `unknown` has the structure of the value, with true where it is unknown. Unknown members are not in the value.
    """
    if unknown is True:
        return _LATER
    if isinstance(unknown, dict) and (after is None or isinstance(after, dict)):
        members = {key: _as_planned((after or {}).get(key), of) for key, of in unknown.items()}
        return {**after, **members} if after is not None else members or None
    if isinstance(unknown, list) and (after is None or isinstance(after, list)):
        items = [_as_planned(item, of) for item, of in zip_longest(after or (), unknown)]
        return items if after is not None else items or None
    return after


def _as_sent(value: Any, before: Mapping[str, Any], expressions: Mapping[str, Any] | None) -> Any:
    """Return the attributes of a resource that are sent; all of them if what its configuration sets is unknown.

    An attribute that it does not set is computed later, or is what the service has had before: that is not sent.
    """
    if expressions is None or not isinstance(value, dict):
        return value
    return {
        name: attribute
        for name, attribute in value.items()
        if name in expressions or (attribute is not _LATER and attribute != before.get(name))
    }


def _expressions(plan: Mapping[str, Any]) -> Expressions:
    """Return what the configuration in a plan sets of each model package."""
    found: dict[tuple[str, ...], Mapping[str, Any]] = {}
    for modules, module in _modules(_member(plan.get("configuration"), "root_module"), ()):
        resources = module.get("resources")
        for resource in resources if isinstance(resources, list) else ():
            expressions = _member(resource, "expressions")
            if expressions and resource.get("type") == _TYPE and resource.get("mode", "managed") == "managed":
                found[(*modules, str(resource.get("name")))] = expressions
    return found


def _modules(module: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Yield a module of the configuration and those that it calls, each with the names of the calls."""
    yield names, module
    for name, call in _member(module, "module_calls").items():
        yield from _modules(_member(call, "module"), (*names, str(name)))


def _member(value: Any, name: str) -> Mapping[str, Any]:
    """Return the object that is a member of a value; an empty one if there is none."""
    member = value.get(name) if isinstance(value, dict) else None
    return member if isinstance(member, dict) else {}


def _path(resource: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of the modules that a resource is in, and its own, without the keys of instances."""
    return (*_MODULE.findall(str(resource.get("module_address") or "")), str(resource.get("name")))


def _tells(_step: str | int, value: Any, _at: Pointer, _shape: Shape) -> Told | None:
    if value is None:
        return ABSENT
    return value if isinstance(value, Told) else None


def _dialect(names: Mapping[str, str]) -> Dialect:
    """Return how plans write requests. `names` are the API's names for those in snake case."""

    def name(key: str, shape: Shape) -> str | None:
        properties = shape.schema.get("properties")
        if properties is None:
            return key  # of a map
        member = names.get(key, "")
        return member if member in properties else None

    return Dialect(PROFILE, _tells, name)
