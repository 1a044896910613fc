"""What is generated from rules/ and schemas/ is as its tool writes it."""

import json

import pytest

from sm_lint.cli.main import main
from sm_lint.model.settings import CARRIERS
from sm_lint.rules.page import markdown, plain
from tests.support.cases import ALL
from tests.support.linting import RULES
from tools import carriers_page, fold_rules, quotes_page, rule_docs, rule_words


def test_the_folded_schema_is_up_to_date() -> None:
    assert fold_rules.TARGET.read_text(encoding="utf-8") == fold_rules.text(fold_rules.folded()), "run `make generated`"


def test_the_words_of_the_rules_are_up_to_date() -> None:
    assert rule_words.TARGET.read_text(encoding="utf-8") == rule_words.text(), "run `make generated`"


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


def test_a_quote_stands_on_one_line_wherever_a_rule_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "--all"]) == 0
    book = capsys.readouterr().out.splitlines()
    assert main(["rule", "--all", "--output-format", "json"]) == 0
    objects = {rule["code"]: rule for rule in json.loads(capsys.readouterr().out)}
    for rule in ALL:
        page = (rule_docs.FOLDER / f"{rule.code}.md").read_text(encoding="utf-8").splitlines()
        for quote in rule.quotes:
            assert f'  "{quote.text}"' in book
            assert quote.text in page
            assert quote._asdict() in objects[rule.code]["quotes"]
            assert f'{quote.operation}: "{quote.text}"' in plain(rule).splitlines()
            assert quote.text in markdown(rule).splitlines()


def test_a_page_is_plain_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "SM706"]) == 0
    page = capsys.readouterr().out
    assert "error[SM706]: unknown field `risk_ratings` in the model card" in page
    assert "Did you mean `risk_rating`?" in page
    assert "\x1b" not in page


def test_the_page_of_quotes_is_up_to_date() -> None:
    assert quotes_page.TARGET.read_text(encoding="utf-8") == quotes_page.text(), "run `make generated`"


def test_the_page_of_carriers_says_which_rules_are_off() -> None:
    page = carriers_page.TARGET.read_text(encoding="utf-8")
    assert page == carriers_page.text(), "run `make generated`"
    for carrier in CARRIERS:
        assert carrier == "payload" or f"\n## `{carrier}`\n" in page
        assert carrier == "payload" or page.count(f"<!-- off: {carrier} -->\n") == 1
        for code, why in carriers_page.off(carrier).items():
            assert any(known.startswith(code) for known in RULES.catalog), f"{carrier}: {code} is no rule"
            assert why.partition("https:")[0] in page
