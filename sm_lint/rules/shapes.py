"""The shapes of the API model: the schema of the request without rules, and the paths at which each shape occurs."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import jiter

from sm_lint.model import data

OPERATION = "create-model-package"
"""The API operation whose request is linted. The files in schemas/ are named after it."""

INSTANCE_TYPES = "x-InstanceType"
"""The definition with the jobs of instance types. It is no shape of the request."""


@cache
def shapes() -> dict[str, Any]:
    """Return the schema of the request without folded rules. It is shared and must not be modified."""
    schema: dict[str, Any] = jiter.from_json(data.schema(f"{OPERATION}.schema"))
    return schema


def jobs_of_instance_types() -> Mapping[str, list[str]]:
    """Return what each instance type of SageMaker may be used for. The folded schema does without this long table."""
    jobs: dict[str, list[str]] = shapes()["definitions"][INSTANCE_TYPES]["x-jobs"]
    return jobs


def name_of(reference: Mapping[str, Any]) -> str:
    """Return the name of the shape that a `$ref` refers to.

    >>> name_of({"$ref": "#/definitions/TagList"})
    'TagList'
    """
    return str(reference["$ref"]).rpartition("/")[2]


def root_of(schema: Mapping[str, Any]) -> str:
    """Return the name of the shape of the request itself."""
    return name_of(schema["allOf"][0])


@cache
def places() -> dict[str, list[str]]:
    """Return the paths at which each shape occurs, with `*` for a list item or a map entry.

    A map key has the path of its map. The request itself has the empty path.
    """
    definitions = shapes()["definitions"]
    found: dict[str, list[str]] = {}

    def visit(shape: str, path: str) -> None:
        found.setdefault(shape, []).append(path)
        definition = definitions[shape]
        for member, of in definition.get("properties", {}).items():
            visit(name_of(of), f"{path}/{member}")
        for keyword in ("items", "additionalProperties"):
            if isinstance(definition.get(keyword), dict):
                visit(name_of(definition[keyword]), f"{path}/*")
        if "propertyNames" in definition:
            visit(name_of(definition["propertyNames"]), path)

    visit(root_of(shapes()), "")
    return found


def paths_of(place: str) -> list[str]:
    """Return the paths of a place `Shape.Member`. The member may be `*`, and further steps may follow it.

    >>> paths_of("Tag.Key"), paths_of("ModelPackageSecurityConfig.*")
    (['Tags/*/Key'], ['SecurityConfig/*'])
    """
    shape, _, member = place.partition(".")
    return [f"{path}/{member}".lstrip("/") for path in places().get(shape, ())]


def place_at(path: str) -> str | None:
    """Return the place `Shape.Member` of a path; None if the path does not lead to a member.

    >>> place_at("Tags/*/Key")
    'Tag.Key'
    """
    owner, _, member = f"/{path}".rpartition("/")
    definitions = shapes()["definitions"]
    shape = next((name for name, paths in places().items() if owner in paths), "")
    return f"{shape}.{member}" if member in definitions.get(shape, {}).get("properties", {}) else None


def leads_somewhere(place: str) -> bool:
    """Return whether a place, named as for `paths_of`, is part of a request.

    >>> leads_somewhere("Tag.Key"), leads_somewhere("InferenceSpecification.Containers/*/Framwork")
    (True, False)
    """
    known = {path.lstrip("/") for paths in places().values() for path in paths}
    return any(path in known or path.removesuffix("/*") in known for path in paths_of(place))
