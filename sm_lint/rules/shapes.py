"""The shapes of the API model: the request without any rule, and where in a request its shapes occur."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import jiter

from sm_lint.model import data

OPERATION = "create-model-package"
"""The operation of the API whose request is linted, as the files in schemas/ are named for it."""


@cache
def shapes() -> dict[str, Any]:
    """Return the schema of the request that no rule is folded into. It is shared: nobody may write to it."""
    schema: dict[str, Any] = jiter.from_json(data.schema_text(f"{OPERATION}.schema").encode())
    return schema


def name_of(reference: Mapping[str, Any]) -> str:
    """Return the name of the shape that a `$ref` leads to.

    >>> name_of({"$ref": "#/definitions/TagList"})
    'TagList'
    """
    return str(reference["$ref"]).rpartition("/")[2]


def root_of(schema: Mapping[str, Any]) -> str:
    """Return the name of the shape of the request itself."""
    return name_of(schema["allOf"][0])


@cache
def places() -> dict[str, list[str]]:
    """Return the paths at which each shape occurs, `*` for an item of a list or an entry of a map.

    A key of a map has the path of its map. The request itself has the empty path.
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
    """Return the paths to a place that is named by shape and member, with or without a path that goes on from there.

    >>> paths_of("Tag.Key"), paths_of("SecurityConfig.*")
    (['Tags/*/Key'], ['SecurityConfig/*'])
    """
    shape, _, member = place.partition(".")
    return [f"{path}/{member}".lstrip("/") for path in places().get(shape, ())]


def place_at(path: str) -> str | None:
    """Return the place, by shape and member, that a path leads to; None where it leads to no member.

    >>> place_at("Tags/*/Key")
    'Tag.Key'
    """
    owner, _, member = f"/{path}".rpartition("/")
    definitions = shapes()["definitions"]
    shape = next((name for name, paths in places().items() if owner in paths), "")
    return f"{shape}.{member}" if member in definitions.get(shape, {}).get("properties", {}) else None
