"""Files that a script writes and a command names: their texts are linted where they stand in the script."""

import pytest

from sm_lint.sources.document import read
from tests.support.linting import RULES, lint
from tests.support.work import calls

CALL = "aws sagemaker create-model-package"
GROUP = "--model-package-group-name g"
NAME = '--model-package-name n --inference-specification "$SPEC"'
SPEC = (
    '{"Containers": [{"Image": "111122223333.dkr.ecr.us-east-1.amazonaws.com/c:1", "ModelDataURL": "s3://b/m.tar.gz"}]}'
)


def here(text: str, path: str = "r.json", delimiter: str = "EOF") -> str:
    return f"cat > {path} <<{delimiter}\n{text}\nEOF\n"


def found(script: str) -> list[tuple[str, str]]:
    """Return the codes of what is found in a script, each with the text that it is about."""
    document = read("a.sh", script.encode())
    return [(d.code, script[d.range.start.offset : d.range.end.offset]) for d in lint(document)]


def json_of(script: str) -> list[tuple[str, str]]:
    return found(f"{script}{CALL} {GROUP} --cli-input-json file://r.json\n")


TEXTS = [
    ('{"Domian": "x"}', [("SM101", '"Domian"')]),
    ('{"Domain": "x"}', []),
    ('{"ModelApprovalStatus": "approved"}', [("SM106", '"approved"')]),
    ('{"Tags": [{"Key": "a", "Value": "b"}]}', [("SM203", '"Tags"')]),
    ('{"ModelPackageGroupName": "a_b"}', []),
    ('{"ModelPackageName": "x"}', [("SM201", "{")]),
    ('{"Domain":', [("SM001", "")]),
    ("[]", [("SM105", "[")]),
    ('{"ModelPackageDescription": "$A", "ModelApprovalStatus": "$S", "Domain": "${D}"}', []),
    ('{"CertifyForMarketplace": $C, "Domian": "$D"}', [("SM101", '"Domian"')]),
    ('{"ModelPackageDescription": $(jq -Rs . < x), "Domain": 1}', [("SM103", "1")]),
    ("$ALL", []),
    ('{"Domain": 1, $REST}', []),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_the_input_of_a_command(text: str, expected: list[tuple[str, str]]) -> None:
    assert json_of(here(text)) == expected


SCRIPTS = [
    (here('{"Domain": 1}', delimiter="'EOF'"), [("SM103", "1")]),
    (here('{"Domain": 1}', "./r.json"), [("SM103", "1")]),
    ("echo '{\"Domain\": 1}' > r.json\n", [("SM103", "1")]),
    (here('{"Domain": 1}') + "cat r.json | jq .\n", [("SM103", "1")]),
    (here('{"Domain": 1}') + "sed -i s/1/x/ r.json\n", []),
    (here('{"Domain": 1}', "q.json"), []),
    (here('{"Domain": 1}') + here("{}"), []),
    (here('{"Domain": 1}') + "echo >> r.json\n", []),
]


@pytest.mark.parametrize(("script", "expected"), SCRIPTS)
def test_what_is_known_of_the_file(script: str, expected: list[tuple[str, str]]) -> None:
    assert json_of(script) == expected


COMMANDS = [
    ("$F", '{"Domain": 1}', f'{GROUP} --cli-input-json "file://$F"', [("SM103", "1")]),
    ("$(mktemp)", '{"Domain": 1}', '--cli-input-json "file://$(mktemp)"', []),
    ("r.json", '{"Domain": 1}', f"{GROUP} --cli-input-json file://r.json --domain x", []),
    ("r.json", '{"CertifyForMarketplace": true}', f"--cli-input-json file://r.json {GROUP}",
     [("SM205", "true")]),
    ("r.json", '{"Domian": 1}', "--cli-input-json file://r.json help", []),
    ("r.json", '{"Domain": "x"}', '--cli-input-json file://r.json "$@"', []),
    ("r.yaml", "Domian: x\nModelPackageDescription: $X\nTask: $T", "--cli-input-yaml file://r.yaml $ALL",
     [("SM101", "Domian")]),
    ("s.json", SPEC, "--model-package-group-name g --inference-specification file://s.json",
     [("SM101", '"ModelDataURL"')]),
    ("t.json", '[{"Key": "a"}]', f"{NAME} --tags file://t.json", [("SM612", "{")]),
    ("t.txt", "Key=a", f"{NAME} --tags file://t.txt", []),
    ("d.txt", "{", f"{GROUP} --model-package-description file://d.txt", []),
]  # fmt: skip


@pytest.mark.parametrize(("path", "text", "options", "expected"), COMMANDS)
def test_what_the_file_is(path: str, text: str, options: str, expected: list[tuple[str, str]]) -> None:
    assert found(f"{here(text, path)}{CALL} {options}\n") == expected


def test_a_here_document_of_the_command_itself() -> None:
    script = f'{CALL} {GROUP} --cli-input-json file:///dev/stdin <<EOF\n{{"Domian": "x"}}\nEOF\n'
    assert found(script) == [("SM101", '"Domian"')]


def test_of_a_file_that_two_commands_use_is_reported_what_holds_for_both() -> None:
    text = here('{"Tags": [{"Key": "a", "Value": "b"}], "Domain": "x", "Task": 1}')
    one, other = f"{CALL} --cli-input-json file://r.json {GROUP}\n", f"{CALL} --cli-input-json file://r.json"
    assert found(f"{text}{one}{other} --model-package-name n\n") == [("SM103", "1")]
    assert found(f"{text}{one}{one}") == [("SM203", '"Tags"'), ("SM103", "1")]
    assert found(f"{text}{one}{CALL} {GROUP} --tags file://r.json\n") == []


def test_the_work_is_linear_in_the_number_of_files_and_commands() -> None:
    def work(number: int) -> int:
        script = "".join(here("{}", f"r{n}") + f"{CALL} {GROUP} --cli-input-json file://r{n}\n" for n in range(number))
        document = read("a.sh", script.encode())
        from sm_lint.requests.command import requests

        return calls(lambda: requests(document, RULES.shapes))

    assert work(80) < 4.4 * work(20)
