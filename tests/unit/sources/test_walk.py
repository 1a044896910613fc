"""The walk: git's rules about ignored files, without git, whatever the folder holds."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sm_lint.config.globs import decider
from sm_lint.sources.walk import files_below
from tests.conftest import Run
from tests.support.work import calls

REQUEST = '{"ModelPackageGroupName": "churn", "Domain": "OTHER"}'


def below(folder: Path | str) -> list[str]:
    """Return the relative paths of the files that the walk finds."""
    found = files_below(os.fspath(folder), lambda _folder: lambda _path: True)
    return sorted(os.path.relpath(path, folder) for _, paths in found for path in paths)


def write(folder: Path, **files: str) -> None:
    """Write files; in their names, `__` stands for a slash."""
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


NAMES = st.sampled_from(
    ["a", "b", "ab", "a.json", "b.json", "build", "é", "a b", "[x]", "#c", "!d", "keep", "x1", "a]", "sub", "^a", "b\t"]
)
PLAIN = ["a", "b", "*", "**", "?", "a*", "*.json", "build", "keep", "é", "à", "*a*", "**a", "a**b", "??", "***", "."]
ODD = [
    "{a,b}",
    "(a)",
    "a+",
    "^a",
    "$",
    "a\\ b",
    "\\#c",
    "\\!d",
    "\\[x\\]",
    "b\t",
    "[[",
    "[[:bad:]]",
    "[[::]]",
    "[[:]a]",
]
CLASSES = [
    "[ab]*",
    "[!a]",
    "[^b].json",
    "[a-b].json",
    "[]x]",
    "x[[:digit:]]",
    "[[:alpha:]]*",
    "a[\\]]",
    "[a/o]*",
    "[!/]",
]
RANGES = ["[!/]", "sub[--0]", "?[.-a]", "[\\^a]*", "[z-a]", "[a-]", "[]-]x", "[!]a]"]
PARTS = st.sampled_from(PLAIN) | st.sampled_from(ODD) | st.sampled_from(CLASSES) | st.sampled_from(RANGES)
PATTERNS = st.builds(
    lambda no, root, parts, end: no + root + "/".join(parts) + end,
    st.sampled_from(["", "", "!"]),
    st.sampled_from(["", "", "/"]),
    st.lists(PARTS, min_size=1, max_size=3),
    st.sampled_from(["", "", "/", " ", "\\ ", "\r"]),
)
IGNORES = st.lists(PATTERNS, min_size=1, max_size=4).map("\n".join)
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


@pytest.mark.skipif(not shutil.which("git"), reason="git is what the walk is compared to")
@settings(max_examples=150)
@given(st.sets(PATHS, min_size=3, max_size=10), st.dictionaries(PATHS, IGNORES, max_size=2), IGNORES, IGNORES)
def test_the_walk_finds_what_git_finds(paths: set[str], inner: dict[str, str], outer: str, exclude: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run(["git", "init", "--quiet", name], check=True)
        folders = {folder}
        for path in sorted(paths):
            if not any((folder / part).is_file() for part in [path, *map(str, Path(path).parents)]):
                (folder / path).mkdir(parents=True, exist_ok=True)
                (folder / path / "x.json").write_text("")
                (folder / path / "y").write_text("")
                folders.add(folder / path)
        (folder / ".gitignore").write_text(outer)
        (folder / ".git" / "info" / "exclude").write_text(exclude)
        for path, text in inner.items():
            if (folder / path).is_dir():
                (folder / path / ".gitignore").write_text(text)
        for start in sorted(folders):
            command = ["git", "-C", os.fspath(start), "ls-files", "-z", "--others", "--exclude-standard"]
            listed = subprocess.run(command, capture_output=True, check=True).stdout.split(b"\0")
            of_git = {os.fsdecode(path) for path in listed if path}
            assert below(start) == sorted(path for path in of_git if Path(path).name != ".gitignore")


def test_folders_inside_a_folder_are_ignored_but_not_itself(tmp_path: Path) -> None:
    write(tmp_path, **{".git__HEAD": "", ".gitignore": "/a/**/\n", "a__b.json": "", "a__c__d.json": ""})
    assert below(tmp_path) == ["a/b.json"]


def test_patterns_apply_in_a_repository_only(tmp_path: Path) -> None:
    write(tmp_path, **{".gitignore": "*.json\n", "a.json": "", "in__b.json": ""})
    assert below(tmp_path) == ["a.json", "in/b.json"]
    (tmp_path / ".git").mkdir()
    assert below(tmp_path) == below(tmp_path / "in") == []


def test_a_repository_in_a_repository_begins_anew(tmp_path: Path) -> None:
    write(tmp_path, **{".git__HEAD": "", ".gitignore": "*.json\n", "in__a.json": "", "in__b.yaml": "", "c.json": ""})
    assert below(tmp_path) == ["in/b.yaml"]
    write(tmp_path, **{"in__.git": "gitdir: ../.git/modules/in\n", "in__.gitignore": "*.yaml\n"})
    assert below(tmp_path) == ["in/a.json"]


def test_bytes_that_are_not_utf_8_are_matched_as_bytes(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    for name in (b"\xff.json", b"a\xfe.json", b"b.json"):
        (tmp_path / os.fsdecode(name)).write_text("")
    (tmp_path / ".gitignore").write_bytes(b"\xff.json\na?.json\n")
    assert below(tmp_path) == ["b.json"]


ODD_FILES: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a folder": lambda path: path.mkdir(),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to an endless device": lambda path: path.symlink_to("/dev/zero"),
    "a link to a list of patterns": lambda path: path.symlink_to("patterns"),
    "zeros": lambda path: path.write_bytes(bytes(2_000_000)),
    "no text": lambda path: path.write_bytes(b"\xff\xfe[\x80-"),
    "patterns of which none is valid": lambda path: path.write_text("[\n\\\n[a--b]\n[z-a]\n"),
}


@pytest.mark.parametrize("odd", ODD_FILES)
@pytest.mark.parametrize("name", [".gitignore", ".git/info/exclude"])
def test_a_file_with_patterns_that_is_none_ignores_nothing(odd: str, name: str, tmp_path: Path) -> None:
    write(tmp_path, **{".git__info__x": "", "a.json": "", "patterns": "*.json"})
    ODD_FILES[odd](tmp_path / name)
    assert below(tmp_path) == ["a.json", "patterns"]


def test_a_folder_as_deep_as_a_path_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    for _ in range(1500):
        Path("d").mkdir()
        os.chdir("d")
    Path("a.json").write_text("")
    assert below(tmp_path) == ["d/" * 1500 + "a.json"]
    Path("a.json").unlink()
    for _ in range(1500):  # what removes the folder after the test has no such patience
        os.chdir("..")
        Path("d").rmdir()


def test_stars_do_not_make_a_pattern_slow() -> None:
    decide, _ = decider(["*a" * 60 + "b"])
    assert decide("a" * 250) is None
    assert decide("a" * 250 + "b") is True


def test_the_work_grows_with_the_files_and_the_patterns() -> None:
    def work(count: int) -> int:
        decide, _ = decider([f"a*{number}*b{number}" for number in range(count)])
        return calls(lambda: [decide(f"a{number}x.json") for number in range(count)])

    work(10)
    assert work(1600) < 4.4 * 4 * work(400)  # files times regular expressions of some hundred patterns


def test_patterns_beyond_a_number_do_not_count(tmp_path: Path) -> None:
    """Each takes memory, and exhausted memory would cost every file its report."""
    lines = [f"{sign}{number % 7}" for number in range(100_000) for sign in ("", "!")]
    write(
        tmp_path,
        **{".git__HEAD": "", ".gitignore": "\n".join(["*.yaml", *lines, "*.json"]), "a.json": "", "b.yaml": ""},
    )
    assert below(tmp_path) == ["a.json"]


def test_the_patterns_of_very_many_folders_inside_each_other_do_not_count(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    folder = tmp_path
    for number in range(60):
        write(folder, **{".gitignore": f"{number}.json\n", f"{number}.json": ""})
        folder = folder / "d"
    assert [Path(path).name for path in below(tmp_path)] == [f"{number}.json" for number in range(50, 60)]


PLANTED = {
    "a bare repository": {
        "HEAD": "ref: refs/heads/main\n", "objects__.keep": "", "refs__.keep": "",
        "config": "[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n\tfsmonitor = {command}\n",
    },
    "an unpacked repository": {
        ".git__HEAD": "ref: refs/heads/main\n", ".git__objects__.keep": "", ".git__refs__.keep": "",
        ".git__config": "[core]\n\tfsmonitor = {command}\n\thooksPath = hooks\n[alias]\n\tls-files = !{command}\n",
    },
    "an include": {
        ".git__HEAD": "ref: refs/heads/main\n", ".git__objects__.keep": "", ".git__refs__.keep": "",
        ".git__config": "[include]\n\tpath = ../more\n[core]\n\texcludesFile = /dev/zero\n",
        "more": "[core]\n\tfsmonitor = {command}\n",
    },
    "a file that names a repository": {
        ".git": "gitdir: planted\n", "planted__HEAD": "ref: refs/heads/main\n", "planted__objects__.keep": "",
        "planted__refs__.keep": "", "planted__config": "[core]\n\tfsmonitor = {command}\n",
    },
    "a promisor": {
        ".git__HEAD": "ref: refs/heads/main\n", ".git__objects__.keep": "", ".git__refs__.keep": "",
        ".git__config": "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = x\n"
        "[remote \"x\"]\n\turl = .\n\tpromisor = true\n\tuploadpack = {command}\n",
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", PLANTED)
@pytest.mark.parametrize("is_inner", [True, False])
def test_nothing_of_a_planted_repository_runs(
    kind: str, is_inner: bool, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of a program in the configuration of a repository starts nothing, wherever the repository stands."""
    requests = tmp_path / "requests" if is_inner else tmp_path
    command = f"touch {tmp_path}/ran;false"
    write(requests, **{name: text.replace("{command}", command) for name, text in PLANTED[kind].items()})
    write(requests, **{"a.json": REQUEST})
    monkeypatch.chdir(tmp_path)
    assert run("check", "requests" if is_inner else ".").status == 0
    assert not (tmp_path / "ran").exists()
