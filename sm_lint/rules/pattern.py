r"""Explanations of why a text does not match a pattern: the first character at which no match is possible.

Regex engines report only that a pattern failed. Here all possible matches are followed through the text in parallel,
until none is left. The characters that they accept next are the expected ones. If that is too much work, or the syntax
is unknown, only the pattern is named.
"""

from collections.abc import Collection
from functools import lru_cache
from itertools import takewhile

from sm_lint.model.escape import shown, visible
from sm_lint.model.words import counted, listed
from sm_lint.rules.pattern_length import Way, ways, wrong_length
from sm_lint.rules.pattern_parts import Characters, Part, Repeat, TooHardError, parts_of
from sm_lint.rules.pattern_states import Place, States, ends, places, reached, states_of

_CLASSES = {
    r"\p{L}": "a letter", r"\p{M}": "a mark", r"\p{N}": "a number", r"\p{P}": "punctuation", r"\p{S}": "a symbol",
    r"\p{Z}": "a space", r"\d": "0-9", r"\w": 'a-z, A-Z, 0-9 or "_"', r"\s": "whitespace",
}  # fmt: skip
_NAMED = {"\n": "a line break", "\n\r\x85\u2028\u2029": "a line break", " \t\n\v\f\r": "whitespace"}
_MOST = 5
_LONGEST_KEPT = 1000
"""The number of characters up to which it is kept why a text does not match."""
_MOST_EXPECTED, _MOST_SHOWN, _LONGEST_WITHOUT_HEAD = 100, 80, 10_000
"""The maximum number of states that wait for the expected characters, of characters of a pattern that are shown, and of
characters of a text that is tried with the beginning of the pattern before it."""


def mismatch(pattern: str, text: str) -> str | None:
    """Return a phrase that says why a pattern does not match `text`; None if it does.

    >>> mismatch("^[a-z](-*[a-z])*$", "my_model")
    'expected a-z or "-", found "_" at character 3'
    >>> mismatch("^[a-z]*$", "a,b(c")
    'expected a-z, found "," at character 2 and "(" at 4'
    >>> mismatch("gr[ae]y", "blue")
    'expected a text that matches gr[ae]y'
    """
    return (_kept_mismatch if len(text) <= _LONGEST_KEPT else _mismatch)(pattern, text)


def _mismatch(pattern: str, text: str) -> str | None:
    try:
        return _phrase(parts_of(pattern), text)
    except TooHardError:
        cut = pattern if len(pattern) <= _MOST_SHOWN else f"{pattern[: _MOST_SHOWN - 1]}…"
        return f"expected a text that matches {visible(cut)}"


_kept_mismatch = lru_cache(maxsize=64)(_mismatch)  # editors lint a string again, and much is wrong in many files


def matched(pattern: str, text: str) -> int | None:
    """Return how many characters a pattern takes before it fails; None if it matches, or if that cannot be told.

    >>> matched("^[a-z](-*[a-z])*$", "my_model"), matched("^[a-z]*$", "churn")
    (2, None)
    """
    taken, may_end = 0, False
    try:
        states, first = states_of(parts_of(pattern))
        for taken, (_, may_end) in enumerate(places(states, first, text)):  # noqa: B007 - only the last ones are asked
            pass
    except TooHardError:
        return None
    return None if taken == len(text) and may_end else taken


def length_mismatch(pattern: str, text: str) -> str | None:
    """Return a phrase about a length that a pattern states, if that is all that keeps a text from matching; else None.

    >>> length_mismatch("^team-[a-z]{1,8}$", "team-recommendations")
    'expected at most 8 characters, found 15 in "recommendations"'
    """
    try:
        return _length(parts_of(pattern), text)
    except TooHardError:
        return None


def _phrase(parsed: Part, text: str) -> str | None:
    states, first = states_of(parsed)
    at = before = reached(states, [first])
    index = -1
    for index, place in enumerate(places(states, first, text)):  # noqa: B007 - where it ends is what is asked
        before, at = at, place
    if index == len(text) and at[1]:
        return None
    if not text:
        return "must not be empty"
    return _of_a_part(parsed, text, index) or _wrong(parsed, states, (before, at), text, index)


def _of_a_part(parsed: Part, text: str, index: int) -> str | None:
    """Return the phrase about a length or about the beginning, if one of them is all that is wrong.

    `index` is that of the first character that does not match.
    """
    try:
        return _length(parsed, text) or _beginning(parsed, text, index)
    except TooHardError:
        return None


