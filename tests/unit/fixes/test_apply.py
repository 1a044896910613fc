"""Fixes: what they take away, and that they touch nothing else."""

import json
import pickle
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint import lint_text
from sm_lint.cli.main import main
from sm_lint.fixes import apply as fixes
from sm_lint.fixes import compatible
from sm_lint.model.change import Change
from sm_lint.model.diagnostic import Diagnostic, Edit, Fix
from sm_lint.model.rule import Rule
from sm_lint.model.settings import DEFAULTS, Settings
from sm_lint.model.severity import Severity
from sm_lint.model.span import FILE_START, Position, SourceText, Span
from sm_lint.output import render
from sm_lint.rules.page import markdown
from sm_lint.run.findings import Findings
from sm_lint.run.rule_page import text
from sm_lint.sources import document
from tests.conftest import Run
from tests.support.cases import ALL, Case, parametrize
from tests.support.linting import SESSION, fix, lint
from tests.support.sample_report import REPORT
from tests.support.work import calls

REQUEST = {
    "ModelPackageGroupName": "churn",
    "ModelPackageDescription": "weekly",
    "ModelApprovalStatus": "PendingManualApproval",
    "SkipModelValidation": "None",
    "CustomerMetadataProperties": {"team": "risk", "model_kind": "boosted"},
    "InferenceSpecification": {
        "Containers": [{"Image": "123456789012.dkr.ecr.us-east-1.amazonaws.com/churn:1", "Environment": {"A": "b"}}],
        "SupportedTransformInstanceTypes": ["ml.m5.large", "ml.m5.xlarge"],
        "SupportedContentTypes": ["text/csv"],
    },
    "ModelLifeCycle": {"Stage": "dev", "StageStatus": "done"},
}

Entries = list[tuple[str, Any]]


def renamed(entries: Entries, old: str, new: str) -> Entries:
    return [(new if key == old else key, value) for key, value in entries]


def changed(entries: Entries, name: str, value: Any) -> Entries:
    return [(key, value if key == name else known) for key, known in entries]


# code, whether it is safe, what is done to the members of the request to break it
MISTAKES: dict[str, tuple[str, bool, Callable[[Entries, int], Entries]]] = {
    "name in kebab case": ("SM101", True, lambda e, _: renamed(e, "ModelApprovalStatus", "model-approval-status")),
    "name in snake case": ("SM101", True, lambda e, _: renamed(e, "SkipModelValidation", "skip_model_validation")),
    "name misspelled": ("SM101", False, lambda e, _: renamed(e, "ModelLifeCycle", "ModelLifeCicle")),
    "value in lower case": ("SM106", True, lambda e, _: changed(e, "SkipModelValidation", "none")),
    "value misspelled": ("SM106", False, lambda e, _: changed(e, "ModelApprovalStatus", "PendingManulApproval")),
    "marketplace": ("SM205", False, lambda e, at: [*e[:at], ("CertifyForMarketplace", True), *e[at:]]),
    "tags": ("SM203", False, lambda e, at: [*e[:at], ("Tags", [{"Key": "a", "Value": "b"}]), *e[at:]]),
    "no tags": ("SM204", False, lambda e, at: [*e[:at], ("Tags", []), *e[at:]]),
}


def as_json(entries: Entries, *, indent: Any, separators: Any, line_break: str) -> str:
    text = json.dumps(dict(entries), indent=indent, separators=separators, ensure_ascii=False)
    return text.replace("\n", line_break) + line_break


def as_yaml(entries: Entries, *, comments: bool, line_break: str, quote: str) -> str:
    lines = ["# a request"] if comments else []
    for key, value in entries:
        lines += ["# about the life cycle"] * (comments and key.startswith("ModelLife"))
        lines += _block(key, value, "", quote)
        if comments and key == "ModelPackageDescription":
            lines[-1] += "  # said by hand"
    return line_break.join(lines) + line_break


