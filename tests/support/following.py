"""Help, followed to the letter: the requests that come of doing what the help of a finding says.

Each row of `FORMS` is a form of words that leaves no choice but which of several ways to go, and does what it says.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.pointer import Pointer, steps_of
from tests.support.mistakes import replaced

NAMED = {
    "ACCOUNT": "210987654321", "REGION": "us-east-1", "REPOSITORY": "churn", "TAG": "1", "NAME": "churn", "HUB": "hub",
    "VERSION": "1.0.0",
}  # fmt: skip
"""What is filled in for the names in the form of a value."""
FILLED = rf"\b(?:{'|'.join(NAMED)})\b"
NAMES = re.compile(r"`([^`]+)`")


def steps(value: Any, text: str) -> Pointer:
    """Return the pointer of a JSON pointer into a value; what is not there has strings for its steps."""
    found: Pointer = ()
    for step in steps_of(text):
        found = (*found, int(step) if isinstance(value, list) else step)
        value = value[int(step)] if isinstance(value, list) else value.get(step) if isinstance(value, dict) else None
    return found


def at(value: Any, pointer: Pointer) -> Any:
    """Return the value at a pointer."""
    for step in pointer:
        value = value[step]
    return value


def without(value: Any, pointer: Pointer) -> Any:
    """Return a copy of a value without the member or item at a pointer."""
    *above, last = pointer
    around = at(value, tuple(above))
    kept: Any = [item for index, item in enumerate(around) if index != last]
    if isinstance(around, dict):
        kept = {name: child for name, child in around.items() if name != last}
    return replaced(value, tuple(above), kept)


def put(value: Any, pointer: Pointer, new: Any) -> Any:
    """Return a copy of a value with another one at a pointer, and with the objects and lists on the way there."""
    if not pointer:
        return new
    step, *rest = pointer
    if isinstance(step, int):
        items = value if isinstance(value, list) else []
        return [*items[:step], put(items[step] if step < len(items) else None, tuple(rest), new), *items[step + 1 :]]
    members = value if isinstance(value, dict) else {}
    return {**members, step: put(members.get(step), tuple(rest), new)}


def followed(request: Any, finding: Diagnostic) -> Iterator[Any]:
    """Yield the requests that come of each way in which the help of a finding can be followed."""
    outer = steps(request, finding.pointer)
    if finding.inner_pointer is None:
        yield from ways(request, outer, finding.help or "")
        return
    try:
        card = json.loads(at(request, outer))
    except ValueError:
        return
    for card_after in ways(card, steps(card, finding.inner_pointer), finding.help or ""):
        yield replaced(request, outer, json.dumps(card_after))


def ways(value: Any, pointer: Pointer, words: str) -> Iterator[Any]:
    """Yield what comes of following the words about the place at a pointer."""
    for form, follow in FORMS.items():
        for match in re.finditer(form, words):
            yield from follow(value, pointer, match)


def is_followed(words: str) -> bool:
    """Return whether the words have a form that is followed."""
    return any(re.search(form, words) for form in FORMS)


def _literal(word: str) -> Any:
    try:
        return json.loads(word)
    except ValueError:
        return word


def _leave_out(value: Any, pointer: Pointer, match: re.Match[str]) -> Iterator[Any]:
    name = match[1]
    if name.startswith("item "):
        yield without(value, pointer)
    elif name in pointer:
        yield without(value, pointer[: pointer.index(name) + 1])
    elif name in at(value, pointer[:-1]):
        yield without(value, (*pointer[:-1], name))


def _remove_it(value: Any, pointer: Pointer, _: re.Match[str]) -> Iterator[Any]:
    yield without(value, pointer)


def _mean(value: Any, pointer: Pointer, match: re.Match[str]) -> Iterator[Any]:
    around = at(value, pointer[:-1])
    if isinstance(around, dict) and _is_name(match[1], pointer[-1], around[pointer[-1]]):
        assert match[1] not in around
        renamed = {match[1] if name == pointer[-1] else name: child for name, child in around.items()}
        yield replaced(value, pointer[:-1], renamed)
    else:
        yield replaced(value, pointer, match[1])


def _is_name(suggested: str, name: Any, value: Any) -> bool:
    """Return whether a suggestion is closer to the name of a member than to its value."""
    from difflib import SequenceMatcher

    def likeness(text: Any) -> float:
        return SequenceMatcher(None, suggested.lower(), str(text).lower()).ratio()

    return not isinstance(value, str) or likeness(name) > likeness(value)


def _write(value: Any, pointer: Pointer, match: re.Match[str]) -> Iterator[Any]:
    for word in re.findall('[`"]([^`"]+)[`"]', match[1]):
        if not re.search("[A-Z]{3,}.*[/:]", word):  # the form of a value
            yield replaced(value, pointer, _literal(word))


def _fill_in(value: Any, pointer: Pointer, match: re.Match[str]) -> Iterator[Any]:
    """Write the form of a value, with its names filled in."""
    yield replaced(value, pointer, re.sub(FILLED, lambda name: NAMED[name[0]], match[1]))


def _example(value: Any, pointer: Pointer, match: re.Match[str]) -> Iterator[Any]:
    text = isinstance(at(value, pointer), str)
    for word in re.findall('[`"]([^`"]+)[`"]', match[1]):
        yield replaced(value, pointer, word if text else _literal(word))


def _add(value: Any, pointer: Pointer, match: re.Match[str]) -> Iterator[Any]:
    for word in NAMES.findall(match[2] or "") or [""]:
        yield replaced(value, (*pointer, match[1]), word)


def _add_to_list(value: Any, pointer: Pointer, match: re.Match[str]) -> Iterator[Any]:
    place = ("InferenceSpecification", match[1])
    yield replaced(value, place, [*at(value, place), at(value, pointer)])


def _number(value: Any, pointer: Pointer, match: re.Match[str]) -> Iterator[Any]:
    for number in filter(None, match.groups()):
        yield replaced(value, pointer, int(number.replace(",", "")))


def _use_instead(value: Any, _: Pointer, match: re.Match[str]) -> Iterator[Any]:
    yield {match[1] if name == match[2] else name: child for name, child in value.items()}


def _replace_in(value: Any, pointer: Pointer, match: re.Match[str]) -> Iterator[Any]:
    text = at(value, pointer).replace(match[1], match[2])
    yield replaced(value, pointer, re.sub("/[0-9]+$", "", text))


def _quote(value: Any, pointer: Pointer, match: re.Match[str]) -> Iterator[Any]:
    yield replaced(value, pointer, json.loads(match[1]))


def _set(value: Any, pointer: Pointer, match: re.Match[str]) -> Iterator[Any]:
    name, owner, words = match.groups()
    around = (*pointer[:-1], owner) if owner else pointer if name in _members(at(value, pointer)) else pointer[:-1]
    for word in NAMES.findall(words):
        yield replaced(value, (*around, name), word)


def _members(value: Any) -> Any:
    return value if isinstance(value, dict) else ()


def _keep_at_most(value: Any, pointer: Pointer, match: re.Match[str]) -> Iterator[Any]:
    most, long = int(match[1].replace(",", "")), at(value, pointer)
    yield replaced(value, pointer, dict(list(long.items())[:most]) if isinstance(long, dict) else long[:most])


def _move(value: Any, pointer: Pointer, match: re.Match[str]) -> Iterator[Any]:
    around = pointer[:-1]
    names = NAMES.findall(match[1])
    for home in NAMES.findall(match[2]) or ["the request itself"]:
        after, target = value, _target(value, around, home)
        for name in names:
            after = put(without(after, (*around, name)), (*target, name), at(value, (*around, name)))
        yield after


def _target(value: Any, around: Pointer, home: str) -> Pointer:
    if home == "the request itself":
        return ()
    way: Pointer = tuple(int(step) if step.isdigit() else step for step in re.findall(r"\w+", home))
    above = [around[:length] for length in range(1, len(around)) if around[:length][-len(way) :] == way]
    return above[-1] if above and not _has_shape(value, (*around, *way)) else (*around, *way)


def _has_shape(value: Any, pointer: Pointer) -> bool:
    try:
        at(value, pointer)
    except (LookupError, TypeError):
        return False
    return True


def _keep_one(value: Any, pointer: Pointer, match: re.Match[str]) -> Iterator[Any]:
    around = pointer[:-1]
    names = [name for name in NAMES.findall(match[0]) if name in _members(at(value, around))]
    for kept in names:
        yield without(value, (*around, next(name for name in names if name != kept)))


def _to_folder(value: Any, pointer: Pointer, _: re.Match[str]) -> Iterator[Any]:
    source = at(value, pointer[:-1])
    folder = {"S3DataType": "S3Prefix", "CompressionType": "None", "S3Uri": f"{source['S3Uri'].rstrip('/')}/"}
    yield replaced(value, pointer[:-1], source | folder)


Follow = Callable[[Any, Pointer, re.Match[str]], Iterator[Any]]
FORMS: dict[str, Follow] = {
    r"[Ll]eave (?:`([^`]+)`) out": _leave_out,
    r"[Ll]eave (item \d+) out": _leave_out,
    r"[Rr]emove `(\w+)`(?! or set|, or| in | with)": _leave_out,
    r"[Rr]emove `(\w+)`(?=, or)": _leave_out,
    r"^Remove it\b(?! or write)": _remove_it,
    r"^Remove one of the duplicates": _remove_it,
    r"^Keep one of the two(?: tags|, unless)": lambda value, pointer, _: iter([without(value, pointer[:-1])]),
    r"^Did you mean `([^`]+)`\?": _mean,
    r"^Write (`[^`]+`)(?:\.| instead|, or `[^`]+`\.|, and approve)": _write,
    r"^Put it in quotes: `(.*)`\.$": _quote,
    r"[Ss]et `(\w+)`(?: of `(\w+)`)? to (`[^`]+`(?:(?:, | or )`[^`]+`)*)(?! if it is one| and)": _set,
    r"set `S3DataType` to `S3Prefix` and `CompressionType` to `None`, and end the URI with a slash": _to_folder,
    r"^Keep at most ([\d,]+)": _keep_at_most,
    r"^Shorten it to at most ([\d,]+)": _keep_at_most,
    r"^Move (`.*?) into (.*)\.$": _move,
    r"^Keep `\w+` .*?, or `\w+`": _keep_one,
    r'^Write ("\w+"(?:(?:, | or )"\w+")*)': _write,
    rf"`((?:[^`]*{FILLED})+[^`]*)`(?=[^`]*(?:`|$))": _fill_in,
    r"^(?:Write|Choose) .*(?:for example|such as) ([`\"].*?[`\"](?:(?:, | or )[`\"][^`]+?[`\"])*)[.;,]": _example,
    r"^Add `(\w+)`(?:, for example (.*?)\.|(?=\. An empty string)())": _add,
    r"^Add it to `(\w+)`": _add_to_list,
    r"^Write a number from ([\d,]+) to (?:([\d,]+)\.|.*; times)": _number,
    r"^Write a number that is at (?:least|most) ([\d,]+)": _number,
    r"[Uu]se `(\w+)` instead of `(ModelPackage\w+)`": _use_instead,
    r"^Replace `(.*?)` with `(.*?)`, and remove the version": _replace_in,
    r"^Remove the space": lambda value, pointer, _: iter(
        [replaced(value, pointer, at(value, pointer).strip(" ").replace("/ ", "/"))]
    ),
    r"^Add the (slash)": lambda value, pointer, _: iter([replaced(value, pointer, f"{at(value, pointer)}/")]),
}
