"""The plugin, in runs of pytest of their own."""

import sys
from contextlib import suppress
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from botocore.handlers import BUILTIN_HANDLERS

from sm_lint.integrations.boto3 import RequestRefused, handler
from sm_lint.integrations.seen_requests import settings_of
from tests.support import clients

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[3]
PLUGIN = "sm_lint.integrations.pytest"
CONFTEST = """
from botocore.stub import Stubber
from tests.support.clients import ARN, client, session

GOOD = {"ModelPackageGroupName": "churn", "ModelPackageDescription": "weekly"}
BAD = {**GOOD, "Tags": [{"Key": "team", "Value": "retention"}]}

def stubbed(of):
    stubber = Stubber(of)
    for _ in range(9):
        stubber.add_response("create_model_package", {"ModelPackageArn": ARN})
    stubber.activate()
    return of

CLIENT = stubbed(client())

def send(**request):
    return CLIENT.create_model_package(**request)

def try_to_send(**request):
    try:
        send(**request)
    except Exception:
        pass
"""
LINE = "/Tags: error: `Tags` is not allowed with `ModelPackageGroupName` [[]SM203]"


@pytest.fixture(scope="module", autouse=True)
def _imported() -> None:
    """Import whatever a run in this process will need: pytester lets each run forget what it has imported itself."""
    lint = handler(settings_of("/"))
    several: list[dict[str, Any]] = [{"Tags": []}, {"Tags": [{}]}, {"ModelApprovalStatus": "approved"}]
    for mistakes in several:
        with suppress(RequestRefused):
            lint(params={"ModelPackageGroupName": "churn", **mistakes})


