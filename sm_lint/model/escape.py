"""Text from a request or a file name, made safe and readable."""

import re
from typing import Any

# Everything that a terminal, a log or a reader's eye could take for something else: control and format characters
# (among them those that turn the direction of writing), odd line breaks, and halves of surrogate pairs.
_UNSAFE = (  # compiled when first used: a clean run has nothing to show
    "[\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_SHORT = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
MAX_SHOWN = 80


def visible(text: str) -> str:
    r"""Return `text` with each character that would not show, or would do something, written as an escape.

    >>> visible("a\x1b[31m\u202eb")
    'a\\x1b[31m\\u202eb'
    """
    return re.sub(_UNSAFE, lambda match: _escape(match[0]), text)


def _escape(character: str) -> str:
    code = ord(character)
    return _SHORT.get(character) or (
        f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
    )


def shown(value: Any) -> str:
    """Return a value as a message shows it: JSON, in one line and cut where it is long."""
    if isinstance(value, (dict, list)) and value:
        kind, unit = ("an object", "members") if isinstance(value, dict) else ("a list", "items")
        return f"{kind} of {len(value)} {unit if len(value) > 1 else unit[:-1] if unit == 'items' else 'member'}"
    from json import dumps  # late: a clean run has nothing to show

    text = dumps(value, ensure_ascii=False, default=str)
    if len(text) > MAX_SHOWN:
        text = f"{text[: MAX_SHOWN - 2]}…" + ('"' if isinstance(value, str) else "")
    return visible(text)


def in_quotes(text: str) -> str:
    """Return a text in double quotes, as JSON and YAML read it back."""
    from json import dumps

    return dumps(text, ensure_ascii=False)
