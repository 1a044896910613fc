"""What holds for every request: the promises of the linter, held against generated requests."""

import io
import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sm_lint import lint_text
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.pointer import Pointer
from sm_lint.rules.ruleset import RuleSet
from sm_lint.sources.document import read
from tests.support.linting import RULES, lint_value
from tests.support.mistakes import Mistake, mistaken, places, replaced
from tests.support.random_search import false_errors
from tests.support.requests import SIDES, of_side, small, valid
from tests.support.schema_cases import SHAPES

pytestmark = pytest.mark.slow

SLOW = settings(
    max_examples=25, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
"""The same examples in each run: tests/support/random_search.py looks for others."""
SAME = settings(SLOW, max_examples=60)


def as_yaml(value: Any) -> str:
    """Return a value as block YAML."""
    target = io.StringIO()
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.width = 10_000
    yaml.dump(value, target)
    return target.getvalue()


def errors(found: list[Diagnostic]) -> list[Diagnostic]:
    return [diagnostic for diagnostic in found if diagnostic.severity.value == "error"]


@pytest.mark.parametrize("side", SIDES)
def test_a_valid_request_has_no_error(side: str) -> None:
    @SAME
    @given(of_side(side))
    def holds(request: dict[str, Any]) -> None:
        assert errors(lint_value(request)) == []

    holds()


@SAME
@given(mistaken(valid()))
def test_one_mistake_is_found_at_its_pointer(mistake: Mistake) -> None:
    there = [diagnostic for diagnostic in lint_value(mistake.request) if diagnostic.pointer == mistake.pointer]
    assert errors(there) or [diagnostic.code for diagnostic in there] == ["SM703"], "a line break in a model card"


def test_the_strategies_reach_all_members() -> None:
    reached: set[str] = set()
    for side in SIDES:
        assert [line for line in false_errors(side, 100, reached, same=True) if line.startswith(" ")] == []
    every = {f"{shape}.{name}" for shape, of in SHAPES.items() for name in of.get("properties", ())}
    assert len(every - reached) <= 5  # a few need luck


@SLOW
@given(mistaken(small()))
def test_json_and_yaml_have_the_same_findings(mistake: Mistake) -> None:
    text = json.dumps(mistake.request)
    as_read = json.loads(text)  # in which nothing is shared, which YAML would write as an alias
    by_syntax = [
        sorted((d.code, d.pointer) for d in lint_text(text, filename=name))
        for text, name in ((text, "request.json"), (as_yaml(as_read), "request.yaml"))
    ]
    assert by_syntax[0] == by_syntax[1]


@SLOW
@given(mistaken(small()), st.sampled_from((None, 1, "\t")))
def test_a_range_holds_the_key_or_value_in_json(mistake: Mistake, indent: int | str | None) -> None:
    request = mistake.request
    text = json.dumps(request, indent=indent, ensure_ascii=False)
    for pointer, value in places(request):
        document = read("request.json", text.encode())
        span = document.locate(pointer)
        cut = text[span.start.offset : span.end.offset]
        if isinstance(value, (dict, list)) and isinstance(pointer[-1], int):
            assert cut in "{["
        else:
            expected = pointer[-1] if isinstance(value, (dict, list)) else value
            assert json.loads(cut) == expected
        if isinstance(pointer[-1], str):
            key = document.locate(pointer, key=True)
            assert json.loads(text[key.start.offset : key.end.offset]) == pointer[-1]


@SLOW
@given(small())
def test_a_range_holds_the_key_or_value_in_yaml(request: dict[str, Any]) -> None:
    text = as_yaml(request)
    document = read("request.yaml", text.encode())
    yaml = YAML(typ="safe", pure=True)
    for pointer, value in places(request):
        if isinstance(value, (dict, list)):
            continue
        span = document.locate(pointer)
        assert yaml.load(text[span.start.offset : span.end.offset]) == value


END = regex.compile(r"(?<!\\)\$(?=$|[|)])")


def _full_match(_: Any, pattern: str, value: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    # `\Z` and not `$`, which Python lets match before a final line break
    if isinstance(value, str) and not regex.search(END.sub(lambda _: r"\Z", pattern), value):
        yield jsonschema.ValidationError(pattern)


def _whole(_: Any, __: bool, value: Any, ___: Any) -> Iterator[jsonschema.ValidationError]:
    if isinstance(value, float):
        yield jsonschema.ValidationError("a float")


_extend: Any = jsonschema.validators.extend
REFEREE = _extend(jsonschema.Draft7Validator, {"pattern": _full_match, "x-integer": _whole})(RULES.folded)
ACCEPTS = RuleSet().acceptor(advice=False)
"""The gate of a rule set that evaluates nothing, and has left as much as it does to an evaluator."""
assert [ACCEPTS({}) for _ in range(5)] == [False] * 5


def referee(payload: Any) -> set[tuple[Pointer, str]]:
    """Return pointer and last keyword of all errors that `jsonschema`, the reference engine, finds."""
    found = set()
    for error in REFEREE.iter_errors(payload):
        keyword = str(error.absolute_schema_path[-1])
        found.add((tuple(error.absolute_path), "type" if keyword == "x-integer" else keyword))
    return found


def engine(payload: Any) -> set[tuple[Pointer, str]]:
    """Return the same of the engine that lints."""
    of_keys = ("additionalProperties", "pattern", "minLength", "maxLength")
    return {
        (v.pointer[:-1] if (v.on_key and v.keyword in of_keys) or v.keyword == "uniqueItems" else v.pointer, v.keyword)
        for v in RULES.violations(payload, advice=False)
    }


ODD: tuple[Any, ...] = (
    *(
        None,
        7,
        1.0,
        True,
        "",
        "x" * 1100,
        "a\nb",
        "\u0661",
        "ml.t2.medium",
        "ml.zz9.large",
        [],
        {},
        [1],
        ["a", "a"],
        ["a", "b", "a"],
    ),
    *({"a b": 1}, {"": ""}, {"7": None, "007": None, "": {"+7": 1}}),
)


@SLOW
@given(small(), st.lists(st.tuples(st.integers(0, 10_000), st.sampled_from(ODD)), max_size=4))
def test_both_engines_find_the_same(request: dict[str, Any], changes: list[tuple[int, Any]]) -> None:
    payload: Any = request
    for number, new in changes:
        at = places(payload)
        payload = replaced(payload, at[number % len(at)][0], new) if at else payload
    found = engine(payload)
    assert found == referee(payload)
    assert ACCEPTS(payload) is (not found)  # jsonschema-rs, which decides what is clean
