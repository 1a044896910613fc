"""The scripts in the fenced blocks of a Markdown text.

Source: "Fenced code blocks" of CommonMark 0.31. What people write for what is to be filled in is unknown: `<name>`,
`...`, `{{ name }}`, a name between backticks, and the optional parts of a synopsis, `[--tags …]`.
"""

import re
from collections.abc import Iterator

from sm_lint.sources.shell.mapped import Builder, Mapped, whole

_OPEN = re.compile(r"^([ \t]*)(`{3,}|~{3,})[ \t]*\{?\.?([\w+-]*)([^`\n]*)\n", re.MULTILINE)
_LANGUAGES = frozenset(
    ("", "sh", "bash", "shell", "zsh", "console", "shell-session", "shellsession", "terminal", "shellscript")
)
_PROMPT = re.compile(
    r"^[ \t]*(?:\([\w.-]{1,80}\)[ \t]*)?(?:[\w.-]{1,80}@[\w.-]{1,80}(?::\S{0,80})?[ \t]?)?\$[ \t]+", re.MULTILINE
)
_UNKNOWN = re.compile(
    r"(?P<unknown>(?<!<)<[A-Za-z][^<>\"'`\n|;&$]*(?<![ \t])>|\.{3,}|\u2026|\{\{[^{}\n]*\}\}|(?<=')`[^`'\n]+`(?=')"
    r"|\[-[^\[\]\n]*(?:\[[^\[\]\n]*\][^\[\]\n]*)*\])"
)
_IN_SESSION = re.compile(rf"{_UNKNOWN.pattern}|^[ \t]*>[ \t]", re.MULTILINE)
_TYPOGRAPHIC = re.compile("[\u2018\u2019\u201c\u201d]")


def in_markdown(text: str) -> Iterator[Mapped]:
    """Yield the blocks that are shell scripts; of a session in a terminal, what is typed at each prompt."""
    source = whole(text)
    at = 0
    while fence := _OPEN.search(text, at):
        close = re.compile(rf"^[ \t]*{fence[2][0]}{{{len(fence[2])},}}[ \t]*\r?$", re.MULTILINE).search(
            text, fence.end()
        )
        if close is None:
            return
        at = close.end()
        if fence[3].lower() in _LANGUAGES and not _TYPOGRAPHIC.search(text, fence.end(), close.start()):
            yield from _scripts(source, fence.end(), close.start())


def _scripts(source: Mapped, start: int, end: int) -> Iterator[Mapped]:
    prompts = list(_PROMPT.finditer(source.text, start, end))
    if not prompts:
        yield _decoded(source, start, end, _UNKNOWN)
        return
    limits = [*(prompt.start() for prompt in prompts[1:]), end]
    for prompt, limit in zip(prompts, limits, strict=True):
        yield _decoded(source, prompt.end(), limit, _IN_SESSION)


def _decoded(source: Mapped, start: int, end: int, marks: re.Pattern[str]) -> Mapped:
    """Return a script with what is to be filled in as unknown, and without the prompts of continued lines."""
    out = Builder(source)
    at = start
    for mark in marks.finditer(source.text, start, end):
        out.copy(at, mark.start())
        at = mark.end()
        if mark["unknown"]:
            out.unknown(mark.start(), at)
    out.copy(at, end)
    return out.mapped()
