"""Places are exact: what is cut out of the text at a range is the key or the value that the pointer means."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.pointer import Pointer
from sm_lint.model.settings import DEFAULTS
from sm_lint.model.span import Span
from sm_lint.sources import document
from sm_lint.sources.document import Document
from tests.support.linting import lint

TEXTS = st.one_of(
    st.sampled_from(
        ["", "x", "a b", "é", "e\u0301", "日本", "😀", "a: b", "# c", "- a", "'", '"', "1", "true", "~", "{a", "*a"]
    ),
    st.sampled_from(
        ["a\nb", "a\nb\n", "a\n\n", "\na", " a\nb", "a\n  b\n\n\n", "a\tb", "\t", "a \n b", "a\r\nb", "\x85", "\u2028"]
    ),
    st.text(max_size=6),
)
NUMBERS = st.one_of(st.integers(-99, 99), st.booleans(), st.none(), st.sampled_from([1.5, -0.25, 1e10]))
KEYS = st.one_of(
    st.sampled_from(["a", "b c", "é", "😀", "日本", "e\u0301", "<<", "1", "#", "? a", ""]), st.text(max_size=4)
)
VALUES = st.recursive(
    st.one_of(TEXTS, NUMBERS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=8,
)
ROOTS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=4)


def _leaves(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    yield pointer, value
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, child in children:
        yield from _leaves(child, (*pointer, step))


def _cut(text: str, span: Span) -> str:
    return text[span.start.offset : span.end.offset]


def _assert_position(read: Document, span: Span) -> None:
    for position in span:
        before = re.split(r"\r\n|\r|\n", read.text[: position.offset])
        if read.text[position.offset - 1 : position.offset + 1] != "\r\n":
            assert (position.line, position.column) == (len(before), len(before[-1]) + 1)


@st.composite
def _json(draw: st.DrawFn, value: Any) -> str:
    gap = st.sampled_from(["", " ", "\n", "\r\n", "\r", "\t", "\n  "])
    ascii_only = draw(st.booleans())

    def write(value: Any) -> str:
        if isinstance(value, dict):
            pairs = [f"{draw(gap)}{write(k)}{draw(gap)}:{draw(gap)}{write(v)}{draw(gap)}" for k, v in value.items()]
            return "{" + ",".join(pairs) + "}"
        if isinstance(value, list):
            return "[" + ",".join(f"{draw(gap)}{write(item)}{draw(gap)}" for item in value) + "]"
        return json.dumps(value, ensure_ascii=ascii_only or bool(re.search("[\ud800-\udfff]", str(value))))

    return draw(gap) + write(value) + draw(gap)


@pytest.mark.slow
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), ROOTS)
def test_json_ranges_hold_the_key_or_the_value(data: st.DataObject, value: Any) -> None:
    text = data.draw(_json(value))
    read = document.read("request.json", text.encode())
    for pointer, part in _leaves(value):
        if pointer and isinstance(pointer[-1], str):
            span = read.locate(pointer, key=True)
            assert json.loads(_cut(text, span)) == pointer[-1]
            _assert_position(read, span)
        span = read.locate(pointer)
        _assert_position(read, span)
        if not isinstance(part, (dict, list)):
            assert json.loads(_cut(text, span)) == part
        elif pointer and isinstance(pointer[-1], str):
            assert json.loads(_cut(text, span)) == pointer[-1]
        else:
            assert _cut(text, span) == ("{" if isinstance(part, dict) else "[")


def _load(text: str, indent: int, *, key: bool = False) -> Any:
    """Read a scalar or a key where it would stand in a mapping of that indentation."""
    start = ("a:\n" if indent else "") + " " * indent
    try:
        loaded = YAML(typ="safe", pure=True).load(f"{start}? {text}\n" if key else f"{start}k: {text}\n")
    except (YAMLError, ValueError):
        return NotImplemented
    loaded = loaded["a"] if indent and isinstance(loaded, dict) else loaded
    if not isinstance(loaded, dict) or len(loaded) != 1:
        return NotImplemented
    return next(iter(loaded)) if key else loaded.get("k", NotImplemented)


@st.composite
def _scalar(draw: st.DrawFn, value: Any, indent: int, eol: str, *, block: bool) -> str:
    """Draw a form of a scalar that is sure to be read back as the value; of quoted text in the worst case."""
    quoted = json.dumps(value)
    if not isinstance(value, str):
        return quoted
    pad = " " * (indent + draw(st.integers(1, 3)))
    lines = value.split("\n")
    forms = [value, f"'{value.replace(chr(39), chr(39) * 2)}'", json.dumps(value, ensure_ascii=False)]
    forms += [f'"{value[:1]}\\{eol}{pad}{value[1:]}"', value.replace(" ", f"{eol}{pad}")]
    if block:
        body = eol.join(f"{pad}{line}" if line else "" for line in lines)
        header = draw(st.sampled_from(["", " # c", "  "]))
        step = str(len(pad) - indent)
        styles = ["|", "|-", "|+", ">", ">-", ">+", f"|{step}", f"|{step}-", f">+{step}"]
        forms += [f"{style}{header}{eol}{body}" for style in styles]
    form = draw(st.sampled_from(forms))
    is_safe = _load(form, indent) == value and not re.search(r"[,\[\]{}]", form if not block else "")
    # What follows must not be taken for a part of it.
    return form if is_safe and form.strip() else quoted


@st.composite
def _yaml(draw: st.DrawFn, value: Any, indent: int, eol: str) -> str:
    pad = " " * indent
    lines = []
    entries = value.items() if isinstance(value, dict) else [(None, item) for item in value]
    for key, item in entries:
        plain = (
            [key]
            if key and not re.search(r"[\r\n\x85\u2028\u2029#]|: ", key) and _load(key, indent, key=True) == key
            else []
        )
        forms = [json.dumps(key), *plain]
        lead = pad + ("-" if key is None else f"{draw(st.sampled_from(forms))}{draw(st.sampled_from(['', ' ']))}:")
        comment = draw(st.sampled_from(["", "", " # c: d"]))
        is_block = isinstance(item, (dict, list)) and item and draw(st.booleans())
        if is_block:
            lines.append(f"{lead}{comment}{eol}{draw(_yaml(item, indent + draw(st.integers(1, 3)), eol))}")
        elif isinstance(item, (dict, list)):
            lines.append(f"{lead} {draw(_flow(item, indent, eol))}{comment}{eol}")
        elif item is None and draw(st.booleans()):
            lines.append(f"{lead}{comment}{eol}")
        else:
            form = draw(_scalar(item, indent, eol, block=True))
            is_open = form[0] in "|>"
            lines.append(f"{lead} {form}{'' if is_open else comment}{eol}")
    return "".join(lines)


@st.composite
def _flow(draw: st.DrawFn, value: Any, indent: int, eol: str) -> str:
    comma = draw(st.sampled_from([", ", ",", f",{eol}{' ' * (indent + 1)}", ",\t"]))
    if isinstance(value, list):
        return "[" + comma.join([draw(_flow(item, indent, eol)) for item in value]) + "]"
    if isinstance(value, dict):
        return (
            "{"
            + comma.join([f"{json.dumps(key)}: {draw(_flow(item, indent, eol))}" for key, item in value.items()])
            + "}"
        )
    return draw(_scalar(value, indent, eol, block=False))


@pytest.mark.slow
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), ROOTS, st.sampled_from(["\n", "\r\n", "\r"]))
def test_yaml_ranges_hold_the_key_or_the_value(data: st.DataObject, value: Any, eol: str) -> None:
    text = data.draw(_yaml(value, 0, eol))
    if re.search("[\ud800-\udfff]", text):
        return
    read = document.read("request.yaml", text.encode())
    if read.problems or read.value != value:
        return  # the text is not what was meant: a plain form took in what follows
    for pointer, part in _leaves(value):
        if not pointer:
            continue
        key = read.locate(pointer, key=True)
        span = read.locate(pointer)
        _assert_position(read, key)
        _assert_position(read, span)
        line = read.line(key.start.line)
        indent = len(line) - len(line.lstrip(" "))
        if isinstance(pointer[-1], str):
            assert _load(_cut(text, key), indent, key=True) == pointer[-1]
        if isinstance(part, (dict, list)):
            if isinstance(pointer[-1], str):
                assert span == key
        elif part is None and span == key:
            assert re.match(r"\s*:?\s*(#.*)?$", line[key.end.column - 1 :]) or isinstance(pointer[-1], int)
        else:
            cut = _cut(text, span)
            assert _load(cut, indent) == part
            assert cut == cut.strip(" \t") or cut[0] in "|>"


CUTS = [
    ("a: |\n  x\n  y\n\n# c\nb: 1\n", ("a",), "|\n  x\n  y\n"),
    ("a: >2-  # c\n   x\nb: 1\n", ("a",), ">2-  # c\n   x\n"),
    ("a: |+\n  x\n\n\nb: 1\n", ("a",), "|+\n  x\n\n\n"),
    ("a: |\r\n  x\r\nb: 1\r\n", ("a",), "|\r\n  x\r\n"),
    ("a: 'x\n  y'  # c\n", ("a",), "'x\n  y'"),
    ("a: x\n  y # c\n", ("a",), "x\n  y"),
    ("a:\nb: 1\n", ("a",), "a"),
    ("a: !!str\nb: 1\n", ("a",), "a"),
    ("a: &x\nb: *x\n", ("a",), "a"),
    ("a: !!str x\n", ("a",), "x"),
    ("a: &x !!str 'y'\n", ("a",), "'y'"),
    ("a: &x # c\n  b: 1\n", ("a", "b"), "1"),
    ("- a: 1\n- b: 2\n", (1,), "b"),
    ("- [1, 2]\n", (0,), "["),
    ("- - 1\n  - 2\n", (0,), "-"),
    ("{a: 1, b: {c: 2}}", ("b", "c"), "2"),
    ("{a: 1, b}", ("b",), "b"),
    ("? a\n: b\n", ("a",), "b"),
    ("? - x\n: b\n", ("('x',)",), "b"),
    ("10: a\n", ("10",), "a"),
    ("0x10: a\n", ("16",), "a"),
    ("~: a\n", ("null",), "a"),
    ("True: a\n", ("true",), "a"),
    ("a: &x {b: 1}\nc: *x\n", ("c",), "*x"),
    ("a: &x {b: 1}\nc: *x\n", ("c", "b"), "*x"),
    ("a: &x {b: 1}\nc: {<<: *x}\n", ("c", "b"), "*x"),
    ("a: &x {b: 1}\nc:\n  <<: [*x, {d: 2}]\n", ("c", "d"), "2"),
    ("c: {<<: {d: 2}}\n", ("c", "d"), "2"),
    ("a: &x 1\nc: *x # c\n", ("c",), "*x"),
    ("\ufeffa: 1\n", ("a",), "1"),
    ("a: {b: 1}\n", ("a", "c"), "a"),
]


@pytest.mark.parametrize(("text", "pointer", "cut"), CUTS)
def test_the_place_of_a_value(text: str, pointer: Pointer, cut: str) -> None:
    read = document.read("request.yaml", text.encode())
    assert _cut(read.text, read.locate(pointer)) == cut


KEYS_CUT = [
    ("a: &x {b: 1}\nc: *x\n", ("c",), "c"),
    ("a: &x {b: 1}\nc: *x\n", ("c", "b"), "*x"),
    ("a: &x {b: 1}\nc: {<<: *x}\n", ("c", "b"), "*x"),
    ('{"a\\u0062": 1}', ("ab",), '"a\\u0062"'),
    ("? 'a'\n: b\n", ("a",), "'a'"),
]


@pytest.mark.parametrize(("text", "pointer", "cut"), KEYS_CUT)
def test_the_place_of_a_key(text: str, pointer: Pointer, cut: str) -> None:
    read = document.read("request.yaml", text.encode())
    assert _cut(read.text, read.locate(pointer, key=True)) == cut


GROUP = "ModelPackageGroupName: churn\n"
ALIASES = [
    # Wrong where it is written, and so through the alias: once, with the alias.
    (
        f"{GROUP}InferenceSpecification:\n  Containers:\n  - &c {{Image: ''}}\n  - *c\n",
        [("SM311", "/InferenceSpecification/Containers/0/Image", "''", ["*c"])],
    ),
    # Right where it is written, wrong through the alias: there, with the anchor.
    (
        f"{GROUP}CustomerMetadataProperties: &m {{a: b}}\nDomain: *m\n",
        [("SM103", "/Domain", "*m", ["CustomerMetadataProperties"])],
    ),
    (
        f"{GROUP}ModelPackageDescription: &d none\nModelApprovalStatus: *d\n",
        [("SM106", "/ModelApprovalStatus", "*d", ["none"])],
    ),
    (
        f"{GROUP}CustomerMetadataProperties: &m {{Key: a}}\nModelCard: {{<<: *m}}\n",
        [("SM101", "/ModelCard/Key", "*m", ["Key"])],
    ),
    # The key is wrong, not the alias behind it.
    (f"{GROUP}Task: &t OTHER\nTusk: *t\n", [("SM101", "/Tusk", "Tusk", [])]),
]


@pytest.mark.parametrize(("text", "expected"), ALIASES)
def test_blame_between_anchors_and_aliases(text: str, expected: list[tuple[str, str, str, list[str]]]) -> None:
    read = document.read("request.yaml", text.encode())

    def shown(d: Diagnostic) -> tuple[str, str, str, list[str]]:
        return d.code, d.pointer, _cut(text, d.range), [_cut(text, related.range) for related in d.related]

    assert [shown(d) for d in lint(read, DEFAULTS) if d.code.startswith(("SM1", "SM3"))] == expected


@pytest.mark.parametrize(
    ("block", "cut"),
    [
        ("|-\n  \t\n", "|-\n  \t\n"),
        ("|\n  a\n\n\n", "|\n  a\n"),
        ("|\n  a\n \n", "|\n  a\n"),
        ("|\n  a\n    \n", "|\n  a\n    \n"),
        ("|+\n  a\n\n", "|+\n  a\n\n"),
        (">-\n  a\n\n  b\n", ">-\n  a\n\n  b\n"),
    ],
)
def test_a_block_scalar_ends_with_its_last_line(block: str, cut: str) -> None:
    text = f"Domain: {block}"
    span = document.read("a.yaml", text.encode()).locate(("Domain",))
    assert _cut(text, span) == cut


def test_the_probable_keys_of_broken_yaml_may_have_blanks_before_their_colon() -> None:
    text = "a: [\nb \t: 1\n\"c d\"  : 2\n'e':\nf:g\nh  i : 3\n j: 4\nk   l\n"
    assert set(document.root_keys(document.read("a.yaml", text.encode()))) == {"a", "b", "c d", "e", "h  i"}
