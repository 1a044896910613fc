"""The options that create-model-package takes: those of the AWS CLI, and one for each member of the request."""

from sm_lint.requests.command_line.options import Option, Options
from sm_lint.requests.shapes import Shapes
from sm_lint.requests.snake_case import snake_case

INPUTS = ("--cli-input-json", "--cli-input-yaml")
SKELETON = "--generate-cli-skeleton"

# https://github.com/aws/aws-cli/blob/v2/awscli/data/cli.json
GLOBAL: Options = {
    option.name: option
    for option in (
        Option("--debug", "none"),
        Option("--endpoint-url"),
        Option("--no-verify-ssl", "none"),
        Option("--no-paginate", "none"),
        Option("--output", choices=("json", "text", "table", "yaml", "yaml-stream", "off")),
        Option("--query"),
        Option("--profile"),
        Option("--region"),
        Option("--version", "none"),
        Option("--color", choices=("on", "off", "auto")),
        Option("--no-sign-request", "none"),
        Option("--ca-bundle"),
        Option("--cli-read-timeout", is_number=True),
        Option("--cli-connect-timeout", is_number=True),
        Option("--cli-binary-format", choices=("base64", "raw-in-base64-out")),
        Option("--no-cli-pager", "none"),
        Option("--cli-auto-prompt", "none"),
        Option("--no-cli-auto-prompt", "none"),
        Option("--cli-error-format", choices=("legacy", "json", "yaml", "text", "table", "enhanced")),
    )
}
"""The options of every command of AWS CLI 2.36.7, which may stand anywhere in it."""


def members_by_option(shapes: Shapes) -> dict[str, str]:
    """Return the member of the request that each option gives, by the name of the option.

    >>> members_by_option(Shapes({"R": {"properties": {"ModelCard": {}}}}, "R"))
    {'--model-card': 'ModelCard'}
    """
    found = {}
    for member in shapes.members:
        name = snake_case(member).replace("_", "-")
        found[f"--{name}"] = member
        if shapes.of_member(shapes.root, member).type == "boolean":
            found[f"--no-{name}"] = member
    return found


def of_operation(shapes: Shapes, members: dict[str, str]) -> Options:
    """Return the options of create-model-package itself, by name."""
    takes = {"array": "any", "boolean": "none"}
    options = [
        Option(name, takes.get(shapes.of_member(shapes.root, member).type or "", "one"))
        for name, member in members.items()
    ]
    options += [Option(name) for name in INPUTS]
    options.append(Option(SKELETON, "maybe", ("input", "output", "yaml-input")))
    return {option.name: option for option in options}
