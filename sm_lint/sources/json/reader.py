"""JSON as the CLI reads it: `json.loads` on strict UTF-8, where the last of repeated keys wins."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import jiter

from sm_lint.sources.limits import JSON_SEPARATORS, MAX_OF_PLAN, MAX_WRITTEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sm_lint.sources.reading import Node, Reading

SURELY_FEW = 2 * MAX_WRITTEN
"""The number of bytes up to which a text has not too many values: each takes a character, and another separates it."""
_PLAN = b'"resource_changes"'
"""What each Terraform plan contains."""

strictly: Callable[[bytes], Any] = partial(
    jiter.from_json, catch_duplicate_keys=True, allow_inf_nan=False, cache_mode="keys"
)
"""Returns the value of JSON as UTF-8, which json.loads reads alike. Raises ValueError for other JSON, too.

Names are the same in each request, and are kept; other strings are not.
"""


def read(data: bytes, text: str, placeholders: tuple[str, ...] = ()) -> Reading:
    """Return the Reading of a JSON text; `data` is its UTF-8 without a byte-order mark, `text` the same decoded.

    One of the `placeholders` in place of a value is an unknown value.

    jiter reads first, because it is as fast as json.loads and detects repeated keys. For every text that jiter accepts,
    json.loads returns the same value. A text that jiter refuses is read again by json.loads, which decides. A text with
    too many values is read up to the limit, because values take up to thirty times the memory of their text.
    """
    if len(data) > SURELY_FEW:
        limit = MAX_OF_PLAN if _PLAN in data else MAX_WRITTEN
        if len(data) > 2 * limit and sum(map(data.count, JSON_SEPARATORS)) >= limit:
            from sm_lint.sources.json.limits import may_exceed, read_to_the_limit

            cut = read_to_the_limit(text, limit) if may_exceed(data, limit) else None
            if cut:
                return cut
    try:
        value = strictly(data)
    except ValueError:
        from sm_lint.sources.json.recovery import read_again

        return read_again(text, placeholders)
    from sm_lint.sources.reading import Reading  # imported lazily: of most files, the value tells that they are clean

    return Reading(value, [], is_json=True, places=partial(_places, text))


def _places(text: str) -> Node:
    from sm_lint.sources.json.places import tree  # imported lazily: most texts are clean and need no positions

    return tree(text)


def root_keys(text: str) -> Iterator[str]:
    """Yield the keys at depth 1 of a text that may be invalid JSON."""
    from sm_lint.sources.json import limits

    return limits.root_keys(text)
