"""The diagnostics of the JSON report, one per line, for programs that process them as a stream."""

import json
from typing import Any

from sm_lint.model.report import Report


def render(report: Report) -> str:
    """Return one line of JSON per diagnostic; the empty string if there are none."""
    return "".join(map(line, report.diagnostics))


def line(value: tuple[Any, ...]) -> str:
    """Return a named tuple as a line of JSON in ASCII. Named tuples in it are objects."""
    return f"{json.dumps(_as_objects(value))}\n"


def _as_objects(value: Any) -> Any:
    """Return a value with its named tuples converted to dicts."""
    if not isinstance(value, tuple):
        return value
    parts = [_as_objects(part) for part in value]
    return dict(zip(value._fields, parts, strict=True)) if hasattr(value, "_fields") else parts
