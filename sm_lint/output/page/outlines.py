"""The outline of a request on the page: a tree of its members, with links from those where something was found."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.outline import Mark, Member, Outline
from sm_lint.output.page.elements import Child, element, spaced


class Numbered(NamedTuple):
    """A diagnostic, and which one of the page it is."""

    number: int
    diagnostic: Diagnostic


def marked(found: Iterable[Numbered]) -> dict[Mark, Numbered]:
    """Return the diagnostics of a file by how outlines name them; of several with one name, the first."""
    by_mark: dict[Mark, Numbered] = {}
    for of in found:
        by_mark.setdefault((of.diagnostic.code, of.diagnostic.range.start.offset), of)
    return by_mark


def outline(of: Outline, found: Mapping[Mark, Numbered]) -> Element:
    """Return the outline of a request. `found` are the diagnostics of its file."""
    where = f"line {of.line}" + (f", {of.pointer}" if of.pointer else "")
    root = of.root._replace(name=of.root.name.replace("`", ""), value=where)
    return element("div", element("ul", _member(root, found)), class_="tree")


def _member(member: Member, found: Mapping[Mark, Numbered]) -> Element:
    line = [
        element("span", member.name, class_="name"),
        element("span", member.value, class_="value"),
        element("span", (_mark(found[mark]) for mark in member.found if mark in found), class_="marks"),
    ]
    if not member.members and not member.more:
        return element("li", spaced(line), class_="leaf")
    members = element("ul", _members(member, found))
    return element("li", element("details", element("summary", spaced(line)), members, open=has_marks(member)))


def _members(member: Member, found: Mapping[Mark, Numbered]) -> Iterator[Child]:
    for child in member.members:
        yield _member(child, found)
    if member.more:
        yield element("li", f"… {member.more:,} more", class_="leaf more")


def has_marks(member: Member) -> bool:
    """Return whether something was found in a member, or below it."""
    return bool(member.found) or any(map(has_marks, member.members))


def _mark(of: Numbered) -> Element:
    diagnostic = of.diagnostic
    return element(
        "a", diagnostic.code, class_=f"mark {diagnostic.severity.value}", href=f"#f{of.number}", title=diagnostic.name
    )
