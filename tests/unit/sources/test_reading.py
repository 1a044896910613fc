"""What the CLI reads is read to the same value; what it refuses is a finding with its place and a remedy.

Each row was tried on AWS CLI 2 with ruamel.yaml 0.19.1.
"""

import datetime as dt
import math
from typing import Any

import pytest

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.settings import DEFAULTS
from sm_lint.sources import document
from sm_lint.sources.reading import UNREAD
from tests.support.linting import lint

GROUP = '"ModelPackageGroupName": "churn"'


def _all(data: bytes, syntax: str) -> list[Diagnostic]:
    return lint(document.read(f"request.{syntax}", data), DEFAULTS)


def _reading(data: bytes, syntax: str) -> list[Diagnostic]:
    return [d for d in _all(data, syntax) if d.code.startswith("SM0")]


def _cut(data: bytes, diagnostic: Diagnostic) -> str:
    text = data.decode(errors="replace").removeprefix("\ufeff")
    return text[diagnostic.range.start.offset : diagnostic.range.end.offset]


def _check(data: bytes, syntax: str, code: str, blamed: str, message: str) -> None:
    found = [d for d in _reading(data, syntax) if d.code == code]
    assert [_cut(data, d) for d in found] == [blamed]
    assert message in found[0].message
    assert found[0].help


REFUSED_JSON = [
    (b"", "SM001", "", "an empty file"),
    (b" \n\t ", "SM001", "", "an empty file"),
    (b'{"a": 1,}', "SM001", ",", "a trailing comma"),
    (b"[1, 2,\n]", "SM001", ",", "a trailing comma"),
    (b'{"a": 1,, "b": 2}', "SM001", ",", "where a member name is expected"),
    (b"[1,, 2]", "SM001", ",", "a comma where a value is expected"),
    (b'{"a": 1 // one\n}', "SM001", "// one", "a comment"),
    (b'{"a": /* one\n */ 1}', "SM001", "/* one\n */", "a comment"),
    (b'# one\n{"a": 1}', "SM001", "# one", "a comment"),
    (b"{'a': 1}", "SM001", "'a'", "a single quote"),
    (b"{\"a\": 'b'}", "SM001", "'b'", "a single quote"),
    ("{“a”: 1}".encode(), "SM001", "“", "a typographic quote"),
    (b'{"a": 1} {"b": 2}', "SM001", "{", "text after the end"),
    (b'{"a": 1} x', "SM001", "x", "text after the end"),
    (b'{"a": "b\nc"}', "SM001", "\n", "a line break inside a string"),
    (b'{"a": "b\tc"}', "SM001", "\t", "a tab inside a string"),
    (b'{"a": "b\x01c"}', "SM001", "\x01", "U+0001 inside a string"),
    (b'{"a": "b\x00c"}', "SM001", "\x00", "U+0000 inside a string"),
    (b'{"a": "\\d"}', "SM001", "\\d", "the invalid escape `\\d`"),
    (b'{"a": "b}', "SM001", '"b}', "without its closing quote"),
    (b'{"a": "b\n}', "SM001", '"b', "without its closing quote"),
    (b'{"a": 1', "SM001", "", "the end of the file inside a value"),
    (b'{"a"', "SM001", "", "the end of the file inside a value"),
    (b'{"a" 1}', "SM001", "1", "where a colon is expected"),
    (b'{"a": 1 "b": 2}', "SM001", '"', "where a comma"),
    (b'{"a": 1\n "b": 2}', "SM001", '"', "where a comma"),
    (b'{"a": 012}', "SM001", "012", "a leading zero"),
    (b'{"a": +1}', "SM001", "+1", "where a value is expected"),
    (b'{"a": .5}', "SM001", ".5", "where a value is expected"),
    (b'{"a": True}', "SM001", "True", "where a value is expected"),
    (b'{"a": None}', "SM001", "None", "where a value is expected"),
    (b'{"a": b}', "SM001", "b", "where a value is expected"),
    (b"{a: 1}", "SM001", "a", "where a member name is expected"),
    (b'{"a": [1}', "SM001", "}", "where a comma"),
    (b"a: 1", "SM001", "a", "where a value is expected"),
    (b"\xef\xbb\xbf{" + GROUP.encode() + b"}", "SM004", "", "byte-order mark"),
    (b'{"a": "\xff"}', "SM003", "\ufffd", "0xFF"),
    (b'{"a": "\xed\xa0\x80"}', "SM003", "\ufffd", "0xED"),
    ('{"a": 1}'.encode("utf-16"), "SM003", "\ufffd", "UTF-16"),
    (b'{"a": NaN}', "SM010", "NaN", "`a` must be a JSON value, found NaN"),
    (b'{"a": [Infinity]}', "SM010", "Infinity", "found Infinity"),
    (b'{"a": -Infinity}', "SM010", "-Infinity", "found -Infinity"),
    (b'{"a": 1E400}', "SM010", "1E400", "found Infinity"),
    (b'{"a": ' + b"1" * 4301 + b"}", "SM001", "1" * 4301, "an integer with 4,301 digits"),
    (b'{"a": -' + b"1" * 4301 + b"}", "SM001", "-" + "1" * 4301, "an integer with 4,301 digits"),
    (b"[" * 201 + b"]" * 201, "SM009", "[", "200 levels"),
    (b'{"a": 1, "a": 2}', "SM005", '"a"', "duplicate key `a`"),
    (b'{"a": 1, "\\u0061": 2}', "SM005", '"\\u0061"', "duplicate key `a`"),
    (b'{"a": "\\ud800"}', "SM011", '"\\ud800"', "half of a surrogate pair"),
    (b'{"\\udc00": 1}', "SM011", '"\\udc00"', "half of a surrogate pair"),
]


