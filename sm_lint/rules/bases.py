"""Bases of cases: minimal requests by name, from which a case says only how its own request differs."""

import json
import os
import re
from copy import deepcopy
from functools import cache
from itertools import pairwise
from typing import Any

from sm_lint.config.rule_files import BASES
from sm_lint.model import data
from sm_lint.model.nearest import did_you_mean
from sm_lint.model.pointer import steps_of

Bases = dict[str, dict[str, Any]]


class BasesError(ValueError):
    """A file of bases is wrong; the text says which, and what to write."""


class CaseError(ValueError):
    """A case cannot be made from its base; the text begins with the key that is wrong."""


def beside(path: str) -> Bases:
    """Return the bases that a rule file may use: the built-in ones, and over them those of its own folder.

    Raises BasesError where a file of bases is wrong.
    """
    folder = os.path.dirname(os.path.abspath(path))
    return _built_in() if folder == data.RULES else {**_built_in(), **_load(os.path.join(folder, BASES))}


@cache
def _built_in() -> Bases:
    return _load(os.path.join(data.RULES, BASES))


def payload_of(case: dict[str, Any], bases: Bases) -> str:
    """Return the text of a case: its `payload`, or its base without what it removes and with what it sets.

    Raises CaseError where there is no such base, or no such place in it.

    >>> bases = {"version": {"ModelPackageGroupName": "churn"}}
    >>> payload_of({"base": "version", "set": {"/Tags": [], "/Tags/-": {"Key": "team"}}}, bases)
    '{"ModelPackageGroupName": "churn", "Tags": [{"Key": "team"}]}'
    """
    if "base" not in case:
        return str(case["payload"])
    name = case["base"]
    if name not in bases:
        raise CaseError(f"base: unknown base {name!r}{did_you_mean(name, bases)}")
    request = deepcopy(bases[name])
    for pointer in case.get("remove", ()):
        try:
            _remove(request, _steps(pointer))
        except LookupError as error:
            raise CaseError(f"remove: {pointer}: {error.args[0]}") from error
    for pointer, value in case.get("set", {}).items():
        try:
            _set(request, _steps(pointer), deepcopy(value))
        except LookupError as error:
            raise CaseError(f"set: {pointer}: {error.args[0]}") from error
    try:
        return json.dumps(request, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise CaseError(f"set: not a value of JSON: {error}") from error


def written_out(path: str, table: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the `invalid` and `valid` cases of a rule file with payloads in place of bases and differences.

    Raises CaseError where a case does not fit its base, and BasesError as `beside`.
    """
    written: dict[str, list[dict[str, Any]]] = {kind: list(table[kind]) for kind in ("invalid", "valid")}
    if not any("base" in case for cases in written.values() for case in cases):
        return written  # who has no use for bases does not wait for them
    known = beside(path)
    for kind, cases in written.items():
        for number, case in enumerate(cases):
            try:
                cases[number] = _written_out(case, known)
            except CaseError as error:
                raise CaseError(f"{kind}[{number}].{error}") from error
    return written


def _written_out(case: dict[str, Any], known: Bases) -> dict[str, Any]:
    if "base" not in case:
        return case
    kept = {key: value for key, value in case.items() if key not in ("base", "remove", "set")}
    return {"payload": payload_of(case, known), **kept}


def _load(path: str) -> Bases:
    import tomli

    try:
        with open(path, "rb") as file:
            table = tomli.load(file)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BasesError(f"{path}: {error.strerror}") from error
    except (tomli.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BasesError(f"{path}: invalid TOML: {error}") from error
    for name, base in table.items():
        if not isinstance(base, dict):
            raise BasesError(f"{path}: {name}: expected a table with the members of a request")
    return table


def _steps(pointer: str) -> list[str]:
    """Return the steps of a JSON pointer (RFC 6901)."""
    if not pointer.startswith("/"):
        raise LookupError("expected a JSON pointer, which begins with a slash")
    return list(steps_of(pointer))


def _remove(value: Any, steps: list[str]) -> None:
    for step in steps[:-1]:
        value = value[_known(value, step)]
    del value[_known(value, steps[-1])]


def _set(value: Any, steps: list[str], new: Any) -> None:
    for step, following in pairwise(steps):
        if isinstance(value, dict) and step not in value:
            if re.fullmatch(r"-|\d+", following):
                raise LookupError(f"missing list {step!r}; set it as a whole")
            value[step] = {}
        value = value[_known(value, step)]
    last = steps[-1]
    if isinstance(value, list) and last in ("-", str(len(value))):
        value.append(new)
    elif isinstance(value, dict):
        value[last] = new
    else:
        value[_known(value, last)] = new


def _known(value: Any, step: str) -> Any:
    """Return the key or index that a step is in a value. Raises LookupError where there is none."""
    if isinstance(value, dict):
        if step not in value:
            raise LookupError(f"missing {step!r}{did_you_mean(step, value)}")
        return step
    if isinstance(value, list):
        if not re.fullmatch(r"0|[1-9]\d*", step) or int(step) >= len(value):
            raise LookupError(f"missing item {step}; the list has {len(value)}")
        return int(step)
    raise LookupError(f"missing {step!r}: the value is neither an object nor a list")
