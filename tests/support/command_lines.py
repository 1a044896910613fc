"""Words for create-model-package, mostly nearly right, drawn from a seed."""

import json
from collections.abc import Iterator
from random import Random

FILES = {
    "spec.json": b'{"Containers": [{"Image": "i"}]}',
    "tags.json": b' [{"Key": "a", "Value": "b"}]\r\n',
    "tags.txt": b"Key=a,Value=b\n",
    "members.txt": b"a=1,\r\nb=2",
    "text.txt": b"hello\r\n",
    "broken.json": b'{"Containers": [',
    "bom.json": b"\xef\xbb\xbf{}",
    "latin.txt": b"\xe9",
    "empty.txt": b"",
    "input.json": b'{"ModelPackageName": "f", "Tags": [], "Domain": "d"}',
    "list.json": b"[1]",
}
"""The files that the words may name, by path."""

_STRINGS = ("--model-package-name", "--domain", "--source-uri", "--model-approval-status", "--client-token")
_STRUCTURES = (
    "--inference-specification", "--validation-specification", "--model-metrics", "--model-card", "--security-config",
    "--customer-metadata-properties", "--metadata-properties", "--source-algorithm-specification",
)  # fmt: skip
_LISTS = ("--tags", "--additional-inference-specifications")
_FLAGS = ("--certify-for-marketplace", "--no-certify-for-marketplace")
_GLOBALS = ("--region=x", "--output=json", "--no-cli-pager", "--no-paginate", "--color=off", "--cli-read-timeout=5")
_PREFIXES = (
    "--model-package", "--model-approval", "--tag", "--t", "--c", "--no-c", "--no-certify", "--cert", "--skip",
    "--s", "--reg", "--o", "--inference", "--additional", "--dom", "--", "--approval-status", "--Tags", "-t",
    "--model-card", "---tags", "--tags ", "-1", "-1.5", "-x y", "-", "--generate", "--generate-cli-skeleton",
    "--color", "--no-cli",
)  # fmt: skip
_BARE = (
    "a", "b", "true", "TRUE", "false", "yes", "5", "1_000", " 7 ", "six", "x y", "s3://b/k", "text/csv", "v=1",
    "x\\,y", "", "é", "x]y", "x}y", "{x", "[x", "a;b", "a@b", "file://text.txt", "file://none", "x\u00a0",
    "\u00a0x", "x\\", "\\x", "x\x1cy", "-", "a:b", "😀", "x'y", "\t", "x\ny", "\x01", "\uffff", "\x85", "\u2028",
    "٣", "~", "|", "Image=b", "x Image=y",
)  # fmt: skip
_PLAIN = ("a", "b", "true", "5", "x y", "s3://b/k", "text/csv", "application/json")
_QUOTED = (
    "'a b'", '"a,b"', "'it\\'s'", '"\\"', "'\\\\'", "'😀'", "''", '""', "'a", '"a', "'a\\'", "'a\\',x'", '"\\\\"',
    "'x'y", "' 5 '", "'true'", "'{}'", "'a,b=c'", "'a,b'z", "'file://text.txt'", "'\\n'", "'\\\\\\'", "'a\\\\'",
)  # fmt: skip
_KEYS = (
    "Key", "Value", "a", "b", "Containers", "Image", "ModelDataUrl", "Environment", "IsCheckpoint",
    "SupportedContentTypes", "SupportedResponseMIMETypes", "ModelCardContent", "ModelCardStatus", "ValidationRole",
    "ValidationProfiles", "Name", "TransformJobDefinition", "MaxPayloadInMB", "TransformResources", "InstanceCount",
    "KmsKeyId", "Bias", "Report", "S3Uri", "SourceAlgorithms", "AlgorithmName", "CommitId", "x.y", "a:b/c", "#", "",
    "é", "Model Name", "ContainerHostname",
)  # fmt: skip
_MARKS = "=,[]{}@'\"\\ \t\n:;-$a😀\x01é"


