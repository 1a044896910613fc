"""Files to lint: requests with the shapes and sizes of those that people send, from the table `requests.toml`."""

import json
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import tomli

_TABLE = Path(__file__).parent / "requests.toml"
_LACKS = 0.3
"""How often a request lacks a member that may be absent."""


@cache
def _kinds() -> list[dict[str, Any]]:
    kinds: list[dict[str, Any]] = tomli.loads(_TABLE.read_text(encoding="utf-8"))["kind"]
    return kinds


def request(number: int) -> dict[str, Any]:
    """Return the clean request with a number: of each kind in turn, with names of its own, always the same."""
    kind = _kinds()[number % len(_kinds())]
    drawn: dict[str, Any] = json.loads(kind["request"].replace("{n}", str(number)))
    chance = random.Random(number)  # noqa: S311 - no secret
    for member in kind["optional"]:
        if chance.random() < _LACKS:
            del drawn[member]
    return drawn


def no_request(number: int) -> dict[str, Any]:
    """Return the value with a number of a file that holds no request, as a repository has many: about 1.5 kB."""
    containers = [
        {
            "name": f"worker-{number}-{index}",
            "image": f"registry.example.com/jobs/worker:{number}.{index}",
            "env": [{"name": f"QUEUE_{name}", "value": f"queue-{number}-{name}"} for name in ("IN", "OUT", "FAILED")],
            "resources": {"requests": {"cpu": "500m", "memory": "1Gi"}, "limits": {"memory": "2Gi"}},
            "ports": [{"containerPort": 8080 + index, "protocol": "TCP"}],
        }
        for index in range(4)
    ]
    labels = {"app": f"jobs-{number}", "team": "platform"}
    template = {"metadata": {"labels": labels}, "spec": {"containers": containers, "restartPolicy": "Always"}}
    metadata = {"name": f"jobs-{number}", "labels": labels}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": {"template": template}}


def fill(
    folder: Path, extension: str, count: int, value: Callable[[int], object], write: Callable[[object], str]
) -> str:
    """Write `count` files into a new folder, each with the value of its number; return the folder's path."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"r{number:06}.{extension}").write_text(write(value(number)), encoding="utf-8")
    return str(folder)
