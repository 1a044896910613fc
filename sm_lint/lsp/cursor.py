"""The place of a cursor in a request. The text need not be valid, because completion happens in unfinished texts."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sm_lint.model.pointer import Pointer


class Cursor(NamedTuple):
    """The key or value at a cursor."""

    pointer: Pointer
    """The pointer of the value; with `on_key`, of the object that has the key."""
    on_key: bool
    start: int
    """The offset in code points at which the key or value begins; that of the cursor if nothing is written yet."""
    end: int
    text: str
    """The source of the key or value, with its quotes."""
    siblings: set[str]
    """With `on_key`, the keys of the object."""
    may_nest: bool = False
    """Whether a YAML block, and so a key, may begin in place of the value."""

    @property
    def name(self) -> str:
        """The key or value without its quotes."""
        return self.text.strip("\"'")


class _Level:
    """A collection that is open at the current position of the scan."""

    def __init__(self, indent: int, *, is_list: bool) -> None:
        self.indent = indent
        self.is_list = is_list
        self.step: str | int | None = 0 if is_list else None
        """The current index or key; None before a key."""
        self.has_colon = False
        self.keys: set[str] = set()


_JSON_TOKEN = re.compile(r'[{}\[\],:]|"(?:[^"\\\n\r]|\\.)*"?|[^\s{}\[\],:"]+')
_FLOW_TOKEN = re.compile(
    r"""[{}\[\],]|:(?=[\s,\[\]{}]|$)|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\n]|'')*'?|(?<!\S)\#[^\n\r]*"""
    r"""|[^\s,\[\]{}"'](?:[^\s,\[\]{}:]|:(?=[^\s,\[\]{}]))*""",
    re.VERBOSE,
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")
_KEY = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'#\[\]{},&*!|>%@`-][^#]*?|-[^\s#][^#]*?)[ \t]*:(?=\s|$)""")
_DASH = re.compile(r"-([ \t]+|$)")
_COMMENT = re.compile(r"(?:^|[ \t])#.*")
_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)*")


def cursor_at(text: str, syntax: str, offset: int) -> Cursor | None:
    """Return the cursor at an offset of a text in `json` or `yaml`; None in a comment or a multi-line scalar."""
    if syntax == "json":
        return _in_flow(_JSON_TOKEN.finditer(text), offset, ())
    return _Block(text, offset).cursor()


def _in_flow(tokens: Iterable[re.Match[str]], offset: int, base: Pointer) -> Cursor | None:
    """Return the cursor at an offset inside a value in brackets, whose pointer is `base`."""
    levels: list[_Level] = []
    found: Cursor | None = None
    for match in tokens:
        token, (start, end) = match[0], match.span()
        is_scalar = token not in "{}[],:"
        if found is None and offset <= (end if is_scalar else start):
            if token.startswith("#") and start < offset:
                return None
            covers = is_scalar and start <= offset
            found = _flow_cursor(levels, base, (start, end) if covers else (offset, offset), token if covers else "")
        _advance(levels, token)
    return found or _flow_cursor(levels, base, (offset, offset), "")


def _advance(levels: list[_Level], token: str) -> None:
    top = levels[-1] if levels else None
    if token in "{[":
        levels.append(_Level(0, is_list=token == "["))
    elif token in "}]":
        if top:
            levels.pop()
    elif top is None or token.startswith("#"):
        pass
    elif token == ",":
        top.step = top.step + 1 if isinstance(top.step, int) else None
        top.has_colon = False
    elif token == ":":
        top.has_colon = True
    elif not top.is_list and not top.has_colon:
        top.step = token.strip("\"'")
        top.keys.add(top.step)


