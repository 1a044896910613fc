"""Whatever a repository holds, beside requests: one clear line and exit status 2, and every other folder is linted."""

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.promises.test_hostile import OTHER, Run, run

pytestmark = pytest.mark.slow

FOUND = "good/a.json:1:36: error: unknown member `Domian` in the request [*] [SM101]"
REQUEST = '{"ModelPackageGroupName": "churn", "Domian": "x", "Domain": "' + "a" * 2000 + '_", "Tags": [{"Key": "a"}]}'
RULE = """\
code = "ACME001"
name = "team"
severity = "error"
evidence = "documented"
since = "1.0.0"
shape = "CreateModelPackageInput"
then = { properties = { Domain = { pattern = "^risk" } } }
summary = "The domain is not that of a team."
message = "wrong domain: {found}"
help = "Write the name of a team."
why = "The bill is by team, and takes it from the domain."
references = ["our handbook"]
invalid = [{ payload = '{"ModelPackageGroupName": "churn", "Domain": "x"}', pointer = "/Domain" }]
valid = [{ payload = '{"ModelPackageGroupName": "churn"}' }]
"""
RULES = 'rules = ["p"]'
BASELINE = 'baseline = "b.json"'
DEEP, LONG, DIGITS = "[" * 100_000, "a" * 500_000, "1" * 5000
PAYLOAD = 'payload = \'{"ModelPackageGroupName": "churn", "Domain": "x"}\''
ESCAPES = "\\u001b[31m\\n::error::\\u202e\\u009b"


class Held(NamedTuple):
    """What the folder `bad` holds, beside a request."""

    files: dict[str, str | Callable[[Path], object]]
    """The files by name: a text, or a function that makes it."""
    message: str
    """A part of the one line on stderr; empty if the request is linted."""


def rule(old: str = "", new: str = "") -> str:
    """Return the rule with a part replaced."""
    assert old in RULE
    return RULE.replace(old, new, 1)


def ruled(old: str, new: str, message: str = "") -> Held:
    """Return a configuration with one rule, a part of which is replaced."""
    return Held({"sm-lint.toml": RULES, "p/a.toml": rule(old, new)}, message)


def zero(path: Path) -> None:
    path.symlink_to("/dev/zero")


def itself(path: Path) -> None:
    path.symlink_to(".")


def sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(10**12)


def based(text: str) -> str:
    return text.replace('payload = \'{"ModelPackageGroupName": "churn", "Domain": "x"}\'', 'base = "x"')


def chain(path: Path) -> None:
    path.write_text('extend = "0.toml"')
    for number in range(2000):
        (path.parent / f"{number}.toml").write_text(f'extend = "{number + 1}.toml"')


def many(path: Path) -> None:
    path.mkdir()
    for number in range(1001):
        (path / f"{number}.toml").touch()


def nested(table: str, levels: int) -> str:
    return f"{{ {table} = " * levels + "{}" + " }" * levels


