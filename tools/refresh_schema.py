"""The text of schemas/create-model-package.schema.json, from the service model of the installed botocore.

botocore is pinned in the development extra of pyproject.toml. To use a newer release, change the pin, generate the file
again, and review the difference. The schema records the version and the date (from the gzip header of the model).
"""

import datetime as dt
import gzip
import json
import re
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import botocore

OPERATION = "CreateModelPackage"
TARGET = Path(__file__).parent.parent / "schemas" / "create-model-package.schema.json"
MODEL = Path(botocore.__file__).parent / "data" / "sagemaker" / "2017-07-24" / "service-2.json.gz"

# The meaning of the escapes and the dot in java.util.regex without flags, as classes that every engine understands.
JAVA = {
    ".": r"[^\n\r\u0085\u2028\u2029]",
    r"\d": "[0-9]",
    r"\w": "[a-zA-Z0-9_]",
    r"\S": r"[^ \t\n\x0B\f\r]",
}
ANYTHING = r"[\S\s]"
INTEGER = {"minimum": -(2**31), "maximum": 2**31 - 1}
"""What Smithy, the language of the API model, calls an integer has 32 bits. A shape may have narrower bounds."""
TOKEN = re.compile(r"\\p\{\w+\}|\\.|\[(?:\\.|[^\]\\])+\]|\{[0-9,]+\}|\(\?:|[^\\\[]", re.DOTALL)
CLASS_ITEM = re.compile(r"\\p\{\w+\}|\\.|.", re.DOTALL)
# Linear-time engines have no look-behind, so the one pattern that uses it is rewritten: a name of one character, or a
# longer one that does not end with a hyphen.
LOOK_BEHIND = "([a-zA-Z0-9]([a-zA-Z0-9-]){0,62})(?<!-)"
WITHOUT_LOOK_BEHIND = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"


def translate_class(text: str) -> str:
    """Return a Java character class `[...]` in the common syntax of ECMAScript (flag `u`), Rust and Python.

    Raises ValueError for an escape that has no translation yet.
    """
    items = CLASS_ITEM.findall(text[1:-1])
    if items == [r"\S"]:
        return JAVA[r"\S"]
    hyphen = False
    kept = ""
    for index, item in enumerate(items):
        if item in (r"\d", r"\w"):
            kept += JAVA[item][1:-1]
        elif item == r"\-" or (item == "-" and index in (0, len(items) - 1)):
            hyphen = True
        elif item[0] == "\\" and item[1] in "./":
            kept += item[1]
        elif item[0] == "\\" and not item.startswith(r"\p"):
            raise ValueError(f"no translation for {item} in {text}")
        else:
            kept += item
    return f"[{kept}{'-' if hyphen else ''}]"


def translate(pattern: str, maximum: int | None) -> str | None:
    r"""Return a pattern of the API model (Java syntax, matched in full) with anchors and in portable syntax.

    A count that equals `maximum` is replaced by `*`: `{0,1024}` after a `\p{…}` class is too large for linear-time
    engines. Return None if the pattern matches every text. Raises ValueError for syntax that has no translation yet.
    """
    if pattern in (f"{ANYTHING}*", f"{ANYTHING}+"):
        return None
    # One character, then others: a count of one less than the maximum is redundant, too.
    one_then_others = re.fullmatch(r"(\[[^\]]+\]\[[^\]]+\])\{0,(\d+)\}", pattern)
    if one_then_others and maximum == int(one_then_others[2]) + 1:
        pattern = f"{one_then_others[1]}*"
    # java.util.regex ignores a quantified `$`.
    source = re.sub(r"\$\{1,\d+\}$", "", pattern.replace(LOOK_BEHIND, WITHOUT_LOOK_BEHIND))
    result = ""
    for token in TOKEN.findall(source):
        if token == f"{{0,{maximum}}}":
            result += "*"
        elif token.startswith("["):
            result += translate_class(token)
        elif token in JAVA:
            result += JAVA[token]
        elif token == r"\/":
            result += "/"
        elif token[0] == "\\" and token != r"\.":
            raise ValueError(f"no translation for {token} in {pattern}")
        else:
            result += token
    if "(?<" in result or "|" in re.sub(r"\([^()]*\)", "", result):
        raise ValueError(f"no translation for {pattern}")
    return f"^{result}$"


def constraints(shape: dict[str, Any], minimum: str, maximum: str) -> dict[str, Any]:
    """Return the bounds of a shape as keywords of JSON Schema. A minimum length of 0 is left out."""
    bounds = {minimum: shape.get("min"), maximum: shape.get("max")}
    needless = {minimum: 0} if minimum != "minimum" else {}
    return {keyword: bound for keyword, bound in bounds.items() if bound is not None and needless.get(keyword) != bound}


