"""The fast reader of YAML against the reader of the CLI: the same value, at the same places, or no word at all."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sm_lint.sources.limits import MAX_VALUES
from sm_lint.sources.reading import Node
from sm_lint.sources.yaml import libyaml as yaml_libyaml
from sm_lint.sources.yaml import ruamel as yaml_ruamel
from tests.support.oracle import compare
from tests.support.requests import small

EVERYDAY = [
    "ModelPackageGroupName: churn\nInferenceSpecification:\n  Containers:\n  - Image: a.b/c:1\n    ModelDataUrl: s3://b/k\n",
    "a:\n- b\n- - c\n-\n  d: e\n- {f: [g, h], 'i': \"j\"}\n",
    "# one\n---\na: 1  # two\n\n# three\nb: -2\n",
    "a: 0.5\nb: 10.25\nc: 1.12.0\nd: 2.1\n",
    "a: true\nb: False\nc: null\nd: ~\ne:\nf: yes\ng: off\n",
    "a: 'it''s'\nb: \"x\\ty\\\"z\\x41\"\nc: ''\n'd e': f\n",
    "a: |\n  one\n    two\n\n  three\nb: >-\n  four\n  five\n\n  six\nc: |+\n  seven\n\nd: 8\n",
    'a: one\n  two\n\n  three\nb: "four\n  five\\\n  six"\n',
    "a: é\nb: 😀 \xa0\nc: 東京\n",
    '{"a": [1, 2.5, null, true, "x"], "b": {}, "c": []}\n',
    "a: 1\r\nb:\r\n  - c\r\n",
    "a: http://b:8080/c?d=e#f\ng: arn:aws:s3:::h\ni: -j\nk: a - b\n",
    "? a\n: b\n",
    "[]",
    "just text",
]
"""Texts that libyaml reads."""

UNSURE = [
    ("", "there is no value"),
    ("# nothing\n", "there is no value"),
    ("a:\tb\n", "a tab"),
    ("a: b\rc: d\n", "a carriage return alone"),
    ("a: b\x85c: d\n", "a line break of YAML 1.1"),
    ("a: b\u2028c: d\n", "a line break of YAML 1.1"),
    ("a: \ufeffb\n", "a mark in the text"),
    ("a: \x07\n", "a control character"),
    ("a: |  # b\n  c\n", "a comment behind the mark of a block"),
    ("a: |\n\n  b\n", "a block with an empty line first"),
    ("a: |+\n\n", "a block of nothing"),
    ('a: "\\ud83d"\n', "half a surrogate pair"),
    ('a: "\\U0001F600"\n', "an escape of eight digits"),
    ("a: &b c\nd: *b\n", "an alias"),
    ("a: &b c\n", "an anchor"),
    ("&a b: c\n", "an anchor on a key"),
    ("<<: {a: b}\n", "a merge key"),
    ("a: =\n", "a default"),
    ("a: !!str 1\n", "a tag"),
    ("a: !!map {}\n", "a tag of a collection"),
    ("!x a: b\n", "a tag of a key"),
    ("%YAML 1.2\n---\na: b\n", "a directive"),
    ("%TAG ! tag:x,2026:\n---\na: b\n", "a directive"),
    ("a: b\n...\n", "an end that is said"),
    ("a: b\n---\nc: d\n", "two documents"),
    ("a: 010\n", "a number of YAML 1.1, text or another in 1.2"),
    ("a: 0o17\n", "an octal number"),
    ("a: 0x1F\n", "a hexadecimal number"),
    ("a: 1_000\n", "digits with an underscore"),
    ("a: +1\n", "a plus"),
    ("a: 1e3\n", "an exponent"),
    ("a: .5\n", "a number that begins with its point"),
    ("a: .inf\n", "an infinite number"),
    ("a: .nan\n", "no number"),
    ("a: 12345678901234567890\n", "a long number"),
    ("a: 12:30:45\n", "a number of base 60"),
    ("a: 2026-11-25\n", "a date"),
    ("a: 2026-11-25T10:00:00Z\n", "a date and time"),
    ("a: b\na: c\n", "a key twice"),
    ("1: a\n", "a key that is no text"),
    ("true: a\n", "a key that is no text"),
    (": a\n", "a key that is no text"),
    ("? [a]\n: b\n", "a key that is a list"),
    ("? |\n  a\n: b\n", "a key of several lines"),
    ("[a: b]\n", "a pair without braces"),
    ("[? a: b]\n", "a pair without braces"),
    ('[?"a":]', "a pair without braces, which ruamel.yaml refuses"),
    ("[? 'a' :b]", "a pair without braces, which ruamel.yaml refuses"),
    ("[? a:b\n# x\n:a:b]", "a pair without braces, which ruamel.yaml refuses"),
    ("a: [b\n", "no YAML"),
    ("a: b: c\n", "no YAML"),
    ("a" * 1001 + ": b\n", "a key that one of them may find too long"),
    ("- " * 17 + "a\n", "nesting beyond that of any request"),
    ("[" * 201 + "]" * 201, "nesting beyond the limit"),
    ("- " * 200 + "[]", "nesting beyond the limit"),
]
"""Texts that are left to ruamel.yaml, and why."""


def _flat(node: Node, path: tuple[str | int, ...] = ()) -> list[tuple[object, ...]]:
    children = node.children or {}
    own = (path, node.start, node.end, node.key, node.is_plain, node.children is None, node.anchor)
    return [own, *(entry for step, child in children.items() for entry in _flat(child, (*path, step)))]


def agree(text: str) -> bool:
    """Say whether the fast reader reads a text; fail where it says something else than ruamel.yaml."""
    data = text.encode(errors="replace")
    text = data.decode()
    compare("request.yaml", data)
    fast = yaml_libyaml.read(data, text)
    if fast is None:
        return False
    slow = yaml_ruamel.read(text)
    assert (slow.problems, slow.unknown, slow.is_json) == ([], (), True)
    assert fast.places is not None
    assert slow.places is not None
    assert _flat(fast.places()) == _flat(slow.places())
    return True


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_yaml_is_read_by_libyaml(text: str) -> None:
    assert agree(text)


@pytest.mark.parametrize(("text", "reason"), UNSURE)
def test_what_libyaml_may_read_otherwise_is_left_to_ruamel(text: str, reason: str) -> None:
    assert not agree(text), reason


@pytest.mark.parametrize("count", range(MAX_VALUES - 7, MAX_VALUES + 1))
def test_a_text_of_too_many_values_is_left_to_ruamel_which_says_so(count: int) -> None:
    text = "- a\n" * count
    events_around = 6  # the beginnings and ends of the stream, the document and the list
    assert (yaml_libyaml.read(text.encode(), text) is None) == (count + events_around > MAX_VALUES)


def _dumped(value: Any, flow: bool, width: int) -> str:
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.width, yaml.allow_unicode = flow, width, True
    target = io.StringIO()
    yaml.dump(value, target)
    return target.getvalue()


REQUESTS = st.one_of(
    st.builds(_dumped, small(), st.booleans(), st.sampled_from([20, 80, 1000])),
    st.builds(json.dumps, small(), indent=st.sampled_from([None, 2])),
)
_PIECES = [
    *" \n\t:-?,[]{}#&*!|>'\"%@`=~.\\/019azAENn_+\r\x85\u2028\ufeff\x07é😀",
    *("\n  ", "\n- ", ": ", "- ", "? ", "<<", "\n---\n", "...\n", "# c", "''", '\\"', "\\n", "\\\n", "|\n  ", ">-\n  "),
    *("|+\n ", ">2\n", ", ", "true", "null", "1.0", "0x1F", "1e3", "2024-01-01", "yes", "!!str ", "&a ", "*a", "\r\n"),
    *(" #", "\n\n", "\n \n", "\\x41", "\\/", "\\u00e9", "://", "[]", "{}", "[a: b]", "1_0", "-0", "1.2.3", "% a: b\n"),
]


@st.composite
def _edited(draw: st.DrawFn) -> str:
    """Draw a request, or a text of many forms, with a few pieces of YAML put in, or in the place of others."""
    text = draw(st.one_of(REQUESTS, st.sampled_from(EVERYDAY), st.lists(st.sampled_from(EVERYDAY)).map("".join)))
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        text = text[:start] + draw(st.sampled_from([*_PIECES, ""])) + text[start + draw(st.integers(0, 3)) :]
    return text


@pytest.mark.slow
@settings(max_examples=800, deadline=None, suppress_health_check=list(HealthCheck))
@given(_edited())
@example("a: >\n  b\n   c\n  d\n")
@example("{a: [b, c]}: d\n")
@example('{"a":1, "b":"c"}')
def test_the_fast_reader_agrees_with_that_of_the_cli(text: str) -> None:
    agree(text)


def test_where_libyaml_cannot_be_had_all_is_as_it_is_with_it(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(EVERYDAY[0] + "Domian: x\n", encoding="utf-8")
    code = (
        "import sys; sys.modules[{without!r}] = None; from sm_lint.cli.main import main; "
        "sys.exit(main(['check', 'a.yaml']))"
    )
    with_it, without = (
        subprocess.run(
            [sys.executable, "-c", code.format(without=name)], capture_output=True, text=True, check=False, cwd=tmp_path
        )
        for name in ("no_such_module", "yaml._yaml")
    )
    assert with_it.stdout.count("Domian") >= 1
    assert (without.stdout, without.stderr, without.returncode) == (with_it.stdout, with_it.stderr, with_it.returncode)
