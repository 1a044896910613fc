"""Every kind of hostile input at the limits of size, and how the work grows up to them.

Work is counted in calls of functions, so that the tests pass and fail alike on every machine.
"""

import json
from functools import partial
from pathlib import Path

import pytest

import sm_lint
from sm_lint.engine.linter import MAX_DIAGNOSTICS
from sm_lint.lsp.actions import MAX_FINDINGS as MAX_ACTIONS
from sm_lint.model.report import Report, ReportedRule
from sm_lint.output import FORMATS, render
from sm_lint.sources import document
from tests.conftest import Run
from tests.promises.carrier_kinds import OF_CARRIERS
from tests.promises.kinds import KINDS, Kind
from tests.support.linting import RULES, SESSION, fix, settings_of
from tests.support.talk import Talk
from tests.support.work import calls

pytestmark = pytest.mark.slow

ALL = KINDS | OF_CARRIERS
OTHER = '{"ModelPackageGroupName": "churn", "Domian": "x", "Task": "OTHER"}'
"""Linted after each hostile file."""
FORMATS_OF_REPORTS = [name for name, output in FORMATS.items() if name != "diff"]
PAGES, PER_FINDING = 500_000, 10_000
"""The maximum number of bytes of a report, in any format: of the pages of the rules in SARIF, and for each finding."""
GROWTH = 4.4
LITTLE = 60_000
"""The calls below which growth says nothing: what has been looked up before costs none, such as the width of a text."""


def data_of(kind: Kind, count: int) -> bytes:
    """Return the bytes of a kind with `count` of something."""
    text = kind.text(count)
    return text if isinstance(text, bytes) else text.encode(errors="surrogatepass")


def configuration(kind: Kind) -> str:
    """Return the configuration of a kind in TOML."""
    tables = {key: of for key, of in kind.config.items() if isinstance(of, dict)}
    lines = [f"{key} = {json.dumps(of)}" for key, of in kind.config.items() if key not in tables]
    for name, table in tables.items():
        lines += [f"[{name}]", *(f"{json.dumps(key)} = {json.dumps(of)}" for key, of in table.items())]
    return "\n".join(lines)


def edit(text: str, syntax: str) -> None:
    """Open a text in the language server, and ask what it says in the middle and near the end."""
    uri, talk = f"file:///nowhere/hostile.{syntax}", Talk()
    talk.open(text, uri, syntax)
    for offset in (len(text) // 2, len(text) - 3):
        line, start = text.count("\n", 0, offset), text.rfind("\n", 0, offset) + 1
        for method in ("hover", "completion"):
            talk.ask(f"textDocument/{method}", talk.at(line, offset - start, uri))
    talk.actions((0, 0), (0, 20), uri)


@pytest.mark.parametrize("name", ALL)
def test_the_work_of_each_stage_grows_no_faster_than_the_text(name: str) -> None:
    kind = ALL[name]
    settings = settings_of(dict(kind.config))

    def work(count: int) -> dict[str, int]:
        read = document.read(f"hostile.{kind.syntax}", data_of(kind, count))
        done = {}
        outcome = SESSION.lint_named(read, settings)
        done["lint"] = calls(lambda: SESSION.lint_named(document.read(read.name, read.data, kind.syntax), settings))
        rules = tuple(ReportedRule(d.code, d.severity, RULES.rule) for d in outcome.diagnostics[:1])
        report = Report(
            diagnostics=tuple(outcome.diagnostics), documents={read.name: read}, files=1, omitted=outcome.omitted,
            failures=(), failed=True, model=RULES.model, rules=rules,
        )  # fmt: skip
        shown = report._replace(diagnostics=tuple(d for d in report.diagnostics if d.code in {r.code for r in rules}))
        for output in FORMATS_OF_REPORTS:
            done[output] = calls(partial(render, shown, output))
        done["fix"] = calls(lambda: fix(read, settings))
        if name in OF_CARRIERS:
            done["editor"] = calls(lambda: edit(read.text, kind.syntax))
        return done

    count = min(kind.counted, kind.limit // 4)
    work(count)  # what is made once is made now
    one, four = work(count), work(4 * count)
    grown = {stage: (one[stage], four[stage]) for stage in one}
    assert {stage: of for stage, of in grown.items() if of[1] > GROWTH * max(of[0], LITTLE)} == {}


@pytest.mark.parametrize("name", ALL)
def test_a_report_at_the_limit_in_every_format(
    name: str, folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    kind = ALL[name]
    hostile = f"hostile.{kind.syntax}"
    data = data_of(kind, kind.limit)
    (folder / hostile).write_bytes(data)
    (folder / "other.json").write_text(OTHER)
    (folder / "sm-lint.toml").write_text(configuration(kind))
    wanted = [
        part for output in FORMATS_OF_REPORTS if not FORMATS[output].is_option
        for part in ("--output-format", output, "--output-file", f"report.{output}")
    ]  # fmt: skip
    ran = run("check", hostile, "other.json", *wanted)
    assert (ran.status, ran.err) == (1, "")
    report = json.loads((folder / "report.json").read_text())
    found = [d for d in report["diagnostics"] if d["file"] == hostile]
    assert kind.code in {d["code"] for d in found}
    assert len(found) <= MAX_DIAGNOSTICS
    assert report["summary"]["omitted"] == 0 or len(found) == MAX_DIAGNOSTICS
    assert "SM101" in [d["code"] for d in report["diagnostics"] if d["file"] == "other.json"]
    for output in folder.glob("report.*"):
        assert output.stat().st_size < PAGES + PER_FINDING * len(found) + 2 * len(data), output.name


PART = 64
"""The part of a limit for what lints a text many times: the growth is held by the counts above."""


@pytest.mark.parametrize("name", ALL)
def test_fixes_below_the_limit(name: str, folder: Path, run: Run) -> None:
    kind = ALL[name]
    hostile = f"hostile.{kind.syntax}"
    (folder / "sm-lint.toml").write_text(configuration(kind))
    (folder / hostile).write_bytes(data_of(kind, kind.limit // PART))
    shown = run("check", hostile, "--diff", "--unsafe-fixes", "--quiet")
    assert shown.status in (0, 1)
    assert shown.err == ""
    fixed = run("check", hostile, "--fix", "--unsafe-fixes", "--output-format", "concise")
    assert fixed.status in (0, 1)
    assert fixed.err == ""
    assert run("check", hostile, "--output-format", "concise").status in (0, 1)


@pytest.mark.parametrize("name", ALL)
def test_the_api_and_the_language_server_below_the_limit(name: str) -> None:
    kind = ALL[name]
    hostile = f"hostile.{kind.syntax}"
    data = data_of(kind, kind.limit // PART)
    found = sm_lint.lint_text(data, filename=hostile, config=kind.config)
    assert len(found) <= MAX_DIAGNOSTICS
    text = data.decode(errors="replace")
    uri = f"file:///nowhere/{hostile}"
    talk = Talk()
    published = talk.open(text, uri, kind.syntax)[-1]["params"]["diagnostics"]
    assert len(published) <= MAX_DIAGNOSTICS
    last = {"line": text.count("\n"), "character": len(text)}
    for place in ({"line": 0, "character": 0}, last):
        talk.ask("textDocument/hover", {"textDocument": {"uri": uri}, "position": place})
        talk.ask("textDocument/completion", {"textDocument": {"uri": uri}, "position": place})
    assert len(talk.actions((0, 0), (last["line"], last["character"]), uri)) <= 3 * MAX_ACTIONS + 1
