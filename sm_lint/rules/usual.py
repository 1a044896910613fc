"""A schema that most requests meet, which is compiled and checked in less time than the one with all rules.

One pattern takes the place of several of a shape: its own and those of rules. A value meets it only if it meets them
all. It has few ranges and repetitions, which cost most. A value that does not meet it, such as an image in a rare
partition, may still be right: the schema with all rules decides.
"""

from collections.abc import Mapping
from typing import Any

_OTHERS = (
    r"\u00a1-\u00ac\u00ae-\u0377\u0400-\u052f\u2010-\u2027\u2030-\u205e\u20ac\u3001-\u3003\u3041-\u3096\u30a0-\u30ff"
    r"\u4e00-\u9fa5\uac00-\ud7a3\uff01-\uff5e"
)
"""The characters of common scripts, all of which are assigned and visible."""
_LINE = f"[ -~{_OTHERS}]*"
_KEY = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
_ARN = "arn:aws(-[a-z]+)*:sagemaker:[a-z]{2}(-[a-z]+)+-[0-9]:[0-9]{12}:[a-z-]+/"
_REGISTRY = "[0-9]{12}[.]dkr[.]ecr[.]([abd-z][a-z]|ca)-(gov-)?[a-z]+-[0-9][.]amazonaws[.]com"
_USUAL: tuple[tuple[str, str, str], ...] = (
    (
        "EntityDescription EnvironmentValue MetadataPropertyValue StageDescription String TransformEnvironmentValue",
        "SM119",  # a placeholder begins with one of `<${`
        f'^(([{{]"|[ -#%-;=-z|}}~{_OTHERS}]){_LINE})?$',
    ),
    ("Accept ContentType HubContentArn ModelCardContent", "", f"^{_LINE}$"),
    ("CustomerMetadataKey CustomerMetadataValue TagKey TagValue", "", "^[A-Za-z0-9 _.:/=+@-]*$"),
    ("ContainerHostname EntityName HubContentName", "", "^[a-zA-Z0-9](-*[a-zA-Z0-9])*$"),
    (
        "ArnOrName",
        "SM238",
        f"^({_ARN})?[a-zA-Z0-9]([a-zA-Z0-9-]{{0,61}}[a-zA-Z0-9])?$",
    ),
    (
        "ContainerImage",
        "SM313 SM314 SM315 SM316 SM337",
        f"^{_REGISTRY}/[a-z0-9]+([._/-][a-z0-9]+)*(:[A-Za-z0-9_][A-Za-z0-9._-]{{0,127}})?(@sha256:[0-9a-f]{{64}})?$",
    ),
    (
        "S3ModelUri S3Uri Url",
        "SM407 SM408 SM409",
        f"^s3://{_KEY}(/([A-Za-z0-9._=/-]*[A-Za-z0-9_=/-])?)?$",
    ),
    ("ModelPackageSourceUri", "SM238", f"^({_ARN}[A-Za-z0-9]|(s3|https)://)[A-Za-z0-9._/:@%&?#-]*$"),
    ("RoleArn", "SM237", "^arn:aws(-[a-z]+)*:iam::[0-9]{12}:role/([a-zA-Z0-9_-]+/)*[a-zA-Z0-9_-]{1,64}$"),
)
"""Names of shapes, the codes of the rules that their usual values meet, and the pattern of these values."""


def usual(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the folded schema of the built-in rules with the patterns of usual values.

    Each value that meets it meets the folded schema, too.
    """
    definitions = dict(schema["definitions"])
    for shapes, codes, pattern in _USUAL:
        for name in shapes.split():
            shape = {**definitions[name], "pattern": pattern}
            others = [part for part in shape.pop("allOf", ()) if part["x-rule"] not in codes.split()]
            definitions[name] = shape | ({"allOf": others} if others else {})
    return {**schema, "definitions": definitions}
