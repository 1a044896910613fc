"""Lines of a text: where they start and end, whichever line breaks it has, and some of them alone."""

import copy
import re

from hypothesis import given
from hypothesis import strategies as st

from sm_lint.model.span import FILE_START, Excerpt, Position, SourceText


@given(st.text("ab\n\r\u2028\x85\U0001f600", max_size=12))
def test_lines_end_with_three_kinds_of_breaks_and_no_others(text: str) -> None:
    source = SourceText("a", text)
    lines = re.split(r"\r\n|\r|\n", text)
    assert len(source.line_starts) == len(lines)
    assert [source.line(number) for number in range(1, len(lines) + 1)] == lines
    for number, line in enumerate(lines, 1):
        start, end = source.line_range(number)
        assert text[start:end] == line
        assert source.position(start) == (number, 1, start)
        assert source.position(end) == (number, len(line) + 1, end)


def test_without_its_value_a_text_keeps_its_lines() -> None:
    source = SourceText("a", "b\nc")
    assert list(source.line_starts) == [0, 2]
    alone = source.without_value()
    assert (alone.name, alone.text, alone.line_starts) == ("a", "b\nc", source.line_starts)


@given(st.lists(st.text("a\r\u2028\U0001f600", max_size=5), min_size=1, max_size=6), st.sets(st.integers(1, 6)))
def test_an_excerpt_has_the_places_of_its_lines(lines: list[str], numbers: set[int]) -> None:
    kept, start = {}, 0
    for number, line in enumerate(lines, 1):
        if number in numbers:
            kept[number] = start, line
        start += len(line) + 1
    excerpt = copy.copy(Excerpt("a", kept))  # in the way of pickle
    for number, (start, line) in kept.items():
        for at in range(len(line) + 1):
            place = excerpt.in_text(Position(number, at + 1, start + at))
            assert (place.column, excerpt.text[place.offset :][: len(line) - at]) == (at + 1, line[at:])
            assert excerpt.line_starts[place.line - 1] == place.offset - at
        if line.rstrip("\r"):
            assert list(excerpt.around(number)) == [number]
    assert excerpt.in_text(FILE_START.start) == FILE_START.start


def test_around_a_line_are_its_neighbors() -> None:
    source = SourceText("a", "b\nc\nd")
    assert [list(source.around(line)) for line in (1, 2, 3)] == [[1, 2], [1, 2, 3], [2, 3]]
    assert list(SourceText("a", "").around(1)) == []