HELD = {
    # configuration
    "brackets": Held({"sm-lint.toml": f"a = {DEEP}"}, "nested more than 32 levels"),
    "inline tables": Held({"sm-lint.toml": f"a = {nested('a', 100)}"}, "nested more than 32 levels"),
    "a dotted key": Held({"sm-lint.toml": ".".join("a" * 1000) + " = 1"}, "nested more than 32 levels"),
    "digits": Held({"sm-lint.toml": f"a = {DIGITS}"}, "Exceeds the limit"),
    "a pyproject that is looked at": Held({"pyproject.toml": f"a = {DEEP}"}, "pyproject.toml: invalid TOML"),
    "a large configuration": Held({"sm-lint.toml": "#" * 1_100_000}, "too large"),
    "an endless configuration": Held({"sm-lint.toml": zero}, "Not a regular file"),
    "a sparse configuration": Held({"sm-lint.toml": sparse}, "too large"),
    "a pipe as configuration": Held({"sm-lint.toml": os.mkfifo}, "Not a regular file"),
    "a folder as configuration": Held({"sm-lint.toml": Path.mkdir}, "Is a directory"),
    "a chain": Held({"sm-lint.toml": chain}, "more than 16 files in a row"),
    "a circle": Held({"sm-lint.toml": 'extend = "sm-lint.toml"'}, "in a circle"),
    "a device that is extended": Held({"sm-lint.toml": 'extend = "/dev/zero"'}, "Not a regular file"),
    "a null character": Held({"sm-lint.toml": 'baseline = "\\u0000"'}, "expected the path"),
    "escapes in a key": Held({"sm-lint.toml": f'"{ESCAPES}" = 1'}, r"\x1b[31m\n::error::\u202e\x9b: unknown key"),
    "escapes in a value": Held({"sm-lint.toml": f'ignore = ["{ESCAPES}"]'}, r"'\x1b[31m\n::error::\u202e\x9b'"),
    "escapes in a pattern": Held({"sm-lint.toml": f'per-file-ignores = {{ "{ESCAPES}" = 1 }}'}, r".'\x1b[31m\n::error"),
    "a long value": Held({"sm-lint.toml": f'ignore = ["{LONG}"]'}, "unknown rule, prefix or category 'aaa"),
    "a long list": Held({"sm-lint.toml": "ignore = [" + '"SM1",' * 100_000 + "]"}, "at most 10,000 entries"),
    "a pointer with digits": Held(
        {"sm-lint.toml": f'per-file-ignores = {{ "a.json#/Tags/{DIGITS}" = ["SM203"] }}'}, ""
    ),
    "a long pointer": Held({"sm-lint.toml": f'per-file-ignores = {{ "a.json#/{LONG}" = ["SM203"] }}'}, ""),
    # baselines
    "an endless baseline": Held({"sm-lint.toml": BASELINE, "b.json": zero}, "b.json: Not a regular file"),
    "a pipe as baseline": Held({"sm-lint.toml": BASELINE, "b.json": os.mkfifo}, "b.json: Not a regular file"),
    "a sparse baseline": Held({"sm-lint.toml": BASELINE, "b.json": sparse}, "b.json: too large"),
    "a deep baseline": Held({"sm-lint.toml": BASELINE, "b.json": DEEP}, "b.json: invalid JSON"),
    "a deep baseline of objects": Held({"sm-lint.toml": BASELINE, "b.json": '{"a":' * 100_000}, "b.json: invalid JSON"),
    "a baseline of another type": Held({"sm-lint.toml": BASELINE, "b.json": "[1]"}, "not a baseline of version 1"),
    "digits in a baseline": Held({"sm-lint.toml": BASELINE, "b.json": DIGITS}, "b.json: invalid JSON"),
    "a baseline with NaN": Held(
        {"sm-lint.toml": BASELINE, "b.json": '{"schema_version": 1, "files": {"a.json": {"SM101": {"/a": NaN}}}}'},
        "not a baseline of version 1",
    ),
    "a baseline that repeats a key": Held(
        {"sm-lint.toml": BASELINE, "b.json": '{"schema_version": 1, "files": {"a.json": {}, "a.json": {}}}'},
        "a key is repeated",
    ),
    "a pointer with digits in a baseline": Held(
        {
            "sm-lint.toml": BASELINE,
            "b.json": f'{{"schema_version": 1, "files": {{"a.json": {{"SM203": {{"/Tags/{DIGITS}": 1}}}}}}}}',
        },
        "",
    ),
    "a huge number in a baseline": Held(
        {
            "sm-lint.toml": BASELINE,
            "b.json": f'{{"schema_version": 1, "files": {{"a.json": {{"SM101": {{"/a": {DIGITS[:4000]}}}}}}}}}',
        },
        "",
    ),
    # rules
    "an endless rule": Held({"sm-lint.toml": 'rules = ["/dev/zero"]'}, "dev/zero: Not a regular file"),
    "an endless rule in a folder": Held({"sm-lint.toml": RULES, "p/a.toml": zero}, "a.toml: Not a regular file"),
    "a pipe as rule": Held({"sm-lint.toml": RULES, "p/a.toml": os.mkfifo}, "a.toml: Not a regular file"),
    "a deep rule": Held({"sm-lint.toml": RULES, "p/a.toml": f"a = {DEEP}"}, "nested more than 32 levels"),
    "a folder that links to itself": Held({"sm-lint.toml": RULES, "p/a.toml": RULE, "p/p": itself}, ""),
    "a folder without rules": Held({"sm-lint.toml": RULES, "p/a.txt": ""}, "found no rule files"),
    "the whole disk": Held({"sm-lint.toml": 'rules = ["/"]'}, "more than 10,000 files and folders"),
    "many rules": Held({"sm-lint.toml": RULES, "p": many}, "found 1,001 files"),
    "endless bases": Held({"sm-lint.toml": RULES, "p/a.toml": based(RULE), "p/bases.toml": zero}, "Not a regular file"),
    "deep bases": Held(
        {"sm-lint.toml": RULES, "p/a.toml": based(RULE), "p/bases.toml": f"a = {DEEP}"}, "bases.toml: invalid TOML"
    ),
    "a deep condition": ruled("then = {", f"then = {{ not = {nested('allOf', 500)},", "nested more than 32 levels"),
    "a wide condition": ruled("then = {", "then = { enum = [" + "1," * 100_000 + "],", "more than 5,000 values"),
    "a condition of many parts": ruled("then = {", "then = { allOf = [" + "{}," * 600 + "],", "more than 500"),
    "a circle of references": ruled(
        "shape =", 'when = { "$ref" = "#/allOf/0" }\nshape =', "$ref: '#/allOf/0' leads out of the API model"
    ),
    "a circle of shapes": ruled("shape =", 'when = { "$ref" = "#/definitions/CreateModelPackageInput" }\nshape ='),
    "a reference to nothing": ruled("shape =", 'when = { "$ref" = "#/definitions/x" }\nshape =', "when: "),
    "a long pattern": ruled('"^risk"', f'"{LONG}"', "takes too much memory"),
    "a large pattern": ruled('"^risk"', r"'^\p{L}{200}$'", "takes too much memory"),
    "many large patterns": ruled(
        "then = {", "then = { allOf = [" + "{ pattern = '^.{100}$' }," * 400 + "],",
        "the patterns of this rule and those before it take too much memory together",
    ),
    "nested counts": ruled('"^risk"', '"^([a-z]{0,40}-?){0,40}$"'),
    "a class of digits": ruled('"^risk"', r"'^\p{Nd}$'"),
    "a script": ruled('"^risk"', r"'^\p{Greek}\P{L}\u{1F600}$'"),
    "a float as length": ruled('pattern = "^risk"', "maxLength = 2.0", "maxLength: expected an integer, found 2.0"),
    "not a number": ruled('pattern = "^risk"', "enum = [nan]", "not a value of JSON"),
    "a date": ruled('pattern = "^risk"', "enum = [2027-01-01]", "not a value of JSON"),
    "a huge bound": ruled('pattern = "^risk"', f"minLength = {DIGITS[:4000]}"),
    "a keyword of our own": ruled("then = {", 'then = { x-rule = "SM101",', "x-rule: unknown keyword"),
    "escapes in texts": ruled("wrong domain", f"{ESCAPES}::error::wrong domain"),
    "a line break after the code": ruled('"ACME001"', '"ACME001\\n"', "code: expected no line break"),
    "the name of a category": ruled('"team"', '"identity"', "'identity' selects other rules, too"),
    "the name of a prefix": ruled('"team"', '"sm2"', "'sm2' selects other rules, too"),
    "the name of all": ruled('"team"', '"all"', "'all' selects other rules, too"),
    "the prefix of all": ruled('"ACME001"', '"ALLE001"', "the prefix ALL selects all rules"),
    "the prefix of a category": ruled('"ACME001"', '"TEXTS001"', "the prefix TEXT is the name of a category"),
    "much padding": ruled("invalid = [{", "invalid = [{ padding = 100000000000,", "greater than the maximum"),
    "a long run": ruled(
        PAYLOAD,
        'base = "version", set = { "/Domain" = "<x*100000000000>" }',
        "set: too long",
    ),
    "a long pointer in a case": ruled(
        PAYLOAD,
        'base = "version", set = { "' + "/a" * 10_000 + '" = 1 }',
        "not a value of JSON",
    ),
    "an unknown encoding": ruled("invalid = [{", 'invalid = [{ encoding = "x",', "unknown encoding: x"),
    "an encoding of hosts": ruled("invalid = [{", 'invalid = [{ encoding = "punycode",', "for names of hosts"),
    "a payload that is no JSON": ruled('{"ModelPackageGroupName": "churn", "Domain": "x"}', "{a: b}"),
    "a deep payload": ruled('{"ModelPackageGroupName": "churn", "Domain": "x"}', '{"a":' * 5000),
    "a date in the configuration of a case": ruled(
        "invalid = [{",
        'invalid = [{ config = { per-file-ignores = { x = { codes = ["SM1"], expires = 2099-01-01 } } },',
    ),
}  # fmt: skip
_ALARMING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff]")


