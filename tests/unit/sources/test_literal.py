"""Whether a text has the strings of its document as they are."""

import pytest

from sm_lint.sources import document
from sm_lint.sources.literal import is_literal


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.json", '{"a": "s3://b/c"}', True),
        ("a.json", r'{"a": "{\"b\": \"c\\n\"}"}', True),
        ("a.json", r'{"a": "s3:\/\/b"}', False),
        ("a.json", r'{"\u0061": 1}', False),
        ("a.json", '{"a": "&b"}', True),
        ("a.yaml", "a: s3://b/c", True),
        ("a.yaml", 'a: "b\\x41"', False),
        ("a.yaml", 'a: "us-\\\n  east-1"', False),
        ("a.yaml", "a: &b [c]\nd: *b", False),
        ("a.py", "a", False),
    ],
)
def test_a_text_is_literal_if_nothing_in_it_is_written_otherwise(name: str, text: str, expected: bool) -> None:
    assert is_literal(document.syntax_of(name, text.encode()), text) == expected