def commands(seed: int) -> Iterator[list[str]]:
    """Yield the words of one command after the other, without an end."""
    random = Random(seed)  # noqa: S311 - the same words each time
    while True:
        words: list[str] = []
        for _ in range(random.choice((1, 1, 1, 2, 2, 3))):
            words += _option(random)
        if random.random() < 0.08:
            words.insert(random.randrange(len(words) + 1), random.choice((*_PREFIXES, *_GLOBALS, *_BARE, "a=b")))
        yield words


def _option(random: Random) -> list[str]:
    kind = random.random()
    if kind < 0.1:
        name, values = random.choice(_STRINGS), [random.choice((*_BARE, *_QUOTED, *_PREFIXES, _json(random, 0)))]
    elif kind < 0.15:
        name, values = random.choice(_FLAGS), ["true"] if random.random() < 0.1 else []
    elif kind < 0.2:
        name, values = "--cli-input-json", [random.choice(("file://input.json", "file://list.json", _json(random, 0)))]
    elif kind < 0.24:
        return [random.choice(_GLOBALS)]
    elif kind < 0.55:
        name = random.choice(_LISTS)
        values = [_value(random) for _ in range(random.choice((0, 1, 1, 1, 2, 2, 3)))]
    else:
        name, values = random.choice(_STRUCTURES), [_value(random)]
    if values and random.random() < 0.1:
        # of `--`, versions of Python think differently
        return [f"{name}={values[0] if values[0] != '--' else ''}", *values[1:]]
    return [name, *values]


def _value(random: Random) -> str:
    kind = random.random()
    if kind < 0.08:
        return f"file{random.choice(('', '', 'b', ' '))}://{random.choice((*FILES, 'none'))}"
    if kind < 0.25:
        text = json.dumps(_tree(random, 0), ensure_ascii=False)
        text = random.choice(("", "", "", " ", "\n", "\u00a0", "'")) + text
    else:
        text = _members(random, 0, ",")
    while random.random() < 0.25:
        at = random.randrange(len(text) + 1)
        cut = at + (random.random() < 0.5)
        text = text[:at] + random.choice(("", *_MARKS)) + text[cut:]
    return text


def _members(random: Random, depth: int, comma: str) -> str:
    pairs = []
    for _ in range(random.choice((1, 1, 2, 2, 3))):
        sign = random.choice(("=", "=", "=", "=", "=", "=", "@=", " = ", "@ =", "", "=="))
        pairs.append(random.choice(_KEYS) + sign + _part(random, depth + 1))
    return random.choice((comma, comma, comma, comma, f" {comma} ", f"{comma} ", " ")).join(pairs)


def _part(random: Random, depth: int) -> str:
    kind = random.random()
    if depth < 5 and kind < 0.15:
        return "{" + _members(random, depth, ",") + random.choice(("}", "}", "}", "}", ",}", " }", ""))
    if depth < 5 and kind < 0.3:
        items = [_part(random, depth + 1) for _ in range(random.choice((0, 1, 1, 2)))]
        return "[" + random.choice((",", ", ", " ")).join(items) + random.choice(("]", "]", "]", ",]", " ]", ""))
    if kind < 0.4:
        return ",".join(random.choice((*_BARE, *_QUOTED)) for _ in range(random.choice((2, 2, 3))))
    return random.choice(_PLAIN if kind < 0.7 else _BARE if kind < 0.85 else _QUOTED)


def _tree(random: Random, depth: int) -> object:
    kind = random.random()
    if kind < 0.5 and depth < 4:
        return {random.choice(_KEYS): _tree(random, depth + 1) for _ in range(random.choice((0, 1, 2)))}
    if kind < 0.65 and depth < 4:
        return [_tree(random, depth + 1) for _ in range(random.choice((0, 1, 2)))]
    return random.choice((*_BARE, *_QUOTED, 1, 2.5, True, None))


def _json(random: Random, depth: int) -> str:
    return json.dumps(_tree(random, depth))