@pytest.mark.parametrize(("data", "code", "blamed", "message"), REFUSED_JSON)
def test_json_that_the_cli_refuses_or_alters_is_a_finding(data: bytes, code: str, blamed: str, message: str) -> None:
    _check(data, "json", code, blamed, message)


ACCEPTED_JSON = [
    (b"{}", {}),
    (b'{"a": 1, "b": [true, false, null]}', {"a": 1, "b": [True, False, None]}),
    (b'{"a": 1.0, "b": 1e2, "c": -0.5E-3}', {"a": 1.0, "b": 100.0, "c": -0.0005}),
    (b'{"a": ' + b"1" * 4300 + b"}", {"a": int("1" * 4300)}),
    (b'{"a": "\\ud83d\\ude00 \\/ \\u00e9"}', {"a": "😀 / é"}),
    (b"[1]", [1]),
    (b'"a"', "a"),
    (b"null", None),
    (b"\t\r\n{ }\n", {}),
    (b'{"a": 1, "a": 2}', {"a": 2}),
    (b'{"a": {"b": 1}, "a": {"c": 2}}', {"a": {"c": 2}}),
    (b'{"": 1}', {"": 1}),
    ('{"é\u2028": "\u0085\x7f"}'.encode(), {"é\u2028": "\u0085\x7f"}),
    (b"[" * 200 + b"]" * 200, None),
]


@pytest.mark.parametrize(("data", "value"), ACCEPTED_JSON)
def test_json_is_read_to_the_value_of_the_cli(data: bytes, value: Any) -> None:
    read = document.read("request.json", data)
    assert all(problem.kind == "json-repeated-key" for problem in read.problems)
    assert read.value == value or data.startswith(b"[[")
    assert read.value is not UNREAD


