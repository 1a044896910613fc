"""The comments of a YAML text that are instructions to sm-lint."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.tokens import ScalarToken

from sm_lint.sources.reading import MARK

_COMMENT = re.compile(rf"#[ \t]*{MARK}[ \t]*([^\r\n]*)")


def comments(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield `(start, end, text)` for each comment `# sm-lint: text`, with offsets in code points.

    A match inside a scalar is not a comment. In a text with a syntax error, only the comments before it are found.
    """
    found = list(_COMMENT.finditer(text))
    starts, ends, readable = _scalars(text) if found else ([], [], 0)
    for match in found:
        before = bisect_right(starts, match.start())  # scalars that begin before it; the last may contain it
        if match.start() < readable and not (before and match.start() < ends[before - 1]):
            content = match[1].rstrip()
            yield match.start(), match.start(1) + len(content), content


def _scalars(text: str) -> tuple[list[int], list[int], int]:
    """Return the start offsets of the scalars, their end offsets, and the offset up to which the text can be read."""
    starts: list[int] = []
    ends: list[int] = []
    try:
        for token in YAML(typ="safe", pure=True).scan(text):
            if isinstance(token, ScalarToken):
                start, end = token.start_mark.index, token.end_mark.index
                if token.style in ("|", ">"):  # a comment may follow the indicator
                    start = text.find("\n", start, end) if "\n" in text[start:end] else end
                starts.append(start)
                ends.append(end)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return starts, ends, mark.index if mark else 0
    return starts, ends, len(text)
