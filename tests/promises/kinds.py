"""The kinds of hostile input: one table of generators, which the tests of the promises and `make bench` share.

Each kind makes a text with n of something. Work must grow no faster than n, in every output format, for `--fix` and
`--diff`, in the API and in the language server. `limit` is the n at which the text reaches a limit of SECURITY.md.
"""

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple


class Kind(NamedTuple):
    """A kind of hostile input."""

    syntax: str
    """`json` or `yaml`."""
    text: Callable[[int], str | bytes]
    """Returns the text with n of something."""
    limit: int
    """The n at which the text reaches a limit of size."""
    code: str
    """The code of a rule that reports the text at the limit."""
    config: Mapping[str, Any] = {}
    """The keys of a configuration file under which the text is linted."""
    counted: int = 300
    """The n from which the growth of the work is counted: what a kind costs once may hide it, or be hidden by it."""


GROUP = '"ModelPackageGroupName": "churn"'
YAML = "ModelPackageGroupName: churn\n"


def many(count: int, form: str, between: str = ",") -> str:
    """Return `form` `count` times, each with its number in place of `~`.

    >>> many(2, '"k~": 1')
    '"k0": 1,"k1": 1'
    """
    return between.join(form.replace("~", str(number)) for number in range(count))


def lines(count: int, form: str) -> str:
    """Return `count` lines of YAML, each with its number in place of `~`."""
    return many(count, f"{form}\n", "")


def request(members: str) -> str:
    """Return a request in JSON with a group and further members."""
    return f"{{{GROUP}, {members}}}"


def tags(count: int, form: str) -> str:
    """Return a request in JSON with a list of tags."""
    return request(f'"Tags": [{many(count, form)}]')


def metadata(count: int, form: str, more: str = "") -> str:
    """Return a request in JSON with a map."""
    return request(f'"CustomerMetadataProperties": {{{many(count, form)}{more}}}')


def specification(name: str, count: int, form: str) -> str:
    """Return a request in JSON with a list of the inference specification."""
    return request(f'"InferenceSpecification": {{"{name}": [{many(count, form)}]}}')


def containers(count: int, form: str) -> str:
    """Return a request in JSON with containers."""
    return specification("Containers", count, form)


def card(content: object) -> str:
    """Return a request in JSON with a model card."""
    inner = json.dumps(content) if not isinstance(content, str) else content
    return request(f'"ModelCard": {{"ModelCardStatus": "Draft", "ModelCardContent": {json.dumps(inner)}}}')


def bomb(entry: str, base: int) -> str:
    """Return anchors of which each repeats the one before nine times, in place of `~`; the first has `base` values."""
    chain = [f"{b}: &{b} " + entry.replace("~", ",".join([f"*{a}"] * 9)) for a, b in pairwise("abcdefghij")]
    return f"a: &a {{{many(base, 'x~: 1')}}}\n" + "\n".join(chain) + "\n"


MAP = f"{YAML}CustomerMetadataProperties:\n"
MISSPELLED = '"modelPackageGroupNme~": 1'
NO_NUMBER = '"a~": NaN'
APOSTROPHES = "'" + "😀~" * 3 + "': 1"
BROKEN_TEXTS = many(9, '"a~": "\n"')
CONFIGURED = '{"ModelInput": {"DataInputConfig": %s}}'
JOB = '{"TransformJobDefinition": {"TransformInput": {"ContentType": "x/~"}}}'

