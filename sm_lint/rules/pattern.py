r"""Explanations of why a text does not match a pattern: the first character at which no match is possible.

Regex engines report only that a pattern failed. Here all possible matches are followed through the text in parallel,
until none is left. The characters that they accept next are the expected ones. The time is linear in the text.

The syntax is the portable subset that the schemas use: literals, escapes, classes with `\p{…}`, groups, `|` and
`* + ? {m,n}`. The anchors `^` and `$` are ignored, because patterns match the whole text.
"""

import re
from typing import NamedTuple
from unicodedata import category

from sm_lint.model.escape import shown

_TOKEN = re.compile(r"\\p\{\w+\}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\.|\(\?:|\{\d+(?:,\d*)?\}|.", re.DOTALL)
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v"}
_CATEGORIES = {"L": "a letter", "M": "a mark", "N": "a number", "P": "punctuation", "S": "a symbol", "Z": "a space"}
_NAMED = {"\n": "a line break", "\n\r\x85\u2028\u2029": "a line break", " \t\n\v\f\r": "whitespace"}
_MOST = 5


class _Characters(NamedTuple):
    """A set of characters, which matches one character."""

    singles: str
    ranges: tuple[tuple[str, str], ...] = ()
    categories: str = ""
    negated: bool = False

    def take(self, character: str) -> bool:
        found = (
            character in self.singles
            or any(low <= character <= high for low, high in self.ranges)
            or category(character)[0] in self.categories
        )
        return found != self.negated

    def words(self) -> list[str]:
        if self.negated:
            return [f"anything but {_NAMED.get(self.singles) or shown(self.singles)}"]
        return [*(_CATEGORIES[name] for name in self.categories), *(f"{low}-{high}" for low, high in self.ranges)]


class _Sequence(NamedTuple):
    parts: tuple["_Part", ...]


class _Choice(NamedTuple):
    branches: tuple["_Part", ...]


class _Repeat(NamedTuple):
    part: "_Part"
    low: int
    high: int | None


_Part = _Characters | _Sequence | _Choice | _Repeat
# What is still to be matched: a part and then the rest; () is the end.
_Rest = tuple[_Part, "_Rest"] | tuple[()]


def mismatch(pattern: str, text: str) -> str | None:
    """Return a phrase that says why a pattern does not match the whole of `text`; None if it does.

    >>> mismatch("^[a-z](-*[a-z])*$", "my_model")
    'expected a-z or "-", found "_" at character 3'
    >>> mismatch("^[a-z]*$", "a,b(c")
    'expected a-z, found "," at character 2 and "(" at 4'
    """
    parsed = _parse(pattern)
    routes: list[_Rest] = [(parsed, ())]
    ends_well = False
    known: dict[tuple[_Rest, ...], tuple[list[tuple[_Characters, _Rest]], bool]] = {}
    for index, character in enumerate(text):
        if (here := tuple(routes)) not in known:
            known[here] = _next(routes)
        wanted, may_end = known[here]
        routes = [rest for part, rest in wanted if part.take(character)]
        if not routes:
            place = f"found {shown(character)} at character {index + 1}{_others(parsed, text, index)}"
            return f"expected {_expected(wanted) if wanted else 'the end'}, {place}"
        ends_well = may_end
    wanted, may_end = _next(routes)
    if may_end:
        return None
    if not text:
        return "must not be empty"
    if ends_well:
        return f"must not end with {shown(text[-1])}"
    return f"expected {_expected(wanted)} after {shown(text[-1])}, found the end"


def _others(part: _Part, text: str, start: int) -> str:
    """Return the other wrong characters after `start` as a phrase, if the pattern is one repeated set of characters."""
    if not isinstance(part, _Repeat) or not isinstance(part.part, _Characters):
        return ""
    wrong = {text[start]: start}
    for index in range(start + 1, len(text)):
        if not part.part.take(text[index]):
            wrong.setdefault(text[index], index)
    others = [f"{shown(character)} at {index + 1}" for character, index in list(wrong.items())[1:_MOST]]
    return "".join(f", {other}" for other in others[:-1]) + (f" and {others[-1]}" if others else "")


