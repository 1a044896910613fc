"""The scripts in the steps `sh` of a Jenkinsfile.

Source: "Strings" of the documentation of Apache Groovy. Within double quotes, `${…}` and `$name` are Groovy's, also in
the single quotes of the shell. A text that is joined with another one is passed over.
"""

import re
from collections.abc import Iterator

from sm_lint.sources.shell.hosts.braces import end_of
from sm_lint.sources.shell.hosts.comments import is_comment
from sm_lint.sources.shell.mapped import Builder, Mapped, whole

_STEP = re.compile(
    r"\bsh(?:[ \t]*\(\s*|[ \t]+)(?:\w+[ \t]*:[ \t]*(?:true|false|'[^'\n]*'|\"[^\"\n]*\")[ \t]*,\s*)*"
    r"(?:script[ \t]*:\s*)?('''|\"\"\"|'|\")"
)
_TOKEN = re.compile(r"[^\\$'\"\n]+|\\u+[0-9a-fA-F]{4}|\\\r?\n|\\[\s\S]|\$[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*|[\s\S]")
_ESCAPES = dict(zip("btnfrs", "\b\t\n\f\r ", strict=True))
_JOINED = re.compile(r"\s*\+")


def in_groovy(text: str) -> Iterator[Mapped]:
    """Yield the texts of steps `sh` that are one string, as the shell gets them."""
    source = whole(text)
    at = 0
    while step := _STEP.search(text, at):
        if is_comment(text, step.start()):
            at = step.end()
            continue
        script, at = _string(source, step.end(), step[1])
        if script and not _JOINED.match(text, at):
            yield script


def _string(source: Mapped, at: int, quote: str) -> tuple[Mapped | None, int]:
    """Return the string whose opening quote ends at an offset, None if it is not closed, and the offset behind it."""
    out = Builder(source)
    while token := _TOKEN.match(source.text, at):
        if source.text.startswith(quote, at):
            return out.mapped(), at + len(quote)
        end = token.end()
        if token[0][0] == "\\":
            out.stand(_of_escape(token[0]), at, end)
        elif token[0][0] == "$" and quote[0] == '"':
            is_braced = source.text.startswith("${", at)
            closed = end_of(source.text, at + 1, len(source.text)) if is_braced else end
            if closed is None:
                break
            end = closed
            if is_braced or len(token[0]) > 1:
                out.unknown(at, end)
            else:
                out.copy(at, end)
        elif token[0] == "\n" and len(quote) == 1:
            return None, end
        else:
            out.copy(at, end)
        at = end
    return None, len(source.text)


def _of_escape(escape: str) -> str:
    if escape.endswith("\n"):
        return ""
    if escape[1:2] == "u" and len(escape) > 2:
        code = int(escape.lstrip("\\u"), 16)
        return chr(code) if not 0xD800 <= code <= 0xDFFF else "\ufffd"
    return _ESCAPES.get(escape[1:2], escape[1:])
