"""A mistake in the syntax hides no other finding, and what is only guessed is none."""

import json
from collections.abc import Callable

import pytest

from sm_lint.sources import document
from sm_lint.sources.reading import UNREAD
from tests.support.linting import lint
from tests.support.work import calls

G = '"ModelPackageGroupName": "churn"'
D = '"Domian": "x"'
IMAGE = "123456789012.dkr.ecr.us-east-1.amazonaws.com/a:1"
JSON = {
    "an object that is not closed": f"{{{G}, {D}",
    "no comma": f"{{{G} {D}}}",
    "no colon": f'{{"ModelPackageGroupName" "churn", {D}}}',
    "a key without quotes": f'{{ModelPackageGroupName: "churn", {D}}}',
    "two commas": f"{{{G},, {D}}}",
    "typographic quotes": f"{{\u201cModelPackageGroupName\u201d: 'churn', {D}}}",
    "a text without its end, at the end": f'{{{D}, "ModelPackageGroupName": "churn}}',
    "a text without its end": f'{{\n  "Domain": "x,\n  {D},\n  {G}\n}}',
    "a text without its end before a bracket": f'{{\r\n  {D},\r\n  "ModelPackageGroupName": "churn\r\n}}',
    "a key without its end": f'{{\n "ModelPackageGroupName: "churn",\n {D}\n}}',
    "a bracket too many": f"{{{G}, {D}}}}}",
    "a zero before a number": f'{{"Task": 012, {D}, {G}}}',
    "text after the end": f"{{{G}, {D}}} x",
    "an inner object that is not closed": (
        f'{{\n  "InferenceSpecification": {{\n    "Containers": [{{"Image": "{IMAGE}"}}],\n  {G},\n  {D}\n}}'
    ),
    "an item that is not closed": (
        f'{{\n  "InferenceSpecification": {{\n    "Containers": [\n      {{\n        "Image": "{IMAGE}"\n    ]\n  }},\n'
        f"  {G},\n  {D}\n}}"
    ),
    "a comment after another mistake": f'{{"Task": "x" "y",\n // a: comment\n {D},\n {G}\n}}',
    "an ellipsis": f"{{{G}, ..., {D}}}",
    "an invisible character": f"{{{G}, \u200b{D}}}",
    "a semicolon": f"{{{G}; {D}}}",
    "marks of a merge": f"{{{G},\n<<<<<<< HEAD\n{D},\n=======\n>>>>>>> x\n}}",
    "a word after a value": f"{{{G} churn, {D}}}",
    "many mistakes": f"{{{',' * 20}\n {G},\n {D}\n}}",
}
Y = "ModelPackageGroupName: churn\n"
YAML = {
    "a tab after a colon": f"{Y}Domain:\tx\nDomian: y\n",
    "tabs in the indentation": f"{Y}MetadataProperties:\n\tCommitId: a\n\tRepository: b\nDomian: y\n",
    "tabs beside blanks": f"{Y}MetadataProperties:\n\tCommitId: a\n  Repository: b\nDomian: y\n",
    "tabs after dashes": f"{Y}Tags:\n-\tKey: a\n\tValue: b\nDomian: y\n",
    "a tab before a top-level key": f"{Y}\tTags: []\nDomian: y\n",
    "tabs that may nest in two ways": f"{Y}Tags:\n- Key: a\n\tValue: b\n  x: y\nDomian: y\n",
    "a tab after another mistake": f"{Y}Domain: a: b\nMetadataProperties:\n\tCommitId: a\nDomian: y\n",
    "a colon in a text": f"{Y}Domain: a: b\nDomian: y\n",
    "a text without its end": f"{Y}Domain: 'x\nDomian: y\n",
    "a text without its end at the beginning": f'Domain: "x\n{Y}Domian: y\n',
    "a line without a colon": f"{Y}foo\nDomian: y\n",
    "a list that is not closed": f"{Y}Task: [OTHER\nDomian: y\n",
    "another bracket": f"{Y}Task: [OTHER}}\nDomian: y\n",
    "a list in the line of its key": f"{Y}Domain: - b\nDomian: y\n",
    "text after a text": f"{Y}ModelPackageDescription: 'x' y\nDomian: y\n",
    "a member that is indented": f"{Y}  Domain: x\nDomian: y\n",
    "a member that is not indented enough": f"{Y}MetadataProperties:\n    CommitId: a\n  Repository: b\nDomian: y\n",
    "a mistake deep inside": f"{Y}MetadataProperties:\n  CommitId: a: b\n  x: y\nDomian: y\n",
    "a mistake in the key of a list": f"{Y}Task: x\n{{Tags:\n- Key: a\nDomian: y\n",
    "a mistake before a list": f"{Y}Tags: @x: y\n- Key: a\nDomian: y\n",
    "a tab in a key": "Model\tPackageGroupName: a\nDomian: y\n",
    "mistakes in a list": f"{Y}Task: x\nTags:\n- Key: a\n  Value: @b\n- Key: 'a\nDomian: y\n",
}


@pytest.mark.parametrize("name", JSON)
def test_a_mistake_in_json_hides_no_other_finding(name: str) -> None:
    found = lint(document.read("a.json", JSON[name].encode()))
    assert {d.code for d in found if "Domian" not in d.message} <= {"SM001"}, found
    (unknown,) = (d for d in found if "Domian" in d.message)
    assert unknown.pointer == "/Domian"
    assert JSON[name][unknown.range.start.offset : unknown.range.end.offset] == '"Domian"'


