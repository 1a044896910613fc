r"""Explanations of why a text does not match a pattern: the first character at which no match is possible.

Regex engines report only that a pattern failed. Here all possible matches are followed through the text in parallel,
until none is left. The characters that they accept next are the expected ones. Where these matches are is a *place*;
each is computed once, so that a character costs one look-up, and the work for new places is limited. If there is too
much of it, or the syntax is unknown, only the pattern is named.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sm_lint.model.escape import shown, visible
from sm_lint.rules.pattern_parts import Characters, Choice, Part, Repeat, Sequence, TooHardError, parts_of

_CLASSES = {
    r"\p{L}": "a letter", r"\p{M}": "a mark", r"\p{N}": "a number", r"\p{P}": "punctuation", r"\p{S}": "a symbol",
    r"\p{Z}": "a space", r"\d": "0-9", r"\w": 'a-z, A-Z, 0-9 or "_"', r"\s": "whitespace",
}  # fmt: skip
_NAMED = {"\n": "a line break", "\n\r\x85\u2028\u2029": "a line break", " \t\n\v\f\r": "whitespace"}
_MOST = 5
_MOST_STATES, _MOST_STEPS, _MOST_EXPECTED, _MOST_SHOWN = 3000, 10_000, 100, 80
"""The maximum number of states of a pattern, of states that are looked at for new places, of those that wait for the
expected characters, and of characters of a pattern that are shown."""


class State(NamedTuple):
    """What a match waits for: a character of `part`, or nothing if that is None; and the states after it."""

    part: Characters | None
    after: tuple[int, ...]


States = list[State]
"""The states of a pattern. State 0 is the end."""


def mismatch(pattern: str, text: str) -> str | None:
    """Return a phrase that says why a pattern does not match `text`; None if it does.

    >>> mismatch("^[a-z](-*[a-z])*$", "my_model")
    'expected a-z or "-", found "_" at character 3'
    >>> mismatch("^[a-z]*$", "a,b(c")
    'expected a-z, found "," at character 2 and "(" at 4'
    >>> mismatch("gr[ae]y", "blue")
    'expected a text that matches gr[ae]y'
    """
    try:
        return _mismatch(parts_of(pattern), text)
    except TooHardError:
        cut = pattern if len(pattern) <= _MOST_SHOWN else f"{pattern[: _MOST_SHOWN - 1]}…"
        return f"expected a text that matches {visible(cut)}"


def _mismatch(parsed: Part, text: str) -> str | None:
    states, first = states_of(parsed)
    places = [reached(states, [first])]
    moves: list[dict[str, int]] = [{}]
    """From each place, by character, the number of the next place."""
    numbers: dict[tuple[int, ...], int] = {}
    left = _MOST_STEPS
    before = at = 0
    for index, character in enumerate(text):
        following = moves[at].get(character)
        if following is None:
            wanted = places[at][0]
            routes = _after(states, wanted, character)
            if not routes:
                expected = _expected(states, wanted) if wanted else "the end"
                place = f"found {shown(character)} at character {index + 1}{_others(parsed, text, index)}"
                return f"expected {expected}, {place}"
            following = moves[at][character] = numbers.setdefault(routes, len(places))
            if following == len(places):
                places.append(reached(states, routes))
                moves.append({})
            left -= len(wanted) + len(places[following][0])
            if left < 0:
                raise TooHardError
        before, at = at, following
    wanted, may_end = places[at]
    if may_end:
        return None
    if not text:
        return "must not be empty"
    if places[before][1]:
        return f"must not end with {shown(text[-1])}"
    return f"expected {_expected(states, wanted)} after {shown(text[-1])}, found the end"


def _after(states: States, wanted: list[int], character: str) -> tuple[int, ...]:
    """Return the states after those of `wanted` that take a character, each once."""
    after: dict[int, None] = {}
    for number in wanted:
        part, following = states[number]
        if part and part.take(character):
            after.update(dict.fromkeys(following))
    return tuple(after)


def _others(part: Part, text: str, start: int) -> str:
    """Return the other wrong characters after `start` as a phrase, if the pattern is one repeated set of characters."""
    if not isinstance(part, Repeat) or not isinstance(part.part, Characters):
        return ""
    wrong: dict[str, int] = {}
    right: set[str] = set()
    for index in range(start, len(text)):
        character = text[index]
        if character in right or character in wrong:
            continue
        if part.part.take(character):
            right.add(character)
        else:
            wrong[character] = index
            if len(wrong) == _MOST:
                break
    others = [f"{shown(character)} at {index + 1}" for character, index in list(wrong.items())[1:]]
    return "".join(f", {other}" for other in others[:-1]) + (f" and {others[-1]}" if others else "")


def states_of(part: Part) -> tuple[States, int]:
    """Return the states of a pattern, and the number of the first one. Raises TooHardError if there are too many."""
    states = [State(None, ())]
    return states, _add(part, 0, states)


def _add(part: Part, rest: int, states: States) -> int:
    """Add the states of a part, after which state `rest` follows, and return the number of the first one."""
    if len(states) > _MOST_STATES:
        raise TooHardError
    if isinstance(part, Repeat):
        return _add_repeat(part, rest, states)
    if isinstance(part, Sequence) and part.parts:
        for piece in reversed(part.parts):
            rest = _add(piece, rest, states)
        return rest
    if isinstance(part, Choice):
        states.append(State(None, tuple(_add(branch, rest, states) for branch in part.branches)))
    else:
        states.append(State(part if isinstance(part, Characters) else None, (rest,)))
    return len(states) - 1


def _add_repeat(repeat: Repeat, rest: int, states: States) -> int:
    first = rest
    if repeat.high is None:
        first = len(states)
        states.append(State(None, ()))
        states[first] = State(None, (_add(repeat.part, first, states), rest))
    for _ in range((repeat.high or repeat.low) - repeat.low):
        states.append(State(None, (_add(repeat.part, first, states), rest)))
        first = len(states) - 1
    for _ in range(repeat.low):
        first = _add(repeat.part, first, states)
    return first


def reached(states: States, routes: Iterable[int]) -> tuple[list[int], bool]:
    """Return the states that wait for a character and are reached from `routes`, and whether the end is reached."""
    wanted = []
    seen: set[int] = set()
    waiting = [*routes][::-1]
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        part, after = states[number]
        if part:
            wanted.append(number)
        else:
            waiting += reversed(after)
    return wanted, 0 in seen


def _expected(states: States, wanted: list[int]) -> str:
    if len(wanted) > _MOST_EXPECTED:
        raise TooHardError
    words: dict[str, None] = {}
    singles: dict[str, None] = {}
    for number in wanted:
        part = states[number].part
        literal = _literal(states, number)
        if len(literal) > 1:
            words[f'"{literal}"'] = None
        elif part:
            words.update(dict.fromkeys(_words(part)))
            singles.update({} if part.negated else dict.fromkeys(part.singles))
    if singles:
        words[f"one of {shown(''.join(singles))}" if len(singles) > 1 else f'"{next(iter(singles))}"'] = None
    return _listed(list(words))


def _words(part: Characters) -> list[str]:
    words = [*map(_class_word, part.classes), *(f"{low}-{high}" for low, high in part.ranges)]
    if not part.negated:
        return words
    singles = [_NAMED.get(part.singles) or shown(part.singles)] if part.singles else []
    return [f"anything but {_listed([*words, *singles])}"]


def _class_word(escape: str) -> str:
    name = _CLASSES.get(escape[0] + escape[1].lower() + escape[2:], escape)
    return f"anything but {name}" if escape[1].isupper() and name != escape else name


def _listed(words: list[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} or {last}" if others else last


def _literal(states: States, number: int) -> str:
    """Return the fixed text that begins with a state."""
    text = ""
    part, after = states[number]
    while part and part == Characters(part.singles) and len(part.singles) == 1:
        text += part.singles
        wanted, may_end = reached(states, after)
        if len(wanted) != 1 or may_end:
            break
        part, after = states[wanted[0]]
    return text
