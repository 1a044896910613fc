"""The names of the variables to which a shell script assigns a value once, whatever way through it is taken."""

import re
from collections import Counter

_ASSIGNED = re.compile(r"\b([A-Za-z_][A-Za-z0-9_]*)(?:\[[^\]\s\[]{0,80}\])?(?::?[-+*/%&|^]?|<<|>>)=")
_CHANGED = re.compile(r"(?:\+\+|--)[ \t]*([A-Za-z_][A-Za-z0-9_]*)|([A-Za-z_][A-Za-z0-9_]*)[ \t]*(?:\+\+|--)")
_CHANGED_ELSEWHERE = re.compile(
    r"(?<=[\[(:,=])(?:\+\+|--)([A-Za-z_][A-Za-z0-9_]*)|\b([A-Za-z_][A-Za-z0-9_]*)(?:\+\+|--)(?![\w-])"
)
"""The same in a script without arithmetic but in subscripts, where `--name` is an option."""
_ARITHMETIC = re.compile(r"\(\(|\blet\b|\$\[")
_BUILTIN = re.compile(
    r"\b(?:read|for|select|mapfile|readarray|getopts|unset|local|declare|typeset|let|printf[ \t]+-v)\b"
    r"([^\n]*)"
)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def assigned_once(script: str) -> frozenset[str]:
    """Return the names of the variables that a script assigns once, and in no other way than `NAME=value`.

    Comments, texts and here-documents count as if they were commands, so that some names are missing.

    >>> sorted(assigned_once('A=1; B=2; B=3; read C; C=4'))
    ['A']
    """
    counts = Counter(_ASSIGNED.findall(script))
    changes = _CHANGED if _ARITHMETIC.search(script) else _CHANGED_ELSEWHERE
    changed = {name for pair in changes.findall(script) for name in pair}
    for rest in _BUILTIN.findall(script):
        changed.update(_NAME.findall(rest))
    return frozenset(name for name, count in counts.items() if count == 1 and name not in changed)
