"""Reading of TOML: whatever stands in a file, there is a table or one clear message."""

import os
from pathlib import Path

import pytest

from sm_lint.config.text import text_of
from sm_lint.config.toml import parsed, table_of
from sm_lint.model.settings import ConfigError

DEEP = "invalid TOML: tables and lists are nested more than 32 levels deep"
WRONG = {
    "many brackets": ("a = " + "[" * 100_000, DEEP),
    "lists in lists": ("a = " + "[" * 32 + "]" * 32, DEEP),
    "tables in tables": ("a = " + "{a = " * 40 + "1" + "}" * 40, DEEP),
    "many parts of a key": (".".join("a" * 33) + " = 1", DEEP),
    "very many parts of a key": (".".join("a" * 100_000) + " = 1", DEEP),
    "many parts of a heading": (f"[{'.'.join('a' * 33)}]", DEEP),
    "many digits": (f"a = {'1' * 5000}", "invalid TOML: Exceeds the limit"),
    "a key twice": ("a = 1\na = 2", "invalid TOML: Cannot overwrite a value"),
    "no TOML": ("x", "invalid TOML: Expected '=' after a key"),
    "a control character": ("a = '\x1b'", r"invalid TOML: Found invalid character '\x1b'"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_not_a_table_is_told(name: str) -> None:
    text, message = WRONG[name]
    with pytest.raises(ConfigError) as told:
        parsed(text, "a.toml")
    assert str(told.value).startswith(f"a.toml: {message}")
    assert str(told.value).isprintable()


def test_what_people_nest_is_a_table() -> None:
    assert parsed("a = " + "[" * 31 + "]" * 31, "a.toml") != {}
    assert parsed(".".join("a" * 32) + " = 1", "a.toml") != {}


def test_only_a_regular_file_of_some_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "large").write_text("#" * 1024 * 1024)
    assert table_of(str(tmp_path / "large")) == {}
    (tmp_path / "large").write_text("#" * (1024 * 1024 + 1))
    (tmp_path / "latin").write_bytes(b"# \xe9")
    for name, message in {
        "folder": "Is a directory",
        "pipe": "Not a regular file",
        "loop": "Too many levels of symbolic links",
        "none": "No such file or directory",
        "large": "too large; it may have at most 1,048,576 bytes",
        "latin": "not UTF-8: unexpected end of data at byte 3",
        "n" * 300: "File name too long",
        "/dev/zero": "Not a regular file",
        "\0": "no file can have a null character in its name",
    }.items():
        with pytest.raises(ConfigError) as told:
            table_of(str(tmp_path / name))
        assert str(told.value).endswith(f": {message}")


def test_a_message_is_one_line_whatever_the_file_is_called() -> None:
    with pytest.raises(ConfigError) as told:
        text_of("a\n::error::\x1b[31m" + "b" * 5000, 1)
    assert str(told.value).startswith(r"a\n::error::\x1b[31mbbb")
    assert len(str(told.value)) < 1100
