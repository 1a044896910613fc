"""JSON, read as the CLI reads it: Python's `json.loads` over strict UTF-8, the last of repeated keys winning."""

from functools import partial

import jiter

from sm_lint.sources.reading import Node, Reading


def read(data: bytes, text: str) -> Reading:
    """Read a JSON text; `data` is its UTF-8 without byte-order mark, `text` the same decoded.

    What jiter accepts, json.loads reads to the same value, at the same price and with repeated keys refused. What it
    refuses is read again by json.loads, and only that decides.
    """
    try:
        value = jiter.from_json(data, catch_duplicate_keys=True, allow_inf_nan=False)
    except ValueError:
        from sm_lint.sources.json.recovery import read_again

        return read_again(text)
    return Reading(value, [], is_json=True, places=partial(_places, text))


def _places(text: str) -> Node:
    from sm_lint.sources.json.places import tree  # late: most texts are clean, and nobody asks for places

    return tree(text)


def root_keys(text: str) -> set[str]:
    """Return the keys at depth 1 of a text that need not be JSON."""
    from sm_lint.sources.json import recovery

    return recovery.root_keys(text)
