"""The documents that a document consists of: itself, and those that are JSON in its texts."""

from collections.abc import Iterator
from typing import Any

from sm_lint.model.pointer import Pointer, value_at
from sm_lint.requests.functions import Functions
from sm_lint.requests.placeholders import has_placeholder, texts_with_placeholders
from sm_lint.requests.texts import Text, texts
from sm_lint.requests.translation import objects
from sm_lint.sources.document import Document
from sm_lint.sources.inside import in_pieces
from sm_lint.sources.reading import OF_VALUES

_VARIABLES = ("${*}",)


def documents(document: Document, mark: str) -> Iterator[Document]:
    """Yield a document, and a document for each text in it that contains `mark` and is a JSON object.

    The texts in those count, too, such as a definition in the input of a command that is a text itself; deeper ones do
    not. Of a Terraform plan, only what will be there counts: the state before, and the same again in other parts, do
    not. In a CloudFormation template, a text may be made by a function; the variables in it are unknown.
    """
    functions = None if is_plan(document.value) else Functions(document)
    if functions:
        yield document
    for root, value in _roots(document.value):
        for text in texts(value, root, functions):
            for inner in _inner(document, text, mark):
                yield inner
                if not text.has_variables and all(problem.kind in OF_VALUES for problem in inner.problems):
                    for deeper in texts(inner.value, (), None):
                        yield from _inner(inner, deeper, mark)


def is_plan(value: Any) -> bool:
    """Return whether a value is the output of `terraform show -json` for a plan."""
    return isinstance(value, dict) and "format_version" in value and isinstance(value.get("resource_changes"), list)


def _roots(value: Any) -> Iterator[tuple[Pointer, Any]]:
    """Yield the values that may contain texts, each with its pointer: of a plan, those that will be there."""
    if not is_plan(value):
        yield (), value
        return
    for index in range(len(value["resource_changes"])):
        root = ("resource_changes", index, "change", "after")
        try:
            yield root, value_at(value, root)
        except (LookupError, TypeError):
            continue


def _inner(document: Document, text: Text, mark: str) -> Iterator[Document]:
    """Yield the document whose JSON is a text that contains `mark`.

    There is none if the text is no object, or if a template completes it, and it is JSON only in part.
    """
    if mark not in text.value or text.value.lstrip()[:1] != "{":
        return
    inner = in_pieces(document, text.at, text.pieces, _VARIABLES if text.has_variables else ())
    if text.has_variables and any(problem.kind not in OF_VALUES for problem in inner.problems):
        return
    if text.has_variables:
        _leave_open(inner)
    yield inner


def _leave_open(inner: Document) -> None:
    """Make unknown what the variables in a document may be."""
    # A variable without quotes is unknown already, and of any type.
    texts_of_variables = dict.fromkeys(texts_with_placeholders(inner.value, _VARIABLES), "string")
    inner.unknown = {**texts_of_variables, **inner.unknown}
    around: Any
    for at, around in objects(inner.value):
        named = [key for key in around if has_placeholder(key, _VARIABLES)]
        for key in named:  # it may stand for any member
            del around[key]
        inner.open |= {at} if named else set()
