"""What a run keeps of a file: its text if something is shown in it, and nothing that was made of it."""

import pickle
from pathlib import Path
from typing import Any

import pytest

from sm_lint.model.settings import DEFAULTS, Settings
from sm_lint.model.span import SourceText
from sm_lint.run.files import Options, lint_files
from sm_lint.run.findings import Findings
from sm_lint.run.linting import lint_task
from sm_lint.run.task import Result, Task
from sm_lint.sources.discovery import Source
from tests.support.linting import SESSION

TEXTS = {
    "clean.yaml": "ModelPackageGroupName: churn\n",
    "bad.yaml": "ModelPackageGroupName: churn\nDomian: x\n",
    "fixed.yaml": "ModelPackageGroupName: churn\ndomain: x\n",
    "suppressed.yaml": "ModelPackageGroupName: churn\nDomian: x # sm-lint: ignore[SM101]\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def result(name: str, **options: Any) -> Result:
    task = Task(Source(name, named=True, folder=""), DEFAULTS, False, None, False, options.pop("fix", None), **options)
    return lint_task(task, SESSION)


@pytest.mark.usefixtures("folder")
def test_a_result_has_the_text_and_not_the_value() -> None:
    bad, fixed = result("bad.yaml"), result("fixed.yaml", fix="safe")
    (shown,), (change,) = bad.shown, fixed.changes
    assert type(shown) is SourceText
    assert shown.text == TEXTS["bad.yaml"]
    assert [type(text) for text in change[:2]] == [SourceText, SourceText]
    assert fixed.shown == ()
    (again,) = pickle.loads(pickle.dumps(bad)).shown  # noqa: S301 - it is our own
    assert (again.name, again.text, again.line(2)) == ("bad.yaml", TEXTS["bad.yaml"], "Domian: x")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("show_suppressed", [False, True])
def test_a_text_in_which_nothing_is_shown_is_dropped(show_suppressed: bool) -> None:
    assert result("clean.yaml").shown == ()
    suppressed = result("suppressed.yaml", show_suppressed=show_suppressed)
    assert suppressed.outcome
    assert suppressed.outcome.suppressed == 1
    assert len(suppressed.shown) == show_suppressed
    assert len(suppressed.outcome.shown_suppressed) == show_suppressed


def options(*names: str, **more: Any) -> Options:
    return Options(names or tuple(TEXTS), lambda _: DEFAULTS, **more)


@pytest.mark.usefixtures("folder")
def test_a_report_has_the_texts_that_it_shows() -> None:
    report = lint_files(options(), SESSION)
    assert sorted(report.documents) == ["bad.yaml", "fixed.yaml"]
    assert (report.suppressed, report.shown_suppressed, report.omitted_is_minimum) == (1, (), False)
    report = lint_files(options(show_suppressed=True), SESSION)
    assert sorted(report.documents) == ["bad.yaml", "fixed.yaml", "suppressed.yaml"]
    assert [s.diagnostic.code for s in report.shown_suppressed] == ["SM101"]


@pytest.mark.usefixtures("folder")
def test_a_number_that_is_a_minimum_stays_one(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Findings.outcome

    def outcome(self: Findings, *arguments: Any, **named: Any) -> Any:
        is_bad = self.document.name == "bad.yaml"
        return real(self, *arguments, **named)._replace(omitted_is_minimum=is_bad)

    monkeypatch.setattr(Findings, "outcome", outcome)
    assert lint_files(options(), SESSION).omitted_is_minimum
    assert not lint_files(options("fixed.yaml"), SESSION).omitted_is_minimum


def test_settings_are_compared_as_before(folder: Path) -> None:
    report = lint_files(Options((str(folder / "bad.yaml"),), lambda _: Settings(ignore=("SM101",))), SESSION)
    assert report.diagnostics == ()
