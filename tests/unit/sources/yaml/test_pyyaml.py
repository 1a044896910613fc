"""PyYAML is as it always is, but for regular expressions that are compiled when they are used."""

import subprocess
import sys

import pytest

TEXT = "{a: 2020-01-01, b: 0o17, c: !!binary aGk=, d: 1.5, e: ~, f: [on, 12:30]}"
CODE = """
import {before}
from copy import deepcopy
import re, sys
from sm_lint.sources.yaml.libyaml import read
lazy = sys.modules["yaml"].reader.Reader.NON_PRINTABLE
print(read(b"a: 1", "a: 1").value, type(lazy) is not re.Pattern, type(re.compile("a")) is re.Pattern)
import yaml
print(yaml.safe_load({text!r}))
print(yaml.safe_dump(yaml.safe_load({text!r}), allow_unicode=True))
print(deepcopy(yaml.SafeLoader.yaml_implicit_resolvers)["~"])
try:
    yaml.safe_load("a: \\x01")
except yaml.YAMLError as error:
    print(error)
"""


def printed(before: str) -> list[str]:
    code = CODE.format(before=before, text=TEXT)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split(
        "\n", 1
    )


@pytest.mark.parametrize(("before", "is_lazy"), [("re", True), ("threading", False), ("yaml", False)])
def test_it_is_what_every_other_program_imports(before: str, is_lazy: bool) -> None:
    first, rest = printed(before)
    assert first == f"{{'a': 1}} {is_lazy} True"
    assert rest == printed("yaml")[1]
    assert "special characters are not allowed" in rest
