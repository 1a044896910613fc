"""What is generated from rules/ and schemas/ is as its tool writes it."""

import pytest

from sm_lint.cli.main import main
from tests.support.cases import ALL
from tools import fold_rules, rule_docs


def test_the_folded_schema_is_up_to_date() -> None:
    assert fold_rules.TARGET.read_text(encoding="utf-8") == fold_rules.text(fold_rules.folded()), "run `make generated`"


def test_the_pages_of_the_rules_are_up_to_date() -> None:
    pages = rule_docs.pages()
    written = {path.name: path.read_text(encoding="utf-8") for path in rule_docs.FOLDER.iterdir()}
    assert written == pages, "run `make generated`"


def test_the_reference_shows_each_rule_with_what_it_reports(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "--all"]) == 0
    book = capsys.readouterr().out
    for rule in ALL:
        assert f"{rule.code} {rule.name}\n===" in book
        assert f"{rule.severity.value}[{rule.code}]: " in book
        assert all(reference in book for reference in rule.references)
    assert "{" + "value}" not in book


def test_a_page_is_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "SM706"]) == 0
    page = capsys.readouterr().out
    assert "error[SM706]: unknown field `risk_ratings` in the model card" in page
    assert "Did you mean `risk_rating`?" in page
    assert "\x1b" not in page