OF_SYNTAX: dict[str, Kind] = {
    "brackets": Kind("json", lambda n: "[" * n, 8_000_000, "SM009"),
    "objects": Kind("json", lambda n: '{"a":' * n, 1_600_000, "SM009"),
    "brackets in YAML": Kind("yaml", lambda n: "[" * n, 1_000_000, "SM009", counted=2000),
    "braces in YAML": Kind("yaml", lambda n: "{" * n, 1_000_000, "SM009", counted=2000),
    "dashes": Kind("yaml", lambda n: "- " * n, 500_000, "SM009"),
    "question marks": Kind("yaml", lambda n: "? " * n, 500_000, "SM009"),
    "digits": Kind("json", lambda n: request('"Task": ' + "1" * n), 8_000_000, "SM001"),
    "digits in YAML": Kind("yaml", lambda n: f"{YAML}Task: {'1' * n}\n", 1_000_000, "SM017"),
    "hexadecimal digits": Kind("yaml", lambda n: f"{YAML}Task: 0x{'f' * n}\n", 1_000_000, "SM010"),
    "numbers of base 60": Kind("yaml", lambda n: f"%YAML 1.1\n---\n{YAML}Task: 1{':59' * n}\n", 300_000, "SM017"),
    "no UTF-8": Kind("yaml", lambda n: b"\xff\xfe\xfd" * n, 300_000, "SM003"),
    "NUL": Kind("json", lambda n: "\0" * n, 8_000_000, "SM001"),
    "NUL in YAML": Kind("yaml", lambda n: "\0" * n, 1_000_000, "SM002"),
    "quotes": Kind("json", lambda n: '"' * n, 8_000_000, "SM001"),
    "single quotes": Kind("json", lambda n: "'" * n, 8_000_000, "SM001"),
    "comments in JSON": Kind(
        "json", lambda n: request(f'"Task": "OTHER"{" // x" + chr(10)}') + "/* */ # x\n" * n, 700_000, "SM001"
    ),
    "trailing commas": Kind("json", lambda n: request(f'"Tags": [{many(n, "[1,]")}]'), 1_000_000, "SM022"),
    "comments that do not end": Kind("json", lambda n: request('"Task": "OTHER",') + " /*" * n, 2_700_000, "SM001"),
    "slashes after a trailing comma": Kind("json", lambda n: f"{{{GROUP},{' /' * n}}}", 4_000_000, "SM001"),
    "an endless comment": Kind("json", lambda n: "/*" * n, 4_000_000, "SM001"),
    "single quotes around names": Kind("json", lambda n: f"{{{GROUP}," + "'a':1," * n, 1_300_000, "SM001"),
    "line breaks in texts after many items": Kind(
        "json", lambda n: request(f'"Tags": [{"1," * n}1], {BROKEN_TEXTS}'), 4_000_000, "SM022"
    ),
    "line breaks in texts after a long one": Kind(
        "json", lambda n: request(f'"a": "{"x" * n}", {BROKEN_TEXTS}'), 8_000_000, "SM001"
    ),
    "Python's words before many items": Kind(
        "json", lambda n: request(f'"Task": None, "Tags": [{"1," * n}1]'), 4_000_000, "SM022"
    ),
    "keys without quotes": Kind("json", lambda n: f"{{{GROUP}, {many(n, 'k~: 1')}}}", 24_000, "SM101"),
    "members without commas": Kind("json", lambda n: tags(n, '{"Key": "a" "x": [1]}'), 9_000, "SM001"),
    "quotes that are not closed": Kind(
        "json", lambda n: f"{{{GROUP} x, " + lines(n, '"k~": "v,') + "}", 24_000, "SM001"
    ),
    "placeholders without quotes": Kind(
        "json", lambda n: tags(n, '{"Key": ${k}, "x": 1}'), 9_000, "SM101", {"placeholders": ["${*}", "{{*}}"]}
    ),
    "beginnings of placeholders without quotes": Kind(
        "json", lambda n: tags(n, "${"), 40_000, "SM009", {"placeholders": ["${*}"]}
    ),
    "tabs in the indentation": Kind("yaml", lambda n: f"{YAML}Tags:\n" + lines(n, "-\tKey: a\n\tx: y"), 2_000, "SM012"),
    "blocks with mistakes": Kind("yaml", lambda n: YAML + lines(n, "k~: a: b"), 9_000, "SM002"),
    "tabs": Kind("yaml", lambda n: YAML + "\t\n" * n, 500_000, "SM012"),
    "documents": Kind("yaml", lambda n: "---\n" * n, 250_000, "SM013"),
    "directives": Kind("yaml", lambda n: "%a\n" * n, 300_000, "SM002"),
    "a long key": Kind("yaml", lambda n: "k" * n + ": x\n", 1_000_000, "SM019"),
    "pairs that cannot be read": Kind("yaml", lambda n: ": {{}:{{}}}\n" + "#\n" * n, 500_000, "SM018"),
    "long with many mistakes": Kind(
        "yaml", lambda n: f"{YAML}Tags:\n" + "- :\n" * n + lines(12, "k~: @v"), 16_000, "SM002"
    ),
    "reserved indicators": Kind("yaml", lambda n: YAML + lines(n, "k~: @v"), 70_000, "SM002"),
    "undefined aliases": Kind("yaml", lambda n: f"{YAML}Tags: [{many(n, '*a~')}]\n", 20_000, "SM020"),
    "unknown tags": Kind("yaml", lambda n: f"{YAML}Tags: [{many(n, '!a~ b')}]\n", 20_000, "SM016"),
}
"""Texts that cannot be read, or not wholly."""

