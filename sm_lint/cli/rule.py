"""`sm-lint rule`: explain a rule, or list all rules."""

import argparse
import os
from typing import Any

from sm_lint.cli.console import columns, write
from sm_lint.cli.parser import Help
from sm_lint.model.settings import ConfigError


def add(commands: Any) -> None:
    """Add the parser of the command."""
    rule = commands.add_parser(
        "rule", help="explain a rule, or list all rules", formatter_class=Help, allow_abbrev=False
    )
    rule.add_argument("code", nargs="?", metavar="CODE", help="code or name of a rule (default: list all rules)")
    rule.add_argument("--all", action="store_true", help="explain all rules")
    rule.add_argument("--output-format", choices=("text", "json"), default="text")


def run(arguments: argparse.Namespace) -> int:
    """Print a rule, or all of them, and return the exit status."""
    import json

    from sm_lint.config.load import finder
    from sm_lint.config.selectors import did_you_mean_rule
    from sm_lint.model.escape import uncommanding
    from sm_lint.output import WIDTH
    from sm_lint.rules import page
    from sm_lint.run.session import Session

    linters = Session().linters
    ruleset = linters.built_in
    if arguments.code not in ruleset.catalog:
        ruleset = linters.rule_set(finder(linters.rule_set)(os.getcwd()).rules)
    known = ruleset.catalog
    codes = list(known)
    if arguments.code:
        codes = [code for code, (name, _) in known.items() if arguments.code.lower() in (code.lower(), name)]
        if not codes:
            names = [*known, *(name for name, _ in known.values())]
            raise ConfigError(f"unknown rule {arguments.code!r}{did_you_mean_rule(arguments.code, names)}")
    elif not arguments.all and arguments.output_format == "text":
        write("".join(page.line(code, name, severity) + "\n" for code, (name, severity) in known.items()))
        return 0
    found = [ruleset.rule(code, cases=True) for code in codes]
    if arguments.output_format == "json":
        pages = [page.as_object(rule) for rule in found]
        write(json.dumps(pages[0] if arguments.code else pages, indent=2, default=str) + "\n")  # a date has no JSON
    else:
        from sm_lint.run import rule_page

        session, width = Session(ruleset), columns(WIDTH)
        text = rule_page.reference(found, session, width) if arguments.all else rule_page.text(found[0], session, width)
        write(uncommanding(text))
    return 0
