"""What a finding costs in each format does not depend on how long its line is, or how many lines its file has."""

import json
import os
from typing import Any, SupportsIndex

import pytest

from sm_lint.cli.check_arguments import CHOICES as FORMATS
from sm_lint.model.diagnostic import Diagnostic, Edit, Fix, Related
from sm_lint.model.report import Report
from sm_lint.model.severity import Severity
from sm_lint.model.span import SourceText, Span
from sm_lint.output import render
from sm_lint.output.sarif import _LONGEST_SNIPPET
from tests.support.sample_report import CLEAN, CODES, REPORT
from tests.support.work import calls


class Watched(str):  # noqa: SLOT000 - it has an attribute
    """A text that counts how many characters are copied from it."""

    copied = 0

    def __getitem__(self, part: SupportsIndex | slice) -> str:
        found = super().__getitem__(part)
        self.copied += len(found)
        return found


def report(text: str, spans: list[Span], *, fixed: bool = False, files: int = 1) -> Report:
    """Return a report with an error at each span, in each of `files` files with the same text."""
    names = [f"folder/{number}.json" for number in range(files)]
    found = [
        Diagnostic(
            CODES[0], "name", Severity.ERROR, "message", None, None, name, f"/Tags/{number}", None, span,
            related=(Related("it is used here", name, "", span),),
            fix=Fix("Change it", "safe", (Edit(span, "x"),)) if fixed else None,
        )
        for name in names
        for number, span in enumerate(spans)
    ]  # fmt: skip
    documents = {name: SourceText(name, text) for name in names}
    return REPORT._replace(diagnostics=tuple(found), documents=documents)


def on_one_line(count: int, length: int) -> tuple[str, list[Span]]:
    """Return a line with `length` characters before, between and after `count` places."""
    text = f"{'é' * length}1" * count + "é" * length + "\n" + "é" * length
    source = SourceText("", text)
    return text, [source.span(at, at + 1) for at in range(length, count * (length + 1), length + 1)]


@pytest.mark.parametrize("output_format", ["full", "sarif", "rdjson", "json", "github", "gitlab", "junit"])
def test_of_a_long_line_a_finding_copies_what_is_shown(output_format: str) -> None:
    short, long = (on_one_line(20, length) for length in (1000, 4000))
    copied = []
    for text, spans in (short, long):
        watched = Watched(text)
        render(report(watched, spans), output_format)
        copied.append(watched.copied)
    # rdjson and SARIF encode a text once, whatever is found in it
    assert copied[1] <= copied[0] or copied[1] <= len(long[0]) + 100


@pytest.mark.parametrize("output_format", FORMATS)
@pytest.mark.parametrize("fixed", [False, True])
def test_the_work_grows_with_the_findings(output_format: str, fixed: bool) -> None:
    def work(count: int) -> int:
        text, spans = on_one_line(count, 3)
        made = report(text, spans, fixed=fixed)
        return calls(lambda: render(made, output_format))

    work(10)  # what is made once is made now
    assert work(400) < 4.4 * max(work(100), 100)


@pytest.mark.parametrize("output_format", ["sarif", "gitlab", "junit", "rdjson", "json", "full"])
def test_the_work_grows_with_the_files(output_format: str) -> None:
    def work(files: int) -> int:
        made = report(*on_one_line(1, 3), files=files)
        return calls(lambda: render(made, output_format))

    work(3)
    assert work(120) < 4.4 * work(30)


def test_a_path_is_made_once_a_file() -> None:
    for output_format in ("sarif", "gitlab", "junit", "rdjson"):
        few, many = (report(*on_one_line(count, 3)) for count in (1, 100))

        def asked(made: Report, output_format: str = output_format) -> int:
            count = 0
            real = os.path.relpath

            def relpath(name: str, _folder: str) -> str:
                nonlocal count
                count += 1
                return real(name)

            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("os.path.relpath", relpath)
                render(made, output_format)
            return count

        assert asked(few) == asked(many) == 1, output_format


def test_equal_findings_have_fingerprints_of_their_own_without_a_search() -> None:
    text, spans = on_one_line(1, 3)

    def work(count: int) -> int:
        made = report(text, spans)
        made = made._replace(diagnostics=made.diagnostics * count)
        return calls(lambda: render(made, "gitlab"))

    work(1)
    assert work(400) < 4.4 * work(100)


def test_a_frame_is_the_same_however_long_the_line_is() -> None:
    def frame(more: int, before: int = 0) -> str:
        text = f"{'a' * more}\n{'b' * before}{'x' * 80}1{'y' * 110}{'c' * more}\n{'d' * more}e\n"
        at = text.index("1")
        source = SourceText("", text)
        return render(report(text, [source.span(at, at + 1)]), "full", quiet=True)

    assert frame(200) == frame(9000)
    assert frame(200).replace(":2:81", "") == frame(200, before=4000).replace(":2:4081", "")


@pytest.mark.parametrize(
    ("following", "shown"), [("next", True), ("  \t", False), ("", False), (" " * 300 + "far", False)]
)
def test_a_next_line_is_shown_if_something_is_seen_of_it(following: str, shown: bool) -> None:
    source = SourceText("", f"1\n{following}\n")
    lines = render(report(source.text, [source.span(0, 1)]), "full").splitlines()
    assert any(line.startswith("2 | ") for line in lines) == shown


def snippets(value: Any) -> list[str]:
    """Return all snippets in a SARIF log."""
    if isinstance(value, dict):
        here = [value["snippet"]["text"]] if "snippet" in value else []
        return here + [s for of in value.values() for s in snippets(of)]
    return [s for of in value for s in snippets(of)] if isinstance(value, list) else []


def test_sarif_repeats_no_long_text() -> None:
    text = "x" * (_LONGEST_SNIPPET + 1)
    source = SourceText("", text)
    for length, count in ((_LONGEST_SNIPPET, 2), (_LONGEST_SNIPPET + 1, 0)):  # the finding and its related place
        log = json.loads(render(report(text, [source.span(0, length)]), "sarif"))
        assert [len(snippet) for snippet in snippets(log)] == [length] * count
    whole_file = json.loads(render(report(text, [source.span(0, 0)]), "sarif"))
    assert snippets(whole_file) == []


def test_the_number_of_those_left_out_may_be_a_minimum() -> None:
    made = REPORT._replace(omitted=12345, omitted_is_minimum=True)
    assert "12,345 or more not shown" in render(made, "concise")
    assert "12,345 more not shown" in render(made._replace(omitted_is_minimum=False), "full")
    summary = json.loads(render(made, "json"))["summary"]
    assert (summary["omitted"], summary["omitted_is_minimum"]) == (12345, True)
    assert json.loads(render(CLEAN, "json"))["summary"]["omitted_is_minimum"] is False