OF_SIZE: dict[str, Kind] = {
    "blanks": Kind("json", lambda n: request('"a": 1') + " " * n, 8_388_608, "SM008"),
    "blanks in YAML": Kind("yaml", lambda n: YAML + " " * n, 8_388_608, "SM008"),
    "a long text after a tab": Kind("yaml", lambda n: f"{YAML}Domain:\t{'x' * n}\n", 1_048_576, "SM008"),
    "marks after a tab": Kind("yaml", lambda n: f"{YAML}Domain:\tx\n" + lines(n, IGNORE), 320_000, "SM008"),
    "items": Kind("json", lambda n: request(f'"Tags": [{"1," * n}1]'), 4_000_000, "SM022"),
    "items in YAML": Kind("yaml", lambda n: f"{YAML}Tags: [{'1,' * n}1]\n", 500_000, "SM022"),
    "items after a repeated key": Kind(
        "json", lambda n: request(f'{GROUP}, "Tags": [{"1," * n}1]'), 4_000_000, "SM022"
    ),
    "objects side by side": Kind("json", lambda n: request(f'"Tags": [{"{}," * n}1]'), 2_700_000, "SM022"),
    "lists after many items": Kind(
        "json", lambda n: request(f'"Tags": [{"1," * n}{"[" * 190}{"]" * 190}]'), 4_000_000, "SM022"
    ),
    "alias bomb": Kind("yaml", lambda n: bomb("[~]", n), 10_000, "SM022"),
    "merge bomb": Kind("yaml", lambda n: bomb("{<<: [~]}", n), 10_000, "SM022"),
    "key bomb": Kind("yaml", lambda n: bomb("[~]", n) + "? *j\n: 1\n", 10_000, "SM022"),
    "aliases of a long text": Kind(
        "yaml", lambda n: f"x: &a {'v' * 100_000}\n{YAML}Tags: [{many(n, '*a')}]\n", 10_000, "SM022"
    ),
    "deep lists": Kind("yaml", lambda n: YAML + lines(n, f"k~: {'[' * 199}{']' * 199}"), 2_000, "SM022"),
    "pairs": Kind("yaml", lambda n: f"{YAML}Tags: [{many(n, APOSTROPHES)}]\n", 25_000, "SM022"),
    "integers with one hash as keys": Kind(
        "yaml", lambda n: MAP + "".join(f"  {(2**61 - 1) * (i + 2**10)}: v\n" for i in range(n)), 30_000, "SM022"
    ),
    "values in a string": Kind("json", lambda n: card("[" + "1," * n + "1]"), 4_000_000, "SM701"),
}
"""Texts that exceed a limit."""

