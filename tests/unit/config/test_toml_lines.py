"""The lines of the keys in a TOML text, beside what the reader of TOML says is there."""

import json
from pathlib import Path
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.config.toml_lines import lines_of
from sm_lint.rules.rule_file import built_in_files
from tests.support.work import calls

TEXT = r"""# a comment = "no key"
code = "A" # [not a table]
"quoted key" = 1
why = '''
then = "no key"
[no table]
'''
text = QQQ
a \"QQ quote = "no key"
QQQ
list = [
  { key = "no key" },
  # ] "
  "]",
]
with.settings = ["region"]

[then.properties]
Tags = { not = {} }
[[invalid]]
base = "x"
set = { "/a = b" = "[[invalid]]" }
[invalid.config]
region = "x"
[[ invalid ]]
base = 'y'
[[valid]]
""".replace("Q", '"')
LINES = {
    ("code",): 2,
    ("quoted key",): 3,
    ("why",): 4,
    ("text",): 8,
    ("list",): 11,
    ("with",): 16,
    ("with", "settings"): 16,
    ("then",): 18,
    ("then", "properties"): 18,
    ("then", "properties", "Tags"): 19,
    ("invalid",): 20,
    ("invalid", 0): 20,
    ("invalid", 0, "base"): 21,
    ("invalid", 0, "set"): 22,
    ("invalid", "config"): 23,
    ("invalid", "config", "region"): 24,
    ("invalid", 1): 25,
    ("invalid", 1, "base"): 26,
    ("valid",): 27,
    ("valid", 0): 27,
}


def test_each_key_has_its_line() -> None:
    tomli.loads(TEXT)
    assert lines_of(TEXT) == LINES


@pytest.mark.parametrize("path", [Path(path) for path in built_in_files()], ids=lambda path: path.stem)
def test_the_keys_of_a_rule_file_are_found(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    table, found, lines = tomli.loads(text), lines_of(text), text.splitlines()
    assert {steps[0] for steps in found} == table.keys()
    assert all(key in lines[found[key,] - 1] for key in table)
    for kind in ("invalid", "valid"):
        for number, case in enumerate(table[kind] if f"[[{kind}]]" in text else ()):
            assert lines[found[kind, number] - 1] == f"[[{kind}]]"
            assert all(key in lines[found[kind, number, key] - 1] for key in case if (kind, number, key) in found)


VALUES = st.recursive(
    st.text("ab\"'[]{}=#,.\\\n", max_size=6) | st.integers(0, 9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, max_size=2),
    max_leaves=5,
)


def toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(part)}" for key, part in value.items()) + "}"
    return "[" + ",\n".join(map(toml, value)) + "]" if isinstance(value, list) else json.dumps(value)


@given(st.dictionaries(st.sampled_from(["a", "b", "c", "d.e"]), VALUES))
def test_whatever_the_values_are_the_keys_are_found(table: dict[str, Any]) -> None:
    text = "".join(f"{key} = {toml(value)}\n" for key, value in table.items())
    tomli.loads(text)
    found, lines = lines_of(text), text.split("\n")
    for key in table:
        assert lines[found[tuple(key.split("."))] - 1].startswith(f"{key} = ")


def test_the_work_grows_with_the_text() -> None:
    def work(count: int) -> int:
        return calls(lambda: lines_of("[[invalid]]\na.b = [\n{}]\n" * count))

    assert work(400) < 4.4 * work(100)
