"""Bases: named minimal requests. A case states only how its request differs from a base."""

import json
import os
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from itertools import chain, pairwise
from typing import Any

from sm_lint.config.rule_files import BASES
from sm_lint.config.toml import table_of
from sm_lint.model import data
from sm_lint.model.nearest import did_you_mean
from sm_lint.model.pointer import steps_of
from sm_lint.model.settings import ConfigError

Bases = dict[str, dict[str, Any]]
_RUN = re.compile(r"<(.)\*([0-9]{1,12})>", re.DOTALL)
"""Matches `<x*1025>`, which stands for 1,025 times `x`, so that a long string does not obscure a case."""
_MOST_TEXT = 32 * 1024 * 1024
"""The maximum number of characters that the cases of a rule file have together."""


class CaseError(ValueError):
    """A case cannot be made from its base. The message begins with the invalid key; `args` are those of all cases."""


def bases_in(folder: str) -> Bases:
    """Return the bases for the rule files in an absolute folder: the built-in ones, overridden by those in the folder.

    Raises ConfigError if a file of bases is invalid.
    """
    return _built_in() if folder == data.RULES else {**_built_in(), **_load(os.path.join(folder, BASES))}


@cache
def _built_in() -> Bases:
    return _load(os.path.join(data.RULES, BASES))


def payload_of(case: dict[str, Any], bases: Bases, most: int = _MOST_TEXT) -> str:
    """Return the request of a case as text: its `payload`, or its base after `remove` and `set`.

    Raises CaseError if the base, or a place in it, does not exist, or if the text has more than `most` characters.

    >>> bases = {"version": {"ModelPackageGroupName": "churn"}}
    >>> payload_of({"base": "version", "set": {"/Tags": [], "/Tags/-": {"Key": "<x*5>"}}}, bases)
    '{"ModelPackageGroupName": "churn", "Tags": [{"Key": "xxxxx"}]}'
    """
    if "base" not in case:
        return str(case["payload"])
    name = case["base"]
    if name not in bases:
        raise CaseError(f"base: unknown base {name!r}{did_you_mean(name, bases)}")
    given = case.get("set", {})
    if sum(_lengths(given)) > most:
        raise CaseError(f"set: too long; the cases of a rule may have {_MOST_TEXT:,} characters together")
    request = deepcopy(bases[name])
    for pointer in case.get("remove", ()):
        try:
            _remove(request, _steps(pointer))
        except LookupError as error:
            raise CaseError(f"remove: {pointer}: {error.args[0]}") from error
    for pointer, value in given.items():
        try:
            _set(request, _steps(_spelled_out(pointer)), _spelled_out(value))
        except LookupError as error:
            raise CaseError(f"set: {pointer}: {error.args[0]}") from error
    try:
        text = json.dumps(request, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise CaseError(f"set: not a value of JSON: {error}") from error
    if len(text) > most:
        raise CaseError(f"base: too long; the cases of a rule may have {_MOST_TEXT:,} characters together")
    return text


def _lengths(value: Any) -> Iterator[int]:
    """Yield the lengths of what `_spelled_out` adds to the strings and keys of a value."""
    if isinstance(value, str):
        yield from (int(match[2]) for match in _RUN.finditer(value))
    elif isinstance(value, (dict, list)):
        parts = chain.from_iterable(value.items()) if isinstance(value, dict) else value
        yield from chain.from_iterable(map(_lengths, parts))


def _spelled_out(value: Any) -> Any:
    """Return a copy of a value in which each `<x*1025>`, in strings and keys, is replaced by 1,025 times `x`."""
    if isinstance(value, str):
        return _RUN.sub(lambda match: match[1] * int(match[2]), value)
    if isinstance(value, dict):
        return {_spelled_out(key): _spelled_out(child) for key, child in value.items()}
    return [_spelled_out(item) for item in value] if isinstance(value, list) else value


def written_out(
    path: str, table: dict[str, Any], bases_of: Callable[[str], Bases] = bases_in
) -> dict[str, list[dict[str, Any]]]:
    """Return the `invalid` and `valid` cases of a rule file with a `payload` in place of `base`, `remove` and `set`.

    `bases_of(folder)` returns the bases for the rule files in an absolute folder. Raises CaseError if a case does not
    fit its base, and ConfigError if a file of bases is invalid.
    """
    written: dict[str, list[dict[str, Any]]] = {kind: list(table[kind]) for kind in ("invalid", "valid")}
    if not any("base" in case for cases in written.values() for case in cases):
        return written  # do not read the bases unless a case uses them
    known = bases_of(os.path.dirname(os.path.abspath(path)))
    left = _MOST_TEXT
    errors = []
    for kind, cases in written.items():
        for number, case in enumerate(cases):
            try:
                cases[number] = _written_out(case, known, left)
            except CaseError as error:
                errors.append(f"{kind}[{number}].{error}")
            left -= len(cases[number].get("payload", ""))
    if errors:
        raise CaseError(*errors)
    return written


def _written_out(case: dict[str, Any], known: Bases, most: int) -> dict[str, Any]:
    if "base" not in case:
        return case
    kept = {key: value for key, value in case.items() if key not in ("base", "remove", "set")}
    return {"payload": payload_of(case, known, most), **kept}


def _load(path: str) -> Bases:
    if not os.path.lexists(path):
        return {}
    table = table_of(path)
    for name, base in table.items():
        if not isinstance(base, dict):
            raise ConfigError(f"{path}: {name}: expected a table with the members of a request")
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
            if re.fullmatch(r"-|[0-9]+", following):
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
    """Return the key or index for a step into `value`. Raises LookupError if it does not exist."""
    if isinstance(value, dict):
        if step not in value:
            raise LookupError(f"missing {step!r}{did_you_mean(step, value)}")
        return step
    if isinstance(value, list):
        if not re.fullmatch(r"0|[1-9][0-9]{0,8}", step) or int(step) >= len(value):
            raise LookupError(f"missing item {step}; the list has {len(value)}")
        return int(step)
    raise LookupError(f"missing {step!r}: the value is neither an object nor a list")
