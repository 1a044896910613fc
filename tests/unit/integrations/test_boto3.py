"""The guard on real clients of botocore and boto3, which send nothing."""

import json
import logging
import pickle
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import MagicMock

import botocore.session
import pytest
from botocore.exceptions import ParamValidationError
from botocore.stub import Stubber

from sm_lint.api import settings_of
from sm_lint.integrations import boto3 as guards
from sm_lint.integrations.boto3 import RequestRefused, emitters, guard, handler
from sm_lint.model.settings import ConfigError
from tests.support.cases import ALL, Case
from tests.support.clients import ARN, client, sent, session
from tests.support.work import calls
from tests.unit.integrations.calls import RIGHT, VERSION, container, version

TAGGED = version(Tags=[{"Key": "team", "Value": "retention"}])
LINE = "/Tags: error: `Tags` is not allowed with `ModelPackageGroupName` [SM203]"
WARNED = version(ModelApprovalStatus="Approved", Tags=[])
RULE = """
code = "TEAM001"
name = "described"
severity = "error"
summary = "A version needs a description."
message = "`ModelPackageDescription` is missing"
shape = "CreateModelPackageInput"
then = { required = ["ModelPackageDescription"] }
[[invalid]]
base = "version"
pointer = ""
"""
ELSEWHERE = container(Image="210987654321.dkr.ecr.eu-west-1.amazonaws.com/churn:7")


def is_guarded(of: Any) -> bool:
    """Return whether a client refuses a bad request."""
    bodies = sent(of)
    try:
        of.create_model_package(**TAGGED)
    except RequestRefused:
        return not bodies
    return False


@pytest.mark.parametrize("name", RIGHT)
def test_a_right_call_is_sent(name: str, caplog: pytest.LogCaptureFixture) -> None:
    guarded = guard(client())
    bodies = sent(guarded)
    assert guarded.create_model_package(**RIGHT[name]) == {"ModelPackageArn": ARN}
    assert {**json.loads(bodies[0]), "ClientToken": ""} == json.loads(json.dumps({**RIGHT[name], "ClientToken": ""}))
    assert caplog.messages == []


def test_a_bad_call_is_not_sent() -> None:
    guarded = guard(client())
    bodies = sent(guarded)
    with pytest.raises(RequestRefused) as refused:
        guarded.create_model_package(**TAGGED)
    assert str(refused.value) == f"{LINE}\nFound 1 error in a request, which was not sent."
    (diagnostic,) = refused.value.diagnostics
    assert (diagnostic.code, diagnostic.pointer, diagnostic.carrier) == ("SM203", "/Tags", "python")
    assert diagnostic.fix is None
    assert bodies == []


def test_a_place_without_a_pointer_and_one_in_a_string_have_words() -> None:
    content = '{"model_overview": {"model_name": 5}}'
    with pytest.raises(RequestRefused) as refused:
        handler(settings_of(None))(params={"ModelCard": {"ModelCardStatus": "Draft", "ModelCardContent": content}})
    lines = str(refused.value).splitlines()
    assert any(re.match(r"request: error: .* \[SM202\]$", line) for line in lines)
    inner = "/ModelCard/ModelCardContent, in its JSON at /model_overview/model_name: error: "
    assert any(line.startswith(inner) for line in lines)
    assert lines[-1] == "Found 2 errors in a request, which was not sent."


@pytest.mark.parametrize("kind", ["botocore", "boto3", "SageMaker SDK"])
def test_a_session_guards_its_clients_made_before_and_after(kind: str) -> None:
    own = session()
    if kind == "botocore":
        whole = own
    else:
        boto3 = pytest.importorskip("boto3", reason="it is among the packages of `pip install -e '.[dev]'`")
        whole = boto3.Session(botocore_session=own)
        if kind == "SageMaker SDK":
            whole = SimpleNamespace(boto_session=whole, sagemaker_client=client())
    earlier, other = client(own), client()
    assert guard(whole) is whole
    assert is_guarded(earlier)
    assert is_guarded(client(own))
    assert not is_guarded(other)
    assert kind != "SageMaker SDK" or is_guarded(whole.sagemaker_client)


def test_clients_of_other_services_and_a_local_session_of_the_sdk_are_left_alone() -> None:
    own = guard(session())
    assert own.create_client("sts")
    guard(SimpleNamespace(boto_session=own, sagemaker_client=object()))


def test_sessions_and_clients_of_derived_classes_are_found() -> None:
    own = type("Own", (botocore.session.Session,), {})
    whole: Any = type("Derived", (own,), {})()
    earlier = client(session())
    earlier.__class__ = type("Wrapped", (type(earlier),), {})
    assert whole.get_component("event_emitter") in emitters()
    assert earlier.meta.events in emitters()


@pytest.mark.parametrize("stand_in", [MagicMock(), SimpleNamespace(meta=SimpleNamespace(events=MagicMock()))])
def test_a_stand_in_for_a_client_is_taken(stand_in: Any) -> None:
    assert guard(stand_in) is stand_in
    stand_in.meta.events.register_last.assert_called_once()


