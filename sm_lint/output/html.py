"""A page for people who review: one file, which needs no network and shows everything without its script.

Nothing of a payload can run. `sm_lint.output.page.elements` escapes all texts, and the content security policy of the
page allows one style and one script, by their hashes.
"""

import os
from base64 import b64encode
from collections.abc import Container, Iterator, Mapping, Sequence
from hashlib import sha256
from xml.etree.ElementTree import Element

from sm_lint import __version__
from sm_lint.model.report import Report
from sm_lint.model.words import counted
from sm_lint.output.page import rules
from sm_lint.output.page.elements import Child, element, html, raw, spaced
from sm_lint.output.page.findings import finding
from sm_lint.output.page.outlines import Numbered, marked, outline
from sm_lint.output.paths import shown
from sm_lint.output.summary import counts, sentence

_SEVERITIES = ("error", "warning", "info")
_KEYS = {"/": "search", "j k": "next, previous", "Enter": "fold", "Esc": "all again"}
_FOLDER = os.path.join(os.path.dirname(__file__), "page")


def render(report: Report) -> str:
    """Return the report as a page in HTML."""
    style, script = _own("page.css"), _own("page.js")
    found = [Numbered(number, diagnostic) for number, diagnostic in enumerate(report.diagnostics, 1)]
    by_rule = _by_rule(found)
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=_policy(style, script)),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("title", f"sm-lint: {sentence(report)}"),
        raw("style", style),
    )
    main = element("main", _verdict(report), _messages(report), _findings(report, found, by_rule) if found else None)
    body = element("body", _header(), main, _footer(report, has_keys=bool(found)), raw("script", script))
    return f"<!DOCTYPE html>\n{html(element('html', head, body, lang='en'))}\n"


def _own(name: str) -> str:
    """Return the text of a file beside the parts of the page."""
    with open(os.path.join(_FOLDER, name), encoding="ascii", newline="\n") as file:
        return file.read()


def _policy(style: str, script: str) -> str:
    """Return the content security policy: nothing is loaded, and nothing runs but the script of the page."""
    own = {f"{kind}-src": f"'sha256-{_hash(text)}'" for kind, text in (("style", style), ("script", script))}
    rest = dict.fromkeys(("default-src", "base-uri", "form-action"), "'none'")
    return "; ".join(f"{name} {value}" for name, value in (rest | own).items())


