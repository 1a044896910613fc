"""The text of rules/words.json: what the findings of each built-in rule say, so that a run reads no rule files."""

from pathlib import Path

from sm_lint.model.rule import Words
from sm_lint.rules.ruleset import RuleSet
from tools.fold_rules import lines

TARGET = Path(__file__).parent.parent / "rules" / "words.json"


def text() -> str:
    """Return the content of the file: one rule a line, so that branches merge."""
    ruleset = RuleSet()
    rules = [ruleset.rule(code) for code in ruleset.catalog]
    return lines({rule.code: {name: getattr(rule, name) for name in Words._fields} for rule in rules}) + "\n"
