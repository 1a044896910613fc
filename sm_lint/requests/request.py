"""A request in a document: the value that the API would get, and the parts of it that are unknown."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.sources.document import Document
from sm_lint.sources.reading import Problem


class WhyNot(NamedTuple):
    """Why a document is not taken for a request."""

    reason: str
    is_near: bool = False
    """Whether it looks like a request, so that the user should hear that it was passed over."""


class Profile(NamedTuple):
    """What is different about requests in one carrier."""

    carrier: str
    """The name of the carrier: a key of `CARRIERS`."""
    off: Mapping[str, str] = {}
    """The codes, or prefixes of codes, of the rules that do not apply, each with the reason."""
    noun: str = "the request"
    """What one calls the object that the carrier has in place of the request."""
    spelled: Callable[[str], str] = str
    """Returns how the carrier spells a member of the API, such as `modelDataURL` for `ModelDataUrl`."""
    lacks: Mapping[str, frozenset[str]] = {}
    """The members of the API that the carrier does not have, by the name of the shape; no advice should name them."""
    is_edited: bool = True
    """Whether people write and edit such documents, so that fixes are of use."""
    is_sent_by_cli: bool = False
    """Whether the AWS CLI reads the document, so that options of the command line may add members."""

    def applies(self, code: str) -> bool:
        """Return whether a rule applies to requests in the carrier."""
        return not code.startswith(tuple(self.off))


PAYLOAD = Profile("payload", is_sent_by_cli=True)
"""The profile of a file that is the request."""

_READING = ("SM004", "SM006", "SM010", "SM012", "SM013", "SM014", "SM015", "SM016", "SM017", "SM018", "SM019")
_VERSIONS = ("SM114", "SM121", "SM122")
OF_THE_CLI: Mapping[str, str] = {
    **dict.fromkeys(_READING, "another reader than the AWS CLI reads the document"),
    **dict.fromkeys(_VERSIONS, "the request is not sent by the AWS CLI"),
}
"""The rules, for `Profile.off`, that are about the AWS CLI: how it reads a file, and what its older versions know."""
OF_A_REGISTRATION: Mapping[str, str] = {
    "SM233": "the document stays, and to approve the model later is to change it",
}
"""The rules, for `Profile.off`, that are about the moment when a request is sent, and not about what shall last."""


class Setting(NamedTuple):
    """A setting that a request itself tells, in place of that of the configuration."""

    value: str | None
    """Its value; None if it is set, but unknown."""
    by: str
    """What sets it, such as `--region`."""


class Request(NamedTuple):
    """A request in a document. It is independent of files and rules."""

    document: Document
    value: Any
    """The value that the API would get, with the member names of the API."""
    base: Pointer = ()
    """The pointer of the request in the document; empty if the request is the whole document."""
    unknown: Mapping[Pointer, str | None] = {}
    """The pointers, in the request, of unknown values, each with its JSON Schema type; None if that is unknown, too.

    The substitute in `value` is for display only.
    """
    optional: frozenset[Pointer] = frozenset()
    """The pointers of members and items that may be absent."""
    names: Mapping[Pointer, Mapping[str | int, str | int | None]] = {}
    """The steps in the document of members and items that have other ones in the API.

    The first key is the pointer, in the request, of the object or list, the second one the step in it. A step is None
    for a member that is not in the document, such as an option of the command line.
    """

    open: frozenset[Pointer] = frozenset()
    """The pointers, in the request, of objects and lists that were not read to their end: what they lack is unknown."""
    refusal: Problem | None = None
    """What is reported in place of what the request breaks: why a file that the user has named is no request."""
    profile: Profile = PAYLOAD
    problems: tuple[Problem, ...] = ()
    """What is wrong with how the carrier has the request, by rules of the carrier's own."""
    mounted: Pointer = ()
    """The pointer, in the request, of what the document holds, if it is only a part of the request."""
    settings: Mapping[str, Setting] = {}
    """The settings that the carrier tells of this request, by the names of the fields of Settings."""

    def in_document(self, pointer: Pointer) -> Pointer:
        """Return the pointer in the document for a pointer in the request, cut before a member that is not in it."""
        if not (self.names or self.mounted):
            return self.base + pointer
        written: Pointer = self.base
        if pointer[: len(self.mounted)] != self.mounted:
            return written
        for length, step in enumerate(pointer[len(self.mounted) :], len(self.mounted)):
            name = self.names.get(pointer[:length], {}).get(step, step)
            if name is None:
                break
            written = (*written, name)
        return written
