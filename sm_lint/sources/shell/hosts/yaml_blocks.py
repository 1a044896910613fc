"""The scripts in YAML: steps of GitHub Actions, GitLab, CodeBuild and others that name them alike.

A script is a string, or a list of strings, under one of the keys that these services use. Most run such a list in one
shell, so that it is one script. `${{ … }}` and other forms that a service replaces before the shell starts are unknown.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sm_lint.model.pointer import Pointer
from sm_lint.sources.document import Document, read
from sm_lint.sources.documents import documents
from sm_lint.sources.ranges import Ranges
from sm_lint.sources.reading import step_of
from sm_lint.sources.shell.mapped import Builder, Mapped
from sm_lint.sources.string_places import ranges_in_yaml

_KEYS = frozenset((
    "run", "script", "before_script", "after_script", "commands", "finally", "bash", "cmds", "shell", "cmd",
    "inlineScript",
))  # fmt: skip
_IN_ONE_SHELL = frozenset(("script", "before_script", "after_script", "commands", "finally"))
"""Those of the keys whose list is run by one shell, which keeps variables."""
_SHELLS = re.compile(r"(?:.*/)?(?:ba|z|da)?sh(?:\.exe)?(?:[ \t].*)?")
_NAMED = (("shell",), ("defaults", "run", "shell"), ("env", "shell"))
"""Where GitHub Actions, CircleCI and CodeBuild name the shell of the scripts in a mapping."""
_RUNNERS = ("runs-on", "pool", "tags", "executor", "task", "scriptType")
"""What tells the system of a job, or the language of a script, if nothing names its shell."""
_OF_WINDOWS = re.compile(r"\bwin(?:dows)?\b|powershell|batch|\bps(?:core)?\b", re.IGNORECASE)
_REPLACED = (
    r"\$?\{\{[^\n]{0,500}?\}\}|\$\[\[[^\n]{0,500}?\]\]"
    r"|<<[ \t]{0,9}(?:pipeline|parameters|matrix)\.[\w.-]{1,200}[ \t]{0,9}>>"
)
_BY_SERVICE = re.compile(_REPLACED)
_BY_STEP = re.compile(rf"{_REPLACED}|\$\([A-Za-z_][\w.-]*\)|\$\((?:params|workspaces|steps|tasks|context)[^\s()]*\)")
"""Azure Pipelines and Tekton also replace `$(name)`, also within the single quotes of the shell."""


def in_yaml(text: str) -> Iterator[Mapped]:
    """Yield the scripts in a YAML text, as the shell gets them. Of a string that is not located surely, nothing."""
    for document in documents(read("", text.encode(errors="replace"), "yaml")):
        for _, group in groupby(_found(document.value), lambda found: _shell_of(found[0])):
            scripts = [
                script
                for pointer, value, is_step in group
                if (script := _script(document, pointer, value, _BY_STEP if is_step else _BY_SERVICE))
            ]
            if scripts:
                yield _joined(scripts)


def _shell_of(pointer: Pointer) -> Pointer:
    """Return what is the same for the scripts that one shell runs: the pointer of their list, or that of the script."""
    end = len(pointer)
    while end and isinstance(pointer[end - 1], int):
        end -= 1
    return pointer[:end] if end and pointer[end - 1] in _IN_ONE_SHELL else pointer


def _joined(scripts: list[Mapped]) -> Mapped:
    """Return scripts as one, each of which ends with a line break."""
    out = Builder(scripts[0])
    for script in scripts:
        out.insert(script)
    return out.mapped()


def _found(root: Any) -> Iterator[tuple[Pointer, str, bool]]:
    """Yield the pointers and texts of scripts, in their order, and whether they are steps that may have macros."""
    waiting: list[tuple[Pointer, Any, bool]] = [((), root, True)]
    while waiting:
        pointer, value, is_read = waiting.pop()
        if isinstance(value, str):
            yield pointer, value, "steps" in pointer and "run" not in pointer
        elif isinstance(value, dict):
            is_read = _is_read(value, around=is_read)
            members = [((*pointer, step_of(key)), key, child) for key, child in value.items()]
            for at, key, child in reversed(members):
                is_script = key in _KEYS or at[-2:] == ("run", "command")
                is_around = isinstance(child, dict) or (isinstance(child, list) and not is_script)
                if is_around or (is_script and (is_read or key == "bash")):
                    waiting.append((at, child, is_read))
        elif isinstance(value, list):
            last = (
                pointer[:-1] if pointer and isinstance(pointer[-1], int) else pointer
            )  # a list in a list is that of an alias
            is_script = bool(last) and last[-1] in _KEYS
            items = [((*pointer, index), item) for index, item in enumerate(value)]
            waiting += [(at, item, is_read) for at, item in reversed(items) if is_script or not isinstance(item, str)]


def _is_read(of: dict[Any, Any], *, around: bool) -> bool:
    """Return whether the scripts in a mapping are for a shell that is read here, as `around` says of those around."""
    is_step = "run" in of or "command" in of  # else `shell` is a script, as in Ansible
    named = [name for path in _NAMED if (is_step or len(path) > 1) and isinstance(name := _at(of, path), str)]
    if named:
        return _SHELLS.fullmatch(named[0]) is not None
    return around and not any(_OF_WINDOWS.search(text) for key in _RUNNERS for text in _texts(of.get(key)))


def _at(value: Any, path: tuple[str, ...]) -> Any:
    """Return the value at a path of keys; None if there is none."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _texts(value: Any) -> Iterator[str]:
    """Yield a text, or the texts in a list or a mapping."""
    values = value.values() if isinstance(value, dict) else value if isinstance(value, list) else (value,)
    yield from (text for text in values if isinstance(text, str))


def _script(document: Document, pointer: Pointer, value: str, replaced: re.Pattern[str]) -> Mapped | None:
    """Return the string at a pointer as a script."""
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
    if value and not value.endswith("\n"):
        out.stand("\n", len(value), len(value))
    return out.mapped()
