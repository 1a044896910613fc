"""The texts in a value: its strings and, in a CloudFormation template, those that `Fn::Sub` and `Fn::Join` make."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.requests.functions import Function, Functions
from sm_lint.sources.inside import Piece

_SUBSTITUTED = ("DefinitionString", "DefinitionSubstitutions")
"""The member of a state machine whose text has variables if it has the other one."""


class Text(NamedTuple):
    """A text in a document."""

    at: Pointer
    """The pointer of the string, or of the function that joins several."""
    pieces: Sequence[Piece]
    has_variables: bool = False
    """Whether `${X}` in it stands for another text."""

    @property
    def value(self) -> str:
        """The whole text."""
        return "".join(piece.text for piece in self.pieces)


def texts(value: Any, at: Pointer, functions: Functions | None) -> Iterator[Text]:
    """Yield the texts in the value at a pointer, in its order; `functions` are those of its template, if it is one."""
    waiting: list[tuple[Pointer, Any, bool]] = [(at, value, False)]
    while waiting:
        place, one, is_substituted = waiting.pop()
        function = functions.at(place, one) if functions else None
        if function and functions and function.name in ("Fn::Join", "Fn::Sub"):
            yield from _made(function, place, functions)
        elif isinstance(one, str):
            yield Text(place, [Piece(place, one)], has_variables=is_substituted)
        elif isinstance(one, dict):
            has_variables = all(name in one for name in _SUBSTITUTED)
            waiting += [((*place, key), child, has_variables and key == _SUBSTITUTED[0]) for key, child in one.items()][
                ::-1
            ]
        elif isinstance(one, list):
            waiting += [((*place, index), child, False) for index, child in enumerate(one)][::-1]


def _made(function: Function, place: Pointer, functions: Functions) -> Iterator[Text]:
    """Yield the text that `Fn::Sub` or `Fn::Join` makes; none if it is made of what is unknown."""
    if function.text:
        text, at = function.text
        yield Text(at, [Piece(at, text)], has_variables=True)
    of = function.argument
    if function.name != "Fn::Join" or not (isinstance(of, list) and len(of) == 2):
        return
    delimiter, items = of
    at = (*function.at, 1)
    if not isinstance(delimiter, str) or not isinstance(items, list) or functions.at(at, items):
        return
    pieces: list[Piece] = []
    for index, item in enumerate(items):
        if index and delimiter:
            pieces.append(Piece((*function.at, 0), delimiter))
        pieces.append(_piece((*at, index), item, functions))
    yield Text(place, pieces, has_variables=True)


def _piece(at: Pointer, item: Any, functions: Functions) -> Piece:
    """Return an item of a list to join; in place of a function, a text that stands for it."""
    function = functions.at(at, item)
    if function or not isinstance(item, str):
        return Piece(at, function.stand_in if function else "${}", is_written=False)
    return Piece(at, item)
