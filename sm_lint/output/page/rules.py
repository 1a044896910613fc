"""A rule on the page: the page of the rule, folded, and links to what it found."""

from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from sm_lint.model.report import ReportedRule
from sm_lint.model.rule import Rule
from sm_lint.model.words import counted
from sm_lint.output.page.elements import Child, element, link, prose, spaced
from sm_lint.output.page.outlines import Numbered
from sm_lint.output.paths import shown
from sm_lint.rules.page import case_text, details, readable


def section(reported: ReportedRule, found: Sequence[Numbered]) -> Element:
    """Return the section of a rule with the diagnostics that it gave."""
    rule = reported.read(reported.code)
    severity = found[0].diagnostic.severity.value
    return element(
        "section",
        element(
            "h3",
            spaced(
                element("span", severity, class_=f"badge {severity}"),
                element("code", rule.code),
                element("span", rule.name, class_="name"),
                element("span", counted(len(found), "finding"), class_="count"),
            ),
        ),
        element("p", prose(rule.summary)),
        element("details", element("summary", "Why, and what is accepted"), _page(rule), class_="page"),
        element("ul", map(_place, found), class_="places"),
        element("div", class_="found"),
        class_="rule", id=f"of-{rule.code}", data_rule=rule.code,
    )  # fmt: skip


def _page(rule: Rule) -> Element:
    """Return what the page of a rule says beyond its summary. Its id is inside, so that a link to it unfolds it."""
    return element("div", _parts(rule), id=f"rule-{rule.code}", class_="text")


def _parts(rule: Rule) -> Iterator[Child]:
    for paragraph in filter(None, rule.why.strip().split("\n\n")):
        yield element("p", prose(" ".join(paragraph.split())))
    for quote in rule.quotes:
        cite = element("cite", f"{quote.operation}: ", link(quote.source))
        yield element("blockquote", element("p", quote.text), cite)
    for title, cases in (("Refused", rule.invalid[:1]), ("Accepted", rule.valid[:1])):
        for case in cases:
            yield element("h4", title)
            yield element("pre", element("code", case_text(readable(rule, case))))
    yield element("ul", (element("li", fact) for fact in details(rule)), class_="facts")
    if rule.references:
        yield element("ul", (element("li", link(reference)) for reference in rule.references), class_="references")


def _place(of: Numbered) -> Element:
    diagnostic = of.diagnostic
    start = diagnostic.range.start
    where = f"{shown(diagnostic.file)}:{start.line}:{start.column}"
    return element("li", element("a", where, href=f"#f{of.number}"))
