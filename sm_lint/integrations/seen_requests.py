"""The requests that tests send in a run of pytest: they are linted and counted, and the bad ones fail their test."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any

import pytest

from sm_lint.config.load import finder
from sm_lint.integrations.boto3 import EVENT, RequestRefused, emitters, handler
from sm_lint.model.words import counted
from sm_lint.run.session import of_process

if TYPE_CHECKING:
    from collections.abc import Generator

    from sm_lint.model.settings import Settings

_OUTPUT = "sm_lint"
"""What a worker of pytest-xdist calls what it hands over."""
_OFF = "no_sm_lint"
"""The marker of tests whose requests are not linted."""


def settings_of(folder: str) -> Settings:
    """Return the settings of the configuration file that is nearest to an absolute folder. Raises ConfigError."""
    return finder(of_process().linters.rule_set)(folder)


class SeenRequests:
    """A plugin of pytest: from `start` to `stop`, each `create_model_package` of any session of botocore is linted.

    What reaches `fail-on` raises RequestRefused in the code that sends it. Where that code catches it, the test fails
    all the same once it has run. Threads may send requests.
    """

    def __init__(self, settings: Settings) -> None:
        """Raise ConfigError if a custom rule is invalid."""
        self._lint = handler(settings)
        self._why_none = ""
        self._numbers = {"seen": 0, "refused": 0}
        self._waiting: list[RequestRefused] = []
        self._late: list[str] = []
        self._is_on = False
        self._builtin: tuple[Any, ...] = ()
        self._lock = Lock()

    def start(self) -> None:
        """Let sessions and clients, both those that there are and those to come, pass on what they send."""
        try:
            from botocore.handlers import BUILTIN_HANDLERS, REGISTER_LAST
        except ImportError:
            self._why_none = "boto3 is not installed, so no request is seen"
            return
        self._is_on = True
        self._builtin = (EVENT, self._see, REGISTER_LAST)  # the other handlers may change the request
        BUILTIN_HANDLERS.append(self._builtin)  # what each new session begins with; moto adds its own here, too
        for emitter in emitters():
            emitter.register_last(EVENT, self._see)

    def stop(self) -> None:
        """Let requests pass: those of sessions that outlive the run, too."""
        if self._is_on:
            from botocore.handlers import BUILTIN_HANDLERS

            BUILTIN_HANDLERS.remove(self._builtin)
        self._is_on = False

    def _see(self, **event: Any) -> None:
        __tracebackhide__ = True
        if not self._is_on:
            return
        self._count("seen")
        try:
            self._lint(**event)
        except RequestRefused as refused:
            self._count("refused")
            self._waiting.append(refused)
            raise

    def _count(self, what: str, number: int = 1) -> None:
        with self._lock:
            self._numbers[what] += number

    def _taken(self) -> list[RequestRefused]:
        """Return the refusals since the last call."""
        taken, self._waiting = self._waiting, []
        return taken

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        """Leave a test with the marker alone."""
        was_on = self._is_on
        self._is_on = was_on and item.get_closest_marker(_OFF) is None
        try:
            return (yield)
        finally:
            self._is_on = was_on

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Generator[None, object, object]:
        """Let the fixtures of a test fail if they send a bad request."""
        __tracebackhide__ = True
        return (yield from self._phase(item, "setup"))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, object, object]:
        """Let a test fail if it sends a bad request."""
        __tracebackhide__ = True
        return (yield from self._phase(item, "call"))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Generator[None, object, object]:
        """Let the end of the fixtures fail if it sends a bad request."""
        __tracebackhide__ = True
        return (yield from self._phase(item, "teardown"))

    def _phase(self, item: pytest.Item, when: str) -> Generator[None, object, object]:
        """Raise the first refusal that the code of a phase has caught; show the others beside what fails."""
        __tracebackhide__ = True
        try:
            result = yield
        except pytest.skip.Exception:  # a test that is skipped because of a refusal has not passed
            self._raise_first(item, when)
            raise
        except BaseException as error:
            _show([refused for refused in self._taken() if refused is not error], item, when)
            raise
        self._raise_first(item, when)
        return result

    def _raise_first(self, item: pytest.Item, when: str) -> None:
        __tracebackhide__ = True
        taken = self._taken()
        if taken:
            _show(taken[1:], item, when)
            raise taken[0]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Let a test of unittest fail that is skipped because of a refusal: pytest forgets what it raises then."""
        refused = call.excinfo and call.excinfo.value
        report = yield
        if isinstance(refused, RequestRefused) and report.skipped and not hasattr(report, "wasxfail"):
            report.outcome, report.longrepr = "failed", str(refused)
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """Let the import of a module fail if it sends a bad request."""
        report = yield
        refused = self._taken()
        if refused and report.passed:
            report.outcome, report.longrepr = "failed", str(refused[0])
        return report

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Let a run fail if something was refused after its last test; a worker of pytest-xdist hands over what it has.

        That may be in a thread which outlives its test, or in the end of what is shared by tests.
        """
        self._late += map(str, self._taken())
        if self._late and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[_OUTPUT] = {"numbers": self._numbers, "late": self._late}

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Add what a worker of pytest-xdist has; one that has crashed has nothing."""
        output = getattr(node, "workeroutput", {}).get(_OUTPUT, {"numbers": {}, "late": []})
        for what, number in output["numbers"].items():
            self._count(what, number)
        self._late += output["late"]

    def pytest_report_header(self) -> str:
        """Say that requests are linted, or why none can be."""
        return f"sm-lint: {self._why_none or 'each create_model_package of boto3 is linted'}"

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how many requests were seen, so that nobody takes a run that sends none for a test."""
        seen = f"{counted(self._numbers['seen'], 'request')} seen, {self._numbers['refused']:,} refused"
        terminalreporter.write_line(f"sm-lint: {self._why_none or seen}")
        for refused in self._late:
            terminalreporter.write_line(f"sm-lint: refused after the last test:\n{refused}", red=True)


def _show(refused: list[RequestRefused], item: pytest.Item, when: str) -> None:
    """Add refusals to what is shown of a test that fails."""
    for one in refused:
        item.add_report_section(when, "sm-lint", str(one))
