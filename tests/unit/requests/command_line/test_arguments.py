"""What the AWS CLI makes of the words of a command: values, places, what is unknown, and what is wrong."""

from itertools import islice
from random import Random
from typing import Any

import pytest

from sm_lint.model.pointer import Pointer
from sm_lint.requests.command_line.arguments import Arguments, arguments
from sm_lint.requests.command_line.words import Word
from sm_lint.sources.reading import Node
from tests.support.command_lines import FILES, commands
from tests.support.linting import RULES
from tests.support.words import words_of
from tests.support.work import calls

TAGS, SPEC, MAP, CARD = "--tags", "--inference-specification", "--customer-metadata-properties", "--model-card"
VALIDATION, NAME = "--validation-specification", "--model-package-name"
JOB = "ValidationProfiles=[{{TransformJobDefinition={{{}}}}}]"


def read(*texts: str) -> Arguments:
    return arguments(words_of(texts), RULES.shapes, FILES.get)


def kinds(found: Arguments) -> list[str]:
    return [problem.kind for problem in found.problems]


def job(**members: Any) -> Any:
    return {"ValidationSpecification": {"ValidationProfiles": [{"TransformJobDefinition": members}]}}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ((), {}),
        ((NAME, "churn", "--domain=TEXT"), {"ModelPackageName": "churn", "Domain": "TEXT"}),
        (("--model-approval", "Approved"), {"ModelApprovalStatus": "Approved"}),
        ((NAME, '"churn"'), {"ModelPackageName": '"churn"'}),
        ((f"{NAME}=-x",), {"ModelPackageName": "-x"}),
        ((NAME, "-1"), {"ModelPackageName": "-1"}),
        ((NAME, "- a text"), {"ModelPackageName": "- a text"}),
        ((f"{NAME}=a=b",), {"ModelPackageName": "a=b"}),
        (("--certify-for-marketplace",), {"CertifyForMarketplace": True}),
        (("--no-certify-for-marketplace",), {"CertifyForMarketplace": False}),
        # options of all commands are taken first
        (
            (TAGS, "Key=a,Value=b", "--region", "eu-west-1", "Key=c,Value=d"),
            {
                "Tags": [
                    {"Key": "a", "Value": "b"},
                    {"Key": "c", "Value": "d"},
                ]
            },
        ),
        ((NAME, "--no-cli-pager", "churn"), {"ModelPackageName": "churn"}),
        ((TAGS,), {"Tags": []}),
        ((TAGS, NAME, "x"), {"Tags": [], "ModelPackageName": "x"}),
        ((TAGS, '[{"Key": "a"}]'), {"Tags": [{"Key": "a"}]}),
        ((TAGS, '{"Key": "a"}', ' {"Key": "b"}'), {"Tags": [{"Key": "a"}, {"Key": "b"}]}),
        ((SPEC, '\n {"Containers": []}'), {"InferenceSpecification": {"Containers": []}}),
        # by the shapes
        ((SPEC, "Containers={Image=i}"), {"InferenceSpecification": {"Containers": [{"Image": "i"}]}}),
        (
            (SPEC, "Containers={Image=i,IsCheckpoint=true}"),
            {
                "InferenceSpecification": {"Containers": [{"Image": "i", "IsCheckpoint": "true"}]},
            },
        ),
        (
            (SPEC, "Containers=[{IsCheckpoint=TRUE}]"),
            {"InferenceSpecification": {"Containers": [{"IsCheckpoint": True}]}},
        ),
        (
            (SPEC, "Containers=[{IsCheckpoint=yes}]"),
            {"InferenceSpecification": {"Containers": [{"IsCheckpoint": "yes"}]}},
        ),
        ((SPEC, "SupportedContentTypes=text/csv"), {"InferenceSpecification": {"SupportedContentTypes": ["text/csv"]}}),
        ((VALIDATION, JOB.format("MaxPayloadInMB= 1_0 ")), job(MaxPayloadInMB=10)),
        (
            (VALIDATION, '{"ValidationProfiles": [{"TransformJobDefinition": {"MaxPayloadInMB": "6"}}]}'),
            job(MaxPayloadInMB="6"),
        ),
        ((MAP, "a=1,b=true"), {"CustomerMetadataProperties": {"a": "1", "b": "true"}}),
        ((MAP, "Unknown={a=[1]}"), {"CustomerMetadataProperties": {"Unknown": {"a": ["1"]}}}),
        # files
        ((SPEC, "file://spec.json"), {"InferenceSpecification": {"Containers": [{"Image": "i"}]}}),
        ((MAP, "file://members.txt"), {"CustomerMetadataProperties": {"a": "1", "b": "2"}}),
        ((TAGS, "file://tags.json"), {"Tags": [{"Key": "a", "Value": "b"}]}),
        ((TAGS, "file://tags.txt"), {"Tags": {"Key": "a", "Value": "b"}}),
        ((NAME, "file://text.txt"), {"ModelPackageName": "hello\n"}),
        ((NAME, "FILE://text.txt"), {"ModelPackageName": "FILE://text.txt"}),
        ((CARD, "ModelCardContent@=file://text.txt"), {"ModelCard": {"ModelCardContent": "hello\n"}}),
        ((CARD, "ModelCardContent=file://text.txt"), {"ModelCard": {"ModelCardContent": "file://text.txt"}}),
        # JSON and YAML beside options
        (("--cli-input-json", '{"Domain": "a", "Task": "b"}', "--domain", "c"), {"Domain": "c", "Task": "b"}),
        (("--cli-input-yaml", "Domain: a\nTask: b"), {"Domain": "a", "Task": "b"}),
    ],
)
def test_what_is_sent(words: tuple[str, ...], value: Any) -> None:
    found = read(*words)
    assert (found.value, kinds(found), found.unknown, found.asks_for) == (value, [], {}, None)