def _block(key: str, value: Any, indent: str, quote: str) -> list[str]:
    if isinstance(value, dict):
        return [f"{indent}{key}:", *(line for k, v in value.items() for line in _block(k, v, indent + "  ", quote))]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        items = []
        for item in value:
            body = [line for k, v in item.items() for line in _block(k, v, indent + "  ", quote)]
            items += [f"{indent}- {body[0].strip()}", *body[1:]]
        return [f"{indent}{key}:", *items]
    if isinstance(value, str):
        return [f"{indent}{key}: {quote}{value}{quote}"]
    return [f"{indent}{key}: {json.dumps(value)}"]


json_styles = st.fixed_dictionaries(
    {
        "indent": st.sampled_from([None, 1, 2, "\t"]),
        "separators": st.sampled_from([None, (",", ":"), (" , ", " : ")]),
        "line_break": st.sampled_from(["\n", "\r\n", "\r"]),
    }
)
yaml_styles = st.fixed_dictionaries(
    {
        "comments": st.booleans(),
        "line_break": st.sampled_from(["\n", "\r\n"]),
        "quote": st.sampled_from(["", "'", '"']),
    }
)
flow_styles = st.fixed_dictionaries(
    {"indent": st.sampled_from([None, 2]), "separators": st.none(), "line_break": st.sampled_from(["\n", "\r\n"])}
)


def fixed(text: str, name: str, *, unsafe: bool) -> str:
    read = document.read(name, text.encode())
    return fix(read, unsafe=unsafe)[0].text


@given(
    mistake=st.sampled_from(sorted(MISTAKES)),
    order=st.permutations(list(REQUEST)),
    at=st.integers(0, len(REQUEST)),
    style=st.one_of(
        st.tuples(st.just("a.json"), st.just(as_json), json_styles),
        st.tuples(st.just("a.yaml"), st.just(as_yaml), yaml_styles),
        st.tuples(st.just("a.yaml"), st.just(as_json), flow_styles),
    ),
)
def test_a_fix_restores_the_text_to_the_byte(
    mistake: str, order: list[str], at: int, style: tuple[str, Callable[..., str], dict[str, Any]]
) -> None:
    name, render, options = style
    code, safe, damage = MISTAKES[mistake]
    entries: Entries = [(key, REQUEST[key]) for key in order]
    good, bad = render(entries, **options), render(damage(entries, at), **options)
    assert lint_text(good, filename=name) == []
    assert [(d.code, d.fix is not None and d.fix.safety) for d in lint_text(bad, filename=name)] == [
        (code, "safe" if safe else "unsafe")
    ]
    assert fixed(bad, name, unsafe=not safe) == good
    assert fixed(good, name, unsafe=True) == good
    if not safe:
        assert fixed(bad, name, unsafe=False) == bad


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("FrameworkVersion: 1.10 # c", 'FrameworkVersion: "1.10" # c'),
        ("FrameworkVersion: '1.10'", "FrameworkVersion: '1.10'"),
        ("Environment: {A: 0x1F, B: 1e3}", 'Environment: {A: "0x1F", B: "1e3"}'),
        ("Environment: {A: 2024-01-01 , 5: x}", 'Environment: {A: "2024-01-01" , "5": x}'),
        ("Environment:\n    - 5: x", 'Environment:\n    - "5": x'),
        ("Environment: {A: [1]}", "Environment: {A: [1]}"),
        ("Environment: {A: !!int 5}", "Environment: {A: !!int 5}"),
        ("Environment: {A: 5 , B: *gone}", "Environment: {A: 5 , B: *gone}"),
        ("IsCheckpoint: 1", "IsCheckpoint: 1"),
        ("IsCheckpoint: no", "IsCheckpoint: false"),
    ],
)
def test_a_yaml_scalar_is_quoted_as_it_is_written(before: str, after: str) -> None:
    head = "ModelPackageGroupName: churn\nInferenceSpecification:\n  Containers:\n  - Image: a/b:1\n    "
    assert fixed(f"{head}{before}\n", "a.yaml", unsafe=True) == f"{head}{after}\n"


