"""The scripts in a Terraform file: here-documents, and the strings of `command`.

Source: "Strings and Templates" of the documentation of Terraform. `${…}` and `%{…}` are Terraform's, also within the
single quotes of the shell; `$${` and `%%{` stand for themselves. In a here-document, a backslash escapes nothing.
A provisioner with an `interpreter` that is no shell is passed over.
"""

import re
from bisect import bisect
from collections.abc import Iterator

from sm_lint.sources.shell.hosts.braces import end_of
from sm_lint.sources.shell.hosts.comments import is_comment
from sm_lint.sources.shell.mapped import Builder, Mapped, whole

_BEGIN = re.compile(r"<<-?([A-Za-z_]\w*)[ \t]*\r?\n|\bcommand[ \t]*=[ \t]*\"")
_TOKEN = re.compile(r"[^$%\\\"\n]+|\$\$\{|%%\{|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}|\\[^\n]|[\s\S]")
_LINE = re.compile(r"([ \t]*)([^\n]*\n?)")
_BLOCK = re.compile(r"^[ \t]*(?:provisioner|resource|data|locals|module|output|variable)\b", re.MULTILINE)
_INTERPRETER = re.compile(r"\binterpreter[ \t]*=[ \t]*\[([^\]\n]{0,500})\]")
_SHELL = re.compile(r"\b(?:ba|z|k|da|a)?sh\b(?!\.)")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def in_terraform(text: str) -> Iterator[Mapped]:
    """Yield here-documents and the strings of `command`, as the shell gets them."""
    source = whole(text)
    blocks = [block.start() for block in _BLOCK.finditer(text)]
    others = {bisect(blocks, found.start()) for found in _INTERPRETER.finditer(text) if not _SHELL.search(found[1])}
    at = 0
    while begin := _BEGIN.search(text, at):
        if is_comment(text, begin.start()) or bisect(blocks, begin.start()) in others:
            at = begin.end()
        elif begin[1]:
            last = re.compile(rf"^[ \t]*{re.escape(begin[1])}[ \t]*\r?$", re.MULTILINE).search(text, begin.end())
            if last is None:
                return
            script, _ = _decoded(source, begin.end(), last.start(), in_quotes=False)
            yield _without_indent(script) if begin[0].startswith("<<-") else script
            at = last.end()
        else:
            script, at = _decoded(source, begin.end(), len(text), in_quotes=True)
            if text.startswith('"', at - 1):
                yield script


def _decoded(source: Mapped, at: int, end: int, *, in_quotes: bool) -> tuple[Mapped, int]:
    """Return the template between two offsets, or in quotes up to the closing one, and the offset behind it."""
    out = Builder(source)
    text = source.text
    while at < end and (token := _TOKEN.match(text, at, end)):
        following = token.end()
        if token[0] in {"$${", "%%{"}:
            out.stand(token[0][1:], at, following)
        elif text.startswith(("${", "%{"), at):
            following = end_of(text, at + 1, end) or end
            out.unknown(at, following)
        elif in_quotes and token[0] in {'"', "\n"}:
            return out.mapped(), following
        elif in_quotes and token[0][0] == "\\" and following > at + 1:
            out.stand(_of_escape(token[0]), at, following)
        else:
            out.copy(at, following)
        at = following
    return out.mapped(), at


def _without_indent(script: Mapped) -> Mapped:
    """Return a script without the blanks that all of its lines begin with."""
    indents = [len(line[1]) for line in _LINE.finditer(script.text) if line[2].strip()]
    indent, out = min(indents, default=0), Builder(script)
    for line in _LINE.finditer(script.text):
        out.copy(min(line.start() + indent, line.end(1)), line.end())
    return out.mapped()


def _of_escape(escape: str) -> str:
    if escape[1] in "uU" and len(escape) > 2:
        code = int(escape.lstrip("\\uU"), 16)
        return chr(code) if code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else "\ufffd"
    return _ESCAPES.get(escape[1], escape[1])
