"""Descriptions of a rule: short texts for reports, and the parts of its page."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sm_lint.model.escape import visible
from sm_lint.model.rule import Quote, Rule, action_of, as_tuple
from sm_lint.rules.shapes import places

_LINES, _COLUMNS = 24, 240
"""The maximum number of lines and columns of a request on a page. A longer one is truncated."""

HEADINGS = {
    "reading": "Reading: whether the AWS CLI can read the file",
    "shape": "Shape: the members, types, values and limits of the API",
    "identity": "Identity: versioned and unversioned model packages",
    "containers": "Containers: images, environments and instance types",
    "model-data": "Model data: where the model is stored, and in which form",
    "validation": "Validation: the transform jobs that validate the model package",
    "text": "Text: tags, metadata and descriptions",
    "embedded": "Embedded JSON: the model card and the input configuration",
    "keys": "Keys: encryption, regions and accounts",
    "sm-lint": "sm-lint: its own configuration and suppressions",
    "custom": "Custom rules",
}
_SEVERITIES = {
    "error": "the request is refused, or AWS's documentation forbids it and no accepted request is known",
    "warning": "AWS advises against it but may accept it, or it is probably a mistake",
    "info": "advice, reported only if selected",
}
_EVIDENCE = {
    "model": "AWS's model of the API states it",
    "documented": "AWS's documentation states it",
    "observed": "it was observed, as quoted here",
    "advice": "not documented, based on experience",
}


def plain(rule: Rule) -> str:
    """Return what the rule finds and why, as short plain text for reports."""
    parts = [rule.summary, rule.why.strip()]
    parts += [f'{quote.operation}: "{quote.text}"\n  {quote.source}' for quote in rule.quotes]
    parts += [f"Fix: {_fix(rule.fix)}"] if rule.fix else []
    parts += ["References:\n" + "\n".join(f"  {reference}" for reference in rule.references)] * bool(rule.references)
    return "\n\n".join(filter(None, parts)) + "\n"


def markdown(rule: Rule) -> str:
    """Return what the rule finds, why, and its first cases, as short Markdown for reports."""
    parts = [rule.summary, rule.why.strip(), *map(quoted, rule.quotes)]
    parts += [f"Fix: {_fix(rule.fix)}"] if rule.fix else []
    parts += [f"Refused:\n\n{block(case_text(rule.invalid[0]))}"]
    parts += [f"Accepted:\n\n{block(case_text(case))}" for case in rule.valid[:1]]
    parts += ["References: " + ", ".join(f"<{reference}>" for reference in rule.references)] * bool(rule.references)
    return "\n\n".join(filter(None, parts))


def index(found: Iterable[Rule]) -> str:
    """Return the index of the rule pages as Markdown, with one table per category."""
    parts = ["# Rules\n\nGenerated from the files in `rules/`; `sm-lint rule CODE` prints the same pages."]
    by_category: dict[str, list[Rule]] = {}
    for rule in found:
        by_category.setdefault(rule.category, []).append(rule)
    for category, rules in by_category.items():
        rows = [f"| [{r.code}]({r.code}.md) | {r.name} | {r.severity.value} | {_cell(r.summary)} |" for r in rules]
        head = f"## {HEADINGS[category]}\n\nSelected by `{category}` or `{rules[0].code[:3]}`.\n\n"
        parts.append(head + "| code | name | severity | what it finds |\n| --- | --- | --- | --- |\n" + "\n".join(rows))
    return "\n\n".join(parts) + "\n"


def as_object(rule: Rule) -> dict[str, Any]:
    """Return the rule as an object for JSON, with the keys of its file, and its category as `topic`."""
    quotes = [quote._asdict() for quote in rule.quotes]
    return {**rule._asdict(), "quotes": quotes, "topic": rule.category, "severity": rule.severity.value}


def line(rule: Rule, width: int) -> str:
    """Return the line of a rule in a list of rules whose names have up to `width` characters."""
    fix = "-" if rule.fix is None else "fix" if rule.fix["safety"] == "safe" else "unsafe fix"
    return f"{rule.code}  {rule.name:<{width}}  {rule.severity.value:<7}  {fix:<10}  {rule.summary}"


def details(rule: Rule) -> Iterator[str]:
    """Yield further facts about a rule, one line each."""
    yield f"Severity: {rule.severity.value} ({_SEVERITIES[rule.severity.value]})"
    yield f"Evidence: {rule.evidence} ({_EVIDENCE[rule.evidence]})"
    where = _where(rule)
    if where:
        yield f"Where: {', '.join(where[:4])}{f' and {len(where) - 4} more places' * (len(where) > 4)}"
    if rule.fix:
        yield f"Fix: {_fix(rule.fix)}"
    yield f"Category: {rule.category}, since {rule.since}"


def _fix(fix: dict[str, Any]) -> str:
    """Return a phrase that says what a fix does, and whether it is safe."""
    action, what = action_of(fix)
    done = {
        "remove": "removes it",
        "set": "changes the value to {what}",
        "rename": "changes the name to {what}",
        "append": "appends {what}",
        "quote": "quotes a number or a boolean where a string is expected, and takes the quotes off where one is",
    }[action]
    words = {"{nearest}": "the nearest valid one", "{cut}": "as much of it as the limit allows"}
    phrase = done.format(what=words.get(what, what))
    if what == "{corrected}":
        return f"corrects the text where it is certain what is meant; {fix['safety']}."
    if what == "{nearest}":
        return f"{phrase}; safe if only case, hyphens, underscores or spaces differ, otherwise unsafe."
    return f"{phrase}; {fix['safety']}."


def _where(rule: Rule) -> list[str]:
    """Return the paths in a request at which the shapes of a rule occur."""
    members = as_tuple(rule.condition.get("member"))
    found = [path for shape in as_tuple(rule.condition.get("shape")) for path in places()[shape]]
    ends = [path for path in found if not members or path.rstrip("/*").rsplit("/", 1)[-1] in members]
    return [path or "the request" for path in dict.fromkeys(ends)]


def configured(case: dict[str, Any]) -> list[str]:
    """Return the configuration of a case, one line per key."""
    # A date is the only value of TOML that JSON lacks.
    return [f"configured: {key} = {json.dumps(value, default=str)}" for key, value in case.get("config", {}).items()]


def readable(rule: Rule, case: dict[str, Any]) -> dict[str, Any]:
    """Return a case with its JSON indented, unless the rule is about the text itself, or the text is not JSON."""
    payload = case.get("payload", "")
    if rule.condition.get("check") == "reading" or not payload.startswith("{"):
        return case
    try:
        indented = json.dumps(json.loads(payload), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return case
    return {**case, "payload": f"{indented}\n"}


def case_text(case: dict[str, Any]) -> str:
    """Return a case as a page shows it, truncated if it is long."""
    if "payload" not in case:
        return "a file that cannot be opened"
    lines = [visible(part) for part in str(case["payload"]).strip("\n").split("\n")]
    cut = [part if len(part) <= _COLUMNS else f"{part[:_COLUMNS]}…" for part in lines[:_LINES]]
    notes = ["…"] if len(lines) > _LINES else []
    notes += [f"in {case['encoding']}"] if "encoding" in case else []
    notes += [f"and {case['padding']:,} spaces"] if "padding" in case else []
    return "\n".join([*cut, *notes, *configured(case)])


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def quoted(quote: Quote) -> str:
    """Return a quote as Markdown: a code block of one line, and below it who said it and where."""
    return f"```text\n{quote.text}\n```\n\n{quote.operation}: <{quote.source}>"


def block(payload: str) -> str:
    """Return a request as a Markdown code block."""
    return f"```{'json' if payload[:1] in '{[' else 'yaml'}\n{payload}\n```"
