"""What a fix may do, over requests with mistakes of all kinds, in JSON and in YAML."""

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sm_lint import lint_text
from sm_lint.fixes.apply import applied
from sm_lint.fixes.compatible import without_overlaps
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.pointer import Pointer
from sm_lint.model.severity import Severity
from sm_lint.sources import document
from tests.support.linting import fix
from tests.support.mistakes import places, replaced
from tests.support.requests import valid

pytestmark = pytest.mark.slow

FORMS: list[Callable[[str], str]] = [
    lambda name: name[0].lower() + name[1:],
    lambda name: re.sub("(?<!^)(?=[A-Z])", "-", name).lower(),
    lambda name: re.sub("(?<!^)(?=[A-Z])", "_", name).lower(),
    str.upper,
    lambda name: name[:-2] + name[-1],
]
"""How a name may be misspelt: in camelCase, kebab-case, snake_case, capitals, and with a letter less."""


def wrong(value: Any) -> list[Any]:
    """Return values that are probably wrong where `value` is right."""
    if isinstance(value, str):
        return [value.lower(), value.upper(), value[:-1], value * 40, 20, 1.5, True, None, [value]]
    if isinstance(value, bool):
        return [str(value), str(value).lower(), "yes", "off", 1, None]
    if isinstance(value, int):
        return [str(value), float(value), -value, True, 2**40]
    if isinstance(value, list):
        return [[*value, *value], [], value[:1] and value[0]]
    return [{**value, "Nothing": 1}, [value], "text"]


def renamed(value: Any, pointer: Pointer, name: str) -> Any:
    """Return a copy of a value in which the member at a pointer has another name."""
    if len(pointer) == 1:
        return {(name if key == pointer[0] else key): child for key, child in value.items()}
    step, *rest = pointer
    if isinstance(value, list):
        return [renamed(item, tuple(rest), name) if index == step else item for index, item in enumerate(value)]
    return {key: renamed(child, tuple(rest), name) if key == step else child for key, child in value.items()}


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[Any, Any]:
    """Draw a request with a wrong value, or with members that exclude each other, and the same with a wrong name."""
    request = draw(valid())
    more: list[dict[str, Any]] = [{}, {"Tags": [{"Key": "a", "Value": "b"}]}, {"CertifyForMarketplace": True}]
    more += [{"ModelPackageName": "a", "ModelPackageGroupName": "b"}, {"Tags": []}]
    request |= draw(st.sampled_from(more))
    pointer, value = draw(st.sampled_from(places(request)))
    if draw(st.booleans()):
        request = replaced(request, pointer, draw(st.sampled_from(wrong(value))))
    at, _ = draw(st.sampled_from(places(request)))
    if not isinstance(at[-1], str) or len(at[-1]) < 3:
        return request, request
    return request, renamed(request, at, draw(st.sampled_from(FORMS))(str(at[-1])))


def as_json(request: Any) -> str:
    return json.dumps(request, indent=2, ensure_ascii=False)


def as_json_with_slips(request: Any) -> str:
    return re.sub(r"([^,{\[])\n( *[}\]])", r"\1, // last\n\2", as_json(request)) + "\n/* end */"


def as_escaped_json(request: Any) -> str:
    return json.dumps(request).replace("o", r"\u006f")


def as_block(request: Any) -> str:
    text: str = yaml.safe_dump(request, width=10**6, allow_unicode=True, sort_keys=False)
    return "# first\n" + text.replace("\nInference", " # a note\n# more\nInference")


def as_flow(request: Any) -> str:
    text: str = yaml.safe_dump(request, width=10**6, allow_unicode=True, default_flow_style=True)
    return f"{text}# last\n"


FEW = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
STYLES: dict[str, tuple[str, Callable[[Any], str]]] = {
    "JSON": ("a.json", as_json),
    "JSON with comments": ("a.json", as_json_with_slips),
    "escapes": ("a.json", as_escaped_json),
    "block": ("a.yaml", as_block),
    "flow": ("a.yaml", as_flow),
}


def errors(found: list[Diagnostic]) -> Counter[str]:
    return Counter(d.code for d in found if d.severity is Severity.ERROR)


@pytest.mark.parametrize("style", STYLES)
@FEW
@given(requests=spoiled())
def test_what_is_offered_is_applied_and_brings_no_error(style: str, requests: tuple[Any, Any]) -> None:
    name, render = STYLES[style]
    request, misnamed = requests
    text = render(misnamed)
    read = document.read(name, text.encode())
    found = lint_text(text, filename=name)
    offered = [d.fix for d in found if d.fix]
    after, count = fix(read)
    left = lint_text(after.text, filename=name)
    assert (count > 0) == bool(offered)
    assert [d.fix for d in left if d.fix] == []
    assert fix(after) == (after, 0)
    assert errors(left) - errors(found) <= errors(lint_text(render(request), filename=name))
    assert re.findall("# ?[a-z]+", after.text) == re.findall("# ?[a-z]+", text)
    first = without_overlaps(sorted((d for d in found if d.fix), key=lambda d: d.fix.safety if d.fix else ""))
    together = applied(text, [edit for d in first if d.fix for edit in d.fix.edits])
    assert fix(document.read(name, together.encode()))[0].text == after.text


@pytest.mark.parametrize("style", STYLES)
@FEW
@given(requests=spoiled())
def test_safe_fixes_are_applied_alone(style: str, requests: tuple[Any, Any]) -> None:
    name, render = STYLES[style]
    text = render(requests[1])
    read = document.read(name, text.encode())
    offered = [d.fix for d in lint_text(text, filename=name) if d.fix and d.fix.safety == "safe"]
    after, count = fix(read, unsafe=False)
    assert (count > 0) == bool(offered)
    left = lint_text(after.text, filename=name)
    assert [d.fix for d in left if d.fix and d.fix.safety == "safe"] == []
