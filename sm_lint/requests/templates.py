"""The payload templates of Step Functions: what of a task's parameters is sent as written, and what is computed."""

import re
from collections.abc import Mapping
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.requests.request import Profile
from sm_lint.requests.shapes import Shape
from sm_lint.requests.translation import UNKNOWN, Dialect, Told
from sm_lint.sources.document import Document
from sm_lint.sources.reading import Problem

JSONPATH, JSONATA = "JSONPath", "JSONata"
"""The query languages."""
_SUFFIX = ".$"
"""The end of the keys whose values are computed, in JSONPath."""
_PATH = re.compile(r"\$(?:\$|states)?(?=\.{1,2}[A-Za-z_*]|\[)(?:[^\s\[]|\[(?:[^\[\]]|\[[^\]]*\])*\])*")
_INTRINSIC = re.compile(r"States\.[A-Za-z0-9]+\(.*\)", re.DOTALL)
_PLACEHOLDER = "${"
"""The beginning of what Terraform, SAM or CloudFormation fill in."""
_NO_VALUE = "AWS::NoValue"


class Template:
    """The template at some place of a document, and what is found to be wrong with it while it is translated."""

    def __init__(self, document: Document, language: str | None, tags: Mapping[Pointer, str]) -> None:
        """Initialize for a query language; `tags` are the YAML tags of the document, by pointer.

        Without a language, it is in doubt which of the two is meant: what either computes is unknown.
        """
        self._document, self._language, self._tags = document, language, tags
        self._waiting: set[Pointer] = set()
        self._open: set[Pointer] = set()
        self.problems: list[Problem] = []

    def dialect(self, profile: Profile) -> Dialect:
        """Return how the template writes members and values."""
        return Dialect(profile, self._tells, lambda key, _: None if _PLACEHOLDER in key else _plain(key))

    def open_below(self, base: Pointer) -> frozenset[Pointer]:
        """Return the pointers, in the request at `base`, of objects with a key that is filled in: any member."""
        return frozenset(tuple(map(_plain, at[len(base) :])) for at in self._open)

    def _tells(self, step: str | int, value: Any, at: Pointer, _shape: Shape) -> Told | None:
        """Return what a value says, as `Dialect.tells`; note what is wrong with it."""
        if at in self._tags:
            return UNKNOWN._replace(value=value, may_be_absent=self._may_lack(at))
        if _is_function(value):
            may_lack = "Fn::If" in value or value.get("Ref") == _NO_VALUE
            return UNKNOWN._replace(value=value, may_be_absent=may_lack)
        if isinstance(step, str) and step.endswith(_SUFFIX):
            return self._computed(step, value, at)
        if at in self._waiting:
            return UNKNOWN._replace(value=value)
        if isinstance(value, dict):
            self._note_keys(value, at)
        return self._text(step, value, at) if isinstance(value, str) else None

    def _may_lack(self, at: Pointer) -> bool:
        """Return whether CloudFormation may leave out the value with a tag at a pointer."""
        start, end = self._document.extent(at) or (0, 0)
        return self._tags[at] == "!If" or _NO_VALUE in self._document.text[start : min(end, start + 20)]

    def _computed(self, step: str, value: Any, at: Pointer) -> Told:
        """Return what the value of a key with the suffix says."""
        if self._language == JSONATA:
            names = {"member": step, "kind": JSONPATH, "found": JSONATA, "word": _plain(step)}
            self._note("refused-key", at, names, key=True)
            return UNKNOWN._replace(value=value, may_be_absent=True)
        is_computed = value is None or (isinstance(value, str) and _may_be_computed(value))
        if not is_computed:
            shown = value if isinstance(value, str) else "another value"
            fixed = {"nearest": _plain(step)} if isinstance(value, str) else {}
            self._note("refused-key", at, {"member": step, "value": shown, **fixed}, key=not fixed)
        return UNKNOWN._replace(value=value)

    def _note_keys(self, value: Mapping[Any, Any], at: Pointer) -> None:
        """Note the keys of an object that are filled in, and members that have a key with the suffix and one without.

        The values of those wait until it is clear which of the two counts.
        """
        for key in value:
            if not isinstance(key, str):
                continue
            if _PLACEHOLDER in key:
                self._open.add(at)
            elif _plain(key) != key and _plain(key) in value and self._language == JSONPATH:
                self._waiting.add((*at, _plain(key)))
                self._note("refused-key", (*at, key), {"member": key, "present": _plain(key)}, key=True)

    def _text(self, step: str | int, value: str, at: Pointer) -> Told | None:
        """Return what a text says; None if it stands for itself."""
        is_expression = value.startswith("{%") and value.endswith("%}")
        if is_expression and self._language != JSONPATH:
            return UNKNOWN._replace(value=value)
        if _PLACEHOLDER in value:
            is_whole = value.startswith(_PLACEHOLDER) and value.endswith("}") and self._document.syntax == "yaml"
            return Told(value, type=None if is_whole or step == "" else "string")
        if step == "" or not (is_expression or _PATH.fullmatch(value) or _INTRINSIC.fullmatch(value)):
            return None
        member = next(str(name) for name in reversed(at) if isinstance(name, str))
        parameters = {"member" if isinstance(step, str) else "members": member, "value": value}
        if is_expression:
            parameters["kind"] = JSONATA
        elif self._language == JSONPATH and isinstance(step, str):
            parameters["nearest"] = step + _SUFFIX
        elif self._language == JSONPATH:
            parameters["home"] = member + _SUFFIX
        self._note("text-like-an-expression", at, parameters)
        return UNKNOWN._replace(value=value)

    def _note(self, kind: str, at: Pointer, parameters: dict[str, str], *, key: bool = False) -> None:
        if self._language:
            start, end = self._document.extent(at, key=key) or (0, 0)
            self.problems.append(Problem(kind, start, end, at, parameters))


def _plain(key: Any) -> Any:
    """Return a key without the suffix, as it is sent; a key that is the suffix alone names nothing else."""
    return (key.removesuffix(_SUFFIX) or key) if isinstance(key, str) else key


def _is_function(value: Any) -> bool:
    """Return whether a value is an intrinsic function of CloudFormation."""
    name = next(iter(value)) if isinstance(value, dict) and len(value) == 1 else ""
    return isinstance(name, str) and (name == "Ref" or name.startswith("Fn::"))


def _may_be_computed(text: str) -> bool:
    """Return whether a text may be a path or an intrinsic function, once placeholders are filled in."""
    return text.lstrip().startswith(("$", "States.")) or _PLACEHOLDER in text
