"""A rule as people read it: plain text for a terminal, Markdown for pages, JSON for programs."""

from typing import Any

from sm_lint.rules import Rule


def text(rule: Rule) -> str:
    """Return the page of a rule as plain text."""
    facts = (rule.severity.value, rule.topic, f"evidence: {rule.evidence}", f"since {rule.since}")
    parts = [
        f"{rule.code} {rule.name}\n{' · '.join(facts)}",
        rule.summary,
        rule.why.strip(),
        "It says:\n" + "\n".join(f"  {template}" for template in (*rule.message, *rule.help)),
        *([f"Fix: {_fix(rule.fix)}"] if rule.fix else []),
        "Refused:\n" + "\n".join(_indented(_case(case)) for case in rule.invalid),
        "Accepted:\n" + "\n".join(_indented(_case(case)) for case in rule.valid),
        "References:\n" + "\n".join(f"  {reference}" for reference in rule.references),
    ]
    return "\n\n".join(parts) + "\n"


def markdown(rule: Rule) -> str:
    """Return what the rule finds, why, and its first cases, as Markdown."""
    return (
        f"{rule.summary}\n\n{rule.why.strip()}\n\n"
        + (f"Fix: {_fix(rule.fix)}\n\n" if rule.fix else "")
        + f"Refused:\n\n{_block(_case(rule.invalid[0]))}\n\nAccepted:\n\n{_block(_case(rule.valid[0]))}\n\n"
        "References: " + ", ".join(f"<{reference}>" for reference in rule.references)
    )


def as_object(rule: Rule) -> dict[str, Any]:
    """Return the rule as its file has it."""
    return {**rule._asdict(), "topic": rule.topic, "severity": rule.severity.value}


def line(rule_code: str, name: str, severity: str) -> str:
    """Return the entry of a rule in a list."""
    return f"{rule_code}  {severity:<7}  {name}"


def _fix(fix: dict[str, Any]) -> str:
    """Say what a fix does, and how far it is to be trusted."""
    action, what = next((key, value) for key, value in fix.items() if key != "safety")
    done = {
        "remove": "it is removed",
        "set": "the value becomes {what}",
        "rename": "the name becomes {what}",
        "append": "{what} is added at the end",
        "quote": "in YAML, what is written is put in quotes where a text is expected",
    }[action]
    words = {"{nearest}": "the nearest valid one", "{cut}": "what its limit allows"}
    said = done.format(what=words.get(what, what))
    if what == "{nearest}":
        return f"{said}; safe where it differs in nothing but case, hyphens and underscores, else unsafe."
    return f"{said}; {fix['safety']}."


def _case(case: dict[str, Any]) -> str:
    if "payload" not in case:
        return "a file that cannot be opened"
    payload = str(case["payload"]).strip()
    notes = [f"in {case['encoding']}"] if "encoding" in case else []
    notes += [f"and {case['padding']:,} blanks"] if "padding" in case else []
    shown = payload if len(payload) <= 600 else f"{payload[:600]} …"
    return "\n".join([shown, *notes])


def _indented(block: str) -> str:
    return "\n".join(f"  {part}" for part in block.splitlines())


def _block(payload: str) -> str:
    return f"```{'json' if payload[:1] in '{[' else 'yaml'}\n{payload}\n```"
