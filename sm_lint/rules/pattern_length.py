"""Lengths in a pattern: the stretch of a text that is too long or too short, where nothing else is wrong with it.

A pattern such as `^team-[a-z]{1,8}$` states a length. It is told as one: "at most 8 characters", not "the end".
"""

from collections.abc import Iterator
from itertools import product
from math import inf
from typing import NamedTuple

from sm_lint.rules.pattern_parts import Characters, Choice, Part, Repeat, Sequence
from sm_lint.rules.pattern_states import ends

_MOST_WAYS, _MOST_TRIED = 12, 3
_LONGEST = 10_000
"""The number of characters of a text up to which its lengths are looked at. Nothing longer is a name."""
Way = tuple[Part, ...]
"""Parts that follow each other: one of the ways through a pattern, of which each has its own lengths."""


class Stretch(NamedTuple):
    """A stretch of a text that has a wrong length: its offsets, and the lengths that the pattern allows."""

    start: int
    end: int
    least: int
    most: int
    unit: str
    """What is counted: `digit` or `character`."""


def wrong_length(pattern: Part, text: str) -> Stretch | None:
    """Return the stretch of a text whose length is all that keeps it from matching a pattern; None without one.

    Raises TooHardError if it is too much work.
    """
    for way in ways(pattern) if len(text) <= _LONGEST else ():
        runs = list(_runs(way))
        if not runs or ends(_loosened(way, runs), text)[-1:] != [len(text)]:
            continue
        for first, after in runs:
            stretch = _stretch(way, first, after, text)
            if stretch:
                return stretch
    return None


def ways(part: Part) -> list[Way]:
    """Return the ways through a pattern: each choice made, where one decides more than a character of a name.

    Of more than a few ways, only the pattern as a whole is returned.
    """
    found = _ways(part)
    return found if len(found) <= _MOST_WAYS else [(part,)]


def _ways(part: Part) -> list[Way]:
    if isinstance(part, Sequence):
        of_each = [_ways(piece) for piece in part.parts]
        count = 1
        for of_one in of_each:
            count *= len(of_one)
        if count <= _MOST_WAYS:
            return [tuple(piece for pieces in one for piece in pieces) for one in product(*of_each)]
    elif isinstance(part, Choice) and _divides(part):
        return [way for branch in part.branches for way in _ways(branch)]
    elif isinstance(part, Repeat) and (part.low, part.high) == (0, 1) and _divides(part.part):
        return [(), *_ways(part.part)]
    return [(part,)]


def _divides(part: Part) -> bool:
    """Return whether a part has fixed characters or no longest match, and so ends the names before and after it."""
    if isinstance(part, Characters):
        return part.letter is not None
    return _lengths(part)[1] == inf or any(map(_divides, _pieces(part)))


def _pieces(part: Part) -> tuple[Part, ...]:
    if isinstance(part, Repeat):
        return (part.part,)
    return part.parts if isinstance(part, Sequence) else part.branches if isinstance(part, Choice) else ()


def _lengths(part: Part) -> tuple[float, float]:
    """Return the lengths of the shortest and the longest match of a part."""
    if isinstance(part, Characters):
        return 1, 1
    least, most = zip(*map(_lengths, _pieces(part)), strict=True) if _pieces(part) else ((0,), (0,))
    if isinstance(part, Repeat):
        high = inf if part.high is None else part.high
        return part.low * least[0], high * most[0] if high and most[0] else 0
    return (min(least), max(most)) if isinstance(part, Choice) else (sum(least), sum(most))


def _unbounded(part: Part) -> Part:
    """Return a part without the bounds of its counts."""
    if isinstance(part, Repeat):
        is_count = part.high != 1 or part.low > 1
        return Repeat(_unbounded(part.part), 0, None) if is_count else part._replace(part=_unbounded(part.part))
    if isinstance(part, Sequence):
        return Sequence(tuple(map(_unbounded, part.parts)))
    return Choice(tuple(map(_unbounded, part.branches))) if isinstance(part, Choice) else part


def _loose(run: Way) -> Part:
    """Return a part that matches what a run does but for its length: without its bounds, or its first part alone."""
    return Choice((_unbounded(Sequence(run)), _unbounded(run[0])))


def _loosened(way: Way, runs: list[tuple[int, int]]) -> Part:
    ends_of = dict(runs)
    parts: list[Part] = []
    index = 0
    while index < len(way):
        after = ends_of.get(index, index + 1)
        parts.append(_loose(way[index:after]) if index in ends_of else way[index])
        index = after
    return Sequence(tuple(parts))


def _runs(way: Way) -> Iterator[tuple[int, int]]:
    """Yield the first and the last index, exclusive, of each run of parts that is between what divides."""
    start = 0
    for index, part in enumerate((*way, Characters("."))):
        if _divides(part):
            if isinstance(part, Repeat) and part.low > 1:
                yield index, index + 1
            if any(_unbounded(one) != one for one in way[start:index]):
                yield start, index
            start = index + 1


def _stretch(way: Way, first: int, after: int, text: str) -> Stretch | None:
    """Return the stretch that a run of parts matches if only its own counts have no bounds; None if it is no length."""
    least, most = _lengths(Sequence(way[first:after]))
    for start in ends(Sequence(way[:first]), text)[-_MOST_TRIED:][::-1]:
        for end in ends(_loose(way[first:after]), text, start)[-_MOST_TRIED:][::-1]:
            is_wrong = start < end and not least <= end - start <= most
            if is_wrong and ends(Sequence(way[after:]), text, end)[-1:] == [len(text)]:
                unit = "digit" if all(map(_is_of_digits, way[first:after])) else "character"
                return Stretch(start, end, int(least), int(min(most, _LONGEST)), unit)
    return None


def _is_of_digits(part: Part) -> bool:
    return part.ranges == (("0", "9"),) if isinstance(part, Characters) else all(map(_is_of_digits, _pieces(part)))