# syntax, place, what stands there, the same after --fix, the same after --fix --unsafe-fixes
RETYPED: list[tuple[str, str, str, str, str]] = [
    ("json", "CustomerMetadataProperties.a", "20", '"20"', '"20"'),
    ("json", "CustomerMetadataProperties.a", "-1.50e+2", '"-1.50e+2"', '"-1.50e+2"'),
    ("json", "CustomerMetadataProperties.a", "true", '"true"', '"true"'),
    ("json", "CustomerMetadataProperties.a", "[1]", "[1]", "[1]"),
    ("json", "CustomerMetadataProperties.a", "NaN", "NaN", "NaN"),
    ("json", "ModelApprovalStatus", "20", "20", "20"),
    ("json", "Nothing", "20", "20", "20"),
    ("json", "CertifyForMarketplace", '"false"', "false", "false"),
    ("json", "CertifyForMarketplace", '"FAL\\u0053E"', "false", "false"),
    ("json", "CertifyForMarketplace", '"no"', '"no"', "false"),
    ("json", "CertifyForMarketplace", '" false"', '" false"', '" false"'),
    ("json", "CertifyForMarketplace", "0", "0", "0"),
    ("json", "CertifyForMarketplace", '"true"', '"true"', '"true"'),
    ("yaml", "CertifyForMarketplace", "no", "false", "false"),
    ("yaml", "CertifyForMarketplace", "Off", "false", "false"),
    ("yaml", "CertifyForMarketplace", "'False'", "false", "false"),
    ("yaml", "CertifyForMarketplace", "&a no", "&a false", "&a false"),
    ("yaml", "CertifyForMarketplace", '"off"', '"off"', "false"),
    ("yaml", "CertifyForMarketplace", "!!str false", "!!str false", "!!str false"),
    ("yaml", "CertifyForMarketplace", ">-\n  no", ">-\n  no", ">-\n  no"),
]


@pytest.mark.parametrize(("syntax", "place", "before", "safe", "unsafe"), RETYPED)
def test_a_value_is_written_as_the_type_that_is_wanted(
    syntax: str, place: str, before: str, safe: str, unsafe: str
) -> None:
    outer, _, inner = place.partition(".")

    def text(value: str) -> str:
        if syntax == "yaml":
            return f"ModelPackageGroupName: churn\n{outer}: {value}\n# next\nTask: OTHER\n"
        written = f'{{"{inner}": {value} }}' if inner else value
        return f'{{"ModelPackageGroupName": "churn", "{outer}":{written} , "Task": "OTHER"}}'

    assert fixed(text(before), f"a.{syntax}", unsafe=False) == text(safe)
    assert fixed(text(before), f"a.{syntax}", unsafe=True) == text(unsafe)


