"""ARNs, images and buckets of one request that are in different regions or partitions."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from sm_lint.checks import At, Found, Match
from sm_lint.model.escape import shown
from sm_lint.model.pointer import Pointer

KINDS = ("region", "partition", "arn")
_ARN = r"arn:(aws[a-z-]*):[a-z0-9-]+:([a-z0-9-]*):"
_IMAGE = r"[0-9]{12}\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\."
# SageMaker's own buckets have the region in their names; of others nothing is known.
_BUCKET = r"s3://sagemaker-([a-z]{2,4}(?:-[a-z]+)+-[0-9]+)-[0-9]{12}/"
_SOMEWHERE = re.compile(f"{_ARN}|{_IMAGE}|{_BUCKET}")
_PARTITIONS = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
    "eu-isoe-": "aws-iso-e",
    "us-isof-": "aws-iso-f",
    "eusc-": "aws-eusc",
}


def find(found: Found, *, values: At, region: str | None = None) -> Iterator[Match]:
    """Yield each string, of those that the paths lead to, that is elsewhere than it should be.

    It should be in `region`, or where none is configured in the place of the first, in the order of `values`. The kinds
    are `region`, of values in one partition; `partition`; and `arn`, of an ARN whose partition has not got its region.
    """
    places = [
        (pointer, value, *_where(named))
        for path in values
        for pointer, value in found[path]
        if isinstance(value, str) and (named := _SOMEWHERE.match(value))
    ]
    regional = [place for place in places if place[3]]  # what every region shares, as roles, has none
    configured = [((), "", partition_of(region), region)] if region else []
    for pointer, value, partition, own in regional:
        meant = partition_of(own)
        if meant != partition:
            yield Match(pointer, _parameters(value, partition, own) | {"nearest": meant}, "arn")
    for pointer, value, partition, _ in places:
        home, _, common, _ = (configured or places)[0]
        if partition != common:
            yield Match(pointer, _parameters(value, partition, common, home), "partition")
    for pointer, value, partition, own in regional:
        home, _, common, best = (configured or regional)[0]
        if partition == common and own != best:
            yield Match(pointer, _parameters(value, own, best, home), "region")


@lru_cache(maxsize=64)  # there are some forty
def partition_of(region: str) -> str:
    """Return the partition of a region.

    >>> partition_of("cn-north-1"), partition_of("eu-west-1")
    ('aws-cn', 'aws')
    """
    return next((partition for start, partition in _PARTITIONS.items() if region.startswith(start)), "aws")


def _where(named: re.Match[str]) -> tuple[str, str]:
    """Return the partition and the region that a value names; of an ARN that has none, the region is empty."""
    partition, region_of_arn, region_of_image, region_of_bucket = named.groups()
    if partition:
        return partition, region_of_arn
    region = region_of_image or region_of_bucket
    return partition_of(region), region


def _parameters(value: str, found: str, allowed: str, home: Pointer = ()) -> dict[str, Any]:
    """Return the parameters; `member` is the one that has the right place, None where the configuration gives it."""
    member = next((step for step in reversed(home) if isinstance(step, str)), None)
    return {"value": shown(value), "found": found, "allowed": allowed, "member": member}
