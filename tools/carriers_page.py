"""The parts of docs/carriers.md that follow from the code: which rules are off in each carrier, and why.

A part stands between `<!-- off: CARRIER -->` and `<!-- end -->`; all else is written by hand.
"""

import re
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from sm_lint.requests.marks import CARRIERS
from sm_lint.requests.request import Profile
from sm_lint.rules.ruleset import RuleSet

TARGET = Path(__file__).parent.parent / "docs" / "carriers.md"
_PART = re.compile(r"(?<=<!-- off: )([a-z-]+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
_HEAD = "| Rules that are off | Why |\n| --- | --- |\n"
_NONE = "All rules apply, as in a file that is the request.\n"


def text() -> str:
    """Return the content of the file, with its generated parts renewed."""
    codes = list(RuleSet().catalog)
    return _PART.sub(
        lambda part: f"{part[1]}{part[2]}\n{_table(off(part[1]), codes)}\n", TARGET.read_text(encoding="utf-8")
    )


def off(carrier: str) -> dict[str, str]:
    """Return the codes of the rules, or the prefixes of codes, that are off in a carrier, each with the reason."""
    of_row = CARRIERS.get(carrier)
    name = f"sm_lint.requests.{of_row.module if of_row else carrier.replace('-', '_')}"
    found = vars(import_module(name)).values() if find_spec(name) else ()
    profiles = [value for value in found if isinstance(value, Profile) and value.carrier == carrier]
    return {code: why for profile in profiles for code, why in profile.off.items()}


def _table(why: dict[str, str], codes: list[str]) -> str:
    """Return the table of the rules that are off, one row a reason."""
    rows: dict[str, list[str]] = {}
    for prefix, reason in why.items():
        rows.setdefault(reason, []).extend(code for code in codes if code.startswith(prefix))
    lines = [
        f"| {', '.join(f'[{code}](rules/{code}.md)' for code in sorted(found))} | {_linked(reason)} |\n"
        for reason, found in rows.items()
    ]
    return _HEAD + "".join(lines) if lines else _NONE


def _linked(reason: str) -> str:
    return re.sub(r"https://\S+", lambda url: f"<{url[0]}>", reason)
