"""The shell scripts in a file, by its kind, which the name and the first line tell."""

import os
import re
from collections.abc import Callable, Iterator

from sm_lint.sources.shell.hosts.dockerfile import in_dockerfile
from sm_lint.sources.shell.hosts.groovy import in_groovy
from sm_lint.sources.shell.hosts.makefile import in_makefile
from sm_lint.sources.shell.hosts.markdown import in_markdown
from sm_lint.sources.shell.hosts.terraform import in_terraform
from sm_lint.sources.shell.hosts.yaml_blocks import in_yaml
from sm_lint.sources.shell.mapped import Mapped, whole

_SHEBANG = re.compile(r"#![ \t]*(?:/\S*/)?(?:env[ \t]+(?:-S[ \t]+)?)?(?:/\S*/)?((?:ba|z|k|da|a)?sh)\b")
_SHELL = frozenset((".sh", ".bash", ".zsh", ".ksh", ".bats"))
_KINDS: tuple[tuple[re.Pattern[str], Callable[[str], Iterator[Mapped]]], ...] = (
    (re.compile(r"(?:GNU)?makefile(?:\..*)?|.*\.mk", re.IGNORECASE), in_makefile),
    (re.compile(r"jenkinsfile.*|.*\.(?:groovy|jenkinsfile|jenkins)", re.IGNORECASE), in_groovy),
    (re.compile(r".*\.ya?ml", re.IGNORECASE), in_yaml),
    (re.compile(r".*\.(?:tf|hcl)", re.IGNORECASE), in_terraform),
    (re.compile(r".*\.(?:md|markdown|mdx|rmd|qmd)", re.IGNORECASE), in_markdown),
    (
        re.compile(r"(?:dockerfile|containerfile)(?:\..*)?|.*\.(?:dockerfile|containerfile)", re.IGNORECASE),
        in_dockerfile,
    ),
)


def scripts(name: str, text: str, mark: str) -> Iterator[Mapped]:
    """Yield the shell scripts in the text of a file that contain `mark`; none if its kind is not known.

    They are decoded: what the language of the file escapes is undone, and what it replaces is unknown.
    """
    base = os.path.basename(name)
    found = _in_file(base, text)
    yield from (script for script in found if mark in script.text and is_shell(script.text))


def is_shell(script: str) -> bool:
    """Return whether a text can be a shell script: its first line names no other interpreter."""
    return not script.startswith("#!") or _SHEBANG.match(script) is not None


def is_plain(name: str, text: str) -> bool:
    """Return whether a file is a shell script itself, of which nothing is replaced before the shell reads it."""
    extension = os.path.splitext(name)[1].lower()
    return extension in _SHELL or (text.startswith("#!") and is_shell(text))


def _in_file(base: str, text: str) -> Iterator[Mapped]:
    if is_plain(base, text):
        return iter((whole(text),))
    for pattern, found in _KINDS:
        if pattern.fullmatch(base):
            return found(text)
    return iter(())
