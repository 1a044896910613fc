"""Evaluation of conditions on requests with unknown values: true, false, or undecided.

It is Kleene's three-valued logic over the keywords of JSON Schema. A condition on an unknown value is undecided, and a
member that may be absent is neither present nor missing.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sm_lint.model.pointer import Pointer, is_under
from sm_lint.requests.request import Request

_COUNTS = ("minItems", "maxItems", "minProperties", "maxProperties")
_CONCERNS = {
    **dict.fromkeys(("pattern", "minLength", "maxLength"), "string"),
    **dict.fromkeys(("items", "contains", "minItems", "maxItems", "uniqueItems"), "array"),
    **dict.fromkeys(("required", "properties", "additionalProperties", "propertyNames"), "object"),
    **dict.fromkeys(("minProperties", "maxProperties"), "object"),
}
"""The type that each keyword applies to. A value of another type meets it."""


class Certainty:
    """Evaluates conditions on one request."""

    def __init__(self, request: Request, meets: Callable[[Any, Mapping[str, Any]], bool]) -> None:
        """Initialize for a request; `meets(value, schema)` evaluates a schema on a known value."""
        self._request = request
        self._meets = meets
        self._doubtful: set[Pointer] = set()
        above_optional = (pointer[:-1] for pointer in request.optional)
        for pointer in (*request.unknown, *above_optional, *request.open):
            above = pointer
            while above not in self._doubtful:  # what is above one in the set is in it, too
                self._doubtful.add(above)
                above = above[:-1]
        self._lacking = {pointer[:-1] for pointer in request.optional} | request.open
        self._conditions: dict[tuple[int, Pointer], bool | None] = {}

    def is_known(self, pointer: Pointer) -> bool:
        """Return whether a value is known throughout, if it is not inside an unknown value itself."""
        return pointer not in self._doubtful

    def may_lack(self, pointer: Pointer) -> bool:
        """Return whether the collection at a pointer may lack one of its members or items."""
        return pointer in self._lacking

    def condition_holds(self, schema: Mapping[str, Any], value: Any, at: Pointer) -> bool | None:
        """Return the same as `holds`, evaluated once for all violations of a condition of the rule set."""
        key = id(schema), at
        if key not in self._conditions:
            self._conditions[key] = self.holds(schema, value, at)
        return self._conditions[key]

    def holds(self, schema: Mapping[str, Any], value: Any, at: Pointer) -> bool | None:
        """Return whether the value at the pointer `at` meets a schema; None if that depends on unknown values."""
        if at not in self._doubtful and not is_under(at, self._request.unknown.keys()):
            return self._meets(value, schema)
        return _all(self._keyword(keyword, schema, value, at) for keyword in schema)

    def _keyword(self, keyword: str, schema: Mapping[str, Any], value: Any, at: Pointer) -> bool | None:
        wanted: Any = schema[keyword]
        if keyword.startswith("x-") or keyword in ("then", "else"):
            return True
        if keyword == "allOf":
            return _all(self.holds(part, value, at) for part in wanted)
        if keyword == "anyOf":
            return _any(self.holds(part, value, at) for part in wanted)
        if keyword == "not":
            return _not(self.holds(wanted, value, at))
        if keyword == "if":
            met = self.holds(wanted, value, at)
            return _all(
                (
                    _any((_not(met), self.holds(schema.get("then", {}), value, at))),
                    _any((met, self.holds(schema.get("else", {}), value, at))),
                )
            )
        if at in self._request.unknown:
            return _of_unknown(keyword, wanted, self._request.unknown[at])
        return self._of_known(keyword, wanted, value, at)

    def _of_known(self, keyword: str, wanted: Any, value: Any, at: Pointer) -> bool | None:
        """Evaluate one keyword on a known value that may contain unknown values."""
        members = value if isinstance(value, dict) else {}
        more: list[bool | None] = [None] if at in self._request.open else []  # what has not been read
        if keyword == "required":
            return _all(self._is_there(name, members, at) for name in wanted)
        if keyword == "properties":
            own = [self._child(of, members[name], (*at, name)) for name, of in wanted.items() if name in members]
            return _all([*own, *(more if wanted.keys() - members.keys() else [])])
        if keyword == "additionalProperties" and isinstance(wanted, dict):
            return _all([*more, *(self._child(wanted, child, (*at, name)) for name, child in members.items())])
        items = list(enumerate(value)) if isinstance(value, list) else []
        if keyword == "items":
            return _all([*more, *(self._child(wanted, item, (*at, index)) for index, item in items)])
        if keyword == "contains":
            found = _any([*more, *(self.holds(wanted, item, (*at, index)) for index, item in items)])
            return found if more or at not in self._lacking or not found else None
        is_whole = at not in self._lacking if keyword in _COUNTS else keyword == "propertyNames" and not more
        return self._meets(value, {keyword: wanted}) if is_whole or keyword == "type" else None

    def _is_there(self, name: str, members: Mapping[str, Any], at: Pointer) -> bool | None:
        if (*at, name) in self._request.optional:
            return None
        return name in members or (None if at in self._request.open else False)

    def _child(self, schema: Mapping[str, Any], value: Any, at: Pointer) -> bool | None:
        held = self.holds(schema, value, at)
        return held if held or at not in self._request.optional else None


def _of_unknown(keyword: str, wanted: Any, kind: str | None) -> bool | None:
    """Evaluate one keyword on an unknown value of type `kind`, None if its type is unknown, too."""
    if kind is None:
        return None
    if keyword == "type":
        return kind in (wanted if isinstance(wanted, list) else [wanted])
    return None if _CONCERNS.get(keyword, kind) == kind else True


def _not(held: bool | None) -> bool | None:  # noqa: FBT001 - a truth value is the operand
    return None if held is None else not held


def _all(parts: Iterable[bool | None]) -> bool | None:
    known = list(parts)
    return False if False in known else None if None in known else True


def _any(parts: Iterable[bool | None]) -> bool | None:
    known = list(parts)
    return True if True in known else None if None in known else False
