"""What is extracted is the request that is linted: the value of its file, and enough to lint it again."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from sm_lint.model.pointer import resolved, steps_of, value_at
from sm_lint.model.settings import DEFAULTS, Settings
from sm_lint.requests import carriers
from sm_lint.requests.request import PAYLOAD, Profile, Request
from sm_lint.requests.strict_json import strict
from sm_lint.run.extracted import Extracted, extracted
from sm_lint.sources.document import Document, read
from sm_lint.sources.reading import Reading
from tests.conftest import ROOT
from tests.support.cases import ALL, Case, parametrize
from tests.support.linting import RULES, SESSION, settings_of
from tests.support.pointers import pointers, replaced
from tests.support.work import calls

GET = {"Get": "Parameters.Any"}
EVERYTHING = settings_of({"select": ["ALL"]})


def pipeline(request: Any) -> str:
    step = {"Name": "a", "Type": "RegisterModel", "Arguments": request}
    return json.dumps({"Version": "2020-12-01", "Steps": [step]})


def extract(document: Document, settings: Settings = DEFAULTS) -> Extracted:
    (request,) = carriers.requests(document, RULES.shapes, named=True)
    found = extracted(request, settings)
    assert found is not None
    return found


def codes(document: Document, requests: list[Request], settings: Settings) -> set[tuple[str, str]]:
    found = SESSION.find(document, requests, settings).outcome().diagnostics
    return {(d.code, d.pointer) for d in found}


def again(found: Extracted, profile: Profile) -> Request:
    """Return the request as one reads it from what was extracted, with its unknown parts given."""
    document = Document("a.json", "", "", Reading(found.request, [], is_json=True))
    unknown = [resolved(found.request, steps_of(text))[0] for text in found.unknown]
    optional = frozenset(resolved(found.request, steps_of(text))[0] for text in found.optional)
    return Request(document, found.request, unknown=dict.fromkeys(unknown), optional=optional, profile=profile)


@parametrize("invalid")
def test_of_a_file_that_is_the_request_its_value_is_extracted(case: Case) -> None:
    document = case.read()
    settings = case.settings()._replace(given=())
    for request in carriers.requests(document, RULES.shapes, named=True):
        found = extracted(request, settings)
        if found is None or request.profile != PAYLOAD or document.problems:
            continue
        if not found.unknown:
            assert found.request == strict(document.value)[0]
        assert (found.pointer, found.inner_pointer, found.optional) == ("", None, ())
        assert json.loads(json.dumps(found.request, allow_nan=False)) == found.request


def values() -> Iterator[dict[str, Any]]:
    """Yield a request of each rule."""
    for rule in ALL:
        payloads = [case["payload"] for case in rule.invalid if "payload" in case and "config" not in case]
        small = [text for text in payloads if text.startswith("{") and len(text) < 2000]
        if small and rule.code[:3] not in ("SM0", "SM9"):
            yield json.loads(small[0])


def variants(request: Any) -> list[Any]:
    return [request, *(replaced(request, pointer, GET) for pointer in list(pointers(request))[::3])]


def test_what_is_extracted_has_no_finding_that_the_carrier_did_not_have() -> None:
    count = 0
    for request in values():
        for variant in variants(request):
            document = read("a.json", pipeline(variant).encode())
            requests = carriers.requests(document, RULES.shapes)
            found = extract(document)
            of_carrier = codes(document, requests, EVERYTHING)
            same = again(found, requests[0].profile)
            of_request = codes(same.document, [same], EVERYTHING)
            assert {(code, found.pointer + pointer) for code, pointer in of_request} <= of_carrier, variant
            count += bool(found.unknown)
    assert count > 300


def documents() -> Iterator[Document]:
    """Yield the documents of the page of carriers, and those of the rules about carriers."""
    page = (ROOT / "docs" / "carriers.md").read_text(encoding="utf-8")
    for block in re.finditer(r"^```\w+ (\S+)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        yield read(block[1], block[2].encode())
    for path in (ROOT / "examples").glob("*.json"):
        yield read(path.name, path.read_bytes())
    for rule in ALL:
        if rule.code.startswith("SM05"):
            yield from (Case(rule, 0, table).read() for table in (*rule.invalid, *rule.valid))


@pytest.mark.parametrize("document", list(documents()), ids=lambda document: document.name)
def test_so_it_is_in_each_carrier(document: Document) -> None:
    try:
        requests = carriers.requests(document, RULES.shapes)
    except carriers.NoRequest:
        return
    for request in requests:
        found = extracted(request, EVERYTHING)
        assert found is not None
        start, end = found.range.start.offset, found.range.end.offset
        assert 0 <= start < end <= len(document.text)
        json.dumps(found.request, allow_nan=False)
        same = again(found, request.profile)
        of_request = {code for code, _ in codes(same.document, [same], EVERYTHING)}
        assert of_request <= {code for code, _ in codes(document, [request], EVERYTHING)}


@pytest.mark.parametrize(
    ("name", "text", "unknown", "texts"),
    [
        ("a.json", '{"ModelPackageName": ${A}, "SourceUri": "s3://${B}/"}', ["/ModelPackageName", "/SourceUri"],
         ["${A}", "s3://${B}/"]),
        ("a.yaml", "ModelPackageName: ${A}\nSourceUri: x\n", ["/ModelPackageName"], ["${A}"]),
        ("a.yaml", "ModelPackageName: a\nSourceUri: 2024-01-01\n", ["/SourceUri"], ["2024-01-01"]),
        ("a.yaml", "ModelPackageName: a\nSourceUri: .inf\n", ["/SourceUri"], [".inf"]),
        ("a.json", '{"ModelPackageName": "a", "SourceUri": Infinity}', ["/SourceUri"], ["Infinity"]),
        ("a.json", pipeline({"SourceUri": {"Get": "Parameters.A"}}), ["/SourceUri"], ['{"Get": "Parameters.A"}']),
        ("a.json", pipeline({"SourceUri": {"Std:Join": {"On": "", "Values": ["${A}", GET]}}}), ["/SourceUri"],
         ['{"Std:Join": {"On": "", "Values": ["${A}", {"Get": "Parameters.Any"}]}}']),
        ("a.json", pipeline({"SourceUri": GET}).replace('{"Get"', '{\n  "Get"'), ["/SourceUri"],
         ['{ "Get": "Parameters.Any"}']),
        ("a.yaml", "ModelPackageName: !Ref Name\nDomain: x\n", ["/ModelPackageName"], ["!Ref Name"]),
        ("a.yaml", f"a: {pipeline({'SourceUri': GET})}\n", ["/SourceUri"], ['{"Get": "Parameters.Any"}']),
    ],
)  # fmt: skip
def test_an_unknown_value_is_the_text_that_stands_for_it(
    name: str, text: str, unknown: list[str], texts: list[str]
) -> None:
    found = extract(read(name, text.encode(), placeholders=("${*}",)), DEFAULTS._replace(placeholders=("${*}",)))
    assert list(found.unknown) == unknown
    assert [value_at(found.request, steps_of(pointer)) for pointer in unknown] == texts


def test_what_the_command_line_gives_is_its_name() -> None:
    found = extract(read("a.json", b'{"Domain": "OTHER"}'), DEFAULTS._replace(given=("ModelPackageName", "Domain")))
    assert found.request == {"Domain": "<Domain>", "ModelPackageName": "<ModelPackageName>"}
    assert set(found.unknown) == {"/Domain", "/ModelPackageName"}


def test_what_may_be_absent_is_listed() -> None:
    (request,) = carriers.requests(read("a.json", b'{"ModelPackageName": "a", "Domain": "b"}'), RULES.shapes)
    found = extracted(request._replace(optional=frozenset({("Domain",), ("A/b",)})), DEFAULTS)
    assert found is not None
    assert found.optional == ("/A~1b", "/Domain")


def test_more_values_than_are_read_are_not_extracted() -> None:
    document = Document("a", "", "", Reading({"Tags": [{}] * 60_000}, [], is_json=True))
    assert extracted(Request(document, document.value), DEFAULTS) is None


def test_the_work_is_linear_in_the_unknown_values() -> None:
    def work(number: int) -> int:
        items = [{"Key": "a", "Value": GET}] * number
        document = read("a.json", pipeline({"ModelPackageGroupName": "a", "Tags": items}).encode())
        return calls(lambda: extract(document))

    assert work(800) < 4.4 * work(200)
