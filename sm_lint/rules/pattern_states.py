"""The states of a pattern, and how its matches go through a text: all of them in parallel.

Where these matches are is a *place*; each is computed once, so that a character costs one look-up, and the work for new
places is limited.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sm_lint.rules.pattern_parts import Characters, Choice, Part, Repeat, Sequence, TooHardError

_MOST_STATES, _MOST_STEPS = 3000, 10_000
"""The maximum number of states of a pattern, and of states that are looked at for new places."""


class State(NamedTuple):
    """What a match waits for: a character of `part`, or nothing if that is None; and the states after it."""

    part: Characters | None
    after: tuple[int, ...]


States = list[State]
"""The states of a pattern. State 0 is the end."""
Place = tuple[list[int], bool]
"""The states that wait for a character, and whether the text may end here."""


def places(states: States, first: int, text: str, start: int = 0) -> Iterator[Place]:
    """Yield the place before each character of a text from `start` on, and the one after the last.

    It ends with the place before the first character that no match takes. Raises TooHardError if it is too much work.
    """
    known = [reached(states, [first])]
    moves: list[dict[str, int]] = [{}]
    """From each place, by character, the number of the next place; -1 for none."""
    numbers: dict[tuple[int, ...], int] = {}
    left = _MOST_STEPS
    at = 0
    yield known[at]
    for index in range(start, len(text)):
        character = text[index]
        following = moves[at].get(character)
        if following is None:
            routes = _after(states, known[at][0], character)
            if not routes:
                return
            following = moves[at][character] = numbers.setdefault(routes, len(known))
            if following == len(known):
                known.append(reached(states, routes))
                moves.append({})
            left -= len(known[at][0]) + len(known[following][0])
            if left < 0:
                raise TooHardError
        at = following
        yield known[at]


def ends(part: Part, text: str, start: int = 0) -> list[int]:
    """Return the offsets in a text at which a match of a part that begins at `start` may end, in order."""
    return [start + number for number, (_, may_end) in enumerate(places(*states_of(part), text, start)) if may_end]


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


def _after(states: States, wanted: list[int], character: str) -> tuple[int, ...]:
    """Return the states after those of `wanted` that take a character, each once."""
    after: dict[int, None] = {}
    for number in wanted:
        part, following = states[number]
        if part and part.take(character):
            after.update(dict.fromkeys(following))
    return tuple(after)


def reached(states: States, routes: Iterable[int]) -> Place:
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
