"""The limits of JSON texts, found before any value is built."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sm_lint.sources.json import limits
from sm_lint.sources.json.limits import may_exceed

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet='a,:{["]}', max_size=9),
    lambda below: (
        st.lists(below, max_size=4) | st.dictionaries(st.text(alphabet="b,:{[", max_size=5), below, max_size=4)
    ),
    max_leaves=20,
)


def count(value: Any) -> int:
    """Return the number of keys and values in a value, with the value itself."""
    if isinstance(value, dict):
        return 1 + sum(1 + count(below) for below in value.values())
    return 1 + sum(map(count, value)) if isinstance(value, list) else 1


@pytest.mark.parametrize("block", [1, 2, 7, 1000])
@given(value=JSON)
def test_a_text_that_exceeds_a_limit_may_do_so(block: int, value: Any) -> None:
    data = json.dumps(value).encode()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(limits, "_BLOCK", block)
        assert may_exceed(data, count(value) - 1)
        if b"\\" not in data:
            empty = data.count(b"[]") + data.count(b"{}")  # each has a separator more than values
            assert not may_exceed(data, count(value) + empty)
