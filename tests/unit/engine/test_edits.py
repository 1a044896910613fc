"""What the actions of a rule's fix mean as edits, in all forms of both syntaxes."""

from typing import Any

import pytest

from sm_lint.engine.edits import fix_of
from sm_lint.fixes.apply import applied
from sm_lint.model.pointer import Pointer
from sm_lint.sources import document

REMOVE = {"safety": "safe", "remove": True}
SLASH = {"safety": "unsafe", "append": "/"}

# text, pointer, wish, text after it (None: there is no fix)
EDITS: list[tuple[str, Pointer, dict[str, Any], str | None]] = [
    ('{"a": [1, 2, 3]}', ("a", 0), REMOVE, '{"a": [2, 3]}'),
    ('{"a": [1, 2, 3]}', ("a", 1), REMOVE, '{"a": [1, 3]}'),
    ('{"a": [1, 2, 3]}', ("a", 2), REMOVE, '{"a": [1, 2]}'),
    ('{"a": [\n  1\n]}', ("a", 0), REMOVE, '{"a": []}'),
    ('{"a": {"b": {"c": [1]}, "d": 2}}', ("a", "b"), REMOVE, '{"a": {"d": 2}}'),
    ('{"a": 1}', (), REMOVE, None),
    ('{"a": 1}', ("b",), REMOVE, None),
    ("a: [x, y, x]\n", ("a", 2), REMOVE, "a: [x, y]\n"),
    ("a: [x, y, x, ]\n", ("a", 2), REMOVE, "a: [x, y, ]\n"),
    ("a: [!!str x, y]\n", ("a", 0), REMOVE, "a: [y]\n"),
    ("a: [x, # one\n  y] # two\n", ("a", 1), REMOVE, "a: [x, # one\n  ] # two\n"),
    ("a: [x, # one\n  y] # two\n", ("a", 0), REMOVE, "a: [ # one\n  y] # two\n"),
    ("a:\n  - x # one\n  # two\n  - y\nb: 1\n", ("a", 0), REMOVE, "a:\n  # two\n  - y\nb: 1\n"),
    ("a:\n- x\n- y # one\n# two\nb: 1\n", ("a", 1), REMOVE, "a:\n- x\n# two\nb: 1\n"),
    ("a:\n- x\n- y", ("a", 1), REMOVE, "a:\n- x\n"),
    ("a:\n- x\n- &b !!str y\n", ("a", 1), REMOVE, "a:\n- x\n"),
    ("a: [x, &b !!str y]\n", ("a", 1), REMOVE, "a: [x]\n"),
    ("a: [&a-&b- , &c  y]\n", ("a", 1), REMOVE, "a: [&a-&b-]\n"),
    ('{"a": [1' + " " * 300 + ", 2]}", ("a", 0), REMOVE, '{"a": [2]}'),
    ('{"a": [1' + " " * 300 + ', 2]}', ("a", 1), REMOVE, '{"a": [1]}'),
    ('{"a": [' + "\n" * 300 + "1]}", ("a", 0), REMOVE, '{"a": []}'),
    ("b: &b {x: 1}\na:\n  <<: *b\n  c: 1\n  d: 2\n", ("a", "d"), REMOVE, "b: &b {x: 1}\na:\n  <<: *b\n  c: 1\n"),
    ("b: &b {x: 1}\na:\n  <<: *b\n", ("a",), REMOVE, "b: &b {x: 1}\n"),
    ("b: &b {x: 1}\na:\n  y: 2\n  <<: *b\n", ("a",), REMOVE, "b: &b {x: 1}\n"),
    ("a:\n  1: {5: x, y: z}\n", ("a", "1", "5"), {"safety": "safe", "quote": True}, 'a:\n  1: {"5": x, y: z}\n'),
    ("a:\n- k: 1\n  l:\n    m: 2\n- y\n", ("a", 0), REMOVE, "a:\n- y\n"),
    ("a:\n- k: 1\n  l: 2\n", ("a", 0, "k"), REMOVE, "a:\n- l: 2\n"),
    ("a:\n- k: 1\n  l: 2\n", ("a", 0, "l"), REMOVE, "a:\n- k: 1\n"),
    ("a:\n- k: 1 # one\n  l: 2\n", ("a", 0, "k"), REMOVE, "a:\n- l: 2\n"),
    ("a:\n- k: 1\n  # one\n  l: 2\n", ("a", 0, "k"), REMOVE, None),
    ("a:\n- x\n", ("a", 0), REMOVE, None),
    ("a:\n  b: 1\n", ("a", "b"), REMOVE, None),
    ("a:\n- - x\n  - y\n", ("a", 0, 0), REMOVE, None),
    ("b: &b {x: 1, y: 2}\na: *b\n", ("a", "x"), REMOVE, None),
    ("b: &b {x: 1}\na:\n- <<: *b\n- <<: *b\n", ("a", 1), REMOVE, "b: &b {x: 1}\na:\n- <<: *b\n"),
    ("b: &b {x: 1}\na:\n- k: 1\n  <<: *b\n- y\n", ("a", 0), REMOVE, "b: &b {x: 1}\na:\n- y\n"),
    ("b: &b {x: 1}\na:\n- <<: *b\n  k: 1\n- y\n", ("a", 0), REMOVE, "b: &b {x: 1}\na:\n- y\n"),
    ("b: &b {x: 1}\na:\n- <<: [*b, *b]\n- y\n", ("a", 0), REMOVE, None),
    ("a:\r\n  b: |\r\n    x\r\n    y\r\n  c: 1\r\n", ("a", "b"), REMOVE, "a:\r\n  c: 1\r\n"),
    ('{"u": "s3://b/k"}', ("u",), SLASH, '{"u": "s3://b/k/"}'),
    ("u: s3://b/k # one\n", ("u",), SLASH, "u: s3://b/k/ # one\n"),
    ("u: 's3://b/k'\n", ("u",), SLASH, "u: 's3://b/k/'\n"),
    ("u: >-\n  s3://b/k\n", ("u",), SLASH, None),
    ("v: &v s3://b/k\nu: *v\n", ("u",), SLASH, None),
    ("u:\n", ("u",), SLASH, None),
    ("u: 'a'\n", ("u",), {"safety": "safe", "set": "it's"}, "u: 'it''s'\n"),
    ("u: a\n", ("u",), {"safety": "safe", "set": "no"}, "u: 'no'\n"),
    ("u: yes\n", ("u",), {"safety": "safe", "set": False}, "u: false\n"),
    ("'u u': a\n", ("u u",), {"safety": "safe", "rename": "v"}, "'v': a\n"),
    ("u: a\nv: b\n", ("u",), {"safety": "safe", "rename": "v"}, None),
    ("u: \"\n", ("u",), REMOVE, None),
    ("u: it's\n", ("u",), {"safety": "safe", "quote": True}, 'u: "it\'s"\n'),
    ("u: a\"'b\n", ("u",), {"safety": "safe", "quote": True}, "u: 'a\"''b'\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "pointer", "wish", "after"), EDITS, ids=[edit[0].strip() for edit in EDITS])
def test_edits(text: str, pointer: Pointer, wish: dict[str, Any], after: str | None) -> None:
    read = document.read("a.json" if text.startswith("{") else "a.yaml", text.encode())
    fix = fix_of(read, pointer, wish, {})
    assert (applied(text, fix.edits) if fix else None) == after
    if fix:
        assert fix.safety == wish["safety"]


@pytest.mark.parametrize(
    ("facts", "safety"),
    [
        ({"nearest": "Approved", "exact": True}, "safe"),
        ({"nearest": "Approved", "exact": False}, "unsafe"),
        ({"nearest": "Approved"}, "unsafe"),
        ({"nearest": None}, None),
        ({}, None),
    ],
)
def test_what_is_only_like_it_is_unsafe(facts: dict[str, Any], safety: str | None) -> None:
    read = document.read("a.yaml", b"a: approved\n")
    fix = fix_of(read, ("a",), {"safety": "safe", "set": "{nearest}"}, facts)
    assert (fix and fix.safety) == safety
