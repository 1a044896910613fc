"""A rule as people read it: plain text for a terminal, Markdown for pages, JSON for programs."""

import json
from collections.abc import Iterable, Iterator
from textwrap import fill, indent
from typing import Any

from sm_lint.escape import visible
from sm_lint.rules import Rule, as_tuple

_WIDTH = 88
_REFUSED, _ACCEPTED = 6, 4
"""So many cases are shown; the file of the rule has all."""
_LINES, _COLUMNS = 24, 240
"""A longer payload is cut."""

_TOPICS = {
    "reading": "Reading: can the CLI read the file?",
    "shape": "Shape: members, types, values and bounds of the API",
    "identity": "Identity: a version of a group, or a package with a name of its own",
    "containers": "Containers: images, environments, instance types",
    "model-data": "Model data: where the model comes from, and in which form",
    "validation": "Validation: the transform jobs that test the package",
    "text": "Text: tags, metadata and descriptions",
    "embedded": "Embedded JSON: the model card, and the configuration of the input",
    "keys": "Keys: encryption, regions and accounts",
    "sm-lint": "sm-lint: its own configuration and suppressions",
    "own": "Rules of your own",
}
_SEVERITIES = {
    "error": "the request is refused, or AWS's page forbids it and no accepted request is known",
    "warning": "AWS advises against it and may accept it, or it is probably a mistake",
    "info": "advice, reported only where it is selected",
}
_EVIDENCE = {
    "model": "AWS's own model of the API states it",
    "documented": "AWS's documentation states it",
    "observed": "it was seen, as quoted here",
    "advice": "nothing is documented; experience speaks for it",
}


def text(rule: Rule) -> str:
    """Return the page of a rule as plain text, with what is reported for its cases."""
    parts = [f"{rule.code} {rule.name}\n{'=' * len(f'{rule.code} {rule.name}')}"]
    parts += [fill(rule.summary, _WIDTH), _paragraphs(rule.why), "\n".join(_facts(rule))]
    parts += ["REFUSED", *(indent(frame, "  ") for frame in _refused(rule)), *_more(rule, "invalid", _REFUSED)]
    parts += ["ACCEPTED", *(indent(block, "  ") for block in _accepted(rule)), *_more(rule, "valid", _ACCEPTED)]
    parts += ["REFERENCES", "\n".join(f"  {reference}" for reference in rule.references)]
    return "\n\n".join(parts) + "\n"


def reference(found: Iterable[Rule]) -> str:
    """Return the pages of many rules as one text, under the headings of their topics."""
    parts = []
    topic = None
    for rule in found:
        if rule.topic != topic:
            topic = rule.topic
            parts.append(f"{'━' * _WIDTH}\n{_TOPICS[topic]}\n{'━' * _WIDTH}\n")
        parts.append(text(rule))
    return "\n\n".join(parts)


def plain(rule: Rule) -> str:
    """Return what the rule finds and why as plain text: short, for the results of a run."""
    fix = [f"Fix: {_fix(rule.fix)}"] if rule.fix else []
    references = "References:\n" + "\n".join(f"  {reference}" for reference in rule.references)
    return "\n\n".join([rule.summary, rule.why.strip(), *fix, references]) + "\n"


def markdown(rule: Rule) -> str:
    """Return what the rule finds, why, and its first cases, as Markdown: short, for the results of a run."""
    return (
        f"{rule.summary}\n\n{rule.why.strip()}\n\n"
        + (f"Fix: {_fix(rule.fix)}\n\n" if rule.fix else "")
        + f"Refused:\n\n{_block(_case(rule.invalid[0]))}\n\nAccepted:\n\n{_block(_case(rule.valid[0]))}\n\n"
        "References: " + ", ".join(f"<{reference}>" for reference in rule.references)
    )


def page(rule: Rule) -> str:
    """Return the page of a rule as Markdown, with what is reported for its cases."""
    parts = [f"# {rule.code} {rule.name}", rule.summary, rule.why.strip(), "\n".join(f"- {f}" for f in _facts(rule))]
    parts += ["## Refused", *(f"```text\n{frame}\n```" for frame in _refused(rule))]
    parts += [*_more(rule, "invalid", _REFUSED), "## Accepted", *(_block(block) for block in _accepted(rule))]
    parts += [*_more(rule, "valid", _ACCEPTED), "## References"]
    return "\n\n".join([*parts, "\n".join(f"- <{reference}>" for reference in rule.references)]) + "\n"


def index(found: Iterable[Rule]) -> str:
    """Return the contents of the pages as Markdown, a table a topic."""
    parts = ["# Rules\n\nGenerated from the files in `rules/`; `sm-lint rule CODE` prints the same pages."]
    by_topic: dict[str, list[Rule]] = {}
    for rule in found:
        by_topic.setdefault(rule.topic, []).append(rule)
    for topic, rules in by_topic.items():
        rows = [f"| [{r.code}]({r.code}.md) | {r.name} | {r.severity.value} | {_cell(r.summary)} |" for r in rules]
        head = f"## {_TOPICS[topic]}\n\nSelected by `{topic}` or `{rules[0].code[:3]}`.\n\n"
        parts.append(head + "| code | name | severity | what it finds |\n| --- | --- | --- | --- |\n" + "\n".join(rows))
    return "\n\n".join(parts) + "\n"


