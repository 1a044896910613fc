"""The kinds of hostile input in the carriers: many requests, deep ones, and much in one that is unknown or renamed."""

import json

from tests.promises.kinds import GROUP, MISSPELLED, Kind, lines, many

WRONG = f'{GROUP}, "Domian": "~"'
"""The members of a request with one mistake."""
RESOURCE = "arn:aws:states:::aws-sdk:sagemaker:createModelPackage"
CONTROLLER = "apiVersion: sagemaker.services.k8s.aws/v1alpha1\nkind: ModelPackage\n"


def steps(text: str) -> str:
    """Return a pipeline definition."""
    return f'{{"Version": "2020-12-01", "Steps": [{text}]}}'


def step(members: str) -> str:
    """Return a RegisterModel step with the members of its request."""
    return f'{{"Name": "s~", "Type": "RegisterModel", "Arguments": {{{members}}}}}'


def states(text: str) -> str:
    """Return a state machine."""
    return f'{{"StartAt": "s0", "States": {{{text}}}}}'


def task(members: str) -> str:
    """Return a state with the members of its request."""
    return f'"s~": {{"Type": "Task", "Resource": "{RESOURCE}", "End": true, "Parameters": {{{members}}}}}'


def template(resources: str) -> str:
    """Return a template of CloudFormation."""
    return f'{{"Resources": {{{resources}}}}}'


def package(members: str) -> str:
    """Return a resource of a template with the members of its request."""
    return f'"r~": {{"Type": "AWS::SageMaker::ModelPackage", "Properties": {{{members}}}}}'


def plan(count: int, after: str, unknown: str = "") -> str:
    """Return a Terraform plan with `count` model packages."""
    change = f'{{"actions": ["create"], "before": null, "after": {{{after}}}, "after_unknown": {{{unknown}}}}}'
    resource = f'{{"type": "awscc_sagemaker_model_package", "name": "r~", "mode": "managed", "change": {change}}}'
    return f'{{"format_version": "1.2", "resource_changes": [{many(count, resource)}]}}'


def wrong_map(count: int, entry: str) -> str:
    """Return the members of a request with one mistake and a map."""
    return f'{WRONG}, "CustomerMetadataProperties": {{{many(count, entry)}}}'


def nested(opening: str, inner: str, closing: str) -> str:
    """Return what is nested nearly as deep as is read: each opening has three or four levels."""
    return opening * 45 + inner + closing * 45


CONDITION = '{"Name": "c", "Type": "Condition", "Arguments": {"Conditions": [], "IfSteps": ['
MAP = '"m": {"Type": "Map", "ItemProcessor": {"StartAt": "m", "States": {'
BRANCH = '"b~": {"Type": "Parallel", "Branches": [{"StartAt": "m", "States": {%s}}]}'
JOINED = '"r": {"Type": "AWS::SageMaker::Pipeline", "Properties": {"Definition": {"Fn::Join": ["", [%s]]}}}'
PIECE = json.dumps(step(f'{GROUP}, "Domian": "a').removesuffix("}}")) + ', {"Ref": "X"}, ' + json.dumps('"}}, ') + ", "
PROPERTIES = f"Resources:\n  R:\n    Type: AWS::SageMaker::ModelPackage\n    Properties:\n      {GROUP}\n"
TAG = '{"Key": "k~", "Value": {"Get": "Parameters.k~"}}'
SUFFIXED = MISSPELLED.replace('": 1', '.$": "$.x"')
CHOICE = '{"Fn::If": ["C", 1, ' * 90 + "2" + "]}" * 90
BEGINNING, END = (json.dumps(text) for text in steps("~").split("~"))
FIRST, LAST = f"{BEGINNING}, ", f"{json.dumps(step(WRONG))}, {END}"
KNOWN_LATER = '"k~": true'
LISTED = (
    "- " + CONTROLLER.replace("\n", "\n  ") + f"spec: {{{GROUP.replace('Model', 'model', 1)}, domian: x, k: 1, k: 1}}"
)

