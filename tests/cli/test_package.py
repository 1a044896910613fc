"""The wheel, built and run outside the checkout, the sdist, and what the documentation says of both."""

import os
import re
import shutil
import subprocess
import sys
import tarfile
from email import message_from_string
from email.message import Message
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.conftest import ROOT
from tools import package

DOCUMENTATION = "https://docs.example.com/sm-lint/"
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "action.yml"]


def build(folder: Path, *arguments: str, of: Path = ROOT, url: str | None = None) -> None:
    """Build the package into a folder, as one whose documentation is at a URL, if it is published."""
    command = [sys.executable, "-m", "build", *arguments, "--no-isolation", "--outdir", str(folder), str(of)]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("SM_LINT_")}
    environment |= {"SM_LINT_DOCUMENTATION_URL": url} if url else {}
    subprocess.run(command, check=True, capture_output=True, env=environment)


def metadata(folder: Path) -> Message:
    (file,) = folder.glob("*.dist-info/METADATA")
    return message_from_string(file.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content of the wheel, in a folder of its own."""
    built = tmp_path_factory.mktemp("wheel")
    build(built, "--wheel")
    return extracted(built)


def extracted(built: Path) -> Path:
    """Return the folder with the content of the only wheel in a folder."""
    (wheel,) = built.glob("*.whl")
    shutil.unpack_archive(wheel, built / "content", "zip")
    return built / "content"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An sdist of a package whose documentation is published, and the wheel that is built from it."""
    built = tmp_path_factory.mktemp("published")
    build(built, url=DOCUMENTATION)
    return built


def test_the_package_says_who_wrote_it_and_names_only_what_exists(unpacked: Path) -> None:
    said = metadata(unpacked)
    assert said["Author"] == "The authors of sm-lint"
    addresses = [url.partition(", ")[2] for url in said.get_all("Project-URL", [])]
    assert addresses == ["https://docs.aws.amazon.com/cli/latest/reference/sagemaker/create-model-package.html"]
    assert not (unpacked / "sm_lint" / "_data" / "documentation-url").exists()


@pytest.mark.skipif((ROOT / "PKG-INFO").exists(), reason="an sdist keeps the addresses with which it was built")
def test_a_published_package_names_its_documentation(published: Path) -> None:
    content = extracted(published)
    said = metadata(content)
    assert f"Documentation, {DOCUMENTATION}" in said.get_all("Project-URL", [])
    assert f"({DOCUMENTATION}configuration/)" in str(said.get_payload())
    assert (content / "sm_lint" / "_data" / "documentation-url").read_text() == f"{DOCUMENTATION}\n"


@pytest.mark.parametrize("url", [DOCUMENTATION, None])
def test_the_readme_of_an_index_has_no_link_into_the_repository(url: str | None) -> None:
    text = package.readme((ROOT / "README.md").read_text(encoding="utf-8"), url)
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert [target for target in targets if not target.startswith("https://")] == []
    assert bool(targets) == (url is not None)
    assert "# sm-lint" in text


def test_the_sdist_has_what_the_repository_has(published: Path) -> None:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("this is no checkout of git, which knows the files of the repository")
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split(
        "\n"
    )
    (sdist,) = published.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    assert {name for name in listed if name and (ROOT / name).exists()} - packed == set()


def test_the_image_is_built_of_what_its_recipe_copies_and_runs_as_nobody(tmp_path: Path) -> None:
    steps = re.findall(r"^([A-Z]+) (.+)$", (ROOT / "Containerfile").read_text(encoding="utf-8"), re.MULTILINE)
    assert [words for step, words in steps if step == "USER"] == ["65534:65534"]
    for step, words in steps:
        if step == "COPY" and not words.startswith("--from"):
            *sources, _ = words.split()
            for name in sources:
                source = ROOT / name
                copy = shutil.copytree if source.is_dir() else shutil.copy
                copy(source, tmp_path / name)
    build(tmp_path / "dist", "--wheel", of=tmp_path)
    assert list((tmp_path / "dist").glob("*.whl"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_nothing_is_named_that_does_not_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"sm-lint@v\S+|github\.com/[\w-]+/sm-lint\b|your-org|OWNER/", text) == []
    assert re.findall(r"pip install '?sm-lint(?!\[\w+\] @)\S*", text) == []  # no index has it
    for hook in re.findall(r"- repo: (.+)\n +rev: (.+)\n +hooks:\n +- id: sm-lint\n", text):
        assert hook[0].startswith("<URL")
        assert hook[1].startswith("<commit>")


def test_the_wheel_holds_rules_schemas_and_types(unpacked: Path) -> None:
    data = unpacked / "sm_lint" / "_data"
    assert {path.name for path in (data / "rules").iterdir()} == {path.name for path in (ROOT / "rules").iterdir()}
    assert {path.name for path in (data / "schemas").iterdir()} == {path.name for path in (ROOT / "schemas").iterdir()}
    assert (unpacked / "sm_lint" / "py.typed").exists()
    assert {path.name.partition("-")[0] for path in unpacked.iterdir()} == {"sm_lint"}


@pytest.mark.parametrize("output_format", ["full", "concise", "html", "json", "sarif", "github"])
def test_the_wheel_runs_outside_the_checkout(output_format: str, unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"ModelPackageGroupName": "churn_models"}')
    command = [sys.executable, "-m", "sm_lint", "check", "a.json", "--output-format", output_format]
    environment = {"PYTHONPATH": str(unpacked), "PATH": ""}
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "SM222" in ran.stdout


def test_the_hook_is_the_documented_one() -> None:
    (hook,) = YAML(typ="safe").load(ROOT / ".pre-commit-hooks.yaml")
    assert hook["entry"] == "sm-lint check --if-payload --allow-empty"
    assert hook["types_or"] == ["json", "yaml"]
    assert hook["require_serial"] is True
