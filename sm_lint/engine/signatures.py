"""The signatures of the checks, derived from the annotations of their functions."""

import inspect
import os
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Annotated, Any, get_args, get_origin

from sm_lint import checks
from sm_lint.model import data
from sm_lint.rules.rule_file import Parameter, Signature
from sm_lint.rules.shapes import OPERATION

_NOT_EMBEDDED = {OPERATION, "config", "report", "rule"}
"""The schemas of the request, and of what sm-lint itself reads and writes: not of JSON in a string."""


@cache
def signatures() -> dict[str, Signature]:
    """Return the signature of each check by name."""
    return {module.name: _signature(module.name) for module in iter_modules(checks.__path__)}


def _signature(name: str) -> Signature:
    module = import_module(f"sm_lint.checks.{name}")
    given = inspect.signature(module.find).parameters.values()
    parameters = {one.name: _parameter(one) for one in given if one.kind is one.KEYWORD_ONLY}
    return Signature(parameters, getattr(module, "KINDS", ()))


def _parameter(parameter: inspect.Parameter) -> Parameter:
    annotation: Any = parameter.annotation
    marks = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    of = get_args(annotation)[0] if marks else annotation
    is_required = parameter.default is parameter.empty
    if checks.SCHEMA in marks:
        ending = ".schema.json"
        names = {name.removesuffix(ending) for name in os.listdir(data.SCHEMAS) if name.endswith(ending)}
        return Parameter(str, is_required, is_place=False, choices=tuple(sorted(names - _NOT_EMBEDDED)))
    return Parameter(
        of, is_required, is_place=checks.PLACES in marks or checks.CONTEXT in marks, is_context=checks.CONTEXT in marks
    )
