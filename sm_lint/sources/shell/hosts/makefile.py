"""The recipes of a Makefile: each line is a script of its own.

Source: "Recipe Syntax" and "Splitting Recipe Lines" of the manual of GNU make. A backslash before a line break and the
break are given to the shell, the tab after them is not.
"""

import re
from collections.abc import Iterator

from sm_lint.sources.shell.hosts.braces import end_of
from sm_lint.sources.shell.mapped import Builder, Mapped, whole

_RECIPE = re.compile(r"^\t[@+\- \t]*((?:[^\\\n]+|\\[\s\S]?)*)", re.MULTILINE)
_TOKEN = re.compile(r"[^$\\]+|(\\\r?\n)\t?|\\|\$[\s\S]?")
_OTHER = re.compile(r"^(?:\.ONESHELL|SHELL[ \t]*[:?]?=(?!.*\b(?:ba|z|k|da|a)?sh\b))", re.MULTILINE)
"""What makes recipes something else than a script a line."""


def in_makefile(text: str) -> Iterator[Mapped]:
    """Yield the lines of recipes as the shell gets them. Variables and functions of make are unknown."""
    source = whole(text)
    if not _OTHER.search(text):
        for recipe in _RECIPE.finditer(text):
            yield _decoded(source, *recipe.span(1))


def _decoded(source: Mapped, start: int, end: int) -> Mapped:
    out = Builder(source)
    at = start
    while at < end and (token := _TOKEN.match(source.text, at, end)):
        following = token.end()
        if token[0] == "$$":
            out.stand("$", at, following)
        elif token[0] in {"$(", "${"}:
            following = end_of(source.text, at + 1, end) or end
            out.unknown(at, following)
        elif token[0].startswith("$"):
            out.unknown(at, following)
        else:
            out.copy(at, token.end(1) if token[1] else following)
        at = following
    return out.mapped()
