"""What is certain of a JSON text with a syntax error that cannot be repaired.

All tokens are read once. Where a bracket is missing, the indentation of the following lines says which. A container
that may have lost members is open, and a value that is a guess is unknown.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from json import loads
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.sources.json.syntax_errors import comment_at
from sm_lint.sources.json.tokens import Token, tokens
from sm_lint.sources.reading import UNREAD, Node

_CLOSES = {"}": "{", "]": "["}
_BREAK = re.compile("[\r\n]")
_STRUCTURE = re.compile(r"""[\[\]{}"'\u2018-\u201d]""")
"""Matches a quote or a bracket, of which another one may be missing."""
_END = Token("", 0, 0, is_open=False)


class Salvaged(NamedTuple):
    """What could be read of a text."""

    value: Any
    root: Node
    unknown: tuple[Pointer, ...]
    """The pointers of values that are guesses; `value` has substitutes there."""
    open: frozenset[Pointer]
    """The pointers of objects and lists that may have further members or items."""


class _Line(NamedTuple):
    number: int
    indent: int


class _Container:
    """An object or a list whose end has not been read."""

    __slots__ = (
        "after_comma", "indent", "is_doubtful", "key", "last", "line", "node", "pointer", "value", "wants_value",
    )  # fmt: skip

    def __init__(self, token: Token, key: tuple[int, int] | None, pointer: Pointer, line: _Line) -> None:
        self.value: Any = {} if token.text == "{" else []
        self.node = Node(token.start, token.end, key, collection=True)
        self.pointer, self.line = pointer, line
        self.key: Token | None = None
        """The key whose value has not been read."""
        self.wants_value = token.text == "["
        self.last: str | int | None = None
        """The last member or item."""
        self.after_comma = True
        self.indent: int | None = None
        """The indentation of its members; None until one begins a line."""
        self.is_doubtful = False
        """Whether a bracket or a quote is missing before, so that further members are guesses."""


class _State:
    """What has been read so far."""

    def __init__(self) -> None:
        self.stack: list[_Container] = []
        self.root: _Container | None = None
        self.unknown: dict[Pointer, None] = {}
        self.open: set[Pointer] = set()
        self.containers: list[Pointer] = []
        self.is_indented: bool | None = None
        """Whether the members of the root are indented; None until one begins a line."""


def salvaged(text: str) -> Salvaged | None:
    """Return what is certain of a text with a syntax error; None if it does not begin as an object."""
    state = _State()
    for token, line, begins_line, is_key in _in_lines(text):
        if not _take(state, token, line, begins_line=begins_line, is_key=is_key):
            break
    else:
        if not state.stack and state.root:  # the error has been repaired by what has been left out
            state.open.add(())
    if state.root is None or isinstance(state.root.value, list):
        return None
    while state.stack:
        _leave(state, len(text))
    return Salvaged(state.root.value, state.root.node, tuple(state.unknown), frozenset(state.open))


def _in_lines(text: str) -> Iterator[tuple[Token, _Line, bool, bool]]:
    """Yield the tokens outside of comments, each with its line, whether it begins it, and whether a colon follows."""
    line, end, of_comment = _Line(0, 0), 0, 0
    is_first = True
    for token, after in pairwise(_with_end(text)):
        if token.start < of_comment:
            continue
        comment = comment_at(text, token.start)
        if comment:
            of_comment = comment.end()
            continue
        gap = text[end : token.start]
        last_break = max(gap.rfind("\n"), gap.rfind("\r"))
        if last_break >= 0 or is_first:
            line = _Line(line.number + 1, len(gap) - last_break - 1)
        yield token, line, last_break >= 0 or is_first, after.text == ":"
        end, is_first = token.end, False


def _with_end(text: str) -> Iterator[Token]:
    """Yield the tokens, and one more. A string ends with its line, so that a missing quote concerns no other line."""
    found = tokens(text)
    while token := next(found, None):
        line_break = _BREAK.search(text, token.start, token.end)
        if line_break or token.is_open:
            end = line_break.start() if line_break else token.end
            token = Token(text[token.start : end], token.start, end, is_open=True)
            found = tokens(text, end)
        yield token
    yield _END


def _take(state: _State, token: Token, line: _Line, *, begins_line: bool, is_key: bool) -> bool:
    """Take a token and return whether the next one can be understood, too."""
    if not state.stack:
        return _begin(state, token, line)
    begins_line = begins_line and token.text not in (",", ":")
    if begins_line:
        _leave_by_indentation(state, token, line)
    top = state.stack[-1]
    if begins_line and token.text not in _CLOSES:
        top.indent = line.indent if top.indent is None else top.indent
        if state.is_indented and isinstance(top.value, dict):
            top.is_doubtful = top.indent != line.indent
    if token.text in _CLOSES:
        return _close(state, token)
    if token.text == ",":
        _end_member(state, top)
        top.after_comma = True
    elif token.text == ":":
        _colon(state, top)
    elif _begins_member(top, token, begins_line=begins_line, is_key=is_key):
        _end_member(state, top)
        top.key = token
    elif top.key and not top.wants_value:  # a colon is missing
        state.unknown[(*top.pointer, _name(top.key))] = None
        state.open.add(top.pointer)
        _add(state, top, token, line)
    elif top.wants_value and (top.after_comma or isinstance(top.value, dict) or _begins_item(top, token)):
        _add(state, top, token, line)
    else:
        _skip(state, top, token)
        return token.text not in ("{", "[")
    return True


