"""The requests that are linted, and folders with many of them."""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CLEAN: dict[str, Any] = json.loads((ROOT / "examples" / "churn-version.json").read_text(encoding="utf-8"))
"""A request of a usual size, 0.9 kB."""
WRONG = {**CLEAN, "Tags": [{"Key": "team", "Value": "a"}], "ModelApprovalStatus": "approved", "Domian": "x"}
"""The same with three findings."""
_CONTAINER = {
    "Image": CLEAN["InferenceSpecification"]["Containers"][0]["Image"],
    "Environment": {f"KEY_{number}": "x" * 60 for number in range(16)},
}


def as_json(value: object) -> str:
    """Return a value as indented JSON."""
    return json.dumps(value, indent=1)


def as_yaml(value: object) -> str:
    """Return a value as YAML in block style."""
    import yaml

    class Dumper(yaml.SafeDumper):
        """A dumper that does not write aliases."""

        def ignore_aliases(self, _data: object) -> bool:
            return True

    return str(yaml.dump(value, Dumper=Dumper, sort_keys=False))


def fill(folder: Path, request: dict[str, Any], write: Callable[[object], str], count: int) -> str:
    """Write `count` files into a new folder, each with its own group, location and commit; return the folder's path."""
    extension = "yaml" if write is as_yaml else "json"
    text = write(request)
    folder.mkdir()
    for number in range(count):
        own = text.replace("churn", f"churn-{number}").replace("4be1f1a", f"f{number:06x}")
        (folder / f"r{number:06}.{extension}").write_text(own, encoding="utf-8")
    return os.fspath(folder)


def edited() -> dict[str, Any]:
    """Return a clean request of about 16 kB."""
    return {"ModelPackageGroupName": "churn", "InferenceSpecification": {"Containers": [_CONTAINER] * 11}}


def _large(count: int) -> dict[str, Any]:
    """Return a clean request with `count` inference specifications (at most 15) of 15 containers each."""
    containers = [{**_CONTAINER, "ContainerHostname": f"host-{number}"} for number in range(15)]
    named = [{"Name": f"name-{number}", "Containers": containers} for number in range(count)]
    return {"ModelPackageGroupName": "churn", "AdditionalInferenceSpecifications": named}


def growing() -> Iterator[tuple[str, str, int, list[str]]]:
    """Yield `(what grows, file extension, factor, [small text, large text])`."""
    for extension, write, limit in (("json", as_json, 8), ("yaml", as_yaml, 1)):
        syntax = extension.upper()
        yield f"5 × as many members in clean {syntax}: 860 and 4,310", extension, 5, [write(_large(n)) for n in (3, 15)]
        unknown = [{"ModelPackageGroupName": "a", **{f"x{n}": n for n in range(count)}} for count in (4000, 16000)]
        yield f"4 × as many findings in {syntax}: 4,000 and 16,000", extension, 4, [write(value) for value in unknown]
        most = limit << 20
        long = [{"ModelPackageGroupName": "a", "ModelPackageDescription": "x" * n} for n in (most // 4, most - 100)]
        what = f"4 × as large a text of {syntax}: {limit << 8:,} KiB and the limit, {limit} MiB"
        yield what, extension, 4, [write(value) for value in long]
