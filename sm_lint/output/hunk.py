"""The hunk of a unified diff of two long texts: all lines from the first to the last that differ, in one piece.

difflib looks for the lines between them that are alike. In a text of many lines that takes too long.
"""

_AROUND = 3
"""The number of unchanged lines before and after."""


def hunk(old: str, new: str) -> str:
    r"""Return the hunk between two texts, which must differ. Only `\n` ends a line.

    >>> print(hunk("a\nb\nc\n", "a\nB\nc\n"), end="")
    @@ -1,3 +1,3 @@
     a
    -b
    +B
     c
    """
    head = old.rfind("\n", 0, common_start(old, new)) + 1
    tail = common_end(old[head:], new[head:])
    if not all(_begins_line(text, len(text) - tail) for text in (old, new)):
        tail = len(old) - (old.find("\n", len(old) - tail) + 1 or len(old))
    first = head
    for _ in range(_AROUND):
        first = old.rfind("\n", 0, max(first - 1, 0)) + 1
    last = len(old) - tail
    for _ in range(_AROUND):
        last = old.find("\n", last) + 1 or len(old)
    before, after = old[first:head], old[len(old) - tail : last]
    removed, added = old[head : len(old) - tail], new[head : len(new) - tail]
    at = old.count("\n", 0, first)
    ranges = [_range(at, _lines(before) + _lines(changed) + _lines(after)) for changed in (removed, added)]
    parts = (before, " "), (removed, "-"), (added, "+"), (after, " ")
    return "".join([f"@@ -{ranges[0]} +{ranges[1]} @@\n", *(_marked(part, mark) for part, mark in parts)])


def common_start(one: str, other: str) -> int:
    """Return the length of the longest common beginning. Bisection compares faster than a loop over characters."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def common_end(one: str, other: str) -> int:
    """Return the length of the longest common end."""
    return common_start(one[::-1], other[::-1])


def _begins_line(text: str, at: int) -> bool:
    return at == 0 or text[at - 1] == "\n"


def _lines(text: str) -> int:
    return text.count("\n") + (not text.endswith("\n") if text else 0)


def _range(at: int, lines: int) -> str:
    """Return a range as diffs write it; `at` is the number of lines before it."""
    return str(at + 1) if lines == 1 else f"{at + bool(lines)},{lines}"


def _marked(text: str, mark: str) -> str:
    """Return lines with a mark before each."""
    if not text:
        return ""
    marked = mark + text.removesuffix("\n").replace("\n", f"\n{mark}") + "\n"
    return marked if text.endswith("\n") else f"{marked}\\ No newline at end of file\n"