def _skip(state: _State, top: _Container, token: Token) -> None:
    """Leave out a token where none may stand. A word in an object says nothing about members after it."""
    was_doubtful = top.is_doubtful
    is_word = isinstance(top.value, dict) and not _STRUCTURE.search(token.text)
    state.open.add(top.pointer)
    if not (is_word and top.after_comma):
        _doubt(state, top)  # it may be a part of the last member
        top.is_doubtful = was_doubtful or not is_word


def _begins_item(top: _Container, token: Token) -> bool:
    """Return whether a token is a new item of a list without a comma before it: an object after another one."""
    return token.text == "{" and isinstance(top.value[-1], dict)


def _begins_member(top: _Container, token: Token, *, begins_line: bool, is_key: bool) -> bool:
    """Return whether a token is the key of a new member. Before one with quotes, a comma may be missing."""
    if isinstance(top.value, list) or top.wants_value or token.text in ("{", "["):
        return False
    if top.after_comma and not top.key:
        return is_key or token.text.startswith('"')
    follows_scalar = top.last is not None and not isinstance(top.value[top.last], (dict, list))
    return is_key and token.text.startswith('"') and (begins_line or follows_scalar)


def _begin(state: _State, token: Token, line: _Line) -> bool:
    if state.root:  # a bracket too many has ended it, perhaps that of another container
        state.open.update(state.containers)
        return False
    if token.text in ("{", "["):
        state.root = _Container(token, None, (), line)
        state.containers.append(())
        state.stack.append(state.root)
    return state.root is not None


def _leave_by_indentation(state: _State, token: Token, line: _Line) -> None:
    """Leave the containers that end before a line by its indentation, though their brackets are missing."""
    is_end = token.text in _CLOSES
    if state.is_indented is None and not is_end:
        state.is_indented = line.indent > state.stack[0].line.indent
    while state.is_indented and len(state.stack) > 1:
        began = state.stack[-1].line
        if began.number == line.number or line.indent > began.indent or (is_end and line.indent == began.indent):
            break
        left = state.stack[-1]
        _leave(state, token.start)
        if left.indent is None or isinstance(left.value, list):  # a bracket may be one too many
            state.unknown[left.pointer] = None


def _leave(state: _State, end: int) -> None:
    """Leave a container that may have lost members."""
    top = state.stack.pop()
    _end_member(state, top)
    state.open.add(top.pointer)
    if state.stack and isinstance(state.stack[-1].value, list):
        state.stack[-1].is_doubtful = True
    top.node.end = end


def _close(state: _State, token: Token) -> bool:
    top = state.stack[-1]
    if isinstance(top.value, dict) != (token.text == "}"):
        state.unknown[top.pointer] = None
        return False
    _end_member(state, top)
    state.stack.pop()
    top.node.end = token.end
    return True


def _end_member(state: _State, top: _Container) -> None:
    """End a member or an item. A member without a value is unknown."""
    if top.key:
        was_doubtful = top.is_doubtful
        _add(state, top, top.key, top.line)
        _doubt(state, top)
        top.is_doubtful = was_doubtful
        if len(top.value) == 1 and top.pointer:  # a bracket may be one too many
            state.unknown[top.pointer] = None
    top.wants_value = isinstance(top.value, list)


def _colon(state: _State, top: _Container) -> None:
    if top.key and not top.wants_value:
        top.wants_value = True
    else:
        _doubt(state, top)


def _add(state: _State, top: _Container, token: Token, line: _Line) -> None:
    """Add a member or an item that begins with a token."""
    step: str | int = _name(top.key) if top.key else len(top.value)
    key = (top.key.start, top.key.end) if top.key else None
    top.key, top.last = None, step
    top.wants_value, top.after_comma = isinstance(top.value, list), False
    pointer = (*top.pointer, step)
    if top.is_doubtful:
        state.unknown[pointer] = None
    if token.text in ("{", "["):
        inner = _Container(token, key, pointer, line)
        state.stack.append(inner)
        state.containers.append(pointer)
        node, value = inner.node, inner.value
    else:
        node, value = Node(token.start, token.end, key), _scalar(token)
        if value is UNREAD:
            state.unknown[pointer] = value = None
    if isinstance(top.value, dict):
        top.value[step] = value
    else:
        top.value.append(value)
    if top.node.children is not None:
        top.node.children[step] = node


def _doubt(state: _State, top: _Container) -> None:
    """Doubt the last member of an object, whether there are more, and what follows; of a list, all of it."""
    if isinstance(top.value, list):
        state.unknown[top.pointer] = None
    elif top.last is not None:
        state.unknown[(*top.pointer, top.last)] = None
    elif top.pointer:
        state.unknown[top.pointer] = None
    state.open.add(top.pointer)
    top.is_doubtful = True


def _scalar(token: Token) -> Any:
    """Return the value of a token; UNREAD if it is no scalar of JSON."""
    try:
        return loads(token.text)
    except ValueError:
        return UNREAD


def _name(token: Token) -> str:
    """Return the name that a key stands for, which may lack its quotes."""
    name = _scalar(token)
    return name if isinstance(name, str) else token.text.strip("'\u2018\u2019\u201c\u201d\"")
