"""The place of a cursor in a request. The text need not be valid, because completion happens in unfinished texts."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from sm_lint.lsp.block_key import key_at
from sm_lint.lsp.tokens import TooLarge, tokens
from sm_lint.model.pointer import Pointer
from sm_lint.sources.limits import MAX_DEPTH


class Cursor(NamedTuple):
    """The key or value at a cursor."""

    pointer: Pointer
    """The pointer of the value; with `on_key`, of the object that has the key."""
    on_key: bool
    start: int
    """The offset in code points at which the key or value begins; that of the cursor if nothing is before it."""
    end: int
    text: str
    """The source of the key or value, with its quotes."""
    siblings: set[str]
    """With `on_key`, the keys of the object."""
    may_nest: bool = False
    """Whether a YAML block, and so a key, may begin in place of the value."""
    offset: int = 0
    """The offset of the cursor itself, which is between `start` and `end`."""

    @property
    def quote(self) -> str:
        """The quote in which the key or value begins; the empty string if there is none."""
        return self.text[:1] if self.text[:1] in ("'", '"') else ""

    @property
    def name(self) -> str:
        """The key or value without its quotes."""
        return self.text.strip("\"'")


class _Level:
    """A collection that is open at the current position of the scan."""

    __slots__ = ("has_colon", "has_value", "indent", "is_list", "keys", "step")

    def __init__(self, indent: int, *, is_list: bool) -> None:
        self.indent = indent
        self.is_list = is_list
        self.step: str | int | None = 0 if is_list else None
        """The current index or key; None before a key."""
        self.has_colon = False
        self.has_value = False
        """Whether the current item or key has a value; not kept in blocks."""
        self.keys: set[str] = set()


_MARKS = frozenset("{}[],:")
_LINE_END = re.compile(r"\r\n|\n|\r|\Z")
_DASH = re.compile(r"-([ \t]+|$)")
_COMMENT = re.compile(r"(?:^|[ \t])#.*")
_BELOW = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\n|\r)){1,1000}( *)[^\s#]")
_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+){0,2}")


def cursor_at(text: str, syntax: str, offset: int) -> Cursor | None:
    """Return the cursor at an offset of a text in `json` or `yaml`.

    It is None in a comment, in a multi-line scalar, and in a text that is larger or deeper than a request can be.
    """
    try:
        found = _in_flow(text, tokens(text, "json"), offset, ()) if syntax == "json" else _Block(text, offset).cursor()
    except TooLarge:
        return None
    return found._replace(offset=offset) if found else None


def _in_flow(text: str, spans: Iterable[tuple[int, int]], offset: int, base: Pointer) -> Cursor | None:
    """Return the cursor at an offset inside a value in brackets, whose tokens are `spans` and whose pointer is `base`.

    After the cursor, only the keys of its own collection are of interest.
    """
    levels: list[_Level] = []
    found: Cursor | None = None
    depth = 0
    for start, end in spans:
        token = text[start:end]
        is_scalar = token not in _MARKS
        if found is None and offset <= (end if is_scalar else start):
            if token.startswith("#") and start < offset:
                return None
            is_below = is_scalar and start > offset and _awaits_value(levels)
            if is_below and {"\n", "\r"} & set(text[offset:start]):
                return None  # the value is on another line, and an edit is on one
            is_value = is_scalar and (start <= offset or is_below)
            span = (min(start, offset), end) if is_value else (offset, offset)
            found = _flow_cursor(levels, base, span, text[slice(*span)])
            depth = len(levels)
            if found is None:
                return None
        _advance(levels, token)
        if found and (len(levels) < depth or not depth):
            break
    return found or _flow_cursor(levels, base, (offset, offset), "")


def _awaits_value(levels: list[_Level]) -> bool:
    return bool(levels) and levels[-1].has_colon and not levels[-1].has_value


def _end_of_flow(text: str, start: int) -> int:
    """Return the offset after a value in brackets; without a closing bracket, it extends beyond the end of the text."""
    depth = 0
    for first, end in tokens(text, "yaml", start):
        depth += (text[first] in "{[") - (text[first] in "}]")
        if not depth:
            return end
    return len(text) + 1


def _advance(levels: list[_Level], token: str) -> None:
    top = levels[-1] if levels else None
    if top and token not in ("}", "]", ",", ":") and not token.startswith("#"):
        top.has_value = top.is_list or top.has_colon
    if token in ("{", "["):
        _open(levels, _Level(0, is_list=token == "["))
    elif token in ("}", "]"):
        if top:
            levels.pop()
    elif top is None or token.startswith("#"):
        pass
    elif token == ",":
        top.step = top.step + 1 if isinstance(top.step, int) else None
        top.has_colon = top.has_value = False
    elif token == ":":
        top.has_colon = True
    elif not top.is_list and not top.has_colon:
        top.step = token.strip("\"'")
        top.keys.add(top.step)


def _open(levels: list[_Level], level: _Level) -> None:
    if len(levels) == MAX_DEPTH:
        raise TooLarge
    levels.append(level)


def _flow_cursor(levels: list[_Level], base: Pointer, span: tuple[int, int], text: str) -> Cursor | None:
    """Return the cursor at a span; None behind a value, where only a comma can follow."""
    if not levels:
        return Cursor(base, on_key=False, start=span[0], end=span[1], text=text, siblings=set())
    *outer, top = levels
    pointer = base + _steps(outer)
    if top.has_value and not text:
        return None
    if top.is_list or top.has_colon:
        return Cursor((*pointer, *_steps([top])), on_key=False, start=span[0], end=span[1], text=text, siblings=set())
    return Cursor(pointer, on_key=True, start=span[0], end=span[1], text=text, siblings=top.keys)


def _steps(levels: Iterable[_Level]) -> Pointer:
    return tuple("" if level.step is None else level.step for level in levels)


class _Block:
    """One pass over the lines of a YAML text, which keeps track of the open blocks."""

    def __init__(self, text: str, offset: int) -> None:
        self.text = text
        self.offset = offset
        self.levels: list[_Level] = []
        self.skip_to = 0
        """Lines that begin before this offset belong to a value in brackets."""
        self.scalar_indent: int | None = None
        """Lines that are indented deeper belong to a block scalar; None outside of one."""
        self.found: Cursor | None = None

    def cursor(self) -> Cursor | None:
        start = 0
        for found in _LINE_END.finditer(self.text):
            if start >= self.skip_to:
                self._line(start, found.start())
            start = found.end()
        return self.found

    def _line(self, start: int, end: int) -> None:
        has_cursor = start <= self.offset <= end
        content = self.text[start:end].lstrip(" ")
        at = end - len(content)
        content = content.rstrip()
        if self.scalar_indent is not None and content and at - start > self.scalar_indent:
            return
        if content and not content.startswith("#"):
            self.scalar_indent = None
            self._content(at, at + len(content), at - start, has_cursor=has_cursor)
        elif has_cursor and not content and self.scalar_indent is None:
            self._scalar(self.offset - start, self.offset, "", has_cursor=True)

    def _content(self, start: int, end: int, column: int, *, has_cursor: bool) -> None:
        """Process a line from a 0-based column on: dashes and what follows, a key and its value, or a scalar."""
        while dash := _DASH.match(self.text, start, end):
            self._item(column)
            column += dash.end() - start
            start = dash.end()
            if start == end:
                if has_cursor and self.offset > dash.start():
                    self._record(_steps(self.levels), (self.offset, self.offset), may_nest=True)
                return
        key = key_at(self.text, start, end)
        if self.text[start] in "[{":
            self._flow(start, _steps(self.levels))
        elif key:
            self._member(start, end, column, key, has_cursor=has_cursor)
        else:
            self._scalar(column, start, _COMMENT.sub("", self.text[start:end]), has_cursor=has_cursor)

    def _item(self, column: int) -> None:
        while self.levels and self.levels[-1].indent > column:
            self.levels.pop()
        top = self.levels[-1] if self.levels else None
        if top and top.is_list and top.indent == column and isinstance(top.step, int):
            top.step += 1
        else:
            _open(self.levels, _Level(column, is_list=True))

    def _close(self, column: int) -> None:
        """Close the levels that end before a key at a column."""
        while self.levels and (
            self.levels[-1].indent > column or (self.levels[-1].is_list and self.levels[-1].indent == column)
        ):
            self.levels.pop()

    def _member(self, start: int, end: int, column: int, key: tuple[int, int], *, has_cursor: bool) -> None:
        self._close(column)
        if not self.levels or self.levels[-1].is_list or self.levels[-1].indent < column:
            _open(self.levels, _Level(column, is_list=False))
        top = self.levels[-1]
        key_end, colon = key
        name = self.text[start:key_end]
        top.step = name.strip("\"'")
        top.keys.add(top.step)
        if has_cursor and self.offset <= key_end:
            self._record(_steps(self.levels[:-1]), (start, key_end), siblings=top.keys)
        value = end - len(self.text[colon:end].lstrip())
        properties = _PROPERTIES.match(self.text, value, end)
        value = properties.end() if properties else value
        rest = _COMMENT.sub("", self.text[value:end]).rstrip()
        value_end = value + len(rest)
        if rest[:1] in ("[", "{"):
            self._flow(value, _steps(self.levels))
        elif rest[:1] in ("|", ">"):
            self.scalar_indent = column
        elif has_cursor and colon <= self.offset and not self.text[value_end : self.offset].strip():
            is_value = rest[:1] not in ("", "&", "!")
            if not is_value and self._is_value_below(value_end, column):
                return
            span = (min(value, self.offset), max(value_end, self.offset)) if is_value else (self.offset, self.offset)
            self._record(_steps(self.levels), span)

    def _is_value_below(self, end: int, column: int) -> bool:
        """Return whether the next line that says something is indented deeper than a key at a column."""
        below = _BELOW.match(self.text, end)
        return below is not None and len(below[1]) > column

    def _scalar(self, column: int, start: int, text: str, *, has_cursor: bool) -> None:
        """Process a scalar, which may be the beginning of a key."""
        if not has_cursor or not start <= self.offset <= start + len(text):
            return
        open_levels = list(self.levels)
        self._close(column)
        span = (start, start + len(text))
        top = self.levels[-1] if self.levels else None
        if top and not top.is_list and top.indent == column:
            self._record(_steps(self.levels[:-1]), span, siblings=top.keys)
        elif top is None or top.indent < column:
            self._record(_steps(self.levels), span, may_nest=True)
        self.levels = open_levels

    def _flow(self, start: int, pointer: Pointer) -> None:
        """Skip a value in brackets, and find the cursor if it is inside."""
        self.skip_to = _end_of_flow(self.text, start)
        if start < self.offset < self.skip_to:
            self.found = _in_flow(self.text, tokens(self.text, "yaml", start), self.offset, pointer)

    def _record(
        self, pointer: Pointer, span: tuple[int, int], *, siblings: set[str] | None = None, may_nest: bool = False
    ) -> None:
        text, keys = self.text[slice(*span)], set() if siblings is None else siblings
        self.found = Cursor(pointer, siblings is not None, *span, text, keys, may_nest)
