"""Which rules docs/coverage.md names. The page is written by hand: it goes through the conditions of the API."""

import re
from collections.abc import Iterable
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "coverage.md"
_CATEGORIES_IN_FULL = ("SM0", "SM7", "SM9")
"""The page names these categories instead of each rule."""


def named() -> set[str]:
    """Return the codes that the page names, one by one or as a range."""
    text = PAGE.read_text(encoding="utf-8")
    codes = set(re.findall(r"\bSM\d{3}\b", text))
    for first, last in re.findall(r"SM(\d{3}) to SM(\d{3})", text):
        codes |= {f"SM{number}" for number in range(int(first), int(last) + 1)}
    return codes


def missing(codes: Iterable[str]) -> list[str]:
    """Return those of the codes that the page names neither themselves nor by their category."""
    on_page = named()
    return [code for code in codes if code not in on_page and not code.startswith(_CATEGORIES_IN_FULL)]
