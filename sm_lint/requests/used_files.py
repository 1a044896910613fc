"""The requests in files that commands name with `file://`: each file is all that is sent, or the value of an option."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.requests.command_line.arguments import Arguments
from sm_lint.requests.command_line.notes import File
from sm_lint.requests.request import PAYLOAD, Profile, Request
from sm_lint.requests.shapes import Shapes
from sm_lint.sources.document import Document
from sm_lint.sources.reading import UNREAD


class Given(NamedTuple):
    """A member that an option gives."""

    member: str
    value: bool | str | None
    """Its value; None for an object, a list, or an unknown one."""
    is_certain: bool
    """Whether the value cannot be wrong in itself. Others are unknown here: the command is linted for them."""


class Use(NamedTuple):
    """How a command uses a file. It can be sent to another process."""

    pointer: Pointer
    """The pointer, in the request, of what the file holds; empty if it is the input."""
    syntax: str
    """`json` or `yaml`."""
    given: tuple[Given, ...] = ()
    """The members that options give, sorted. They replace those of the file."""
    may_have_more: bool = False
    """Whether the command may give other members, too."""


def uses(told: Arguments, shapes: Shapes) -> Iterator[tuple[File, Use]]:
    """Yield the files of JSON or YAML that a command names, each with how it is used."""
    if told.asks_for:
        return
    for file in told.files:
        if _holds_data(file, shapes):
            given = tuple(_given(told, member, shapes) for member in sorted(told.given - {*file.pointer}))
            syntax = "yaml" if file.option == "--cli-input-yaml" else "json"
            yield file, Use(file.pointer, syntax, given, told.may_have_more)


def _holds_data(file: File, shapes: Shapes) -> bool:
    """Return whether a file is the input, or the whole value of an option that takes JSON."""
    if not file.pointer:
        return True
    return len(file.pointer) == 1 and shapes.of_member(shapes.root, str(file.pointer[0])).type in ("object", "array")


def _given(told: Arguments, member: str, shapes: Shapes) -> Given:
    value = told.value[member]
    if (member,) in told.unknown or not isinstance(value, (bool, str)):
        return Given(member, None, is_certain=False)
    known = shapes.of_member(shapes.root, member).schema.get("enum", ())
    return Given(member, value, is_certain=isinstance(value, bool) or value in known)


def requests(document: Document, by: Sequence[Use]) -> list[Request]:
    """Return the request in a file that commands use, in a list; an empty list if it is not JSON or YAML."""
    found = request(document, by)
    return [found] if found else []


def request(
    document: Document, by: Sequence[Use], profile: Profile = PAYLOAD, expanded: Mapping[Pointer, str | None] = {}
) -> Request | None:
    """Return the request in a file that commands use, of which is known what holds for all of them.

    `expanded` are the pointers in the file of values that are unknown because of expansions, each with its type.
    None if they use it as different parts of the request, or if it is no JSON: it may be shorthand.
    """
    at = by[0].pointer
    if any(use.pointer != at for use in by):
        return None
    if at and not document.text.lstrip().startswith(("{", "[")):
        return None
    if document.value is UNREAD:
        return Request(document, None, unknown={(): None}, profile=profile, mounted=at)
    value: Any = document.value
    if at:
        value = {at[0]: value}
    unknown = {(*at, *place): kind for place, kind in {**document.unknown, **expanded}.items()}
    cut = {(*at, *place) for place in document.open}
    if at or any(use.may_have_more for use in by):
        cut.add(())
    whole = Request(document, value, unknown=unknown, open=frozenset(cut), profile=profile, mounted=at)
    return (
        _with_given(whole, [{one.member: one for one in use.given} for use in by]) if isinstance(value, dict) else whole
    )


def _with_given(request: Request, given: Sequence[Mapping[str, Given]]) -> Request:
    """Return a request with the members that options give, which are not in the file."""
    members = {member for one in given for member in one}
    value = dict(request.value)
    unknown = {at: kind for at, kind in request.unknown.items() if members.isdisjoint(at[:1])}
    optional: set[Pointer] = set()
    names: dict[str | int, str | int | None] = {}
    for member in sorted(members):
        is_always = all(member in one for one in given)
        if is_always or member not in value:
            names[member] = None
        if not (is_always or member in value):
            optional.add((member,))
        each = {one.get(member) for one in given}
        single = each.pop() if len(each) == 1 else None
        value[member] = single and single.value
        if not (single and single.is_certain):
            unknown[member,] = None
    return request._replace(
        value=value,
        unknown=unknown,
        optional=frozenset(optional),
        names={(): names} if names else {},
        open=frozenset(at for at in request.open if members.isdisjoint(at[:1])),
    )
