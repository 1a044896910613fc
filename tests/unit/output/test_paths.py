"""Paths in reports: relative to the repository, wherever the command runs and whatever links lead there."""

import os
from pathlib import Path

import pytest

from sm_lint.output.paths import absolute, inside, relative


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a folder, which is the working directory."""
    root = tmp_path / "repository"
    (root / "models").mkdir(parents=True)
    monkeypatch.chdir(root / "models")
    return root


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a.json", "models/a.json"),
        ("./a.json", "models/a.json"),
        ("sub//../a.json", "models/a.json"),
        ("../a.json", "a.json"),
        ("..a.json", "models/..a.json"),
        ("a\\b.json", "models/a\\b.json"),
        ("<stdin>", "<stdin>"),
        ("../../a.json", None),
        ("../../repository-2/a.json", None),
        ("/a.json", None),
    ],
)
def test_a_path_is_relative_to_the_repository_or_as_it_was_given(name: str, path: str | None, repository: Path) -> None:
    roots = [str(repository)]
    assert inside(name, roots) == path
    assert relative(name, roots) == (path or name)
    if path and name != "<stdin>":
        assert inside(absolute(name), roots) == path


def test_the_first_root_that_has_the_file_counts(repository: Path) -> None:
    outer, inner, other = str(repository.parent), str(repository), str(repository / "models" / "sub")
    assert inside("a.json", [inner, outer]) == "models/a.json"
    assert inside("a.json", [outer, inner]) == "repository/models/a.json"
    assert inside("a.json", [other, inner]) == "models/a.json"
    assert inside("a.json", [other]) is None
    assert inside("a.json", ["/"]) == str(repository / "models" / "a.json")[1:]


def test_without_roots_it_is_relative_to_the_working_directory(repository: Path) -> None:
    assert inside("sub/a.json") == "sub/a.json"
    assert inside(str(repository / "models" / "a.json")) == "a.json"
    assert inside("../a.json") is None


def test_links_lead_to_the_repository_and_a_link_in_it_is_a_file_there(repository: Path) -> None:
    (repository.parent / "link").symlink_to("repository")
    (repository / "a.json").symlink_to("/dev/null")
    roots = [str(repository)]
    assert inside(str(repository.parent / "link" / "models" / "b.json"), roots) == "models/b.json"
    assert inside("../a.json", roots) == "a.json"


def test_two_dots_lead_out_of_where_a_link_leads(repository: Path) -> None:
    (repository.parent / "other" / "deep").mkdir(parents=True)
    (repository / "models" / "link").symlink_to("../../other/deep")
    elsewhere = "link/../a.json"
    assert inside(elsewhere, [str(repository)]) is None
    assert relative(elsewhere, [str(repository)]) == elsewhere
    assert absolute(elsewhere) == str(repository.parent / "other" / "a.json")
    assert inside("../models/link/a.json", [str(repository)]) == "models/link/a.json"


def test_the_first_root_counts_also_where_a_link_leads_there(repository: Path) -> None:
    (repository.parent / "link").symlink_to("repository")
    through = str(repository.parent / "link" / "models" / "a.json")
    assert inside(through, [str(repository), str(repository.parent)]) == "models/a.json"


def test_the_separator_is_a_slash_on_every_system(monkeypatch: pytest.MonkeyPatch) -> None:
    import ntpath

    for name in ("sep", "path"):
        monkeypatch.setattr(os, name, getattr(ntpath, name, ntpath))
    roots = ["D:\\Work\\repository"]
    assert inside("d:\\work\\repository\\models\\a.json", roots) == "models/a.json"
    assert inside("C:\\models\\a.json", roots) is None
    assert absolute("C:\\models\\a.json") == relative("C:\\models\\a.json", roots) == "C:/models/a.json"
