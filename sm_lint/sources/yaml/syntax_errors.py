"""Explanations of YAML syntax errors: position, cause and remedy.

If the intent is unambiguous, an error comes with a repaired text of the same length.
"""

import re
from typing import Any

from sm_lint.sources.reading import ParseError, Problem

_LINE_END = re.compile(r"[ \t]*(?=[\r\n]|\Z)")
_REST_OF_LINE = re.compile(r"[^\r\n]*")
_WORD = re.compile(r"[^\s,\[\]{}:#]+|\S")
_VERSION = re.compile(r"^%YAML\b[ \t]*([^\s#]*)", re.MULTILINE)
_PERCENT = re.compile(r"^%[^\r\n]*", re.MULTILINE)
_MAX_KEY = 1024
"""The maximum length of a key in code points: ruamel.yaml does not look further for the colon."""


def parse_error(text: str, error: Exception) -> ParseError:
    """Return the syntax error that made ruamel.yaml raise `error` before it had composed a document."""
    version = _VERSION.search(text)
    if version and version[1] not in ("1.1", "1.2") and re.match(r"\d+\.\d+\Z", version[1]):
        start, end = version.span(1)
        problem = Problem("yaml-version", start, end, parameters={"found": version[1]})
        return ParseError(problem, text[: version.start()] + "#" + text[version.start() + 1 :])
    if hasattr(error, "character"):
        return _character(text, error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return ParseError(_problem(0, 0, f"{type(error).__name__}: {error}", "Check that this is a YAML file."))
    at = min(mark.index, len(text))
    context = getattr(error, "context_mark", None)
    since = min(context.index, at) if context else at
    cause = str(getattr(error, "problem", ""))
    if text[at : at + 1] == "\t" and "cannot start any token" in cause:
        return _tab(text, at)
    for words, explain in _EXPLANATIONS:
        if words in cause:
            found: ParseError = explain(text, since, at)
            return found
    return ParseError(_problem(at, _word_end(text, at), _reworded(cause), _QUOTES))


_QUOTES = "Put text with special characters in quotes."


def _problem(start: int, end: int, found: str, advice: str, kind: str = "yaml-syntax") -> Problem:
    return Problem(kind, start, max(start, end), parameters={"found": found, "advice": advice})


def _word_end(text: str, at: int) -> int:
    word = _WORD.match(text, at)
    return word.end() if word else at


def _line_end(text: str, at: int) -> int:
    rest = _REST_OF_LINE.match(text, at)
    return at + len(rest[0].rstrip(" \t")) if rest else at


def _replaced(text: str, at: int, character: str) -> str:
    return text[:at] + character + text[at + 1 :]


def _reworded(problem: str) -> str:
    """Return a message of ruamel.yaml without its token names."""
    wanted = re.sub(r"<([\w ]+)>", r"\1", problem.partition(", but found")[0]).replace("' '", "a space")
    return re.sub(r"'([^']+)'", r"`\1`", wanted).strip() or "ruamel.yaml cannot parse the file"


def _character(text: str, error: Any) -> ParseError:
    at = error.position
    code = ord(error.character) if isinstance(error.character, str) else int(error.character)
    problem = _problem(
        at, at + 1, f"invalid character U+{code:04X}",
        'Remove it, or write it as an escape in double quotes, such as `"\\x1b"`.',
    )  # fmt: skip
    return ParseError(problem, _replaced(text, at, "\ufffd"), at)


def _tab(text: str, at: int) -> ParseError:
    """Explain a tab. One that may be indentation is not repaired, because the nesting would be a guess."""
    line_start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    rest = _LINE_END.match(text, at)
    indents = not text[line_start:at].strip() and rest is None
    before = text[:at].rstrip(" \t")[-1:]
    where = (
        "in the indentation" if indents
        else "on an otherwise empty line" if not text[line_start:at].strip()
        else "at the end of a line" if rest
        else "after a colon" if before == ":"
        else "after a dash" if before == "-"
        else "outside quotes"
    )  # fmt: skip
    tabs = re.compile("\t+").match(text, at)
    end = tabs.end() if tabs else at + 1
    nested = indents or (before in ":-" and not rest and ":" in text[end : _line_end(text, end)])
    is_guess = where == "outside quotes"  # a blank may stand for it, or what it separates may be two values
    spaces = " " * (end - at)
    correction = None if nested or is_guess else (at, end, spaces)
    problem = Problem("yaml-tab", at, end, parameters={"found": where}, correction=correction)
    return ParseError(problem, None if nested else text[:at] + spaces + text[end:], at if is_guess else None)


def _start_of_value(text: str, _since: int, at: int) -> ParseError:
    found = f"a value cannot begin with `{text[at : at + 1]}`"
    problem = _problem(at, at + 1, found, "Put the value in quotes.")
    return ParseError(problem, _replaced(text, at, "x"), at)


def _colon(text: str, _since: int, at: int) -> ParseError:
    line_start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    key = text[line_start:at]
    if len(key) > _MAX_KEY:
        start = line_start + len(key) - len(key.lstrip())
        parameters = {"length": f"{len(key.strip()):,}", "limit": f"{_MAX_KEY:,}"}
        return ParseError(Problem("yaml-long-key", start, at, parameters=parameters))
    advice = "Put a value that contains a colon in quotes."
    if not re.search(r":\s", key):
        advice = "Indent all keys of a mapping alike, and put a value that contains a colon in quotes."
    return ParseError(_problem(at, at + 1, "unexpected colon", advice))


def _no_colon(text: str, since: int, at: int) -> ParseError:
    end = _line_end(text, since)
    if end - since > _MAX_KEY and re.search(r":(?:\s|\Z)", text[since : end + 1]):
        parameters = {"length": f"{at - since:,}", "limit": f"{_MAX_KEY:,}"}
        return ParseError(Problem("yaml-long-key", since, end, parameters=parameters))
    advice = "Write `key: value`, and indent further lines of a value deeper than its key."
    return ParseError(_problem(since, end, "line without a colon", advice))


def _open_quote(text: str, since: int, _at: int) -> ParseError:
    quote = text[since : since + 1]
    problem = _problem(since, _line_end(text, since), "missing closing quote", f"Close the text with `{quote}`.")
    return ParseError(problem)


def _escape(text: str, since: int, at: int) -> ParseError:
    start = text.rfind("\\", since, at + 1)
    end = min(start + 2, len(text))
    found = f"invalid escape `{text[start:end]}` in double quotes"
    problem = _problem(start, end, found, "Write `\\\\` for a backslash, or use single quotes, which have no escapes.")
    return ParseError(problem, _replaced(text, start, "x"), since)


def _flow(text: str, since: int, at: int) -> ParseError:
    opening = text[since : since + 1]
    closing = {"[": "`]`", "{": "`}`"}.get(opening, "a closing bracket")
    if not text[at:].strip():
        return ParseError(_problem(since, since + 1, f"missing {closing} for `{opening}`", f"Add {closing}."))
    found = f"expected a comma or {closing}, found `{text[at : _word_end(text, at)]}`"
    return ParseError(_problem(at, _word_end(text, at), found, "Check for a missing comma or bracket before it."))


def _block(text: str, _since: int, at: int) -> ParseError:
    line_start = max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1
    if not text[line_start:at].strip():
        found = "inconsistent indentation"
        return ParseError(
            _problem(at, _word_end(text, at), found, "Begin all members of an object in the same column.")
        )
    found = f"unexpected `{text[at : _word_end(text, at)]}` after the end of a value"
    return ParseError(_problem(at, _word_end(text, at), found, "Put the whole value in one pair of quotes."))


def _dash(_text: str, _since: int, at: int) -> ParseError:
    return ParseError(_problem(at, at + 1, "unexpected list item", "Begin the list on a line of its own."))


def _no_value(text: str, _since: int, at: int) -> ParseError:
    here = text[at : _word_end(text, at)]
    found = f"expected a value, found `{here}`" if here else "expected a value, found the end of the file"
    return ParseError(_problem(at, _word_end(text, at), found, _QUOTES))


def _second_document(text: str, _since: int, at: int) -> ParseError:
    return ParseError(Problem("yaml-multiple-documents", at, _word_end(text, at)))


def _tag(text: str, since: int, at: int) -> ParseError:
    end = _word_end(text, since)
    return ParseError(Problem("yaml-tag", since, max(end, at), parameters={"found": text[since : max(end, at)]}))


def _header(text: str, _since: int, at: int) -> ParseError:
    found = "unexpected text after the `|` or `>` of a block"
    return ParseError(_problem(at, _line_end(text, at), found, "Begin the text of the block on the next line."))


def _directive(text: str, _since: int, at: int) -> ParseError:
    lines = [line for line in _PERCENT.finditer(text) if line.start() <= at]
    if not lines:
        return _no_value(text, at, at)
    found = "a line cannot begin with `%`, except for directives before `---`"
    return ParseError(_problem(*lines[-1].span(), found, _QUOTES))


_EXPLANATIONS = (
    ("cannot start any token", _start_of_value),
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _no_colon),
    ("unexpected end of stream", _open_quote),
    ("unexpected document separator", _open_quote),
    ("unknown escape character", _escape),
    ("expected escape sequence", _escape),
    ("expected ',' or", _flow),
    ("expected <block end>", _block),
    ("sequence entries are not allowed", _dash),
    ("expected the node content", _no_value),
    ("but found another document", _second_document),
    ("found undefined tag handle", _tag),
    ("expected '!'", _tag),
    ("expected URI", _tag),
    ("chomping or indentation indicators", _header),
    ("a comment or a line break", _header),
    ("expected a digit", _directive),
    ("<document start>", _directive),
    ("mapping keys are not allowed", _no_value),
)
"""A part of each message of ruamel.yaml (0.18.6 to 0.19.1), and the function that explains it."""
