"""Names in snake case."""

from botocore import xform_name

from sm_lint.requests.snake_case import snake_case
from tests.support.linting import RULES


def test_the_names_are_those_of_botocore_and_differ() -> None:
    members = {name for of in RULES.folded["definitions"].values() for name in of.get("properties", ())}
    assert {name: snake_case(name) for name in members} == {name: xform_name(name) for name in members}
    assert len(set(map(snake_case, members))) == len(members) > 100
