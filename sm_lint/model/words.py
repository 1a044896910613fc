"""Numbers with their units, and enumerations, in English."""

from collections.abc import Sequence


def counted(number: int, unit: str) -> str:
    """Return a number with its unit in the singular or the plural.

    >>> counted(1, "entry"), counted(2000, "entry"), counted(0, "file")
    ('1 entry', '2,000 entries', '0 files')
    """
    return f"{number:,} {unit if number == 1 else plural(unit)}"


def plural(unit: str) -> str:
    """Return the plural of a regular noun.

    >>> plural("entry"), plural("character")
    ('entries', 'characters')
    """
    return f"{unit[:-1]}ies" if unit.endswith("y") else f"{unit}s"


def enumerated(names: Sequence[str]) -> str:
    """Return names as an enumeration.

    >>> enumerated(["endpoints"]), enumerated(["endpoints", "apps", "jobs"])
    ('endpoints', 'endpoints, apps and jobs')
    """
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
