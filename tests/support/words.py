"""Words of a command, as if a blank stood between each two of them."""

from collections.abc import Iterable

from sm_lint.requests.command_line.words import Word


def words_of(texts: Iterable[str]) -> list[Word]:
    """Return the words with these texts. `«…»` in a text is an expansion; a word after `*` may be several."""
    words = []
    at = 0
    for text in texts:
        unknown = []
        plain = ""
        may_be_several = text.startswith("*«")
        for piece in text[may_be_several:].split("«"):
            expansion, mark, rest = piece.partition("»")
            if mark:
                unknown.append((len(plain), len(plain) + len(expansion)))
            plain += expansion + rest
        words.append(Word(plain, at, tuple(unknown), may_be_several))
        at += len(plain) + 1
    return words
