"""ARNs, images and buckets of one request that are in different regions or partitions."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

from sm_lint.checks import Found, Match, Places
from sm_lint.model.escape import shown
from sm_lint.model.pointer import Pointer
from sm_lint.model.settings import REGION
from sm_lint.model.validator import search

KINDS = ("region", "partition", "arn")
_ARN = rf"arn:(aws[a-z-]*):[a-z0-9-]+:((?:{REGION})?):"
_IMAGE = r"[0-9]{12}\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\."
_REGION = f"({REGION})"
# The names of SageMaker's own buckets contain the region; the region of other buckets is unknown.
_BUCKET = rf"s3://(?:sagemaker-{_REGION}-[0-9]{{12}}|jumpstart(?:-private)?-cache-prod-{_REGION})/"
# https://BUCKET.s3.REGION.amazonaws.com and https://s3.REGION.amazonaws.com/BUCKET, with a hyphen before old regions.
_HOST = rf"https://(?:[^/]*\.)?s3(?:-fips)?[.-](?:dualstack\.)?{_REGION}\.amazonaws\.com(?:\.cn)?/"
_NAME = re.compile(REGION)
_NAME_OR_NONE = re.compile(f"(?:{REGION})?")
_OF_IMAGE = "dkr.ecr."
"""What stands before the region of most images."""
_LONGEST = 24
"""A number of characters that no region has."""
_SOMEWHERE = f"{_ARN}|{_IMAGE}|{_BUCKET}|{_HOST}"  # compiled on first use: of most requests, the text tells enough
_PARTITIONS = {
    "cn-": "aws-cn",
    "us-gov-": "aws-us-gov",
    "us-iso-": "aws-iso",
    "us-isob-": "aws-iso-b",
    "eu-isoe-": "aws-iso-e",
    "us-isof-": "aws-iso-f",
    "eusc-": "aws-eusc",
}


def may_find(text: str, *, region: str | None = None) -> bool:
    """Return whether a request may have a match, by its text.

    It has none if all that looks like an ARN, an image, a bucket or a host is in one region of the partition `aws`.
    """
    return _elsewhere(region or _first_region(text))(text)


@lru_cache(maxsize=64)
def _elsewhere(home: str) -> Callable[[str], bool]:
    """Return `found(text)`: whether a text has what may be a location outside of a region.

    Anything may be if this is no region of the partition `aws`, or no region at all.
    """
    if partition_of(home) != "aws" or not _NAME_OR_NONE.fullmatch(home):
        return lambda _text: True
    image, bucket = _otherwise([f".ecr.{home}."]), _otherwise([f"{home}-"])
    arn = _otherwise([":iam::", f":sagemaker:{home}:", f":kms:{home}:"])
    host = "s3[.-][a-z0-9.-]*[.]amazonaws[.]com"
    return search(f"dkr{image}|s3://sagemaker-{bucket}|s3://jumpstart|arn:aws{arn}|{host}")


def _otherwise(words: Iterable[str]) -> str:
    r"""Return a pattern for what begins with none of some words, of which none begins with another one.

    The first character that differs is one of ASCII: no location has others, and such a pattern is compiled in half of
    the time.

    >>> _otherwise(["ab", "ac"])
    '(?:[^a\x80-\U0010ffff]|a[^bc\x80-\U0010ffff])'
    """
    onward: dict[str, list[str]] = {}
    for word in words:
        onward.setdefault(word[0], []).append(word[1:])
    other = f"[^{''.join(map(re.escape, onward))}\x80-\U0010ffff]"
    deeper = [re.escape(first) + _otherwise(rest) for first, rest in onward.items() if all(rest)]
    return f"(?:{'|'.join([other, *deeper])})" if deeper else other


def _first_region(text: str) -> str:
    """Return the first region in a text of those in images, else in buckets, else in ARNs; empty if there is none."""
    at = text.find(_OF_IMAGE)
    if at >= 0:
        start = at + len(_OF_IMAGE)
        return text[start : start + _LONGEST].partition(".")[0]
    for before in ("s3://sagemaker-", "arn:aws:sagemaker:", "arn:aws:kms:"):
        at = text.find(before)
        if at >= 0 and (named := _NAME.match(text, at + len(before))):
            return named[0]
    return ""


def find(found: Found, *, values: Places, region: str | None = None) -> Iterator[Match]:
    """Yield each string at `values` that is in another region or partition than expected.

    Expected is `region`, or if it is not configured, the location of the first value in the order of `values`. The
    kinds are `region` (another region of the same partition), `partition` (another partition) and `arn` (an ARN whose
    region does not belong to its partition).
    """
    places = [
        (pointer, value, *_where(named))
        for path in values
        for pointer, value in found[path]
        if isinstance(value, str) and (named := re.match(_SOMEWHERE, value))
    ]
    regional = [place for place in places if place[3]]  # global resources, such as roles, have no region
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


@lru_cache(maxsize=64)  # there are about forty regions
def partition_of(region: str) -> str:
    """Return the partition of a region.

    >>> partition_of("cn-north-1"), partition_of("eu-west-1")
    ('aws-cn', 'aws')
    """
    return next((partition for start, partition in _PARTITIONS.items() if region.startswith(start)), "aws")


def _where(named: re.Match[str]) -> tuple[str, str]:
    """Return the partition and the region of a value; the region is empty for an ARN without one."""
    partition, region_of_arn, *regions = named.groups()
    if partition:
        return partition, region_of_arn
    region = next(filter(None, regions))
    return partition_of(region), region


def _parameters(value: str, found: str, allowed: str, home: Pointer = ()) -> dict[str, Any]:
    """Return the message parameters; `member` is the one with the expected location, None if that is configured."""
    member = next((step for step in reversed(home) if isinstance(step, str)), None)
    return {"value": shown(value), "found": found, "allowed": allowed, "member": member}