def test_a_client_of_another_service_is_refused() -> None:
    with pytest.raises(TypeError, match="a client of SageMaker is expected, not one of sts"):
        guard(session().create_client("sts"))


@pytest.mark.parametrize("no_session", [None, "sagemaker", object(), {}, botocore.session.Session])
def test_what_is_no_session_is_refused(no_session: Any) -> None:
    with pytest.raises(TypeError, match=f"a session or a client is expected, not {type(no_session).__name__}"):
        guard(no_session)


def test_a_second_guard_replaces_the_first(caplog: pytest.LogCaptureFixture) -> None:
    own = guard(guard(session()))
    guarded = client(own)
    sent(guarded)
    guarded.create_model_package(**WARNED)
    assert [record.name for record in caplog.records] == ["sm_lint"]
    guard(own, config={"fail-on": "warning"})
    with pytest.raises(RequestRefused):
        guarded.create_model_package(**WARNED)
    guard(guarded, config={"ignore": ["ALL"]})
    guarded.create_model_package(**TAGGED)
    assert is_guarded(client(own))


def test_what_is_below_fail_on_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "sm_lint")
    guarded = guard(client(), config={"fail-on": "never", "extend-select": ["SM233"]})
    sent(guarded)
    guarded.create_model_package(**{**WARNED, "Tags": [{"Key": "team", "Value": "retention"}]})
    assert [record.levelname for record in caplog.records] == ["ERROR", "INFO"]
    assert caplog.messages[0] == f"create_model_package: {LINE}"


def test_of_a_refused_request_the_other_findings_are_logged(caplog: pytest.LogCaptureFixture) -> None:
    guarded = guard(client())
    with pytest.raises(RequestRefused) as refused:
        guarded.create_model_package(**{**ELSEWHERE, "Tags": TAGGED["Tags"]})
    assert [found.code for found in refused.value.diagnostics] == ["SM203"]
    assert [message[-7:] for message in caplog.messages] == ["[SM804]"]


