"""Pointers that are reported have a maximum length."""

from hypothesis import given
from hypothesis import strategies as st

from sm_lint.model.pointer import MAX_LENGTH, Pointer, outer_part


@given(st.lists(st.one_of(st.integers(0, 9), st.sampled_from(["a", "k" * 2000, "k" * MAX_LENGTH])), max_size=5))
def test_a_pointer_that_is_too_long_is_that_of_an_enclosing_value(steps: list[str | int]) -> None:
    pointer: Pointer = tuple(steps)
    outer = outer_part(pointer)
    assert outer == pointer[: len(outer)]

    def length(of: Pointer) -> int:
        return sum(len(step) if isinstance(step, str) else 1 for step in of)

    assert length(outer) <= MAX_LENGTH
    assert outer == pointer or length(pointer[: len(outer) + 1]) > MAX_LENGTH
