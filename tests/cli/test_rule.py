"""`sm-lint rule`: explains, lists and finds rules."""

import json
from collections.abc import Callable
from typing import NamedTuple

import pytest

from sm_lint.cli.main import main
from sm_lint.model.rule import Rule
from sm_lint.rules.search import search
from tests.support.cases import ALL
from tests.support.work import calls


class Ran(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Ran]
BY_CODE = {rule.code: rule for rule in ALL}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def of(*arguments: str) -> Ran:
        status = main(["rule", *arguments])
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return of


def codes(ran: Ran) -> list[str]:
    return [line.split(" ", 1)[0] for line in ran.out.splitlines() if not line.startswith(" ")]


def test_a_code_or_a_name_is_explained(run: Run) -> None:
    page = run("SM203").out
    assert "Tags are not supported in Model Package versions. Please add them to the Model Package Group." in page
    assert run("tags-on-a-version").out == run("sm203").out == page
    assert page in run("--all").out
    assert page in run("identity", "--all").out
    assert json.loads(run("sm203", "--output-format", "json").out)["name"] == "tags-on-a-version"


def test_a_line_has_the_code_the_name_the_severity_the_fix_and_the_summary(run: Run) -> None:
    lines = {line[:5]: line.split(None, 3) for line in run().out.splitlines()}
    assert list(lines) == [rule.code for rule in ALL]
    for rule in ALL:
        code, name, severity, rest = lines[rule.code]
        fix = {"none": "-", "safe": "fix", "unsafe": "unsafe fix"}[rule.fix["safety"] if rule.fix else "none"]
        assert (code, name, severity) == (rule.code, rule.name, rule.severity.value)
        assert rest.split("  ", 1)[0].rstrip() == fix
        assert rest.endswith(f"  {rule.summary}")


@pytest.mark.parametrize(
    ("selector", "prefix"), [("identity", "SM2"), ("SM2", "SM2"), ("sm20", "SM20"), ("ALL", ""), ("TEXT", "SM6")]
)
def test_what_selects_rules_in_a_run_selects_them_here(selector: str, prefix: str, run: Run) -> None:
    wanted = [rule.code for rule in ALL if rule.code.startswith(prefix)]
    assert codes(run(selector)) == wanted
    listed = json.loads(run(selector, "--output-format", "json").out)
    assert [rule["code"] for rule in listed] == wanted
    assert all(rule["topic"] for rule in listed)


@pytest.mark.parametrize(("name", "near"), [("tags-on-version", "tags-on-a-version"), ("identty", "identity")])
def test_an_unknown_rule_gets_the_nearest(name: str, near: str, run: Run) -> None:
    ran = run(name)
    assert (ran.status, ran.out) == (2, "")
    assert f"did you mean `{near}`?" in ran.err


REFUSAL = "Tags are not supported in Model Package versions. Please add them to the Model Package Group."
PASTED = f"An error occurred (ValidationException) when calling the CreateModelPackage operation: {REFUSAL}"
FOUND = {
    "Tags are not supported": "SM203",
    "tags ARE NOT supported in a model-package version": "SM203",
    PASTED: "SM203",
    f"2026-01-31T10:00:00Z [ERROR] job-0a1b2c: botocore.exceptions.ClientError: {PASTED} (RequestId: 7f3c)": "SM203",
    "Both ModelPackageName and ModelPackageGroupName are provided in the input": "SM201",
    "invalid JSON received.": "SM001",
    "Member must satisfy regular expression pattern at 'validationSpecification.validationRole'": "SM224",
    "unused suppression": "SM901",
    "SM304": "SM304",
    "endpoint-type-for-a-transform": "SM304",
}


@pytest.mark.parametrize(("text", "code"), FOUND.items())
def test_a_rule_is_found_by_what_the_service_says(text: str, code: str, run: Run) -> None:
    assert codes(run("--search", text))[0] == code
    assert json.loads(run("--search", text, "--output-format", "json").out)[0]["code"] == code


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.code)
def test_each_rule_is_found_by_its_quotes_and_its_summary(rule: Rule) -> None:
    assert rule in search(rule.summary, ALL)[:3]
    for quote in rule.quotes:
        quoting = [other for other in ALL if quote.text in (q.text for q in other.quotes)]
        text = f"x-1: {quote.text} (id 42)"
        assert rule in search(text, ALL)[: max(3, len(quoting))], text


def test_a_quote_stands_below_its_rule(run: Run) -> None:
    assert run("--search", REFUSAL).out.splitlines()[1] == f'    CreateModelPackage: "{REFUSAL}"'


def test_a_search_keeps_to_what_is_selected(run: Run) -> None:
    assert codes(run("keys", "--search", "region of the image"))[0] == "SM804"
    assert all(code.startswith("SM3") for code in codes(run("containers", "--search", "region of the image")))


@pytest.mark.parametrize("text", ["", "xyzzy", "…", "0f3c9a"])
def test_nothing_that_fits_is_told(text: str, run: Run) -> None:
    assert run("--search", text)[:2] == (3, "No rule has any of these words.\n")
    assert run("--search", text, "--output-format", "json")[:2] == (3, "[]\n")


def test_the_work_grows_with_the_text_and_with_the_rules() -> None:
    def work(words: int, rules: int) -> int:
        text = " ".join(f"tags{number}x" for number in range(words))
        return calls(lambda: search(text, [BY_CODE["SM203"]] * rules))

    assert work(4000, 10) < 4.4 * work(1000, 10)
    assert work(10, 400) < 4.4 * work(10, 100)
