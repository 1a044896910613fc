"""The page of a rule as a web page of its own, for those who have no published documentation, and for custom rules."""

from html import escape

from markdown_it import MarkdownIt

from sm_lint.model.rule import Rule
from sm_lint.run.rule_page import page
from sm_lint.run.session import Session

_STYLE = """\
:root { color-scheme: light dark }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
pre { padding: .8rem 1rem; overflow-x: auto; line-height: 1.4; border-radius: 4px; background: #8882 }
code { font-family: ui-monospace, monospace; font-size: 14px }"""


def html(rule: Rule, session: Session) -> str:
    """Return the page of a rule as HTML that needs no other file, with the reports of its cases from `session`.

    What looks like HTML in the texts of the rule is escaped.
    """
    return (
        f'<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n'
        f"<title>{escape(f'{rule.code} {rule.name}')}</title>\n<style>\n{_STYLE}\n</style>\n"
        f"{MarkdownIt('js-default').render(page(rule, session))}</html>\n"
    )
