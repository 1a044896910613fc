"""Write all generated files: schemas, words of rules, pages of rules and quotes, parts of that of carriers, a picture.

A rule that docs/coverage.md does not name yet is only mentioned on stderr: that page is written by hand.

usage: python -m tools.generate       (exit 2 if a rule file is invalid)
"""

import sys

from sm_lint.rules.rule_file import RuleError
from tools import (
    carriers_page,
    config_schema,
    coverage_page,
    fold_rules,
    quotes_page,
    refresh_schema,
    rule_docs,
    rule_words,
    terminal_picture,
)


def main() -> int:
    """Write the files, remove the pages of deleted rules, and return the exit status."""
    refresh_schema.TARGET.write_text(refresh_schema.text(), encoding="utf-8")
    try:
        fold_rules.TARGET.write_text(fold_rules.text(fold_rules.folded()), encoding="utf-8")
    except RuleError as error:
        print(error, file=sys.stderr)
        return 2
    rule_words.TARGET.write_text(rule_words.text(), encoding="utf-8")
    config_schema.TARGET.write_text(config_schema.text(), encoding="utf-8")
    quotes_page.TARGET.write_text(quotes_page.text(), encoding="utf-8")
    carriers_page.TARGET.write_text(carriers_page.text(), encoding="utf-8")
    terminal_picture.renew()
    pages = rule_docs.pages()
    for path in rule_docs.FOLDER.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (rule_docs.FOLDER / name).write_text(text, encoding="utf-8")
    for code in coverage_page.missing(name.removesuffix(".md") for name in pages if name != "README.md"):
        print(f"docs/coverage.md does not name {code}: add it to the condition that it checks", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