SOURCE = "SourceAlgorithmSpecification:\n  SourceAlgorithms:\n  - AlgorithmName: churn\n"
CASES = {
    "two fixes, one after the other": (
        "a.json",
        '{"ModelPackageGroupName": "churn", "certify_for_marketplace": true}',
        '{"ModelPackageGroupName": "churn"}',
    ),
    "the first entry of an item leaves its dash": (
        "a.yaml",
        "ModelPackageName: churn\nTags:\n  - color: x\n    Key: a\n    Value: b\n",
        "ModelPackageName: churn\nTags:\n  - color: x\n    Key: a\n    Value: b\n",
    ),
    "a name that is taken stays": (
        "a.json",
        '{"ModelPackageGroupName": "churn", "Domain": "x", "domain": "y"}',
        '{"ModelPackageGroupName": "churn", "Domain": "x", "domain": "y"}',
    ),
    "of two names that would become one, the first is right": (
        "a.json",
        '{"ModelPackageGroupName": "churn", "domain": "x", "DOMAIN": "y"}',
        '{"ModelPackageGroupName": "churn", "Domain": "x", "DOMAIN": "y"}',
    ),
    "of two names that would become one, in YAML": (
        "a.yaml",
        "ModelPackageGroupName: churn\ndomain: x\nDOMAIN: y\nsource-uri: z\n",
        "ModelPackageGroupName: churn\nDomain: x\nDOMAIN: y\nSourceUri: z\n",
    ),
    "what another mistake hides is no reason to stop": (
        "a.yaml",
        "model-package-group-name: churn_models\nDomain: x\n",
        "ModelPackageGroupName: churn_models\nDomain: x\n",
    ),
    "a warning that comes is no reason to stop": (
        "a.json",
        '{"ModelPackageName": "a", "ModelPackageGroupName": "b", "ModelApprovalStatus": "Approved"}',
        '{"ModelPackageName": "a", "ModelApprovalStatus": "Approved"}',
    ),
    "of the two names one goes": (
        "a.yaml",
        f"ModelPackageGroupName: b # this\nModelPackageName: a\n{SOURCE}",
        f"ModelPackageName: a\n{SOURCE}",
    ),
    "a value that others share through an alias": (
        "a.yaml",
        "ModelPackageGroupName: churn\nModelApprovalStatus: &s approved\nModelCard: {ModelCardStatus: *s}\n",
        "ModelPackageGroupName: churn\nModelApprovalStatus: &s Approved\nModelCard: {ModelCardStatus: *s}\n",
    ),
    "the last line has no break": (
        "a.yaml",
        "ModelPackageGroupName: churn\nCertifyForMarketplace: true",
        "ModelPackageGroupName: churn\n",
    ),
    "comments in a flow stay": (
        "a.yaml",
        "{ModelPackageGroupName: churn, # first\n CertifyForMarketplace: true # second\n}\n",
        "{ModelPackageGroupName: churn, # first\n  # second\n}\n",
    ),
    "a text of many lines goes as a whole": (
        "a.yaml",
        "ModelPackageGroupName: churn\nTags:\n- Key: a\n  Value: >-\n    one\n    two\n\n# next\nDomain: x\n",
        "ModelPackageGroupName: churn\n\n# next\nDomain: x\n",
    ),
    "wide characters and escapes before it": (
        "a.json",
        '{"ModelPackageGroupName": "churn", "Domain": "\\u00e9\U0001f600", "modelApprovalStatus": "Approved"}',
        '{"ModelPackageGroupName": "churn", "Domain": "\\u00e9\U0001f600", "ModelApprovalStatus": "Approved"}',
    ),
    "what is too long is cut, in its own quotes": (
        "a.yaml",
        f"ModelPackageGroupName: churn\nModelPackageDescription: '{'x' * 1030}'\n",
        f"ModelPackageGroupName: churn\nModelPackageDescription: '{'x' * 1024}'\n",
    ),
}


@pytest.mark.parametrize(("name", "before", "after"), CASES.values(), ids=list(CASES))
def test_fixing(name: str, before: str, after: str) -> None:
    assert fixed(before, name, unsafe=True) == after


@parametrize("invalid")
def test_fixing_a_case_adds_no_error_and_is_done_once(case: Case) -> None:
    read = case.read()
    before = {d.code for d in lint(read)}
    after, count = fix(read)
    assert {d.code for d in lint(after) if d.severity is Severity.ERROR} <= before
    assert (after.text != read.text) == bool(count)
    assert fix(after) == (after, 0)