OF_REQUESTS: dict[str, Kind] = {
    "unknown members": Kind("json", lambda n: request(many(n, '"k~": 1')), 24_000, "SM101"),
    "names that are misspelled": Kind(
        "json", lambda n: f"{{{many(n, MISSPELLED)}}}", 24_000, "SM101"
    ),
    "unknown members of containers": Kind("json", lambda n: containers(n, '{"k~": 1}'), 16_000, "SM101"),
    "members in the wrong object": Kind(
        "json", lambda n: containers(n, '{"S3Uri": "s3://bucket/~", "S3DataType": "S3Object"}'), 9_000, "SM101"
    ),
    "values that may be left out": Kind("json", lambda n: containers(n, '{"Image": null}'), 16_000, "SM104"),
    "templates that are not filled in": Kind("json", lambda n: metadata(n, '"k~": "${x}"'), 24_000, "SM607"),
    "repeated keys": Kind("json", lambda n: request(many(n, '"k": {}')), 40_000, "SM005"),
    "repeated keys in YAML": Kind("yaml", lambda n: YAML + lines(n, "k: ~"), 24_000, "SM006"),
    "wrong items": Kind("json", lambda n: tags(n, "1"), 49_000, "SM103"),
    "items without members": Kind("json", lambda n: tags(n, "{}"), 49_000, "SM102"),
    "wrong items in lists in lists": Kind("json", lambda n: containers(n, "[[[~]]]"), 12_000, "SM103"),
    "repeated items": Kind("json", lambda n: specification("SupportedContentTypes", n, '"a/b"'), 49_000, "SM115"),
    "wrong map values": Kind("json", lambda n: metadata(n, '"k~": 1'), 24_000, "SM103"),
    "wrong map keys": Kind("json", lambda n: metadata(n, '"k,~": ""'), 24_000, "SM607"),
    "wrong map keys beside a long value": Kind(
        "json", lambda n: metadata(20, '"k,~": ""', f', "long": "{"x" * n}"'), 8_000_000, "SM607"
    ),
    "keys of digits": Kind("json", lambda n: metadata(n, '"0~": 1'), 24_000, "SM103"),
    "keys that are lists": Kind("yaml", lambda n: MAP + lines(n, "  ? [~]\n  : v"), 8_000, "SM018"),
    "wrong values of an enumeration": Kind(
        "json", lambda n: specification("SupportedRealtimeInferenceInstanceTypes", n, '"ml.m~.xlrge"'), 49_000, "SM303"
    ),
    "texts that match no pattern": Kind("json", lambda n: metadata(n, '"k~": "a\\nb"'), 24_000, "SM607"),
    "a pattern's near miss": Kind("json", lambda n: f'{{"ModelPackageGroupName": "{"a-" * n}!"}}', 4_000_000, "SM222"),
    "a long text": Kind("json", lambda n: request(f'"ModelPackageDescription": "{"x" * n}"'), 8_000_000, "SM107"),
    "a text of escapes": Kind(
        "json", lambda n: request('"ModelPackageDescription": "' + "\\u00e9" * n + '"'), 1_300_000, "SM107"
    ),
    "a long text in YAML": Kind("yaml", lambda n: f"{YAML}ModelPackageDescription: {'x' * n}\n", 8_000_000, "SM107"),
    "a long framework": Kind(
        "json", lambda n: containers(1, f'{{"Image": "a", "Framework": "{"é" * n}"}}'), 4_000_000, "SM314"
    ),
    "impossible dates": Kind("yaml", lambda n: MAP + lines(n, "  k~: 2024-13-01"), 20_000, "SM017"),
    "dates": Kind("yaml", lambda n: MAP + lines(n, "  k~: 2024-12-01"), 20_000, "SM010"),
    "plain numbers": Kind("yaml", lambda n: MAP + lines(n, "  k~: 1"), 20_000, "SM103"),
    "mistakes times aliases": Kind(
        "yaml", lambda n: f"{YAML}x: &a {{{many(40, 'k~: 1')}}}\nTags: [{many(n, '*a')}]\n", 500, "SM108"
    ),
    "mistakes times merges": Kind(
        "yaml", lambda n: f"{YAML}x: &a {{{many(40, 'k~: 1')}}}\nTags:\n" + lines(n, "- <<: *a"), 500, "SM108"
    ),
    "mistakes in a text times aliases": Kind(
        "yaml",
        lambda n: f"{YAML}x: &a '{{{many(n, NO_NUMBER)}}}'\nInferenceSpecification:\n  Containers:\n"
        + lines(200, "  - {ModelInput: {DataInputConfig: *a}}"),
        2_000, "SM312",
    ),
    "regions": Kind(
        "json", lambda n: containers(n, '{"Image": "123456789012.dkr.ecr.eu-west-~.amazonaws.com/a:1"}'), 16_000,
        "SM804",
    ),
    "content types that a list lacks": Kind(
        "json",
        lambda n: specification("SupportedContentTypes", n, '"t/~"')[:-1]
        + f', "ValidationSpecification": {{"ValidationProfiles": [{many(n, JOB)}]}}}}',
        5_000, "SM518",
    ),
    "names that are alike": Kind("json", lambda n: tags(n, '{"Key": "a"}'), 16_000, "SM601"),
    "unknown fields of a card": Kind("json", lambda n: card({f"k{i}": 1 for i in range(n)}), 24_000, "SM706"),
    "long fields of a card": Kind(  # what is found in a short text is kept, so that growth is counted from a long one
        "json", lambda n: card({f"k{i}{'x' * 200}": 1 for i in range(n)}), 24_000, "SM706", counted=1200,
    ),
    "escapes in a card": Kind("json", lambda n: card({"k": '"\n' * n}), 1_100_000, "SM706"),
    "line breaks in a card in YAML": Kind(
        "yaml",
        lambda n: f"{YAML}ModelCard:\n  ModelCardContent: |\n    " + "\n" * n + '    {"k": 1}\n', 1_000_000, "SM706",
    ),
    "shapes of an input configuration": Kind(
        "json", lambda n: containers(1, CONFIGURED % json.dumps(json.dumps({f"a{i}": ["x"] for i in range(n)}))),
        12_000, "SM107",
    ),
    "findings under a long key": Kind(
        "json", lambda n: request('"' + "k" * n + '": {' + many(1001, '"k": 1') + "}"), 8_000_000, "SM005"
    ),
    "halves of characters under a long key": Kind(
        "json", lambda n: request('"' + "k" * (100 * n) + '": [' + many(n, '"\\ud800"') + "]"), 40_000, "SM011"
    ),
    "unknown members beside a given one": Kind(
        "json", lambda n: request(many(n, '"k~": 1')), 24_000, "SM101", {"given": ["Domain"]}
    ),
    "placeholders": Kind("json", lambda n: tags(n, '{"Key": "${x}"}'), 16_000, "SM203", {"placeholders": ["${*}"]}),
    "beginnings of placeholders": Kind(
        "json", lambda n: request('"Tags": [{"Key": "' + "${" * n + '"}]'), 4_000_000, "SM606",
        {"placeholders": ["${*}", "{{*}}*x"]},
    ),
    "texts that only begin like placeholders": Kind(
        "json", lambda n: metadata(n, '"k,~": "${"'), 24_000, "SM607", {"placeholders": ["${*}"]}
    ),
    "every rule": Kind(
        "json", lambda n: containers(n, '{"image": "~", "ModelDataUrl": "s3://a", "Environment": {"": ""}}'), 5_000,
        "SM101", {"select": ["ALL"]},
    ),
}  # fmt: skip
"""What a request can hold."""

