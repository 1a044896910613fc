"""The marks of the carriers: what the bytes of a file tell about the requests in it, before they are read."""

import re
from collections.abc import Callable, Collection, Iterator
from functools import cache
from typing import NamedTuple

from sm_lint.requests import names
from sm_lint.sources.discovery import OF_LINES


class Carrier(NamedTuple):
    """A kind of document that contains requests."""

    module: str
    """The module of `sm_lint.requests` that reads it, imported once a document may be of this kind.

    It has `requests(document, shapes) -> list[Request] | None`: the requests in a document, None if it is of another
    kind.
    """
    marks: tuple[str, ...]
    """What the text of each such document contains: the cheap test that excludes most files."""
    description: str
    """What one calls such a document, with its article."""
    syntaxes: tuple[str, ...] = ("json", "yaml")
    """The syntaxes that it may have."""


CARRIERS: dict[str, Carrier] = {
    "pipeline": Carrier("pipeline", ("RegisterModel",), "a pipeline definition"),
    "state-machine": Carrier("state_machine", ("createModelPackage",), "a state machine"),
    "cloudformation": Carrier("cloudformation", ("AWS::SageMaker::ModelPackage",), "a CloudFormation template"),
    "terraform-plan": Carrier(
        "terraform_plan", ("awscc_sagemaker_model_package", "resource_changes"), "a Terraform plan"
    ),
    "ack": Carrier("ack", ("sagemaker.services.k8s.aws/", "ModelPackage"), "a Kubernetes resource"),
    "command": Carrier("command", ("create-model-package",), "a script", ("script", "yaml")),
    "python": Carrier("python_call", ("model_package",), "Python code", ("python",)),
}
"""The carriers that a document may be besides `payload`. A document may be of several kinds."""
PAYLOAD = "payload"
LINES = "json-lines"
OF_DATA = ("json", "yaml", "")
"""The syntaxes of documents that may be the request itself; the last one is that of a value without a text."""
NOT_WANTED = "it is none of the carriers to look for"
"""Why a document has no request, if others are looked for."""
_NONE = "none"
"""The name of no carrier."""
_OPT_IN = ("command", "python")
"""The carriers that are looked for only in files that the user names for them: most code is about something else."""
_WITHOUT_CODE = tuple(name for name in (PAYLOAD, *CARRIERS, LINES) if name not in _OPT_IN)
"""What is looked for in most files."""


def are_lines(name: str, wanted: Collection[str] = ()) -> bool:
    """Return whether each line of a file is to be read as a document: by its extension, or because all files are.

    The latter holds if `wanted` has no other carrier; if it has only others, lines are not looked for.
    """
    if not wanted:
        return name.lower().endswith(OF_LINES)
    return LINES in wanted and (set(wanted) == {LINES} or name.lower().endswith(OF_LINES))


def looked_for(chosen: Collection[str], opted: Collection[str]) -> tuple[str, ...]:
    """Return the carriers to look for in a file: those that are `chosen`, if empty all; of code only the `opted`.

    The result is not empty, which would be all of them.
    """
    if not (chosen or opted):
        return _WITHOUT_CODE
    known = chosen or (PAYLOAD, *CARRIERS, LINES)
    return tuple(name for name in known if name not in _OPT_IN or name in opted) or (_NONE,)


def may_hold_any(data: bytes) -> bool:
    """Return whether the bytes of a file may contain a request in any carrier. Most files do not."""
    return names.has_part(data) or _may_hold_others()(data.decode("latin-1"))


def may_hold(data: bytes, syntax: str, wanted: Collection[str] = ()) -> bool:
    """Return whether the bytes of a file may contain a request in one of the carriers `wanted`; if empty, in any."""
    if syntax in OF_DATA and (not wanted or PAYLOAD in wanted) and names.may_hold(data):
        return True
    return any(_is_marked(data, carrier) for carrier in possible(syntax, wanted))


def possible(syntax: str, wanted: Collection[str]) -> Iterator[Carrier]:
    """Yield the carriers `wanted` that a document with a syntax may be."""
    for name, carrier in CARRIERS.items():
        if syntax in carrier.syntaxes and (not wanted or name in wanted):
            yield carrier


def may_hold_others(data: bytes, wanted: Collection[str]) -> bool:
    """Return whether the bytes of a file may contain a request in one of CARRIERS that is not looked for."""
    return bool(wanted) and any(
        _is_marked(data, of) for name, of in CARRIERS.items() if name not in wanted and name not in _OPT_IN
    )


def _is_marked(data: bytes, carrier: Carrier) -> bool:
    return all(mark.encode() in data for mark in carrier.marks)


def why_none(data: bytes, wanted: Collection[str]) -> str:
    """Return why the bytes of a file have no request in the carriers `wanted`, if `may_hold` says so."""
    return NOT_WANTED if wanted and (PAYLOAD not in wanted or may_hold_others(data, wanted)) else names.NO_NAME


@cache
def has_mark() -> Callable[[str], bool]:
    """Return `found(text)`: whether a text has the first mark of a carrier, which hardly any has."""
    from sm_lint.model.validator import search  # imported lazily: showing a rule or the version needs no engine

    return search(_marks())


def _marks() -> str:
    """Return a pattern for the first marks of all carriers."""
    return "|".join(re.escape(carrier.marks[0]) for carrier in CARRIERS.values())


@cache
def _may_hold_others() -> Callable[[str], bool]:
    """Return `found(text)`: whether a text may have a request that no part of a name tells."""
    from sm_lint.model.validator import search  # imported lazily, as above

    return search(f"{names.ESCAPE}|{_marks()}")
