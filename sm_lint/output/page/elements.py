"""Elements of HTML. Whatever text they are given is escaped: it is shown, and never markup."""

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from sm_lint.model.escape import visible

Child = ET.Element | str | None
Children = Child | Iterable["Children"]
_LINES = frozenset(
    ("meta", "section", "details", "div", "dl", "li", "form", "pre", "p", "header", "main", "body", "footer")
)
"""What ends a line of the page, where a line break changes nothing."""


def element(tag: str, *children: Children, **attributes: str | bool | None) -> ET.Element:
    r"""Return an element. Control characters and invisible ones in its texts and attributes are written as escapes.

    Children may be nested in iterables; None is left out. An attribute that is None or False is left out, too, and one
    that is True has no value. In its name, `_` stands for `-`, but for one at the end, as in `class_`.

    >>> html(element("a", "1 < 2", ["\x1b", None], class_="x", data_at='"', open=True))
    '<a class="x" data-at="&quot;" open="">1 &lt; 2\\x1b</a>'
    """
    made = ET.Element(tag)
    made.tail = "\n" if tag in _LINES else None
    for name, value in attributes.items():
        if value is not None and value is not False:
            made.set(name.rstrip("_").replace("_", "-"), "" if value is True else visible(value))
    last = None
    for child in _flat(children):
        if isinstance(child, ET.Element):
            made.append(child)
            last = child
        elif last is None:
            made.text = (made.text or "") + _lines(child)
        else:
            last.tail = (last.tail or "") + _lines(child)
    return made


def spaced(*children: Children) -> Iterator[ET.Element | str]:
    """Yield children with a space after each, for those who read the page without its style."""
    for child in _flat(children):
        yield child
        yield " "


def raw(tag: str, text: str) -> ET.Element:
    """Return a `style` or `script` element with a text of ours, which is written as it is."""
    made = ET.Element(tag)
    made.text = text
    return made


def html(root: ET.Element) -> str:
    """Return an element as HTML."""
    return ET.tostring(root, encoding="unicode", method="html")


def prose(text: str) -> Iterator[Child]:
    """Yield the parts of a text, in which what stands in backticks is code.

    >>> "".join(map(str, (part if isinstance(part, str) else html(part) for part in prose("a `b` c"))))
    'a <code>b</code> c'
    """
    parts = text.split("`")
    if len(parts) % 2 == 0:
        yield text
        return
    for number, part in enumerate(parts):
        yield element("code", part) if number % 2 else part


def link(address: str, *words: Child) -> ET.Element:
    """Return a link to a page on the web; what is no such address is text."""
    words = words or (address,)
    if not address.startswith(("https://", "http://")):
        return element("span", *words)
    return element("a", *words, href=address, rel="noopener noreferrer")


def _lines(text: str) -> str:
    """Return a text of several lines that is safe to show."""
    return "\n".join(map(visible, text.split("\n"))) if "\n" in text else visible(text)


def _flat(children: Iterable[Children]) -> Iterator[ET.Element | str]:
    for child in children:
        if isinstance(child, (str, ET.Element)):
            yield child
        elif child is not None:
            yield from _flat(child)
