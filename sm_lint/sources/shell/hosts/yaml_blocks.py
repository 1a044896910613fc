"""The scripts in YAML: steps of GitHub Actions, GitLab, CodeBuild and others that name them alike.

A script is a string, or a list of strings, under one of the keys that these services use. `${{ … }}` and other forms
that a service replaces before the shell starts are unknown.
"""

import re
from collections.abc import Iterator
from typing import Any

from sm_lint.model.pointer import Pointer, value_at
from sm_lint.sources.document import Document, read
from sm_lint.sources.documents import documents
from sm_lint.sources.ranges import Ranges
from sm_lint.sources.reading import step_of
from sm_lint.sources.shell.mapped import Builder, Mapped
from sm_lint.sources.string_places import ranges_in_yaml

_KEYS = frozenset(
    ("run", "script", "before_script", "after_script", "commands", "finally", "bash", "cmds", "shell", "cmd")
)
_SHELLS = re.compile(r"(?:.*/)?(?:ba|z|da)?sh(?:[ \t].*)?")
_REPLACED = r"\$?\{\{[^\n]{0,500}?\}\}|\$\[\[[^\n]{0,500}?\]\]"
_BY_SERVICE = re.compile(_REPLACED)
_BY_STEP = re.compile(rf"{_REPLACED}|\$\([A-Za-z_][\w.-]*\)|\$\((?:params|workspaces|steps|tasks|context)[^\s()]*\)")
"""Azure Pipelines and Tekton also replace `$(name)`, also within the single quotes of the shell."""


def in_yaml(text: str) -> Iterator[Mapped]:
    """Yield the scripts in a YAML text, as the shell gets them. Of a string that is not located surely, nothing."""
    for document in documents(read("", text.encode(errors="replace"), "yaml")):
        for pointer, is_step in _found(document.value):
            script = _script(document, pointer, _BY_STEP if is_step else _BY_SERVICE)
            if script:
                yield script


def _found(root: Any) -> Iterator[tuple[Pointer, bool]]:
    """Yield the pointers of scripts in the order of the text, and whether they are steps that may have macros."""
    waiting: list[tuple[Pointer, Any]] = [((), root)]
    while waiting:
        pointer, value = waiting.pop()
        if isinstance(value, str):
            yield pointer, "steps" in pointer and "run" not in pointer
        elif isinstance(value, dict):
            members = [((*pointer, step_of(key)), key, child) for key, child in value.items()]
            has_shell = _has_shell(value)
            for at, key, child in reversed(members):
                if (
                    isinstance(child, dict)
                    or (isinstance(child, list) and key not in _KEYS)
                    or (key in _KEYS and has_shell)
                ):
                    waiting.append((at, child))
        elif isinstance(value, list):
            is_script = bool(pointer) and pointer[-1] in _KEYS
            items = [((*pointer, index), item) for index, item in enumerate(value)]
            waiting += [(at, item) for at, item in reversed(items) if is_script or not isinstance(item, str)]


def _has_shell(step: dict[Any, Any]) -> bool:
    """Return whether the script of a step is run by a shell that is read here."""
    shell = step.get("shell")
    return "run" not in step or not isinstance(shell, str) or _SHELLS.fullmatch(shell) is not None


def _script(document: Document, pointer: Pointer, replaced: re.Pattern[str]) -> Mapped | None:
    """Return the string at a pointer as a script."""
    value = value_at(document.value, pointer)
    extent = document.extent(pointer)
    ranges = ranges_in_yaml(document.text[slice(*extent)], value) if extent else None
    if ranges is None:
        return None
    offset = document.span(extent[0], extent[0]).start.offset if extent else 0
    moved = Ranges()
    for run in ranges.runs(0, ranges.length):
        moved.add(run.length, run.start + offset, run.end + offset, is_literal=run.is_literal)
    source = Mapped(value, moved)
    out, at = Builder(source), 0
    for found in replaced.finditer(value):
        out.copy(at, found.start())
        out.unknown(*found.span())
        at = found.end()
    out.copy(at, len(value))
    return out.mapped()
