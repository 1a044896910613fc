"""Numbers with their units, and lists, in English."""

from collections.abc import Sequence


def counted(number: int, unit: str) -> str:
    """Return a number with its unit in the singular or the plural.

    >>> counted(1, "entry"), counted(2000, "entry"), counted(0, "file")
    ('1 entry', '2,000 entries', '0 files')
    """
    return f"{number:,} {unit if number == 1 else plural(unit)}"


def plural(unit: str) -> str:
    """Return the plural of a regular noun.

    >>> plural("entry"), plural("character"), plural("fix")
    ('entries', 'characters', 'fixes')
    """
    if unit.endswith("y"):
        return f"{unit[:-1]}ies"
    return f"{unit}es" if unit.endswith("x") else f"{unit}s"


def listed(words: Sequence[str], last: str) -> str:
    """Return words as a list in a sentence, with `last` (`and`, `or`) before the last one.

    >>> listed(["a", "b", "c"], "or"), listed(["a"], "and")
    ('a, b or c', 'a')
    """
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)
