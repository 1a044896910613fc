"""`sm-lint rule`: explain a rule, list rules, or find those that speak of an error message."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from sm_lint.cli.console import NOTHING, columns, write
from sm_lint.cli.parser import Help
from sm_lint.model.settings import ConfigError

if TYPE_CHECKING:
    from sm_lint.engine.linter import Linters
    from sm_lint.model.rule import Rule
    from sm_lint.model.settings import Settings
    from sm_lint.rules.ruleset import RuleSet

_RULE = """\
Explains a rule, or lists several: code, name, severity, fix and summary.
"""
_EXAMPLES = """\
examples:
  sm-lint rule SM203
      explain a rule
  sm-lint rule identity
      list the rules of a category
  sm-lint rule --search "Tags are not supported in Model Package versions"
      find the rules that know an error message, the best first

  sm-lint rule SM203 --web
      open the page of a rule in the browser

exit status: 0 done, 2 invalid usage or configuration, 3 no rule was found
"""


def add(commands: Any) -> None:
    """Add the parser of the command."""
    rule = commands.add_parser(
        "rule", help="explain, list or find rules", description=_RULE, epilog=_EXAMPLES, formatter_class=Help,
        allow_abbrev=False,
    )  # fmt: skip
    rule.add_argument(
        "rule", nargs="?", metavar="RULE",
        help="a code or a name: explain it; a code prefix, a category or ALL: list them (default: ALL)",
    )  # fmt: skip
    rule.add_argument(
        "--search", metavar="TEXT", help="list the rules that fit these words, for example a pasted error"
    )
    rule.add_argument("--all", action="store_true", help="explain the rules instead of listing them")
    rule.add_argument(
        "--web", action="store_true",
        help="open the page of the rule in the browser: that of `documentation-url`, or one that is made for it",
    )  # fmt: skip
    rule.add_argument("--output-format", choices=("text", "json"), default="text", help="default: text")


def run(arguments: argparse.Namespace) -> int:
    """Print a rule, or several, and return the exit status. Raises ConfigError if there is no such rule."""
    ruleset, codes = _selected(arguments.rule)
    if arguments.search is not None:
        from sm_lint.rules.search import search

        codes = [rule.code for rule in search(arguments.search, map(ruleset.rule, codes))]
        if not codes and arguments.output_format == "text":
            write("No rule has any of these words.\n")
    is_one = arguments.search is None and _is_one(ruleset, arguments.rule)
    if arguments.web:
        if not is_one:
            raise ConfigError("--web opens the page of one rule; name it by its code")
        _browse(ruleset, codes[0])
    elif arguments.output_format == "json":
        write(_json([ruleset.rule(code) for code in codes], is_one=is_one))
    elif is_one or arguments.all:
        _explain(ruleset, codes, is_one=is_one)
    else:
        write("".join(_lines(map(ruleset.rule, codes), with_quotes=arguments.search is not None)))
    return 0 if codes else NOTHING


def _selected(selector: str | None) -> "tuple[RuleSet, list[str]]":
    """Return a rule set, with the custom rules of the configuration if need be, and the codes that are selected."""
    from sm_lint.run.session import Session

    linters = Session().linters
    ruleset = linters.built_in
    if selector not in ruleset.catalog:
        ruleset = linters.rule_set(_settings(linters).rules)
    return ruleset, _codes(ruleset, selector or "ALL")


def _settings(linters: "Linters") -> "Settings":
    """Return the settings of the working folder. Raises ConfigError if its configuration is invalid."""
    from sm_lint.config.load import finder

    return finder(linters.rule_set)(os.getcwd())


def _codes(ruleset: "RuleSet", selector: str) -> list[str]:
    """Return the codes of the rules that a selector means. Raises ConfigError if it means none."""
    known = ruleset.selectors
    spelled = next((text for text in (selector, selector.upper(), selector.lower()) if text in known), None)
    if spelled is None:
        from sm_lint.config.selectors import did_you_mean_rule

        whole = [name for name in known if known[name] in ruleset.catalog or name.islower()]  # no prefixes
        raise ConfigError(f"unknown rule {selector!r}{did_you_mean_rule(selector, whole)}")
    return [code for code in ruleset.catalog if code.startswith(known[spelled])]


def _is_one(ruleset: "RuleSet", selector: str | None) -> bool:
    """Return whether a known selector is the code or the name of one rule."""
    return any((selector or "").lower() in (code.lower(), name) for code, (name, _) in ruleset.catalog.items())


def _json(rules: "list[Rule]", *, is_one: bool) -> str:
    import json

    from sm_lint.rules import page

    objects = [page.as_object(rule) for rule in rules]
    return json.dumps(objects[0] if is_one else objects, indent=2, default=str) + "\n"  # a date has no JSON


def _explain(ruleset: "RuleSet", codes: list[str], *, is_one: bool) -> None:
    from sm_lint.model.escape import uncommanding
    from sm_lint.output import WIDTH
    from sm_lint.run import rule_page
    from sm_lint.run.session import Session

    rules, session, width = [ruleset.rule(code) for code in codes], Session(ruleset), columns(WIDTH)
    text = rule_page.text(rules[0], session, width) if is_one else rule_page.reference(rules, session, width)
    write(uncommanding(text))


def _browse(ruleset: "RuleSet", code: str) -> None:
    """Open the page of a rule in the browser, and print its address for those who have none here."""
    import webbrowser

    from sm_lint.cli.console import fail
    from sm_lint.model import data
    from sm_lint.model.rule import url
    from sm_lint.run.session import Session

    documentation = _settings(Session().linters).documentation_url or data.documentation()
    address = url(code, documentation) or _page_made_here(ruleset, code)
    write(f"{address}\n")
    sys.stdout.flush()  # a browser may run in this terminal
    if not webbrowser.open(address):
        fail("no browser was found; open this address yourself")


def _page_made_here(ruleset: "RuleSet", code: str) -> str:
    """Write the page of a rule to a new temporary folder, which only the user can read, and return its URL.

    It stays there for the browser.
    """
    from pathlib import Path
    from tempfile import mkdtemp

    from sm_lint.run.rule_web import html
    from sm_lint.run.session import Session

    path = Path(mkdtemp(prefix="sm-lint-"), f"{code}.html")
    path.write_text(html(ruleset.rule(code), Session(ruleset)), encoding="utf-8")
    return path.as_uri()


def _lines(rules: "Iterable[Rule]", *, with_quotes: bool) -> Iterator[str]:
    """Yield a line for each rule and, with quotes, one for each thing that the service says."""
    from sm_lint.rules import page

    listed = list(rules)
    width = max((len(rule.name) for rule in listed), default=0)
    for rule in listed:
        yield f"{page.line(rule, width)}\n"
        if with_quotes:
            yield from (f'    {quote.operation}: "{quote.text}"\n' for quote in rule.quotes)
