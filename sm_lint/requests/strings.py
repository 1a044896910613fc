"""The documents that a document consists of: itself, and those that are JSON in its strings."""

from collections.abc import Iterator
from typing import Any

from sm_lint.model.pointer import Pointer, value_at
from sm_lint.sources.document import Document
from sm_lint.sources.inside import in_string
from sm_lint.sources.reading import OF_VALUES

_OF_SUB = "${*}"
"""What CloudFormation's `Fn::Sub` replaces in a string."""


def documents(document: Document, mark: str) -> Iterator[Document]:
    """Yield a document, and a document for each string in it that contains `mark` and is a JSON object.

    Of a Terraform plan, only what will be there counts: the state before, and the same again in other parts, do not.
    What is JSON only in part says nothing: it may be a piece of a text that a template joins.
    """
    if not is_plan(document.value):
        yield document
    for pointer, text in _strings(document.value):
        if mark not in text or text.lstrip()[:1] != "{" or "Fn::Join" in pointer:
            continue
        inner = in_string(document, pointer, text, (_OF_SUB,) if "Fn::Sub" in pointer[-2:] else ())
        if all(problem.kind in OF_VALUES for problem in inner.problems):
            yield inner


def is_plan(value: Any) -> bool:
    """Return whether a value is the output of `terraform show -json` for a plan."""
    return isinstance(value, dict) and "format_version" in value and isinstance(value.get("resource_changes"), list)


def _strings(value: Any) -> Iterator[tuple[Pointer, str]]:
    """Yield the strings in a value, each with its pointer."""
    roots: list[Pointer] = [()]
    if is_plan(value):
        roots = [("resource_changes", index, "change", "after") for index in range(len(value["resource_changes"]))]
    waiting: list[tuple[Pointer, Any]] = []
    for root in reversed(roots):
        try:
            waiting.append((root, value_at(value, root)))
        except (LookupError, TypeError):
            continue
    while waiting:
        at, one = waiting.pop()
        if isinstance(one, str):
            yield at, one
        elif isinstance(one, dict):
            waiting += [((*at, key), child) for key, child in one.items()][::-1]
        elif isinstance(one, list):
            waiting += [((*at, index), child) for index, child in enumerate(one)][::-1]
