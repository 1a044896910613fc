"""Read all files of a folder with a reader that sm-lint is compared with.

usage: python read.py json|compose|load|validate FOLDER
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any


def compose() -> Callable[[str], Any]:
    """Return libyaml's composer."""
    import yaml

    return lambda text: yaml.compose(text, Loader=yaml.CSafeLoader)


def load() -> Callable[[str], Any]:
    """Return the AWS CLI's reader of YAML."""
    from ruamel.yaml import YAML

    return lambda text: YAML(typ="safe", pure=True).load(text)


def validate() -> Callable[[str], Any]:
    """Return a reader of JSON that also runs botocore's validator, which the AWS CLI uses."""
    import botocore.session
    from botocore.validate import ParamValidator

    service = botocore.session.get_session().get_service_model("sagemaker")
    shape = service.operation_model("CreateModelPackage").input_shape
    validator = ParamValidator()
    return lambda text: validator.validate(json.loads(text), shape)


read = {"json": lambda: json.loads, "compose": compose, "load": load, "validate": validate}[sys.argv[1]]()
for entry in sorted(os.listdir(sys.argv[2])):
    with open(os.path.join(sys.argv[2], entry), encoding="utf-8") as file:
        read(file.read())
