"""The page: what stands where, and that nothing of a payload is more than text."""

import re
from base64 import b64decode
from hashlib import sha256
from html.parser import HTMLParser
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from sm_lint.model.diagnostic import Related
from sm_lint.model.escape import visible
from sm_lint.model.outline import Member, Outline
from sm_lint.model.report import Report
from sm_lint.model.severity import Severity
from sm_lint.model.span import SourceText
from sm_lint.output import render
from sm_lint.output.page.elements import element, html, link
from sm_lint.output.page.findings import cells
from tests.support.sample_report import CLEAN, EMPTY, FOUND, ODD, REPORT
from tests.unit.output.test_long_texts import report

VOID = ("meta", "input", "br", "link")
HOSTILE = (
    "</script><script>alert(1)</script>", "</style><img src=x onerror=alert(1)>", "<!-- ", "-->", "]]>", "<![CDATA[",
    '" onmouseover="alert(1)', "' autofocus onfocus='alert(1)", "javascript:alert(1)", "&lt;script&gt;", "&#60;b&#62;",
    "\u202eevil\u2066", "a\x00b\x1b[31m\x9b", "\u200b\ufeff\u2028", "\ud800", "##[error]x", "`<b>`", "{{7*7}}${7*7}",
)  # fmt: skip


class Tag(NamedTuple):
    """An element, as a browser reads it."""

    name: str
    attributes: dict[str, str | None]
    texts: list[str]

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(self.texts)

    def of(self, name: str) -> bool:
        """Return whether it has a class."""
        return name in (self.attributes.get("class") or "").split()


