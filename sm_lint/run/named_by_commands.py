"""The tasks for files that commands name with `file://`: a request, with members from options, or a part of one.

Such a path is relative to the folder of the script. A file outside the folder of the run, also one that a link leads
to, is not looked at, unless it is one of those to lint anyway.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from sm_lint.model.contents import contents
from sm_lint.model.paths import plain, relative, with_slashes
from sm_lint.model.settings import ConfigError, Settings
from sm_lint.requests.command import named_files
from sm_lint.requests.shapes import Shapes
from sm_lint.requests.used_files import Use
from sm_lint.run.session import Session
from sm_lint.run.task import Task
from sm_lint.sources import discovery
from sm_lint.sources.document import syntax_of
from sm_lint.sources.limits import MAX_BYTES, OF_CODE, SCRIPT


def reader_beside(script: discovery.Source) -> Callable[[str], bytes | None]:
    """Return a function that returns the content of a file at a path that a command in a script names.

    It returns None if that is not a regular file below the folder of the run, if it is too large to be JSON, or if the
    script is stdin.
    """
    root, most = os.path.join(os.path.realpath("."), ""), MAX_BYTES["json"]

    def read(path: str) -> bytes | None:
        real = _real(script.folder, path) if script.name != discovery.STDIN else ""
        if not real.startswith(root):
            return None
        try:
            data = contents(real, most)
        except OSError:
            return None
        return data if len(data) <= most else None

    return read


class _Named(NamedTuple):
    """A file that commands name."""

    source: discovery.Source
    uses: list[Use]
    by: Task
    """The task of the first script that names it."""


def with_named_files(
    tasks: Sequence[Task], scripts: Sequence[Task], settings_of: Callable[[str], Settings], session: Session
) -> list[Task]:
    """Return the tasks with those for the files that commands in `scripts` name; a file that has a task keeps it."""
    paths = [os.path.realpath(task.source.name) if task.source.name != discovery.STDIN else "" for task in tasks]
    named = _named(scripts, session.linters.built_in.shapes, frozenset(paths))
    found = []
    for task, real in zip(tasks, paths, strict=True):
        one = named.pop(real, None)
        found.append(task._replace(uses=_one_way(one.uses)) if one else task)
    for one in named.values():
        uses = _one_way(one.uses)
        if uses:
            try:
                settings = settings_of(one.source.folder)
            except ConfigError:  # it is the file's own, and nobody has asked for the file
                continue
            found.append(one.by._replace(source=one.source, settings=settings, uses=uses))
    return found


def _one_way(uses: Sequence[Use]) -> tuple[Use, ...]:
    """Return how commands use a file, each way once; nothing if they read it as different things."""
    is_one = len({(use.pointer, use.syntax) for use in uses}) == 1
    return tuple(dict.fromkeys(uses)) if is_one else ()


def _named(scripts: Sequence[Task], shapes: Shapes, linted: frozenset[str]) -> dict[str, _Named]:
    """Return the files that commands in the scripts name, by their real paths; `linted` are those of the run."""
    root = os.path.join(os.path.realpath("."), "")
    named: dict[str, _Named] = {}
    for task in scripts:
        for path, use in _in_script(task, shapes):
            real = _real(task.source.folder, path)
            is_inside = real in linted or (real.startswith(root) and os.path.isfile(real))
            if real and is_inside and syntax_of(real, b"") not in OF_CODE:
                source = _source(root, real, task.source.folder, path)
                named.setdefault(real, _Named(source, [], task)).uses.append(use)
    return named


def _in_script(task: Task, shapes: Shapes) -> Iterator[tuple[str, Use]]:
    """Yield the paths in the commands of a script; none if it cannot be read."""
    try:
        data = contents(task.source.name, MAX_BYTES[SCRIPT])
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return
    if len(data) <= MAX_BYTES[SCRIPT]:
        yield from named_files(task.source.name, text, shapes)


def _real(folder: str, path: str) -> str:
    """Return the real path of a file that a script in a folder names; empty if that is not told by the folder."""
    if not path or os.path.isabs(path) or path.startswith("~") or "$" in path:
        return ""
    try:
        return os.path.realpath(os.path.join(folder, path))
    except (OSError, ValueError):  # a null character, or a name that is too long
        return ""


def _source(root: str, real: str, folder: str, path: str) -> discovery.Source:
    """Return a file as it is shown: below the folder of the script, or relative to the root."""
    if ".." in path.split("/"):
        name = with_slashes(relative(real, root))
    else:
        name = f"{folder.rstrip('/')}/{plain(path)}" if folder else plain(path)
    return discovery.Source(name, os.path.dirname(name), named=False)
