"""The documents of a YAML stream: where each begins and ends."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sm_lint.sources.yaml.ranges import ranges
from tests.support.work import calls

LINES = ("---", "--- a", "...", "a: 1", "b: |", "  ---", "  ...", "", "# c", "---a: 2", " ---", "- x", "%YAML 1.2")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("# a\n\n", []),
        ("a: 1\n", ["a: 1\n"]),
        ("---\na: 1\n...\n", ["---\na: 1\n"]),
        ("a: 1\n---\nb: 1\n", ["a: 1\n", "---\nb: 1\n"]),
        ("a: 1\r\n---\r\nb: 1\r\n", ["a: 1\r\n", "---\r\nb: 1\r\n"]),
        ("a: 1\r---\rb: 1", ["a: 1\r", "---\rb: 1"]),
        ("a: 1\n---", ["a: 1\n", "---"]),
        ("---\n---\n", ["---\n", "---\n"]),
        ("# a\n%YAML 1.2\n---\na: 1\n... # b\n# c\n---\nb\n", ["# a\n%YAML 1.2\n---\na: 1\n", "\n# c\n---\nb\n"]),
        ("a: 1\n...\n# b\n", ["a: 1\n"]),
        ("a: |\n  ---\n  b\n", ["a: |\n  ---\n  b\n"]),
        ("a: ---\nb: '\n ---'\n", ["a: ---\nb: '\n ---'\n"]),
        ("---a: 1\n----\n", ["---a: 1\n----\n"]),
        ("--- {a: 1}\n--- b\n", ["--- {a: 1}\n", "--- b\n"]),
        ("a: '\n---\nb: 1\n", ["a: '\n", "---\nb: 1\n"]),
    ],
)
def test_a_marker_at_the_start_of_a_line_separates(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in ranges(text)] == found


@given(st.lists(st.sampled_from(LINES), max_size=8).map(lambda lines: "".join(f"{line}\n" for line in lines)))
@example("a: 1\n...\n%YAML 1.2\n---\n")
def test_there_are_as_many_as_another_reader_finds(text: str) -> None:
    try:
        events = [type(event).__name__ for event in YAML(typ="safe", pure=True).parse(text)]
    except Exception:  # noqa: BLE001 - it is no YAML
        return
    assert len(ranges(text)) == events.count("DocumentStartEvent")


@pytest.mark.parametrize("line", ["---\n", "...\n", "a: 1\n---\n", "# a\n", "  \n", "---\n...\n"])
def test_the_work_is_linear(line: str) -> None:
    assert calls(lambda: ranges(line * 4000)) < 4.4 * calls(lambda: ranges(line * 1000)) + 50
