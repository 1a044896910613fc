"""Completion at a cursor: the members that an object may still have, and the values of an enumeration."""

import re
from typing import NamedTuple

from lsprotocol import types

from sm_lint.lsp.cursor import cursor_at
from sm_lint.lsp.members import PATH_SUFFIX, Members, Suggestion
from sm_lint.lsp.opened import Opened
from sm_lint.lsp.spot import Spot, begun_spot_at, spot_at
from sm_lint.lsp.text import Encoding, range_of
from sm_lint.requests.request import Request
from sm_lint.sources.document import Document, root_keys

_BEGUN = re.compile(r"""([^\s:"']+):""")
_WORD = re.compile(r"[^\s:]*")
_COLON = re.compile(r"[ \t]*:")


class _Writing(NamedTuple):
    """What is replaced by a suggestion, as offsets in code points, and what is written before and after it."""

    start: int
    end: int
    before: str
    after: str


def completing_at(file: Opened, offset: int) -> Spot | None:
    """Return the spot at an offset of a file for which there are items; None if it is in nothing that is a request."""
    begun = file._replace(requests=[Request(file.document, None)]) if _may_become_request(file) else None
    spot = spot_at(file, offset) or begun_spot_at(file, offset) or (spot_at(begun, offset) if begun else None)
    return _behind_colon(spot) if spot and spot.is_literal(file.document) else None


def _behind_colon(spot: Spot) -> Spot:
    """Return the spot of a value if the cursor is behind the colon of what is no key yet: YAML wants a blank there."""
    read, cursor, _ = spot
    begun = _BEGUN.match(read.text, cursor.start, cursor.offset) if cursor.on_key or cursor.may_nest else None
    if begun is None or read.syntax == "json":
        return spot
    value = cursor._replace(
        pointer=(*cursor.pointer, begun[1]),
        on_key=False,
        may_nest=False,
        start=begun.end(),
        text=read.text[begun.end() : cursor.end],
        siblings=set(),
    )
    return spot._replace(cursor=value)


def _may_become_request(file: Opened) -> bool:
    """Return whether a file may be the beginning of a request: it is empty, or has a member at its top level."""
    text = file.document.text
    if file.failure or file.requests or file.lines:
        return False
    members = file.ruleset.members
    is_empty = not text.strip(" \t\r\n{}")
    return is_empty or (any(name in text for name in members) and not members.isdisjoint(_root_keys(file.document)))


def _root_keys(read: Document) -> set[str]:
    """Return the probable top-level keys of a document, also of YAML in braces."""
    if read.syntax == "json" or not read.text.lstrip().startswith("{"):
        return set(root_keys(read))
    first = cursor_at(read.text, read.syntax, read.text.index("{") + 1)
    return first.siblings if first else set()


def items(file: Opened, spot: Spot, members: Members, encoding: Encoding) -> list[types.CompletionItem]:
    """Return the completion items at a spot of a file."""
    cursor, request = spot.cursor, spot.request
    place = spot.place(members)
    if place is None:
        return []
    is_place_of_key = cursor.on_key or cursor.may_nest
    names = members.members_of(place, spot.siblings(members, place), request.profile) if is_place_of_key else []
    if names or cursor.on_key:
        suffix = PATH_SUFFIX if cursor.name.endswith(PATH_SUFFIX) else ""
        found = [name._replace(text=request.profile.spelled(name.text) + suffix) for name in names]
        kind, writing = types.CompletionItemKind.Property, _writing_of_key(spot)
    else:
        found = [] if spot.written.endswith(PATH_SUFFIX) else members.values_of(place)
        found = found if spot.document.syntax == "json" else [v._replace(text=v.text.strip('"')) for v in found]
        kind, writing = types.CompletionItemKind.EnumMember, _writing_of_value(spot)
    where = range_of(file.document, spot.document.span(writing.start, writing.end), encoding)
    return [_item(*entry, kind, writing, where) for entry in enumerate(found)]


def _writing_of_key(spot: Spot) -> _Writing:
    """Return how a key is written: with a colon and a blank, unless they are there already.

    Of a plain text in YAML, the word at the cursor is replaced; what follows it may be the value.
    """
    read, cursor, _ = spot
    text, end, is_json = read.text, cursor.end, read.syntax == "json"
    quote = '"' if is_json else cursor.quote
    if not quote:
        word = _WORD.match(text, cursor.start, end)
        end = max(word.end() if word else 0, cursor.offset)
    before, colon = _blank(spot) + quote, _COLON.match(text, end)
    if colon is None:
        blank = "" if text[end : end + 1] in (" ", "\t") else " "
        return _Writing(cursor.start, end, before, f"{quote}:{blank}")
    if quote or text[colon.end() : colon.end() + 1].strip() == "":
        return _Writing(cursor.start, end, before, quote)
    return _Writing(cursor.start, colon.end(), before, ": ")


def _writing_of_value(spot: Spot) -> _Writing:
    """Return how a value is written: as JSON, or in YAML with the quote that it has and apart from a comment."""
    read, cursor, _ = spot
    quote = "" if read.syntax == "json" else cursor.quote
    after = " " if read.syntax == "yaml" and read.text.startswith("#", cursor.end) else ""
    return _Writing(cursor.start, cursor.end, _blank(spot) + quote, quote + after)


def _blank(spot: Spot) -> str:
    """Return a blank if there is none after the colon or the dash before the cursor, else nothing."""
    read, cursor, _ = spot
    is_needed = read.text[cursor.start - 1 : cursor.start] in (":", "-") and (read.syntax == "yaml" or not cursor.text)
    return " " if is_needed else ""


def _item(
    number: int, suggestion: Suggestion, kind: types.CompletionItemKind, writing: _Writing, where: types.Range
) -> types.CompletionItem:
    """Return an item. Clients filter by the text at the cursor, quotes included, and sort by `sort_text`."""
    text = f"{writing.before}{suggestion.text}{writing.after}"
    return types.CompletionItem(
        label=suggestion.text.strip('"'),
        kind=kind,
        detail="required" if suggestion.is_required else None,
        documentation=suggestion.documentation or None,
        filter_text=text.strip(": "),
        sort_text=f"{number:04}",
        text_edit=types.TextEdit(where, text),
    )
