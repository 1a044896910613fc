"""The guard of boto3: it lints each `create_model_package` in the process that sends it, and stops what is refused."""

from __future__ import annotations

import gc
import logging
import re
import sys
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from sm_lint.api import settings_of
from sm_lint.engine.linter import Linter
from sm_lint.integrations.texts import summary, text
from sm_lint.model.settings import REGION
from sm_lint.requests.request import OF_THE_CLI, Profile, Request, Setting
from sm_lint.requests.strict_json import strict
from sm_lint.run.files import reaches
from sm_lint.run.session import Session, of_process
from sm_lint.sources.document import Document
from sm_lint.sources.reading import UNREAD, Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.settings import Settings

    Lint = Callable[..., None]
    """A handler of the event: it is called with the event's arguments as keywords, and raises RequestRefused."""

EVENT = "before-parameter-build.sagemaker.CreateModelPackage"
"""What botocore emits before it validates and builds the request.

https://botocore.amazonaws.com/v1/documentation/api/latest/topics/events.html
"""
_ID = "sm-lint"
"""By which a client or a session knows the guard that it has."""
_PROFILE = Profile("python", OF_THE_CLI, noun="the call", is_edited=False)
_MOST_REGIONS = 64
_SERVICE = "SageMaker"
"""The name of the class of each client of the service; botocore makes one for each client."""
_LEVELS = {"error": logging.ERROR, "warning": logging.WARNING, "info": logging.INFO}
_logger = logging.getLogger("sm_lint")

_Guarded = TypeVar("_Guarded")