def hold(found: Run) -> Run:
    """Hold a run to what is promised of every run."""
    assert "Traceback" not in found.out + found.err
    assert "internal error" not in found.out + found.err
    assert not _ALARMING.search(found.out + found.err)
    assert not re.search(r"^\s*::", found.out + found.err, re.MULTILINE)
    return found


def make(folder: Path, held: Held) -> None:
    """Write two folders: `good` with a request, and `bad` with a request and what is held."""
    for name, content in {"a.json": REQUEST, **held.files}.items():
        path = folder / "bad" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str):
            path.write_text(content)
        else:
            content(path)
    (folder / "good").mkdir()
    (folder / "good" / "a.json").write_text(OTHER)
    (folder / ".git").mkdir()


@pytest.mark.parametrize("name", HELD)
def test_one_folder_is_told_and_the_other_is_linted(name: str, tmp_path: Path) -> None:
    held = HELD[name]
    make(tmp_path, held)
    found = hold(run("check", "--output-format", "concise", "bad/a.json", "good", cwd=tmp_path))
    assert FOUND in found.out.splitlines()
    if held.message:
        assert found.status == 2
        assert found.err.startswith("sm-lint: ")
        assert len(found.err.splitlines()) == 1
        assert len(found.err) < 1500
        assert held.message in found.err
        assert "bad/a.json" not in found.out
    else:
        assert (found.status, found.err) == (1, "")
        assert "bad/a.json:1:36: error: unknown member `Domian` in the request [SM101]" in found.out


