"""The page docs/quotes.md: what the service, the AWS CLI and AWS's SDK have said of requests, with its source."""

from pathlib import Path

from sm_lint.rules.ruleset import RuleSet

TARGET = Path(__file__).parent.parent / "docs" / "quotes.md"
_HEAD = """\
# What the service says

Each row is an error message that somebody has met, or a sentence of the documentation that forbids something. The
operation tells who said it: where it is not CreateModelPackage, the rule concludes from one operation to another, and
says so on its page. `sm-lint rule --search "words of a message"` finds the rules for a message.

| Message | Operation | Source | Rules |
| --- | --- | --- | --- |
"""


def text() -> str:
    """Return the content of the file: a row for each quote of a rule, in the order of the rules."""
    ruleset = RuleSet()
    rules: dict[tuple[str, str, str], list[str]] = {}
    for code in ruleset.catalog:
        for quote in ruleset.rule(code).quotes:
            rules.setdefault((quote.text, quote.operation, quote.source), []).append(code)
    return _HEAD + "".join(_row(*quote, codes) for quote, codes in rules.items())


def _row(said: str, operation: str, source: str, codes: list[str]) -> str:
    message = said.replace("|", "\\|").replace("<", "&lt;")
    links = ", ".join(f"[{code}](rules/{code}.md)" for code in codes)
    return f"| {message} | {operation} | <{source}> | {links} |\n"
