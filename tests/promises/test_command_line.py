"""What the linter makes of the words of a command, against the AWS CLI itself."""

import json
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from sm_lint.requests.command_line.arguments import arguments
from tests.support.command_lines import FILES, commands
from tests.support.linting import RULES
from tests.support.words import words_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("awscli") is None, reason="awscli, of the extra `dev`, is not installed"),
]


@pytest.mark.parametrize("seed", range(3))
def test_a_command_is_read_as_the_aws_cli_reads_it(seed: int, tmp_path: Path) -> None:
    assert disagreements(seed, 1000, tmp_path) == []


def disagreements(seed: int, count: int, folder: Path) -> list[Any]:
    """Return the commands, with both values, on which the two do not agree."""
    from tests.support.aws_cli import answers

    for path, content in FILES.items():
        (folder / path).write_bytes(content)
    drawn = list(islice(commands(seed), count))
    found = zip(drawn, answers(drawn, folder), map(sent, drawn), strict=True)
    return [one for one in found if one[1] != one[2]]


def sent(command: list[str]) -> Any:
    """Return the request that a command sends, or `refused`."""
    found = arguments(words_of(command), RULES.shapes, FILES.get)
    value = found.value
    if found.is_refused or found.asks_for or any(file.pointer and not file.was_read for file in found.files):
        return "refused"
    for file in found.files:
        if not file.pointer:
            more = json.loads(FILES[file.path])
            if not isinstance(more, dict):
                return "refused"
            value = {**more, **value}
    return value
