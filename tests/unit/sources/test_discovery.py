"""Which files are linted."""

from pathlib import Path

import pytest

from tests.conftest import Run

VERSION = '{"ModelPackageGroupName": "churn", "Domain": "OTHER"}'

PAYLOADS = [
    # name, content, the reason why it is not linted, None where it is
    ("a.json", VERSION, None),
    ("a.yaml", "ModelPackageGroupName: churn\nDomain: OTHER\n", None),
    ("a.yml", "InferenceSpecification: {}\n", None),
    ("a.JSON", VERSION, None),
    ("source.json", '{"SourceAlgorithmSpecification": {}, "x": 1}', None),
    ("group.json", '{"ModelPackageGroupName": "churn", "Tags": []}', "too few top-level members"),
    ("token.json", '{"ModelPackageName": "churn", "ClientToken": "a", "ManagedStorageType": "x"}', "too few"),
    ("pasted.json", VERSION[:-1] + ', "ModelPackageArn": "arn"}', None),
    ("describe.json", VERSION[:-1] + ', "CreationTime": 1, "ModelPackageStatus": "x"}', "an answer of describe-model"),
    ("camel.json", '{"modelPackageGroupName": "churn", "domain": "OTHER"}', None),
    ("schema.json", VERSION[:-1] + ', "$schema": "x"}', "the top-level member `$schema`"),
    ("list.json", f"[{VERSION}]", "its top-level value is not an object"),
    ("other.json", '{"name": "ModelPackageName"}', "it has none of the top-level members"),
    ("unrelated.json", "{}", "it has none of the top-level members ModelPackageName"),
    ("domain.json", '{"Domain": "OTHER"}', "it has none of the top-level members ModelPackageName"),
    ("broken.json", '{"ModelPackageGroupName": "churn", "Domain" "OTHER"}', None),
    ("broken-inside.json", '{"a": {"ModelPackageGroupName": "churn", "Domain" "OTHER"}}', "it cannot be read"),
    ("broken.yaml", "ModelPackageName: churn\nDomain: [\n", None),
    ("broken-quoted.yaml", '"ModelPackageName" : churn\nDomain: [\n', None),
    ("broken-inside.yaml", "a:\n  ModelPackageName: churn\nDomain: [\n", "it cannot be read"),
    ("template.yaml", "Resources: !Ref ModelPackageName\n", "it has no top-level member that names"),
]


@pytest.mark.parametrize(("name", "content", "why_not"), PAYLOADS, ids=[row[0] for row in PAYLOADS])
def test_a_file_in_a_folder_is_linted_if_it_is_a_payload(
    name: str, content: str, why_not: str | None, folder: Path, run: Run
) -> None:
    (folder / "in").mkdir()
    (folder / "in" / name).write_text(content)
    for paths in (["in"], [f"in/{name}", "--if-payload"]):
        listed = run("check", *paths, "--list-files")
        if why_not is None:
            assert (listed.status, listed.out) == (0, f"in/{name}: yes\n")
        else:
            assert listed.status == 3
            assert f"in/{name}: no: " in listed.out
            assert why_not in listed.out
    assert run("check", f"in/{name}", "--list-files").out == f"in/{name}: yes\n"


def test_other_extensions_are_linted_when_named(folder: Path, run: Run) -> None:
    (folder / "request.txt").write_text(VERSION)
    assert run("check", ".").status == 3
    assert run("check", "request.txt").status == 0


def test_git_ignored_files_are_skipped_in_folders_only(folder: Path, run: Run) -> None:
    (folder / ".gitignore").write_text("build/\n")
    (folder / "build").mkdir()
    (folder / "build" / "b.json").write_text(VERSION)
    (folder / "a.json").write_text(VERSION)
    (folder / "ä b.json").write_text(VERSION)
    assert run("check", ".", "--list-files").out == "./a.json: yes\n./ä b.json: yes\n"
    assert run("check", "build/b.json", "--list-files").out == "build/b.json: yes\n"
    assert run("check", "build").status == 3


def test_all_files_are_walked_in_order(folder: Path, run: Run) -> None:
    for name in ("b.json", "a/c.json", "a/b/d.yaml", ".git/e.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(VERSION if name.endswith("json") else "ModelPackageName: a\nDomain: b\n")
    listed = "a/b/d.yaml: yes\n{0}a/c.json: yes\n{0}b.json: yes\n"
    for path, prefix in ((".", "./"), ("./", "./"), (f"{folder}", f"{folder}/"), (f"{folder}/", f"{folder}/")):
        assert run("check", path, "--list-files").out == prefix + listed.format(prefix)


def test_a_file_is_linted_once(folder: Path, run: Run) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "a.json").write_text(VERSION)
    assert run("check", "in", "in/a.json", "in/", "--list-files").out == "in/a.json: yes\n"


def test_what_cannot_be_opened_is_a_finding_when_named(folder: Path, run: Run) -> None:
    (folder / "a.json").symlink_to("a.json")
    (folder / "b.json").symlink_to("nowhere.json")
    ran = run("check", "a.json", "b.json", "--output-format", "concise", "--quiet")
    assert ran.status == 1
    assert ran.out.splitlines()[0].startswith("a.json:1:1: error: cannot read the file: ")
    assert ran.out.splitlines()[1] == "b.json:1:1: error: cannot read the file: No such file or directory [SM007]"
    assert run("check", ".", "--allow-empty").status == 0