def _next(routes: list[_Rest]) -> tuple[list[tuple[_Characters, _Rest]], bool]:
    """Return the sets that the routes accept next, each with the rest after it, and whether a route may end here."""
    wanted: dict[tuple[_Characters, _Rest], None] = {}
    seen = set()
    waiting = list(reversed(routes))
    may_end = False
    while waiting:
        route = waiting.pop()
        if route in seen:
            continue
        seen.add(route)
        if not route:
            may_end = True
            continue
        part, rest = route
        if isinstance(part, _Characters):
            wanted[part, rest] = None
        elif isinstance(part, _Sequence):
            for piece in reversed(part.parts):
                rest = (piece, rest)
            waiting.append(rest)
        elif isinstance(part, _Choice):
            waiting += [(branch, rest) for branch in reversed(part.branches)]
        else:
            high = None if part.high is None else part.high - 1
            if part.low == 0:
                waiting.append(rest)
            if high is None or high >= 0:
                waiting.append((part.part, (_Repeat(part.part, max(part.low - 1, 0), high), rest)))
    return list(wanted), may_end


def _expected(wanted: list[tuple[_Characters, _Rest]]) -> str:
    words: dict[str, None] = {}
    singles: dict[str, None] = {}
    for part, rest in wanted:
        literal = _literal(part, rest)
        if len(literal) > 1:
            words[f'"{literal}"'] = None
        else:
            words.update(dict.fromkeys(part.words()))
            singles.update({} if part.negated else dict.fromkeys(part.singles))
    if singles:
        words[f"one of {shown(''.join(singles))}" if len(singles) > 1 else f'"{next(iter(singles))}"'] = None
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def _literal(part: _Characters, rest: _Rest) -> str:
    """Return the fixed text that begins with `part`."""
    text = ""
    while part == _Characters(part.singles) and len(part.singles) == 1:
        text += part.singles
        wanted, may_end = _next([rest])
        if len(wanted) != 1 or may_end:
            break
        ((part, rest),) = wanted
    return text


def _parse(pattern: str) -> _Part:
    tokens = _TOKEN.findall(pattern.removeprefix("^").removesuffix("$"))
    tokens.reverse()  # pop() takes the next token, and [-1] peeks at it
    return _choice(tokens)


def _choice(tokens: list[str]) -> _Part:
    branches = [_sequence(tokens)]
    while tokens and tokens[-1] == "|":
        tokens.pop()
        branches.append(_sequence(tokens))
    return branches[0] if len(branches) == 1 else _Choice(tuple(branches))


def _sequence(tokens: list[str]) -> _Part:
    parts: list[_Part] = []
    while tokens and tokens[-1] not in ("|", ")"):
        part = _atom(tokens)
        counts: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        if tokens and tokens[-1] in counts:
            part = _Repeat(part, *counts[tokens.pop()])
        elif tokens and tokens[-1][0] == "{":
            low, comma, high = tokens.pop()[1:-1].partition(",")
            part = _Repeat(part, int(low), (int(high) if high else None) if comma else int(low))
        parts.append(part)
    return parts[0] if len(parts) == 1 else _Sequence(tuple(parts))


def _atom(tokens: list[str]) -> _Part:
    token = tokens.pop()
    if token in ("(", "(?:"):
        part = _choice(tokens)
        tokens.pop()
        return part
    if token == "[":
        return _class(tokens)
    if token == ".":
        return _Characters("\n", negated=True)
    if token.startswith(r"\p"):
        return _Characters("", categories=token[3:-1])
    return _Characters(_character(token))


def _class(tokens: list[str]) -> _Characters:
    negated = tokens[-1] == "^"
    if negated:
        tokens.pop()
    singles, categories = "", ""
    ranges: list[tuple[str, str]] = []
    while (token := tokens.pop()) != "]":
        if token.startswith(r"\p"):
            categories += token[3:-1]
        elif tokens[-1] == "-" and tokens[-2] != "]":
            tokens.pop()
            ranges.append((_character(token), _character(tokens.pop())))
        else:
            singles += _character(token)
    return _Characters(singles, tuple(ranges), categories, negated)


def _character(token: str) -> str:
    if token[:2] in (r"\u", r"\x"):
        return chr(int(f"0x{token[2:]}", base=0))
    return _ESCAPES.get(token[1], token[1]) if token[0] == "\\" else token
