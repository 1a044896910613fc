r"""The schema for editors with patterns of Python: the same verdicts as with patterns of ECMAScript."""

import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from jsonschema import Draft7Validator

from sm_lint.cli.main import main
from sm_lint.rules.editor_schema import editor_schema
from sm_lint.rules.python_patterns import categories, in_python, with_python_patterns
from tests.support.cases import requests
from tests.support.linting import RULES

ECMA = editor_schema(RULES)
TEXTS = ["churn", "a-1", "ml.m5.large", "s3://bucket/key/", "arn:aws:iam::123456789012:role/x", "sha256:" + "0" * 64]
TEXTS += ["", "a\n", "\n", "_", "\u00e9\u0301 \u20ac\u3000", "\U0001f600\u200d", "\u2028", "x" * 70, "$", "a:b.c=d"]


def patterns(schema: Any) -> Iterator[str]:
    for key, value in schema.items() if isinstance(schema, dict) else enumerate(schema):
        if key == "pattern" and isinstance(value, str):
            yield value
        elif isinstance(value, (dict, list)):
            yield from patterns(value)


@pytest.fixture(scope="module")
def python() -> Any:
    return with_python_patterns(ECMA)


def test_each_pattern_means_the_same(python: Any) -> None:
    pairs = dict(zip(patterns(ECMA), patterns(python), strict=True))
    assert len(pairs) > 20
    for pattern, translated in pairs.items():
        found, engine = re.compile(translated), jsonschema_rs.Draft7Validator({"pattern": pattern})
        assert [text for text in TEXTS if bool(found.search(text)) != engine.is_valid(text)] == [], pattern


def test_a_category_has_its_characters_and_no_others() -> None:
    ranges = categories()
    for category in "LMNPSZ":
        found = re.compile(in_python(rf"^[\p{{{category}}}_]$", ranges))
        for point in range(0, 0x30000, 31):
            is_of_it = unicodedata.category(chr(point))[0] == category or point == ord("_")
            assert bool(found.search(chr(point))) == is_of_it, hex(point)


def test_python_jsonschema_judges_requests_as_editors_do(python: Any) -> None:
    Draft7Validator.check_schema(python)
    ours, theirs = jsonschema_rs.Draft7Validator(ECMA), Draft7Validator(python)
    verdicts = [(request, ours.is_valid(request), theirs.is_valid(request)) for request in requests()[::5]]
    assert [request for request, by_us, by_them in verdicts if by_us is not by_them] == []
    assert {by_us for _, by_us, _ in verdicts} == {True, False}


def test_the_command_prints_either(python: Any, capsys: pytest.CaptureFixture[str]) -> None:
    for option, schema in ((["--regex", "python"], python), (["--regex", "ecma"], ECMA)):
        assert main(["schema", *option]) == 0
        assert json.loads(capsys.readouterr().out) == schema
