"""The comments of a YAML text that are instructions to sm-lint."""

import re
from collections.abc import Iterator
from typing import Any

from sm_lint.sources.limits import MARK
from sm_lint.sources.yaml.ranges import ranges
from sm_lint.sources.yaml.reader import read_surely

MAX_SCALARS = 20_000
"""The maximum number of scalars that ruamel.yaml scans for comments between them, which takes it half a second."""
_COMMENT = re.compile(rf"#[ \t]*{MARK}[ \t]*([^\r\n]*)")


def comments(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Yield `(start, end, text)` for each comment `# sm-lint: text`, with offsets in code points.

    A match inside a scalar is not a comment. The text is scanned as far as comments are asked for. In a document with
    a syntax error, only the comments before it are found. A comment after more scalars than are scanned has the
    text None, and is the last one.
    """
    scalars = _scalars(text)
    start = end = 0
    for match in _COMMENT.finditer(text):
        at = match.start()
        while end <= at:
            following = next(scalars, None)
            if following is None:
                yield at, match.end(), None
                return
            start, end = following
        if at < start:
            content = match[1].rstrip()
            yield at, match.start(1) + len(content), content


def _scalars(text: str) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the first MAX_SCALARS scalars and of what cannot be read; of all, also that of the end."""
    documents = ranges(text)
    left = iter(range(MAX_SCALARS))
    for first, last in documents if len(documents) > 1 else [(0, len(text))]:
        for found in _in_document(text[first:last], left):
            if found is None:
                return
            yield first + found[0], first + found[1]
    yield len(text), len(text) + 1


def _in_document(text: str, left: Iterator[int]) -> Iterator[tuple[int, int] | None]:
    """Yield the ranges of the scalars in a document, and that of the rest of it if it cannot be read to its end."""
    from ruamel.yaml.error import YAMLError

    try:
        for token in _scalar_tokens(text, left):
            if token is None:
                yield None
                return
            start, end = token.start_mark.index, token.end_mark.index
            if token.style in ("|", ">"):  # a comment may follow the indicator
                line_break = text.find("\n", start, end)
                start = end if line_break < 0 else line_break
            yield start, end
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        yield mark.index if mark else 0, len(text)


def _scalar_tokens(text: str, left: Iterator[int]) -> Iterator[Any]:
    """Yield the tokens of the scalars: from libyaml if it certainly agrees with ruamel.yaml, which is much slower.

    Those of ruamel.yaml end with None if there are more than are `left`.
    """
    if read_surely(text.encode(), text):
        import yaml

        tokens: Iterator[Any] = yaml.scan(text, yaml.CBaseLoader)
        yield from (token for token in tokens if token.id == "<scalar>")
        return
    from ruamel.yaml import YAML

    for token in YAML(typ="safe", pure=True).scan(text):
        if token.id == "<scalar>":
            if next(left, None) is None:
                yield None
                return
            yield token