def as_object(rule: Rule) -> dict[str, Any]:
    """Return the rule as its file has it."""
    return {**rule._asdict(), "topic": rule.topic, "severity": rule.severity.value}


def line(rule_code: str, name: str, severity: str) -> str:
    """Return the entry of a rule in a list."""
    return f"{rule_code}  {severity:<7}  {name}"


def _paragraphs(prose: str) -> str:
    return "\n\n".join(fill(" ".join(part.split()), _WIDTH) for part in prose.strip().split("\n\n"))


def _facts(rule: Rule) -> Iterator[str]:
    """Yield what else is to be known of a rule, a line each."""
    yield f"Severity: {rule.severity.value} ({_SEVERITIES[rule.severity.value]})"
    yield f"Evidence: {rule.evidence} ({_EVIDENCE[rule.evidence]})"
    places = _places(rule)
    if places:
        yield f"Where: {', '.join(places[:4])}{f' and {len(places) - 4} more places' * (len(places) > 4)}"
    if rule.fix:
        yield f"Fix: {_fix(rule.fix)}"
    yield f"Topic: {rule.topic}, since {rule.since}"


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


def _places(rule: Rule) -> list[str]:
    """Return where in a request the shapes of a rule occur."""
    from sm_lint.shapes import places

    members = as_tuple(rule.condition.get("member"))
    found = [path for shape in as_tuple(rule.condition.get("shape")) for path in places()[shape]]
    ends = [path for path in found if not members or path.rstrip("/*").rsplit("/", 1)[-1] in members]
    return [path or "the request" for path in dict.fromkeys(ends)]


def _refused(rule: Rule) -> Iterator[str]:
    """Yield what a run reports for the invalid cases, one case for each message first."""
    frames: dict[str, str] = {}
    for case in rule.invalid[: 3 * _REFUSED]:
        message, frame = _frame(rule, case)
        frames.setdefault(message, frame)
    yield from list(frames.values())[:_REFUSED]


def _frame(rule: Rule, case: dict[str, Any]) -> tuple[str, str]:
    """Return the first message for a case, and its report as `full` renders it."""
    from sm_lint import cases
    from sm_lint.report import full
    from sm_lint.run import Report

    shown = _readable(rule, case)
    document = cases.read(shown)
    diagnostic = next(d for d in cases.lint(shown, extend_select=(rule.code,)) if d.code == rule.code)
    report = Report(
        diagnostics=(diagnostic,), documents={document.name: document},
        files=1, omitted=0, failures=(), settings=(), failed=False,
    )  # fmt: skip
    lines = [line.rstrip() for line in full.render(report, quiet=True).rstrip().splitlines()]
    kept = [line for line in lines if " = rule: " not in line]
    return diagnostic.message, "\n".join([*kept, *_configured(case)])


def _configured(case: dict[str, Any]) -> list[str]:
    """Return the configuration under which a case holds, a line a key."""
    return [f"configured: {key} = {json.dumps(value)}" for key, value in case.get("config", {}).items()]


def _accepted(rule: Rule) -> Iterator[str]:
    for case in rule.valid[:_ACCEPTED]:
        yield _case(_readable(rule, case))


def _more(rule: Rule, kind: str, shown: int) -> Iterator[str]:
    if len(getattr(rule, kind)) > shown:
        yield f"More cases are in the rule's file, {rule.code}-{rule.name}.toml."


def _readable(rule: Rule, case: dict[str, Any]) -> dict[str, Any]:
    """Return a case with a member of its JSON a line, where the rule is not about the text itself."""
    payload = case.get("payload", "")
    if rule.condition.get("check") == "reading" or not payload.startswith("{"):
        return case
    return {**case, "payload": json.dumps(json.loads(payload), indent=2, ensure_ascii=False) + "\n"}


def _case(case: dict[str, Any]) -> str:
    if "payload" not in case:
        return "a file that cannot be opened"
    lines = [visible(part) for part in str(case["payload"]).strip("\n").split("\n")]
    cut = [part if len(part) <= _COLUMNS else f"{part[:_COLUMNS]}…" for part in lines[:_LINES]]
    notes = ["…"] if len(lines) > _LINES else []
    notes += [f"in {case['encoding']}"] if "encoding" in case else []
    notes += [f"and {case['padding']:,} blanks"] if "padding" in case else []
    return "\n".join([*cut, *notes, *_configured(case)])


def _cell(words: str) -> str:
    return words.replace("|", "\\|")


def _block(payload: str) -> str:
    return f"```{'json' if payload[:1] in '{[' else 'yaml'}\n{payload}\n```"
