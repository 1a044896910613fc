"""The commands `aws sagemaker create-model-package` in a file: a shell script, or one that has such scripts inside.

Whatever is doubtful is passed over: a text that only names the command (`echo`), a file of an unknown kind, the
rest of a script that cannot be read on.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from sm_lint.model.paths import plain
from sm_lint.sources.ranges import Ranges
from sm_lint.sources.shell.hosts.scripts import scripts
from sm_lint.sources.shell.mapped import Mapped, Range
from sm_lint.sources.shell.quoting import MOST_LEVELS
from sm_lint.sources.shell.script import Script
from sm_lint.sources.shell.simple import Simple
from sm_lint.sources.shell.words import Word

OPERATION = "create-model-package"
_PROGRAM = re.compile(r"(?:.*[/\\])?aws(?:-cli)?(?:\.exe)?(?::[\w.-]+)?")
_FLAGS = frozenset((
    "--debug", "--no-verify-ssl", "--no-paginate", "--no-sign-request", "--no-cli-pager", "--cli-auto-prompt",
    "--no-cli-auto-prompt", "--version",
))  # fmt: skip
"""The global options of the AWS CLI that take no value."""
_ONLY_NAMES = frozenset((
    "echo", "printf", "print", "cat", "grep", "egrep", "rg", "man", "which", "type", "alias", "log", "info",
    "debug", "warn", "error", "die", "usage", "say", "logger", ":", "test", "[", "[[", "git",
))  # fmt: skip
"""Commands for which the name of another one is only a text."""
_ADD_WORDS = frozenset(("xargs", "parallel", "ssh", "find"))
"""Commands that change or add words of the command that they run."""
_ONLY_READ = _ONLY_NAMES | {
    "jq", "sm-lint", "head", "tail", "less", "more", "wc", "ls", "diff", "chmod", "sha256sum", "file", "stat",
}  # fmt: skip
"""Commands that do not change a file that they name, or of which that is told in another way."""
_IN_FOLDER = re.compile(r"(?:\$PWD|\$\{PWD\}|\$\(pwd\)|`pwd`)/+")
"""Matches the folder that is the current one before a path."""
_FILE = re.compile(r"(?:--[a-z-]+=)?fileb?://(.+)", re.DOTALL)
_SHELLS = re.compile(r"(?:.*/)?(?:ba|z|k|da|a)?sh")
_SHELL_COMMAND = re.compile(r"-[a-z]*c")
_SCRIPTS = (".sh", ".bash", ".zsh", ".ksh")


class Written(NamedTuple):
    """A text that a script writes to a file."""

    path: str
    """The path as the script has it, which may have expansions in it."""
    text: Mapped


class Virtual(NamedTuple):
    """The words of a command as one text, from the name of the program on, a line break between two words."""

    text: str
    words: tuple[Range, ...]
    """The offsets of each word in the text. A word may have line breaks of its own."""
    mapped: Mapped
    """The text with its places and with what is unknown."""

    def locate(self, start: int, end: int) -> Range:
        """Return the offsets in the file of what is between two offsets of the text."""
        return self.mapped.place(start, end)


class Command(NamedTuple):
    """A command that calls the operation."""

    words: tuple[Word, ...]
    """The words from the program on: `aws`, global options, `sagemaker`, global options, the operation, its words."""
    before: tuple[int, ...]
    """The indexes of the words of global options that stand before the name of the operation."""
    first: int
    """The index of the first word behind the name of the operation."""
    written: tuple[Written, ...]
    """The files that its words name, whose whole text the script has, and which it writes before the command."""
    stdin: Mapped | None
    """The here-document that it reads, for example as `file:///dev/stdin`; None if it has none."""
    changed: frozenset[str] = frozenset()
    """The paths of files that its words name and that the script may write or change before it, in an unknown way."""
    environment: tuple[Word, ...] = ()
    """The assignments before it, such as `AWS_REGION=eu-west-1`, in order; those of `env` and `docker run -e`, too."""

    @property
    def start(self) -> int:
        """The offset in the file where the command begins."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """The offset in the file where its last word ends."""
        return self.words[-1].end

    def virtual(self) -> Virtual:
        """Return the words as one text, so that a document can be made of it."""
        return joined(self.words)


def commands(name: str, text: str) -> list[Command]:
    """Return the commands in the text of a file, in the order in which they end; its name tells its kind.

    Offsets are in code points. Nothing is raised.
    """
    if OPERATION not in text:
        return []
    found: list[Command] = []
    for script in scripts(name, text, OPERATION):
        found += _in_script(script, 0)
    return found


def joined(words: Sequence[Word]) -> Virtual:
    """Return words as one text, with their offsets in it and their places in the file."""
    ranges = Ranges()
    parts: list[str] = []
    extents: list[Range] = []
    unknown: list[Range] = []
    last = 0
    for index, word in enumerate(words):
        if index:
            parts.append("\n")
            ranges.add(1, min(last, word.start), word.start, is_literal=False)
        start = ranges.length
        for run in word.decoded.ranges.runs(0, len(word.text)):
            ranges.add(run.length, run.start, run.end, is_literal=run.is_literal)
        parts.append(word.text)
        extents.append((start, ranges.length))
        unknown += [(start + one, start + end) for one, end in word.decoded.unknown]
        last = word.end
    text = "".join(parts)
    return Virtual(text, tuple(extents), Mapped(text, ranges, tuple(unknown)))


def _in_script(script: Mapped, level: int) -> Iterator[Command]:
    """Yield the commands of a script that stands `level` deep in others."""
    written: dict[str, Written | None] = {}
    for simple in Script(script, level).read():
        _change(written, simple)
        _write(written, simple)
        command = _command(simple, written)
        if command:
            yield command
        for inner in _inner(simple):
            if OPERATION in inner.text and level < MOST_LEVELS:
                yield from _in_script(inner, level + 1)


def path_of(text: str) -> str:
    """Return the path that a word names, relative to the current folder if it says so by `$PWD` or `$(pwd)`.

    >>> path_of("$PWD/a.json"), path_of("./a.json"), path_of("$DIR/a.json")
    ('a.json', 'a.json', '$DIR/a.json')
    """
    found = _IN_FOLDER.match(text)
    return plain(text[found.end() :] if found else text)


def _change(written: dict[str, Written | None], simple: Simple) -> None:
    """Note which files a command may change, since it names them: `sed -i`, `mv`. Their texts are unknown, so None."""
    if simple.words[0].text not in _ONLY_READ:
        written.update((path_of(word.text), None) for word in simple.words[1:])


def _write(written: dict[str, Written | None], simple: Simple) -> None:
    """Note what a command writes to a file."""
    target, text = _target(simple), _output(simple)
    if target is not None:
        path = path_of(target.text)
        written[path] = None if text is None or simple.is_appended else Written(path, text)


def _target(simple: Simple) -> Word | None:
    """Return the word that names the file to which a command writes."""
    words = simple.words
    if words[0].text == "tee" and len(words) == 2:
        return words[1]
    return simple.written


def _output(simple: Simple) -> Mapped | None:
    """Return what a command writes, if it writes a text of the script: a here-document, or the word of an `echo`."""
    words = simple.words
    if words[0].text in {"cat", "tee"} and len(words) == 1 + (words[0].text == "tee"):
        return simple.here.body if simple.here else None
    if words[0].text == "echo" and len(words) == 2 and not words[1].is_several and "\\" not in words[1].text:
        return words[1].decoded
    return None


def _inner(simple: Simple) -> Iterator[Mapped]:
    """Yield the scripts that a command has in its words, or in its here-document."""
    words = simple.words
    names = [index for index, word in enumerate(words) if _SHELLS.fullmatch(word.text)]
    if names:
        following = words[names[0] + 1 :]
        for option, script in pairwise(following):
            if _SHELL_COMMAND.fullmatch(option.text):
                yield script.decoded
                return
    if words[0].text == "eval" and len(words) == 2:
        yield words[1].decoded
    is_script = names or (simple.written and simple.written.text.endswith(_SCRIPTS))
    if is_script and simple.here and simple.here.body:
        yield simple.here.body


def _command(simple: Simple, written: Mapping[str, Written | None]) -> Command | None:
    """Return the call of the operation that a command is; None if it is another one, or only names it."""
    words = simple.words
    if len(words) < 3 or words[0].text in _ONLY_NAMES or not any(word.text == OPERATION for word in words):
        return None
    for index, word in enumerate(words):
        if word.text in _ADD_WORDS:
            return None
        if _is_program(word):
            called = words[index:]
            names = _names(called)
            if names is None:
                return None
            service, operation = names
            before = (*range(1, service), *range(service + 1, operation))
            stdin = simple.here.body if simple.here else None
            texts = {path: written[path] for path in _named(called) if path in written}
            known = tuple(text for text in texts.values() if text)
            changed = frozenset(path for path, text in texts.items() if not text)
            environment = (*simple.assignments, *(word for word in words[:index] if word.assigned))
            return Command(tuple(called), before, operation + 1, known, stdin, changed, environment)
    return None


def _named(words: Sequence[Word]) -> list[str]:
    """Return the paths of files that words name with `file://`."""
    return [path_of(match[1]) for word in words if (match := _FILE.fullmatch(word.text))]


def _is_program(word: Word) -> bool:
    """Return whether a word names the AWS CLI; so does a variable, if its name does."""
    if word.decoded.unknown:
        return word.decoded.unknown == ((0, len(word.text)),) and "aws" in word.text.lower()
    return _PROGRAM.fullmatch(word.text) is not None


def _names(words: Sequence[Word]) -> tuple[int, int] | None:
    """Return the indexes of the service and the operation in words that begin with the program.

    None if they call another operation, or ask for its help.
    """
    service = _behind_options(words, 1)
    if service is None or words[service].text != "sagemaker":
        return None
    operation = _behind_options(words, service + 1)
    if operation is None or words[operation].text != OPERATION:
        return None
    is_help = len(words) > operation + 1 and words[operation + 1].text == "help"
    return None if is_help else (service, operation)


def _behind_options(words: Sequence[Word], index: int) -> int | None:
    """Return the index of the first word from `index` on that is no global option, nor the value of one."""
    while index < len(words):
        word = words[index]
        if word.text.startswith("-") and not word.is_several:
            index += 1 if "=" in word.text or word.text in _FLAGS else 2
        elif word.is_several:
            index += 1
        else:
            return index
    return None