@pytest.mark.parametrize("name", [name for name, held in HELD.items() if "p/a.toml" in held.files])
def test_a_rule_is_tested_and_shown_or_told(name: str, tmp_path: Path) -> None:
    held = HELD[name]
    make(tmp_path, held)
    tested = hold(run("test-rules", "bad/p", cwd=tmp_path))
    assert tested.status in (0, 1)
    assert tested.err == ""
    for arguments in (("rule", "ACME001"), ("rule", "ACME001", "--output-format", "json")):
        shown = hold(run(*arguments, cwd=tmp_path / "bad"))
        assert shown.status == (2 if held.message else 0)
        assert held.message in shown.err


@pytest.mark.parametrize(
    "output_format", ["full", "concise", "html", "json", "sarif", "github", "junit", "gitlab", "rdjson"]
)
def test_the_texts_of_a_rule_are_safe_in_every_format(output_format: str, tmp_path: Path) -> None:
    texts = ['summary = "', 'message = "', 'help = "', 'why = "', 'references = ["']
    text = RULE
    for start in texts:
        text = text.replace(start, f"{start}{ESCAPES}\\n::error::x ")
    make(tmp_path, Held({"sm-lint.toml": RULES, "p/a.toml": text}, ""))
    (tmp_path / "bad" / "a.json").write_text('{"ModelPackageGroupName": "churn", "Domain": "x"}')
    found = run("check", "--output-format", output_format, "bad/a.json", cwd=tmp_path)
    assert found.status == 1
    assert "ACME001" in found.out
    assert not _ALARMING.search(found.out)
    assert output_format == "github" or not re.search(r"^\s*::", found.out, re.MULTILINE)
