"""The pointers of the errors of jsonschema-rs."""

from collections.abc import Iterator
from typing import Any

from sm_lint.model.pointer import Pointer

Located = set[tuple[Pointer, tuple[str | int, ...]]]
"""The pointers returned so far, each with the path of the keyword in the schema."""


def locate(value: Any, error: Any, located: Located) -> tuple[Pointer, Any]:
    """Return the pointer of the value that a jsonschema_rs.ValidationError is about, and the value.

    jsonschema-rs 0.60 parses its paths from text: a key of digits becomes a number, and an empty key is lost. In a
    request with such keys, the pointer is found by searching for the value. `located` ensures that no pointer is
    returned twice for the same keyword.
    """
    here = value
    for step in error.instance_path:
        if isinstance(here, dict) and (isinstance(step, int) or "" in here):
            break
        here = here[step]
    else:
        if not (isinstance(here, dict) and "" in here):
            return tuple(error.instance_path), here
    instance = error.instance
    keyword = tuple(error.schema_path)
    ways = (way for way in _ways(value, error.instance_path, instance) if (way, keyword) not in located)
    pointer = next(ways, tuple(error.instance_path))
    located.add((pointer, keyword))
    return pointer, instance


def _ways(value: Any, path: list[str | int], instance: Any) -> Iterator[Pointer]:
    """Yield the pointers that a path of jsonschema-rs may stand for, the most likely first."""
    if not path and value == instance:
        yield ()
    for step, child, rest in _steps(value, path):
        for way in _ways(child, rest, instance):
            yield (step, *way)


def _steps(value: Any, path: list[str | int]) -> Iterator[tuple[str | int, Any, list[str | int]]]:
    if isinstance(value, list) and path:
        yield path[0], value[int(path[0])], path[1:]
    if not isinstance(value, dict):
        return
    if path and str(path[0]) in value:
        yield str(path[0]), value[str(path[0])], path[1:]
    if path and isinstance(path[0], int):
        for key, child in value.items():
            if key != str(path[0]) and key.removeprefix("+").lstrip("0") == str(path[0] or ""):
                yield key, child, path[1:]
    if "" in value:
        yield "", value[""], path
