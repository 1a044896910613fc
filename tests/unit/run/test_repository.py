"""The roots of a repository: what services say, and where git begins."""

from pathlib import Path

import pytest

from sm_lint.run.repository import git_root, roots


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({}, []),
        ({"GITHUB_WORKSPACE": ""}, []),
        ({"GITHUB_WORKSPACE": "github"}, ["github"]),
        ({"CI_PROJECT_DIR": "gitlab"}, ["gitlab"]),
        ({"CI_PROJECT_DIR": "gitlab", "GITHUB_WORKSPACE": "github"}, ["github", "gitlab"]),
    ],
)
def test_what_a_service_names_comes_first(environment: dict[str, str], named: list[str], tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    absolute = {name: str(tmp_path / path) if path else path for name, path in environment.items()}
    assert roots(absolute, str(tmp_path / "a" / "b")) == (*(str(tmp_path / path) for path in named), str(tmp_path))


@pytest.mark.parametrize("make", [Path.mkdir, Path.touch], ids=["a folder", "the file of a worktree or a submodule"])
def test_the_git_root_is_the_nearest(make: object, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    make(tmp_path / "a" / ".git")  # type: ignore[operator]
    assert git_root(str(tmp_path / "a" / "b")) == str(tmp_path / "a")
    assert git_root(str(tmp_path / "a")) == str(tmp_path / "a")
    assert git_root(str(tmp_path)) == str(tmp_path)


def test_without_a_repository_it_is_the_folder() -> None:
    assert git_root("/") is None
    assert roots({}, "/") == ("/",)


def test_from_elsewhere_it_is_the_repository_of_a_path_that_is_named(tmp_path: Path) -> None:
    for name in ("own", "other"):
        (tmp_path / name / ".git").mkdir(parents=True)
        (tmp_path / name / "models").mkdir()
    own, other = str(tmp_path / "own"), str(tmp_path / "other")
    (tmp_path / "link").symlink_to("other/models")
    for path in ("other", "other/models", "other/models/a.json", "link/a.json", "link/../models"):
        assert roots({}, str(tmp_path), [str(tmp_path / path)]) == (other, str(tmp_path))
        assert roots({}, own, [str(tmp_path / path)]) == (own,)
    both, one = ([str(tmp_path / path) for path in paths] for paths in (("own", "other"), ("own", "own/models/a.json")))
    assert roots({}, str(tmp_path), one) == (own, str(tmp_path))
    assert roots({}, str(tmp_path), both) == (str(tmp_path),), "two files may have one path in their repositories"
    assert roots({}, str(tmp_path), [own, str(tmp_path)]) == (str(tmp_path),)
    assert roots({}, str(tmp_path), [str(tmp_path / "missing" / "a.json")]) == (str(tmp_path),)


def test_links_are_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert roots({"GITHUB_WORKSPACE": str(tmp_path / "link")}, "/") == (str(tmp_path / "real"), "/")
