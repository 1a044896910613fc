"""A finding on the page: what is wrong, the lines with the carets, and the notes below them."""

from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element

from rich.cells import cell_len

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.span import SourceText
from sm_lint.output.frame import frame
from sm_lint.output.page.elements import Child, Children, element, link, prose, spaced
from sm_lint.output.paths import shown

_ROOM = 100
"""The number of cells for the lines of a frame."""
_LATIN = "\u024f"
"""The last of the Latin characters."""


def finding(diagnostic: Diagnostic, number: int, document: SourceText, *, has_page: bool) -> Element:
    """Return a finding, the `number`th of the page. `has_page` says whether the page of its rule is on the page."""
    file = element("span", f"{shown(diagnostic.file)}:", class_="name")
    severity, start = diagnostic.severity.value, diagnostic.range.start
    return element(
        "details",
        element(
            "summary",
            spaced(
                element("span", severity, class_=f"badge {severity}"),
                element("code", diagnostic.code, class_="code"),
                element("span", prose(diagnostic.message), class_="message"),
                element("span", file, f"{start.line}:{start.column}", class_="place"),
            ),
        ),
        element("div", _frame(diagnostic, document), element("dl", _notes(diagnostic)), _about(diagnostic, has_page)),
        id=f"f{number}", class_=f"finding {severity}", open=True, data_rule=diagnostic.code, data_severity=severity,
    )  # fmt: skip


def _about(diagnostic: Diagnostic, has_page: bool) -> Child:  # noqa: FBT001 - of this module
    """Return the rule of a finding, in which the script unfolds the page of the rule."""
    words = (element("code", diagnostic.code), f" {diagnostic.name}")
    if not has_page:
        return element("p", link(diagnostic.url or "", *words), class_="about")
    return element(
        "details",
        element("summary", "Rule ", *words),
        element("p", element("a", f"The page of {diagnostic.code}", href=f"#rule-{diagnostic.code}")),
        class_="about", data_page=diagnostic.code,
    )  # fmt: skip


def _notes(diagnostic: Diagnostic) -> Iterator[Child]:
    if diagnostic.pointer or diagnostic.inner_pointer:
        inner = diagnostic.inner_pointer
        yield from _note("at", element("code", diagnostic.pointer), inner and ", in its JSON at ", _code(inner))
    for place in diagnostic.related:
        at = f"{shown(place.file)}:{place.range.start.line}:{place.range.start.column}"
        yield from _note("note", *prose(place.message), ": ", element("code", at))
    if diagnostic.help:
        yield from _note("help", *prose(diagnostic.help))
    if diagnostic.fix:
        option = "--fix" if diagnostic.fix.safety == "safe" else "--fix --unsafe-fixes"
        yield from _note("fix", *prose(diagnostic.fix.message), " ", element("code", option, class_="option"))
    if diagnostic.not_fixed:
        yield from _note("not fixed", *prose(diagnostic.not_fixed))


def _note(label: str, *words: Child) -> Iterator[Child]:
    yield element("dt", label)
    yield element("dd", words, class_=label.replace(" ", "-"))


def _code(text: str | None) -> Child:
    return element("code", text) if text else None


def _frame(diagnostic: Diagnostic, document: SourceText) -> Child:
    made = frame(diagnostic.range, document, _ROOM)
    if made is None:
        return None
    before, marked, after = made.window
    width = len(str(made.line + 1))

    def line(number: int | str, *words: Children) -> Child:
        return element("span", element("span", f"{number:>{width}} ", class_="number"), words, "\n", class_="line")

    lines = [
        line(made.line - 1, cells(made.above.rstrip())) if made.above is not None else None,
        line(made.line, cells(before), element("mark", cells(marked)) if marked else None, cells(after.rstrip())),
        line("", " " * made.indent, element("span", "^" * made.carets, class_="carets")),
        line(made.line + 1, cells(made.below.rstrip())) if made.below is not None else None,
    ]
    return element("pre", element("code", lines), class_="frame")


def cells(text: str) -> Iterator[Child]:
    """Yield a text in parts that are as wide as on a terminal, whatever the font: so carets stand below what they mark.

    Each character beyond the Latin ones, which all fonts have, has an element of its own, with the marks that belong to
    it. Characters that are written from right to left keep their order, too.
    """
    if text.isascii():
        yield text
        return
    clusters: list[str] = []
    for character in text:
        if clusters and character > _LATIN and not cell_len(character):
            clusters[-1] += character
        else:
            clusters.append(character)
    for is_latin, group in groupby(clusters, key=lambda cluster: max(cluster) <= _LATIN):
        if is_latin:
            yield "".join(group)
        else:
            yield from (element("i", cluster, class_="wide" if cell_len(cluster) > 1 else None) for cluster in group)