REFUSED_YAML = [
    ("a: 1\na: 2\n", "SM006", "a", "duplicate key `a`"),
    ('a: 1\n"a": 2\n', "SM006", '"a"', "duplicate key `a`"),
    ("b: {a: 1, a: 2}\n", "SM006", "a", "duplicate key `a`"),
    ("1: x\n1.0: y\n", "SM006", "1.0", "duplicate key `1.0`"),
    ("true: x\nTrue: y\n", "SM006", "True", "duplicate key `true`"),
    ("x: &x {a: 1}\nb:\n  <<: *x\n  <<: *x\n", "SM006", "<<", "duplicate key `<<`"),
    ("ModelPackageGroupName: a\n---\nb: 2\n", "SM013", "---", "second YAML document"),
    ("ModelPackageGroupName: a\n---\n", "SM013", "---", "second YAML document"),
    ("a:\t1\n", "SM012", "\t", "tab after a colon"),
    ("a:\n-\t1\n", "SM012", "\t", "tab after a dash"),
    ("a: b\t\nc: d\n", "SM012", "\t", "tab at the end of a line"),
    ("a:\n\tb: c\n", "SM012", "\t", "tab in the indentation"),
    ("a: 1\n\t\nb: 2\n", "SM012", "\t", "tab on an otherwise empty line"),
    ("a: b\tc: d\n", "SM012", "\t", "invalid tab"),
    ("%YAML 1.1\n---\na: yes\n", "SM015", "%YAML 1.1", "version 1.1"),
    ("%YAML 1.3\n---\na: 1\n", "SM014", "1.3", "unsupported YAML version 1.3"),
    ("%YAML 2.0\n---\na: 1\n", "SM014", "2.0", "unsupported YAML version 2.0"),
    ("a: 2024-13-45\n", "SM017", "2024-13-45", "not a valid date"),
    ("a: 2024-02-30T25:00:00Z\n", "SM017", "2024-02-30T25:00:00Z", "not a valid date"),
    ("a: !!int foo\n", "SM017", "foo", "`foo`: not an integer"),
    ("a: !!float foo\n", "SM017", "foo", "`foo`: not a number"),
    ("a: !!bool foo\n", "SM017", "foo", "`foo`: not a boolean"),
    ("a: !!binary '*'\n", "SM010", "'*'", "found bytes"),
    ("a: !!binary é\n", "SM017", "é", "not base64"),
    ("a: =\n", "SM017", "=", "reserved in YAML 1.1"),
    ("a: " + "1" * 4301 + "\n", "SM017", "1" * 4301, "more than 4,300 digits"),
    ("Domain: !Ref x\n", "SM016", "!Ref", "tag `!Ref`"),
    ("Domain: !Sub {b: c}\n", "SM016", "!Sub", "tag `!Sub`"),
    ("Domain: !GetAtt [b, c]\n", "SM016", "!GetAtt", "tag `!GetAtt`"),
    ("Domain: &x !Ref y\n", "SM016", "!Ref", "tag `!Ref`"),
    ("Domain: !!python/object:os.system x\n", "SM016", "!!python/object:os.system", "invalid YAML tag"),
    ("Domain: !!int [1]\n", "SM016", "!!int", "tag `!!int`"),
    ("Domain: !e!x y\n", "SM016", "!e!x", "tag `!e!x`"),
    ("? {a: b}\n: 1\n", "SM018", "{a: b}", "key must be a string, found an object"),
    ("? [a, [b]]\n: 1\n", "SM018", "[a, [b]]", "key must be a string, found a list"),
    ("? [a, b]\n: 1\n", "SM018", "[a, b]", "found a list"),
    ("1: x\n", "SM018", "1", "key `1` must be a string, found an integer"),
    ("true: x\n", "SM018", "true", "found a boolean"),
    ("~: x\n", "SM018", "~", "found null"),
    ("2024-01-01: x\n", "SM018", "2024-01-01", "found a date"),
    ("a: 1\n%x\n", "SM002", "%x", "a line cannot begin with `%`"),
    ("a: b: c\n", "SM002", ":", "unexpected colon"),
    ("a: @x\n", "SM002", "@", "a value cannot begin with `@`"),
    ("a: `x\n", "SM002", "`", "a value cannot begin with ```"),
    ("a: %x\n", "SM002", "%", "a value cannot begin with `%`"),
    ("a: 'x\nb: y\n", "SM002", "'x", "missing closing quote"),
    ('a: "x\nb: y\n', "SM002", '"x', "missing closing quote"),
    ('a: "\\d"\n', "SM002", "\\d", "invalid escape `\\d`"),
    ("a: *x\n", "SM020", "*x", "undefined alias `*x`"),
    ("a: &x [*x]\n", "SM021", "*x", "contains it"),
    ("a: &x {b: {c: *x}}\n", "SM021", "*x", "contains it"),
    ("a: x\x07y\n", "SM002", "\x07", "U+0007"),
    ("a: x\x00y\n", "SM002", "\x00", "U+0000"),
    ("a: x\x7fy\n", "SM002", "\x7f", "U+007F"),
    ("a: x\x81y\n", "SM002", "\x81", "U+0081"),
    ("a: x\uffffy\n", "SM002", "\uffff", "U+FFFF"),
    ("k" * 1025 + ": x\n", "SM019", "k" * 1025, "1,025 characters"),
    ('"' + "k" * 1025 + '": x\n', "SM019", '"' + "k" * 1025 + '"', "characters"),
    ("a: [b\n", "SM002", "[", "missing `]` for `[`"),
    ("a: {b: c\n", "SM002", "{", "missing `}` for `{`"),
    ("a: [b c: d e: f]\n", "SM002", ":", ""),
    ("a: [b}\n", "SM002", "}", "expected a comma or `]`, found `}`"),
    ("a:\n    b: 1\n  c: 2\n", "SM002", "c", "inconsistent indentation"),
    ("a: 'x' y\n", "SM002", "y", "unexpected `y` after the end of a value"),
    ("a: b\nc\n", "SM002", "c", "line without a colon"),
    ("a\nb: 1\n", "SM002", ":", "unexpected colon"),
    ("a: - b\n", "SM002", "-", "unexpected list item"),
    ("a: |x\n  b\n", "SM002", "x", "after the `|` or `>` of a block"),
    ("a:\n  <<: 1\n", "SM002", "<<", "without a mapping"),
    ("a:\n  <<: [1]\n", "SM002", "<<", "without a mapping"),
    ("a: 2024-01-01\n", "SM010", "2024-01-01", "`a` must be a JSON value, but YAML reads `2024-01-01` as a date"),
    ("a: 2024-01-01T00:00:00Z\n", "SM010", "2024-01-01T00:00:00Z", "a date and time"),
    ("a: 2024-1-1T1:02:03\n", "SM010", "2024-1-1T1:02:03", "a date and time"),
    ("a: .nan\n", "SM010", ".nan", "YAML reads `.nan` as NaN"),
    ("a: -.inf\n", "SM010", "-.inf", "-Infinity"),
    ("a: !!binary aGk=\n", "SM010", "aGk=", "bytes"),
    ("a: !!set {b, c}\n", "SM010", "a", "found a set"),
    ('a: "\\ud83d\\ude00"\n', "SM011", '"\\ud83d\\ude00"', "half of a surrogate pair"),
    ("[" * 201 + "]" * 201, "SM009", "[", "200 levels"),
    ("- " * 201 + "a\n", "SM009", "-", "200 levels"),
]