class RequestRefused(Exception):  # noqa: N818 - it says what happened
    """A request was not sent, because of findings that reach `fail-on`. Its text has a line for each of them."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__(f"{text(diagnostics)}\n{summary(diagnostics)}")
        self.diagnostics = diagnostics
        """The findings that reach `fail-on`; their places are the pointers."""

    def __reduce__(self) -> tuple[type[RequestRefused], tuple[list[Diagnostic]]]:
        """Pickle by the diagnostics, which make the text."""
        return type(self), (self.diagnostics,)


def guard(session_or_client: _Guarded, *, config: Mapping[str, Any] | None = None) -> _Guarded:
    """Lint each `create_model_package` that a session or a client is about to send, and return that session or client.

    It may be a session of boto3, of botocore or of the SageMaker SDK, or a client of SageMaker. Of a session, all
    clients are guarded: those that it makes from now on, and those that it has made, as far as Python finds them. What
    reaches `fail-on` raises RequestRefused, and nothing is sent; the rest is logged by the logger `sm_lint`. The region
    of the client takes the place of the setting `region`. If linting itself fails, that is logged and the request sent.

    `config` has the keys of a configuration file. Without it the defaults apply; configuration files are never read.
    Called again, the new configuration takes the place of the old one. Raises ConfigError if `config` is invalid, and
    TypeError for anything but a session or a client of SageMaker.
    """
    register(session_or_client, handler(settings_of(config)))
    return session_or_client


def handler(settings: Settings) -> Lint:
    """Return a handler of the event, which lints the parameters of a call under these settings. Threads may share it.

    Raises ConfigError if a custom rule is invalid.
    """
    session = of_process()
    rules = session.linters.rule_set(settings.rules)

    @lru_cache(maxsize=_MOST_REGIONS)
    def linter(region: str | None) -> Linter:
        return Linter(rules, settings._replace(region=region or settings.region))

    def lint(params: Any = None, context: Any = None, **_: Any) -> None:
        __tracebackhide__ = True  # pytest shows the call
        try:
            region = _region(context)
            diagnostics = _diagnostics(params, region, linter(region), session)
            refusal = _refusal(diagnostics, settings.fail_on) if diagnostics else None
        except Exception:
            _logger.warning("create_model_package is sent without having been linted", exc_info=True)
            return
        if refusal:
            raise refusal

    return lint


def register(session_or_client: Any, lint: Lint) -> None:
    """Let a session or a client, and all clients of a session, call a handler before each `create_model_package`.

    It takes the place of the handler that was registered before. Raises TypeError for anything else.
    """
    for emitter in _emitters(session_or_client):
        emitter.unregister(EVENT, unique_id=_ID)
        emitter.register_last(EVENT, lint, unique_id=_ID)


def emitters() -> Iterator[Any]:
    """Yield the emitters of events of all sessions of botocore and clients of SageMaker in this process."""
    botocore = sys.modules.get("botocore.session")
    for session in _instances(_derived(botocore.Session)) if botocore else ():
        yield session.get_component("event_emitter")
    for client in _clients():
        yield client.meta.events


def _emitters(of: Any) -> Iterator[Any]:
    """Yield the emitters of events of a session or a client, and those of the clients of the session."""
    if hasattr(of, "meta") and hasattr(of.meta, "events"):
        service = getattr(getattr(of.meta, "service_model", None), "service_name", None)
        if isinstance(service, str) and service != "sagemaker":  # a stand-in for a client may have none, or no text
            raise TypeError(f"guard: a client of SageMaker is expected, not one of {service}")
        yield of.meta.events
    elif hasattr(of, "boto_session"):  # of the SageMaker SDK, whose client may be of another session
        yield from _emitters(of.boto_session)
        client: Any = getattr(of, "sagemaker_client", None)
        if hasattr(client, "meta"):  # the client of a local session is none of botocore
            yield client.meta.events
    else:
        session = getattr(of, "_session", of)  # boto3 wraps a session of botocore
        if isinstance(session, type) or not hasattr(session, "get_component"):
            raise TypeError(f"guard: a session or a client is expected, not {type(of).__name__}")
        yield session.get_component("event_emitter")
        yield from _of_earlier_clients(session.get_component("data_loader"))


def _of_earlier_clients(loader: Any) -> Iterator[Any]:
    """Yield the emitters of the clients that were made with the loader of a session.

    A client gets a copy of the session's emitter, so the session does not reach it any more; nor does it know its
    clients. What they share is the loader.
    """
    for client in _clients():
        if getattr(client, "_loader", None) is loader:
            yield client.meta.events


def _clients() -> list[Any]:
    """Return the clients of SageMaker in this process, without those that another thread is still making."""
    botocore = sys.modules.get("botocore.client")
    every = _derived(botocore.BaseClient) if botocore else set()
    classes = {of for of in every if any(base.__name__ == _SERVICE for base in of.__mro__)}
    return [client for client in _instances(classes) if hasattr(client, "meta")]


def _derived(base: type) -> set[type]:
    """Return a class and all classes that are derived from it, by whatever steps."""
    found, waiting = {base}, [base]
    while waiting:
        new: set[type] = set(waiting.pop().__subclasses__()) - found
        found |= new
        waiting += new
    return found


def _instances(classes: Collection[type]) -> list[Any]:
    """Return the instances of classes, as far as the garbage collector knows them."""
    return [found for found in gc.get_referrers(*classes) if type(found) in classes] if classes else []


def _region(context: Any) -> str | None:
    """Return the region of the client; None if it has none, or one that is no region of AWS."""
    region = context.get("client_region") if isinstance(context, dict) else None
    return region if isinstance(region, str) and re.fullmatch(REGION, region) else None


def _diagnostics(params: Any, region: str | None, linter: Linter, session: Session) -> list[Diagnostic]:
    """Return what is wrong with the parameters of a call, the worst first; what JSON has no word for is unknown."""
    value, foreign = strict(params)
    if value is UNREAD:
        raise ValueError(f"the request has more than can be linted: {foreign[0].found}")
    document = Document("<call>", "", "", Reading(params if foreign else value, [], is_json=not foreign))
    request = Request(document, document.value, profile=_PROFILE)
    if linter.is_clean(request):
        return []
    if region:
        request = request._replace(settings={"region": Setting(region, "region_name")})
    found = session.find_by(linter, document, [request])
    worst_first = sorted(found.reported, key=lambda finding: linter.selected[finding.code].rank)
    return found._replace(reported=worst_first).outcome().diagnostics  # the last of very many are left out


def _refusal(diagnostics: list[Diagnostic], fail_on: str) -> RequestRefused | None:
    """Return the refusal for the diagnostics that reach `fail_on`, None if there are none; log the others."""
    refused = [diagnostic for diagnostic in diagnostics if reaches(diagnostic.severity, fail_on)]
    for diagnostic in diagnostics[len(refused) :]:  # the worst are the first
        _logger.log(_LEVELS[diagnostic.severity.value], "create_model_package: %s", text([diagnostic]))
    return RequestRefused(refused) if refused else None
