"""The shorthand syntax of the AWS CLI, such as `Key=a,Value=b`, with the place of each value.

The grammar is that of `awscli/shorthand.py`, with its oddities: blanks may stand around any mark, a bare text ends at a
character above U+FFFF, and what looks like the next item of a list is a member if `=` follows.
"""

import re
from typing import NamedTuple

_MAX_DEPTH = 100
"""The maximum nesting depth. A request needs fewer than 15 levels, and the AWS CLI fails near 300."""
_BLANKS = re.compile(r"[ \t\n\r\v\f]*")
_KEY = re.compile(r"[A-Za-z0-9\-_.#/:]*")
# No group is repeated: a repetition takes a hundred bytes of memory a turn.
_START = re.compile(r"""\\,|[^\x00-\x20"',=\[{\U00010000-\U0010ffff]""")
_FOLLOWS_FIRST = re.compile(r"""[^\x00-\x08\x0e-\x1b"',\]}\U00010000-\U0010ffff]*""")
_FOLLOWS_SECOND = re.compile(r"""[^\x00-\x08\x0e-\x1b"',=\U00010000-\U0010ffff]*""")
_CLOSING = {quote: re.compile(rf"(?<!\\){quote}") for quote in "'\""}


class Text(NamedTuple):
    """A text, bare or in quotes."""

    value: str
    start: int
    """The offset in what was parsed; a quote belongs to the text, a blank after it does not."""
    end: int
    is_quoted: bool = False
    is_second: bool = False
    """Whether it stands after a comma, without brackets."""
    may_be_file: bool = False
    """Whether it stands after `@=`: the content of the file replaces a `file://` path."""


class Items(NamedTuple):
    """A list, with or without brackets."""

    items: "tuple[Part, ...]"
    start: int
    end: int
    has_brackets: bool


class Member(NamedTuple):
    """A key with its value."""

    key: str
    start: int
    end: int
    value: "Part"


class Members(NamedTuple):
    """An object, in braces or as the whole text."""

    members: tuple[Member, ...]
    start: int
    end: int


Part = Text | Items | Members


class ShorthandError(Exception):
    """The AWS CLI refuses a text as shorthand."""

    def __init__(self, at: int, expected: str, texts: tuple[Text, ...], repeated: str | None = None) -> None:
        super().__init__(expected)
        self.at = at
        """The offset at which something else was expected; for a repeated key, that of the key."""
        self.expected = expected
        self.texts = texts
        """The texts that were read before."""
        self.repeated = repeated
        """The key that occurs twice, if that is the error."""


class _Failure(Exception):  # noqa: N818 - it is how the parser steps back, and no error of the text yet
    def __init__(self, at: int, expected: str) -> None:
        super().__init__(expected)
        self.at, self.expected = at, expected


def parse(text: str) -> Members:
    """Return the object that a text in shorthand stands for. Raises ShorthandError if the AWS CLI refuses it."""
    parser = _Parser(text)
    try:
        return parser.whole()
    except _Failure as failure:
        raise ShorthandError(failure.at, failure.expected, tuple(parser.texts)) from None