# text, the code of a finding, whether its fix is offered, why it is refused after --fix --unsafe-fixes
OFFERED: list[tuple[str, str, bool, str | None]] = [
    ('{"ModelPackageGroupName": "a", "ModelApprovalStatus": 1}', "SM103", False, "it would bring SM106"),
    ('{"ModelPackageGroupName": "a", "Domain": 1}', "SM103", True, None),
    ('{"ModelPackageGroupName": "a", "domain": "x", "DOMAIN": "y"}', "SM101", True, None),
    ('{"ModelPackageName": "a", "ModelPackageGroupName": "b"}', "SM201", True, None),
    ('{"modelPackageGroupName": "a", "Tags": [{"Key": "a", "Value": "b"}]}', "SM101", True, None),
    ('{"ModelPackageGroupName": "a", "Tags": [{"Key": "a", "Value": 1}]}', "SM203", True, None),
    ('{"ModelPackageName": "a", "Tas": [{"Key": "a", "Value": "b"}]}', "SM101", False, "it would bring SM103"),
    ('{"ModelPackageGroupName": "a", "tags": [{"Key": "a", "Value": "b"}]}', "SM101", True, None),
    ('{"ModelPackageGroupName": "a", "Task": None,}', "SM001", False, "the text could not be read afterwards"),
    (
        '{"ModelPackageGroupName": "a", "domain": "x", "Task": None}',
        "SM101",
        False,
        "the text could not be read even then",
    ),
    (f'{{"ModelPackageGroupName": "a", "Domian": "{"x" * 100}"}}', "SM101", True, None),
]


@pytest.mark.parametrize(("text", "code", "is_offered", "reason"), OFFERED)
def test_a_fix_that_is_offered_is_applied_and_another_has_a_reason(
    text: str, code: str, *, is_offered: bool, reason: str | None, folder: Path, run: Run
) -> None:
    (folder / "a.json").write_text(text, encoding="utf-8")
    before = json.loads(run("check", "--output-format", "json", "a.json").out)["diagnostics"]
    assert any(d["fix"] for d in before if d["code"] == code) == is_offered
    fixed = run("check", "--fix", "--unsafe-fixes", "--output-format", "json", "a.json")
    after = json.loads(fixed.out)["diagnostics"]
    assert [d["fix"] for d in after if d["fix"]] == []
    assert reason in [d["not_fixed"] for d in after if d["code"] == code] or reason is None
    assert run("check", "--diff", "--unsafe-fixes", "a.json").out == ""
    shown = run("check", "--fix", "--unsafe-fixes", "a.json").out
    assert (reason is None) or f"= not fixed: {reason}\n" in shown
    assert (reason is None) or "could not be applied." in shown


def test_an_unsafe_fix_that_is_left_is_offered(folder: Path, run: Run) -> None:
    (folder / "a.json").write_text('{"ModelPackageGroupName": "a", "domain": "x", "Tags": []}', encoding="utf-8")
    shown = run("check", "--fix", "a.json").out
    assert "= fix: Remove Tags (--fix --unsafe-fixes)\n" in shown
    assert "not fixed" not in shown


def test_more_findings_than_a_report_shows_are_fixed(tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    entries = "".join(f"  k{number}: {number}\n" for number in range(1100))
    path.write_text(f"ModelPackageGroupName: churn\nCustomerMetadataProperties:\n{entries}", encoding="utf-8")
    main(["check", "--fix", "--isolated", str(path)])
    assert path.read_text(encoding="utf-8").count('"') == 2 * 1100


@pytest.mark.skipif(sys.platform == "win32", reason="links and permissions are those of POSIX")
def test_link_permissions_and_byte_order_mark_stay(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    real, link = tmp_path / "real.yaml", tmp_path / "link.yaml"
    real.write_bytes(b"\xef\xbb\xbfModelPackageGroupName: churn\r\ndomain: x\r\n")
    real.chmod(0o640)
    link.symlink_to(real)
    assert main(["check", "--fix", "--isolated", str(link)]) == 0
    assert "Fixed 1 problem. No problems left in 1 file." in capsys.readouterr().out
    assert real.read_bytes() == b"\xef\xbb\xbfModelPackageGroupName: churn\r\nDomain: x\r\n"
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["link.yaml", "real.yaml"]


def test_a_fix_made_in_another_process_is_written_whole() -> None:
    read = document.read("a.yaml", b"\xef\xbb\xbfModelPackageGroupName: churn\r\n")
    change = Change(read, read, read.data)
    assert pickle.loads(pickle.dumps(change)).data == read.data  # noqa: S301 - it is our own


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# sm-lint: ignore[SM203]: old\nDomain: x\n", "Domain: x\n"),
        ("Domain: x  # sm-lint: ignore[SM203]\n", "Domain: x\n"),
        ("SkipModelValidation: Never # sm-lint: ignore[SM203, SM106]\n",
         "SkipModelValidation: Never # sm-lint: ignore[SM106]\n"),
        ("SkipModelValidation: X # sm-lint: ignore[SM106]\n", "SkipModelValidation: X # sm-lint: ignore[SM106]\n"),
        ("Domain: x  # sm-lint: ignore[SM203, SM204] until 2999-01-01: why\n", "Domain: x\n"),
        ("Domain: x  # sm-lint: ignore[SM203]", "Domain: x"),
    ],
)  # fmt: skip
def test_a_suppression_that_silences_nothing_goes(before: str, after: str) -> None:
    assert fixed(f"ModelPackageGroupName: a\n{before}", "a.yaml", unsafe=False) == f"ModelPackageGroupName: a\n{after}"