def _length(parsed: Part, text: str) -> str | None:
    stretch = wrong_length(parsed, text)
    if stretch is None:
        return None
    start, end, least, most, unit = stretch
    bound = "" if least == most else "at most " if end - start > most else "at least "
    limit = most if end - start > most else least
    where = f" in {shown(text[start:end])}" if end - start < len(text) else ""
    return f"expected {bound}{counted(limit, unit)}, found {end - start:,}{where}"


def _beginning(parsed: Part, text: str, index: int) -> str | None:
    every = dict.fromkeys(map(_head, ways(parsed)))
    heads = [head for head in every if not any(head != other and head.startswith(other) for other in every)]
    if index == 0:
        fitting = [shown(head) for head in heads if _is_missing(head, parsed, text)]
        return f"must begin with {listed(fitting, 'or')}" if fitting else None
    if len(heads) == 1 and index < min(len(*heads), len(text)):
        return f"must begin with {shown(*heads)}, found {shown(text[: index + 1])}"
    return None


def _is_missing(head: str, parsed: Part, text: str) -> bool:
    """Return whether a text matches with a fixed beginning before it. What has its end already has another one."""
    if not head or head[-3:] in text or len(text) > _LONGEST_WITHOUT_HEAD:
        return False
    return ends(parsed, head + text)[-1:] == [len(head + text)]


def _head(way: Way) -> str:
    """Return the fixed text that a way begins with; nothing if it has only fixed text."""
    letters = [part.letter if isinstance(part, Characters) else None for part in way]
    return "" if all(letters) else "".join(letter for letter in takewhile(bool, letters) if letter)


def _wrong(parsed: Part, states: States, last: tuple[Place, Place], text: str, index: int) -> str:
    """Return the phrase about the character at `index`, or about the end of the text. `last` are two places."""
    (_, could_end), (wanted, _) = last
    if index < len(text) and not wanted:
        return f"must end after {counted(index, 'character')}, found {len(text):,}"
    if index < len(text):
        others = _others(parsed, text, index)
        expected = _expected(states, wanted, _rests(parsed, text[:index]))
        return f"expected {expected}, found {shown(text[index])} at character {index + 1}{others}"
    if could_end:
        return f"must not end with {shown(text[-1])}"
    return f"expected {_expected(states, wanted)} after {shown(text[-1])}, found the end"


def _rests(parsed: Part, read: str) -> set[str]:
    """Return what is left of those fixed beginnings of a pattern of which a text has some characters, maybe by chance.

    Nothing, if all of them begin so.
    """
    try:
        heads = list(map(_head, ways(parsed)))
    except TooHardError:
        return set()
    begun = [head for head in heads if head.startswith(read)]
    return {head[len(read) :] for head in begun} if len(begun) < len(heads) else set()


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


def _expected(states: States, wanted: list[int], rests: Collection[str] = ()) -> str:
    """Return the characters that may be next as a phrase, without the `rests` of fixed texts if others may be, too."""
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
    unlikely = words.keys() & {f'"{rest}"' for rest in rests}
    if singles or len(unlikely) < len(words):
        words = {word: None for word in words if word not in unlikely}
    if singles:
        words[f"one of {shown(''.join(singles))}" if len(singles) > 1 else f'"{next(iter(singles))}"'] = None
    return listed(list(words), "or")


def _words(part: Characters) -> list[str]:
    words = [*map(_class_word, part.classes), *(f"{low}-{high}" for low, high in part.ranges)]
    if not part.negated:
        return words
    singles = [_NAMED.get(part.singles) or shown(part.singles)] if part.singles else []
    return [f"anything but {listed([*words, *singles], 'or')}"]


def _class_word(escape: str) -> str:
    name = _CLASSES.get(escape[0] + escape[1].lower() + escape[2:], escape)
    return f"anything but {name}" if escape[1].isupper() and name != escape else name


def _literal(states: States, number: int) -> str:
    """Return the fixed text that begins with a state."""
    text = ""
    part, after = states[number]
    while part and part.letter:
        text += part.letter
        wanted, may_end = reached(states, after)
        if len(wanted) != 1 or may_end:
            break
        part, after = states[wanted[0]]
    return text
