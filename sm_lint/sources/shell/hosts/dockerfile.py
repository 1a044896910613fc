"""The instructions `RUN` of a Dockerfile.

Source: "Dockerfile reference" of Docker. Lines of comments within an instruction are taken away. The form with a JSON
list starts no shell and is passed over, and so is what another shell runs, by `SHELL` or on Windows. A here-document
without a command before it is the script.
"""

import re
from collections.abc import Iterator

from sm_lint.sources.shell.mapped import Builder, Mapped, part, whole

_INSTRUCTION = re.compile(
    r"^[ \t]*(?:(SHELL|FROM)[ \t]+([^\n]*)|RUN[ \t]+(?:--[a-z]+(?:=\S*)?[ \t]+)*(?![ \t]*\[))",
    re.MULTILINE | re.IGNORECASE,
)
_OTHER = re.compile(r"powershell|pwsh|\bcmd\b|windows", re.IGNORECASE)
_HERE = re.compile(r"(?<!<)<<-?([\"']?)([A-Za-z_]\w*)\1")
_LINE = re.compile(r"([^\n]*)\n?")
_ESCAPE = re.compile(r"#[ \t]*escape[ \t]*=[ \t]*`", re.IGNORECASE)


def in_dockerfile(text: str) -> Iterator[Mapped]:
    """Yield the scripts of `RUN`, as the shell gets them."""
    if _ESCAPE.match(text):
        return
    source = whole(text)
    at, is_read = 0, True
    while found := _INSTRUCTION.search(text, at):
        at = found.end()
        if found[1]:
            is_read = not _OTHER.search(found[2])
            continue
        script, at = _script(source, at)
        if script and is_read:
            yield script


def _script(source: Mapped, start: int) -> tuple[Mapped | None, int]:
    """Return the script of the instruction whose words begin at an offset, and the offset behind it.

    It is None if its here-document has no end.
    """
    text, out, at = source.text, Builder(source), start
    is_continued = True
    while is_continued and at < len(text) and (line := _LINE.match(text, at)):
        is_comment = line[1].lstrip().startswith("#")
        if not is_comment:
            out.copy(at, line.end())
            is_continued = line[1].rstrip().endswith("\\")
        at = line.end()
    here = _HERE.search(text, start, at)
    if here is None:
        return out.mapped(), at
    last = re.compile(rf"^\t*{here[2]}[ \t]*\r?$", re.MULTILINE).search(text, at)
    if last is None:
        return None, len(text)
    if here.start() == start:
        return part(source, at, last.start()), last.end()
    out.copy(at, last.end())
    return out.mapped(), last.end()
