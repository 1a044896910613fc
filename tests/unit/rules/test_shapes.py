"""The generated schemas: in step with botocore and the rules, and patterns that mean what Java's mean."""

import gzip
import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import regex
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from sm_lint.rules.pattern import mismatch
from tests.conftest import ROOT
from tools import fold_rules, refresh_schema

SHAPES: dict[str, Any] = json.loads(gzip.decompress(refresh_schema.MODEL.read_bytes()))["shapes"]
DEFINITIONS: dict[str, Any] = json.loads(refresh_schema.TARGET.read_text(encoding="utf-8"))["definitions"]
PATTERNS = sorted(name for name, schema in DEFINITIONS.items() if "pattern" in schema and name in SHAPES)


def test_the_shapes_are_those_of_the_pinned_botocore() -> None:
    assert json.loads(refresh_schema.TARGET.read_text(encoding="utf-8")) == refresh_schema.schema(), "make generated"


def test_the_release_is_the_pinned_one() -> None:
    project = tomli.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert f"botocore=={version('botocore')}" in project["project"]["optional-dependencies"]["dev"]


def test_the_folded_schema_is_that_of_the_rules() -> None:
    assert fold_rules.TARGET.read_text(encoding="utf-8") == fold_rules.text(fold_rules.folded()), "make generated"


@pytest.mark.parametrize("path", sorted((ROOT / "schemas").glob("*.json")), ids=lambda path: path.name)
def test_a_schema_is_one(path: Path) -> None:
    # without formats: Python's re, which would check the patterns, has no \p{…}
    no_formats = jsonschema.FormatChecker(formats=())
    jsonschema.Draft7Validator.check_schema(json.loads(path.read_text(encoding="utf-8")), format_checker=no_formats)


@pytest.mark.parametrize("name", PATTERNS)
@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_a_translated_pattern_means_what_the_model_means(name: str, data: st.DataObject) -> None:
    """The oracle is the third-party `regex` on the original pattern, told what Java means by the dot and by `\\S`."""
    original = re.sub(r"\$\{1,\d+\}$", "", SHAPES[name]["pattern"])
    original = re.sub(r"(?<![\\\[])\.(?=[*{+\\)]|$)", lambda _: r"[^\n\r\u0085\u2028\u2029]", original)
    original = original.replace(r"[\S]", r"[^ \t\n\x0B\f\r]").replace(r"\d{1,4}.", r"\d{1,4}[^\n\r\u0085\u2028\u2029]")
    seed = st.from_regex(re.compile(DEFINITIONS[name]["pattern"].replace(r"\p{", "{")), fullmatch=False)
    alphabet = st.text("aZ09-_.:/=+@ ,\n\r\t\u0085\u2028\u00a0é٣😀🏽\u200d{}", max_size=12)
    text = data.draw(st.one_of(alphabet, seed.map(lambda found: found[:80]), st.tuples(seed, alphabet).map("".join)))
    matches = regex.fullmatch(original, text, flags=regex.ASCII if "\\p" not in original else 0) is not None
    assert (mismatch(DEFINITIONS[name]["pattern"], text) is None) is matches
