"""A fast reader of YAML: libyaml, for texts on which it certainly agrees with ruamel.yaml.

libyaml reads YAML 1.1, the CLI's ruamel.yaml reads YAML 1.2, and each has quirks of its own. A text is read here only
if both read all of it alike: one document of lists and mappings with string keys and unambiguous scalars. All other
texts, and those that libyaml refuses, are left to ruamel.yaml, which is many times slower.
tests/unit/sources/yaml/test_libyaml.py compares the two.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import Any

from sm_lint.model.validator import search
from sm_lint.sources.limits import MAX_VALUES, USUAL_DEPTH
from sm_lint.sources.reading import Node, Reading
from sm_lint.sources.yaml import pyyaml

pyyaml.imported()  # before anything of it is
from yaml import CBaseLoader, YAMLError, compose  # noqa: E402
from yaml._yaml import CParser, get_version  # noqa: E402
from yaml.events import (  # noqa: E402
    DocumentStartEvent,
    MappingEndEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

if get_version() < (0, 2, 5):
    raise ImportError("libyaml is too old: it reads some question marks otherwise than ruamel.yaml")
_is_unsure = search(
    "[^\n\r -~\xa0-\u2027\u202a-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]|\r[^\n]|\r$"
    r"|[|>][-+0-9]* *#|\\[uU]"
)
"""Returns whether a text has a tab, a character that one of them refuses or reads as a line break, a comment after a
block indicator, or an escape that may be a lone surrogate. Python's own search would be the half of reading a text."""
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]{0,9})\.[0-9]{1,9}\Z")
_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+\Z")
_UNSURE_STARTS = "-+.0123456789<="
"""How scalars begin that the next pattern matches. It is not tried on others."""
_UNSURE_SCALAR = re.compile(r"[-+.0-9][-+.:_ 0-9eEtTzZ]*\Z|[-+]?0[bBoOxX]|[-+]?\.[iInN]|<<\Z|=\Z")
"""Matches a scalar that may be a number or a date, the merge key `<<` and the default key `=`."""
_LONGEST_KEY = 1000
"""The maximum length of a key in code points. The limit of both is 1,024 characters, but they count differently."""


class _Unsure(Exception):  # noqa: N818 - the text may be valid
    """The text is left to ruamel.yaml."""


def read(data: bytes, text: str) -> Reading | None:
    """Return the Reading of a YAML text, given as UTF-8 and decoded; None if it is left to ruamel.yaml."""
    if _is_unsure(text):
        return None
    events: Iterator[Any] = islice(iter(CParser(data).get_event, None), MAX_VALUES)  # one for each key and value
    try:
        _, start = next(events), next(events)
        if type(start) is not DocumentStartEvent or start.version or start.tags:
            return None
        value = _value(next(events), events, text, 0)
        end, rest = next(events), list(events)
    except (_Unsure, StopIteration, YAMLError):
        return None
    if end.explicit or [type(event) for event in rest] != [StreamEndEvent]:
        return None
    return Reading(value, [], is_json=True, places=partial(_places, text))


def _places(text: str) -> Node:
    from sm_lint.sources.yaml.places import tree  # imported lazily: most texts are clean and need no positions

    return tree(text, compose(text, Loader=CBaseLoader))


def _value(event: Any, events: Iterator[Any], text: str, level: int) -> Any:
    """Return the value that begins with `event`, `level` levels below the root. Raises _Unsure."""
    kind = type(event)
    if kind is ScalarEvent:
        return _scalar(event)
    if event.anchor or event.tag or level >= USUAL_DEPTH:
        raise _Unsure
    if event.flow_style and text[event.start_mark.index] not in "[{":  # `[a: b]`, and `[? a: b]`
        raise _Unsure
    return (_items if kind is SequenceStartEvent else _members)(events, text, level + 1)


def _items(events: Iterator[Any], text: str, level: int) -> list[Any]:
    items: list[Any] = []
    for event in events:
        kind = type(event)
        if kind is SequenceEndEvent:
            return items
        items.append(_scalar(event) if kind is ScalarEvent else _value(event, events, text, level))
    raise _Unsure


def _members(events: Iterator[Any], text: str, level: int) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for event in events:
        if type(event) is MappingEndEvent:
            return members
        key = _key(event)
        if key in members:
            raise _Unsure
        value = next(events)
        members[key] = _scalar(value) if type(value) is ScalarEvent else _value(value, events, text, level)
    raise _Unsure


def _key(event: Any) -> str:
    """Return the key of an event. Raises _Unsure if it is not a short string on one line."""
    key = _scalar(event) if type(event) is ScalarEvent else None
    if type(key) is not str:
        raise _Unsure
    if event.style or len(key) > _LONGEST_KEY or not key.isidentifier():  # a word stands on one line
        start, end = event.start_mark, event.end_mark
        if start.line != end.line or end.column - start.column > _LONGEST_KEY:
            raise _Unsure
    return key


def _scalar(event: Any) -> Any:
    """Return the value of a scalar, which is a string if it is quoted or a block. Raises _Unsure."""
    text, style = event.value, event.style
    if event.anchor or event.tag:
        raise _Unsure
    if style:
        if style in ("|", ">") and (text[:1] in ("", "\n") or not text.strip()):
            raise _Unsure
        return text
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _UNSURE_STARTS or not _UNSURE_SCALAR.match(text) or _VERSION.match(text):
        return text
    if _INTEGER.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    raise _Unsure
