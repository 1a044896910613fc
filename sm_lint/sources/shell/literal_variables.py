"""The variables in a word that the shell does not replace, because they stand between single quotes."""

import re
from collections.abc import Callable
from itertools import chain

from sm_lint.sources.shell.mapped import Mapped, Range

_VARIABLE = re.compile(
    r"""(?<![\\$])\$(?:[A-Za-z_]\w*(?!\w)|\{[A-Za-z_]\w*(?::?[-=?+][^{}'"]{0,200})?\})(?!"\s{0,9}:)""", re.ASCII
)
"""Matches `$NAME` and `${NAME}`, but no price, no path such as `$.a`, no `$` at an end, no key such as `"$ref":`."""
_NAME = re.compile(r"\w+")
_EDITED = re.compile(r"\bsed\b([^\n]*)")
_REPLACED = re.compile(r"\b(?:envsubst|eval|gomplate)\b")


def literal_variables(word: Mapped, script: str) -> list[Range]:
    """Return where in a word such as `$NAME` is written between single quotes of a plain script.

    `script` is the text of the file in which the word has its places. What the word says by other means, such as a
    quoted here-document or a backslash, is meant as it is written.
    """
    if "$" not in word.text:
        return []
    found, at = [], 0
    for run in word.ranges.runs(0, len(word.text)):
        if run.is_literal and script[run.start - 1 : run.start] == script[run.end : run.end + 1] == "'":
            variables = _VARIABLE.finditer(word.text[at : at + run.length])
            places = ((at + variable.start(), at + variable.end()) for variable in variables)
            found += [place for place in places if not word.is_unknown(*place)]
        at += run.length
    return found


def replaced_later(script: str) -> Callable[[str], bool]:
    """Return a function that tells of a text such as `$NAME` whether a program that the script names may replace it."""
    if _REPLACED.search(script):
        return lambda _: True
    names = set(chain.from_iterable(_NAME.findall(line) for line in _EDITED.findall(script)))
    return lambda variable: not names.isdisjoint(_NAME.findall(variable)[:1])
