"""The YAML reader of the CLI: ruamel.yaml, safe and pure Python, with the rules of YAML 1.2."""

import re
import warnings
from functools import partial
from typing import TYPE_CHECKING, Any

from ruamel.yaml.composer import ComposerError
from ruamel.yaml.nodes import MappingNode

from sm_lint.sources.reading import UNREAD, Node, ParseError, Problem, Reading
from sm_lint.sources.yaml.nodes import BeyondLimits, loader

if TYPE_CHECKING:
    from sm_lint.sources.yaml.salvage import Left

_MAX_REPAIRS = 10
"""The maximum number of syntax errors that are repaired in a text. Each costs one more reading."""
_MAX_REREAD = 128 * 1024
"""The maximum number of code points that are read again for repairs, in total."""
_MAX_READINGS = 24
"""The maximum number of readings for repairs: a text is read for each repair, and for each block that is left out."""
_VERSION_1_1 = re.compile(r"^%YAML[ \t]+1\.1\b", re.MULTILINE)


def read(text: str, *, widen: bool = True) -> Reading:
    """Return the Reading of a YAML text without a byte-order mark.

    The value is what ruamel.yaml loads. A text that it refuses is read again, its syntax errors reported and repaired.
    `widen` says whether blanks are tried in place of tabs in the indentation.
    """
    problems: list[Problem] = []
    unknown_offsets: list[int] = []
    left_out: list[int] = []
    budget = _MAX_REREAD
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
            return _survey(repaired, yaml, unknown_offsets, problems, left_out)
        budget -= max(len(text), _MAX_REREAD // _MAX_READINGS)
        if len(problems) > _MAX_REPAIRS or budget < 0:
            return Reading(UNREAD, problems)
        if found.repaired is not None:
            repaired = found.repaired
            unknown_offsets += [] if found.unknown_at is None else [found.unknown_at]
            left_out += [found.unknown_at] if found.unknown_at is not None and found.problem.kind == "yaml-tab" else []
            continue
        if widen and found.problem.kind == "yaml-tab" and not (unknown_offsets or left_out):
            reading, budget = _without_tabs(repaired, budget)
            if reading:
                return reading._replace(problems=problems + reading.problems)
        left, budget = _without_block(repaired, _start(error, found), budget)
        if left is None:
            return Reading(UNREAD, problems)
        repaired = left.text
        unknown_offsets += [] if left.unknown_at is None else [left.unknown_at]
        left_out += [left.start] if left.unknown_at is None else []


def _start(error: Exception | None, found: ParseError) -> int:
    """Return where the value with a syntax error begins: a list or an object in brackets may be long."""
    is_flow = "flow" in str(getattr(error, "context", ""))
    mark = getattr(error, "context_mark", None) if is_flow else None
    return mark.index if mark else found.problem.start


def _without_tabs(text: str, budget: int) -> tuple[Reading | None, int]:
    """Return the Reading of a text with tabs in its indentation, if it is certain, and what is left of the budget.

    What has been repaired or left out before is not known to it, and has offsets that would have to be moved.
    """
    from sm_lint.sources.yaml.tabs import READINGS, without_tabs

    cost = READINGS * max(len(text), _MAX_REREAD // _MAX_READINGS)
    return (None, budget) if cost > budget else (without_tabs(text, partial(read, widen=False)), budget - cost)


def _without_block(text: str, at: int, budget: int) -> tuple["Left | None", int]:
    """Return the text without the smallest block around an error that takes it away, and what is left of the budget."""
    from sm_lint.sources.yaml.salvage import without_block

    for left in without_block(text, at):
        budget -= max(len(text), _MAX_REREAD // _MAX_READINGS)
        if budget < 0:
            break
        yaml = loader()
        _, error = _load(yaml, left.text)
        found = _parse_error(left.text, yaml, error)
        if found and not left.start <= found.problem.start < left.end:
            return left, budget  # the next error
        if not found and isinstance(yaml.composer.root, MappingNode):
            return left, budget
    return None, budget


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


def _survey(text: str, yaml: Any, unknown_offsets: list[int], problems: list[Problem], left_out: list[int]) -> Reading:
    from sm_lint.sources.yaml.survey import survey

    reading = survey(text, yaml, unknown_offsets)
    if not problems and not reading.problems:  # ruamel.yaml refuses the text for an unknown reason
        problems = [
            Problem("yaml-syntax", 0, 0, parameters={"found": "ruamel.yaml cannot build a value from the file"})
        ]
    problems = problems + _version_1_1(text, yaml.composer) + reading.problems
    reading = reading._replace(problems=problems, places=partial(_places, text, yaml))
    if not left_out:
        return reading
    from sm_lint.sources.yaml.salvage import doubtful

    collections, scalars = doubtful(_places(text, yaml), left_out)
    return reading._replace(open=frozenset(collections), unknown=(*reading.unknown, *scalars))


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
