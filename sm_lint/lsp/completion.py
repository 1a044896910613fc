"""Completion at a cursor: the members that an object may still have, and the values of an enumeration."""

from lsprotocol import types

from sm_lint.lsp.cursor import Cursor
from sm_lint.lsp.members import Members, Suggestion
from sm_lint.lsp.opened import Opened
from sm_lint.lsp.text import Encoding, range_of
from sm_lint.sources.document import Document


def may_become_request(file: Opened) -> bool:
    """Return whether a file may be the beginning of a request: it is empty, or contains the name of a member."""
    text = file.document.text
    return not (file.failure or file.lines) and (
        not text.strip(" \t\r\n{}") or any(name in text for name in file.ruleset.members)
    )


def items(document: Document, cursor: Cursor, members: Members, encoding: Encoding) -> list[types.CompletionItem]:
    """Return the completion items at a cursor."""
    place = members.place_of(cursor.pointer)
    if place is None:
        return []
    where = range_of(document, document.span(cursor.start, cursor.end), encoding)
    is_json = document.syntax == "json"
    quote = cursor.text[:1] if cursor.text[:1] in ("'", '"') else ""
    names = members.members_of(place, cursor.siblings - {cursor.name}) if cursor.on_key or cursor.may_nest else []
    if names or cursor.on_key:
        quote = '"' if is_json else quote
        colon = "" if document.text[cursor.end :].lstrip(" ").startswith(":") else ": " if is_json else ":"
        written = [f"{quote}{name.text}{quote}{colon}" for name in names]
        return [_item(*entry, types.CompletionItemKind.Property, where) for entry in _numbered(names, written)]
    values = members.values_of(place)
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
