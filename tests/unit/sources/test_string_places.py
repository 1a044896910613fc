"""Places inside strings that hold JSON: in every style of a string, the range is that of the very characters."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    PlainScalarString,
    SingleQuotedScalarString,
)

from sm_lint.sources import document
from sm_lint.sources import string_places as inner
from sm_lint.sources.reading import Node, Reading
from tests.support.linting import lint

BLANK = " \t\n\r\x85\u2028\u2029"
STYLES = {
    "single": SingleQuotedScalarString,
    "double": DoubleQuotedScalarString,
    "literal": LiteralScalarString,
    "folded": FoldedScalarString,
    "plain": PlainScalarString,
}
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("\n\t'\"\\ é😀"))
TEXTS = WORDS | st.lists(st.sampled_from(["a", '"b"', "c's", "\\", "{}", "é"])).map(" ".join)


def squashed(text: str) -> str:
    return "".join(character for character in text if character not in BLANK)


def decoded(style: str, source: str) -> str:
    """What a stretch of a string's source stands for, blanks left out: folding changes nothing but those."""
    if style == "single":
        source = source.replace("''", "'")
    elif style == "double":
        source = str(YAML(typ="safe", pure=True).load(f'"{source}"'))
    return squashed(source)


@given(text=TEXTS.filter(bool), ascii_only=st.booleans(), ends=st.data())
def test_a_range_of_a_json_string_decodes_to_the_characters(text: str, ascii_only: bool, ends: st.DataObject) -> None:
    start = ends.draw(st.integers(0, len(text) - 1))
    end = ends.draw(st.integers(start + 1, len(text)))
    payload = json.dumps({"a": [text, text]}, ensure_ascii=ascii_only).encode()
    read = document.read("a.json", payload)
    place = inner.locator(read, ("a", 1))(start, end)
    assert json.loads(f'"{read.text[place.start.offset : place.end.offset]}"', strict=False) == text[start:end]
    assert inner.locator(read, ("a", 1))(end, end).start.offset == place.end.offset


@given(text=TEXTS.filter(bool), style=st.sampled_from(sorted(STYLES)), width=st.integers(8, 60), ends=st.data())
def test_a_range_of_a_yaml_string_decodes_to_the_characters(
    text: str, style: str, width: int, ends: st.DataObject
) -> None:
    yaml = YAML()
    yaml.width = width
    written = io.StringIO()
    yaml.dump({"a": [{"b": STYLES[style](text)}]}, written)
    read = document.read("a.yaml", written.getvalue().encode())
    if read.problems:  # ruamel.yaml writes some texts so that it cannot read them
        return
    value = read.value["a"][0]["b"]  # nor does it always write what it was given
    if not isinstance(value, str) or not value:
        return
    start = ends.draw(st.integers(0, len(value) - 1))
    end = ends.draw(st.integers(start + 1, len(value)))
    place = inner.locator(read, ("a", 0, "b"))(start, end)
    whole = read.locate(("a", 0, "b"))
    source = read.text[whole.start.offset : whole.end.offset]
    actual = {"'": "single", '"': "double"}.get(source[0], "other")
    if place == whole:
        assert actual == "other" or source[1:-1] == "", "only what is not quoted may have no places"
    else:
        assert decoded(actual, read.text[place.start.offset : place.end.offset]) == squashed(value[start:end])


CARD = '{"intended_uses": {"risk_ratin": "it\'s \\u00e9"}}'