@pytest.fixture
def run(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder with a conftest.py that has a client made before any test is imported."""
    monkeypatch.setenv("COLUMNS", "240")  # the summary is cut to the width of the terminal
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makeconftest(CONFTEST)
    (pytester.path / ".git").mkdir()
    return pytester


def arguments(*more: str) -> list[str]:
    """Return arguments of pytest with the plugin, also where the installation is older than its entry point."""
    is_installed = any(of.value == PLUGIN for of in entry_points(group="pytest11"))
    return [*([] if is_installed else ["-p", PLUGIN]), "-p", "no:cacheprovider", *more]


def test_a_test_that_sends_a_bad_request_fails(run: pytest.Pytester) -> None:
    run.makepyfile("""
        import pytest, threading, unittest
        from conftest import BAD, GOOD, client, send, session, stubbed, try_to_send

        def test_good():
            send(**GOOD)

        def test_bad():
            send(**BAD)

        def test_caught():
            try_to_send(**BAD)
            try_to_send(**{**BAD, "ModelApprovalStatus": "approved"})

        def test_caught_and_skipped():
            try_to_send(**BAD)
            pytest.skip("no AWS here")

        def test_in_a_thread():
            thread = threading.Thread(target=try_to_send, kwargs=BAD)
            thread.start()
            thread.join()

        def test_another_failure():
            try_to_send(**BAD)
            assert not "something else"

        def test_of_a_new_session():
            new = stubbed(client(session()))
            with pytest.raises(Exception):
                new.create_model_package(**BAD)

        class TestOfUnittest(unittest.TestCase):
            def test_caught(self):
                try_to_send(**BAD)

            def test_caught_and_skipped(self):
                try_to_send(**BAD)
                self.skipTest("no AWS here")

            def test_skipped(self):
                self.skipTest("for another reason")

        @pytest.mark.xfail(strict=True)
        def test_expected():
            try_to_send(**BAD)

        @pytest.mark.no_sm_lint
        def test_on_purpose():
            send(**BAD)

        def test_skipped():
            pytest.skip("for another reason")

        @pytest.fixture
        def registered():
            try_to_send(**BAD)

        def test_of_a_fixture(registered):
            pass

        @pytest.fixture
        def cleaned():
            yield
            try_to_send(**BAD)

        def test_of_an_end(cleaned):
            pass
    """)
    result = run.runpytest_inprocess(*arguments("--sm-lint", "--strict-markers"))
    result.assert_outcomes(passed=3, failed=8, errors=2, xfailed=1, skipped=2)
    out = result.stdout
    out.fnmatch_lines(["sm-lint: each create_model_package of boto3 is linted"])
    out.fnmatch_lines([f"E * sm_lint.integrations.boto3.RequestRefused: {LINE}"])
    names = ("bad", "caught", "caught_and_skipped", "in_a_thread", "of_a_new_session")
    out.fnmatch_lines_random([f"FAILED *::test_{name} - *RequestRefused: {LINE}" for name in names])
    out.fnmatch_lines_random([f"ERROR *::test_of_{name} - *RequestRefused: {LINE}" for name in ("a_fixture", "an_end")])
    out.fnmatch_lines(["*_ test_caught _*", "*- Captured sm-lint call -*", "/ModelApprovalStatus: error: *", LINE])
    out.fnmatch_lines(["*_ test_another_failure _*", "*- Captured sm-lint call -*", LINE])
    out.fnmatch_lines(["sm-lint: 13 requests seen, 12 refused"])


def test_a_request_is_linted_as_other_handlers_leave_it(run: pytest.Pytester) -> None:
    run.makepyfile("""
        from conftest import *

        EVENT = "before-parameter-build.sagemaker.CreateModelPackage"

        def changed(of, change):
            of.meta.events.register(EVENT, lambda params, **_: change(params))
            return of

        def test_mended():
            changed(stubbed(client()), lambda params: params.pop("Tags") and None).create_model_package(**BAD)

        def test_spoilt():
            changed(stubbed(client()), lambda params: params.update(BAD)).create_model_package(**GOOD)

        def test_of_an_earlier_client():
            changed(CLIENT, lambda params: params.update(BAD)).create_model_package(**GOOD)
    """)
    result = run.runpytest_inprocess(*arguments("--sm-lint"))
    result.assert_outcomes(passed=1, failed=2)


@pytest.mark.parametrize("ini", ["[pytest]\nsm_lint = true\n", ""])
def test_it_is_off_until_it_is_asked_for(ini: str, run: pytest.Pytester) -> None:
    run.makeini(ini)
    run.makepyfile("from conftest import *\ndef test_bad():\n    send(**BAD)")
    result = run.runpytest_inprocess(*arguments())
    result.assert_outcomes(failed=1 if ini else 0, passed=0 if ini else 1)
    assert ("sm-lint: 1 request seen, 1 refused" in result.outlines) == bool(ini)
    assert bool(ini) == any(line.startswith("sm-lint:") for line in result.outlines)


def test_the_nearest_configuration_counts(run: pytest.Pytester) -> None:
    (run.path / "sm-lint.toml").write_text('ignore = ["SM203"]\nfail-on = "warning"\n')
    run.makepyfile("""
        from conftest import *

        def test_ignored():
            send(**BAD)

        def test_warning():
            send(**{**GOOD, "Tags": []})
    """)
    result = run.runpytest_inprocess(*arguments("--sm-lint"))
    result.assert_outcomes(passed=1, failed=1)
    (run.path / "sm-lint.toml").write_text("ignored = []")
    result = run.runpytest_inprocess(*arguments("--sm-lint"))
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: sm-lint: *sm-lint.toml*ignored*did you mean `ignore`*"])


def test_a_module_that_sends_a_bad_request_is_not_collected(run: pytest.Pytester) -> None:
    run.makepyfile("from conftest import *\ntry_to_send(**BAD)\ndef test_nothing(): pass")
    result = run.runpytest_inprocess(*arguments("--sm-lint"))
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([LINE, "sm-lint: 1 request seen, 1 refused"])


def test_without_boto3_it_says_so(run: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "botocore.handlers", None)
    run.makeconftest("")
    run.makepyfile("def test_nothing(): pass")
    result = run.runpytest_inprocess(*arguments("--sm-lint"))
    result.assert_outcomes(passed=1)
    assert result.outlines.count("sm-lint: boto3 is not installed, so no request is seen") == 2


@pytest.mark.slow
def test_the_workers_of_xdist_are_counted_together(run: pytest.Pytester) -> None:
    run.makepyfile("""
        import pytest
        from conftest import BAD, GOOD, send, try_to_send

        @pytest.mark.parametrize("number", range(8))
        def test_many(number):
            send(**GOOD)
            if number % 4 == 0:
                try_to_send(**BAD)
    """)
    result = run.runpytest_subprocess(*arguments("--sm-lint", "-n", "2"))
    result.assert_outcomes(passed=6, failed=2)
    result.stdout.fnmatch_lines(["sm-lint: 10 requests seen, 2 refused", f"FAILED *RequestRefused: {LINE}"])


LATE = (
    CONFTEST
    + """
def pytest_sessionfinish():
    try_to_send(**BAD)
"""
)


def test_a_run_fails_that_sends_a_bad_request_after_its_last_test(run: pytest.Pytester) -> None:
    run.makeconftest(LATE)
    run.makepyfile("def test_nothing(): pass")
    result = run.runpytest_inprocess(*arguments("--sm-lint"))
    result.assert_outcomes(passed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["sm-lint: 1 request seen, 1 refused", "sm-lint: refused after the last test:", LINE])


@pytest.mark.slow
def test_so_does_one_with_workers_of_xdist(run: pytest.Pytester) -> None:
    run.makeconftest(LATE)
    run.makepyfile("def test_nothing(): pass")
    result = run.runpytest_subprocess(*arguments("--sm-lint", "-n", "1"))
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    late = ["sm-lint: refused after the last test:", LINE, "*, which was not sent."]
    result.stdout.fnmatch_lines(["sm-lint: 2 requests seen, 2 refused", *late, *late])


def test_when_it_has_ended_requests_pass(run: pytest.Pytester) -> None:
    before = list(BUILTIN_HANDLERS)
    run.makepyfile("from conftest import *\ndef test_bad(): send(**BAD)")
    run.runpytest_inprocess(*arguments("--sm-lint")).assert_outcomes(failed=1)
    assert before == BUILTIN_HANDLERS
    later = clients.client()
    assert len(clients.sent(later)) == 0
    later.create_model_package(ModelPackageGroupName="churn_models")


@pytest.mark.slow
def test_the_plugin_imports_nothing_until_it_is_asked_for(run: pytest.Pytester) -> None:
    run.makeconftest("")
    run.makepyfile("""
        import sys

        def test_nothing():
            assert not {"botocore", "boto3", "jsonschema_rs", "jiter"} & {*sys.modules}
            ours = {name for name in sys.modules if name.startswith("sm_lint")}
            assert ours == {"sm_lint", "sm_lint.integrations", "sm_lint.integrations.pytest"}
    """)
    run.runpytest_subprocess(*arguments()).assert_outcomes(passed=1)


def test_the_entry_point_is_declared() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'[project.entry-points.pytest11]\nsm_lint = "{PLUGIN}"\n' in project