@pytest.mark.parametrize(("text", "code", "blamed", "message"), REFUSED_YAML)
def test_yaml_that_the_cli_refuses_or_alters_is_a_finding(text: str, code: str, blamed: str, message: str) -> None:
    _check(text.encode(), "yaml", code, blamed, message)


ACCEPTED_YAML = [
    ("", None),
    ("# nothing\n", None),
    ("---\na: 1\n...\n", {"a": 1}),
    ("\ufeffa: 1\n", {"a": 1}),
    ("- 1\n- 2\n", [1, 2]),
    ("x\n", "x"),
    ('{\n\t"a":\t[1,\t2]\n}\n', {"a": [1, 2]}),
    ("a: [true, True, TRUE, false, False, FALSE]\n", {"a": [True, True, True, False, False, False]}),
    ("a: [tRUE, yes, no, on, off, y, n]\n", {"a": ["tRUE", "yes", "no", "on", "off", "y", "n"]}),
    ("%YAML 1.1\n---\na: [yes, no, on, off, 010, 12:30:45]\n", {"a": [True, False, True, False, 8, 45045]}),
    ("%YAML 1.2\n---\na: [yes, 010]\n", {"a": ["yes", 10]}),
    ("a: [null, Null, NULL, ~, None]\nb:\n", {"a": [None, None, None, None, "None"], "b": None}),
    ("[010, 0o10, 0x10, 0b10, 1_000, +1, 089, 012345678901]", [10, 8, 16, 2, 1000, 1, 89, 12345678901]),
    ("[1e3, 12e03, 12345e7, 0e0, .5, 1., 2.1]", [1000.0, 12000.0, 123450000000.0, 0.0, 0.5, 1.0, 2.1]),
    ("[1.12.0, 12:30:45, 1e, nan, _1]", ["1.12.0", "12:30:45", "1e", "nan", "_1"]),
    ("[2024-1-1, 2024-01-01 10:00]", ["2024-1-1", "2024-01-01 10:00"]),
    ("a: 2024-01-01\n", {"a": dt.date(2024, 1, 1)}),
    ("a: !!str 1\nb: ! 12\n", {"a": "1", "b": 12}),
    ("a: !!omap [{b: 1}, {c: 2}]\n", {"a": {"b": 1, "c": 2}}),
    ("a: !!pairs [{b: 1}]\n", {"a": [("b", 1)]}),
    ("{a:x}\n", {"a:x": None}),
    ("=: 1\n", {"=": 1}),
    ("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}\n", {"a": {"b": 1, "c": 2}, "d": {"b": 1, "c": 3}}),
    ("a: &x {b: 1}\nd: {<<: [*x, {b: 2, c: 3}]}\n", {"a": {"b": 1}, "d": {"b": 1, "c": 3}}),
    ("a: &x 1\nb: &x 2\nc: *x\n", {"a": 1, "b": 2, "c": 2}),
    ("a: x\u0085  y\u2028  z\n", {"a": "x y\u2028z"}),
    ("? a\n: b\n", {"a": "b"}),
    ("1: x\n", {1: "x"}),
    ("a: |\n  x\n  y\n\nb: >-\n  x\n  y\n", {"a": "x\ny\n", "b": "x y"}),
    ("a: |\r\n  x\r\n  y\r\n", {"a": "x\ny\n"}),
    ("a: 'x\n  y'\n", {"a": "x y"}),
    ("k" * 1024 + ": x\n", {"k" * 1024: "x"}),
    ("a: '\\d'\nb: \\d\n", {"a": "\\d", "b": "\\d"}),
    ("a: 😀\n", {"a": "😀"}),
]