BROKEN = '{\n  "ModelPackageGroupName": "churn",\n  "modelApprovalStatus": "Approved",\n  "Tags": []\n}'
DIFF = """\
--- request.json
+++ request.json
@@ -1,5 +1,5 @@
 {
   "ModelPackageGroupName": "churn",
-  "modelApprovalStatus": "Approved",
+  "ModelApprovalStatus": "Approved",
   "Tags": []
 }
\\ No newline at end of file
"""


def test_a_diff_is_escaped_on_a_terminal_only() -> None:
    before = SourceText("a\x1b.json", "\u202e\tx\u009b\r\n- y")
    after = SourceText("a\x1b.json", "\u202e\tz\u009b\r\n- y")
    report = REPORT._replace(changes=(Change(before, after, b""),))
    heading = "--- a\\x1b.json\n+++ a\\x1b.json\n@@ -1,2 +1,2 @@\n"
    lines = heading + "-{0}\tx{1}\r\n+{0}\tz{1}\r\n - y\n\\ No newline at end of file\n"
    assert render(report, "diff") == lines.format("\u202e", "\u009b")
    assert render(report, "diff", terminal=True) == lines.format(r"\u202e", r"\x9b")


def test_a_diff_is_printed_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    path = Path("request.json")
    path.write_text(BROKEN, encoding="utf-8")
    assert main(["check", "--diff", "--isolated", "request.json"]) == 1
    assert capsys.readouterr().out == DIFF
    assert path.read_text(encoding="utf-8") == BROKEN
    assert main(["check", "--fix", "--unsafe-fixes", "--isolated", "request.json"]) == 0
    assert main(["check", "--diff", "--unsafe-fixes", "--isolated", "request.json"]) == 0
    assert path.read_text(encoding="utf-8") == (
        '{\n  "ModelPackageGroupName": "churn",\n  "ModelApprovalStatus": "Approved"\n}'
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--unsafe-fixes", "a.json"], "--unsafe-fixes needs --fix"),
        (["--fix", "-"], "use --diff"),
        (["--diff", "--output-format", "json", "a.json"], "can go to stdout"),
    ],
)
def test_options_that_make_no_sense(options: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", *options]) == 2
    assert said in capsys.readouterr().err


def test_the_reports_have_the_fixes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("request.json").write_text(BROKEN, encoding="utf-8")
    main(["check", "--isolated", "--output-format", "json", "request.json"])
    found = json.loads(capsys.readouterr().out)["diagnostics"]
    assert [(d["code"], d["fix"]["safety"]) for d in found] == [("SM101", "safe"), ("SM204", "unsafe")]
    (edit,) = found[0]["fix"]["edits"]
    assert edit["text"] == '"ModelApprovalStatus"'
    start, end = edit["range"]["start"], edit["range"]["end"]
    assert BROKEN[start["offset"] : end["offset"]] == '"modelApprovalStatus"'
    main(["check", "--isolated", "--output-format", "sarif", "request.json"])
    results = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    assert [len(result.get("fixes", [])) for result in results] == [1, 0]
    (replacement,) = results[0]["fixes"][0]["artifactChanges"][0]["replacements"]
    region = {"startLine": 3, "startColumn": 3, "endLine": 3, "endColumn": 24}
    assert replacement == {"deletedRegion": region, "insertedContent": {"text": '"ModelApprovalStatus"'}}


@pytest.mark.parametrize("rule", [rule for rule in ALL if rule.fix], ids=lambda rule: rule.code)
def test_the_fix_of_a_rule_is_shown_by_one_of_its_cases(rule: Rule) -> None:
    cases = [Case(rule, number, table).read() for number, table in enumerate(rule.invalid)]
    assert any(d.fix for read in cases for d in lint(read, Settings(extend_select=(rule.code,))) if d.code == rule.code)
    assert "Fix: " in text(rule, SESSION)
    assert "safe" in markdown(rule)


@given(
    mistakes=st.sets(st.sampled_from(sorted(set(MISTAKES) - {"no tags"})), min_size=2),
    order=st.permutations(list(REQUEST)),
    style=st.one_of(
        st.tuples(st.just("a.json"), st.just(as_json), json_styles),
        st.tuples(st.just("a.yaml"), st.just(as_yaml), yaml_styles),
    ),
)
def test_fixes_do_not_get_into_each_others_way(
    mistakes: set[str], order: list[str], style: tuple[str, Callable[..., str], dict[str, Any]]
) -> None:
    name, render, options = style
    entries: Entries = [(key, REQUEST[key]) for key in order]
    good = render(entries, **options)
    for mistake in sorted(mistakes, key=lambda mistake: "name" in mistake):
        entries = MISTAKES[mistake][2](entries, 3)
    assert fixed(render(entries, **options), name, unsafe=True) == good


def _edits(spans: list[tuple[int, int]]) -> Diagnostic:
    edits = tuple(Edit(Span(Position(1, start + 1, start), Position(1, end + 1, end)), "") for start, end in spans)
    return Diagnostic("", "", Severity.ERROR, "", None, None, "", "", None, FILE_START, (), Fix("", "safe", edits))


def _without_overlaps(fixable: list[Diagnostic]) -> list[Diagnostic]:
    """Return what `without_overlaps` does, by a comparison of all with all."""
    chosen: list[Diagnostic] = []
    for diagnostic in fixable:
        pairs = [(e.range, t.range) for e in _of(diagnostic) for other in chosen for t in _of(other)]
        if not any(_overlap(one, other) for one, other in pairs):
            chosen.append(diagnostic)
    return chosen


def _of(diagnostic: Diagnostic) -> tuple[Edit, ...]:
    return diagnostic.fix.edits if diagnostic.fix else ()


def _overlap(one: Span, other: Span) -> bool:
    (start, end), (since, to) = ([position.offset for position in span] for span in (one, other))
    return (start < to and since < end) or one == other


SPANS = st.tuples(st.integers(0, 9), st.integers(0, 3)).map(lambda span: (span[0], span[0] + span[1]))


@given(st.lists(SPANS, max_size=8))
def test_of_fixes_that_overlap_the_first_is_taken(spans: list[tuple[int, int]]) -> None:
    fixable = [_edits([span]) for span in spans]
    assert compatible.without_overlaps(fixable) == _without_overlaps(fixable)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("domain: x\nDOMAIN: y\n", "Domain: x\nDOMAIN: y\n"),
        ("'domain': x\n\"DOMAIN\": y\nsource-uri: z\n", "'Domain': x\n\"DOMAIN\": y\nSourceUri: z\n"),
    ],
)
def test_of_two_names_that_would_become_one_only_the_first_is_tried(before: str, after: str) -> None:
    read = document.read("a.yaml", f"ModelPackageGroupName: churn\n{before}".encode())
    tried: list[str] = []
    assert counted(read, tried).text == f"ModelPackageGroupName: churn\n{after}"
    assert len(tried) == 1