@pytest.mark.parametrize(
    ("words", "kind", "at", "corrected"),
    [
        (("--approval-status", "Approved"), "unknown-option", "--approval-status", None),
        (("--modelPackageName", "x"), "unknown-option", "--modelPackageName", "--model-package-name x"),
        (("-n", "x"), "unknown-option", "-n", None),
        (("--model-package", "x"), "ambiguous-option", "--model-package", None),
        (("--c", "x"), "ambiguous-option", "--c", None),
        ((NAME,), "option-value", NAME, None),
        ((NAME, "-x"), "option-value", NAME, f"{NAME}=-x"),
        (("--certify-for-marketplace=true",), "option-value", "true", "--certify-for-marketplace"),
        (("--certify-for-marketplace=false",), "option-value", "false", "--no-certify-for-marketplace"),
        (("--certify-for-marketplace=yes",), "option-value", "yes", None),
        (("--certify-for-marketplace", "true"), "stray-word", "true", "--certify-for-marketplace"),
        (("--output", "jsn"), "option-value", "jsn", None),
        (("--cli-read-timeout", "long"), "option-value", "long", None),
        (("churn", NAME, "x"), "stray-word", "churn", None),
        (("\u2014domain", "x"), "stray-word", "\u2014domain x", "--domain x"),
        (("--model-package-description", "a", "good", "model"), "stray-word", "good model", None),
        ((MAP, "a=1", "b=2"), "stray-word", "b=2", f"{MAP} a=1,b=2"),
        ((MAP, "a=1,", "b=2"), "stray-word", "b=2", f"{MAP} a=1,b=2"),
        ((SPEC, '{"Containers":', "[]}"), "stray-word", "[]}", None),
        (("--cli-input-json", "{}", "--cli-input-yaml", "{}"), "two-inputs", "--cli-input-yaml", None),
        (("--cli-input-json", "[]"), "option-value", "[]", None),
        ((TAGS, "Key=a,Value=b,Key=c,Value=d"), "shorthand-syntax", ",", f"{TAGS} Key=a,Value=b Key=c,Value=d"),
        ((TAGS, "Key=a,Value=b Key=c,Value=d"), "shorthand-syntax", "Value", None),
        ((TAGS, "Key=a,", "Value=b"), "shorthand-syntax", ", ", f"{TAGS} Key=a,Value=b"),
        ((TAGS, "Key=a,Value=b,", "Key=c,Value=d"), "shorthand-syntax", ",", f"{TAGS} Key=a,Value=b Key=c,Value=d"),
        ((TAGS, "'Key=a,Value=b'"), "shorthand-syntax", "'Key=a,Value=b'", f"{TAGS} Key=a,Value=b"),
        ((TAGS, "{Key=a,Value=b}"), "json-syntax", "{Key=a,Value=b}", None),
        ((MAP, "accuracy:0.9"), "shorthand-syntax", "accuracy:0.9", None),
        ((MAP, "a=1,a=2"), "shorthand-syntax", "a", None),
        ((MAP, "a=1,"), "shorthand-syntax", ",", f"{MAP} a=1"),
        ((MAP, "a=x😀y z,b=c"), "shorthand-syntax", "x😀y z", f"{MAP} a='x😀y z',b=c"),
        ((SPEC, "Containers=[{Image=😀}]"), "shorthand-syntax", "😀", f"{SPEC} Containers=[{{Image='😀'}}]"),
        ((MAP, "a='x"), "shorthand-syntax", "'", None),
        ((MAP, "a=x'y'"), "shorthand-syntax", "'", None),
        ((MAP, ""), "shorthand-syntax", "", None),
        ((MAP, "a={b}"), "shorthand-syntax", "}", None),
        ((SPEC, "x/spec.json"), "shorthand-syntax", "x/spec.json", f"{SPEC} file://x/spec.json"),
        ((SPEC, "file:spec.json"), "shorthand-syntax", "file:spec.json", f"{SPEC} file://spec.json"),
        ((SPEC, "file:/tmp/s.json"), "shorthand-syntax", "file:/tmp/s.json", f"{SPEC} file:///tmp/s.json"),
        ((SPEC, "s3://b/s.json"), "shorthand-syntax", "s3://b/s.json", None),
        (("--cli-input-json", "r.json"), "json-syntax", "r.json", "--cli-input-json file://r.json"),
        (("--cli-input-json", "file:r.json"), "json-syntax", "file:r.json", "--cli-input-json file://r.json"),
        (("--cli-input-yaml", "r.yaml"), "option-value", "r.yaml", None),
        ((SPEC, "Containers=[{Image=i}"), "shorthand-syntax", "", None),
        ((SPEC, "Containers=[{Image=i}] "), "shorthand-syntax", " ", f"{SPEC} Containers=[{{Image=i}}]"),
        (
            (SPEC, "Containers=[{Image=i} {Image=j}]"),
            "shorthand-syntax",
            " ",
            f"{SPEC} Containers=[{{Image=i}},{{Image=j}}]",
        ),
        ((SPEC, "'{}'"), "shorthand-syntax", "'{}'", f"{SPEC} {{}}"),
        ((SPEC, "{Containers:[]}"), "json-syntax", "{Containers:[]}", None),
        ((SPEC, '{"Containers": [],}'), "json-syntax", ",", f'{SPEC} {{"Containers": []}}'),
        ((SPEC, "[]"), "option-value", "[]", None),
        ((TAGS, '{"Key": "a"}', "Key=b"), "option-value", "Key=b", None),
        ((SPEC, "file://broken.json"), "option-value", "file://broken.json", None),
        ((NAME, "file://latin.txt"), "option-value", "file://latin.txt", None),
        ((SPEC, "fileb://spec.json"), "option-value", "fileb://spec.json", f"{SPEC} file://spec.json"),
        ((VALIDATION, JOB.format("MaxPayloadInMB=six")), "option-value", "six", None),
        ((VALIDATION, JOB.format("MaxPayloadInMB=[1]")), "option-value", "[1]", None),
    ],
)
def test_what_is_refused(words: tuple[str, ...], kind: str, at: str, corrected: str | None) -> None:
    check(words, kind, at, corrected)
    assert read(*words).is_refused


