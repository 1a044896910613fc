"""What mkdocs does to the pages of docs/ to make a site of them; mkdocs.yml names this module as a hook.

The pages are written for GitHub. Here they get what a site needs besides: the pages at the root of the repository, a
menu with each rule, titles for the blocks that are files, and bars for the figures.
"""

import re
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from mkdocs.structure.files import File

ROOT = Path(__file__).parent.parent
AT_ROOT = ("CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
"""The pages at the root of the repository that the site has, too, with names in lower case."""
_RULE = re.compile(r"^\| \[(\w+)\]\(\w+\.md\) \| ([\w-]+) ", re.MULTILINE)
_FILE = re.compile(r"^```([\w-]+) ([^\n`=]+)$", re.MULTILINE)
_ROOT_LINK = re.compile(rf"\]\((?:\.\./)*({'|'.join(map(re.escape, AT_ROOT))})")
_ROW = re.compile(
    r"^\| (?P<what>[^|]+?) \| (?P<goal>[^|]*?) \| (?P<value>[\d.]+) \u00d7(?P<unit>[^|]*?) \|", re.MULTILINE
)


def on_config(config: Any) -> Any:
    """Complete the menu: a group of rules a category, and all pages that nobody has put into it."""
    named = set(re.findall(r"'([^']+\.md)'", str(config.nav)))
    others = sorted(path.name for path in (ROOT / "docs").glob("*.md") if path.name not in named)
    groups = {"Rules": rules((ROOT / "docs/rules/README.md").read_text(encoding="utf-8")), "More": others}
    filled = [{title: groups.get(title, pages) for title, pages in group.items()} for group in config.nav]
    config.nav = [group for group in filled if all(group.values())]
    return config


def rules(index: str) -> list[Any]:
    """Return the part of the menu for the rules, from the text of their index."""
    groups = re.split(r"^## ([\w-]+).*$", index, flags=re.MULTILINE)[1:]
    named = zip(groups[::2], groups[1::2], strict=True)
    return [
        "rules/README.md",
        *(
            {title: [{f"{code} {name}": f"rules/{code}.md"} for code, name in _RULE.findall(rows)]}
            for title, rows in named
        ),
    ]


def on_files(files: Any, config: Any) -> Any:
    """Add the pages at the root of the repository."""
    for name in AT_ROOT:
        files.append(File.generated(config, name.lower(), abs_src_path=str(ROOT / name)))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Return the text of a page as the site shows it."""
    page.meta["search"] = in_search(page.file.src_uri)
    if page.file.src_uri.startswith("rules/SM"):
        page.meta["tags"] = said(markdown)
    text = with_titles(with_links(markdown)).replace("\n## References\n", "\n## References { data-search-exclude }\n")
    return with_bars(text) if page.file.src_uri == "performance.md" else text


def in_search(uri: str) -> dict[str, Any]:
    """Return how the search treats a page: that of a rule comes first, the lists of all of them never."""
    if uri in ("rules/README.md", "quotes.md", "changelog.md"):
        return {"exclude": True}
    return {"boost": 2} if uri.startswith("rules/") else {}


def said(markdown: str) -> list[str]:
    r"""Return the quotes on the page of a rule. As its tags they count for the search before all other words.

    >>> said("# SM1\n\n## What the service says\n\n```text\nNo.\n```\n\n## Refused\n\n```text\nerror\n```")
    ['No.']
    """
    section = markdown.partition("\n## What the service says\n")[2].partition("\n## ")[0]
    return re.findall(r"^```text\n(.+)\n```$", section, re.MULTILINE)


def with_links(markdown: str) -> str:
    """Return a page of docs/, or one at the root, with links to where the site has the pages of the repository.

    >>> with_links("See [a](../SECURITY.md#limits) and [b](docs/editors.md).")
    'See [a](security.md#limits) and [b](editors.md).'
    """
    text = _ROOT_LINK.sub(lambda link: f"]({link[1].lower()}", markdown)
    return text.replace("](docs/", "](")


def with_titles(markdown: str) -> str:
    r"""Return a page with the name of a file above its block: mkdocs takes no path behind the language.

    >>> with_titles("```toml policies/x.toml\na = 1\n```")
    '```toml title="policies/x.toml"\na = 1\n```'
    """
    return _FILE.sub(r'```\1 title="\2"', markdown)


class Bar(NamedTuple):
    """A row of the table of figures."""

    name: str
    unit: str
    """What the figure is a multiple of, in HTML."""
    value: str

    @property
    def length(self) -> float:
        """The figure as a number."""
        return float(self.value)

    @property
    def is_peer(self) -> bool:
        """Whether it is the figure of another program."""
        return self.name.startswith("peer: ")


def with_bars(markdown: str) -> str:
    """Return the page of figures with bars above its first table: what is compared to others, longest last."""
    head, table, rest = markdown.partition("| what |")
    first = rest.partition("\n\n")[0]
    return f"{head}{drawn(figures(first))}{table}{rest}"


def figures(table: str) -> list[Bar]:
    """Return the rows of a table that are multiples of something in code, such as `python -c pass`."""
    bars = []
    for row in _ROW.finditer(table):
        unit = re.findall("`[^`]+`", row["unit"] or row["goal"])
        if unit and row["what"] != "the same":
            bars.append(Bar(row["what"], " + ".join(map(_html, unit)), row["value"]))
    return bars


def drawn(bars: list[Bar]) -> str:
    """Return a figure in HTML for each unit by which others are measured, too."""
    units = dict.fromkeys(bar.unit for bar in bars if bar.is_peer)
    return "".join(_figure(unit, [bar for bar in bars if bar.unit == unit]) for unit in units)


def _figure(unit: str, bars: list[Bar]) -> str:
    longest = max(bar.length for bar in bars)
    lines = "".join(_line(bar, longest) for bar in sorted(bars, key=lambda bar: bar.length))
    return f'<figure class="bars"><figcaption>How many times as long as {unit}</figcaption>{lines}</figure>\n\n'


def _line(bar: Bar, longest: float) -> str:
    name, css = (bar.name.removeprefix("peer: "), "bar") if bar.is_peer else (bar.name, "bar ours")
    width = 100 * bar.length / longest
    return (
        f'<div class="{css}"><b>{_html(name)}</b><i style="width: {width:.1f}%"></i><em>{bar.value} &times;</em></div>'
    )


def _html(words: str) -> str:
    return re.sub("`([^`]+)`", r"<code>\1</code>", escape(words, quote=False))
