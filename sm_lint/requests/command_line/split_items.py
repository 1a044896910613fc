"""Items of a list that a blank splits in two, such as `--tags Key=a Value=b`."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from sm_lint.requests.command_line.options import Given
from sm_lint.requests.shapes import Shapes
from sm_lint.sources.reading import Problem


def split_items(given: Given, value: Any, member: str, shapes: Shapes) -> Iterator[Problem]:
    """Yield a problem for each two words in a row of which only both together have what an item requires."""
    shape = shapes.of_items(shapes.of_member(shapes.root, member))
    required = frozenset(shape.schema.get("required", ()))
    if not isinstance(value, list) or len(value) != len(given.values):
        return
    is_done = False
    for at, (first, second) in enumerate(pairwise(value)):
        is_done = not is_done and _are_halves(first, second, required)
        if is_done:
            start, end = given.values[at].end, given.values[at + 1].start
            name = given.option.name
            found = f"a blank within an item of `{name}`"
            parameters = {"member": name, "found": found, "advice": "Write a comma in place of the blank."}
            place = given.values[at].start, given.values[at + 1].end
            yield Problem("shorthand-meaning", *place, (member, at), parameters, correction=(start, end, ","))


def _are_halves(first: Any, second: Any, required: frozenset[str]) -> bool:
    if not (isinstance(first, dict) and isinstance(second, dict)):
        return False
    return (
        not first.keys() & second.keys()
        and all(not keys >= required for keys in (first.keys(), second.keys()))
        and first.keys() | second.keys() >= required
    )