@pytest.mark.parametrize(("text", "value"), ACCEPTED_YAML)
def test_yaml_is_read_to_the_value_of_the_cli(text: str, value: Any) -> None:
    read = document.read("request.yaml", text.encode())
    assert [problem.kind for problem in read.problems if problem.kind != "yaml-1-1"] == []
    assert read.value == value


def test_yaml_not_a_number_is_read_as_such() -> None:
    assert math.isnan(document.read("request.yaml", b"a: .nan\n").value["a"])


RECOVERED = [
    ("json", "{%s, 'Domian': 'x',}", ["SM001", "SM101", "SM001", "SM001"]),
    ("json", '{%s, // the group\n "Domian": "x"}', ["SM001", "SM101"]),
    ("json", '{%s, "Task": None,\n "Domian": "x"}', ["SM001", "SM101"]),
    ("json", '{%s\n "Domian": "x"}', ["SM001", "SM101"]),
    ("json", '{%s, "Task": "a\nb", "Domian": "x"}', ["SM001", "SM101"]),
    ("json", '{%s, "Task": "\\d", "Domian": "x"}', ["SM001", "SM101"]),
    ("json", '{%s, "Task": other, "Domian": "x"}', ["SM001", "SM101"]),
    ("json", '{%s, "Domian": "x"}\n{"a": 1}', ["SM101", "SM001"]),
    ("json", '\ufeff{%s, "Domian": "x"}', ["SM004", "SM101"]),
    ("yaml", "%s\nDomian: x\nTask:\tOTHER\n", ["SM101", "SM012"]),
    ("yaml", "%s\nDomian: x\t\nTask: OTHER\n", ["SM101", "SM012"]),
    ("yaml", "%s\n\t\nDomian: x\n", ["SM012", "SM101"]),
    ("yaml", "%s\nTask: @x\nDomian: x\n", ["SM002", "SM101"]),
    ("yaml", '%s\nTask: "\\d"\nDomian: x\n', ["SM002", "SM101"]),
    ("yaml", "%s\nTask: *x\nDomian: x\n", ["SM020", "SM101"]),
    ("yaml", "%s\nTask: !Ref x\nDomian: x\n", ["SM016", "SM101"]),
    ("yaml", "%s\nTask: 2024-13-45\nDomian: x\n", ["SM017", "SM101"]),
    ("yaml", "%s\nTask: OTHER\nTask: OTHER\nDomian: x\nDomian: y\n", ["SM006", "SM101", "SM006"]),
    ("yaml", "%s\nDomian: x\n---\nb: 1\n", ["SM101", "SM013"]),
    ("yaml", "%%YAML 1.3\n---\n%s\nDomian: x\n", ["SM014", "SM101"]),
    ("yaml", "%s\nTask: a\x07b\nDomian: x\n", ["SM002", "SM101"]),
]


