"""The diagnostics of the JSON report, one a line, for programs that read while we write."""

import json
from typing import Any

from sm_lint.model.report import Report


def render(report: Report) -> str:
    """Return a line of JSON for each diagnostic; nothing where there are none."""
    return "".join(f"{json.dumps(_as_objects(diagnostic))}\n" for diagnostic in report.diagnostics)


def _as_objects(value: Any) -> Any:
    """Return a value with objects for the named tuples in it."""
    if not isinstance(value, tuple):
        return value
    parts = [_as_objects(part) for part in value]
    return dict(zip(value._fields, parts, strict=True)) if hasattr(value, "_fields") else parts
