"""CloudFormation's intrinsic functions among the values of a template, in full or as a short tag of YAML."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer, value_at
from sm_lint.sources.document import Document

LOOP = "Fn::ForEach::"
"""What a key begins with that stands for the entries of a loop; the name of the loop follows."""
TRANSFORM = "Fn::Transform"
_SHORT_NAMES = ("Ref", "Condition")
_VARIABLE = re.compile(r"\$\{(?!!)")
_LITERAL = re.compile(r"\$\{!([^{}]*)\}")
_NAME = re.compile(r"[\w:.-]{1,255}")


class Function(NamedTuple):
    """A call of a function."""

    name: str
    """`Ref`, `Condition`, or `Fn::` and a name."""
    argument: Any
    at: Pointer
    """The pointer of the argument in the document."""

    @property
    def text(self) -> tuple[str, Pointer] | None:
        """The text of `Fn::Sub`, in which `${X}` is replaced, and its pointer; None if there is none."""
        if self.name != "Fn::Sub":
            return None
        is_list = isinstance(self.argument, list) and len(self.argument) > 0
        text, at = (self.argument[0], (*self.at, 0)) if is_list else (self.argument, self.at)
        return (text, at) if isinstance(text, str) else None

    @property
    def stand_in(self) -> str:
        """A text that stands for the value, such as `${AWS::Region}`, `${Role.Arn}` or `${Fn::Select}`."""
        words = self.argument if isinstance(self.argument, list) else [self.argument]
        if self.name in ("Ref", "Fn::GetAtt") and all(isinstance(word, str) for word in words):
            name = ".".join(words)
            if _NAME.fullmatch(name):
                return f"${{{name}}}"
        return f"${{{self.name if _NAME.fullmatch(self.name) else 'Fn'}}}"


class Functions:
    """The functions in a template."""

    def __init__(self, document: Document) -> None:
        self._tags: dict[Pointer, str] = {}
        self._tags_of_collections: dict[int, str] = {}  # an alias of a list or mapping is the same object
        for at, tag in tags_in(document).items():
            self._add(document.value, at, tag)

    def _add(self, document_value: Any, at: Pointer, tag: str) -> None:
        self._tags[at] = tag
        try:
            value = value_at(document_value, at)
        except (LookupError, TypeError):  # in a place that could not be read
            return
        if isinstance(value, (dict, list)):
            self._tags_of_collections[id(value)] = tag

    def at(self, at: Pointer, value: Any) -> Function | None:
        """Return the function that the value at a pointer is; None for any other value."""
        tag = self._tags.get(at) or self._tags_of_collections.get(id(value))
        if tag:
            name = tag.lstrip("!")
            return Function(name if name in _SHORT_NAMES else f"Fn::{name}", value, at)
        if isinstance(value, dict) and len(value) == 1:
            (name, argument), *_ = value.items()
            if name in _SHORT_NAMES or (isinstance(name, str) and name.startswith("Fn::") and not is_loop(name)):
                return Function(name, argument, (*at, name))
        return None


def tags_in(document: Document) -> dict[Pointer, str]:
    """Return the YAML tags in a document that its reader does not know, such as `!Sub`, by the pointer of the value."""
    return {problem.pointer: problem.parameters["found"] for problem in document.problems if problem.kind == "yaml-tag"}


def is_template(value: Any) -> bool:
    """Return whether the value of a document has the resources of a template."""
    return isinstance(value, dict) and isinstance(value.get("Resources"), dict)


def is_loop(key: Any) -> bool:
    """Return whether a key stands for the entries of a loop."""
    return isinstance(key, str) and key.startswith(LOOP)


def loop_of(value: Any) -> tuple[str, Mapping[str, Any]] | None:
    """Return the identifier of a loop and what it repeats; None if the value under its key is no loop."""
    is_loop_value = isinstance(value, list) and len(value) == 3
    if not (is_loop_value and isinstance(value[0], str) and isinstance(value[2], dict)):
        return None
    return value[0], value[2]


def without_variables(text: str) -> str | None:
    """Return what the text of `Fn::Sub` stands for; None if it has variables.

    >>> without_variables("a ${!b}"), without_variables("a ${b}")
    ('a ${b}', None)
    """
    return None if _VARIABLE.search(text) else _LITERAL.sub(r"${\1}", text)
