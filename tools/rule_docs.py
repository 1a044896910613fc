"""The pages of docs/rules/: one for each rule and an index by category, generated from the files in rules/."""

from pathlib import Path

from sm_lint.rules.page import index
from sm_lint.run.rule_page import page
from sm_lint.run.session import Session

FOLDER = Path(__file__).parent.parent / "docs" / "rules"


def pages() -> dict[str, str]:
    """Return the text of each page by file name."""
    session = Session()
    ruleset = session.linters.built_in
    found = [ruleset.rule(code) for code in ruleset.catalog]
    return {"README.md": index(found)} | {f"{rule.code}.md": page(rule, session) for rule in found}