class _Parser:
    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._may_be_file = False
        self.texts: list[Text] = []

    def whole(self) -> Members:
        """Read the whole text. Raises _Failure, or ShorthandError for a repeated key."""
        members: dict[str, Member] = {}
        while True:
            member = self._member(is_in_braces=False, depth=0)
            if member.key in members:
                raise ShorthandError(member.start, "another key", tuple(self.texts), member.key)
            members[member.key] = member
            if self._at >= len(self._text):
                return Members(tuple(members.values()), 0, len(self._text))
            self._blanks()
            self._expect(",")
            self._blanks()

    def _member(self, *, is_in_braces: bool, depth: int) -> Member:
        start = self._at
        self._at = _end(_KEY, self._text, start)
        end = self._at
        self._blanks()
        self._may_be_file = self._next == "@"
        if self._may_be_file:
            self._at += 1
            self._blanks()
        self._expect("=")
        self._blanks()
        value = self._item(depth) if is_in_braces or self._next in ("[", "{") else self._texts()
        return Member(self._text[start:end], start, end, value)

    def _item(self, depth: int) -> Part:
        if self._next == "[":
            return self._list(depth + 1)
        return self._object(depth + 1) if self._next == "{" else self._first()

    def _list(self, depth: int) -> Items:
        start = self._open(depth)
        items = []
        while self._next != "]":
            items.append(self._item(depth))
            self._separate("]")
        self._at += 1
        return Items(tuple(items), start, self._at, has_brackets=True)

    def _object(self, depth: int) -> Members:
        start = self._open(depth)
        members = []
        while self._next != "}":
            members.append(self._member(is_in_braces=True, depth=depth))
            self._separate("}")
        self._at += 1
        return Members(tuple(members), start, self._at)

    def _open(self, depth: int) -> int:
        start = self._at
        if depth > _MAX_DEPTH:
            raise _Failure(start, f"at most {_MAX_DEPTH} levels")
        self._at += 1
        self._blanks()
        return start

    def _separate(self, closing: str) -> None:
        self._blanks()
        if self._next != closing:
            self._expect(",")
            self._blanks()

    def _texts(self) -> Part:
        """Read a text, or a list of texts without brackets; a text that `=` follows is the key of the next member."""
        first = self._first()
        self._blanks()
        if self._next != ",":
            return first
        self._at += 1
        self._blanks()
        items = [first]
        while True:
            read = len(self.texts)
            try:
                second = self._second()
                self._blanks()
                is_last = not self._next
                if not is_last:
                    self._expect(",")
                    self._blanks()
            except _Failure:
                if not self._next:
                    raise
                del self.texts[read:]
                self._at = self._text.rindex(",", 0, self._at + 1)
                break
            items.append(second)
            if is_last:
                break
        return first if len(items) == 1 else Items(tuple(items), first.start, items[-1].end, has_brackets=False)

    def _first(self) -> Text:
        if self._next in ("'", '"'):
            return self._quoted(self._next)
        end = self._bare(_FOLLOWS_FIRST)
        return self._add(self._at if end is None else end)

    def _second(self) -> Text:
        if self._next in ("'", '"'):
            return self._quoted(self._next, is_second=True)
        end = self._bare(_FOLLOWS_SECOND)
        if end is None:
            raise _Failure(self._at, "a value")
        return self._add(end, is_second=True)

    def _bare(self, follows: re.Pattern[str]) -> int | None:
        """Return where the bare text ends that begins here; None if there is none."""
        start = _START.match(self._text, self._at)
        if not start:
            return None
        end = _end(follows, self._text, start.end())
        while self._text.startswith(",", end) and self._text[end - 1] == "\\" and end - 1 >= start.end():
            end = _end(follows, self._text, end + 1)
        return end

    def _add(self, end: int, *, is_second: bool = False) -> Text:
        source = self._text[self._at : end]
        length = len(source.rstrip())
        value = source.replace("\\,", ",").rstrip()
        text = Text(value, self._at, self._at + length, is_second=is_second, may_be_file=self._may_be_file)
        self._at = end
        self.texts.append(text)
        return text

    def _quoted(self, quote: str, *, is_second: bool = False) -> Text:
        start = self._at
        found = _CLOSING[quote].search(self._text, start + 1)
        # without a closing quote, the last one that a backslash stands before closes the text
        closing = found.start() if found else self._text.rfind(f"\\{quote}", start + 1) + 1
        if not closing:
            raise _Failure(start, f"a closing {quote}")
        value = self._text[start + 1 : closing].replace(f"\\{quote}", quote).replace("\\\\", "\\")
        self._at = closing + 1
        text = Text(value, start, self._at, is_quoted=True, is_second=is_second, may_be_file=self._may_be_file)
        self.texts.append(text)
        return text

    @property
    def _next(self) -> str:
        """The next character; the empty string at the end."""
        return self._text[self._at : self._at + 1]

    def _blanks(self) -> None:
        self._at = _end(_BLANKS, self._text, self._at)

    def _expect(self, mark: str) -> None:
        if self._next != mark:
            raise _Failure(self._at, mark)
        self._at += 1


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Return where a pattern that matches everything, if only nothing, ends."""
    match = pattern.match(text, at)
    return match.end() if match else at
