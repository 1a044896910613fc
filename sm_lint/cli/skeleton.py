"""`sm-lint skeleton`: a request to fill in, for a versioned or an unversioned model package."""

import argparse
from typing import Any

from sm_lint.cli.console import write
from sm_lint.cli.parser import Help
from sm_lint.model.settings import ConfigError

_CONTAINER = """\
InferenceSpecification:
  Containers:
    - Image: <account>.dkr.ecr.<region>.amazonaws.com/<repository>:<tag>
      ModelDataUrl: s3://<bucket>/<path>/model.tar.gz
"""
_CONTENT_TYPES = """\
  SupportedContentTypes: [text/csv]
  SupportedResponseMIMETypes: [text/csv]
"""
_VERSIONED = f"""\
# A model version. Its model package group must exist.
ModelPackageGroupName: <group-name>
ModelPackageDescription: <what changed in this version>
# Or Approved, or Rejected. Many pipelines deploy a version once it is approved.
ModelApprovalStatus: PendingManualApproval
{_CONTAINER}\
      # Environment variables of the container. All values are strings: put numbers in quotes.
      Environment:
        SAGEMAKER_PROGRAM: <script>.py
{_CONTENT_TYPES}\
# Your own metadata, for example the commit of the training code.
CustomerMetadataProperties:
  commit: <commit>
"""
_UNVERSIONED = f"""\
# An unversioned model package, for AWS Marketplace or for use without a group.
ModelPackageName: <package-name>
ModelPackageDescription: <what the model does>
{_CONTAINER}\
{_CONTENT_TYPES}\
  # An unversioned package must list the instance types that it supports.
  SupportedRealtimeInferenceInstanceTypes: [ml.m5.large]
  SupportedTransformInstanceTypes: [ml.m5.large]
# Only an unversioned package has tags. A model version has those of its group.
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
    skeleton.add_argument(
        "--schema", metavar="FILE",
        help="with --yaml, name the file or URL of the schema in a comment for yaml-language-server",
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Print the request. Raises ConfigError if the comment with the schema cannot be written."""
    schema = arguments.schema
    if schema is not None and not arguments.yaml:
        raise ConfigError("--schema needs --yaml: JSON has no comments")
    if schema is not None and (not schema.isprintable() or not schema or " " in schema):
        raise ConfigError("--schema: expected a path or URL without blanks, which would end it in the comment")
    comment = f"# yaml-language-server: $schema={schema}\n" if schema else ""
    write(comment + text(versioned=arguments.versioned, yaml=arguments.yaml))
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
