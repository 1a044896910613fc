"""The YAML reader of the CLI: ruamel.yaml, safe and pure Python, with the rules of YAML 1.2."""

import re
import warnings
from functools import partial
from typing import Any

from ruamel.yaml.composer import ComposerError

from sm_lint.sources.reading import UNREAD, Node, ParseError, Problem, Reading
from sm_lint.sources.yaml.nodes import BeyondLimits, loader

_MAX_REPAIRS = 10
"""The maximum number of syntax errors that are repaired in a text. Each costs one more reading."""
_MAX_REREAD = 128 * 1024
"""The maximum number of code points that are read again for repairs, in total."""
_VERSION_1_1 = re.compile(r"^%YAML[ \t]+1\.1\b", re.MULTILINE)


def read(text: str) -> Reading:
    """Return the Reading of a YAML text without a byte-order mark.

    The value is what ruamel.yaml loads. A text that it refuses is read again, its syntax errors reported and repaired.
    """
    problems: list[Problem] = []
    unknown_offsets: list[int] = []
    repaired = text
    while True:
        yaml = loader()
        value, error = _load(yaml, repaired)
        if isinstance(error, BeyondLimits):
            return Reading(UNREAD, [*problems, error.problem])
        if error is None and not problems and not yaml.composer.problems:
            version = _version_1_1(text, yaml.composer)
            # A lone surrogate passes every type check. jsonschema-rs refuses all other values that JSON lacks.
            is_json = "\\u" not in text and "\\U" not in text
            return Reading(value, version, is_json, partial(_places, repaired, yaml))
        found = _parse_error(repaired, yaml, error)
        problems += [found.problem] if found else []
        if not found or isinstance(error, ComposerError):  # the first of several documents is complete
            return _survey(repaired, yaml, unknown_offsets, problems)
        too_much = len(problems) > _MAX_REPAIRS or len(problems) * len(text) > _MAX_REREAD
        if found.repaired is None or too_much:
            return Reading(UNREAD, problems)
        repaired = found.repaired
        unknown_offsets += [] if found.unknown_at is None else [found.unknown_at]


def _load(yaml: Any, text: str) -> tuple[Any, Exception | None]:
    """Return the value of a text, or the exception with which the CLI would fail."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about numbers in YAML 1.1, which do not matter here
        try:
            return yaml.load(text), None
        except Exception as error:  # noqa: BLE001 - its constructors may raise anything
            return None, error


def _parse_error(text: str, yaml: Any, error: Exception | None) -> ParseError | None:
    """Return the syntax error; None if the text could be composed, but not all of its values constructed."""
    if error is None or yaml.composer.is_whole:
        return None
    from sm_lint.sources.yaml.syntax_errors import parse_error

    return parse_error(text, error)


def _survey(text: str, yaml: Any, unknown_offsets: list[int], problems: list[Problem]) -> Reading:
    from sm_lint.sources.yaml.survey import survey

    reading = survey(text, yaml, unknown_offsets)
    if not problems and not reading.problems:  # ruamel.yaml refuses the text for an unknown reason
        problems = [
            Problem("yaml-syntax", 0, 0, parameters={"found": "ruamel.yaml cannot build a value from the file"})
        ]
    problems = problems + _version_1_1(text, yaml.composer) + reading.problems
    return reading._replace(problems=problems, places=partial(_places, text, yaml))


def _version_1_1(text: str, composition: Any) -> list[Problem]:
    directive = _VERSION_1_1.search(text) if composition.version == (1, 1) else None
    return [Problem("yaml-1-1", *directive.span())] if directive else []


def _places(text: str, yaml: Any) -> Node:
    from sm_lint.sources.yaml.places import tree

    yaml.composer.restore()
    return tree(text, yaml.composer.root, yaml.composer.aliases, partial(_key, yaml.constructor))


def _key(constructor: Any, node: Any) -> Any:
    if node.tag == "tag:yaml.org,2002:str":
        return node.value
    try:
        key = constructor.construct_object(node, deep=True)
    except Exception:  # noqa: BLE001 - its constructors may raise anything; such a key has been reported
        return str(node.value)
    return tuple(key) if isinstance(key, list) else key
