"""The words of a command that no option takes: unknown options, stray words, and what cannot be told."""

from collections.abc import Sequence
from typing import NamedTuple

from sm_lint.model.nearest import nearest, same
from sm_lint.requests.command_line.notes import Notes
from sm_lint.requests.command_line.options import Given, Options, is_name
from sm_lint.requests.command_line.words import Word
from sm_lint.sources.reading import Correction, Problem

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
"""Characters that look like a hyphen, which word processors write in place of one or two."""


class Leftovers(NamedTuple):
    """What the words tell that no option takes."""

    asks_for_help: bool
    cut: frozenset[int]
    """The offsets of the words that a stray word follows, so that they may be only the beginning of a value."""


def leftovers(
    rest: Sequence[Word], words: Sequence[Word], given: Sequence[Given], options: Options, notes: Notes
) -> Leftovers:
    """Report the words of the `rest`, which no option takes.

    After a word that may be several, or an option that is unknown, a word may be the value of an option.
    """
    place = {word.start: at for at, word in enumerate(words)}
    taken_by = {value.start: one for one in given for value in one.values[-1:]}
    taken_by |= {one.word.start: one for one in given if not one.values}
    explained = {problem.start for problem in notes.problems}
    explained |= {problem.correction[1] for problem in notes.problems if problem.correction}  # meant as a value
    passed_over: set[int] = set()
    strays: list[list[Word]] = []
    is_first = True
    for word in rest:
        at = place[word.start]
        if _is_doubtful(word):
            is_first = False
            notes.open.add(())
            passed_over.add(at)
        elif word.text == "--":
            continue
        elif is_name(word):
            if word.start not in explained:
                notes.problems.append(_unknown_option(word, options))
            notes.open.add(())
            passed_over.add(at)
        elif at - 1 in passed_over:
            passed_over.add(at)
        elif is_first and word.text == "help":
            return Leftovers(asks_for_help=True, cut=frozenset())
        elif is_first and not word.text:
            is_first = False  # it is taken for the `help` that is not there
        elif strays and place[strays[-1][-1].start] == at - 1:
            strays[-1].append(word)
        else:
            strays.append([word])
            is_first = False
    cut = set()
    for run in strays:
        before = words[place[run[0].start] - 1] if place[run[0].start] else None
        notes.problems.append(_stray(run, taken_by.get(before.start) if before else None, before))
        cut.add(before.start if before else -1)
    return Leftovers(asks_for_help=False, cut=frozenset(cut))


def _is_doubtful(word: Word) -> bool:
    """Return whether a word may be an option that is not known, or several words, or none."""
    if word.may_be_several or word.begins_unknown():
        return True
    name = word.text.partition("=")[0]
    return word.text.startswith("-") and bool(word.unknown) and word.unknown[0][0] < len(name)


def _unknown_option(word: Word, options: Options) -> Problem:
    name = word.text.partition("=")[0]
    near = nearest(name, options)
    end = word.start + len(name)
    certain = same(name, options)
    advice = f"Did you mean `{near}`?" if near else "Remove it, or see the options of create-model-package."
    parameters = {"member": name, "found": f"the unknown option `{name}`", "advice": advice}
    if near:
        parameters["nearest"] = near
    correction = (word.start, end, certain) if certain else None
    return Problem("unknown-option", word.start, end, parameters=parameters, correction=correction)


def _stray(run: list[Word], after: Given | None, before: Word | None) -> Problem:
    """Return the problem of some words in a row; `after` is the option that takes the word before them."""
    first, last = run[0], run[-1]
    advice, correction = _remedy(run, after, before)
    parameters = {"value": first.text, "found": f"`{first.text}`, which no option takes", "advice": advice}
    return Problem("stray-word", first.start, last.end, parameters=parameters, correction=correction)


def _remedy(run: list[Word], after: Given | None, before: Word | None) -> tuple[str, Correction | None]:
    first = run[0]
    if first.text[0:1] and first.text[0] in _DASHES:
        name = first.text.lstrip(_DASHES + "-")
        return f"Write two hyphens: `--{name}`.", (first.start, first.end, f"--{name}")
    if first.text.isspace():
        return "Remove it: a backslash continues a line only if nothing follows it, no blank either.", None
    if after is None or before is None:
        return "Remove it, or write the name of its option before it.", None
    option = after.option.name
    if after.option.takes == "none":
        remove = (before.end, first.end, "") if len(run) == 1 else None
        if first.text.lower() == "false":
            return f"Write `--no-{option[2:].removeprefix('no-')}` for false: the option takes no value.", None
        return f"Remove it: `{option}` takes no value.", remove
    if before.text.lstrip().startswith(("{", "[")):
        return f"Put the JSON after `{option}` in single quotes, so that it is one word.", None
    if "=" in first.text and "=" in before.text:
        has_comma = before.text.endswith(",") or first.text.startswith(",")
        correction = (before.end, first.start, "" if has_comma else ",") if len(run) == 1 else None
        return f"Write a comma, and no blank, between the members after `{option}`.", correction
    return f"Put the value of `{option}` in quotes, so that it is one word.", None
