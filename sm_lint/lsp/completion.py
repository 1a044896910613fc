"""Completion at a cursor: the members that an object may still have, and the values of an enumeration."""

from lsprotocol import types

from sm_lint.lsp.members import PATH_SUFFIX, Members, Suggestion
from sm_lint.lsp.opened import Opened
from sm_lint.lsp.spot import Spot, begun_spot_at, spot_at
from sm_lint.lsp.text import Encoding, range_of
from sm_lint.requests.request import Request
from sm_lint.sources.document import root_keys


def completing_at(file: Opened, offset: int) -> Spot | None:
    """Return the spot at an offset of a file for which there are items; None if it is in nothing that is a request."""
    begun = file._replace(requests=[Request(file.document, None)]) if _may_become_request(file) else None
    spot = spot_at(file, offset) or begun_spot_at(file, offset) or (spot_at(begun, offset) if begun else None)
    return spot if spot and spot.is_literal(file.document) else None


def _may_become_request(file: Opened) -> bool:
    """Return whether a file may be the beginning of a request: it is empty, or has a member at its top level."""
    text = file.document.text
    if file.failure or file.requests or file.lines:
        return False
    members = file.ruleset.members
    is_empty = not text.strip(" \t\r\n{}")
    return is_empty or (any(name in text for name in members) and not members.isdisjoint(root_keys(file.document)))


def items(file: Opened, spot: Spot, members: Members, encoding: Encoding) -> list[types.CompletionItem]:
    """Return the completion items at a spot of a file."""
    read, cursor, request = spot
    place = spot.place(members)
    if place is None:
        return []
    where = range_of(file.document, read.span(cursor.start, cursor.end), encoding)
    is_json = read.syntax == "json"
    quote = cursor.text[:1] if cursor.text[:1] in ("'", '"') else ""
    is_place_of_key = cursor.on_key or cursor.may_nest
    names = members.members_of(place, spot.siblings(members, place), request.profile) if is_place_of_key else []
    if names or cursor.on_key:
        quote = '"' if is_json else quote
        colon = "" if read.text[cursor.end :].lstrip(" ").startswith(":") else ": " if is_json else ":"
        suffix = PATH_SUFFIX if cursor.name.endswith(PATH_SUFFIX) else ""
        names = [name._replace(text=request.profile.spelled(name.text) + suffix) for name in names]
        written = [f"{quote}{name.text}{quote}{colon}" for name in names]
        return [_item(*entry, types.CompletionItemKind.Property, where) for entry in _numbered(names, written)]
    values = [] if spot.written.endswith(PATH_SUFFIX) else members.values_of(place)
    written = [value.text if is_json else f"{quote}{value.text.strip(chr(34))}{quote}" for value in values]
    return [_item(*entry, types.CompletionItemKind.EnumMember, where) for entry in _numbered(values, written)]


def _numbered(suggestions: list[Suggestion], written: list[str]) -> list[tuple[int, Suggestion, str]]:
    return [(number, *pair) for number, pair in enumerate(zip(suggestions, written, strict=True))]


def _item(
    number: int, suggestion: Suggestion, text: str, kind: types.CompletionItemKind, where: types.Range
) -> types.CompletionItem:
    """Return an item. Clients filter by the text at the cursor, quotes included, and sort by `sort_text`."""
    return types.CompletionItem(
        label=suggestion.text.strip('"'),
        kind=kind,
        detail="required" if suggestion.is_required else None,
        documentation=suggestion.documentation or None,
        filter_text=text.rstrip(": "),
        sort_text=f"{number:04}",
        text_edit=types.TextEdit(where, text),
    )
