"""ARNs, images and buckets of one request that are in different regions or partitions."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from sm_lint.checks import Found, Match, strings
from sm_lint.diagnostic import Pointer
from sm_lint.escape import shown

PATHS = ("values",)
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


def find(found: Found, *, values: list[str], differ: str, region: str | None) -> Iterator[Match]:
    """Yield each string, of those that the paths lead to, that is elsewhere than it should be.

    It should be in `region`, or where none is configured in the place of the first, in the order of `values`. `differ`
    is what differs: `region`, of values in one partition; `partition`; or `arn`, of an ARN whose partition has not got
    its region.
    """
    places = [_Place(pointer, value, *where) for pointer, value in strings(found, values) if (where := _where(value))]
    if differ == "region":
        places = [place for place in places if place.region]
    if not places:
        return
    if differ == "arn":
        for place in places:
            meant = partition_of(place.region) if place.region else place.partition
            if meant != place.partition:
                yield Match(place.pointer, _facts(place, place.partition, place.region) | {"nearest": meant})
        return
    home = _Place((), "", partition_of(region), region) if region else places[0]
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


@lru_cache(maxsize=128)  # several rules ask of each value
def _where(value: str) -> tuple[str, str] | None:
    """Return the partition and the region that a value names."""
    arn = _ARN.match(value)
    if arn:
        return arn[1], arn[2]
    named = _IMAGE.match(value) or _BUCKET.match(value)
    return (partition_of(named[1]), named[1]) if named else None


def _facts(place: _Place, found: str, allowed: str, home: _Place | None = None) -> dict[str, Any]:
    """Return the facts; `member` is the one that has the right place, None where the configuration gives it."""
    member = next((step for step in reversed(home.pointer) if isinstance(step, str)), None) if home else None
    return {"value": shown(place.value), "found": found, "allowed": allowed, "member": member}
