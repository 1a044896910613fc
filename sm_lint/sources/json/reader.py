"""JSON as the CLI reads it: `json.loads` on strict UTF-8, where the last of repeated keys wins."""

from functools import partial

import jiter

from sm_lint.sources.reading import Node, Reading


def read(data: bytes, text: str) -> Reading:
    """Return the Reading of a JSON text; `data` is its UTF-8 without a byte-order mark, `text` the same decoded.

    jiter reads first, because it is as fast as json.loads and detects repeated keys. For every text that jiter accepts,
    json.loads returns the same value. A text that jiter refuses is read again by json.loads, which decides.
    """
    try:
        value = jiter.from_json(data, catch_duplicate_keys=True, allow_inf_nan=False)
    except ValueError:
        from sm_lint.sources.json.recovery import read_again

        return read_again(text)
    return Reading(value, [], is_json=True, places=partial(_places, text))


def _places(text: str) -> Node:
    from sm_lint.sources.json.places import tree  # imported lazily: most texts are clean and need no positions

    return tree(text)


def root_keys(text: str) -> set[str]:
    """Return the keys at depth 1 of a text that may be invalid JSON."""
    from sm_lint.sources.json import recovery

    return recovery.root_keys(text)
