"""YAML as the CLI reads it: by libyaml if it certainly agrees with the CLI's ruamel.yaml, else by ruamel.yaml."""

import re
from collections.abc import Iterator

from sm_lint.sources.limits import MAX_BYTES
from sm_lint.sources.reading import UNREAD, Reading, too_large

__all__ = ["read", "read_surely", "root_keys"]

try:
    from sm_lint.sources.yaml.libyaml import read as read_surely
except ImportError:  # PyYAML was built without libyaml

    def read_surely(data: bytes, text: str) -> Reading | None:  # noqa: ARG001
        """Return None: every text is left to ruamel.yaml."""
        return None


# Blanks before the colon of a plain key are part of the match: to try each of them as its end would be quadratic.
_KEY_AT_COLUMN_1 = re.compile(
    r"""^(?:"([^"\r\n]*)"[ \t]*|'([^'\r\n]*)'[ \t]*|([^\s"'#&*!|>%@`{}\[\],?-][^\r\n:]*)):(?=\s|$)""", re.MULTILINE
)


def read(data: bytes, text: str, placeholders: tuple[str, ...] = ()) -> Reading:  # noqa: ARG001
    """Return the Reading of a YAML text; `data` is its UTF-8 without a byte-order mark, `text` the same decoded.

    The `placeholders` play no part: where JSON needs quotes, YAML has a string.
    """
    reading = read_surely(data, text)
    if reading is None and len(data) > MAX_BYTES["yaml"]:
        found = "only a shorter one may have tabs, anchors, tags, dates, syntax errors or other YAML that is rare"
        return Reading(UNREAD, [too_large(MAX_BYTES["yaml"], found)])
    if reading is None:
        from sm_lint.sources.yaml import ruamel as yaml_ruamel

        reading = yaml_ruamel.read(text)
    return reading


def root_keys(text: str) -> Iterator[str]:
    """Yield the keys at column 1 of a text that may be invalid YAML."""
    for match in _KEY_AT_COLUMN_1.finditer(text):
        double, single, plain = match.groups()
        key = double or single or (plain or "").rstrip(" \t")
        if key:
            yield key