@pytest.mark.parametrize(("syntax", "text", "codes"), RECOVERED)
def test_what_can_be_read_beside_a_mistake_is_linted(syntax: str, text: str, codes: list[str]) -> None:
    data = (text % (GROUP if syntax == "json" else GROUP.replace('"', ""))).encode()
    assert [d.code for d in _all(data, syntax)] == codes


NOT_GUESSED = [
    ("json", '{%s, "Domian": "x'),
    ("json", '{%s, "Domian": "say "hi" to all"}'),
    ("yaml", "%s\nDomian: a: b\n"),
    ("yaml", "%s\nDomian: 'x\n"),
]


@pytest.mark.parametrize(("syntax", "text"), NOT_GUESSED)
def test_where_the_meaning_is_a_guess_nothing_else_is_said(syntax: str, text: str) -> None:
    data = (text % (GROUP if syntax == "json" else GROUP.replace('"', ""))).encode()
    assert {d.code for d in _all(data, syntax)} <= {"SM001", "SM002", "SM012"}


WRONG_IN_YAML = [
    ("ModelPackageDescription: 2.1", "but YAML reads `2.1` as a number", 'Put it in quotes: `"2.1"`.'),
    ("ModelPackageDescription: 12345e7", "YAML reads `12345e7` as the number 123450000000.0", '"12345e7"'),
    ("ModelPackageDescription: 0123", "`0123` as the integer 123, without its leading zero", '"0123"'),
    ("ModelPackageDescription: 0x1F", "YAML reads `0x1F` as the integer 31", '"0x1F"'),
    ("ModelPackageDescription: 1_000", "YAML reads `1_000` as the integer 1000", '"1_000"'),
    ("ModelPackageDescription: 7", "YAML reads `7` as an integer", '"7"'),
    ("ModelPackageDescription: True", "YAML reads `True` as the boolean true", '"True"'),
    ("ModelPackageDescription: 2024-01-01", "YAML reads `2024-01-01` as a date", '"2024-01-01"'),
    ("CertifyForMarketplace: yes", "YAML reads `yes` as a string", "Write `true` instead of `yes`."),
    ("CertifyForMarketplace: Off", "YAML reads `Off` as a string", "Write `false` instead of `Off`."),
    ("CertifyForMarketplace: 'no'", 'must be true or false, found "no"', "Write true or false."),
    ("CertifyForMarketplace: 0", "must be true or false, found 0", "Write true or false."),
]


@pytest.mark.parametrize(("line", "message", "advice"), WRONG_IN_YAML)
def test_a_value_that_yaml_turned_into_another_is_shown_as_written_and_as_read(
    line: str, message: str, advice: str
) -> None:
    found = _all(f"ModelPackageGroupName: churn\n{line}\n".encode(), "yaml")
    assert [d.code for d in found] in (["SM103"], ["SM010"])
    assert message in found[0].message
    assert advice in str(found[0].help)


@pytest.mark.parametrize(("name", "text"), [("a.yaml", 'a: "b \\'), ("a.yaml", 'a: "\\"\\'), ("a.json", '{"a": "\\')])
def test_a_backslash_at_the_end_has_a_place_in_the_text(name: str, text: str) -> None:
    problems = document.read(name, text.encode()).problems
    assert problems
    assert all(0 <= problem.start <= problem.end <= len(text) for problem in problems)
