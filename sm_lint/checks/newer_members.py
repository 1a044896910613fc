"""Members that the configured version of the AWS CLI does not support yet."""

from collections.abc import Collection, Iterator
from typing import Any

from sm_lint.checks import Found, Match, is_older
from sm_lint.model.pointer import Pointer


def find(found: Found, *, members: dict[str, str], maps: list[str], cli_version: str) -> Iterator[Match]:
    """Yield each member that was added after `cli_version`.

    `members` has the last version of the AWS CLI without each member. `maps` are the members whose keys the user
    chooses, so that they are not members of the API.
    """
    newer = {name for name, last in members.items() if not is_older(last, cli_version)}
    for pointer in _named(*found[""][0], newer, maps):
        parameters = {"member": pointer[-1], "limit": members[str(pointer[-1])], "found": cli_version}
        yield Match(pointer, parameters, on_key=True)


def _named(pointer: Pointer, value: Any, names: Collection[str], maps: Collection[str]) -> Iterator[Pointer]:
    """Yield the pointers of the outermost members with one of these names."""
    if isinstance(value, dict):
        for name, child in value.items():
            if name in names:
                yield (*pointer, name)
            elif name not in maps:
                yield from _named((*pointer, name), child, names, maps)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _named((*pointer, index), item, names, maps)
