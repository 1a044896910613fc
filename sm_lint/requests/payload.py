"""The carrier `payload`: a file that is the request, as `--cli-input-json` and `--cli-input-yaml` take it."""

from collections.abc import Set as AbstractSet

from sm_lint.requests.request import Request
from sm_lint.sources.document import Document, root_keys
from sm_lint.sources.reading import UNREAD

NAMES = ("ModelPackageName", "ModelPackageGroupName", "InferenceSpecification", "SourceAlgorithmSpecification")
"""The root of a request has one of these members."""
_IDENTITY = frozenset(NAMES[:2])
_NAMES = frozenset(NAMES)
_IN_UTF_8 = tuple(name.encode() for name in NAMES)
_COMMON = frozenset(("ModelPackageName", "ModelPackageGroupName", "Tags", "ClientToken", "ManagedStorageType"))
"""Members that other operations have, too: a root with no others may be one of theirs."""
_FOREIGN = (
    "ModelPackageArn", "ModelPackageStatus", "CreationTime", "ModelPackageGroupDescription", "AlgorithmName",
    "TrainingSpecification", "ModelName", "PrimaryContainer", "AIRecommendationJobName", "MaxResults", "SortBy",
    "$schema",
)  # fmt: skip
"""Members of the operation's neighbors: describe-model-package's answer, CreateAlgorithm, CreateModel and others."""
_READ_TO_THE_END = ("json-byte-order-mark", "json-repeated-key", "yaml-repeated-key", "yaml-1-1")
"""The problems with which a file is read to its end; after others it is a guess what the whole says."""


def may_hold(data: bytes) -> bool:
    """Say whether bytes may hold a request: they name a member that each has. Most files do not, and are not read."""
    return any(map(data.__contains__, _IN_UTF_8))


def why_not(document: Document, members: AbstractSet[str]) -> str | None:
    """Return why a document is not taken for a request; None if it is. `members` are those of the request."""
    value = document.value
    is_broken = bool(document.problems) and any(problem.kind not in _READ_TO_THE_END for problem in document.problems)
    if is_broken and not root_keys(document).intersection(_IDENTITY):
        return "it cannot be read, and has no top-level member that names a model package or group"
    if value is UNREAD:
        return None
    if not isinstance(value, dict):
        return "its top-level value is not an object"
    if _NAMES.isdisjoint(value):
        return f"it has none of the top-level members {', '.join(NAMES)}"
    foreign = next((name for name in _FOREIGN if name in value), None)
    if foreign:
        return f"it has the top-level member `{foreign}`, which is not part of the request"
    if not is_broken and not any(name in members and name not in _COMMON for name in value):
        return "it has too few top-level members of the request"
    return None


def requests(document: Document) -> list[Request]:
    """Return the one request that a document is; none if the document could not be read."""
    if document.value is UNREAD:
        return []
    return [Request(document, document.value, unknown=dict.fromkeys(document.unknown))]
