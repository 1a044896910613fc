"""Strategies for the strings of a request, by shape: whatever the API model accepts and no documentation forbids.

They are written from the patterns of the API model as it is published, not from those of schemas/, which are to be
tried. Most strings are short; some are as long as they may be, in code points.
"""

import string
from typing import Any

from hypothesis import strategies as st

Text = st.SearchStrategy[str]
Alphabet = str | st.SearchStrategy[str]

ALNUM = string.ascii_letters + string.digits
ANY = st.characters(exclude_categories=["Cs"])
LINE = st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\x85\u2028\u2029")
"""What the dot of a pattern stands for."""
_TAG = st.characters(categories=("L", "Z", "N"), include_characters="_.:/=+-@")
_PROSE = st.characters(categories=("L", "M", "Z", "S", "N", "P"))
_URI = st.characters(categories=("L", "M", "Z", "N", "P"))
_SEGMENT = st.characters(exclude_categories=["Cs"], exclude_characters="/\n\r\x85\u2028\u2029")
_ODD_SEGMENTS = (
    "https:",
    "s3:",
    "..",
    ".",
    " ",
    "dt=2024-01-01",
    "a b",
    "model.tar.gz",
    "%2F",
    "é",
    "$1",
    "*",
    "?x=1#y",
)
_REGIONS = {
    "aws": ("us-east-1", "eu-west-1", "ap-southeast-5", "mx-central-1"),
    "aws-cn": ("cn-north-1", "cn-northwest-1"),
    "aws-us-gov": ("us-gov-west-1",),
    "aws-iso": ("us-iso-east-1",),
    "aws-iso-b": ("us-isob-east-1",),
    "aws-eusc": ("eusc-de-east-1",),
}
_SUFFIXES = {
    "aws-cn": "amazonaws.com.cn",
    "aws-iso": "c2s.ic.gov",
    "aws-iso-b": "sc2s.sgov.gov",
    "aws-eusc": "amazonaws.eu",
}
_PLACES = tuple((partition, region) for partition, regions in _REGIONS.items() for region in regions)
_MANY = 6
"""One value of so many is as long as it may be."""


def spread(alphabet: Alphabet, least: int, most: int) -> Text:
    """Return a strategy for texts of an alphabet: most are short, some have all the characters that they may have."""
    short = st.text(alphabet, min_size=least, max_size=min(most, least + 12))
    part = st.text(alphabet, min_size=1, max_size=3)
    return mostly(short, st.builds(lambda text, size: (text * size)[:size], part, st.sampled_from((most - 1, most))))


