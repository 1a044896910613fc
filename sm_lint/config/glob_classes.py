"""Classes such as `[a-z]` in patterns of .gitignore, as git reads them.

pathspec takes a class for one of a regular expression. Git has escapes and names in it, and lets none match a slash. So
each class is replaced by a character for private use before pathspec translates the pattern, and put back afterwards.
"""

import re
from collections.abc import Callable, Iterator

_TOKEN = re.compile(r"\\(.)|\[\^/\]|(.)", re.DOTALL)
_SYNTAX = frozenset("^$\\.*+?()[]{}|/")
_FIRST = 0xF000
"""The first character that stands for a class. Patterns of bytes use those from U+E080 to U+E0FF."""
_MOST = 0x800
_BYTES = [chr(code) for code in (*range(1, 128), *range(0xE080, 0xE100)) if chr(code) != "/"]
_NAMED: dict[str, Callable[[str], bool]] = {
    "alnum": str.isalnum,
    "alpha": str.isalpha,
    "blank": lambda c: c in " \t",
    "cntrl": lambda c: c < " " or c == "\x7f",
    "digit": str.isdigit,
    "graph": lambda c: "!" <= c <= "~",
    "lower": str.islower,
    "print": lambda c: " " <= c <= "~",
    "punct": lambda c: "!" <= c <= "~" and not c.isalnum(),
    "space": lambda c: c in " \t\n\v\f\r",
    "upper": str.isupper,
    "xdigit": lambda c: c in "0123456789abcdefABCDEF",
}
_NAME = re.compile(r"\[:([^\]]*):\]")


def without_classes(pattern: str) -> tuple[str, list[str]]:
    """Return a pattern in which a character stands for each class, and the classes as regular expressions.

    A character also stands for whitespace other than blanks, which pathspec would strip. Raises ValueError if a class
    is not closed, has an unknown name or matches nothing: git ignores such a pattern.
    """
    pattern = re.sub(r"\*{3,}", "**", pattern)
    pattern = re.sub(r"/\*\*/$", "/**/*/", pattern)  # folders inside, but for pathspec also the outer one
    parts, classes = [], []
    at = 0
    is_anchored = False
    while at < len(pattern):
        character = pattern[at]
        at += 1
        if character == "\\" and at < len(pattern):
            parts.append(pattern[at - 1 : at + 1])
            at += 1
            continue
        if character == "[":
            accepted, end = _class(pattern, at)
            classes.append(accepted)
            is_anchored = is_anchored or "/" in pattern[at:end]  # a slash anchors a pattern, wherever it stands
            at = end
        elif character.isspace() and character != " ":
            classes.append(re.escape(character) if character != "\t" else r"\t")
        else:
            parts.append(character)
            continue
        if len(classes) > _MOST:
            raise ValueError("too many classes")
        parts.append(chr(_FIRST + len(classes) - 1))
    plain = "".join(parts)
    if is_anchored:
        body = plain.removeprefix("!")
        plain = f"{plain[: len(plain) - len(body)]}/{body.removeprefix('/')}"
    return plain, classes


def _class(pattern: str, at: int) -> tuple[str, int]:
    """Return the regular expression of the class whose bracket is before `at`, and the offset after it."""
    is_negated = pattern[at : at + 1] in ("!", "^")
    start = at = at + is_negated
    accepted: set[str] = set()
    before = ""
    while True:
        character = pattern[at : at + 1]
        if not character:
            raise ValueError("a class is not closed")
        if character == "]" and at > start:
            break
        name = _NAME.match(pattern, at)
        if name and name[1] not in _NAMED:
            raise ValueError("a class has an unknown name")
        if name:
            accepted.update(c for c in _BYTES if c < "\x80" and _NAMED[name[1]](c))
            at, before = name.end(), ""
            continue
        is_range = character == "-" and before != "" and pattern[at + 1 : at + 2] not in ("", "]")
        at += is_range
        if pattern[at] == "\\":
            at += 1
        last = pattern[at : at + 1]
        accepted.update(c for c in _BYTES if (before <= c <= last if is_range else c == last))
        at, before = at + 1, "" if is_range else last
    chosen = [c for c in _BYTES if (c in accepted) != is_negated]
    if not chosen:
        raise ValueError("a class matches nothing")
    return f"[{''.join(_escaped(c) for c in chosen)}]", at + 1


def _escaped(character: str) -> str:
    return f"\\x{ord(character):02x}" if character < "\x80" else character


def portable(regex: str, classes: list[str]) -> Iterator[str]:
    """Yield the parts of a regular expression of pathspec as the engine takes them, with the classes put back."""
    for match in _TOKEN.finditer(regex):
        escaped, plain = match[1], match[2]
        character = escaped or plain
        if character and 0 <= ord(character) - _FIRST < len(classes):
            yield classes[ord(character) - _FIRST]
        elif escaped:
            yield match[0] if escaped in _SYNTAX else escaped
        else:
            yield r"[\s\S]" if plain == "." else match[0]
