"""Markdown: nothing of a payload becomes markup, and no more is written than GitHub takes.

markdown-it-py, and cmark-gfm, which is GitHub's own parser, say what a text means.
"""

import html
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from sm_lint.model.diagnostic import Diagnostic, Fix, Related
from sm_lint.model.escape import visible
from sm_lint.model.report import Report
from sm_lint.model.severity import Severity
from sm_lint.model.span import SourceText
from sm_lint.output import markdown, render
from tests.support.sample_report import CLEAN, EMPTY, FOUND, REPORT
from tests.support.work import calls

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
BITS = [
    *"`|\\*_~<>[](){}#+-.!:;,'\"=$&@^/ \t\n\r", "``", "```\n", "~~~\n", "\n\n", "    ", "\\|", "**", "~~", "- ", "1. ",
    "# ", "> ", "---\n", "| --- |\n", "@octocat", "#1", "o/r#2", "GH-3", ":smile:", "$x$", "defaced", "0123abc", "12",
    "http://a.b", "www.a.b", "a@b.co", "<b>", "</code>", "</details>", "<!--", "-->", "<script>", "<img src=x>",
    "![a](b)", "[a](b)", "[a]: http://b\n", "[^1]", "&lt;", "&#64;", "a", "word", "two words", "(see)", "\x1b[0m",
    "10,000", "\u202e", "\ud800", "é", "😀", "##[error]", "\n::error::x",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(BITS), min_size=1, max_size=12).map("".join)
TAGS = {"details", "summary", "code"}
"""What a block of HTML may have."""
PLAIN = re.compile(r"[A-Za-z0-9 .,;:?()'❌⚠️ℹ️-]*")  # noqa: RUF001 - the icons
"""What may stand outside code spans."""


def report(*texts: str, url: str | None = None) -> Report:
    """Return a report of an error for each text, which has it everywhere: in its message, help, file, fix …"""
    documents = {f"{number}{text}": SourceText("", text) for number, text in enumerate(text_names(texts))}
    found = []
    for (name, document), text in zip(documents.items(), texts, strict=True):
        span = document.span(len(text) // 2, len(text))
        place = Related(text, name, text, span)
        fix = Fix(text, "safe", ())
        found.append(
            Diagnostic(
                "SM203", "name", Severity.ERROR, text, text, url, name, text, text, span, (place,), fix, not_fixed=text
            )
        )
    return REPORT._replace(diagnostics=tuple(found), documents=documents, failures=texts)


def text_names(texts: tuple[str, ...]) -> list[str]:
    """Return texts as files may be named."""
    return [text.replace("\ud800", "").replace("/", ":") for text in texts]


def inline(text: str) -> list[Token]:
    """Return the tokens of a text that stand in lines."""
    return [child for token in PARSER.parse(text) for child in token.children or ()]


def cells(text: str) -> list[list[str]]:
    """Return the rows of the tables in a text: what one reads in each cell."""
    rows: list[list[str]] = []
    for token in PARSER.parse(text):
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows and token.level > 2 and len(rows[-1]) < 4:
            rows[-1].append("".join(child.content for child in token.children or ()))
    return rows


@given(TEXTS)
@example("\ud800")
def test_nothing_becomes_markup(text: str) -> None:
    written = render(report(text, url="https://example.com/rules/SM203"), "markdown")
    blocks = PARSER.parse(written)
    assert sum(token.type == "fence" for token in blocks) == any(text_names((text,)))  # what the file has of it
    assert {token.type for token in blocks if token.type.startswith(("heading", "hr", "code", "ordered", "quote"))} == {
        "heading_open", "heading_close",
    }  # fmt: skip
    tags = [re.findall(r"</?([^\s>]+)", token.content) for token in blocks if token.type == "html_block"]
    assert {tag for of in tags for tag in of} == TAGS
    for token in inline(written):
        assert token.type in (
            "text",
            "code_inline",
            "link_open",
            "link_close",
            "strong_open",
            "strong_close",
            "softbreak",
        )
        if token.type == "link_open":
            assert token.attrs["href"] == "https://example.com/rules/SM203"
        if token.type == "text":
            assert PLAIN.fullmatch(token.content)
            assert not re.search(r":\w+:|\b[0-9a-f]{7,}\b|www\.|http:", token.content)


@given(TEXTS)
def test_a_message_is_read_as_it_is(text: str) -> None:
    _, row = cells(render(report(text), "markdown"))
    expected = visible(" ".join(text.splitlines()))
    readable = [re.sub(r"\\x60|[` ]", "", part) for part in (row[3], expected)]
    assert readable[0] == readable[1]


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ("`Tags` is not allowed with `ModelPackageGroupName`", "`Tags` is not allowed with `ModelPackageGroupName`"),
        ('invalid ARN "@me": expected 20 characters, found 3', 'invalid ARN `"@me"`: expected 20 characters, found 3'),
        ("see s3://a/b|c, or (d)", r"see `s3://a/b\|c`, or (d)"),
        ("(API model of 2026-11-17), see f(x), or (a/b).", "(API model of `2026-11-17`), see `f(x)`, or (`a/b`)."),
        ("did you mean `a`? ():", "did you mean `a`? ():"),
        ("commit 0123abcd or defaced", "commit `0123abcd` or `defaced`"),
        ("an odd ` here", r"an odd `\x60` here"),
        ("`a``b` and ``", "`a` `b` and "),
        ("two\nlines", "two lines"),
    ],
)
def test_words_are_plain_and_the_rest_is_code(message: str, written: str) -> None:
    (row,) = re.findall("(?m)^.*\\| ❌ error .*$", render(report("x")._replace(diagnostics=(of(message),)), "markdown"))
    assert row.split(" | ", 3)[3] == f"{written} |"


