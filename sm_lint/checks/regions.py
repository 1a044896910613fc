"""ARNs, images and buckets of one request that are in different regions or partitions."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from sm_lint.checks import Match, strings
from sm_lint.diagnostic import Pointer
from sm_lint.escape import shown

_ARN = re.compile(r"arn:(aws[a-z-]*):[a-z0-9-]+:([a-z0-9-]*):")
_IMAGE = re.compile(r"[0-9]{12}\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.")
# SageMaker's own buckets have the region in their names; of others nothing is known.
_BUCKET = re.compile(r"s3://sagemaker-([a-z]{2,4}(?:-[a-z]+)+-[0-9]+)-[0-9]{12}/")
_PARTITIONS = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
    "eu-isoe-": "aws-iso-e",
    "us-isof-": "aws-iso-f",
    "eusc-": "aws-eusc",
}


class _Place(NamedTuple):
    pointer: Pointer
    value: str
    partition: str
    region: str
    """Empty for what every region shares, as roles."""


def find(payload: Any, *, values: list[str], differ: str, region: str | None) -> Iterator[Match]:
    """Yield each string, of those that the paths lead to, that is elsewhere than it should be.

    It should be in `region`, or where none is configured in the place of the first. `differ` is what differs:
    `region`, of values in one partition; `partition`; or `arn`, of an ARN whose partition does not have its region.
    """
    places = [place for pointer, value in strings(payload, values) if (place := _place(pointer, value))]
    if differ == "arn":
        for place in places:
            meant = partition_of(place.region) if place.region else place.partition
            if meant != place.partition:
                yield Match(place.pointer, _facts(place, place.partition, place.region) | {"nearest": meant})
        return
    if differ == "region":
        places = [place for place in places if place.region]
    home = _Place((), "", partition_of(region), region) if region else next(iter(places), None)
    if home is None:
        return
    for place in places:
        if differ == "partition" and place.partition != home.partition:
            yield Match(place.pointer, _facts(place, place.partition, home.partition, home))
        if differ == "region" and place.partition == home.partition and place.region != home.region:
            yield Match(place.pointer, _facts(place, place.region, home.region, home))


def partition_of(region: str) -> str:
    """Return the partition of a region.

    >>> partition_of("cn-north-1"), partition_of("eu-west-1")
    ('aws-cn', 'aws')
    """
    return next((partition for start, partition in _PARTITIONS.items() if region.startswith(start)), "aws")


def _place(pointer: Pointer, value: str) -> _Place | None:
    arn = _ARN.match(value)
    if arn:
        return _Place(pointer, value, *arn.groups())
    named = _IMAGE.match(value) or _BUCKET.match(value)
    return _Place(pointer, value, partition_of(named[1]), named[1]) if named else None


def _facts(place: _Place, found: str, allowed: str, home: _Place | None = None) -> dict[str, Any]:
    """Return the facts; `member` is the one that has the right place, None where the configuration gives it."""
    member = next((step for step in reversed(home.pointer) if isinstance(step, str)), None) if home else None
    return {"value": shown(place.value), "found": found, "allowed": allowed, "member": member}
