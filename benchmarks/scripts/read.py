"""Read all files of folders with a reader that sm-lint is compared with.

usage: python read.py bytes|json|compose|load|validate FOLDER...
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any


def compose() -> Callable[[bytes], Any]:
    """Return libyaml's composer."""
    import yaml

    return lambda data: yaml.compose(data, Loader=yaml.CSafeLoader)


def load() -> Callable[[bytes], Any]:
    """Return the AWS CLI's reader of YAML."""
    from ruamel.yaml import YAML

    return lambda data: YAML(typ="safe", pure=True).load(data)


def validate() -> Callable[[bytes], Any]:
    """Return a reader of JSON that also runs botocore's validator, which the AWS CLI uses."""
    import botocore.session
    from botocore.validate import ParamValidator

    service = botocore.session.get_session().get_service_model("sagemaker")
    shape = service.operation_model("CreateModelPackage").input_shape
    validator = ParamValidator()
    return lambda data: validator.validate(json.loads(data), shape)


readers: dict[str, Callable[[], Callable[[bytes], Any]]] = {
    "bytes": lambda: bytes, "json": lambda: json.loads, "compose": compose, "load": load, "validate": validate,
}  # fmt: skip
read = readers[sys.argv[1]]()
for folder in sys.argv[2:]:
    for entry in sorted(os.listdir(folder)):
        with open(os.path.join(folder, entry), "rb") as file:
            read(file.read())
