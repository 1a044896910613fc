"""Write all generated files: the schemas of the request and of the configuration, and the rule pages.

usage: python -m tools.generate       (exit 2 if a rule file is invalid)
"""

import sys

from sm_lint.rules.rule_file import RuleError
from tools import config_schema, fold_rules, refresh_schema, rule_docs


def main() -> int:
    """Write the files, remove the pages of deleted rules, and return the exit status."""
    refresh_schema.TARGET.write_text(refresh_schema.text(), encoding="utf-8")
    try:
        fold_rules.TARGET.write_text(fold_rules.text(fold_rules.folded()), encoding="utf-8")
    except RuleError as error:
        print(error, file=sys.stderr)
        return 2
    config_schema.TARGET.write_text(config_schema.text(), encoding="utf-8")
    pages = rule_docs.pages()
    for path in rule_docs.FOLDER.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (rule_docs.FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
