"""The frame of `full`: as wide as the terminal at most, with the carets under exactly what they mean."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.escape import visible
from sm_lint.model.severity import Severity
from sm_lint.model.span import SourceText
from sm_lint.output import WIDTH, render
from tests.support.sample_report import CODES, REPORT
from tests.support.work import calls

MARK, COLORED = "\u0301", "\ufe0f"
ALPHABET = ["a", "é", "日", "😀", MARK, COLORED, "❤", "\u200b", "\u202e", "\t", "\x1b", "\U000e0041", " ", '"', "\\"]
TEXTS = st.lists(st.text(st.sampled_from(ALPHABET), max_size=200), min_size=1, max_size=3).map("\n".join)
CHARACTER = re.compile(f"[^\n][{MARK}{COLORED}]*")


def framed(text: str, start: int, end: int, width: int = WIDTH, **fields: object) -> str:
    """Return the report of a finding at a span of a text."""
    source = SourceText("a.json", text)
    found = Diagnostic(
        CODES[0], "name", Severity.ERROR, "message", None, None, "a.json", "", None, source.span(start, end)
    )._replace(**fields)  # type: ignore[arg-type]
    return render(REPORT._replace(diagnostics=(found,), documents={"a.json": source}), "full", width=width, quiet=True)


def frame(text: str, start: int, end: int, width: int) -> list[str]:
    """Return the lines of the frame of a finding, from the empty one at the top."""
    return [line for line in framed(text, start, end, width).split("\n") if re.match(r" *\d* \|", line)]


def pointed_at(lines: list[str]) -> tuple[str, bool]:
    """Return what is above the carets, and whether an ellipsis follows it."""
    number = next(number for number, line in enumerate(lines) if re.fullmatch(r" *\| *\^+", line))
    carets = range(lines[number].index("^"), len(lines[number]))
    above, cell = "", 0
    for character in CHARACTER.findall(lines[number - 1]):
        if cell in carets:
            above += character
            assert cell + cell_len(character) - 1 in carets, "half a character is marked"
        cell += cell_len(character)
        if cell == carets.stop:
            return above, lines[number - 1].endswith(f"{above}…")
    return above, False


def printed(text: str, start: int, end: int) -> str:
    """Return what is printed of a range up to the end of its line: whole characters with their marks."""
    found = [match for match in CHARACTER.finditer(text) if match.start() < end and match.end() > start]
    line_end = (text + "\n").index("\n", start)
    shown = [visible(match[0].replace("\t", "    ")) for match in found if match.start() < line_end]
    return "".join(character for character in shown if cell_len(character))


@given(TEXTS, st.data(), st.integers(20, 130))
def test_the_frame_fits_and_the_carets_are_below_the_range(text: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    lines = frame(text, start, end, width)
    assert [line for line in lines if cell_len(line) > width] == []
    if start < end and (expected := printed(text, start, end)):
        above, goes_on = pointed_at(lines)
        if goes_on and above != expected:
            assert expected.startswith(above)
            assert cell_len(expected) > width / 2 > cell_len(above) / 2
        else:
            assert above.rstrip() == expected.rstrip()


ONE_LINE = '{"ModelPackageDescription": "' + "日本語 text " * 340 + '", "Tags": [], "é": "' + "x" * 900 + '"}'


@pytest.mark.parametrize(
    ("marked", "width", "line", "carets"),
    [
        ('{"Mod', 40, '1 | {"ModelPackageDescription": "日本語…', "  | ^^^^^"),
        (
            '"Tags"',
            60,
            '1 | …ext 日本語 text ", "Tags": [], "é": "xxxxxxxxxxxxxxxxx…',
            "  |                     ^^^^^^",
        ),
        ('"Tags"', 20, '1 | …", "Tags": [],…', "  |     ^^^^^^"),
        ("x" * 900, 40, '1 | … [], "é": "xxxxxxxxxxxxxxxxxxxxxxx…', "  |             ^^^^^^^^^^^^^^^^^^^^^^^"),
        ("}", 20, '1 | …xxxxxxxxxxxx"}', "  |               ^"),
    ],
    ids=["start", "middle", "narrow", "longer", "end"],
)
def test_of_a_long_line_what_is_marked_is_shown_and_something_around_it(
    marked: str, width: int, line: str, carets: str
) -> None:
    start = ONE_LINE.index(marked)
    assert frame(ONE_LINE, start, start + len(marked), width)[1:] == [line, carets]


def test_a_caret_for_nothing_stands_where_it_would_be() -> None:
    for at in (0, 7, 16):
        _, line, carets = frame("a" * 16, at, at, 20)
        assert (len(line) <= 20, len(carets)) == (True, line.rindex("a" * 4) + 5 if at == 16 else 5 + at)
    assert frame("", 0, 0, 20) == []
    for at in (1, 2):
        assert frame("a\r\nb", at, at + 1, 20)[1:3] == ["1 | a", "  |  ^"]


def test_neither_a_long_number_nor_a_long_escape_makes_it_wider() -> None:
    text = "\n" * 123_456 + "\U000e0041" * 20
    lines = frame(text, len(text) - 20, len(text), 20)
    assert lines[2:] == ["123457 | ����������…", "       | ^^^^^^^^^^"]


def test_marks_without_end_are_not_all_looked_at() -> None:
    def work(marks: int) -> int:
        text = "a" + MARK * marks + "b"
        return calls(lambda: frame(text, len(text) - 1, len(text), 40))

    work(1)
    assert work(4000) < 1.1 * work(1000)


def test_the_pointer_is_shown_and_into_embedded_json_both() -> None:
    assert "  = at: /Tags/0/Key\n" in framed("{}", 0, 2, pointer="/Tags/0/Key")
    assert "  = at: /A\\n, in its JSON at /b\n" in framed("{}", 0, 2, pointer="/A\n", inner_pointer="/b")
    assert "= at:" not in framed("{}", 0, 2)
    assert len(framed("{}", 0, 2, pointer="/" + "x" * 9999).splitlines()[4]) < 1100


def test_a_message_is_one_line_however_narrow_the_terminal_is() -> None:
    text = framed("{}", 0, 2, 20, message="long words " * 40, help="more of them " * 30)
    assert f"error[{CODES[0]}]: {'long words ' * 40}\n" in text
    assert f"  = help: {'more of them ' * 30}\n" in text
