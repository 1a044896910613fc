"""Arguments that do not exist: what was probably meant, and the usage of the command that it was meant for."""

import pytest

from sm_lint.config.selectors import did_you_mean_rule
from tests.conftest import Run
from tests.support.linting import RULES

WRONG = [
    # arguments, the command whose usage is shown, a part of the message
    (["check", "--selct", "SM2"], "check", "unrecognized arguments: --selct; did you mean `--select`?"),
    (["check", "--isolatd", "--fixx=1"], "check", "--isolatd --fixx=1; did you mean `--isolated` and `--fix`?"),
    (["check", "--format", "json"], "check", "did you mean `--output-format`?"),
    (["check", "--nonsense"], "check", "unrecognized arguments: --nonsense\n"),
    (["check", "--output-format", "sarfi"], "check", "(choose from full, concise, "),
    (["check", "--output-format", "sarfi"], "check", "; did you mean `sarif`?\n"),
    (["check", "--fail-on", "warn"], "check", "; did you mean `warning`?\n"),
    (["check", "--color", "x"], "check", "invalid choice: 'x' (choose from auto, always, never)\n"),
    (["rule", "--al"], "rule", "unrecognized arguments: --al; did you mean `--all`?"),
    (["rule", "SM203", "SM204"], "rule", "unrecognized arguments: SM204\n"),
    (["rule", "--output-format", "txt"], "rule", "did you mean `text`?"),
    (["completion", "bsh"], "completion", "did you mean `bash`?"),
    (["chek", "a.json"], "", "invalid choice: 'chek'"),
    (["chek", "a.json"], "", "did you mean `check`?"),
    (["."], "", "to lint a file or a folder, write sm-lint check ."),
    (["--fix", "a.json"], "", "--fix; the options of a command stand after its name, for example sm-lint check --fix"),
    (["--select=SM2", "check", "a.json"], "", "--select=SM2; the options of a command stand after its name"),
    (["--versio"], "", "did you mean `--version`?"),
]


@pytest.mark.parametrize(("arguments", "command", "message"), WRONG)
def test_the_nearest_of_its_kind_is_named(arguments: list[str], command: str, message: str, run: Run) -> None:
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    name = f"sm-lint {command}".strip()
    assert ran.err.startswith(f"usage: {name} [-h] ")
    assert f"\n{name}: error: " in ran.err
    assert message in ran.err


SELECTORS = [
    ("SM2O4", "SM204"),
    ("sm2o4", "SM204"),
    ("SMZ03", "SM203"),
    ("SM-203", "SM203"),
    ("sm 203", "SM203"),
    ("S203", "SM203"),
    ("203", "SM203"),
    ("MS203", "SM203"),
    ("SM2033", "SM203"),
    ("SM20x", "SM20"),
    ("SM299", "SM2"),
    ("identty", "identity"),
    ("tags-on-version", "tags-on-a-version"),
    ("tags_on_a_versoin", "tags-on-a-version"),
    ("TEAM001", None),
    ("ACME203", None),
    ("XY123456", None),
    ("qqqq", None),
    ("", None),
    ("S" * 100_000, None),
]


@pytest.mark.parametrize(("selector", "meant"), SELECTORS, ids=[selector[:20] for selector, _ in SELECTORS])
def test_a_rule_is_taken_for_a_code_or_for_a_name(selector: str, meant: str | None) -> None:
    assert did_you_mean_rule(selector, RULES.selectors) == (f"; did you mean `{meant}`?" if meant else "")


def test_no_other_rule_is_suggested_for_the_code_of_one() -> None:
    """A letter in place of a digit is a slip of which only one code can be the result."""
    for code in RULES.catalog:
        for digit, letter in ("0", "O"), ("1", "l"), ("5", "s"):
            assert did_you_mean_rule(code.replace(digit, letter), RULES.selectors) == f"; did you mean `{code}`?"


def test_wherever_a_rule_is_named_the_same_is_suggested(run: Run) -> None:
    for option in ("--select", "--extend-select", "--ignore"):
        assert "did you mean `SM204`?" in run("check", option, "SM2O4").err
    assert "did you mean `SM204`?" in run("check", "--config", "severity = {SM2O4 = 'info'}").err
    assert "did you mean `SM204`?" in run("check", "--config", "per-file-ignores = {'a.json' = ['SM2O4']}").err
    assert "did you mean `SM204`?" in run("rule", "SM2O4").err
    assert "did you mean `warning`?" in run("check", "--config", "severity = {SM204 = 'warn'}").err
    assert "did you mean `error`?" in run("check", "--config", "fail-on = 'eror'").err
