"""The width of a text in cells, the columns of a terminal: a wide character takes two of them, a mark none.

Of most texts the length tells it, and rich is not imported.
"""


def width(text: str) -> int:
    """Return the number of cells that a text takes."""
    if text.isascii() and text.isprintable():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def widths(text: str) -> list[int]:
    """Return the number of cells that each code point of a text takes; one for each if all are ASCII."""
    if text.isascii():
        return [1] * len(text)
    from rich.cells import get_character_cell_size

    return list(map(get_character_cell_size, text))