@pytest.mark.parametrize(
    ("words", "kind", "at", "corrected"),
    [
        ((TAGS, "Key=a", TAGS, "Key=b"), "repeated-option", TAGS, None),
        (("--region", "a", "--region", "b"), "repeated-option", "--region", None),
        ((TAGS, "Key=a", "Value=b"), "shorthand-meaning", "Key=a Value=b", f"{TAGS} Key=a,Value=b"),
        ((TAGS, "Key=a Value=b"), "shorthand-meaning", " ", f"{TAGS} Key=a,Value=b"),
        ((TAGS, "Key=a; Value=b"), "shorthand-meaning", "; ", f"{TAGS} Key=a,Value=b"),
        ((TAGS, "Key=a,Value=x,y"), "shorthand-meaning", "x,y", f"{TAGS} Key=a,Value='x,y'"),
        (
            (SPEC, "Containers=[{Image=i ModelDataUrl=u}]"),
            "shorthand-meaning",
            " ",
            f"{SPEC} Containers=[{{Image=i,ModelDataUrl=u}}]",
        ),
        ((SPEC, "Containers=[{Image=i,Image=j}]"), "shorthand-meaning", "Image", None),
        ((SPEC, '{"Containers": [], "Containers": []}'), "json-repeated-key", '"Containers"', None),
    ],
)
def test_what_is_accepted_and_hardly_meant(words: tuple[str, ...], kind: str, at: str, corrected: str | None) -> None:
    check(words, kind, at, corrected)
    assert not read(*words).is_refused


