"""A request that moves into a command or into a call in Python keeps its findings, at the same characters."""

import json
import re
from ast import literal_eval
from collections.abc import Callable
from pprint import pformat
from typing import Any

import pytest

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.pointer import steps_of, to_json_pointer
from sm_lint.requests.snake_case import snake_case
from sm_lint.sources import document
from tests.promises.test_carriers import cases, marked, profile
from tests.support.linting import RULES, lint

pytestmark = pytest.mark.slow

_MEMBERS = RULES.shapes.members


def option(member: str) -> str:
    """Return the option of a member."""
    return "--" + snake_case(member).replace("_", "-")


def quoted(word: str) -> str:
    """Return a word in single quotes."""
    return "'" + word.replace("'", "'\\''") + "'"


def as_command(request: dict[str, Any]) -> str | None:
    """Return the command that sends a request; None if an option has no form for one of its values."""
    words = ["aws sagemaker create-model-package"]
    for member, value in request.items():
        kind = RULES.shapes.of_member(RULES.shapes.root, member).type
        if member not in _MEMBERS or not isinstance(value, _TYPES[kind]) or value == []:
            return None
        if isinstance(value, bool):
            words.append(option(member) if value else option(member).replace("--", "--no-", 1))
            continue
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        if re.match(r"-|fileb?://", text) or "\0" in text or re.search(r"\$\w|\$\{", text):
            return None  # a variable in single quotes is a finding of its own
        words.append(f"{option(member)} {quoted(text)}")
    return " \\\n  ".join(words) + "\n"


_FLAGS = {"--certify-for-marketplace": True, "--no-certify-for-marketplace": False}
_TYPES: dict[str | None, type] = {"string": str, "array": list, "object": dict, "boolean": bool}


def as_call(request: dict[str, Any]) -> str | None:
    """Return the Python code that sends a request."""
    if any(not str(member).isidentifier() for member in request):
        return None
    arguments = [f"    {member}={pformat(value, sort_dicts=False)},\n" for member, value in request.items()]
    return f"import boto3\n\nboto3.client('sagemaker').create_model_package(\n{''.join(arguments)})\n"


def _in_a_command(found: Diagnostic) -> tuple[str, str, str | None]:
    first, *others = *steps_of(found.pointer), ""
    pointer = to_json_pointer((option(first), *others[:-1])) if first in _MEMBERS else found.pointer
    return found.code, pointer, found.inner_pointer


def _in_a_call(found: Diagnostic) -> tuple[str, str, str | None]:
    return found.code, found.pointer, found.inner_pointer


_WAYS: dict[str, tuple[str, Callable[[dict[str, Any]], str | None], Callable[[Diagnostic], Any]]] = {
    "command": ("register.sh", as_command, _in_a_command),
    "python": ("register.py", as_call, _in_a_call),
}


@pytest.mark.parametrize("carrier", _WAYS)
def test_a_request_has_the_same_findings_in_code(carrier: str) -> None:
    name, written, moved = _WAYS[carrier]
    about = profile(carrier)
    checked = 0
    for case, request in cases():
        text = None if case.settings().given else written(request)
        if text is None:
            continue
        plain = document.read("request.json", json.dumps(request, indent=2, ensure_ascii=False).encode())
        expected = {moved(d): d for d in lint(plain, case.settings()) if about.applies(d.code)}
        carried = document.read(name, text.encode())
        found = {(d.code, d.pointer, d.inner_pointer): d for d in lint(carried, case.settings())}
        assert set(found) == set(expected), (case.rule.code, case.number, text)
        for place, diagnostic in found.items():
            if expected[place].pointer and place[2] is None:
                assert _read(marked(carried, diagnostic)) == _read(marked(plain, expected[place])), diagnostic
        checked += len(found)
    assert checked > 100


def _read(text: str) -> Any:
    """Return what the characters that a finding marks stand for: a value, the name of a member or a word."""
    if text in _FLAGS:
        return _FLAGS[text]
    if text.startswith("--"):
        return next((member for member in _MEMBERS if text == option(member)), text)
    unquoted = text.replace("'\\''", "'")
    try:
        return json.loads(unquoted)
    except ValueError:
        pass
    try:
        return literal_eval(f"({text})") if text and text == unquoted else unquoted
    except (ValueError, SyntaxError):
        return unquoted
