"""The diff: of long texts it is one hunk, which holds for the same lines as any other."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sm_lint.model.change import Change
from sm_lint.model.span import SourceText
from sm_lint.output import diff, render
from sm_lint.output.hunk import hunk
from tests.support.sample_report import CLEAN
from tests.support.work import calls

TEXTS = st.text("ab\n\r", max_size=12)
_HEADER = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n")
_LINE = re.compile(r"([ +-])([^\n]*\n)(\\ No newline at end of file\n)?")


def applied(text: str, patch: str) -> str:
    """Return a text after a hunk, as `patch` applies it."""
    header = _HEADER.match(patch)
    assert header
    lines = [(mark, line[:-1] if end else line) for mark, line, end in _LINE.findall(patch, header.end())]
    old, new = (["".join(line for mark, line in lines if mark != other)] for other in "+-")
    for number, other in ((2, "+"), (4, "-")):
        assert int(header[number] or 1) == sum(mark != other for mark, _ in lines)
    all_lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    first = max(int(header[1]) - 1, 0)
    before = "".join(all_lines[:first])
    assert text.startswith(before + old[0])
    return before + new[0] + text[len(before + old[0]) :]


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_a_hunk_makes_the_new_text_of_the_old_one(start: str, old: str, new: str, end: str) -> None:
    old, new = start + old + end, start + new + end
    assume(old != new)
    assert applied(old, hunk(old, new)) == new


@given(TEXTS, TEXTS)
def test_it_begins_and_ends_with_a_change_and_three_lines_around(old: str, new: str) -> None:
    many = "".join(f"{number}\n" for number in range(9))
    old, new = f"{many}{old}\n{many}", f"{many}{new}\n{many}"
    assume(old != new)
    marks = [mark for mark, _, _ in _LINE.findall(hunk(old, new).partition("\n")[2])]
    assert marks[:3] == marks[-3:] == [" "] * 3
    assert marks[3] != " "
    assert marks[-4] != " "


def change(old: str, new: str) -> Change:
    return Change(SourceText("a.yaml", old), SourceText("a.yaml", new), new.encode())


def test_many_lines_are_compared_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    old = "".join(f"- k{number}\n" for number in range(40))
    report = CLEAN._replace(changes=(change(old, old.replace("k1\n", "K1\n").replace("k30\n", "K30\n")),))
    assert render(report, "diff").count("@@ -") == 2
    monkeypatch.setattr(diff, "_MOST_LINES", 79)
    assert render(report, "diff").count("@@ -") == 1
    assert render(report, "diff").startswith("--- a.yaml\n+++ a.yaml\n@@ -1,34 +1,34 @@\n - k0\n-- k1\n")


def test_the_work_for_long_texts_grows_no_faster_than_they_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diff, "_MOST_LINES", 9)

    def work(count: int) -> int:
        old = "".join(f"- k{number}\n- v\n" for number in range(count))
        report = CLEAN._replace(changes=(change(old, old.replace("v", "w")),))
        return calls(lambda: render(report, "diff"))

    assert work(400) < 4.4 * work(100)