def of(message: str, severity: Severity = Severity.ERROR, **fields: object) -> Diagnostic:
    """Return a diagnostic with a message."""
    (name,) = report("x").documents
    return FOUND[3]._replace(message=message, severity=severity, file=name, **fields)  # type: ignore[arg-type]


@given(TEXTS, st.sampled_from([None, "https://e.com/", "javascript:"]))
def test_githubs_parser_sees_the_same(text: str, url: str | None) -> None:
    cmark = pytest.importorskip("cmarkgfm", reason="GitHub's parser is not installed: pip install cmarkgfm")
    written = render(report(text, url=url and url + text), "markdown")
    page = cmark.github_flavored_markdown_to_html(written, options=cmark.cmark.Options.CMARK_OPT_UNSAFE)
    tags = set(re.findall(r"<([a-z0-9]+|!--)", page))
    assert tags <= {*TAGS, *["h3", "p", "table", "thead", "tr", "th", "tbody", "td", "pre", "ul", "li", "strong", "a"]}
    assert page.count("<td>") == 4
    assert {address[:14] for address in re.findall('href="([^"]*)', page)} <= {"https://e.com/"}
    outside = html.unescape(re.sub("<code>.*?</code>|<pre.*?</pre>|<[^>]*>", " ", page, flags=re.DOTALL))
    assert all(PLAIN.fullmatch(line) for line in outside.splitlines())


def test_the_most_severe_come_first() -> None:
    rows = cells(render(REPORT, "markdown"))
    assert [row[0].split()[-1] for row in rows[1:]] == ["error"] * 4 + ["warning", "info"]
    assert [row[2] for row in rows[1:3]] == ["a folder/100%,😀:1.json:2:36", "a folder/100%,😀:1.json:2:53"]


@pytest.mark.parametrize("text", ["x", "é" * 80, "\U000e0041" * 1000, "`|<" * 300])
@pytest.mark.parametrize(("summary", "most", "count"), [(False, 65_536, 200), (True, 1_048_576, 2500)])
def test_it_is_cut_at_whole_findings_and_says_so(summary: bool, most: int, count: int, text: str) -> None:
    made = report(*[text] * count)
    written = render(made, "markdown", summary=summary)
    shown = written.count("\n| ❌ error |")
    assert 0 < shown == written.count("\n<details>\n") == written.count("\n</details>\n")
    assert written.endswith("\n</details>\n")
    assert len(written.encode()) <= most
    if shown < count:
        assert len(written.encode()) > 0.7 * most
        assert f"No room here for {count - shown:,} more findings: GitHub takes" in written
    else:
        assert (text, summary) == ("x", True)


def test_warnings_make_room_for_errors() -> None:
    made = report("x")
    warnings = [of(f"warning {number}", Severity.WARNING) for number in range(3000)]
    rows = cells(render(made._replace(diagnostics=(*warnings, of("the error"))), "markdown"))
    assert (rows[1][3], rows[2][3]) == ("the error", "warning 0")


def test_what_is_cut_costs_nothing() -> None:
    def work(count: int) -> int:
        made = report("x")._replace(diagnostics=tuple(of("x" * 80) for _ in range(count)))
        return calls(lambda: render(made, "markdown"))

    work(10)
    assert work(12_000) < 1.5 * work(3_000) + 3 * 9_000  # they are put in order, and no more


def test_a_clean_run_and_an_empty_one_say_so() -> None:
    assert render(CLEAN, "markdown") == "### sm-lint\n\nNo problems in 3 files.\n"
    assert render(EMPTY, "markdown") == "### sm-lint\n\nNo file was linted.\n"
    assert render(CLEAN, "markdown", quiet=True) == ""
    assert "Found" not in render(REPORT, "markdown", quiet=True)


def test_failures_leave_room_for_findings() -> None:
    assert markdown.render(EMPTY._replace(failures=("a: b",))).endswith("\n- Failed: a: b\n")
    written = render(report("x")._replace(failures=("\u202e" * 900,) * 100), "markdown")
    assert "| ❌ error |" in written
    assert 0 < written.count("- Failed: `") == 100 - int(re.findall(r"- Failed: (\d+) more\n", written)[0])
