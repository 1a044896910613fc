"""Selection of rules: which rules report under given settings, and with which severity."""

from collections.abc import Mapping

from sm_lint.model.settings import Settings
from sm_lint.model.severity import Severity

_SEVERITIES = {severity.value: severity for severity in Severity}
_INFO = Severity.INFO.value


def selected(catalog: Mapping[str, tuple[str, str]], settings: Settings) -> dict[str, Severity]:
    """Return the severity of each rule that reports, by code. `catalog` has the name and default severity of each rule.

    The longest selector that matches a code decides; if one that selects and one that ignores are equally long, the
    rule is ignored. Without `select`, a rule that no selector matches reports unless its severity is info.
    """
    if not (settings.select is not None or settings.extend_select or settings.ignore or settings.severity):
        return {code: _SEVERITIES[default] for code, (_, default) in catalog.items() if default != _INFO}
    wanted = (settings.select or ()) + settings.extend_select
    levels = sorted(settings.severity, key=lambda pair: len(pair[0]))
    found = {}
    for code, (_, default) in catalog.items():
        severity = Severity(default)
        ignored = _longest(settings.ignore, code)
        by_default = severity is not Severity.INFO and settings.select is None and ignored < 0
        if by_default or _longest(wanted, code) > ignored:
            chosen = [level for prefix, level in levels if code.startswith(prefix)]
            found[code] = Severity(chosen[-1]) if chosen else severity
    return found


def _longest(prefixes: tuple[str, ...], code: str) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)