def _flow_cursor(levels: list[_Level], base: Pointer, span: tuple[int, int], text: str) -> Cursor | None:
    if not levels:
        return Cursor(base, on_key=False, start=span[0], end=span[1], text=text, siblings=set())
    *outer, top = levels
    pointer = base + _steps(outer)
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
        for line in self._lines():
            self._line(line.start(), line[0].rstrip("\r\n"))
        return self.found

    def _lines(self) -> Iterator[re.Match[str]]:
        at = 0
        while at <= len(self.text):
            line = _LINE.match(self.text, at)
            if line is None:
                return
            yield line
            if line.end() == at or line[0][-1:] not in "\r\n":
                return
            at = line.end()

    def _line(self, start: int, line: str) -> None:
        has_cursor = start <= self.offset <= start + len(line)
        if start < self.skip_to:
            return
        indent = len(line) - len(line.lstrip(" "))
        content = line[indent:].rstrip()
        if self.scalar_indent is not None and content and indent > self.scalar_indent:
            return
        if content and not content.startswith("#"):
            self.scalar_indent = None
            self._content(start + indent, indent, content, has_cursor=has_cursor)
        elif has_cursor and not content and self.scalar_indent is None:
            self._scalar(self.offset - start, self.offset, "", has_cursor=True)

    def _content(self, start: int, column: int, content: str, *, has_cursor: bool) -> None:
        """Process a line from a 0-based column on: a dash and what follows, a key and its value, or a scalar."""
        dash = _DASH.match(content)
        key = _KEY.match(content)
        if dash:
            self._item(column)
            rest = content[dash.end() :]
            if rest:
                self._content(start + dash.end(), column + dash.end(), rest, has_cursor=has_cursor)
            elif has_cursor and self.offset > start:
                self._record(_steps(self.levels), (self.offset, self.offset), "", may_nest=True)
            return
        if content[0] in "[{":
            self._flow(start, _steps(self.levels))
        elif key:
            self._member(start, column, content, key, has_cursor=has_cursor)
        else:
            self._scalar(column, start, _COMMENT.sub("", content), has_cursor=has_cursor)

    def _item(self, column: int) -> None:
        while self.levels and self.levels[-1].indent > column:
            self.levels.pop()
        top = self.levels[-1] if self.levels else None
        if top and top.is_list and top.indent == column and isinstance(top.step, int):
            top.step += 1
        else:
            self.levels.append(_Level(column, is_list=True))

    def _close(self, column: int) -> None:
        """Close the levels that end before a key at a column."""
        while self.levels and (
            self.levels[-1].indent > column or (self.levels[-1].is_list and self.levels[-1].indent == column)
        ):
            self.levels.pop()

    def _member(self, start: int, column: int, content: str, key: re.Match[str], *, has_cursor: bool) -> None:
        self._close(column)
        if not self.levels or self.levels[-1].is_list or self.levels[-1].indent < column:
            self.levels.append(_Level(column, is_list=False))
        top = self.levels[-1]
        top.step = key[1].strip("\"'")
        top.keys.add(top.step)
        if has_cursor and self.offset <= start + key.end(1):
            self._record(_steps(self.levels[:-1]), (start, start + key.end(1)), key[1], siblings=top.keys)
        value = key.end() + len(content[key.end() :]) - len(content[key.end() :].lstrip())
        value = value + len(_PROPERTIES.match(content, value)[0])  # type: ignore[index]  # never None
        rest = _COMMENT.sub("", content[value:]).rstrip()
        if rest[:1] in ("[", "{"):
            self._flow(start + value, _steps(self.levels))
        elif rest[:1] in ("|", ">"):
            self.scalar_indent = column
        elif has_cursor and start + key.end() <= self.offset and not content[value + len(rest) :].strip():
            inside = start + value <= self.offset <= start + value + len(rest)
            span = (start + value, start + value + len(rest)) if inside else (self.offset, self.offset)
            self._record(_steps(self.levels), span, rest if inside else "")

    def _scalar(self, column: int, start: int, text: str, *, has_cursor: bool) -> None:
        """Process a scalar, which may be the beginning of a key."""
        if not has_cursor or not start <= self.offset <= start + len(text):
            return
        open_levels = list(self.levels)
        self._close(column)
        span = (start, start + len(text))
        top = self.levels[-1] if self.levels else None
        if top and not top.is_list and top.indent == column:
            self._record(_steps(self.levels[:-1]), span, text, siblings=top.keys)
        elif top is None or top.indent < column:
            self._record(_steps(self.levels), span, text, may_nest=True)
        self.levels = open_levels

    def _flow(self, start: int, pointer: Pointer) -> None:
        """Skip a value in brackets; without a closing bracket, it extends to the end of the text."""
        tokens = []
        depth = 0
        for match in _FLOW_TOKEN.finditer(self.text, start):
            tokens.append(match)
            depth += (match[0] in "{[") - (match[0] in "}]")
            if not depth:
                break
        end = tokens[-1].end() if not depth else len(self.text) + 1
        if start < self.offset < end:
            self.found = _in_flow(tokens, self.offset, pointer)
        self.skip_to = end

    def _record(
        self,
        pointer: Pointer,
        span: tuple[int, int],
        text: str,
        *,
        siblings: set[str] | None = None,
        may_nest: bool = False,
    ) -> None:
        on_key = siblings is not None
        self.found = Cursor(pointer, on_key, *span, text, siblings if siblings is not None else set(), may_nest)
