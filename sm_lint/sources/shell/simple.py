"""A simple command of a shell script, and the here-documents that commands read."""

from dataclasses import dataclass, field

from sm_lint.sources.shell.mapped import Mapped
from sm_lint.sources.shell.words import Word


@dataclass
class HereDocument:
    """A text in a script that a command reads: `<<EOF`."""

    delimiter: str
    is_quoted: bool
    """Whether nothing in it is expanded: a part of its delimiter is quoted."""
    is_indented: bool
    """Whether the tabs before its lines are taken away: `<<-`."""
    body: Mapped | None = None
    """The text; None if it was not read."""


@dataclass
class Simple:
    """A simple command: its words, without assignments before them and without redirections."""

    words: list[Word] = field(default_factory=list)
    here: HereDocument | None = None
    """The here-document that it reads."""
    written: Word | None = None
    """The file to which its output goes."""
    is_appended: bool = False
    assignments: list[Word] = field(default_factory=list)
    """The assignments before it."""
    is_named: bool = False
    """Whether its words are more than keywords: the next one is an argument."""
