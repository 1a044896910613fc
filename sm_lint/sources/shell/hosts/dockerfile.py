"""The instructions `RUN` of a Dockerfile.

Source: "Dockerfile reference" of Docker. Lines of comments within an instruction are taken away. The form with a JSON
list starts no shell and is passed over.
"""

import re
from collections.abc import Iterator

from sm_lint.sources.shell.mapped import Builder, Mapped, whole

_RUN = re.compile(r"^[ \t]*RUN[ \t]+((?:--[a-z]+(?:=\S*)?[ \t]+)*)(?![ \t]*\[)", re.MULTILINE | re.IGNORECASE)
_LINE = re.compile(r"([^\n]*)\n?")
_ESCAPE = re.compile(r"#[ \t]*escape[ \t]*=[ \t]*`", re.IGNORECASE)


def in_dockerfile(text: str) -> Iterator[Mapped]:
    """Yield the scripts of `RUN`, as the shell gets them."""
    if _ESCAPE.match(text):
        return
    source = whole(text)
    at = 0
    while run := _RUN.search(text, at):
        out = Builder(source)
        at = run.end()
        is_continued = True
        while is_continued and at < len(text) and (line := _LINE.match(text, at)):
            is_comment = line[1].lstrip().startswith("#")
            if not is_comment:
                out.copy(at, line.end())
                is_continued = line[1].rstrip().endswith("\\")
            at = line.end()
        yield out.mapped()
