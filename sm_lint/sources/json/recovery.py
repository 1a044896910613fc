"""Reading of JSON texts with repeated keys, or with syntax errors, which are repaired to continue reading."""

from functools import partial
from json import loads
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.sources.json.limits import read_to_the_limit
from sm_lint.sources.json.placeholders import filled_in, pointers_of
from sm_lint.sources.json.places import pointers_at, tree
from sm_lint.sources.json.surplus import surplus, without
from sm_lint.sources.json.syntax_errors import parse_error
from sm_lint.sources.reading import UNREAD, Node, Problem, Reading

_MAX_REPAIRS = 10
"""The maximum number of syntax errors that are repaired in a text."""


def read_again(text: str, placeholders: tuple[str, ...] = ()) -> Reading:
    """Return the Reading of a text that jiter refused. Syntax errors are repaired while the intent is unambiguous.

    One of the `placeholders` in place of a value is no error, but an unknown value.
    """
    repaired, placeholders_at = filled_in(text, placeholders) if placeholders else (text, [])
    cut = read_to_the_limit(repaired)
    if cut:
        return cut
    problems: list[Problem] = []
    unknown_offsets: list[int] = []
    repairs = 0
    while True:
        try:
            value, is_repeated = _loads(repaired)
        except ValueError as error:
            problem, rest, unknown_at = parse_error(repaired, error)
            of_its_kind = surplus(repaired) if problem.correction and not problem.correction[2].strip() else []
            if problem in of_its_kind:
                problems += of_its_kind
                rest = without(repaired, of_its_kind)
            else:
                problems.append(problem)
            repairs += 1
            if rest is None or repairs > _MAX_REPAIRS:
                return _salvaged(repaired, problems, unknown_offsets, placeholders_at)
            repaired = rest
            unknown_offsets += [] if unknown_at is None else [unknown_at]
            continue
        if is_repeated:
            tree(repaired, problems)
        unknown = tuple(pointers_at(tree(repaired), unknown_offsets)) if unknown_offsets else ()
        unknown += tuple(pointers_of(tree(repaired), placeholders_at)) if placeholders_at else ()
        lacking = _of_keys(tree(repaired), unknown_offsets) if unknown_offsets else frozenset()
        return Reading(value, problems, places=partial(tree, repaired), unknown=unknown, open=lacking)


def _salvaged(text: str, problems: list[Problem], unknown_offsets: list[int], placeholders_at: list[int]) -> Reading:
    """Return the Reading of what is certain of a text whose last problem cannot be repaired."""
    from sm_lint.sources.json.salvage import salvaged

    found = salvaged(text)
    if found is None:
        return Reading(UNREAD, problems)
    unknown = (*found.unknown, *pointers_of(found.root, placeholders_at), *pointers_at(found.root, unknown_offsets))
    return Reading(found.value, problems, places=lambda: found.root, unknown=unknown, open=found.open)


def _of_keys(root: Node, offsets: list[int]) -> frozenset[Pointer]:
    """Return the pointers of the objects with a key at one of the offsets: it may be the name of another member."""
    found = set()
    for pointer, offset in zip(pointers_at(root, offsets), offsets, strict=True):
        node = root
        for step in pointer:
            node = (node.children or {})[step]
        if node.key and node.key[0] <= offset < node.key[1]:
            found.add(pointer[:-1])
    return frozenset(found)


def _loads(text: str) -> tuple[Any, bool]:
    """Return the value of a text as the CLI reads it, and whether an object in it has a repeated key."""
    repeated = False

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        value = dict(pairs)
        repeated = repeated or len(value) != len(pairs)
        return value

    return loads(text, object_pairs_hook=members), repeated
