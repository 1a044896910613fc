"""The comments of Python code that are instructions to sm-lint."""

import re
from collections.abc import Iterator

from sm_lint.sources.document import Document
from sm_lint.sources.python.code import Code
from sm_lint.sources.python.strings import STRING
from sm_lint.sources.reading import MARK

_TOKEN = re.compile(rf"#[^\r\n]*|{STRING}")
_COMMENT = re.compile(rf"#[ \t]*{MARK}[ \t]*([^\r\n]*)")


def comments_in(document: Document) -> Iterator[tuple[int, int, str]]:
    """Yield `(start, end, text)` for each comment `# sm-lint: text` in a file, with offsets in code points.

    A match inside a string is not a comment.
    """
    code = document.value
    if not isinstance(code, Code):
        return
    span = code.span or document.span
    for token in _TOKEN.finditer(code.text):
        comment = _COMMENT.match(token[0])
        if comment:
            content = comment[1].rstrip()
            where = span(token.start(), token.start() + comment.start(1) + len(content))
            yield where.start.offset, where.end.offset, content