OF_CARRIERS: dict[str, Kind] = {
    "steps": Kind("json", lambda n: steps(many(n, step(WRONG))), 5_000, "SM101", counted=20),
    "conditions in conditions": Kind(
        "json", lambda n: steps(many(n, nested(CONDITION, step(WRONG), "]}}"))), 180, "SM101", counted=6
    ),
    "steps in a string": Kind(
        "json", lambda n: json.dumps({"a": steps(many(n, step(WRONG)))}), 5_000, "SM101", counted=20
    ),
    "mistakes in a string": Kind(
        "json", lambda n: json.dumps({"a": steps(step(f"{GROUP}, {many(n, MISSPELLED)}"))}), 24_000, "SM101", counted=60
    ),
    "strings with a step": Kind(
        "json", lambda n: f'{{"a": [{many(n, json.dumps(steps(step(WRONG))))}]}}', 3_000, "SM101", counted=20
    ),
    "strings in strings": Kind(
        "json", lambda n: json.dumps({"a": [json.dumps({"Steps": steps(step(WRONG))})] * n}), 9_000, "SM101",
        counted=100,
    ),
    "parameters of a step": Kind(
        "json", lambda n: steps(step(wrong_map(n, '"k~": {"Get": "Parameters.k~"}'))), 12_000, "SM101"
    ),
    "tags of a step": Kind(
        "json", lambda n: steps(step(f'{WRONG}, "Tags": [{many(n, TAG)}]')), 6_000, "SM101", counted=100
    ),
    "tasks": Kind("json", lambda n: states(many(n, task(WRONG))), 5_000, "SM101", counted=20),
    "maps in maps": Kind(
        "json", lambda n: states(many(n, BRANCH % nested(MAP, task(WRONG), "}}}"))), 180, "SM101", counted=6
    ),
    "paths without a suffix": Kind(
        "json", lambda n: states(task(wrong_map(n, '"k~": "$.k~"'))), 24_000, "SM053", counted=100
    ),
    "wrong names with a suffix": Kind(
        "json", lambda n: states(task(f"{GROUP}, {many(n, SUFFIXED)}")), 24_000, "SM101", counted=60
    ),
    "names with a suffix and without": Kind(
        "json", lambda n: states(task(wrong_map(n, '"k~.$": "$.k", "k~": "v"'))), 16_000, "SM054", counted=100
    ),
    "resources": Kind("json", lambda n: template(many(n, package(WRONG))), 5_000, "SM101", counted=20),
    "functions": Kind("json", lambda n: template(package(wrong_map(n, '"k~": {"Ref": "k~"}'))), 24_000, "SM101"),
    "functions in functions": Kind(
        "json", lambda n: template(package(f'{WRONG}, "Tags": [{many(n, CHOICE)}]')), 180, "SM101", counted=6
    ),
    "functions between the pieces of a text": Kind(
        "json", lambda n: template(JOINED % (FIRST + PIECE * n + LAST)), 5_000, "SM101", counted=20
    ),
    "short tags": Kind(
        "yaml", lambda n: PROPERTIES + "      CustomerMetadataProperties:\n" + lines(n, "        k~: !Sub 'a-${b}'"),
        20_000, "SM109", counted=80,
    ),
    "changes": Kind("json", lambda n: plan(n, '"model_package_group_name": "churn!"'), 4_000, "SM222", counted=20),
    "values known later": Kind(
        "json",
        lambda n: plan(
            1, '"model_package_name": "a!"', f'"customer_metadata_properties": {{{many(n, KNOWN_LATER)}}}'
        ),
        24_000, "SM221",
    ),
    "resources of a controller": Kind(
        "yaml", lambda n: many(n, f"{CONTROLLER}spec: {{modelPackageGroupName: a, domian: x}}\n", "---\n"), 3_000,
        "SM101", counted=10,
    ),
    "repeated keys of resources": Kind(
        "yaml", lambda n: "apiVersion: v1\nkind: List\nitems:\n" + lines(n, LISTED), 3_000, "SM101", counted=10
    ),
}  # fmt: skip
"""Documents of the carriers, most of them with one mistake in each request."""