def test_a_configuration_is_checked_at_once() -> None:
    with pytest.raises(ConfigError, match="did you mean `ignore`"):
        guard(client(), config={"ignored": []})
    with pytest.raises(TypeError, match="a mapping is expected, not str"):
        guard(client(), config="sm-lint.toml")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("region", "config", "told"),
    [
        ("us-east-1", {}, ["is in region eu-west-1, but `region_name` is us-east-1"]),
        ("us-east-1", {"region": "eu-west-1"}, ["is in region eu-west-1, but `region_name` is us-east-1"]),
        ("eu-west-1", {"region": "us-east-1"}, []),
        ("nowhere", {}, []),
        ("nowhere", {"region": "us-east-1"}, ["is in region eu-west-1, but the configured region is us-east-1"]),
    ],
)
def test_the_region_is_that_of_the_client(
    region: str, config: dict[str, Any], told: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    guarded = guard(client(region_name=region), config=config)
    sent(guarded)
    guarded.create_model_package(**ELSEWHERE)
    assert len(caplog.messages) == len(told)
    assert all(words in message for words, message in zip(told, caplog.messages, strict=True))


def test_a_session_guards_clients_of_several_regions(caplog: pytest.LogCaptureFixture) -> None:
    own = guard(session())
    for region in ("eu-west-1", "us-east-1", "eu-west-1"):
        there = client(own, region_name=region)
        sent(there)
        there.create_model_package(**ELSEWHERE)
    assert len(caplog.messages) == 1


@pytest.mark.parametrize("value", [b"x", object(), {1}, float("nan"), 10**5000, type], ids=type)
def test_what_json_has_no_word_for_is_unknown(value: Any, caplog: pytest.LogCaptureFixture) -> None:
    lint = handler(settings_of({"fail-on": "info"}))
    for member in VERSION:
        lint(params={**VERSION, member: value})
    lint(params={**VERSION, "CustomerMetadataProperties": {1: "x", "a": value}})
    assert caplog.messages == []
    with pytest.raises(RequestRefused) as refused:
        lint(params={**TAGGED, "InferenceSpecification": value})
    assert [found.code for found in refused.value.diagnostics] == ["SM203"]


def test_botocore_still_refuses_what_it_cannot_send() -> None:
    with pytest.raises(ParamValidationError, match="ModelPackageGroupName"):
        guard(client()).create_model_package(**version(ModelPackageGroupName=b"churn"))


def test_custom_rules_are_read_once(tmp_path: Path) -> None:
    rule = tmp_path / "TEAM001-described.toml"
    rule.write_text(RULE)
    guarded = guard(client(), config={"rules": [str(rule)], "per-file-ignores": {"*#/Domain": ["SM103"]}})
    rule.unlink()
    with pytest.raises(RequestRefused) as refused:
        guarded.create_model_package(**version(Domain=1))
    assert [found.code for found in refused.value.diagnostics] == ["TEAM001"]


def test_a_value_that_holds_itself_ends_nowhere() -> None:
    value: dict[str, Any] = {}
    value["InferenceSpecification"] = value
    with pytest.raises(RequestRefused) as refused:
        guard(client()).create_model_package(**version(InferenceSpecification=value))
    assert "SM009" in {found.code for found in refused.value.diagnostics}


@pytest.mark.parametrize("params", [None, [], "x", {"ModelPackageGroupName": ["x"] * 60_000}])
def test_what_cannot_be_linted_is_sent_and_logged_or_refused(params: Any, caplog: pytest.LogCaptureFixture) -> None:
    lint = handler(settings_of(None))
    if isinstance(params, dict):
        lint(params=params, context={})
        assert caplog.messages == ["create_model_package is sent without having been linted"]
    else:
        with pytest.raises(RequestRefused):
            lint(params=params, context=None)


def test_a_failure_of_the_linter_does_not_stop_the_call(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarded = guard(client())
    bodies = sent(guarded)
    monkeypatch.setattr(guards, "strict", lambda _: 1 / 0)
    guarded.create_model_package(**TAGGED)
    assert len(bodies) == 1
    (record,) = caplog.records
    assert (record.name, record.levelname, record.exc_info and record.exc_info[0]) == (
        "sm_lint", "WARNING", ZeroDivisionError,
    )  # fmt: skip


def test_a_refused_call_takes_no_answer_of_a_stubber() -> None:
    guarded = guard(client())
    with Stubber(guarded) as stubber:
        stubber.add_response("create_model_package", {"ModelPackageArn": ARN})
        with pytest.raises(RequestRefused):
            guarded.create_model_package(**TAGGED)
        assert guarded.create_model_package(**VERSION)["ModelPackageArn"] == ARN
        stubber.assert_no_pending_responses()


def test_threads_share_a_guard() -> None:
    guarded = guard(client())
    bodies = sent(guarded)

    def send(number: int) -> str:
        request = TAGGED if number % 3 == 0 else version(CustomerMetadataProperties={"run": str(number)})
        try:
            guarded.create_model_package(**request)
        except RequestRefused as refused:
            return refused.diagnostics[0].code
        return "sent"

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(send, range(120)))
    assert outcomes == ["SM203" if number % 3 == 0 else "sent" for number in range(120)]
    assert len(bodies) == 80


def test_a_refusal_can_be_sent_to_another_process() -> None:
    with pytest.raises(RequestRefused) as refused:
        guard(client()).create_model_package(**TAGGED)
    copy = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 - it was made here
    assert (str(copy), copy.diagnostics) == (str(refused.value), refused.value.diagnostics)


def test_a_test_may_make_a_refusal_without_findings() -> None:
    assert str(RequestRefused([])).strip() == "Found nothing in a request, which was not sent."


def test_each_kind_of_mistake_is_stopped() -> None:
    stopped = set()
    for case in _cases("invalid"):
        with pytest.raises(RequestRefused) as refused:
            handler(case.settings(select=(case.rule.code,), fail_on="info"))(params=json.loads(case.data or b""))
        stopped |= {found.code for found in refused.value.diagnostics}
    assert len(stopped) > 150
    assert stopped == {case.rule.code for case in _cases("invalid")}


def test_nothing_is_said_of_what_is_no_mistake() -> None:
    for case in _cases("valid"):
        handler(case.settings(fail_on="info"))(params=json.loads(case.data or b""))


def _cases(kind: str) -> list[Case]:
    """Return the cases of the rules that are about what is sent: not about files, nor about who sends it."""
    of_request = [rule for rule in ALL if guards._PROFILE.applies(rule.code) and rule.code[:3] not in ("SM0", "SM9")]
    cases = [Case(rule, number, table) for rule in of_request for number, table in enumerate(getattr(rule, kind))]
    return [case for case in cases if case.syntax == "json" and (case.data or b"").startswith(b"{")]


def test_a_clean_call_loads_nothing_and_its_work_grows_with_the_request() -> None:
    lint = handler(settings_of(None))
    opened: list[Any] = []
    is_on = [True]
    sys.addaudithook(lambda event, of: opened.append(of[0]) if event in ("open", "import") and is_on[0] else None)

    def work(number: int) -> int:
        named = [{**VERSION["InferenceSpecification"], "Name": f"n{count}"} for count in range(number)]
        request = version(AdditionalInferenceSpecifications=named)
        lint(params=request, context={"client_region": "us-east-1"})
        opened.clear()
        return calls(lambda: lint(params=request, context={"client_region": "us-east-1"}))

    few = work(3)
    assert opened == []
    assert few < 1000
    assert work(12) < 4.4 * few
    is_on[0] = False


def test_the_guard_imports_neither_boto3_nor_botocore() -> None:
    code = (
        "import sys, sm_lint.integrations.boto3; print({'boto3', 'botocore', 'rich', 'ruamel.yaml'} & {*sys.modules})"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
