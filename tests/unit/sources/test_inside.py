"""A document inside another one has the spans of the file: through escapes, and through several strings."""

import json
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.model.pointer import Pointer
from sm_lint.sources import document
from sm_lint.sources.document import Document
from sm_lint.sources.inside import Piece, in_pieces, part
from sm_lint.sources.json import reader
from tests.support.pointers import pointers

TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 99) | TEXTS,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(TEXTS, inside, max_size=3),
    max_leaves=8,
)
OBJECTS = st.dictionaries(TEXTS, VALUES, min_size=1, max_size=3)


def inside(text: str, syntax: str, pointer: Pointer) -> Document:
    """Return the document in the string at a pointer of a file."""
    outer = document.read(f"a.{syntax}", text.encode())
    value: Any = outer.value
    for step in pointer:
        value = value[step]
    return in_pieces(outer, pointer, [Piece(pointer, value)])


@given(OBJECTS)
def test_each_value_of_json_in_a_string_is_where_it_is_written(value: dict[str, Any]) -> None:
    inner = json.dumps(value, ensure_ascii=False)
    text = json.dumps({"a": [{"definition": inner}]}, indent=1)
    read = inside(text, "json", ("a", 0, "definition"))
    assert read.value == value
    for pointer in pointers(value):
        start, end = read.extent(pointer) or (0, 0)
        span = read.span(start, end)
        assert json.loads(f'"{text[span.start.offset : span.end.offset]}"') == inner[start:end]
        assert read.of_file(pointer) == (("a", 0, "definition"), pointer)


@given(OBJECTS)
def test_a_string_in_a_string_has_the_places_of_the_file(value: dict[str, Any]) -> None:
    inner = json.dumps(value, ensure_ascii=False)
    middle = json.dumps({"body": inner})
    text = json.dumps({"definition": middle})
    read = inside(text, "json", ("definition",))
    nested = in_pieces(read, ("body",), [Piece(("body",), inner)])
    for pointer in pointers(value):
        start, end = nested.extent(pointer) or (0, 0)
        span = nested.span(start, end)
        once = json.loads(f'"{text[span.start.offset : span.end.offset]}"')
        assert json.loads(f'"{once}"') == inner[start:end]


@given(OBJECTS)
def test_json_in_a_block_of_yaml_has_the_places_of_the_file(value: dict[str, Any]) -> None:
    inner = json.dumps(value, indent=2)
    block = "".join(f"    {line}\n" for line in inner.splitlines())
    text = f"a:\n  definition: |\n{block}"
    read = inside(text, "yaml", ("a", "definition"))
    assert read.value == value
    for pointer in pointers(value):
        found = read.locate(pointer)
        assert text[found.start.offset : found.end.offset] in inner


@given(st.lists(OBJECTS, min_size=1, max_size=4))
def test_a_part_of_a_text_has_the_places_of_the_file(values: list[dict[str, Any]]) -> None:
    lines = [json.dumps(value, ensure_ascii=False) for value in values]
    text = "\n".join(lines)
    file = Document("a.jsonl", text, "json", reader.read(text.encode(), text))
    at = 0
    for line, value in zip(lines, values, strict=True):
        read = part(file, at, at + len(line), reader.read(line.encode(), line), 0)
        for pointer in pointers(value):
            found, alone = read.locate(pointer), document.read("a.json", line.encode()).locate(pointer)
            assert found.start.offset == at + alone.start.offset
            assert found.start.column == alone.start.column
            assert read.of_file(pointer) == (pointer, None)
        at += len(line) + 1


def test_a_text_that_is_not_json_has_no_value() -> None:
    read = inside(yaml.safe_dump({"a": "{not json"}), "yaml", ("a",))
    assert read.problems
