"""Which rules report under given settings, and how severely."""

from sm_lint import rules
from sm_lint.config import ConfigError, Settings
from sm_lint.diagnostic import Severity
from sm_lint.nearest import did_you_mean
from sm_lint.rules import TOPICS
from sm_lint.schema import folded, per_document


def load(code: str) -> rules.Rule:
    """Return the rule of a code, from its own file wherever that is."""
    path = folded()["x-sm-lint"].get("files", {}).get(code)
    return rules.load_file(path) if path else rules.load(code, catalogue()[code][0])


def catalogue() -> dict[str, list[str]]:
    """Return the name and the severity of each rule by its code, without reading a rule file."""
    known: dict[str, list[str]] = folded()["x-sm-lint"]["rules"]
    return known


@per_document
def _selectors() -> dict[str, str]:
    """Return all selectors, each with the prefix of codes, the code or the name that it stands for."""
    known = catalogue()
    prefixes = {code[:end]: code[:end] for code in known for end in range(2, len(code) + 1)}
    names = {name: code for code, (name, _) in known.items()}
    topics = {topic: prefix for prefix, topic in TOPICS.items()}
    return {"ALL": "", **prefixes, **names, **topics}


def check_selector(selector: str, where: str) -> str:
    """Return the prefix of codes that a selector stands for; raise ConfigError where it selects nothing."""
    known = _selectors()
    for spelling in (selector, selector.upper(), selector.lower()):
        if spelling in known:
            return known[spelling]
    raise ConfigError(f"{where}: {selector!r} is no rule, prefix or topic{did_you_mean(selector, known)}")


def check_member(name: str, where: str) -> str:
    """Return the name of a member of the request; raise ConfigError where it has none of that name."""
    members = folded()["x-payload"]["members"]
    if name not in members:
        raise ConfigError(f"{where}: the request has no member {name!r}{did_you_mean(name, members)}")
    return name


def _longest(prefixes: tuple[str, ...], code: str) -> int:
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)


@per_document
def advises(settings: Settings) -> bool:
    """Say whether some rule reports that only advises."""
    return any(severity == "info" and enabled(settings, code) for code, (_, severity) in catalogue().items())


@per_document
def enabled(settings: Settings, code: str) -> Severity | None:
    """Return the severity with which a rule reports; None if it does not.

    The longest selector that matches decides; where one that selects and one that ignores are equally long, the rule
    is ignored. What nobody names reports unless it is an info.
    """
    severity = Severity(catalogue()[code][1])
    ignored = _longest(settings.ignore, code)
    wanted = _longest((settings.select or ()) + settings.extend_select, code)
    by_default = severity is not Severity.INFO and settings.select is None
    for prefix, chosen in sorted(settings.severity, key=lambda pair: len(pair[0])):
        if code.startswith(prefix):
            severity = Severity(chosen)
    return severity if wanted > ignored or (by_default and ignored < 0) else None
