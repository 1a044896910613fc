"""Rows of requests, broken ones among them, and what the command line says of them as JSON Lines."""

import json
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from tests.conftest import Run
from tests.support.cases import requests

IN_A_FILE = 100
"""The number of lines in a file, which have fewer diagnostics than are shown of a file."""
BROKEN: list[bytes | None] = [
    None,
    b"null",
    b"no JSON",
    b"[]",
    b'"text"',
    b"1e400",
    b'{"ModelPackageGroupName": "churn", ',
    b'{"ModelPackageGroupName": "churn",, "Tags": 1}',
    b'{"ModelPackageGroupName": "churn", "ModelPackageGroupName": "churn", "Domain": "x"}',
    b'{"ModelPackageGroupName": "churn\xff"}',
    b"\xff\xfe{\x00}\x00",
    b'\xef\xbb\xbf{"ModelPackageGroupName": "churn", "Task": "x"}',
    b'{"ModelPackageGroupName": "churn", "\\ud800": "\xf0\x9f\x98\x80", "Task": "x"}',
    b"{" + b'"a":{' * 300,
    b'{"query": "SELECT 1"}',
]
"""None is NULL, which is linted like the line `null`."""


def rows(count: int, *, large: bool = False) -> list[bytes | None]:
    """Return so many rows, a third of them clean; `large` with one above the limit, of 8 MiB."""
    some = [*BROKEN, *(json.dumps(request).encode() for request in requests())]
    found = list(islice(cycle(some), count))
    return [*found, b'{"ModelPackageGroupName": "%s"}' % (b"a" * 8 * 1024 * 1024)] if large else found


def by_the_command_line(texts: list[bytes | None], folder: Path, run: Run) -> dict[int, list[dict[str, Any]]]:
    """Return the diagnostics in its JSON report by the number of the row, with places and carriers as those of rows."""
    found: dict[int, list[dict[str, Any]]] = {}
    names = []
    for start in range(0, len(texts), IN_A_FILE):
        names.append(str(folder / f"{start}.jsonl"))
        Path(names[-1]).write_bytes(b"\n".join(text or b"null" for text in texts[start : start + IN_A_FILE]))
    report = run("check", "--isolated", "--output-format", "json", *names).report
    assert report["summary"]["omitted"] == 0
    for of in report["diagnostics"]:
        row = int(Path(of["file"]).stem) + of["range"]["start"]["line"] - 1
        related = [{key: value for key, value in place.items() if key != "file"} for place in of["related"]]
        for span in (of["range"], *(place["range"] for place in related)):
            for position in span.values():
                position |= {"line": 1, "offset": position["column"] - 1}
        kept = {key: value for key, value in of.items() if key not in ("file", "fix", "not_fixed")}
        pointer = of["pointer"].encode(errors="backslashreplace").decode()
        found.setdefault(row, []).append(kept | {"pointer": pointer, "related": related, "carrier": "payload"})
    return found
