"""`sm-lint skeleton`: a request to fill in, for a versioned or an unversioned model package."""

import argparse
from typing import Any

from sm_lint.cli.console import write
from sm_lint.cli.parser import Help

_CONTAINERS = """\
InferenceSpecification:
  Containers:
    - Image: <account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>
      ModelDataUrl: s3://<bucket>/<path>/model.tar.gz
      # What the container finds in its environment; the values are texts, so quote numbers.
      Environment:
        SAGEMAKER_PROGRAM: <script>.py
  SupportedContentTypes: [text/csv]
  SupportedResponseMIMETypes: [text/csv]
"""
_VERSIONED = f"""\
# A version of a model: it belongs to a model package group, which must exist.
ModelPackageGroupName: <group-name>
ModelPackageDescription: <what is new in this version>
# Approved and Rejected are the others; a pipeline may deploy what is approved.
ModelApprovalStatus: PendingManualApproval
{_CONTAINERS}\
# Any notes of yours, for example where the training code stands.
CustomerMetadataProperties:
  commit: <commit>
"""
_UNVERSIONED = f"""\
# A package with a name of its own, for the marketplace or for a single account.
ModelPackageName: <package-name>
ModelPackageDescription: <what the model does>
{_CONTAINERS.replace(_CONTAINERS[_CONTAINERS.index("      # What") : _CONTAINERS.index("  SupportedC")], "")}\
  # Such a package says on which instances it runs.
  SupportedRealtimeInferenceInstanceTypes: [ml.m5.large]
  SupportedTransformInstanceTypes: [ml.m5.large]
# In a group, tags belong to the group; here they belong to the package.
Tags:
  - Key: <key>
    Value: <value>
"""


def add(commands: Any) -> None:
    """Add the parser of the command."""
    skeleton = commands.add_parser(
        "skeleton", help="print a request to fill in", formatter_class=Help, allow_abbrev=False,
        description="Prints a request that lints clean once each placeholder in angle brackets is filled in.",
    )  # fmt: skip
    kind = skeleton.add_mutually_exclusive_group(required=True)
    kind.add_argument("--versioned", action="store_true", help="a versioned model package, in a model package group")
    kind.add_argument("--unversioned", action="store_true", help="an unversioned model package, with its own name")
    skeleton.add_argument("--yaml", action="store_true", help="print YAML with comments instead of JSON")


def run(arguments: argparse.Namespace) -> int:
    """Print the request."""
    write(text(versioned=arguments.versioned, yaml=arguments.yaml))
    return 0


def text(*, versioned: bool, yaml: bool) -> str:
    """Return a request with placeholders in angle brackets, as JSON or as YAML with comments."""
    content = _VERSIONED if versioned else _UNVERSIONED
    if yaml:
        return content
    from json import dumps

    return dumps(_value(content), indent=2) + "\n"


def _value(content: str) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load(content)