def definition(shape: dict[str, Any]) -> dict[str, Any]:
    """Return a shape of the service model as a JSON Schema. Raises ValueError for an unknown type."""

    def ref(name: str) -> dict[str, str]:
        return {"$ref": f"#/definitions/{name}"}

    match shape["type"]:
        case "structure":
            return {
                "type": "object",
                "properties": {name: ref(member["shape"]) for name, member in shape["members"].items()},
                **({"required": shape["required"]} if shape.get("required") else {}),
                "additionalProperties": False,
            }
        case "list":
            return {
                "type": "array",
                "items": ref(shape["member"]["shape"]),
                **constraints(shape, "minItems", "maxItems"),
            }
        case "map":
            return {
                "type": "object",
                "propertyNames": ref(shape["key"]["shape"]),
                "additionalProperties": ref(shape["value"]["shape"]),
                **constraints(shape, "minProperties", "maxProperties"),
            }
        case "string":
            pattern = translate(shape["pattern"], shape.get("max")) if "pattern" in shape else None
            return {
                "type": "string",
                **({"enum": shape["enum"]} if "enum" in shape else {}),
                **({"x-instance-types": True} if shape.get("enum", [""])[0].startswith("ml.") else {}),
                **constraints(shape, "minLength", "maxLength"),
                **({"pattern": pattern} if pattern else {}),
            }
        case "integer":
            # 1.0 is an integer in JSON Schema, but not for the CLI.
            return {"type": "integer", "x-integer": True, **INTEGER, **constraints(shape, "minimum", "maximum")}
        case "boolean":
            return {"type": "boolean"}
        case other:
            raise ValueError(f"no translation for shapes of type {other}")


def reachable(shapes: dict[str, Any], root: str) -> list[str]:
    """Return the names of `root` and all shapes that it refers to, directly or not, in the order of the model."""
    names: list[str] = []
    waiting = [root]
    while waiting:
        name = waiting.pop(0)
        if name not in names:
            names.append(name)
            shape = shapes[name]
            parts = [*shape.get("members", {}).values(), *(shape[k] for k in ("key", "value", "member") if k in shape)]
            waiting += [part["shape"] for part in parts]
    return names


_JOBS = {
    "TransformInstanceType": "transform jobs",
    "ProductionVariantInstanceType": "endpoints",
    "TrainingInstanceType": "training jobs",
    "ProcessingInstanceType": "processing jobs",
    "InstanceType": "notebook instances",
    "AppInstanceType": "Studio apps",
    "ClusterInstanceType": "HyperPod clusters",
    "ProductionVariantAcceleratorType": "Elastic Inference",
    "NotebookInstanceAcceleratorType": "Elastic Inference",
    **dict.fromkeys(
        ("ReservedCapacityInstanceType", "AIRecommendationInstanceType", "OptimizationJobDeploymentInstanceType"), ""
    ),
}
"""What each enumeration of instance types is for, the nearest to model packages first. The last ones add nothing."""


def jobs_of_instance_types(shapes: dict[str, Any]) -> dict[str, list[str]]:
    """Return what each instance type of the model is for. Raises ValueError for a new enumeration."""
    jobs: dict[str, dict[str, None]] = {}
    listed = [name for name, shape in shapes.items() if any(value.startswith("ml.") for value in shape.get("enum", ()))]
    for name in sorted(listed, key=list(_JOBS).index):
        for value in shapes[name]["enum"]:
            if value.startswith("ml."):
                jobs.setdefault(value, {})[_JOBS[name]] = None
    return {value: list(filter(None, of)) for value, of in sorted(jobs.items())}


def newer_instance_types(known: Iterable[str]) -> dict[str, Any]:
    """Return the schema of a well-formed instance type whose family none of the `known` types has."""
    families = sorted({value.split(".")[1] for value in known})
    return {
        "pattern": r"^ml\.[a-z]+[0-9][a-z0-9]*(-[a-z0-9]+)*\."
        r"(nano|micro|small|medium|large|[0-9]*xlarge|metal(-[0-9]+xl)?)$",
        "not": {"pattern": rf"^ml\.({'|'.join(families)})\."},
    }


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the operation's request."""
    compressed = MODEL.read_bytes()
    (seconds,) = struct.unpack_from("<I", compressed, 4)
    model = json.loads(gzip.decompress(compressed))
    shapes = model["shapes"]
    root = model["operations"][OPERATION]["input"]["shape"]
    definitions = {name: definition(shapes[name]) for name in reachable(shapes, root)}
    jobs = jobs_of_instance_types(shapes)
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": OPERATION,
        "x-model": {
            "operation": OPERATION,
            "source": f"botocore {botocore.__version__}",
            "date": dt.datetime.fromtimestamp(seconds, dt.timezone.utc).date().isoformat(),
        },
        "allOf": [{"$ref": f"#/definitions/{root}"}],
        "definitions": {
            **definitions,
            "x-InstanceType": {"x-jobs": jobs},
            "x-NewerInstanceType": newer_instance_types(jobs),
        },
    }


def text() -> str:
    """Return the content of the file."""
    return json.dumps(schema(), indent=1) + "\n"
