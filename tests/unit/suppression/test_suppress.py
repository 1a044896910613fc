"""Suppression by comments, `per-file-ignores` and the baseline, and the report of unused and expired suppressions."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.config.text import text_of
from sm_lint.engine import diagnose
from sm_lint.model.pointer import resolved
from sm_lint.model.report import Report
from sm_lint.model.settings import DEFAULTS, ConfigError, Settings
from sm_lint.requests import payload
from sm_lint.run.files import Options, lint_files
from sm_lint.sources.document import read
from sm_lint.suppression import baseline
from tests.support.command import sm_lint, write
from tests.support.linting import SESSION, outcome, settings_of
from tests.support.work import calls

CLEAN = '{"ModelPackageGroupName": "churn", "ModelPackageDescription": "x"}'
BAD = "ModelPackageGroupName: churn\nSkipModelValidation: Never{}\n"


def codes_of(text: str, settings: Settings = DEFAULTS, name: str = "a.yaml") -> list[str]:
    return [d.code for d in outcome(read(name, text.encode()), settings).diagnostics]


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("# sm-lint: ignore[SM106]", []),
        ("#sm-lint:ignore[SM106]", []),
        ("# sm-lint: ignore[sm106]: a reason", []),
        ("# sm-lint: ignore[not-in-the-enumeration]", []),
        ("# sm-lint: ignore[SM1]", []),
        ("# sm-lint: ignore[ALL]", []),
        ("# sm-lint: ignore[ SM106 , ]", []),
        ("# we know # sm-lint: ignore[SM106]", []),
        ("# sm-lint: ignore[SM106] until 9999-12-31", []),
        ("# sm-lint: ignore[SM106] until 9999-12-31: with: colons", []),
        ("# sm-lint: ignore[SM106,SM203]", ["SM901"]),
        ("# sm-lint: ignore[SM203]", ["SM106", "SM901"]),
        ("# sm-lint: ignore[SM106] until 2020-01-31", ["SM106", "SM902"]),
        ("# sm-lint: ignore[SM106] until 2020-01-32", ["SM106", "SM903"]),
        ("# sm-lint: ignore[SM106] until tomorrow", ["SM106", "SM903"]),
        ("# sm-lint: ignore[SM299]", ["SM106", "SM903"]),
        ("# sm-lint: ignore", ["SM106", "SM903"]),
        ("# sm-lint: ignore[SM106] and more", ["SM106", "SM903"]),
        ("# sm-lint:", ["SM106", "SM903"]),
        ("# sm-lint ignore[SM106]", ["SM106"]),
    ],
)
def test_a_comment_on_the_line(comment: str, codes: list[str]) -> None:
    assert codes_of(BAD.format(f"  {comment}")) == codes


COMMENT = "# sm-lint: ignore[SM106]"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"ModelPackageGroupName: churn\n{COMMENT}\nSkipModelValidation: Never\n", []),
        (f"ModelPackageGroupName: churn\n{COMMENT}\n# more\nSkipModelValidation: Never\n", []),
        (f"ModelPackageGroupName: churn\r\n{COMMENT}\r\nSkipModelValidation: Never\r\n", []),
        (f"ModelPackageGroupName: churn\n{COMMENT}\n\nSkipModelValidation: Never\n", ["SM901", "SM106"]),
        # One at the end of a line belongs to that line.
        (f"ModelPackageGroupName: churn  {COMMENT}\nSkipModelValidation: Never\n", ["SM901", "SM106"]),
        (f"ModelPackageGroupName: churn\nSkipModelValidation: Never\n{COMMENT}\n", ["SM106", "SM901"]),
        # Any line of a finding that has several.
        ("ModelPackageGroupName: >  # sm-lint: ignore[SM222]\n  churn!\n  model\n", []),
        ('ModelPackageGroupName: "churn!\n  model"  # sm-lint: ignore[SM222]\n', []),
        # What stands in a text is no comment.
        ("ModelPackageGroupName: churn\nModelPackageDescription: '# sm-lint: x'\n", []),
        ("ModelPackageGroupName: churn\nSourceUri: a#sm-lint:x\n", []),
        ("ModelPackageGroupName: churn\nModelPackageDescription: '\n  # sm-lint: x'\n", ["SM111"]),
        # It is found before a mistake in the syntax.
        (f"ModelPackageName: [churn\n{COMMENT}\nSkipModelValidation: Never\n", ["SM215", "SM002"]),
    ],
)
def test_where_a_comment_counts(text: str, codes: list[str]) -> None:
    found = codes_of(text)
    assert [code for code in found if code != "SM111"] == [code for code in codes if code != "SM111"]


def test_json_has_no_comments() -> None:
    assert codes_of('{"ModelPackageGroupName": "a"}  # sm-lint: ignore[ALL]', name="a.json") == ["SM001"]


@given(st.text("# sm-lint:ignore[]SM106,\n'\"|>until-0\t", max_size=60))
def test_nothing_that_is_found_gets_lost(text: str) -> None:
    document = read("a.yaml", f"ModelPackageGroupName: churn!  # sm-lint:{text}\n".encode())
    linted = outcome(document, DEFAULTS, show_suppressed=True)
    known = [d for d in linted.diagnostics if not d.code.startswith("SM9")]
    known += [suppressed.diagnostic for suppressed in linted.shown_suppressed]
    found, _ = SESSION.linters.linter(DEFAULTS).find(document, payload.requests(document))
    assert sorted(d.code for d in known) == sorted(finding.code for finding in found)


def test_a_reason_may_be_required() -> None:
    settings = settings_of({"require-reason": True}, "/")
    assert codes_of(BAD.format("  # sm-lint: ignore[SM106]"), settings) == ["SM106", "SM903"]
    assert codes_of(BAD.format("  # sm-lint: ignore[SM106]: why"), settings) == []


def test_it_is_unused_only_if_its_rules_have_run() -> None:
    clean = "ModelPackageGroupName: churn  # sm-lint: ignore[SM106]\n"
    assert codes_of(clean) == ["SM901"]
    for table in {"ignore": ["SM106"]}, {"select": ["SM4", "SM9"]}, {"ignore": ["SM901"]}:
        assert codes_of(clean, settings_of(table, "/")) == []
    prefix = "ModelPackageGroupName: churn  # sm-lint: ignore[SM1]\n"
    assert codes_of(prefix) == ["SM901"]
    assert codes_of(prefix, settings_of({"ignore": ["SM101"]}, "/")) == []


SOURCE = '"SourceAlgorithmSpecification": {"SourceAlgorithms": [{"AlgorithmName": "churn"}]}'
JSON = (
    '{"ModelPackageName": "churn", "SkipModelValidation": "Never",'
    f" {SOURCE},"
    ' "Tags": [{"Key": "a!"}, {"Key": "b!", "Value": ""}]}'
)


@pytest.mark.parametrize(
    ("ignores", "codes"),
    [
        ({}, ["SM106", "SM612", "SM606", "SM606"]),
        ({"a.json": ["ALL"]}, []),
        ({"a.json": ["SM6"]}, ["SM106"]),
        ({"*.json": ["SM106"]}, ["SM612", "SM606", "SM606"]),
        ({"a.json#/Tags/0/Key": ["SM606"]}, ["SM106", "SM612", "SM606"]),
        ({"a.json#/Tags/*/Key": ["SM606"]}, ["SM106", "SM612"]),
        ({"a.json#/*/*/*": ["SM606"]}, ["SM106", "SM612"]),
        ({"a.json#/Tags/*": ["SM6"]}, ["SM106", "SM606", "SM606"]),
        ({"a.json#/SkipModelValidation": {"codes": ["SM106"], "expires": "9999-01-01"}}, ["SM612", "SM606", "SM606"]),
        ({"a.json#/SkipModelValidation": {"codes": ["SM106"], "expires": "2001-01-01"}},
         ["SM106", "SM902", "SM612", "SM606", "SM606"]),
        # Named without a wildcard, so needless ones are reported: at their place, or where it would be.
        ({"a.json": ["SM203"]}, ["SM901", "SM106", "SM612", "SM606", "SM606"]),
        ({"a.json#/Tags/1/Value": ["SM606"]}, ["SM106", "SM612", "SM606", "SM606", "SM901"]),
        ({"a.json#/Tags/7": ["SM606"]}, ["SM106", "SM901", "SM612", "SM606", "SM606"]),
        ({"a.json#": ["SM106"]}, ["SM901", "SM106", "SM612", "SM606", "SM606"]),
        ({"a.json": ["SM203", "SM901"]}, ["SM106", "SM612", "SM606", "SM606"]),
        # Others may match other files.
        ({"*.json": ["SM203"]}, ["SM106", "SM612", "SM606", "SM606"]),
        ({"b.json": ["SM106"]}, ["SM106", "SM612", "SM606", "SM606"]),
        ({"**/a.json": ["SM203"]}, ["SM106", "SM612", "SM606", "SM606"]),
    ],
)  # fmt: skip
def test_a_pointer_in_the_configuration(ignores: dict[str, Any], codes: list[str]) -> None:
    settings = settings_of({"per-file-ignores": ignores}, str(Path.cwd()))
    assert codes_of(JSON, settings, "a.json") == codes


def test_a_pointer_escapes_as_rfc_6901() -> None:
    text = '{"ModelPackageGroupName": "a", "CustomerMetadataProperties": {"a/b~#": "!"}}'
    settings = settings_of(
        {"per-file-ignores": {"a.json#/CustomerMetadataProperties/a~1b~0#": ["ALL"]}}, str(Path.cwd())
    )
    assert codes_of(text, settings, "a.json") == []
    assert codes_of(text, name="a.json") != []


def test_a_pattern_matches_below_its_folder_only() -> None:
    here = settings_of({"per-file-ignores": {"a.json": ["ALL"]}}, str(Path.cwd() / "sub"))
    assert codes_of(JSON, here, "sub/a.json") == codes_of(JSON, here, "sub/deep/a.json") == []
    assert codes_of(JSON, here, "a.json") != []


def test_a_comment_on_each_line_with_what_is_found_there_leaves_nothing_to_say() -> None:
    text = "ModelPackageGroupName: churn!\nSkipModelValidation: Never\nTags: 1\nTag: {Key: 1}\n"
    lines = text.splitlines()
    found = outcome(read("a.yaml", text.encode()), DEFAULTS).diagnostics
    assert len({d.range.start.line for d in found}) == 4
    for number, line in enumerate(lines, 1):
        here = sorted({d.code for d in found if d.range.start.line == number})
        lines[number - 1] = f"{line}  # sm-lint: ignore[{','.join(here)}]"
    linted = outcome(read("a.yaml", "\n".join(lines).encode()), DEFAULTS, show_suppressed=True)
    assert linted.diagnostics == []
    assert sorted(s.diagnostic.code for s in linted.shown_suppressed) == sorted(d.code for d in found)


def test_what_is_silenced_does_not_use_up_what_may_be_reported() -> None:
    tags = ", ".join('{"Key": "!", "Value": ""}' for _ in range(1500))
    text = f'{{"ModelPackageName": "a", {SOURCE}, "SkipModelValidation": "Never", "Tags": [{tags}], "Z": 1}}'
    settings = settings_of({"per-file-ignores": {"a.json": ["SM606", "SM108"]}}, str(Path.cwd()))
    linted = outcome(read("a.json", text.encode()), settings)
    assert [d.code for d in linted.diagnostics] == ["SM106", "SM101"]
    assert linted.suppressed > 1500
    assert linted.omitted == 0


IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/churn:1"
PLACE = "/InferenceSpecification/Containers/0/ModelDataSource/S3DataSource"


def version(**source: str) -> dict[str, Any]:
    """Return a request with one error in its name, and one for each member that the source of the model lacks."""
    container = {"Image": IMAGE, "ModelDataSource": {"S3DataSource": source}}
    return {"ModelPackageGroupName": "churn!", "InferenceSpecification": {"Containers": [container]}}


def test_a_baseline_holds_until_something_is_new_or_gone(tmp_path: Path) -> None:
    old = version(S3DataType="S3Object", CompressionType="Gzip")
    write(
        tmp_path,
        {"r/a.json": json.dumps(old), "r/b.json": '{"ModelPackageGroupName": "b!", "ModelPackageDescription": "x"}'},
    )
    wrote = sm_lint("check", "--write-baseline", "no/line.json", "r", cwd=tmp_path)
    assert (wrote.returncode, "No such file or directory" in wrote.stderr) == (2, True)
    wrote = sm_lint("check", "--write-baseline", "line.json", "r", cwd=tmp_path)
    assert (wrote.returncode, wrote.stdout) == (0, "Wrote 3 findings from 2 files to line.json.\n")
    assert json.loads((tmp_path / "line.json").read_text(encoding="utf-8"))["files"] == {
        "r/a.json": {"SM102": {PLACE: 1}, "SM222": {"/ModelPackageGroupName": 1}},
        "r/b.json": {"SM222": {"/ModelPackageGroupName": 1}},
    }
    write(tmp_path, {"r/sm-lint.toml": 'baseline = "../line.json"'})
    clean = sm_lint("check", "r", cwd=tmp_path)
    assert (clean.returncode, clean.stdout) == (0, "No problems in 2 files (3 suppressed).\n")
    # Formatted anew, in another order, from another folder: still known.
    write(tmp_path, {"r/a.json": json.dumps(dict(reversed(old.items())), indent=8)})
    assert "(3 suppressed)" in sm_lint("check", ".", cwd=tmp_path / "r").stdout
    # One more at a place that has one: nobody can tell which is old.
    write(tmp_path, {"r/a.json": json.dumps(version())})
    new = sm_lint("check", "--output-format", "concise", "r/a.json", cwd=tmp_path)
    assert (new.returncode, new.stdout.count("[SM102]"), new.stdout.count("[SM222]")) == (1, 3, 0)
    # Mended: the entry is stale, and writing the baseline anew takes it out.
    mended = json.dumps(version(S3DataType="S3Object", CompressionType="Gzip", S3Uri="s3://bucket/model.tar.gz"))
    write(tmp_path, {"r/a.json": mended})
    stale = sm_lint("check", "--output-format", "concise", "r", cwd=tmp_path)
    assert stale.returncode == 0
    assert stale.stdout.splitlines() == [
        f"line.json:6:9: warning: stale entry of the baseline: r/a.json has no `SM102` at {PLACE} [SM901]",
        "Found 1 warning in 2 files (2 suppressed).",
    ]
    sm_lint("check", "--write-baseline", "line.json", "r", cwd=tmp_path)
    assert sm_lint("check", "r", cwd=tmp_path).stdout == "No problems in 2 files (2 suppressed).\n"


def test_the_baseline_knows_what_is_inside_a_text(tmp_path: Path) -> None:
    card = json.dumps({"model_overview": {"model_creator": 1}, "business_details": {"line_of_business": 2}})
    request = {"ModelPackageGroupName": "churn", "ModelCard": {"ModelCardContent": card, "ModelCardStatus": "Draft"}}
    write(tmp_path, {"a.json": json.dumps(request)})
    found = json.loads(sm_lint("check", "--output-format", "json", "a.json", cwd=tmp_path).stdout)["diagnostics"]
    assert len(found) == 2
    sm_lint("check", "--write-baseline", "line.json", "a.json", cwd=tmp_path)
    known = json.loads((tmp_path / "line.json").read_text(encoding="utf-8"))["files"]["a.json"]
    assert {pointer for pointers in known.values() for pointer in pointers} == {
        f"{diagnostic['pointer']}#{diagnostic['inner_pointer']}" for diagnostic in found
    }
    card = json.dumps({"model_overview": {"model_creator": "x"}, "business_details": {"line_of_business": 2}})
    request["ModelCard"]["ModelCardContent"] = card  # type: ignore[index]
    write(tmp_path, {"a.json": json.dumps(request)})
    arguments = ("check", "--baseline", "line.json", "--output-format", "json", "a.json")
    report = json.loads(sm_lint(*arguments, cwd=tmp_path).stdout)
    [stale] = report["diagnostics"]
    [code] = [code for code, pointers in known.items() for at in pointers if "model_creator" in at]
    gone = "/ModelCard/ModelCardContent#/model_overview/model_creator"
    assert (stale["code"], stale["file"]) == ("SM901", "line.json")
    assert stale["pointer"] == f"/files/a.json/{code}/{gone.replace('/', '~1')}"
    assert report["summary"]["suppressed"] == 1


WRONG = CLEAN.replace("churn", "churn!")


def entries(folder: Path) -> dict[str, Any]:
    files: dict[str, Any] = json.loads((folder / "line.json").read_text(encoding="utf-8"))["files"]
    return files


@pytest.fixture
def known(tmp_path: Path) -> Path:
    """Return a folder with two wrong requests and a baseline that knows them."""
    write(tmp_path, {"r/a.json": WRONG, "r/b.json": WRONG})
    sm_lint("check", "--write-baseline", "line.json", "r", cwd=tmp_path)
    return tmp_path


def test_a_stale_entry_fails_as_the_configuration_says_and_is_ignored_where_it_stands(known: Path) -> None:
    write(known, {"r/a.json": CLEAN})
    for arguments, status, stale in (
        ((), 0, 1),
        (("--fail-on", "warning"), 1, 1),
        (("--fail-on", "warning", "--config", 'per-file-ignores = { "line.json" = ["SM901"] }'), 0, 0),
        (("--fail-on", "warning", "--config", 'per-file-ignores = { "r/*.json" = ["SM901"] }'), 1, 1),
        (("--fail-on", "warning", "--ignore", "SM901"), 0, 0),
        (("--config", 'severity = { SM901 = "error" }'), 1, 1),
        (("--select", "SM1,SM901", "--fail-on", "warning"), 0, 0),  # the rule of the entry did not run
    ):
        ran = sm_lint("check", "--baseline", "line.json", *arguments, "--output-format", "concise", "r", cwd=known)
        assert (ran.returncode, ran.stdout.count("line.json:6:9: ")) == (status, stale), (arguments, ran.stdout)


def test_an_entry_is_stale_only_for_a_file_that_was_linted(known: Path) -> None:
    write(known, {"r/a.json": CLEAN, "r/b.json": CLEAN, "r/c.json": CLEAN})
    for paths, lines in ((["r/a.json"], [6]), (["r/b.json"], [11]), (["r/c.json"], []), (["r"], [6, 11])):
        ran = sm_lint("check", "--baseline", "line.json", "--output-format", "json", *paths, cwd=known)
        assert [d["range"]["start"]["line"] for d in json.loads(ran.stdout)["diagnostics"]] == lines
    (known / "r" / "a.json").unlink()
    assert sm_lint("check", "--baseline", "line.json", "r", cwd=known).stdout.count("SM901]") == 1
    for broken in ('["no request"', CLEAN.replace("}", ",}"), CLEAN[:-1]):  # nothing, or not all of it can be read
        write(known, {"r/a.json": broken})
        assert sm_lint("check", "--baseline", "line.json", "r/a.json", cwd=known).stdout.count("SM901]") == 0


def test_an_entry_may_be_stale_in_part(tmp_path: Path) -> None:
    write(tmp_path, {"a.json": json.dumps(version())})
    sm_lint("check", "--write-baseline", "line.json", "a.json", cwd=tmp_path)
    assert entries(tmp_path)["a.json"]["SM102"] == {PLACE: 3}
    write(tmp_path, {"a.json": json.dumps(version(S3DataType="S3Object"))})
    ran = sm_lint("check", "--baseline", "line.json", "--output-format", "concise", "a.json", cwd=tmp_path)
    assert f"a.json has only 2 of 3 `SM102` at {PLACE} [SM901]" in ran.stdout
    sm_lint("check", "--baseline", "line.json", "--prune-baseline", "a.json", cwd=tmp_path)
    assert entries(tmp_path)["a.json"]["SM102"] == {PLACE: 2}
    assert "SM901" not in sm_lint("check", "--baseline", "line.json", "a.json", cwd=tmp_path).stdout


def test_pruning_removes_what_is_stale_and_nothing_else(known: Path) -> None:
    write(known, {"r/a.json": CLEAN, "r/b.json": CLEAN, "sm-lint.toml": 'baseline = "line.json"'})
    before = entries(known)
    ran = sm_lint("check", "--prune-baseline", "r/b.json", cwd=known)
    assert (ran.returncode, ran.stdout) == (0, "No problems in 1 file.\n")
    assert ran.stderr == "Removed 1 stale entry from line.json.\n"
    assert entries(known) == {"r/a.json": before["r/a.json"]}
    ran = sm_lint("check", "--prune-baseline", "r/b.json", cwd=known)
    assert ran.stderr == "Removed no stale entries from line.json.\n"
    assert entries(known) == {"r/a.json": before["r/a.json"]}
    write(known, {"r/a.json": WRONG})
    assert sm_lint("check", "--prune-baseline", "--quiet", "r", cwd=known).stderr == ""
    assert entries(known) == {"r/a.json": before["r/a.json"]}


def test_pruning_keeps_entries_of_rules_that_did_not_run(known: Path) -> None:
    write(known, {"r/a.json": CLEAN})
    before = entries(known)
    sm_lint("check", "--baseline", "line.json", "--prune-baseline", "--ignore", "SM2", "r", cwd=known)
    assert entries(known) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--prune-baseline",), "--prune-baseline: no baseline; name it with --baseline, or with the key `baseline`"),
        (("--prune-baseline", "--write-baseline", "line.json"), "use one of them"),
        (("--write-baseline", "r/a.json"), "r/a.json: not a baseline of version 1; remove it"),
        (("--write-baseline", "broken.json"), "broken.json: invalid JSON"),
    ],
)
def test_a_baseline_is_not_written_by_mistake(arguments: tuple[str, ...], said: str, known: Path) -> None:
    write(known, {"broken.json": "<<<<<<< ours"})
    before = {path: path.read_bytes() for path in known.rglob("*.json")}
    ran = sm_lint("check", *arguments, "r", cwd=known)
    assert (ran.returncode, said in ran.stderr) == (2, True), ran.stderr
    assert {path: path.read_bytes() for path in known.rglob("*.json")} == before


def test_writing_keeps_what_the_run_says_nothing_about(known: Path) -> None:
    before = entries(known)
    write(known, {"r/a.json": CLEAN})
    wrote = sm_lint("check", "--write-baseline", "line.json", "r/a.json", cwd=known)
    said = "Wrote 0 findings from 0 files to line.json; kept 1 entry that this run says nothing about.\n"
    assert (wrote.returncode, wrote.stdout) == (0, said)
    assert entries(known) == {"r/b.json": before["r/b.json"]}
    write(known, {"r/b.json": CLEAN})
    sm_lint("check", "--write-baseline", "line.json", "--ignore", "SM2", "r", cwd=known)
    assert entries(known) == {"r/b.json": before["r/b.json"]}, "the rule of the entry did not run"
    sm_lint("check", "--write-baseline", "line.json", "r", cwd=known)
    assert entries(known) == {}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_many_files_have_the_same_stale_entries_in_several_processes(jobs: str, tmp_path: Path) -> None:
    names = [f"r/{number:02}.json" for number in range(40)]
    write(tmp_path, dict.fromkeys(names, WRONG))
    sm_lint("check", "--write-baseline", "line.json", "r", cwd=tmp_path)
    write(tmp_path, dict.fromkeys(names, CLEAN))
    ran = sm_lint("check", "--baseline", "line.json", "--jobs", jobs, "--output-format", "concise", "r", cwd=tmp_path)
    assert [line.split(":")[1] for line in ran.stdout.splitlines()[:-1]] == [str(6 + 5 * n) for n in range(40)]
    sm_lint("check", "--baseline", "line.json", "--jobs", jobs, "--prune-baseline", "r", cwd=tmp_path)
    assert entries(tmp_path) == {}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "[" * 100_000,
        "1" * 5000,
        '{"schema_version": 2, "files": {}}',
        '{"schema_version": true, "files": {}}',
        '{"schema_version": 1, "files": {}, "files": {}}',
        '{"schema_version": 1, "files": {"a": {"b": {"c": "d"}}}}',
        '{"schema_version": 1, "files": {"a": {"b": {"c": true}}}}',
        '{"schema_version": 1, "files": {"a": {"b": {"c": 0}}}}',
        '{"schema_version": 1, "files": {"a": {"b": {"c": NaN}}}}',
        '{"schema_version": 1, "files": {"a": {"b": {"c": 1, "c": 2}}}}',
    ],
    ids=lambda content: content[:60],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, content: str) -> None:
    write(tmp_path, {"line.json": content, "a.json": "{}"})
    run_ = sm_lint("check", "--baseline", "line.json", "a.json", cwd=tmp_path)
    assert run_.returncode == 2
    assert "line.json: " in run_.stderr
    assert "Traceback" not in run_.stderr


def test_a_baseline_that_is_refused_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = str(tmp_path / "line.json")
    asked: list[str] = []

    def reads(of: str, most: int) -> str:
        asked.append(of)
        return text_of(of, most)

    monkeypatch.setattr(baseline, "text_of", reads)
    baselines = baseline.Baselines()
    for name in ("a.json", "b.json"):
        with pytest.raises(ConfigError, match=r"^baseline: line.json: No such file or directory"):
            baselines.entries(path, str(tmp_path / name))
    assert asked == ["line.json"]
    write(tmp_path, {"line.json": baseline.text(path, [])})
    assert baselines.entries(path, str(tmp_path / "a.json")) == {}


@pytest.mark.parametrize("step", ["1" * 5000, "\u0661", "-1", ""])
def test_a_pointer_may_have_any_step(step: str) -> None:
    assert resolved({"Tags": [1, 2]}, ("Tags", step, "Key")) == (("Tags", step), False)


def test_the_api_knows_comments_and_pointers() -> None:
    import sm_lint as api

    assert api.lint_text(BAD.format("  # sm-lint: ignore[SM106]")) == []
    table = {"per-file-ignores": {"a.json#/SkipModelValidation": ["SM106"]}}
    assert [d.code for d in api.lint_text(JSON, filename="a.json", config=table)] == ["SM612", "SM606", "SM606"]


def test_the_comments_of_a_file_may_name_so_many_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sm_lint.suppression.suppressions.MAX_IN_COMMENTS", 3)
    line = "SkipModelValidation: Never  # sm-lint: ignore[{}]\n"
    head = "ModelPackageGroupName: churn\n"
    assert codes_of(head + line.format("SM106, SM106, SM106")) == []
    assert codes_of(head + line.format("SM106, SM106, SM106, SM106")) == ["SM106", "SM903"]
    invalid = "# sm-lint: ignore[SM999]: a, b, c\n"  # it counts, too; the commas of a reason do not
    assert codes_of(head + invalid * 2 + line.format("SM106")) == ["SM903", "SM903"]
    assert codes_of(head + invalid * 3 + line.format("SM106") + invalid * 9) == ["SM903"] * 3 + ["SM106", "SM903"]
    unused = "# sm-lint: ignore[SM203]\n"  # without one, a fix would bring the next one within the limit
    assert codes_of(head + unused * 3) == ["SM901"] * 3
    assert codes_of(head + unused * 4) == ["SM903"]


def test_comments_after_very_many_values_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sm_lint.sources.yaml.comments.MAX_SCALARS", 3)
    text = "ModelPackageGroupName: &a churn\nDomain: x\nSkipModelValidation: Never  # sm-lint: ignore[SM106]\n"
    assert codes_of(text) == ["SM106", "SM903"]


def work_of(text: str, settings: Settings = DEFAULTS, name: str = "a.yaml") -> int:
    """Return the calls that linting a text takes. What is made once has been made before."""
    outcome(read(name, text.encode()), settings)
    return calls(lambda: outcome(read(name, text.encode()), settings))


WORK: dict[str, Callable[[int], str]] = {
    "comments in a row": lambda n: "# sm-lint: ignore[SM101]\n" * n + "Domian: x\n",
    "a comment on each wrong line": lambda n: "Tags:\n" + "- 1 # sm-lint: ignore[SM103]\n" * n,
    "selectors of a comment": lambda n: f"Domian: x # sm-lint: ignore[{','.join(['SM101'] * n)}]\n",
    "one comment before wrong values": lambda n: f"# sm-lint: ignore[SM101]\nTags: [{'1,' * n}1]\n",
    "one comment after wrong values": lambda n: f"Tags: [{'1,' * n}1]\n# sm-lint: ignore[SM101]\n",
    "a comment that covers wrong values": lambda n: f"# sm-lint: ignore[SM103]\nTags: [{'1,' * n}1]\n",
}


@pytest.mark.parametrize("name", WORK)
def test_the_work_grows_with_the_comments_and_the_findings(name: str) -> None:
    def work(count: int) -> int:
        return work_of("ModelPackageGroupName: churn\n" + WORK[name](count))

    assert work(400) < 4.4 * work(100)


def test_the_work_grows_with_the_entries_of_the_configuration() -> None:
    def work(count: int) -> int:
        text = "{" + ",".join(f'"k{number}": 1' for number in range(count)) + "}"
        ignores = {f"a.json#/{form}{number}": ["SM101"] for form in "kx" for number in range(count)}
        settings = settings_of({"per-file-ignores": ignores}, str(Path.cwd()))
        return work_of(text, settings, "a.json")

    assert work(200) < 4.4 * work(50)


def stale_report(folder: Path, count: int, **options: Any) -> Report:
    """Return the report of a clean request under a baseline with `count` entries for it."""
    known = {"SM101": {f"/k{number}": 1 for number in range(count)}}
    name = f"{count}.json"
    write(folder, {name: json.dumps({"schema_version": 1, "files": {"a.json": known}}), "a.json": CLEAN})
    settings = settings_of({"baseline": name}, str(folder))
    return lint_files(Options((str(folder / "a.json"),), lambda _: settings, **options), SESSION)


def test_the_work_grows_with_the_stale_entries_of_a_baseline(tmp_path: Path) -> None:
    def work(count: int) -> int:
        stale_report(tmp_path, count)
        return calls(lambda: stale_report(tmp_path, count))

    assert work(400) < 4.4 * work(100)


def test_stale_entries_count_towards_what_is_reported(tmp_path: Path) -> None:
    report = stale_report(tmp_path, 1100)
    assert (len(report.diagnostics), report.omitted) == (1000, 100)
    assert {d.file for d in report.diagnostics} == {os.path.relpath(tmp_path / "1100.json")}
    pruned = stale_report(tmp_path, 1100, prune_baseline=True)
    assert (pruned.diagnostics, len(pruned.stale)) == ((), 1100)


@pytest.mark.parametrize(("suppressed", "worded"), [("SM203", 10), ("SM103", 0)])
def test_only_what_is_reported_is_put_into_words(suppressed: str, worded: int, monkeypatch: pytest.MonkeyPatch) -> None:
    real, count = diagnose.diagnostic, 0

    def counted(*arguments: Any) -> Any:
        nonlocal count
        count += 1
        return real(*arguments)

    monkeypatch.setattr(diagnose, "diagnostic", counted)
    text = f"ModelPackageGroupName: churn\nTags: [{'1,' * 99}1] # sm-lint: ignore[{suppressed},SM108]\n"
    found = SESSION.find_named(read("a.yaml", text.encode()), DEFAULTS)
    linted = found.outcome(10)
    assert len(linted.diagnostics) <= count <= 10
    assert (count >= 10) == (worded == 10)
    count = 0
    shown = found.outcome(10, show_suppressed=True).shown_suppressed
    assert len(shown) <= 10
    assert count == len(linted.diagnostics) + len(shown)
