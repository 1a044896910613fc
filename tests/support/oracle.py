"""What the CLI reads from a file, by the functions that it calls itself, and how a reading is compared with it."""

import json
import math
import warnings
from typing import Any

from ruamel.yaml import YAML

from sm_lint.model.settings import DEFAULTS
from sm_lint.sources import document
from tests.support.linting import lint

REFUSAL = object()
# Found, and the CLI's value stands nevertheless.
LENIENT = {"json-repeated-key", "yaml-1-1"}
# Refused by sm-lint alone: no request comes near.
LIMITS = {"too-deep", "too-many-values", "yaml-self-reference"}


def cli_yaml(data: bytes) -> Any:
    """Return the value of a YAML file, or REFUSAL."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return YAML(typ="safe", pure=True).load(data.removeprefix(b"\xef\xbb\xbf").decode())
        except Exception:  # noqa: BLE001 - the CLI stops, whatever it is
            return REFUSAL


def cli_json(data: bytes) -> Any:
    """Return the value of a JSON file, or REFUSAL."""
    try:
        return json.loads(data.decode())
    except (ValueError, RecursionError):
        return REFUSAL


def _same(one: Any, other: Any) -> bool:
    """Say whether two values are equal with their types; NaN is NaN."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return len(one) == len(other) and all(_same(*pair) for pair in zip(one.items(), other.items(), strict=True))
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(_same(*pair) for pair in zip(one, other, strict=True))
    if isinstance(one, float) and math.isnan(one):
        return math.isnan(other)
    return bool(one == other)


def compare(name: str, data: bytes) -> None:
    """Read and lint the bytes of a file; fail where it is not what the CLI reads, or a place is nowhere."""
    read = document.read(name, data)
    expected = cli_json(data) if read.syntax == "json" else cli_yaml(data)
    kinds = {problem.kind for problem in read.problems} - LENIENT
    if not kinds & LIMITS:
        assert bool(kinds) == (expected is REFUSAL), f"{kinds or 'read'}, and the CLI has {expected!r}"
    if expected is not REFUSAL and not kinds:
        assert _same(read.value, expected)
    for problem in read.problems:
        assert 0 <= problem.start <= problem.end <= len(read.text)
    for diagnostic in lint(read, DEFAULTS):
        assert diagnostic.message
        for span in (diagnostic.range, *(related.range for related in diagnostic.related)):
            assert 0 <= span.start.offset <= span.end.offset <= len(read.text)
