"""Reads words as options, as Python's argparse does for the AWS CLI: prefixes, lists, flags, and what is left over."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sm_lint.model.nearest import nearest
from sm_lint.requests.command_line.words import Word
from sm_lint.sources.reading import Correction, Problem

_NEGATIVE_NUMBER = re.compile(r"-\d+\Z|-\d*\.\d+\Z")


class Option(NamedTuple):
    """An option of the AWS CLI."""

    name: str
    """Its name with the two hyphens."""
    takes: str = "one"
    """How many words follow it: `one`, `none`, `any`, or `maybe` for one or none."""
    choices: tuple[str, ...] = ()
    """The values that are allowed; empty if all are."""
    is_number: bool = False
    """Whether its value must be an integer."""


class Given(NamedTuple):
    """An option in a command, with the words that it takes."""

    option: Option
    word: Word
    """The word with the name; of `--name=value`, the part before the equals sign."""
    values: tuple[Word, ...]


class Found(NamedTuple):
    """What was found in the words of a command."""

    given: list[Given]
    rest: list[Word]
    """The words that are no option of those looked for, and that none of them takes."""
    problems: list[Problem]


Options = Mapping[str, Option]
"""Options by name."""


class _Name(NamedTuple):
    """A word that begins with the name of an option."""

    option: Option | None
    """None if there is no such option."""
    word: Word
    explicit: Word | None = None
    """The value after an equals sign."""
    among: tuple[str, ...] = ()
    """The names that the word abbreviates, if it is more than one."""


def find(words: Iterable[Word], options: Options) -> Found:
    """Return the options among the words of a command. After `--`, no word is the name of an option."""
    reader = _Reader(list(words), options)
    while reader.step():
        pass
    return reader.found


def is_name(word: Word) -> bool:
    """Return whether a word has the form of the name of an option, so that no option takes it as its value."""
    text = word.text
    if not text.startswith("-") or len(text) == 1 or word.begins_unknown():
        return False
    return not (_NEGATIVE_NUMBER.match(text) or " " in text)


class _Reader:
    def __init__(self, words: list[Word], options: Options) -> None:
        self._words, self._options = words, options
        self._at = 0
        self.found = Found([], [], [])

    def step(self) -> bool:
        """Read the next option or word. Return whether there was one."""
        if self._at >= len(self._words):
            return False
        word = self._words[self._at]
        if word.text == "--":
            self.found.rest.extend(self._words[self._at :])
            return False
        self._at += 1
        name = self._name(word)
        if name is None or name.option is None:
            self.found.rest.append(word)
        if name is not None and name.among:
            self.found.problems.append(_ambiguous(name))
        elif name is not None and name.option is not None:
            self._take(name.option, name)
        return True

    def _name(self, word: Word) -> _Name | None:
        """Return the name in a word; None if the word is a value."""
        text = word.text
        if not text.startswith("-") or len(text) == 1 or word.begins_unknown():
            return None
        exact = self._options.get(text)
        if exact:
            return _Name(exact, word)
        head, sign, _ = text.partition("=")
        until = word.unknown[0][0] if word.unknown else len(text)
        if until < len(head):
            return None if " " in text[:until] else _Name(None, word)
        named = _Name(None, Word(head, word.start) if sign else word, word.rest(len(head) + 1) if sign else None)
        if sign and head in self._options:
            return named._replace(option=self._options[head])
        among = tuple(option for option in self._options if option.startswith(head)) if head.startswith("--") else ()
        if len(among) > 1:
            return named._replace(word=word, among=among)
        if among:
            return named._replace(option=self._options[among[0]])
        return _Name(None, word) if is_name(word) else None

    def _take(self, option: Option, name: _Name) -> None:
        """Add an option with the words that it takes."""
        taken: list[Word] = [] if name.explicit is None else [name.explicit]
        if option.takes == "none" and taken:
            self._refuse(option, name.explicit, "a value", f"Write `{option.name}` alone: it takes no value.", taken[0])
            self.found.problems[-1] = self.found.problems[-1]._replace(correction=self._of_flag(option, name))
            taken = []
        elif option.takes != "none" and name.explicit is None:
            while self._at < len(self._words) and (option.takes == "any" or not taken) and self._is_value():
                taken.append(self._words[self._at])
                self._at += 1
            if option.takes == "one" and not taken:
                self._report_lacking(option, name.word)
                return
        self._check(option, taken)
        self.found.given.append(Given(option, name.word, tuple(taken)))

    def _of_flag(self, option: Option, name: _Name) -> Correction | None:
        """Return the correction of `--flag=true` and `--flag=false`; None for another value."""
        value, contrary = name.explicit, f"--no-{option.name[2:]}"
        if value is None or value.unknown:
            return None
        if value.text.lower() == "true":
            return name.word.end, value.end, ""
        return (
            (name.word.start, value.end, contrary)
            if value.text.lower() == "false" and contrary in self._options
            else None
        )

    def _report_lacking(self, option: Option, word: Word) -> None:
        """Report an option without its value; what begins with one hyphen may be meant as the value."""
        following = self._words[self._at] if self._at < len(self._words) else None
        if following is not None and following.unknown and "=" not in following.text[: following.unknown[0][0]]:
            return  # it may be the value, with a blank in what is unknown
        advice, correction = f"Write its value after `{option.name}`.", None
        if following is not None and following.text.startswith("-") and not following.text.startswith("--"):
            advice = f"Write `{option.name}={following.text}`: what begins with a hyphen is an option otherwise."
            correction = word.end, following.start, "="
        self._refuse(option, None, "no value", advice, word)
        self.found.problems[-1] = self.found.problems[-1]._replace(correction=correction)

    def _is_value(self) -> bool:
        word = self._words[self._at]
        return word.text != "--" and self._name(word) is None

    def _check(self, option: Option, taken: list[Word]) -> None:
        """Report a value that the option does not take."""
        for word in taken:
            if word.unknown:
                continue
            if option.choices and word.text not in option.choices:
                allowed = ", ".join(f"`{choice}`" for choice in option.choices)
                near = nearest(word.text, option.choices)
                advice = f"Did you mean `{near}`?" if near else f"Use one of {allowed}."
                self._refuse(option, word, "a value that is not allowed", advice, word)
            if option.is_number and not _is_integer(word.text):
                self._refuse(option, word, "a value that is no integer", "Write an integer.", word)

    def _refuse(self, option: Option, value: Word | None, found: str, advice: str, at: Word) -> None:
        parameters = {"member": option.name, "found": found, "advice": advice}
        if value is not None:
            parameters["value"] = value.text
        self.found.problems.append(Problem("option-value", at.start, at.end, (option.name,), parameters))


def _is_integer(text: str) -> bool:
    try:
        int(text)
    except ValueError:
        return False
    return True


def _ambiguous(name: _Name) -> Problem:
    allowed = ", ".join(f"`{option}`" for option in name.among[:5]) + (" or others" if len(name.among) > 5 else "")
    head = name.word.text.partition("=")[0]
    parameters = {"member": head, "allowed": allowed, "found": f"an abbreviation of {allowed}"}
    parameters["advice"] = "Write the whole name."
    return Problem("ambiguous-option", name.word.start, name.word.start + len(head), parameters=parameters)
