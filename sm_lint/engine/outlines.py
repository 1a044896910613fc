"""The outlines of the requests that have findings."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from sm_lint.engine.finding import Finding
from sm_lint.model.escape import shown, visible
from sm_lint.model.outline import Mark, Member, Outline
from sm_lint.model.pointer import Pointer, to_json_pointer, value_at
from sm_lint.model.words import counted

_DEEPEST = 12
"""The number of levels of an outline. What is found below stands at the last one."""
_OTHERS, _OTHERS_OF_EACH = 400, 24
"""How many members without findings are shown of all requests in a file, and how many of each object or list."""
_LONGEST = 60

Room = Iterator[int]
"""Yields once for each member without findings that may still be shown."""


def room() -> Room:
    """Return the room for the outlines of one file."""
    return iter(range(_OTHERS))


def outlines(findings: Sequence[Finding], left: Room) -> tuple[Outline, ...]:
    """Return the outline of each request that has some of the findings, in the order of the first ones.

    Members that have findings, and what encloses them, are always shown, others as long as there is room `left`.
    """
    groups: dict[tuple[int, Pointer], list[Finding]] = {}
    for finding in findings:
        if finding.request:
            groups.setdefault((id(finding.request.document), finding.request.base), []).append(finding)
    return tuple(outline for group in groups.values() if (outline := _outline(group, left)))


def _outline(findings: Sequence[Finding], left: Room) -> Outline | None:
    """Return the outline of the request that all of the findings are in; None if it is no object or list."""
    request = findings[0].request
    if request is None:
        return None
    document, base = request.document, request.base
    try:
        value = value_at(document.value, base)
    except (LookupError, TypeError):
        return None
    if not isinstance(value, (dict, list)):
        return None
    found: dict[Pointer, list[Mark]] = {}
    for finding in findings:
        is_inside = finding.document is document and finding.pointer[: len(base)] == base
        at = _reached(value, finding.pointer[len(base) :][:_DEEPEST]) if is_inside else ()
        found.setdefault(at, []).append((finding.code, finding.span.start.offset))
    routes = {pointer[:length] for pointer in found for length in range(len(pointer) + 1)}
    root = _member(request.profile.noun, value, (), _Marks(found, routes, _unknown(findings), left))
    pointer, _ = document.of_file(base)
    return Outline(request.profile.carrier, to_json_pointer(pointer), document.locate(base).start.line, root)


def _unknown(findings: Sequence[Finding]) -> set[Pointer]:
    """Return the pointers, in the request as it is written, of what is unknown of it."""
    requests = {id(finding.request): finding.request for finding in findings}  # some have its unknown values, some not
    return {
        request.in_document(at)[len(request.base) :]
        for request in requests.values() if request
        for at in request.unknown if len(at) <= _DEEPEST
    }  # fmt: skip


class _Marks(NamedTuple):
    """What is found in a request."""

    found: Mapping[Pointer, Sequence[Mark]]
    """The findings by pointer in the request."""
    routes: AbstractSet[Pointer]
    """The pointers of what has findings, or encloses something that has some."""
    unknown: AbstractSet[Pointer]
    """The pointers of what is not known, such as a variable."""
    left: Room


def _reached(value: Any, pointer: Pointer) -> Pointer:
    """Return as much of a pointer as leads to a value."""
    for length, step in enumerate(pointer):
        if isinstance(value, str):
            return pointer[:length]
        try:
            value = value[step]
        except (LookupError, TypeError):
            return pointer[:length]
    return pointer


def _member(name: str, value: Any, at: Pointer, marks: _Marks) -> Member:
    """Return a value at a pointer, with the members of it that are to be shown."""
    members, others = [], 0
    for step, child in _children(value):
        there = (*at, step)
        if there not in marks.routes:
            others += 1
            if others > _OTHERS_OF_EACH or len(there) > _DEEPEST or next(marks.left, None) is None:
                continue
        members.append(_member(_name(step, value), child, there, marks))
    text = _plain(value) if at in marks.unknown and isinstance(value, str) else _shown(value)
    return Member(name, text, tuple(marks.found.get(at, ())), tuple(members), _size(value) - len(members))


def _children(value: Any) -> Iterator[tuple[Any, Any]]:
    """Return the members or items of a value, each after its step."""
    if isinstance(value, dict):
        return iter(value.items())
    return enumerate(value) if isinstance(value, list) else iter(())


def _name(step: Any, value: Any) -> str:
    """Return how a member of a value is named."""
    return f"[{step}]" if isinstance(value, list) else _plain(step if isinstance(step, str) else shown(step))


def _plain(text: str) -> str:
    """Return the beginning of a text without quotes."""
    return visible(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def _size(value: Any) -> int:
    return len(value) if isinstance(value, (dict, list)) else 0


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return counted(len(value), "member") if value else "{}"
    return counted(len(value), "item") if isinstance(value, list) and value else shown(value)