class Page(HTMLParser):
    """The elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self.others: list[str] = []
        self._open: list[Tag] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Tag(tag, dict(attrs), [])
        assert len(made.attributes) == len(attrs)
        self.tags.append(made)
        if tag not in VOID:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().name == tag

    def handle_data(self, data: str) -> None:
        for tag in self._open:
            tag.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def unknown_decl(self, data: str) -> None:
        self.others.append(data)

    handle_pi = unknown_decl

    def all(self, name: str, of: str = "") -> list[Tag]:
        """Return the elements with a name, and if it is given a class."""
        return [tag for tag in self.tags if tag.name == name and (not of or tag.of(of))]


def hostile(text: str) -> Report:
    """Return a report with a text wherever one of a payload, a file name or a custom rule may stand."""
    source = SourceText(f"{text}.json", f"{text}\n{text}\n{text}\n")
    diagnostics = [
        diagnostic._replace(
            file=source.name, range=source.span(1, 2), message=text, help=text, url=text, pointer=f"/{text}",
            inner_pointer=text, name=text, related=(Related(text, source.name, text, source.span(0, 1)),),
            fix=diagnostic.fix and diagnostic.fix._replace(message=text), not_fixed=text, carrier=text,
        )
        for diagnostic in FOUND
    ]  # fmt: skip
    mark = FOUND[0].code, 1
    outline = Outline(
        text, text, 1, Member(visible(text), visible(text), (mark,), (Member(visible(text), "", (mark,)),), 1)
    )
    rules = []
    for rule in REPORT.rules:
        words = rule.read(rule.code)._replace(
            name=text, summary=text, why=f"{text}\n\n{text}", references=(text,), invalid=({"payload": text},),
        )  # fmt: skip
        rules.append(rule._replace(read={rule.code: words}.__getitem__))
    return REPORT._replace(
        diagnostics=tuple(diagnostics), documents={source.name: source}, rules=tuple(rules), failures=(text,),
        outlines={source.name: (outline,)}, passed_over=((text, text),),
    )  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_never_markup(text: str) -> None:
    plain, page = Page(render(hostile("x" * len(text)), "html")), Page(render(hostile(text), "html"))
    is_code = "`" in text
    assert is_code or [tag.name for tag in page.tags] == [tag.name for tag in plain.tags]
    assert [sorted(tag.attributes) for tag in page.tags if tag.name != "code"] == [
        sorted(tag.attributes) for tag in plain.tags if tag.name != "code"
    ]
    assert page.others == []
    assert len(page.all("script")) == 1
    messages = [tag.text for tag in page.all("span", "message")]
    assert messages == [visible(text).replace("`", "")] * len(FOUND)


@pytest.mark.parametrize("made", [REPORT, CLEAN, EMPTY, *map(hostile, HOSTILE)])
def test_the_policy_allows_the_script_and_the_style_of_the_page_alone(made: Report) -> None:
    text = render(made, "html")
    page = Page(text)
    (policy,) = [tag.attributes["content"] for tag in page.all("meta") if "http-equiv" in tag.attributes]
    allowed = dict(part.split(" ", 1) for part in (policy or "").split("; "))
    assert {key: of for key, of in allowed.items() if of != "'none'"}.keys() == {"style-src", "script-src"}
    assert allowed["default-src"] == allowed["base-uri"] == allowed["form-action"] == "'none'"
    for name in ("style", "script"):
        (own,) = page.all(name)
        digest = b64decode(allowed[f"{name}-src"].removeprefix("'sha256-").removesuffix("'"))
        assert digest == sha256(own.text.encode()).digest()
    for tag in page.tags:
        assert not [key for key in tag.attributes if key.startswith("on") or key in ("style", "src", "srcdoc")]
        assert re.match("#|https?://|$", tag.attributes.get("href") or ""), tag
    assert not re.search(r"url\(|@import|https?://", page.all("style")[0].text + page.all("script")[0].text)


def test_what_is_no_address_on_the_web_is_no_link() -> None:
    for address in ("javascript:alert(1)", " https://a", "data:text/html,x", "//a", "file:///etc/passwd", ""):
        assert link(address, "x").tag == "span"
    (made,) = Page(html(link('https://a/?b="<&'))).tags
    assert (made.attributes["href"], made.text) == ('https://a/?b="<&', 'https://a/?b="<&')


@given(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
def test_what_an_element_is_given_is_read_from_it(text: str, attribute: str) -> None:
    (made,) = Page(html(element("b", text, title=attribute))).tags
    assert made.text == "\n".join(map(visible, text.split("\n")))
    assert made.attributes["title"] == visible(attribute)


def test_each_finding_is_shown_once_and_can_be_led_to() -> None:
    page = Page(render(REPORT, "html"))
    found = page.all("details", "finding")
    assert [tag.attributes["data-rule"] for tag in found] == [d.code for d in FOUND]
    assert [tag.attributes["data-severity"] for tag in found] == [d.severity.value for d in FOUND]
    ids = [tag.attributes["id"] for tag in page.tags if "id" in tag.attributes]
    assert len(set(ids)) == len(ids)
    links = [str(tag.attributes["href"])[1:] for tag in page.all("a") if str(tag.attributes["href"]).startswith("#")]
    assert set(links) <= set(ids)
    assert {f"f{number}" for number in range(1, len(FOUND) + 1)} <= set(links)
    assert {f"rule-{d.code}" for d in FOUND} <= set(ids)
    for tag, diagnostic in zip(found, FOUND, strict=True):
        for words in (diagnostic.help, diagnostic.pointer, diagnostic.inner_pointer, diagnostic.not_fixed):
            assert (words or "") in tag.text
    assert "--fix --unsafe-fixes" in found[5].text


def test_rules_come_by_severity_and_number_with_links_to_what_they_found() -> None:
    sections = Page(render(REPORT, "html")).all("section", "rule")
    assert [tag.attributes["data-rule"] for tag in sections] == ["SM601", "SM002", "SM203", "SM206", "SM111"]
    assert "2 findings" in sections[0].text
    assert [tag.text.count(":2:") for tag in Page(render(REPORT, "html")).all("ul", "places")] == [2, 0, 1, 0, 1]


def test_there_is_a_filter_for_each_severity_and_each_rule() -> None:
    fixed = FOUND[1]._replace(severity=Severity.WARNING)  # as the configuration of another folder may have it
    page = Page(render(REPORT._replace(diagnostics=(FOUND[0], fixed, *FOUND[2:5])), "html"))
    assert [tag.text for tag in page.all("label")] == ["3 errors", "1 warning", "1 info"]
    rules = [tag.attributes["value"] for tag in page.all("option")]
    assert sorted(filter(None, rules)) == ["SM002", "SM111", "SM203", "SM601", "files", "rules"]


def test_an_outline_marks_the_members_with_findings() -> None:
    page = Page(render(REPORT, "html"))
    marks = [(tag.text, tag.attributes["href"]) for tag in page.all("a", "mark")]
    assert marks == [("SM203", "#f1"), ("SM601", "#f2")]
    folded = {tag.texts[0]: "open" in tag.attributes for tag in page.all("details") if tag.texts[0] in ("Tags", "[0]")}
    assert folded == {"Tags": True, "[0]": True}
    assert [tag.text for tag in page.all("li", "more")] == ["… 1 more"]


def test_without_the_script_everything_is_there_and_nothing_that_needs_it() -> None:
    page = Page(render(REPORT, "html"))
    assert all("open" in tag.attributes for tag in page.all("details", "finding"))
    for tag in page.tags:
        if tag.attributes.get("id") in ("filters", "theme", "keys"):
            assert "hidden" in tag.attributes
    assert "hidden" not in {key for tag in page.all("section") for key in tag.attributes}


@pytest.mark.parametrize(
    ("made", "said", "unsaid"),
    [
        (CLEAN, "No problems in 3 files.", "Nothing was checked"),
        (EMPTY, "No file was linted.", "No problems"),
        (EMPTY._replace(passed_over=(("a<b.json", "it has no name"),)), "1 file not linted that may have", "--verbose"),
        (REPORT, r"gone\x1b.json: no such file or folder", "Nothing was checked"),
        (REPORT._replace(omitted=12345, omitted_is_minimum=True), "12,345 or more not shown", "Nothing was checked"),
    ],
)  # fmt: skip
def test_the_page_says_what_was_and_was_not_linted(made: Report, said: str, unsaid: str) -> None:
    (body,) = Page(render(made, "html")).all("main")
    assert said in body.text
    assert unsaid not in body.text


def test_rules_that_cannot_be_read_have_no_page() -> None:
    page = Page(render(REPORT._replace(rules=()), "html"))
    assert page.all("section", "rule") == []
    links = [tag.attributes["href"] for tag in page.all("a") if "rel" in tag.attributes]
    assert links == ["https://example.com/rules/SM601"]


@pytest.mark.parametrize("text", ["abc", "日本語 x", "a\u0301b\u0301", "שלום", "😀é", "", "👍\ufe0f!"])
def test_what_is_not_latin_is_as_wide_as_on_a_terminal(text: str) -> None:
    page = Page(html(element("pre", cells(text))))
    (pre,) = page.all("pre")
    assert pre.text == text
    own = page.all("i")
    rest = len(pre.text) - sum(len(tag.text) for tag in own)
    assert sum(2 if tag.of("wide") else 1 for tag in own) + rest == cell_len(text)


def test_carets_stand_below_what_is_marked() -> None:
    page = Page(render(REPORT, "html"))
    for frame, diagnostic in zip(page.all("pre", "frame"), FOUND, strict=True):
        lines = frame.text.splitlines()
        at = next(number for number, line in enumerate(lines) if set(line.strip()) == {"^"})
        shown, indent = lines[at - 1], lines[at].index("^")
        cut = next(length for length in range(len(shown) + 1) if cell_len(shown[:length]) >= indent)
        marked = REPORT.documents[diagnostic.file].text[diagnostic.range.start.offset : diagnostic.range.end.offset]
        assert shown[cut:].startswith(marked.split("\r\n")[0]), frame.text


def test_a_page_of_many_findings_grows_by_the_same_for_each() -> None:
    def size(count: int) -> int:
        source = SourceText("", "{\n" + '"a": 1,\n' * count)
        spans = [source.span(at, at + 3) for at in range(2, 2 + 8 * count, 8)]
        return len(render(report(source.text, spans), "html"))

    assert size(400) - size(200) < 200 * 2000


def test_the_worst_severity_colours_the_summary() -> None:
    for severity in Severity:
        made = REPORT._replace(diagnostics=tuple(d._replace(severity=severity) for d in FOUND))
        assert len(Page(render(made, "html")).all("section", severity.value)) >= 1


def test_a_file_without_a_text_has_findings_without_a_frame() -> None:
    empty = SourceText(ODD.name, "")
    made = REPORT._replace(diagnostics=FOUND[3:4], documents={ODD.name: empty})
    page = Page(render(made, "html"))
    assert (len(page.all("details", "finding")), page.all("pre", "frame")) == (1, [])
