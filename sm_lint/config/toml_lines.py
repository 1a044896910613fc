"""The lines of the keys and tables in a TOML text, which the reader of TOML does not tell."""

import re
from collections import Counter

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*|[\[\]{}=.,\n]|[^\s"\'#\[\]{}=.,]+',
    re.DOTALL,
)
Steps = tuple[str | int, ...]


def lines_of(text: str) -> dict[Steps, int]:
    r"""Return the 1-based line of each key and table header in a valid TOML text, outside inline tables and lists.

    >>> lines_of('code = "A"\n[[invalid]]\nbase = "x"\n[[invalid]]')
    {('code',): 1, ('invalid',): 2, ('invalid', 0): 2, ('invalid', 0, 'base'): 3, ('invalid', 1): 4}
    """
    found: dict[Steps, int] = {}
    numbers: Counter[Steps] = Counter()
    table: Steps = ()
    for line, words in _statements(text):
        if words[0] != "[":
            _note(found, table, _names(words[: words.index("=")] if "=" in words else words), line)
        elif words[:2] == ["[", "["]:
            names = _names(words)
            number = numbers[names]
            numbers[names] += 1
            _note(found, (), names, line)
            table = (*names, number)
            found[table] = line
        else:
            table = _names(words)
            _note(found, (), table, line)
    return found


def _statements(text: str) -> "list[tuple[int, list[str]]]":
    """Return each statement of a TOML text: its line, and its tokens without comments."""
    found: list[tuple[int, list[str]]] = []
    line, depth, words = 1, 0, list[str]()
    start = line
    for token in (*_TOKEN.findall(text), "\n"):
        if token == "\n" and depth <= 0:
            if words:
                found.append((start, words))
            words, depth = [], 0
        elif token != "\n" and token[0] != "#":
            start = start if words else line
            words.append(token)
            depth += (token in ("[", "{")) - (token in ("]", "}"))
        line += token.count("\n")
    return found


def _names(words: list[str]) -> Steps:
    """Return the names in a key or header, without quotes and brackets."""
    return tuple(word.strip("\"'") for word in words if word not in ("[", "]", "."))


def _note(found: dict[Steps, int], table: Steps, names: Steps, line: int) -> None:
    """Note the line of a key, and of the tables that it is in, unless they have one."""
    for end in range(1, len(names) + 1):
        found.setdefault((*table, *names[:end]), line)
