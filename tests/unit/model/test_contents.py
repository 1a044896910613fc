"""The bytes of files, read with bounded work."""

import os
import sys
from pathlib import Path

import pytest

from sm_lint.model.contents import contents, contents_of_regular

MOST = 100_000
EACH = 16 * 1024


@pytest.mark.parametrize("size", [0, 1, EACH - 1, EACH, EACH + 1, 2 * EACH, MOST - 1, MOST, MOST + 1, 2 * MOST])
def test_a_file_is_read_up_to_one_byte_more_than_the_most(size: int, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    data = os.urandom(size)
    path.write_bytes(data)
    assert contents(str(path), MOST) == contents_of_regular(str(path), MOST) == data[: MOST + 1]


@pytest.mark.parametrize("most", [0, 1, 9, 10, 11])
def test_the_most_may_be_less_than_what_is_read_at_once(most: int, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"0123456789")
    assert contents(str(path), most) == contents_of_regular(str(path), most) == b"0123456789"[: most + 1]


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are those of POSIX")
def test_what_has_taken_the_place_of_a_file_makes_nobody_wait(tmp_path: Path) -> None:
    path = str(tmp_path / "a.json")
    os.mkfifo(path)
    with pytest.raises(OSError, match="Not a regular file"):
        contents(path, MOST)
    assert contents_of_regular(path, MOST) == b""
    with pytest.raises(IsADirectoryError):
        contents_of_regular(str(tmp_path), MOST)