@pytest.mark.parametrize("name", YAML)
def test_a_mistake_in_yaml_hides_no_other_finding(name: str) -> None:
    found = lint(document.read("a.yaml", YAML[name].encode()))
    assert {"SM002", "SM012"} & {d.code for d in found}
    (unknown,) = (d for d in found if "`Domian`" in d.message)
    assert YAML[name][unknown.range.start.offset : unknown.range.end.offset] == "Domian"


WORDS = ("...", ";", "\u200b", "<<<<<<< HEAD", "x", "=")


@pytest.mark.parametrize("indent", [None, 2])
def test_a_word_more_in_a_clean_request_is_a_syntax_error_and_nothing_else(indent: int | None) -> None:
    text = json.dumps(REQUEST, indent=indent)
    outside = [at for at in range(1, len(text)) if text[:at].count('"') % 2 == 0]
    for broken in (f"{text[:at]} {word} {text[at:]}" for at in outside for word in WORDS):
        assert {d.code for d in lint(document.read("a.json", broken.encode()))} <= {"SM001", "SM005"}, broken


def test_a_place_after_tabs_is_that_in_the_text() -> None:
    text = f"{Y}MetadataProperties:\n\tCommitId: a\n\tx: b\nTags:\n-\tKey: a\n\tValue: b\n\ty: 1\n"
    diagnostics = lint(document.read("a.yaml", text.encode()))
    found = {d.pointer: text[d.range.start.offset : d.range.end.offset] for d in diagnostics}
    assert found == {"": "\t", "/MetadataProperties/x": "x", "/Tags": "Tags", "/Tags/0/y": "y"}


def test_what_a_line_after_a_tab_belongs_to_is_not_guessed() -> None:
    text = "foo\nInferenceSpecification:\n\tContainers: []\n\tx: y\nDomain: MACHINE_LEARNING\n"
    assert {d.code for d in lint(document.read("a.yaml", text.encode()))} == {"SM002", "SM012"}


def test_a_text_across_tabs_is_unknown() -> None:
    text = f"{Y}MetadataProperties:\n\tCommitId: a\nModelPackageDescription: |\n \tx\n"
    read = document.read("a.yaml", text.encode())
    assert read.value is UNREAD or ("ModelPackageDescription",) in read.unknown


CUT: dict[str, set[str]] = {
    '{"ModelPackageDescription": "x"': set(),
    '{"InferenceSpecification": {"SupportedContentTypes": []': set(),
    f'{{{G}, "Tags": [{{"Key": "a"}}': {"/Tags/0"},
    f'{{{G}, "InferenceSpecification": {{"Containers": [{{}}], "SupportedContentTypes": ["text/csv"]': {
        "/InferenceSpecification/Containers/0"
    },
    f'{{"InferenceSpecification": {{"Containers": [{{"Image": "{IMAGE}"}}], {G}}}': set(),
}


@pytest.mark.parametrize("text", CUT)
def test_what_an_object_lacks_is_said_only_if_it_has_been_read_to_its_end(text: str) -> None:
    found = lint(document.read("a.json", text.encode()))
    assert {d.pointer for d in found if d.code != "SM001"} == CUT[text]


REQUEST = {
    "ModelPackageGroupName": "churn",
    "InferenceSpecification": {
        "Containers": [{"Image": IMAGE, "Environment": {"A": "b", "C": "d"}}, {"Image": IMAGE}],
        "SupportedContentTypes": ["text/csv"],
    },
    "CustomerMetadataProperties": {"commit": "abc"},
    "ModelApprovalStatus": "PendingManualApproval",
}


@pytest.mark.parametrize("indent", [None, 2])
def test_a_character_more_or_less_in_a_clean_request_is_a_syntax_error_and_nothing_else(indent: int | None) -> None:
    text = json.dumps(REQUEST, indent=indent)
    less = [text[:at] + text[at + 1 :] for at in range(len(text)) if text[at] in '{}[],:"']
    more = [text[:at] + character + text[at:] for at in range(0, len(text), 3) for character in '{}[],:"']
    for broken in less + more:
        read = document.read("a.json", broken.encode())
        if any(problem.kind == "json-syntax" for problem in read.problems):
            assert {d.code for d in lint(read)} <= {"SM001", "SM005"}, broken


GROWING: dict[str, Callable[[int], str]] = {
    "unclosed objects": lambda n: f"{{{G}, " + '"k": {"a": 1, ' * min(n, 190) + '"a": 1, ' * n,
    "keys without quotes": lambda n: f"{{{G}, {'k: 1, ' * n}}}",
    "quotes in lines": lambda n: f"{{{G} x, " + '"\n' * n,
    "lines that are not indented": lambda n: f"{{\n  {G},\n  a: [" + "{\n" * 100 + '"k": 1,\n' * n,
}


@pytest.mark.parametrize("name", GROWING)
def test_the_work_grows_with_the_text(name: str) -> None:
    def work(count: int) -> int:
        data = GROWING[name](count).encode()
        return calls(lambda: lint(document.read("a.json", data)))

    work(10)
    assert work(2000) < 4.4 * work(500)


@pytest.mark.parametrize(
    "text", ["A:\tB: c\n", "A:\n\tB:\tC: d\n", "A: x\n\tB:\tC:\td\n\te: f\n", "-\tA:\tb: c\n\t\td\n"]
)
def test_tabs_that_are_no_indentation_end_the_reading(text: str) -> None:
    assert calls(lambda: document.read("a.yaml", text.encode())) < 100_000


def test_a_yaml_text_is_read_only_so_often() -> None:
    def work(depth: int) -> int:
        above = "".join(f"{' ' * level}k{level}:\n" for level in range(depth))
        text = f"{Y}{above}{' ' * depth}a: b: c\nx: @y: z\n"
        return calls(lambda: document.read("a.yaml", text.encode()))

    assert work(160) < 30 * work(10)
