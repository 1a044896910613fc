"""The words of a command as the shell hands them to the program, and what of them is unknown."""

from typing import NamedTuple

Range = tuple[int, int]
"""Start and end offset in code points, the end exclusive."""


class Word(NamedTuple):
    """A word of a command."""

    text: str
    """What the program gets. An expansion such as `$NAME` stands in it as it is written."""
    start: int
    """The offset of the word in the text of the command."""
    unknown: tuple[Range, ...] = ()
    """The ranges of `text` that are expansions, in order."""
    may_be_several: bool = False
    """Whether it may be several words, or none: an expansion without quotes."""

    @property
    def end(self) -> int:
        """The offset after the word in the text of the command."""
        return self.start + len(self.text)

    @property
    def masked(self) -> str:
        """The text with an underscore for each character that is unknown."""
        text, done, pieces = self.text, 0, []
        for start, end in self.unknown:
            pieces += [text[done:start], "_" * (end - start)]
            done = end
        return "".join([*pieces, text[done:]])

    def begins_unknown(self) -> bool:
        """Return whether nothing is known of how the word begins."""
        return bool(self.unknown) and self.unknown[0][0] == 0

    def rest(self, at: int) -> "Word":
        """Return the word from an offset in its text on, as a word of its own."""
        unknown = tuple((max(start - at, 0), end - at) for start, end in self.unknown if end > at)
        return Word(self.text[at:], self.start + at, unknown)
