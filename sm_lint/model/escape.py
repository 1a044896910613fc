"""Escaping of text from requests and file names, so that it is readable and safe to print."""

import re
from typing import Any

# Characters that a terminal, a log or a reader could misinterpret: control and format characters (including those
# that change the writing direction), unusual line breaks, and lone surrogates.
_UNSAFE = (  # compiled on first use: a clean run shows no values
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]|#(?=#\\[)"
)  # and `##[`, which older runners of GitHub take for the beginning of a command anywhere in a line
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
MAX_SHOWN = 80
MAX_IN_MESSAGE = 1024
"""The maximum length of a name in a message, in code points. No name or key that AWS accepts is longer."""
_MAX_LINE = 1000


def visible(text: str) -> str:
    r"""Return `text` with control characters and invisible characters written as escapes.

    >>> visible("a\x1b[31m\u202eb")
    'a\\x1b[31m\\u202eb'
    >>> visible("a##[error]b")
    'a\\x23#[error]b'
    """
    if is_visible(text):
        return text
    return re.sub(_UNSAFE, lambda match: _escape(match[0]), text)


def is_visible(text: str) -> bool:
    """Return whether a text is surely printed as it is: no printable character is escaped, but for one in `##[`."""
    return text.isprintable() and "##[" not in text


def visible_characters(text: str) -> list[str]:
    r"""Return what `visible` writes for each code point of a text.

    >>> visible_characters("a\u200bb")
    ['a', '\\u200b', 'b']
    """
    written = list(text)
    for match in re.finditer(_UNSAFE, text):
        written[match.start()] = _escape(match[0])
    return written


def one_line(text: str) -> str:
    r"""Return `text` as one line that is safe to print; of more than 1,000 code points, the middle is left out.

    >>> one_line("a\n\x1b[31mb")
    'a\\n\\x1b[31mb'
    """
    if len(text) > _MAX_LINE:
        text = f"{text[: _MAX_LINE // 2]} … {text[-_MAX_LINE // 2 :]}"
    return visible(text)


def uncommanding(text: str) -> str:
    r"""Return a text of several lines without any that begins with two colons, which GitHub takes for a command.

    >>> uncommanding("a::b\n ::error::c")
    'a::b\n \\x3a:error::c'
    """
    return re.sub("^([^\\S\n]*):(?=:)", r"\1\\x3a", text, flags=re.MULTILINE) if "::" in text else text


def _escape(character: str) -> str:
    code = ord(character)
    return _SHORT.get(character) or (
        f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    )


def shown(value: Any) -> str:
    """Return a value as messages show it: JSON truncated to MAX_SHOWN code points, or the size of a collection.

    >>> shown("x"), shown([1]), shown(16**4000)
    ('"x"', 'a list of 1 item', 'a number of more than 4,300 digits')
    """
    if isinstance(value, (dict, list)) and value:
        kind, unit = ("an object", "members") if isinstance(value, dict) else ("a list", "items")
        return f"{kind} of {len(value)} {unit if len(value) > 1 else unit[:-1] if unit == 'items' else 'member'}"
    # More than MAX_SHOWN characters are not shown, so they are not escaped, either.
    try:
        text = as_json(value[:MAX_SHOWN] if isinstance(value, str) else value)
    except ValueError:  # Python converts no integer of more digits
        return "a number of more than 4,300 digits"
    if len(text) > MAX_SHOWN:
        text = f"{text[: MAX_SHOWN - 2]}…" + ('"' if isinstance(value, str) else "")
    return visible(text)


def cut(text: str) -> str:
    """Return a name or a phrase as messages contain it: at most MAX_IN_MESSAGE code points, then an ellipsis.

    >>> len(cut("x" * 5000))
    1024
    """
    return text if len(text) <= MAX_IN_MESSAGE else f"{text[: MAX_IN_MESSAGE - 1]}…"


def as_json(value: Any) -> str:
    """Return a value as JSON on one line, other objects as the string that `str` makes of them.

    A string is valid in YAML, too. Raises ValueError for an integer with more digits than Python converts.
    """
    # Of a subclass, a program's own methods would be called.
    if type(value) is str and value.isascii() and value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'
    from json import dumps  # imported lazily: it takes 2 % of a short run, and most values are plain text

    return dumps(value, ensure_ascii=False, default=str)