IGNORE = "# sm-lint: ignore[SM101]"
TYPES = "SupportedTransformInstanceTypes"
NAMES = '{"image": "a/b:1", "IMAGE": "a/b:1"}'
WRONG = f'"Tags": [{many(100, "1")}]'

OF_SUPPRESSIONS: dict[str, Kind] = {
    "comments in a row": Kind("yaml", lambda n: YAML + lines(n, IGNORE) + "Domian: x\n", 320_000, "SM903"),
    "a comment on each wrong line": Kind("yaml", lambda n: MAP + lines(n, f"  k~: 1 {IGNORE}"), 24_000, "SM103"),
    "selectors in a comment": Kind(
        "yaml", lambda n: f"{YAML}Domian: x # sm-lint: ignore[{many(n, 'SM101')}]\n", 170_000, "SM903"
    ),
    "unused selectors": Kind(
        "yaml", lambda n: f"{YAML}Domain: x # sm-lint: ignore[{many(n, 'SM203')}]\n", 170_000, "SM903",
        counted=200,
    ),
    "comments that are none": Kind("yaml", lambda n: YAML + lines(n, "# sm-lint: x"), 600_000, "SM903"),
    "unknown rules in comments": Kind(
        "yaml", lambda n: YAML + lines(n, "# sm-lint: ignore[XY~]"), 37_000, "SM903", counted=1_100
    ),
    "a comment and wrong items": Kind("yaml", lambda n: f"{YAML}{IGNORE}\nTags: [{many(n, '1')}]\n", 49_000, "SM103"),
    "a comment after wrong items and an anchor": Kind(
        "yaml", lambda n: f"{YAML}Domain: &a x\nTags: [{many(n, '1')}]\n{IGNORE}\n", 49_000, "SM103"
    ),
    "a comment beside wrong values of an enumeration": Kind(
        "yaml", lambda n: f"{YAML}{IGNORE}\nInferenceSpecification:\n  {TYPES}:\n" + lines(n, "  - ml.m~.xl"), 49_000,
        "SM303",
    ),
    "marks in a text": Kind(
        "yaml", lambda n: f"{YAML}ModelPackageDescription: '{'# sm-lint: x ' * n}'\n", 600_000, "SM107"
    ),
    "members that the configuration ignores": Kind(
        "json", lambda n: request('"Tags": 1, ' + many(n, '"k~": 1')), 24_000, "SM103",
        {"per-file-ignores": {f"hostile*#{of}": ["SM101"] for of in ("/*", "/k1/*", "/*/*")}},
    ),
}  # fmt: skip
"""Comments and `per-file-ignores`, times findings. Baselines are in tests/unit/suppression."""

