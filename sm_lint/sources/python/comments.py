"""The comments of Python code that are instructions to sm-lint."""

import re
from collections.abc import Iterator

from sm_lint.sources.limits import MARK
from sm_lint.sources.python.strings import STRING

_TOKEN = re.compile(rf"#[^\r\n]*|{STRING}")
_COMMENT = re.compile(rf"#[ \t]*{MARK}[ \t]*([^\r\n]*)")


def comments(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield `(start, end, text)` for each comment `# sm-lint: text` in code, with offsets in code points.

    A match inside a string is not a comment.
    """
    for token in _TOKEN.finditer(text):
        comment = _COMMENT.match(token[0])
        if comment:
            content = comment[1].rstrip()
            yield token.start(), token.start() + comment.start(1) + len(content), content
