"""Placeholders: which strings contain one, found with work that grows with the string."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sm_lint
from sm_lint.config.load import parse
from sm_lint.model.pointer import Pointer
from sm_lint.model.settings import ConfigError
from sm_lint.requests.placeholders import has_placeholder
from sm_lint.sources import document
from tests.conftest import Run
from tests.support.linting import SESSION, lint, settings_of
from tests.support.talk import Talk
from tests.support.work import calls

FORMS = st.lists(st.text("ab*\n", min_size=1, max_size=6), min_size=1, max_size=3)


@given(FORMS, st.text("ab\n", max_size=12))
def test_a_placeholder_is_found_where_the_pattern_with_lazy_stars_matches(forms: list[str], text: str) -> None:
    patterns = (".*?".join(map(re.escape, form.split("*"))) for form in forms)
    matches = re.search("|".join(patterns), text, re.DOTALL) is not None
    assert has_placeholder(text, tuple(forms)) is matches


def test_the_work_does_not_grow_with_the_beginnings_of_placeholders() -> None:
    short, long = "${" * 100, "${" * 10_000
    forms = ("${*}", "a*b*c*d")
    assert calls(lambda: has_placeholder(long, forms)) == calls(lambda: has_placeholder(short, forms))


def test_a_list_of_placeholders_ends() -> None:
    with pytest.raises(ConfigError, match="config: placeholders: expected at most 100 entries, found 101"):
        parse({"placeholders": ["${*}"] * 101}, "config", "/", SESSION.linters.rule_set)
    with pytest.raises(ConfigError, match="config: exclude: expected at most 10,000 entries, found 10,001"):
        parse({"exclude": ["a"] * 10_001}, "config", "/", SESSION.linters.rule_set)


CONFIG = {"placeholders": ["${*}", "{{*}}", "<*>", "@*"]}
SETTINGS = settings_of(CONFIG)
G = '"ModelPackageGroupName": "churn"'
PLACEHOLDERS = ("${TAGS}", "{{ domain }}", "${A}", "<k>", "${B}", "@tags", '{{ tags | default("x, y") }}')
BARE = [
    # text, the pointers of unknown values
    (f'{{{G}, "Tags": ${{TAGS}}, "Domain": {{{{ domain }}}}}}', [("Tags",), ("Domain",)]),
    (
        f'{{{G}, "Tags": [${{A}}, {{"Key": <k>, "Value": "v"}}, ${{B}}\n]}}',
        [("Tags", 0), ("Tags", 1, "Key"), ("Tags", 2)],
    ),
    (f'{{{G}, "Tags": @tags, "Domain": "x"}}', [("Tags",)]),
    (f'{{{G}, "Tags": {{{{ tags | default("x, y") }}}}}}', [("Tags",)]),
    (f'{{{G}, {G}, "Tags": ${{TAGS}}}}', [("Tags",)]),
    (f'{{{G}, "é": "${{", "Tags": ${{TAGS}}}}', [("Tags",)]),
]


@pytest.mark.parametrize(("text", "unknown"), BARE)
def test_a_placeholder_in_place_of_a_value_is_unknown(text: str, unknown: list[Pointer]) -> None:
    read = document.read("a.json", text.encode(), placeholders=SETTINGS.placeholders)
    assert [problem.kind for problem in read.problems if problem.kind != "json-repeated-key"] == []
    assert list(read.unknown) == unknown
    for pointer in unknown:
        where = read.locate(pointer)
        assert text[where.start.offset : where.end.offset] in PLACEHOLDERS
    assert "SM001" in {found.code for found in lint(document.read("a.json", text.encode()))}


def test_what_holds_for_every_value_is_reported_beside_a_placeholder() -> None:
    text = f'{{{G}, "Tags": ${{TAGS}}, "Domian": "x", "CertifyForMarketplace": {{{{c}}}}}}'
    found = sm_lint.lint_text(text, filename="a.json", config=CONFIG)
    assert [(d.code, text[d.range.start.offset : d.range.end.offset]) for d in found] == [("SM101", '"Domian"')]


STILL_ERRORS = [
    f"{{{G}, ${{MORE}}}}",
    f'{{{G}, ${{NAME}}: "x"}}',
    f'{{{G}, "Domain": ${{A}}${{B}}}}',
    f'{{{G}, "Domain": ${{A\n}}}}',
    f'{{{G}, "Domain": ${{{"x" * 1024}}}}}',
    f'{{{G}, "Domain": ${{A}} x}}',
    f'{{{G}, "Domain": {{}},}}',
]


@pytest.mark.parametrize("text", STILL_ERRORS)
def test_a_placeholder_elsewhere_is_a_syntax_error(text: str) -> None:
    found = sm_lint.lint_text(text, filename="a.json", config={"placeholders": ["${*}", "{*}", "[*]"]})
    assert "SM001" in {d.code for d in found}


def test_templates_are_linted_in_folders_in_the_hook_and_in_an_editor(folder: Path, run: Run) -> None:
    text = f'{{{G}, "Tags": ${{TAGS}}, "Domian": "x"}}'
    (folder / "sm-lint.toml").write_text('placeholders = ["${*}"]')
    (folder / "a.json").write_text(text)
    for arguments in (["."], ["a.json", "--if-payload"]):
        report = run("check", *arguments, "--output-format", "json").report
        assert [d["code"] for d in report["diagnostics"]] == ["SM101"]
    assert Talk().codes(text, (folder / "a.json").as_uri(), "json") == ["SM101"]
    (folder / "a.json").write_text(text.replace("Domian", "domain"))
    assert run("check", "a.json", "--fix", "--unsafe-fixes").status == 0
    assert (folder / "a.json").read_text() == text.replace("Domian", "Domain")


def test_the_work_of_placeholders_grows_with_the_text() -> None:
    def work(count: int, form: str) -> int:
        data = f'{{{G}, "Tags": [{", ".join([form] * count)}]}}'.encode()
        return calls(lambda: document.read("a.json", data, placeholders=SETTINGS.placeholders))

    for form in ("${x}", "${", "{{ x"):
        work(10, form)
        assert work(4000, form) < 4.4 * work(1000, form), form