def check(words: tuple[str, ...], kind: str, at: str, corrected: str | None) -> None:
    """Check that there is one problem, its place, and what its correction makes of the words."""
    text = " ".join(word.text for word in words_of(words))
    (problem,) = read(*words).problems
    assert (problem.kind, text[problem.start : problem.end]) == (kind, at)
    assert kind == "json-repeated-key" or problem.parameters["advice"]
    start, end, new = problem.correction or (0, 0, "")
    assert (text[:start] + new + text[end:] if problem.correction else None) == corrected


@pytest.mark.parametrize(
    ("words", "advice"),
    [
        ((SPEC, "{'Containers':[]}"), "Write double quotes around"),
        ((SPEC, "{Containers:[]}"), "the shell removes"),
        (("--cli-input-yaml", "r.yaml"), "Write `file://r.yaml`"),
        ((NAME, "a", " "), "a backslash continues a line only if nothing follows it"),
    ],
)
def test_the_advice_fits_the_cause(words: tuple[str, ...], advice: str) -> None:
    (problem,) = read(*words).problems
    assert advice in problem.parameters["advice"]


@pytest.mark.parametrize(
    "words", [(MAP, "a=x y=z"), (MAP, "a=x,b=c d"), (SPEC, "Containers=[{Image='i ModelDataUrl=u'}]")]
)
def test_a_text_that_may_be_meant_is_left_alone(words: tuple[str, ...]) -> None:
    assert read(*words).problems == ()