@pytest.mark.parametrize(
    ("name", "string"),
    [
        ("a.json", json.dumps(CARD)),
        ("a.json", json.dumps(CARD).replace("i", "\\u0069")),
        ("a.yaml", json.dumps(CARD)),
        ("a.yaml", '"{\\"intended_uses\\":\\\n   \\x20{\\"risk_ratin\\":\n      \\"it\'s\\"}}"'),
        ("a.yaml", "'" + CARD.replace("'", "''") + "'"),
        ("a.yaml", '\'{"intended_uses":\n\n    {"risk_ratin": 1}}\''),
        ("a.yaml", f"|\n    {CARD}\n"),
        ("a.yaml", f"|2-  # the card\n     {CARD}\n\n"),
        ("a.yaml", f">-\n    {CARD}"),
        ("a.yaml", '>+\n    {"intended_uses":\n    {\n      "risk_ratin":\n\n      1}}\n\n'),
        ("a.yaml", f"!!str &card |-\n    {CARD}\n"),
    ],
)
def test_the_caret_stands_under_the_characters_inside(name: str, string: str) -> None:
    text = (
        f'{{"ModelPackageGroupName": "g", "ModelCard": {{"ModelCardStatus": "Draft", "ModelCardContent": {string}}}}}'
        if name == "a.json"
        else f"ModelPackageGroupName: g\nModelCard:\n  ModelCardStatus: Draft\n  ModelCardContent: {string}\n"
    )
    read = document.read(name, text.encode())
    (found,) = (d for d in lint(read) if d.code != "SM703")
    assert (found.code, found.pointer) == ("SM706", "/ModelCard/ModelCardContent")
    assert found.inner_pointer == "/intended_uses/risk_ratin"
    source = text[found.range.start.offset : found.range.end.offset].replace("\\u0069", "i").replace("\\", "")
    assert source == '"risk_ratin"'


def test_through_an_alias_the_whole_alias_is_blamed() -> None:
    text = (
        "ModelPackageGroupName: g\nMetadataProperties: {CommitId: &card '{\"x\": 1}'}\n"
        "ModelCard: {ModelCardStatus: Draft, ModelCardContent: *card}\n"
    )
    (found,) = lint(document.read("a.yaml", text.encode()))
    assert (found.code, found.inner_pointer) == ("SM706", "/x")
    assert text[found.range.start.offset : found.range.end.offset] == "*card"


@pytest.mark.parametrize(
    "content",
    [
        "",
        " ",
        "{",
        '{"a" 1}',
        "{'a': 1}",
        '{"a": True}',
        "{} x",
        "{} // x",
        "[1,]",
        '{"a": "',
        '"\t"',
        r'"\x"',
        "[" * 300,
    ],
)
def test_what_is_said_of_a_string_does_not_speak_of_a_file(content: str) -> None:
    payload = {"ModelPackageGroupName": "g", "ModelCard": {"ModelCardStatus": "Draft", "ModelCardContent": content}}
    found = lint(document.read("a.json", json.dumps(payload).encode()))
    assert "SM701" in [d.code for d in found]
    words = " ".join(d.message + (d.help or "") for d in found)
    assert "file" not in words.replace("In a JSON file", "")
    assert "CLI" not in words


def test_a_payload_without_text_has_inner_pointers_too() -> None:
    import sm_lint

    card = {"ModelCardStatus": "Draft", "ModelCardContent": '{"x": 1}'}
    (found,) = sm_lint.lint({"ModelPackageGroupName": "g", "ModelCard": card})
    assert (found.pointer, found.inner_pointer) == ("/ModelCard/ModelCardContent", "/x")
    assert found.range.start[:2] == (1, 1)


@pytest.mark.parametrize(
    ("word", "value"),
    [("a b", "a b"), ("x\\,y", "x,y"), ("'it\\'s \\\\'", "it's \\"), ('"\\" \\n"', '" \\n'), ('"\\u00e9 b"', "é b")],
)
def test_the_characters_of_a_string_in_words_have_their_places(word: str, value: str) -> None:
    text = f"--x {word} y"
    root = Node(0, len(text), None, collection=True)
    root.children = {"--x": Node(4, 4 + len(word), (0, 3))}
    read = document.Document("", text, "words", Reading({"--x": value}, [], places=lambda: root))
    locate = inner.locator(read, ("--x",))
    start, end = locate(len(value) - 1, len(value))
    last = text[start.offset : end.offset]
    assert last[-1] == value[-1]
    assert end.offset == 4 + len(word) - (word[-1] in "'\"")
