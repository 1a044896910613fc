"""The carrier `payload`: a file that is one request, the input of `--cli-input-json` or `--cli-input-yaml`."""

from collections.abc import Set as AbstractSet

from sm_lint.requests.request import Request
from sm_lint.sources.document import Document, root_keys
from sm_lint.sources.reading import UNREAD

NAMES = ("ModelPackageName", "ModelPackageGroupName", "InferenceSpecification", "SourceAlgorithmSpecification")
"""Every request has at least one of these top-level members."""
_IDENTITY = frozenset(NAMES[:2])
_NAMES = frozenset(NAMES)
_IN_UTF_8 = tuple(name.encode() for name in NAMES)
_COMMON = frozenset(("ModelPackageName", "ModelPackageGroupName", "Tags", "ClientToken", "ManagedStorageType"))
"""Members that other operations also have. An object with only these may be a request of theirs."""
_FOREIGN = (
    "ModelPackageArn", "ModelPackageStatus", "CreationTime", "ModelPackageGroupDescription", "AlgorithmName",
    "TrainingSpecification", "ModelName", "PrimaryContainer", "AIRecommendationJobName", "MaxResults", "SortBy",
    "$schema",
)  # fmt: skip
"""Members of similar documents: the response of describe-model-package, CreateAlgorithm, CreateModel and others."""
_FOREIGN_SET = frozenset(_FOREIGN)
_READ_TO_THE_END = ("json-byte-order-mark", "json-repeated-key", "yaml-repeated-key", "yaml-1-1")
"""Problems with which a file is still read to its end. After others, its content is partly a guess."""


def may_hold(data: bytes) -> bool:
    """Return whether the bytes of a file contain one of NAMES. Most files do not, and need not be parsed."""
    return any(map(data.__contains__, _IN_UTF_8))


def why_not(document: Document, members: AbstractSet[str]) -> str | None:
    """Return why a document is not a request; None if it is. `members` are the members of the request."""
    value, problems = document.value, document.problems
    is_broken = bool(problems) and any(problem.kind not in _READ_TO_THE_END for problem in problems)
    if is_broken and _IDENTITY.isdisjoint(root_keys(document)):
        return "it cannot be read, and has no top-level member that names a model package or group"
    if value is UNREAD:
        return None
    if not isinstance(value, dict):
        return "its top-level value is not an object"
    if _NAMES.isdisjoint(value):
        return f"it has none of the top-level members {', '.join(NAMES)}"
    if not _FOREIGN_SET.isdisjoint(value):
        foreign = next(name for name in _FOREIGN if name in value)
        return f"it has the top-level member `{foreign}`, which is not part of the request"
    if not is_broken and value.keys() & members <= _COMMON:
        return "it has too few top-level members of the request"
    return None


def requests(document: Document) -> list[Request]:
    """Return the request of a document in a list; an empty list if the document could not be read."""
    if document.value is UNREAD:
        return []
    if document.unknown:
        return [Request(document, document.value, unknown=dict.fromkeys(document.unknown))]
    return [Request(document, document.value)]