def counted(read: document.Document, tried: list[str]) -> document.Document:
    """Return a document after all fixes; the texts that are linted for them are added to `tried`."""

    def find(after: document.Document) -> Findings:
        tried.append(after.text)
        return SESSION.find_named(after, DEFAULTS)

    return fixes.fixed(read, SESSION.find_named(read, DEFAULTS), find, unsafe=True)[0]


HARD: dict[str, Callable[[int], str]] = {
    "quotes": lambda n: "CustomerMetadataProperties:\n" + "".join(f"  k{i}: {i}\n" for i in range(n)),
    "keys that are numbers": lambda n: "x:\n" + "".join(f"  {i}: {{{i}: x}}\n" for i in range(n)),
    "repeated items": lambda n: TYPES + "  - ml.m5.large\n" * n,
    "repeated items in brackets": lambda n: f"{TYPES} [{'ml.m5.large, ' * n}]\n",
    "values that would become repeated": lambda n: f"{TYPES} [{'ML.M5.LARGE, ' * n}]\n",
    "names that would become one": lambda n: "".join(f"domain{i}: x\n" for i in range(n)),
    "comments": lambda n: "# sm-lint: ignore[SM101]\n" * n + "Domain: x\n",
}
TYPES = "InferenceSpecification:\n  SupportedTransformInstanceTypes:\n"