@pytest.mark.parametrize(
    ("words", "unknown", "opened"),
    [
        ((NAME, "«$N»"), {("ModelPackageName",): "string"}, set()),
        ((NAME, "*«$N»"), {("ModelPackageName",): "string"}, set()),
        ((NAME, "a-«$N»-b"), {("ModelPackageName",): "string"}, set()),
        (("*«$OPTIONS»", "x", "--domain", "a"), {}, {()}),
        (("--domain", "a", "«$X»", "x"), {}, {()}),
        (("--«$X»", "a"), {}, {()}),
        (("--«$X»=a",), {}, {()}),
        (("--approval-status", "a"), {}, {()}),
        ((TAGS, "*«$TAGS»"), {("Tags",): None}, set()),
        ((TAGS, "Key=a,Value=b", "*«$TAGS»"), {("Tags", 1): None}, {(), ("Tags",)}),
        ((TAGS, "Key=a,Value=«$V»"), {("Tags", 0, "Value"): None}, set()),
        ((TAGS, "Key=a,Value='«$V»'"), {("Tags", 0, "Value"): "string"}, set()),
        ((TAGS, "Key=a,«$REST»"), {("Tags", 0, "Key"): None}, {("Tags", 0)}),
        ((TAGS, "a«$K»=a,Value=b"), {}, {("Tags", 0)}),
        ((SPEC, "«$SPEC»"), {("InferenceSpecification",): None}, set()),
        ((SPEC, "file://«$DIR»/spec.json"), {("InferenceSpecification",): None}, set()),
        ((SPEC, "file://$DIR/spec.json"), {("InferenceSpecification",): None}, set()),
        ((SPEC, "file://~/spec.json"), {("InferenceSpecification",): None}, set()),
        ((SPEC, "Containers=[«$C»]"), {("InferenceSpecification", "Containers"): "array"}, set()),
        (
            (SPEC, '{"Containers": [{"Image": "a:«$(b "c")»"}]}'),
            {
                ("InferenceSpecification", "Containers", 0, "Image"): "string",
            },
            set(),
        ),
        (
            (SPEC, '{"Containers": «$C», "SupportedContentTypes": [«$T»]}'),
            {
                ("InferenceSpecification", "Containers"): None,
                ("InferenceSpecification", "SupportedContentTypes"): "array",
            },
            set(),
        ),
        ((SPEC, '{"«$K»": 1}'), {}, {("InferenceSpecification",)}),
        ((SPEC, '{"Containers": [], «$REST»}'), {("InferenceSpecification",): None}, set()),
        ((CARD, "ModelCardContent@=file://none"), {("ModelCard", "ModelCardContent"): "string"}, set()),
        (("--cli-input-json", "file://input.json"), {}, {()}),
        (("--cli-input-json", '{"Domain": "«$D»"}'), {("Domain",): "string"}, set()),
        (("--cli-input-json", "«$INPUT»"), {}, {()}),
    ],
)
def test_what_is_unknown(words: tuple[str, ...], unknown: dict[Pointer, str | None], opened: set[Pointer]) -> None:
    found = read(*words)
    assert (found.unknown, set(found.open)) == (unknown, opened)
    assert set(kinds(found)) <= {"unknown-option"}


def test_an_error_that_no_expansion_takes_away_is_reported() -> None:
    assert kinds(read(TAGS, "Key=«$A»,Value=«$B»,Key=c,Value=d")) == ["shorthand-syntax"]
    assert kinds(read(SPEC, '{"Containers": ["«$C»",]}')) == ["json-syntax"]
    assert kinds(read(MAP, "a=b,«$X»")) == kinds(read(MAP, "«$X»")) == kinds(read(MAP, "a=[«$X»")) == []


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (("help",), "help"),
        ((NAME, "x", "help"), "help"),
        (("--version",), "version"),
        (("--generate-cli-skeleton",), "skeleton"),
        (("--generate-cli-skeleton", "yaml-input"), "skeleton"),
        (("--generate-cli-skeleton", "output"), None),
        ((NAME, "help"), None),
    ],
)
def test_what_a_command_asks_for(words: tuple[str, ...], what: str | None) -> None:
    assert read(*words).asks_for == what


def test_files_names_and_settings() -> None:
    found = read(
        "--cli-input-json", "file://input.json", SPEC, "file://spec.json", "--region=eu-west-1", "--no-certify"
    )
    assert [(file.option, file.path, file.pointer, file.was_read) for file in found.files] == [
        (SPEC, "spec.json", ("InferenceSpecification",), True),
        ("--cli-input-json", "input.json", (), False),
    ]
    assert found.given == {"InferenceSpecification", "CertifyForMarketplace"}
    assert found.names == {
        ("InferenceSpecification",): SPEC,
        ("CertifyForMarketplace",): "--no-certify-for-marketplace",
    }
    assert found.settings["--region"].values[0].text == "eu-west-1"