def _hash(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _by_rule(found: Sequence[Numbered]) -> dict[str, list[Numbered]]:
    """Return diagnostics by code: the most severe rules first, of these the most frequent."""
    by_code: dict[str, list[Numbered]] = {}
    for of in found:
        by_code.setdefault(of.diagnostic.code, []).append(of)
    order = sorted(by_code.items(), key=lambda item: (item[1][0].diagnostic.severity.rank, -len(item[1]), item[0]))
    return dict(order)


def _header() -> Element:
    theme = element("button", "Dark", id="theme", type="button", hidden=True)
    return element("header", spaced(element("span", "sm-lint", class_="brand"), element("span", "report"), theme))


def _verdict(report: Report) -> Element:
    """Return the summary, and what was counted."""
    numbers = counts(report)
    worst = next((kind for kind in _SEVERITIES if numbers[f"{kind}s"]), "clean" if report.files else "nothing")
    title = element("h1", sentence(report._replace(passed_over=())))  # which have a list of their own
    if report.files:
        more = element("ul", _totals(report), class_="totals")
    else:
        more = element("p", "Nothing was checked, so this page says nothing about any request.")
    return element("section", title, more, class_=f"verdict {worst}")


def _totals(report: Report) -> Iterator[Element]:
    numbers = counts(report)
    found = [(kind, int(numbers[f"{kind}s"]), kind) for kind in _SEVERITIES]
    others = [("", report.files, "file"), ("", len(report.rules), "rule")]
    for kind, number, unit in found + others:
        words = counted(number, unit).partition(" ")
        yield element("li", element("b", words[0]), f" {words[2]}", class_=(kind if number else "none") or None)
    for number, what in ((report.suppressed, "suppressed"), (report.omitted, "not shown")):
        if number:
            yield element("li", element("b", f"{number:,}"), f" {what}")


def _messages(report: Report) -> Iterator[Element]:
    """Yield what went wrong besides what was found, and what was passed over."""
    if report.failures:
        items = (element("li", failure) for failure in report.failures)
        yield element("section", element("h2", "Not everything was linted"), element("ul", items), class_="failures")
    if report.passed_over:
        title = f"{counted(len(report.passed_over), 'file')} not linted that may have a request"
        items = (element("li", element("code", shown(name)), f": {why}") for name, why in report.passed_over)
        yield element("details", element("summary", title), element("ul", items), class_="passed-over")


def _findings(report: Report, found: Sequence[Numbered], by_rule: Mapping[str, Sequence[Numbered]]) -> Iterator[Child]:
    """Yield the filters, the findings file by file, and the rules with links to them."""
    read = {rule.code: rule for rule in report.rules}
    files: dict[str, list[Numbered]] = {}
    for of in found:
        files.setdefault(of.diagnostic.file, []).append(of)
    yield _filters(report, by_rule)
    yield _index(files) if len(files) > 1 else None
    sections = [_file(report, name, of, number, read) for number, (name, of) in enumerate(files.items(), 1)]
    yield element("div", sections, id="files")
    shown_rules = [rules.section(read[code], of) for code, of in by_rule.items() if code in read]
    yield element("div", element("h2", "Rules"), shown_rules, id="rules") if shown_rules else None


def _filters(report: Report, by_rule: Mapping[str, Sequence[Numbered]]) -> Element:
    """Return what chooses the findings to show. The script makes it visible."""
    numbers = counts(report)
    choices = [element("option", "All rules", value="")]
    choices += [element("option", f"{code} {of[0].diagnostic.name}", value=code) for code, of in by_rule.items()]
    boxes = [
        element(
            "label", element("input", type="checkbox", value=kind, checked=True),
            element("span", counted(number, kind), class_=kind),
        )
        for kind in _SEVERITIES if (number := int(numbers[f"{kind}s"]))
    ]  # fmt: skip
    return element(
        "form",
        element("input", id="search", type="search", placeholder="Search", aria_label="Search", autocomplete="off"),
        element("fieldset", boxes, aria_label="Severities"),
        element("select", choices, id="rule", aria_label="Rule"),
        element(
            "select", element("option", "By file", value="files"), element("option", "By rule", value="rules"),
            id="order", aria_label="Order",
        ),
        element("button", "Fold all", id="fold", type="button"),
        element("output", id="shown", aria_live="polite"),
        id="filters", role="search", hidden=True,
    )  # fmt: skip


def _index(files: Mapping[str, Sequence[Numbered]]) -> Element:
    items = [
        element("li", spaced(element("a", shown(name), href=f"#file-{number}"), _chips(of)))
        for number, (name, of) in enumerate(files.items(), 1)
    ]
    title = element("summary", f"{len(items):,} files with findings")
    return element("details", title, element("ul", items), class_="index", open=True)


def _chips(found: Sequence[Numbered]) -> Iterator[Element]:
    """Yield how many diagnostics there are of each severity."""
    severities = [of.diagnostic.severity.value for of in found]
    for kind in _SEVERITIES:
        if number := severities.count(kind):
            yield element("span", f"{number:,}", class_=f"chip {kind}", title=counted(number, kind))


def _file(report: Report, name: str, found: Sequence[Numbered], number: int, pages: Container[str]) -> Element:
    """Return the section of a file: the outlines of the requests in it, and what was found.

    `pages` are the codes of the rules that have a page on this page.
    """
    carriers = sorted({of.diagnostic.carrier for of in found} - {"payload"})
    title = element("span", shown(name), class_="name"), (element("span", of, class_="carrier") for of in carriers)
    by_mark = marked(found)
    trees = [outline(of, by_mark) for of in report.outlines.get(name, ())]
    outlines = element("details", element("summary", "Outline"), trees, class_="outline", open=True) if trees else None
    document = report.documents[name]
    cards = (finding(d, at, document, has_page=d.code in pages) for at, d in found)
    columns = element("div", outlines, element("div", cards, class_="found"), class_="columns")
    return element("section", element("h2", spaced(title, _chips(found))), columns, class_="file", id=f"file-{number}")


def _footer(report: Report, *, has_keys: bool) -> Element:
    model = report.model
    rules_of = f"sm-lint {__version__}, {model['operation']} of {model['source']} ({model['date']})"
    keys = (element("span", element("kbd", key), f" {what}") for key, what in _KEYS.items())
    hints = element("span", keys, id="keys", hidden=True) if has_keys else None
    return element("footer", element("span", rules_of), hints)