def work_of(text: str) -> int:
    """Return the calls that fixing a text takes."""
    return calls(lambda: fix(document.read("a.yaml", f"ModelPackageGroupName: churn\n{text}".encode())))


@pytest.mark.parametrize("name", HARD)
def test_the_work_grows_with_the_fixes(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixes, "MAX_TRIALS", 3)  # attempts that fail have a limit of their own
    work_of(HARD[name](240))  # what is made once is made now
    assert work_of(HARD[name](240)) < 4.4 * work_of(HARD[name](60))


def test_attempts_end_when_the_work_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    def attempts(work: float) -> int:
        tried: list[str] = []
        monkeypatch.setattr(fixes, "MAX_WORK", work)
        types = ",".join(f'"ML.M5.{size}LARGE"' for size in ("", "", 2, 2, 4, 4, 12, 12))
        read = document.read(
            "a.json",
            f'{{"ModelPackageGroupName": "a", "InferenceSpecification": '
            f'{{"SupportedTransformInstanceTypes": [{types}]}}}}'.encode(),
        )
        counted(read, tried)
        return len(tried)

    all_of_them = attempts(fixes.MAX_WORK)
    assert all_of_them > 3
    assert attempts(1e-9) == 1
    assert attempts(0.002) < all_of_them


def test_what_works_is_kept_when_the_work_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixes, "MAX_WORK", 1e-9)
    before = '{"ModelPackageGroupName": "churn", "certify_for_marketplace": true, "domain": "x"}'
    after = '{"ModelPackageGroupName": "churn", "CertifyForMarketplace": true, "Domain": "x"}'
    assert fixed(before, "a.json", unsafe=True) == after  # one attempt for all, and no second pass


def test_a_document_with_very_many_findings_is_not_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fixes, "MAX_FINDINGS", 2)
    assert fixed("domain: x\n", "a.yaml", unsafe=True) == "Domain: x\n"
    assert fixed("domain: x\nTASK: y\n", "a.yaml", unsafe=True) == "domain: x\nTASK: y\n"


def test_so_many_fixes_are_made_in_a_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sm_lint.run.findings.MAX_FIXES", 2)
    read = document.read("a.yaml", b"ModelPackageGroupName: churn\ndomain: x\ntask: y\nsource-uri: z\n")
    assert len(SESSION.find_named(read, DEFAULTS).fixable()) == 2