def test_each_value_has_its_place() -> None:
    texts = (
        TAGS,
        "Key=a,Value='b c'",
        '--inference-spec={"Containers": [{"Image": "i"}]}',
        "--domain",
        "x",
        "--certify-for",
    )
    text = " ".join(texts)
    places = dict(_places(read(*texts).root, ()))
    assert {pointer: text[start:end] for pointer, (start, end) in places.items()} == {
        (): text,
        (TAGS,): "Key=a,Value='b c'",
        (TAGS, 0): "Key=a,Value='b c'",
        (TAGS, 0, "Key"): "a",
        (TAGS, 0, "Value"): "'b c'",
        (SPEC,): '{"Containers": [{"Image": "i"}]}',
        (SPEC, "Containers"): '[{"Image": "i"}]',
        (SPEC, "Containers", 0): '{"Image": "i"}',
        (SPEC, "Containers", 0, "Image"): '"i"',
        ("--domain",): "x",
        ("--certify-for-marketplace",): "--certify-for",
    }


def _places(node: Node, pointer: Pointer) -> list[tuple[Pointer, tuple[int, int]]]:
    found: list[tuple[Pointer, tuple[int, int]]] = [(pointer, (node.start, node.end))]
    for step, child in (node.children or {}).items():
        found += _places(child, (*pointer, step))
    return found


def test_no_words_make_it_crash() -> None:
    random = Random(0)  # noqa: S311 - the same words each time
    for texts in islice(commands(7), 1500):
        words = []
        for at, word in enumerate(words_of(texts)):
            cuts = sorted(
                random.sample(range(len(word.text) + 1), min(len(word.text), random.choice((0, 0, 2, 4))) // 2 * 2)
            )
            unknown = tuple(zip(cuts[::2], cuts[1::2], strict=True))
            words.append(Word(word.text, word.start, unknown, may_be_several=bool(unknown) and at % 3 == 0))
        found = arguments(words, RULES.shapes, FILES.get)
        size = words[-1].end if words else 0
        assert all(0 <= start <= end <= size for _, (start, end) in _places(found.root, ()))
        assert all(0 <= problem.start <= problem.end <= size for problem in found.problems)


@pytest.mark.parametrize(
    "words",
    [
        ("x",),
        ("--x",),
        (TAGS,),
        ("«$X»",),
        ("*«$X»",),
        ("-",),
        ("--region", "x"),
        (NAME, "x"),
        ("--model-package", "x"),
    ],
)
def test_the_work_grows_with_the_words(words: tuple[str, ...]) -> None:
    short, long = (words_of(words * count) for count in (100, 400))
    grown = calls(lambda: arguments(long, RULES.shapes, FILES.get))
    assert grown < 4.4 * calls(lambda: arguments(short, RULES.shapes, FILES.get))


@pytest.mark.parametrize(
    ("option", "start", "piece", "end"),
    [
        (TAGS, "Key=a,Value=b", ",Key=«$X»", ""),
        (TAGS, "Key=a,Value=", "x Value= ", ""),
        (SPEC, "Containers=[", "{Image=«$I»,Image=j},", "]"),
        (SPEC, "Containers=[", "{Image=i} ", "]"),
        (SPEC, '{"Containers": [', '{"Image": "«$I»"}, ', "{}]}"),
        (SPEC, '{"Containers": [', "«$I», ", "1]}"),
        (SPEC, '{"Containers": ', "[", ""),
        (MAP, "a=b;", "k=«$X»,", "😀"),
    ],
)
def test_the_work_grows_with_a_word(option: str, start: str, piece: str, end: str) -> None:
    short, long = (words_of([option, start + piece * count + end]) for count in (100, 400))
    grown = calls(lambda: arguments(long, RULES.shapes, FILES.get))
    assert grown < 4.4 * calls(lambda: arguments(short, RULES.shapes, FILES.get))
