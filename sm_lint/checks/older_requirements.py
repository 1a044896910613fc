"""What the configured version of the AWS CLI requires although the API does not any more."""

from collections.abc import Iterator
from typing import Annotated

from sm_lint.checks import PLACES, Found, Match, is_older

KINDS = ("missing", "empty")


def find(
    found: Found,
    *,
    required: Annotated[dict[str, dict[str, str]], PLACES],
    filled: Annotated[dict[str, str], PLACES],
    cli_version: str,
) -> Iterator[Match]:
    """Yield each object without a member that `cli_version` requires, and each empty list that it refuses.

    `required` has, by the place of the object, the version from which on each member is optional. `filled` has, by the
    place of the list, the version from which on it may be empty. The kinds are `missing` and `empty`.
    """
    for path, members in required.items():
        for pointer, value in found[path]:
            missing = [name for name in members if isinstance(value, dict) and name not in value]
            for name in missing:
                if is_older(cli_version, members[name]):
                    yield Match(pointer, {"member": name, "limit": members[name], "found": cli_version}, "missing")
    for path, version in filled.items():
        for pointer, value in found[path]:
            if value == [] and is_older(cli_version, version):
                yield Match(pointer, {"member": pointer[-1], "limit": version, "found": cli_version}, "empty")