OF_FIXES: dict[str, Kind] = {
    "keys without quotes": Kind("yaml", lambda n: MAP + lines(n, "  ~: x"), 24_000, "SM018"),
    "keys without quotes, deeper": Kind("yaml", lambda n: f"{YAML}x:\n" + lines(n, "  ~: {~: x}"), 12_000, "SM018"),
    "repeated items in lines": Kind(
        "yaml", lambda n: f"{YAML}InferenceSpecification:\n  {TYPES}:\n" + lines(n, "  - ml.m5.large"), 49_000, "SM115"
    ),
    "two names that would become one": Kind("json", lambda n: containers(n, NAMES), 9_900, "SM101"),
    "names that are one name misspelled": Kind(
        "yaml", lambda n: YAML + lines(n, "model-approval-statu~: x"), 24_000, "SM101"
    ),
    "values that would be repeated": Kind("json", lambda n: specification(TYPES, n, '"ML.M5.LARGE"'), 49_000, "SM303"),
    "tags in lower case": Kind("yaml", lambda n: f"{YAML}Tags:\n" + lines(n, "- key: k~\n  value: v"), 9_000, "SM101"),
    "blanks between repeated items": Kind(
        "json", lambda n: specification(TYPES, 9, '"ml.m5.large"' + " " * (n // 9)), 8_000_000, "SM115"
    ),
    "line breaks between fixes": Kind(
        "json", lambda n: request('"domain": "x"' + "\n" * n + ', "task": "OTHER"'), 8_000_000, "SM101"
    ),
}
"""Requests with many fixes."""

OF_LINES: dict[str, Kind] = {
    "line breaks": Kind("json", lambda n: request('"Domian": 1' + "\n" * n + ', "Task": 1'), 8_300_000, "SM101"),
    "short lines": Kind("json", lambda n: request('"Domian": 1,\n' + "1\n" * n + '"Task": 1'), 4_100_000, "SM001"),
    "carriage returns": Kind("json", lambda n: request('"Domian": 1' + "\r" * n + ', "Task": 1'), 8_300_000, "SM101"),
    "a long line": Kind("json", lambda n: request(f'"SourceUri": "{"x" * n}", {WRONG}'), 8_300_000, "SM103"),
    "a long line of emoji": Kind("json", lambda n: request(f'"SourceUri": "{"😀" * n}", {WRONG}'), 2_000_000, "SM103"),
    "long lines around": Kind(
        "json", lambda n: request(f'"Domain": "{"é" * n}",\n{WRONG}, "SourceUri": "{"é" * n}"\n{" " * n}'), 1_600_000,
        "SM103",
    ),
    "a line of tabs": Kind("json", lambda n: request("\t" * n + WRONG), 8_300_000, "SM103"),
    "a long text through aliases": Kind(
        "yaml", lambda n: f"{YAML}x: &a {'v' * n}\nTags: [{many(6, '*a')}]\n", 1_000_000, "SM103"
    ),
}  # fmt: skip
"""Requests whose lines are many or long, which the output formats show."""

OF_EDITORS: dict[str, Kind] = {
    "blanks in a line": Kind("yaml", lambda n: f"{YAML}a{' ' * n}b\n", 1_000_000, "SM002"),
    "dashes after a request": Kind("yaml", lambda n: f"{YAML}Tags:\n{'- ' * n}\n", 500_000, "SM009"),
    "anchors": Kind("yaml", lambda n: f"{YAML}Domain: {'&a ' * n}x\n", 340_000, "SM002"),
    "colons": Kind("yaml", lambda n: f"{YAML}{'a:b' * n}\n", 340_000, "SM002"),
    "single quotes in YAML": Kind("yaml", lambda n: YAML + "''" * n + "'\n", 500_000, "SM002"),
    "characters before findings": Kind(
        "json", lambda n: request('"ModelPackageDescription": "' + "é" * n + '", ' + many(1000, '"k~": 1')), 4_000_000,
        "SM107",
    ),
    "escaped quotes": Kind(
        "json", lambda n: request('"ModelPackageDescription": "' + '\\"' * n + '"'), 4_000_000, "SM107"
    ),
    "an open text": Kind("json", lambda n: request('"ModelPackageDescription": "' + "x" * n)[:-1], 8_000_000, "SM001"),
    "an open text of escapes": Kind(
        "json", lambda n: request('"ModelPackageDescription": "' + '\\"' * n)[:-1], 4_000_000, "SM001"
    ),
    "open objects": Kind("json", lambda n: request('"Domain": ' + '{"a":' * n), 1_600_000, "SM009"),
}  # fmt: skip
"""Texts, many of them unfinished, in which the place of a cursor is hard to find."""

KINDS = OF_SYNTAX | OF_SIZE | OF_REQUESTS | OF_SUPPRESSIONS | OF_FIXES | OF_LINES | OF_EDITORS
"""All kinds, by name."""
