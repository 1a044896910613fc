"""Translation of the object that a carrier has into a request: the API's names, and what of it is unknown."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer, value_at
from sm_lint.requests.request import Profile, Request
from sm_lint.requests.shapes import Shape, Shapes
from sm_lint.sources.document import Document
from sm_lint.sources.reading import Problem, step_of


class Told(NamedTuple):
    """What a carrier tells of a value that does not stand for itself."""

    value: Any = None
    """The value that the API gets; for an unknown one, the text that stands for it."""
    is_known: bool = False
    type: str | None = None
    """The JSON Schema type of an unknown value, if that is known."""
    may_be_absent: bool = False
    is_absent: bool = False
    is_more: bool = False
    """Whether any number of members or items may stand in its place."""


ABSENT = Told(is_absent=True)
"""The API does not get the value at all."""
UNKNOWN = Told()
"""Nothing is known of the value, but it is there."""
MORE = Told(is_more=True)
"""The value stands for members or items of which nothing is known, not even how many there are."""


class Dialect(NamedTuple):
    """How a carrier writes members and values."""

    profile: Profile
    tells: Callable[[str | int, Any, Pointer, Shape], Told | None]
    """`tells(step, value, pointer, shape)` returns what a value says; None if it stands for itself.

    `step` is the key as written or the index, `pointer` the place in the document, `shape` that of the API model, which
    is empty where the API has nothing.
    """
    name: Callable[[str, Shape], str | None] = lambda key, _: key
    """`name(key, shape)` returns the API's name for a key of an object of a shape; None for what is not sent."""
    adds: Mapping[str, frozenset[str]] = {}
    """The members of the carrier alone, under the names that the API would give them, by the name of the shape."""


def translated(document: Document, base: Pointer, shapes: Shapes, dialect: Dialect, value: Any = None) -> Request:
    """Return the request that stands at `base` of a document.

    A `value` replaces what stands there, for carriers that say elsewhere what is unknown of it.
    """
    walk, value = _Walk(document, shapes, dialect), value_at(document.value, base) if value is None else value
    told = walk.told("", value, _Place((), base, shapes.root))
    if told:
        unknown: dict[Pointer, str | None] = {} if told.is_known else {(): told.type}
        return Request(document, told.value, base, unknown=unknown, profile=dialect.profile)
    return Request(
        document,
        walk.sent(value, _Place((), base, shapes.root)),
        base,
        unknown=walk.unknown,
        optional=frozenset(walk.optional),
        names=walk.names,
        open=frozenset(walk.open),
        problems=tuple(walk.problems),
        profile=dialect.profile,
    )


class _Place(NamedTuple):
    """A place of a request."""

    pointer: Pointer
    """The pointer in the request."""
    written: Pointer
    """The pointer in the document."""
    shape: Shape


class _Walk:
    """One pass over the value of a request."""

    def __init__(self, document: Document, shapes: Shapes, dialect: Dialect) -> None:
        self._document, self._shapes, self._dialect = document, shapes, dialect
        self.unknown: dict[Pointer, str | None] = {}
        self.optional: set[Pointer] = set()
        self.names: dict[Pointer, dict[str | int, str | int | None]] = {}
        self.open: set[Pointer] = set()
        self.problems: list[Problem] = []

    def told(self, step: str | int, value: Any, place: _Place) -> Told | None:
        """Return what a value says; None if it stands for itself."""
        told = self._dialect.tells(step, value, place.written, place.shape)
        unknown = self._document.unknown
        return Told(value, type=unknown[place.written]) if told is None and place.written in unknown else told

    def sent(self, value: Any, place: _Place) -> Any:
        """Return what the API gets of a value."""
        pointer, written, shape = place
        if written in self._document.open:
            self.open.add(pointer)
            if value == {}:
                self.unknown[pointer] = None  # it may become what stands for another value
        if isinstance(value, dict):
            members: dict[str, Any] = {}
            added = self._dialect.adds.get(shape.name, ())
            for key, child in value.items():
                name = self._dialect.name(key, shape) if isinstance(key, str) else key
                if name is not None and name not in members and name not in added:
                    of_member = self._shapes.of_member(shape, name)
                    self._add(members, key, child, _Place((*pointer, name), (*written, step_of(key)), of_member), shape)
            return members
        if isinstance(value, list):
            items: dict[int, Any] = {}
            for index, item in enumerate(value):
                of_items = self._shapes.of_items(shape)
                self._add(items, index, item, _Place((*pointer, len(items)), (*written, index), of_items), shape)
            return list(items.values())
        return value

    def _add(self, to: dict[Any, Any], step: Any, child: Any, place: _Place, of: Shape) -> None:
        """Add a member or an item to what is sent of a value with the shape `of`, unless it is absent.

        `step` is its key or index in the document.
        """
        name, profile = place.pointer[-1], self._dialect.profile
        told = self.told(step, child, place)
        if told and told.is_more:
            self.open.add(place.pointer[:-1])
        if told and (told.is_absent or told.is_more):
            return
        if name != step:
            self.names.setdefault(place.pointer[:-1], {})[name] = step
        if name in profile.lacks.get(of.name, ()):
            start, end = self._document.extent(place.written, key=True) or (0, 0)
            parameters = {"member": str(step), "found": profile.noun}
            self.problems.append(Problem("member-not-in-the-carrier", start, end, place.written, parameters))
            told = (told or Told(child))._replace(is_known=False, may_be_absent=True)  # it must go
        if told is None:
            to[name] = self.sent(child, place)
            return
        to[name] = told.value
        if told.may_be_absent:
            self.optional.add(place.pointer)
        if not told.is_known:
            self.unknown[place.pointer] = told.type


def objects(value: Any, at: Pointer = ()) -> "list[tuple[Pointer, Mapping[str, Any]]]":
    """Return every object in a value with its pointer, in the order of the text."""
    found: list[tuple[Pointer, Mapping[str, Any]]] = []
    waiting = [(at, value)]
    while waiting:
        place, one = waiting.pop()
        if isinstance(one, dict):
            found.append((place, one))
            waiting += [((*place, key), child) for key, child in one.items() if isinstance(child, (dict, list))][::-1]
        elif isinstance(one, list):
            waiting += [((*place, i), child) for i, child in enumerate(one) if isinstance(child, (dict, list))][::-1]
    return found
