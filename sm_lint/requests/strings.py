"""The documents that a document consists of: itself, and those that are JSON in its strings."""

from collections.abc import Iterator, Mapping
from typing import Any

from sm_lint.model.pointer import Pointer, value_at
from sm_lint.sources.document import Document
from sm_lint.sources.inside import in_string, joined


def documents(document: Document, mark: str) -> Iterator[Document]:
    """Yield a document, and a document for each string in it that contains `mark` and may be a JSON object.

    In a template of CloudFormation, the string may stand behind `!Sub`, or be the parts of `Fn::Join`. Of a Terraform
    plan, only what will be there counts: the state before, and the same again in other parts, do not.
    """
    if not is_plan(document.value):
        yield document
    tags = tags_in(document)
    for pointer, value in _strings(document.value, {at for at, tag in tags.items() if tag == "!Join"}):
        text = value if isinstance(value, str) else "".join(part for part in value if isinstance(part, str))
        if mark in text and _may_be_object(text):
            yield joined(document, pointer, value) if isinstance(value, list) else in_string(document, pointer, value)
    for pointer in (at for at, tag in tags.items() if tag == "!Sub"):
        tagged = _behind_tag(document, pointer, mark)
        if tagged is not None and _may_be_object(tagged):
            yield in_string(document, pointer, tagged)


def tags_in(document: Document) -> Mapping[Pointer, str]:
    """Return the YAML tags in a document that its reader does not know, such as `!Sub`, by the pointer of the value."""
    return {problem.pointer: problem.parameters["found"] for problem in document.problems if problem.kind == "yaml-tag"}


def is_plan(value: Any) -> bool:
    """Return whether a value is the output of `terraform show -json` for a plan."""
    return isinstance(value, dict) and "format_version" in value and isinstance(value.get("resource_changes"), list)


def _may_be_object(text: str) -> bool:
    return text.lstrip()[:1] == "{"


def _strings(value: Any, joins: set[Pointer]) -> Iterator[tuple[Pointer, str | list[Any]]]:
    """Yield the strings in a value, each with its pointer; of `Fn::Join`, and at the pointers `joins`, the parts.

    Whoever joins with a delimiter hardly writes JSON, and is passed over.
    """
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
        elif isinstance(one, list) and (at in joins or at[-1:] == ("Fn::Join",)):
            if len(one) == 2 and one[0] == "" and isinstance(one[1], list):
                yield (*at, 1), one[1]
        elif isinstance(one, dict):
            waiting += [((*at, key), child) for key, child in one.items()][::-1]
        elif isinstance(one, list):
            waiting += [((*at, index), child) for index, child in enumerate(one)][::-1]


def _behind_tag(document: Document, pointer: Pointer, mark: str) -> str | None:
    """Return the text of the YAML string with a tag at a pointer, if `mark` is in it."""
    start, end = document.extent(pointer) or (0, 0)
    source = document.text[start:end]
    if mark not in source:
        return None
    from sm_lint.sources.yaml import reader

    text = reader.read(source.encode(errors="replace"), source).value
    return text if isinstance(text, str) else None
