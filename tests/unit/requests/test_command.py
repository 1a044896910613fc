"""Commands in scripts as requests."""

import pytest

from sm_lint.requests import command
from sm_lint.requests.request import Request
from sm_lint.sources import document
from tests.support.linting import RULES, lint

CALL = "aws sagemaker create-model-package "


def request(words: str) -> Request:
    found = command.requests(document.read("register.sh", f"{CALL}{words}\n".encode()), RULES.shapes)
    assert found
    return found[0]


@pytest.mark.parametrize(
    ("words", "is_open"),
    [
        ("--tags Key=a,Value=b $REST", True),
        ('--tags Key=a,Value=b "$@"', True),
        ("--tags Key=a,Value=b $REST$MORE", True),
        ("--tags Key=a,Value=b Key=c,Value=$VALUE", False),
        ("--source-uri s3://$BUCKET/model", False),
        ("--source-uri $URI", False),
        ('--model-life-cycle \'{"Stage":"\'$STAGE\'","StageStatus":"Approved"}\'', False),
    ],
)
def test_only_a_word_of_which_nothing_is_known_may_be_several(words: str, is_open: bool) -> None:
    assert (() in request(words).open) is is_open


@pytest.mark.parametrize("unknown", ['${STAGE:-"a"}', "${STAGE:-a\\\\}", '$(jq -r ".[\\"x\\"]" a.json)', "`date +%s`"])
def test_what_an_expansion_has_in_it_is_no_json(unknown: str) -> None:
    found = request(f'--model-life-cycle "{{\\"Stage\\": \\"{unknown}\\", \\"StageStatus\\": \\"Approved\\"}}"')
    assert found.problems == ()
    assert found.value["ModelLifeCycle"]["StageStatus"] == "Approved"
    assert ("ModelLifeCycle", "Stage") in found.unknown


@pytest.mark.parametrize(
    "words",
    [
        "--inference-specification $SPEC",
        '--inference-specification "$SPEC"',
        '--inference-specification "$(cat spec.json)"',
        "--inference-specification file://spec.json",
        "--inference-specification <json>",
        '--customer-metadata-properties "$PROPERTIES"',
        "--customer-metadata-properties file://properties.json",
        "--additional-inference-specifications $SPECS",
        '--model-package-description "- draft of $DATE"',
        '--model-package-description "-$TEXT"',
        '--model-package-description "--$TEXT"',
        "--additional-inference-specifications file://specs.json",
        "--inference-specification Containers=[{Image=$IMAGE,ModelDataUrl=$URL}],SupportedContentTypes=text/csv",
    ],
)
def test_a_value_of_which_nothing_is_known_is_accepted(words: str) -> None:
    script = f"{CALL}--model-package-group-name churn {words}\n"
    found = lint(document.read("register.sh", script.encode()))
    assert [diagnostic.message for diagnostic in found] == []


@pytest.mark.parametrize(
    "words",
    [
        """--model-card '{"ModelCardStatus": "Draft", "ModelCardContent": "{\\"model_overview\\": {\\"x\\": 3}}"}'""",
        """--model-card 'ModelCardStatus=Draft,ModelCardContent="{\\"model_overview\\":{\\"x\\":3}}"'""",
    ],
)
def test_a_finding_inside_a_model_card_marks_its_characters(words: str) -> None:
    script = f"{CALL}--model-package-group-name churn {words}\n"
    found = [d for d in lint(document.read("register.sh", script.encode())) if d.inner_pointer]
    assert [(d.pointer, d.inner_pointer) for d in found] == [("/--model-card/ModelCardContent", "/model_overview/x")]
    place = found[0].range
    assert script[place.start.offset : place.end.offset].strip('\\"') == "x"


@pytest.mark.parametrize("quote", ['"', "'", '"""', "'''"])
def test_a_text_in_groovy_may_end_in_a_backslash(quote: str) -> None:
    script = f"sh {quote}{CALL}--model-package-name churn\\"
    assert command.requests(document.read("Jenkinsfile", script.encode()), RULES.shapes) is None


def test_a_variable_without_quotes_becomes_several_words_if_its_value_has_blanks() -> None:
    script = f'TAGS="Key=a,Value=b Key=c,Value=d"\nNAME=churn\n{CALL}--model-package-name $NAME --tags $TAGS\n'
    found = command.requests(document.read("register.sh", script.encode()), RULES.shapes)
    assert found
    assert (found[0].value["ModelPackageName"], dict(found[0].unknown)) == ("churn", {("Tags",): None})
    assert found[0].problems == ()


@pytest.mark.parametrize(
    "words",
    [
        "--inference-specification '<SPEC>'",
        "--inference-specification '{{ spec | tojson }}'",
        """--model-metrics '{"Bias": {{ bias }}, "Explainability": {"Report": <REPORT>}}'""",
        "--customer-metadata-properties '{{ first }},b=c'",
        "--customer-metadata-properties %PROPERTIES",
    ],
)
def test_a_placeholder_of_the_configuration_is_unknown(words: str) -> None:
    placeholders = ("<*>", "{{*}}", "%*")
    script = f"{CALL}--model-package-group-name churn {words}\n"
    found = lint(document.read("register.sh", script.encode(), None, placeholders))
    assert [diagnostic.message for diagnostic in found] == []


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("--tags Key=a, Value=b", ["SM066"]),
        ("--tags Key=a Value=b", ["SM067"]),
        ("--tags Key=a Value=b Key=c", ["SM067", "SM612"]),
        ("--certify-for-marketplace false", ["SM062"]),
        ("--certify-for-marketplace", ["SM230"]),
    ],
)
def test_what_follows_from_a_slip_is_not_reported(words: str, codes: list[str]) -> None:
    source = "--source-algorithm-specification SourceAlgorithms=[{AlgorithmName=churn}]"
    script = f"{CALL}--model-package-name churn {source} {words}\n"
    found = lint(document.read("register.sh", script.encode()))
    assert [diagnostic.code for diagnostic in found] == codes
