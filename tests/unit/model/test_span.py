"""Lines of a text: where they start and end, whichever line breaks it has."""

import re

from hypothesis import given
from hypothesis import strategies as st

from sm_lint.model.span import SourceText


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
    copy = source.without_value()
    assert (copy.name, copy.text, copy.line_starts) == ("a", "b\nc", source.line_starts)
