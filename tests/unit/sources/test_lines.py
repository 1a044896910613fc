"""The lines of JSON Lines, read in parts."""

from io import BytesIO
from itertools import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.model.span import Position
from sm_lint.sources import lines as module
from sm_lint.sources.lines import Line, document_of, lines
from tests.support.work import calls

LINES = st.lists(
    st.sampled_from([b"", b" \t", b"{}", b"a\rb", "é😀".encode(), b"\xff\xc3", b"\xe2\x82", b"x" * 30]),
    min_size=1,
    max_size=8,
)


def read(data: bytes, at_once: int = 7) -> list[Line]:
    """Return the lines in bytes of which so many are read at a time."""
    file = BytesIO(data)
    return list(lines(lambda size: file.read(min(size, at_once)), bool))


@given(
    LINES, st.sampled_from([b"\n", b"\r\n"]), st.booleans(), st.sampled_from([b"", b"\xef\xbb\xbf"]), st.integers(1, 9)
)
def test_lines_have_the_numbers_and_the_offsets_of_the_decoded_text(
    parts: list[bytes], line_break: bytes, is_ended: bool, mark: bytes, at_once: int
) -> None:
    data = mark + line_break.join(parts) + line_break * is_ended
    text = data.removeprefix(mark).decode(errors="replace")
    for line in read(data, at_once):
        assert line.data.removeprefix(mark) == parts[line.number - 1].removesuffix(b"\r")
        assert text[line.start :].startswith(parts[line.number - 1].decode(errors="replace"))
        assert text[: line.start].count("\n") == line.number - 1
    found = [line.number for line in read(data, at_once)]
    assert found == [n for n, part in enumerate(parts, 1) if part.strip() or (n == 1 and mark)]


@pytest.mark.parametrize("at_once", [1, 2, 3, 5, 1000])
@pytest.mark.parametrize("line_break", [b"\n", b"\r\n"])
def test_a_line_that_is_too_long_is_told_and_dropped(
    at_once: int, line_break: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    data = line_break.join([b"a", "é".encode() * 5, "é".encode() * 40, b"b"])
    found = read(data, at_once)
    extra = len(line_break)
    assert [(line.number, line.start) for line in found] == [
        (1, 0),
        (2, 1 + extra),
        (3, 6 + 2 * extra),
        (4, 46 + 3 * extra),
    ]
    kinds = [[p.kind for p in document_of(line, "a.jsonl").problems] for line in found]
    assert kinds == [["json-syntax"], ["json-syntax"], ["too-large"], ["json-syntax"]]
    assert document_of(found[2], "a.jsonl").span(0, 0).start == Position(3, 1, 6 + 2 * extra)


def test_however_long_a_line_is_only_its_beginning_is_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 5000)
    parts = repeat(b"x" * 1000, 10_000)
    (line,) = lines(lambda _: next(parts, b""), bool)
    assert 5000 < len(line.data) <= 5000 + 2 * 1000


def test_lines_that_are_not_wanted_are_passed_over_together() -> None:
    asked: list[bytes] = []

    def is_wanted(data: bytes) -> bool:
        asked.append(data)
        return b"yes" in data

    file = BytesIO(b"no\n" * 1000 + b"yes\n")
    assert list(lines(lambda size: file.read(min(size, 100)), is_wanted)) == [Line(1001, 3000, b"yes")]
    assert len(asked) < 100


@pytest.mark.parametrize("part", [1, 100, 100_000])
def test_the_work_is_linear(part: int) -> None:
    def work(count: int) -> int:
        return calls(lambda: read(b'{"a": 1}\n' * count, part))

    assert work(800) < 4.4 * work(200)
