"""The carrier `payload`: a file that is one request, the input of `--cli-input-json` or `--cli-input-yaml`."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from sm_lint.requests.names import ANY, COMMON, IDENTITY, NO_NAME, OF_MANY, has_part, may_hold
from sm_lint.requests.request import Request, WhyNot
from sm_lint.sources.document import Document, root_keys
from sm_lint.sources.reading import OF_CARRIERS, UNREAD, Problem

_FOREIGN = (
    "ModelPackageGroupDescription", "AlgorithmName", "TrainingSpecification", "ModelName", "PrimaryContainer",
    "AIRecommendationJobName", "MaxResults", "SortBy", "$schema",
)  # fmt: skip
"""Members of similar documents: the requests of CreateAlgorithm, CreateModel, ListModelPackages and others."""
_DESCRIBED = {"CreationTime", "ModelPackageStatus"}
"""Members that the answer of describe-model-package has, and no request."""
_ARN = "ModelPackageArn"
_OF_NEIGHBORS = frozenset((*_FOREIGN, *_DESCRIBED, _ARN))
NO_OBJECT = "its top-level value is not an object"
"""Why a text, a list and the like is no request."""
_READ_TO_THE_END = ("json-byte-order-mark", "json-repeated-key", "yaml-repeated-key", "yaml-1-1")
"""Problems with which a file is still read to its end. After others, its content is partly a guess."""


def why_not(document: Document, members: AbstractSet[str]) -> WhyNot | None:
    """Return why a document is not a request; None if it is. `members` are the members of the request."""
    value, is_broken = document.value, _is_broken(document)
    if is_broken:
        reason = _why_not_broken(document, members)
        if reason or value is UNREAD:
            return reason
    if value is UNREAD:
        return None
    if not isinstance(value, dict):
        return WhyNot(NO_OBJECT)
    meant: Mapping[str, str] = {}
    if ANY.isdisjoint(value) and not is_broken:
        # What has members of its own is no misspelled name, but a resource such as `ModelPackageGroup`.
        resources = {key for key in value if isinstance(value[key], dict) and value[key]}
        misspelled = _misspelled(value, members).items()
        meant = {key: member for key, member in misspelled if member not in IDENTITY or key not in resources}
        if ANY.isdisjoint(meant.values()):
            return WhyNot(NO_NAME)
    neighbor = _neighbor(value, meant)
    if neighbor:
        return WhyNot(neighbor, is_near=True)
    if is_broken or _has_more(value, meant, members):
        return None
    return WhyNot("it has too few top-level members of the request", is_near=True)


def _is_broken(document: Document) -> bool:
    return bool(document.problems) and any(problem.kind not in _READ_TO_THE_END for problem in document.problems)


def _why_not_broken(document: Document, members: AbstractSet[str]) -> WhyNot | None:
    """Return why a document that was not read to its end is not a request, by its probable top-level keys."""
    keys = set(root_keys(document))
    if not IDENTITY.isdisjoint(keys) or not IDENTITY.isdisjoint(_misspelled(keys, members).values()):
        return None
    unread = any(problem.kind not in OF_CARRIERS for problem in document.problems)
    reason = f"it {'cannot be read, and ' if unread else ''}has no top-level member that names a model package or group"
    return WhyNot(reason, is_near=not ANY.isdisjoint({*keys, *_meant(keys, members).values()}))


def _misspelled(keys: Iterable[Any], members: AbstractSet[str]) -> Mapping[str, str]:
    """Return the members that misspelled keys mean, if one of NAMES is among them and stands beside another member."""
    strings = [key for key in keys if isinstance(key, str)]
    if not any(has_part(key.encode(errors="surrogatepass")) for key in strings):
        return {}
    found = _meant(strings, members)
    stands_alone = len(found) + sum(key in members for key in strings) < 2
    return {} if stands_alone or ANY.isdisjoint(found.values()) else found


def _has_more(value: Mapping[str, Any], meant: Mapping[str, str], members: AbstractSet[str]) -> bool:
    """Return whether an object has members of the request, rightly spelled or not, that few others have."""
    if not (value.keys() & members <= COMMON and COMMON.issuperset(meant.values())):
        return True
    return not COMMON.issuperset(_meant(value, members).values())


def _meant(keys: Iterable[Any], members: AbstractSet[str]) -> Mapping[str, str]:
    """Return the members that the misspelled keys mean."""
    others = [key for key in keys if isinstance(key, str) and key not in members]
    if not others:
        return {}
    from sm_lint.requests.misspelled import meant  # imported lazily: most requests are rightly spelled

    return meant(others, members)


def _neighbor(value: Mapping[Any, Any], meant: Mapping[str, str]) -> str | None:
    """Return by what a similar document is recognized; None if it is none.

    Where the names of the request are written in another way, as in camelCase, those of its neighbors are, too.
    """
    if not meant and _OF_NEIGHBORS.isdisjoint(value):
        return None
    keys = {_bare(key): key for key in value if isinstance(key, str)} if meant else value
    same = _bare if meant else str
    if all(same(name) in keys for name in _DESCRIBED):
        return "it is an answer of describe-model-package, with `CreationTime` and `ModelPackageStatus`"
    for name in _FOREIGN:
        if same(name) in keys:
            return f"it has the top-level member `{name}`, which is not part of the request"
    if same(_ARN) in keys and IDENTITY.isdisjoint(value) and IDENTITY.isdisjoint(meant.values()):
        return f"it has `{_ARN}` but no name, as requests of update-model-package"
    return None


def _bare(name: str) -> str:
    return name.lower().replace("-", "").replace("_", "")


def requests(document: Document) -> list[Request]:
    """Return the request of a document in a list; an empty list if the document could not be read."""
    if document.value is UNREAD:
        return []
    if document.unknown or document.open:
        return [Request(document, document.value, unknown=dict(document.unknown), open=document.open)]
    return [Request(document, document.value)]


def as_request(document: Document, members: AbstractSet[str], reason: WhyNot) -> list[Request]:
    """Return the request of a document that the user takes for one, in a list.

    If it has nothing of a request, or is a neighbor of one, it is refused as a whole, for a `reason`.
    """
    value = document.value
    if not isinstance(value, dict) or not value:
        return requests(document)
    is_cut = () in document.open  # what is lost may be what tells
    if (is_cut and may_hold(document.data)) or _is_plausible(value, members):
        return requests(document)
    refusal = Problem("no-request", 0, 0, parameters={"found": reason.reason})
    return [request._replace(refusal=refusal) for request in requests(document)]


def _is_plausible(value: Mapping[str, Any], members: AbstractSet[str]) -> bool:
    """Return whether an object that is not taken for a request may be one with mistakes."""
    own = value.keys() & members
    meant: Mapping[str, str] = {}
    if own <= OF_MANY:
        from sm_lint.requests.misspelled import tells

        meant = _meant(value, members)
        if len(own) + len(meant) == len(value):
            return True  # each of its keys is or means a member
        meant = {key: member for key, member in meant.items() if tells(key, member)}
    known = {*own, *meant.values()} - OF_MANY
    if not _neighbor(value, meant):
        return bool(known)
    return not (known <= COMMON or IDENTITY.isdisjoint(known) or value.keys() >= _DESCRIBED)