def mostly(usual: st.SearchStrategy[Any], rare: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return a strategy for values of another one, and now and then for those of a second one."""
    return st.integers(1, _MANY).flatmap(lambda number: rare if number == _MANY else usual)


def _between(ends: str, inside: str, most: int) -> Text:
    """Return a strategy for texts that begin and end with one of `ends`."""
    end = st.sampled_from(ends)
    return st.builds(str.__add__, end, st.just("") | st.builds(str.__add__, spread(inside, 0, most - 2), end))


def name(most: int = 63) -> Text:
    """Return a strategy for names of letters, digits and hyphens, which do not begin or end with a hyphen."""
    return _between(ALNUM, ALNUM + "-", most)


def _dashed(most: int) -> Text:
    parts = st.lists(st.text(ALNUM, min_size=1, max_size=12), min_size=1, max_size=12)
    return parts.map(lambda words: "-".join(words)[:most].rstrip("-"))


ACCOUNT = st.text(string.digits, min_size=12, max_size=12)


def arn(service: str, resource: Text, account: Text = ACCOUNT) -> Text:
    """Return a strategy for ARNs in all partitions."""
    return st.builds(
        lambda place, of, what: f"arn:{place[0]}:{service}:{place[1]}:{of}:{what}",
        st.sampled_from(_PLACES),
        account,
        resource,
    )


def _prefixed(prefix: str, texts: Text) -> Text:
    return texts.map(prefix.__add__)


def _images() -> Text:
    """Return a strategy for the URIs of images in private registries of Amazon ECR."""
    word = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)
    repository = st.lists(word, min_size=1, max_size=4).flatmap(
        lambda words: st.sampled_from("/-_.").map(lambda between: between.join(words))
    )
    tag = _between(ALNUM + "_", ALNUM + "_.-", 128).map(":{}".format)
    digest = st.text("0123456789abcdef", min_size=64, max_size=64).map("@sha256:{}".format)
    host = st.sampled_from(("dkr.ecr", "dkr.ecr", "dkr.ecr-fips"))

    def uri(account: str, host: str, place: tuple[str, str], path: str, version: str) -> str:
        return f"{account}.{host}.{place[1]}.{_SUFFIXES.get(place[0], 'amazonaws.com')}/{path}{version}"

    version = st.just("") | tag | digest
    uris = st.builds(uri, ACCOUNT, host, st.sampled_from(_PLACES), repository, version)
    return uris.filter(lambda text: len(text) <= 255)


_BUCKETS = st.builds(
    lambda first, middle, last: first + middle + last,
    st.sampled_from(string.ascii_lowercase),
    spread(string.ascii_lowercase + string.digits + "-", 1, 61),
    st.sampled_from(string.ascii_lowercase + string.digits),
).filter(lambda text: not text.startswith("xn--") and not text.endswith("-s3alias"))
_STARTS = st.one_of(
    _BUCKETS.map("s3://{}/".format),
    _BUCKETS.map("s3://{}/".format),
    st.builds("https://s3.{1}.amazonaws.com/{0}/".format, _BUCKETS, st.sampled_from(_REGIONS["aws"])),
    st.builds("https://{}.s3.{}.amazonaws.com/".format, _BUCKETS, st.sampled_from(_REGIONS["aws"])),
)
_SEGMENTS = st.sampled_from(_ODD_SEGMENTS) | st.text(_SEGMENT, max_size=8)
_FOLDERS = st.lists(_SEGMENTS, max_size=4).map(lambda names: "".join(f"{name}/" for name in names))


def _is_file_name(text: str) -> bool:
    return text.strip() not in ("", ".", "..") and "\0" not in text and len(text.encode()) <= 255


_FILES = st.text(_SEGMENT, min_size=1, max_size=12) | st.sampled_from(("model.tar.gz", "x" * 255, "é" * 127))


def _stretched(start: str, folders: str, file: str) -> str:
    """Return a URI of exactly 1,024 characters."""
    missing = 1024 - len(start + folders + file)
    return start + "x" * (missing % 2) + "x/" * (missing // 2) + folders + file


def _uris(file: Text) -> Text:
    parts = (_STARTS, _FOLDERS, file)
    return mostly(st.builds(lambda *given: "".join(given), *parts), st.builds(_stretched, *parts))


OBJECTS = _uris(_FILES.filter(_is_file_name))
"""URIs of objects in S3."""
FOLDERS = _uris(st.just(""))
"""URIs of folders in S3: they end with a slash."""
URIS = OBJECTS | FOLDERS | _BUCKETS.map("s3://{}".format)

_KEY_IDS = st.uuids().map(str) | st.text("0123456789abcdef", min_size=32, max_size=32).map("mrk-{}".format)
_ALIASES = spread(ALNUM + "/_-", 1, 250).map("alias/{}".format)
_KEYS = st.one_of(
    st.just(""),
    _KEY_IDS,
    _ALIASES,
    arn("kms", _KEY_IDS.map("key/{}".format) | _ALIASES),
    spread(ALNUM + ":/_-", 0, 2048),
)
_ROLE = ALNUM + "_+=,.@-"
_PATHS = st.lists(st.text(_ROLE, min_size=1, max_size=60), max_size=30).map(
    lambda names: "".join(f"{name}/" for name in names)
)
_ROLES = st.builds(
    lambda place, account, path, role: f"arn:{place[0]}:iam::{account}:role/{path}{role}",
    *(st.sampled_from(_PLACES), ACCOUNT, _PATHS, spread(_ROLE, 1, 64)),
)
_HUB_CONTENT = arn(
    "sagemaker",
    st.builds("hub-content/{}/Model/{}/1.{}.0".format, name(20), name(20), st.integers(0, 99)),
    st.just("aws"),
)
_VERSIONS = st.builds(
    lambda first, dot, middle, other, last: f"{first}{dot}{middle}{other}{last}",
    *(st.integers(0, 9999), LINE, st.integers(0, 9999), LINE, st.integers(0, 9999)),
)
_DIGESTS = st.builds(
    str.__add__,
    st.sampled_from(("sha256:", "SHA256:", "Sha256:")),
    st.text(string.hexdigits, min_size=64, max_size=64),
)
_LINES = {256: spread(LINE, 0, 256), 1024: spread(LINE, 0, 1024)}
_MEDIA_TYPES = st.sampled_from(("text/csv", "application/json", "image/*", "application/x-npy", "text/libsvm"))
_ENVIRONMENT_KEYS = st.builds(str.__add__, st.sampled_from(string.ascii_letters + "_"), spread(ALNUM + "_", 0, 1023))
_TAG_KEYS = spread(_TAG, 1, 128).filter(lambda key: not key.lower().startswith("aws:"))

STRINGS: dict[str, Text] = {
    "Accept": _MEDIA_TYPES | _LINES[256],
    "AdditionalModelChannelName": spread(ALNUM + "._-", 1, 64),
    "ArnOrName": name() | arn("sagemaker", name().map("algorithm/{}".format)),
    "ClientToken": spread(ALNUM + "-", 1, 36),
    "ContainerHostname": name(),
    "ContainerImage": _images(),
    "ContentDigest": _DIGESTS,
    "ContentType": _MEDIA_TYPES | _LINES[256],
    "CustomerMetadataKey": spread(_TAG, 1, 128),
    "CustomerMetadataValue": spread(_TAG, 1, 256),
    "DataInputConfig": st.sampled_from(('{"input": [1, 3, 224, 224]}', "[[1, 3]]")) | spread(ANY, 1, 16384),
    "EntityDescription": spread(_PROSE, 0, 1024),
    "EntityName": name(),
    "EnvironmentKey": _ENVIRONMENT_KEYS,
    "EnvironmentValue": spread(ANY, 0, 1024),
    "HubContentArn": _HUB_CONTENT | spread(LINE, 0, 255),
    "HubContentName": name(),
    "HubContentVersion": _VERSIONS.filter(lambda text: 5 <= len(text) <= 14),
    "ImageDigest": _DIGESTS,
    "KmsKeyId": _KEYS,
    "MetadataPropertyValue": _LINES[1024],
    "ModelPackageFrameworkVersion": st.builds(
        "{}.{}".format, st.sampled_from(string.digits), spread(ALNUM + ".-", 1, 8)
    ),
    "ModelPackageSourceUri": st.sampled_from(("s3://bucket/model/", "a plain text"))
    | arn("sagemaker", name().map("model/{}".format))
    | spread(_URI, 0, 1024),
    "ProductId": name(256),
    "RecipeName": spread(ANY, 0, 255),
    "ResponseMIMEType": _MEDIA_TYPES | st.builds("{}/{}".format, spread(ALNUM + "_-", 1, 511), spread(LINE, 1, 512)),
    "RoleArn": _ROLES,
    "S3ModelUri": URIS,
    "S3Uri": URIS,
    "StageDescription": _LINES[1024],
    "String": spread(ANY, 0, 500),
    "TagKey": _TAG_KEYS,
    "TagValue": spread(_TAG, 0, 256),
    "TransformAmiVersion": _dashed(63),
    "TransformEnvironmentKey": _ENVIRONMENT_KEYS,
    "TransformEnvironmentValue": spread(ANY, 0, 10240),
    "Url": URIS,
}
