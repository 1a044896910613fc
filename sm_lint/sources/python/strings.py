"""The parts of string literals: what each character of the value is written as."""

import re
from collections.abc import Iterator

_PREFIX = r"([A-Za-z]{0,2})"
STRING = (
    rf"{_PREFIX}(?:"
    r"\"\"\"(?:[^\"\\]|\\[\s\S]|\"(?!\"\"))*\"\"\"|'''(?:[^'\\]|\\[\s\S]|'(?!''))*'''"
    r"|\"(?:[^\"\\\r\n]|\\(?:\r\n|[\s\S]))*\"|'(?:[^'\\\r\n]|\\(?:\r\n|[\s\S]))*')"
)
"""Matches a string literal; its group is the prefix."""
_LITERAL = re.compile(STRING)
_BETWEEN = re.compile(r"(?:[ \t\f\r\n]|#[^\r\n]*|\\\r?\n)*")
_ESCAPED = re.compile(
    r"\\(?:N\{[^{}]*\}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[0-7]{1,3}|\r\n|[\s\S])|\r\n?|[^\\\r]+"
)
_RAW = re.compile(r"\r\n?|[^\r]+")
_SIMPLE = {
    "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
    "\n": "", "\r": "", "\r\n": "",
}  # fmt: skip


def pieces(source: str) -> Iterator[tuple[str, int, int]]:
    """Yield `(text, start, end)` for each part of a string: its characters, and the offsets where they are written.

    `source` is one literal, or several next to each other. What is written in another way has no parts.
    """
    at = 0
    while at < len(source):
        literal = _LITERAL.match(source, at)
        if literal is None or set(literal[1].lower()) - set("ru"):
            return
        quote = 3 if source.startswith(('"""', "'''"), literal.end(1)) else 1
        is_raw = "r" in literal[1].lower()
        for match in (_RAW if is_raw else _ESCAPED).finditer(source, literal.end(1) + quote, literal.end() - quote):
            yield _decoded(match[0], is_raw=is_raw), *match.span()
        between = _BETWEEN.match(source, literal.end())
        at = between.end() if between else len(source)


def _decoded(text: str, *, is_raw: bool) -> str:
    if text[0] == "\r":
        return "\n"
    if text[0] != "\\" or is_raw:
        return text
    code = text[1:]
    if code in _SIMPLE:
        return _SIMPLE[code]
    if code[0] in "xuU":
        return chr(int(code[1:], 16)) if len(code) > 1 and int(code[1:], 16) <= 0x10FFFF else text
    if code[0] == "N" and len(code) > 1:
        import unicodedata

        return unicodedata.lookup(code[2:-1])
    return chr(int(code, 8)) if code[0] in "01234567" else text
