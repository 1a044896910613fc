"""Explanations of JSON syntax errors: position, cause and remedy.

If the intent is unambiguous, an error comes with a repaired text of the same length.
"""

import re
from json import JSONDecodeError

from sm_lint.model.escape import as_json
from sm_lint.sources.json.tokens import tokens
from sm_lint.sources.limits import MAX_DIGITS
from sm_lint.sources.reading import Correction, ParseError, Problem

Range = tuple[int, int]

_WHITESPACE = " \t\r\n"
_WORD = re.compile(r"[^\s{}\[\],:\"']+")
COMMENT = re.compile(r"(?:#|//)[^\r\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_IN_SINGLE_QUOTES = re.compile(r"'[^'\\\r\n]*(?:\\.[^'\\\r\n]*){0,1000}'")  # a turn takes a hundred bytes of memory
_REST_OF_LINE = re.compile(r"[ \t]*(?:\r\n|[\r\n]|\Z)")
_LITERALS = {"True": "true", "False": "false", "None": "null"}
_NUMBER = re.compile(r"[-+]?(?:0[xob][0-9A-Fa-f]+|\d*\.?\d*(?:[eE][-+]?\d+)?)\Z")
_IN_A_STRING = ("Unterminated string", "Invalid control character", "Invalid \\")
_NO_QUOTE = ("a string without its closing quote", 'Close the string with `"`.')
_NEXT_MEMBER = re.compile(r'[\r\n]\s*(?:"[^"\\\r\n]*"[ \t]*:|[}\]])')
_CURLY = "\u201c\u201d\u2018\u2019"


def parse_error(text: str, error: ValueError) -> ParseError:
    """Return the syntax error that made json.loads raise `error`.

    It is derived from the text as far as possible: messages and positions of JSONDecodeError differ between versions of
    Python.
    """
    if not isinstance(error, JSONDecodeError):
        return _digits(text)
    at = error.pos
    if not text.strip(_WHITESPACE):
        return _error_at((0, 0), "an empty file", "Write one JSON object.")
    if error.msg.startswith(_IN_A_STRING):
        return _in_string(text, at, error.msg)
    comma = _trailing_comma(text, at)
    if comma is not None:
        return ParseError(trailing_comma(comma), _covered(text, comma, comma + 1))
    if at >= len(text.rstrip(_WHITESPACE)):
        end = len(text.rstrip(_WHITESPACE))
        return _error_at((end, end), "the end of the file inside a value", "Add the missing bracket, brace or value.")
    found = comment_at(text, at)
    if found:
        return ParseError(comment(text, *found.span()), _covered(text, *found.span()))
    if text[at] == "'":
        return _single_quotes(text, at)
    if error.msg.startswith("Extra data"):
        repaired = _covered(text, at, len(text)) if text[at] in "{[" else None
        advice = "Remove it: a file contains one JSON object and nothing else."
        return _error_at((at, _word_end(text, at)), "text after the end of the value", advice, repaired)
    return _unexpected(text, at, error.msg)


def comment_at(text: str, at: int) -> re.Match[str] | None:
    """Return the comment at an offset; None if there is none, or if it may be the rest of a string."""
    return None if text[at - 1 : at] == '"' else COMMENT.match(text, at)


def trailing_comma(at: int) -> Problem:
    """Return the problem of a comma before a closing bracket, with its correction."""
    advice = "Remove it: JSON allows a comma only between two items."
    return _problem((at, at + 1), "a trailing comma", advice, (at, at + 1, ""))


def comment(text: str, start: int, end: int) -> Problem:
    """Return the problem of a comment, with its correction, which leaves no blanks at the end of a line."""
    advice = "Remove it, or write the file in YAML: JSON has no comments."
    before = _blanks_before(text, start)
    rest = _REST_OF_LINE.match(text, end)
    is_alone = rest is not None and text[before - 1 : before] in ("", "\n", "\r")
    correction = (start, end, " ") if rest is None else (before, rest.end() if is_alone else end, "")
    is_closed = text.startswith(("#", "//"), start) or text.endswith("*/", start + 2, end)
    return _problem((start, end), "a comment", advice, correction if is_closed else None)


def _blanks_before(text: str, at: int) -> int:
    while text[at - 1 : at] in (" ", "\t"):
        at -= 1
    return at


def _problem(place: Range, found: str, advice: str, correction: Correction | None = None) -> Problem:
    return Problem("json-syntax", *place, parameters={"found": found, "advice": advice}, correction=correction)


def _error_at(
    place: Range, found: str, advice: str, repaired: str | None = None, unknown_at: int | None = None
) -> ParseError:
    return ParseError(_problem(place, found, advice), repaired, unknown_at)


def _covered(text: str, start: int, end: int, with_: str = "") -> str:
    """Return the text with a range replaced by `with_`, padded with spaces to the same length; line breaks stay."""
    stretch = re.sub(r"[^\r\n]", " ", text[start + len(with_) : end])
    return text[:start] + with_ + stretch + text[end:]


def _word_end(text: str, at: int) -> int:
    word = _WORD.match(text, at)
    return word.end() if word else at + 1


def _digits(text: str) -> ParseError:
    """Explain an integer with too many digits, which int() and so the CLI refuse."""
    for number, start, end, _ in tokens(text):
        digits = number.lstrip("-") if end - start > MAX_DIGITS else ""
        if digits.isdigit():
            repaired = _covered(text, start, end, "0")
            advice = "Write an integer with at most 4,300 digits: Python cannot read a longer one."
            return _error_at((start, end), f"an integer with {len(digits):,} digits", advice, repaired, start)
    return _error_at((0, 0), "a value that Python cannot read", "Check that this is JSON.")


def _in_string(text: str, at: int, message: str) -> ParseError:
    if text[at] in "\r\n":
        token = next(token for token in tokens(text) if token.end > at)
        is_value = text[: token.start].rstrip(_WHITESPACE).endswith((":", ",", "["))
        is_opening = text[token.start : at].rstrip(_WHITESPACE).endswith(("{", "["))
        if is_value and not is_opening and _NEXT_MEMBER.match(text, at):
            return _without_quote(text, token.start, at)
        if not is_value:
            return _error_at((at, at + 1), "a line break inside a string", "Remove it, or close the string before it.")
        if token.is_open:
            return _in_string(text, token.start, "Unterminated string")
    if message.startswith("Unterminated"):
        line = re.split("[\r\n]", text[at:], maxsplit=1)[0].rstrip()
        return _error_at((at, at + max(len(line), 1)), *_NO_QUOTE)
    if message.startswith("Invalid \\"):
        start = text.rfind("\\", 0, at + 1)
        advice = 'Write `\\\\` for a backslash. The escapes are `\\" \\\\ \\/ \\b \\f \\n \\r \\t` and `\\uXXXX`.'
        repaired = text[:start] + "x" + text[start + 1 :]
        end = min(start + 2, len(text))
        return _error_at((start, end), f"the invalid escape `{text[start:end]}`", advice, repaired, start)
    code = ord(text[at])
    name = {"\n": "a line break", "\r": "a line break", "\t": "a tab"}.get(
        text[at], f"the control character U+{code:04X}"
    )
    escape = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(text[at], f"\\u{code:04x}")
    repaired = text[:at] + " " + text[at + 1 :]
    correction = (at, at + 1, escape) if text[at] == "\t" else None
    advice = f"Remove it, or write it as the escape `{escape}`."
    return ParseError(_problem((at, at + 1), f"{name} inside a string", advice, correction), repaired, at)


def _without_quote(text: str, start: int, line_end: int) -> ParseError:
    """Explain a string that ends with its line, because the next line begins with a member or a closing bracket."""
    content = text[start:line_end].rstrip(_WHITESPACE)
    if content.endswith(","):
        closed = f'{content[:-1]}",'
        rest = " " * (line_end - start - len(content)) + text[line_end + 1 :]
        repaired = text[:start] + closed + rest
    else:
        repaired = f'{text[:line_end]}"{text[line_end + 1 :]}'
    return _error_at((start, start + len(content)), *_NO_QUOTE, repaired, start)


def _trailing_comma(text: str, at: int) -> int | None:
    before = len(text[:at].rstrip(_WHITESPACE)) - 1
    here = text[at : at + 1]
    if here in ("}", "]", "") and text[before : before + 1] == ",":
        return before
    if here == "," and text[at + 1 :].lstrip(_WHITESPACE)[:1] in ("}", "]", ""):
        return at
    return None


def _single_quotes(text: str, at: int) -> ParseError:
    match = _IN_SINGLE_QUOTES.match(text, at)
    if not match:
        return _error_at((at, at + 1), "a single quote", 'Use double quotes (`"`).')
    inner = match[0][1:-1]
    plain = inner.replace('"', "'").replace("\\'", "''")
    repaired = f'{text[:at]}"{plain}"{text[match.end() :]}'
    is_certain = plain == inner
    advice = f"Use double quotes: `{as_json(_cut(inner))}`."
    correction = (at, match.end(), f'"{plain}"') if is_certain else None
    problem = _problem((at, match.end()), "a single quote", advice, correction)
    return ParseError(problem, repaired, None if is_certain else at)


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _unexpected(text: str, at: int, message: str) -> ParseError:
    end = _word_end(text, at)
    word = _cut(text[at:end])
    if text[at] in _CURLY:
        return _error_at((at, at + 1), "a typographic quote", 'Use straight double quotes (`"`).')
    if message.startswith("Expecting property name"):
        advice = "Remove it." if word == "," else "Put the member name in double quotes."
        return _error_at((at, end), f"`{word}` where a member name is expected", advice)
    if message.startswith("Expecting ':'"):
        return _error_at(
            (at, end), f"`{word}` where a colon is expected", "Write a colon between a member name and its value."
        )
    if message.startswith("Expecting ','"):
        return _no_comma(text, at, end)
    if text[at] == ",":
        repaired = _covered(text, at, at + 1)
        return _error_at(
            (at, end), "a comma where a value is expected", "Remove it, or write the value before it.", repaired
        )
    if text[at:end] in _LITERALS:
        literal = _LITERALS[text[at:end]]
        is_certain = literal != "null"
        repaired = _covered(text, at, end, literal)
        advice = f"Write `{literal}`." if is_certain else "Remove it, or write a value instead."
        correction = (at, end, literal) if is_certain else None
        problem = _problem((at, end), f"`{word}` where a value is expected", advice, correction)
        return ParseError(problem, repaired, None if is_certain else at)
    advice = (
        "Write one JSON object, in braces." if not text[:at].strip(_WHITESPACE)
        else "Write a value before it." if text[at] in "}]"
        else "Remove it." if text[at] == ":"
        else "Write a plain decimal number, such as `12` or `0.5`." if _NUMBER.match(text[at:end])
        else "Put text in double quotes."
    )  # fmt: skip
    follows = text[end:].lstrip(_WHITESPACE)[:1]
    covered = _covered(text, at, end, "0") if text[at] not in "{}[]:" and follows in (",", "}", "]") else None
    return _error_at((at, end), f"`{word}` where a value is expected", advice, covered, at)


def _no_comma(text: str, at: int, end: int) -> ParseError:
    """Explain a missing comma. It is repaired only at a line break: elsewhere a stray quote may be the cause.

    If the new line is indented more deeply, an opening bracket may be missing.
    """
    start = at
    while start and text[start - 1] not in _WHITESPACE + ',:[]{}"':
        start -= 1
    if re.match(r"-?0\d", text[start:end]):
        return _error_at(
            (start, end), "a number with a leading zero", "Remove the zero, or put the text in double quotes."
        )
    gap = text[len(text[:at].rstrip(_WHITESPACE)) : at]
    before = at - len(gap)
    line = max(text.rfind("\n", 0, before), text.rfind("\r", 0, before)) + 1
    outer = len(text[line:at]) - len(text[line:at].lstrip(" \t"))
    inner = len(gap) - max(gap.rfind("\n"), gap.rfind("\r")) - 1
    is_sane = ("\n" in gap or "\r" in gap) and min(outer, 1) <= inner <= outer and text[at] in '"{[-0123456789tfn'
    repaired = text[: at - 1] + "," + text[at:] if is_sane else None
    found = f"`{_cut(text[at:end])}` where a comma or a closing bracket is expected"
    advice = "Check for a missing comma, bracket or quote before it."
    correction = (before, before, ",") if is_sane else None
    return ParseError(_problem((at, end), found, advice, correction), repaired)
