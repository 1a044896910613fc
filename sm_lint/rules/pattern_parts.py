r"""The parts of a pattern: sets of characters in sequences, choices and repetitions.

The syntax is what people write: literals, escapes, classes, groups, `|`, `* + ? {m,n}`, `^` at the start and `$` at the
end.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from sm_lint.model.validator import compiled

_TOKEN = re.compile(
    r"\\[pP]\{[\w=]+\}|\\u\{[0-9A-Fa-f]{1,6}\}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\\c[A-Za-z]|\\."
    r"|\(\?(?::|<\w+>)|\{[0-9]{1,5}(?:,[0-9]{0,5})?\}|.",
    re.DOTALL,
)
_ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v"}
_MOST_GROUPS = 30
"""The maximum number of groups inside each other."""


class TooHardError(Exception):
    """A pattern has unknown syntax, or takes too much work."""


class Characters(NamedTuple):
    """A set of characters, which matches one character."""

    singles: str
    ranges: tuple[tuple[str, str], ...] = ()
    classes: tuple[str, ...] = ()
    """Escapes such as `\\p{L}`."""
    negated: bool = False
    accepts: Callable[[str], bool] | None = None
    """Says whether the set has a character. It is given for a set with classes, and asks the engine what they mean."""

    def take(self, character: str) -> bool:
        """Return whether the set has a character."""
        if self.accepts:
            return self.accepts(character)
        found = character in self.singles or any(low <= character <= high for low, high in self.ranges)
        return found != self.negated

    @property
    def letter(self) -> str | None:
        """The only character of the set, if there is one; of a letter in both cases, the lower one."""
        if self.negated or self.ranges or self.classes or len({*self.singles.lower()}) != 1:
            return None
        return self.singles if len(self.singles) == 1 else self.singles[0].lower()


class Sequence(NamedTuple):
    """Parts that follow each other."""

    parts: tuple["Part", ...]


class Choice(NamedTuple):
    """Parts of which one matches."""

    branches: tuple["Part", ...]


class Repeat(NamedTuple):
    """A part that is repeated at least `low` and at most `high` times; None is any number of times."""

    part: "Part"
    low: int
    high: int | None


Part = Characters | Sequence | Choice | Repeat
_ANYTHING = Repeat(Characters("", negated=True), 0, None)


def parts_of(pattern: str) -> Part:
    """Return the part that has to match a text from its start to its end. Raises TooHardError."""
    tokens = _TOKEN.findall(pattern)
    is_whole = tokens[-1:] == ["$"]
    if tokens[:1] != ["^"]:
        raise TooHardError
    tokens = tokens[1 : -1 if is_whole else None]
    tokens.reverse()  # pop() takes the next token, and [-1] peeks at it
    branches = _branches(tokens, _MOST_GROUPS)
    if tokens or len(branches) > 1:  # an anchor belongs to one branch only
        raise TooHardError
    return branches[0] if is_whole else Sequence((branches[0], _ANYTHING))


def _branches(tokens: list[str], levels: int) -> list[Part]:
    branches = [_sequence(tokens, levels)]
    while tokens and tokens[-1] == "|":
        tokens.pop()
        branches.append(_sequence(tokens, levels))
    return branches


def _sequence(tokens: list[str], levels: int) -> Part:
    parts: list[Part] = []
    while tokens and tokens[-1] not in ("|", ")"):
        part = _atom(tokens, levels)
        counts: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        is_repeated = True
        if tokens and tokens[-1] in counts:
            part = Repeat(part, *counts[tokens.pop()])
        elif tokens and len(tokens[-1]) > 1 and tokens[-1][0] == "{":
            low, comma, high = tokens.pop()[1:-1].partition(",")
            part = Repeat(part, int(low), (int(high) if high else None) if comma else int(low))
        else:
            is_repeated = False
        if is_repeated and tokens and tokens[-1] == "?":
            tokens.pop()  # it changes which match is preferred, not whether there is one
        parts.append(part)
    return parts[0] if len(parts) == 1 else Sequence(tuple(parts))


def _atom(tokens: list[str], levels: int) -> Part:
    token = tokens.pop()
    if token[0] == "(":
        branches = _branches(tokens, levels - 1) if levels else []
        if not branches or not tokens or tokens.pop() != ")":
            raise TooHardError
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))
    if token == "[":
        return _class(tokens)
    if token == ".":
        return Characters("\n", negated=True)
    if _is_class(token):
        return Characters("", classes=(token,), accepts=_accepts(token))
    if token in "^$?*+]" or token[0] in "{}":
        raise TooHardError
    return Characters(_character(token))


def _class(tokens: list[str]) -> Characters:
    inside: list[str] = []
    while tokens and tokens[-1] != "]":
        token = tokens.pop()
        inside += [token] if token[0] == "\\" else token  # in a class, most of the syntax is literal
    if not tokens:
        raise TooHardError
    tokens.pop()
    source = f"[{''.join(inside)}]"
    negated = inside[:1] == ["^"]
    inside = inside[negated:]
    inside.reverse()
    singles = ""
    classes: list[str] = []
    ranges: list[tuple[str, str]] = []
    while inside:
        token = inside.pop()
        if _is_class(token):
            classes.append(token)
        elif inside[-1:] == ["-"] and len(inside) > 1:
            inside.pop()
            ranges.append((_character(token), _character(inside.pop())))
        else:
            singles += _character(token)
    return Characters(singles, tuple(ranges), tuple(classes), negated, _accepts(source) if classes else None)


def _is_class(token: str) -> bool:
    return token[0] == "\\" and token[1:2] in ("d", "D", "w", "W", "s", "S", "p", "P")


def _accepts(source: str) -> Callable[[str], bool]:
    """Return the function that says whether a character is in a class, as the engine understands it."""
    try:
        matches: Callable[[str], bool] = compiled({"pattern": f"^{source}$"}).is_valid
    except ValueError as error:
        raise TooHardError from error

    def accepts(character: str) -> bool:
        try:
            return matches(character)
        except ValueError:  # half of a surrogate pair
            return False

    return accepts


def _character(token: str) -> str:
    if token[0] != "\\":
        return token
    kind, digits = token[1:2], token[2:].strip("{}")
    if kind in ("u", "x") and digits:
        return chr(min(int(digits, base=16), 0x10FFFF))
    if kind == "c" and digits:
        return chr(ord(digits) % 32)
    if kind.isalnum() and kind not in _ESCAPES:
        raise TooHardError
    return _ESCAPES.get(kind, kind)
