"""The page of a rule, with the reports of its cases: text for a terminal, Markdown for the documentation."""

from collections.abc import Iterable, Iterator
from textwrap import fill, indent
from typing import Any

from sm_lint.model.report import Report
from sm_lint.model.rule import Rule
from sm_lint.output import WIDTH, full
from sm_lint.rules.page import HEADINGS, block, case_text, configured, details, quoted, readable
from sm_lint.run import cases
from sm_lint.run.session import Session

SAID = "What the service says"
_WIDTH = 88
"""The number of columns of prose."""
_INDENT = "  "
_REFUSED, _ACCEPTED = 6, 4
"""The maximum number of cases shown. The rule's file has all of them."""


def text(rule: Rule, session: Session, width: int = WIDTH) -> str:
    """Return the page of a rule as plain text, with the reports of its cases from `session`.

    `width` is that of the terminal, in columns, as for the format `full`.
    """
    parts = [f"{rule.code} {rule.name}\n{'=' * len(f'{rule.code} {rule.name}')}"]
    parts += [fill(rule.summary, _WIDTH), _paragraphs(rule.why), "\n".join(details(rule))]
    quotes = [f'{_INDENT}"{quote.text}"\n{_INDENT}{quote.operation}: {quote.source}' for quote in rule.quotes]
    parts += [SAID.upper(), *quotes] if quotes else []
    parts += ["REFUSED", *(indent(frame, _INDENT) for frame in _refused(rule, session, width - len(_INDENT)))]
    parts += _more(rule, "invalid", _REFUSED)
    parts += ["ACCEPTED", *(indent(block, _INDENT) for block in _accepted(rule))] if rule.valid else []
    parts += _more(rule, "valid", _ACCEPTED)
    parts += ["REFERENCES", "\n".join(f"  {reference}" for reference in rule.references)] if rule.references else []
    return "\n\n".join(filter(None, parts)) + "\n"


def reference(found: Iterable[Rule], session: Session, width: int = WIDTH) -> str:
    """Return the pages of several rules as one text, under the headings of their categories; `width` as in `text`."""
    parts = []
    category = None
    for rule in found:
        if rule.category != category:
            category = rule.category
            parts.append(f"{'━' * _WIDTH}\n{HEADINGS[category]}\n{'━' * _WIDTH}\n")
        parts.append(text(rule, session, width))
    return "\n\n".join(parts)


def page(rule: Rule, session: Session) -> str:
    """Return the page of a rule as Markdown, with the reports of its cases from `session`."""
    parts = [f"# {rule.code} {rule.name}", rule.summary, rule.why.strip(), "\n".join(f"- {f}" for f in details(rule))]
    parts += [f"## {SAID}", *map(quoted, rule.quotes)] if rule.quotes else []
    parts += ["## Refused", *(f"```text\n{frame}\n```" for frame in _refused(rule, session))]
    parts += _more(rule, "invalid", _REFUSED)
    parts += ["## Accepted", *(block(request) for request in _accepted(rule))] if rule.valid else []
    parts += _more(rule, "valid", _ACCEPTED)
    parts += ["## References", "\n".join(f"- <{one}>" for one in rule.references)] if rule.references else []
    return "\n\n".join(filter(None, parts)) + "\n"


def _refused(rule: Rule, session: Session, width: int = WIDTH) -> Iterator[str]:
    """Yield the reports of the invalid cases, one for each distinct message."""
    frames: dict[str, str] = {}
    for case in rule.invalid[: 3 * _REFUSED]:
        message, frame = _frame(rule, case, session, width)
        frames.setdefault(message, frame)
    yield from list(frames.values())[:_REFUSED]


def _frame(rule: Rule, case: dict[str, Any], session: Session, width: int) -> tuple[str, str]:
    """Return the message of the rule for a case, and the diagnostic in the format `full`.

    If the rule does not report the case, the message is empty and a sentence takes the place of the diagnostic: only
    `sm-lint test-rules` fails for it.
    """
    shown = readable(rule, case)
    document = cases.read(shown)
    diagnostic = next((d for d in cases.lint(shown, session, extend_select=(rule.code,)) if d.code == rule.code), None)
    if diagnostic is None:
        return "", f"This case is not reported by the rule; see `sm-lint test-rules`:\n\n{case_text(shown)}"
    report = Report(
        diagnostics=(diagnostic,), documents={document.name: document},
        files=1, omitted=0, failures=(), failed=False, model=session.linters.built_in.model,
    )  # fmt: skip
    lines = [line.rstrip() for line in full.render(report, quiet=True, width=width).rstrip().splitlines()]
    kept = [line for line in lines if " = rule: " not in line]
    return diagnostic.message, "\n".join([*kept, *configured(case)])


def _accepted(rule: Rule) -> Iterator[str]:
    for case in rule.valid[:_ACCEPTED]:
        yield case_text(readable(rule, case))


def _more(rule: Rule, kind: str, shown: int) -> Iterator[str]:
    if len(getattr(rule, kind)) > shown:
        yield f"More cases are in the rule's file, {rule.code}-{rule.name}.toml."


def _paragraphs(prose: str) -> str:
    return "\n\n".join(fill(" ".join(part.split()), _WIDTH) for part in prose.strip().split("\n\n"))
