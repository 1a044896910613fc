"""The extension in editors/vscode, in the real VS Code in a browser, used as a person uses it."""

import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sm_lint import __version__
from sm_lint.rules.editor_schema import editor_schema
from tests.support.editors import environment
from tests.support.linting import RULES
from tests.support.mistakes import BROKEN

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "editors" / "vscode"
PACKAGE = SOURCE / "dist" / "sm-lint.vsix"
DRIVER = ROOT / "tests" / "editors" / "vscode" / "drive.mjs"
INSTALLED = Path(os.environ.get("SM_LINT_VSCODE", DRIVER.parent))
NODE = INSTALLED / "node" / "bin" / "node"
CODE = INSTALLED / "node_modules" / "code-server"


def is_package_current() -> bool:
    """Return whether the package was built after the last change of what it is made of."""
    made_of = [SOURCE / "package.json", SOURCE / "README.md", *SOURCE.glob("src/*"), ROOT / "sm_lint" / "__init__.py"]
    made_of += [*ROOT.glob("rules/*.toml"), *ROOT.glob("schemas/*")]
    newest = max(path.stat().st_mtime for path in made_of)
    return PACKAGE.exists() and PACKAGE.stat().st_mtime >= newest


needs_package = pytest.mark.skipif(not is_package_current(), reason="make vsix has not been run since a change")

SETTINGS = {
    "chat.disableAIFeatures": True,
    "editor.minimap.enabled": False,
    "explorer.autoReveal": False,  # it would move the files while one clicks on them
    "extensions.autoCheckUpdates": False,
    "security.workspace.trust.enabled": False,
    "workbench.editor.enablePreview": False,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "workbench.startupEditor": "none",
}
FILES = {
    "request.yaml": BROKEN,
    "all.yaml": BROKEN,
    "new.yaml": "ModelPackageGroupName: churn\nModelApprovalStatus: ",
    "foreign.json": '{"name": "x", "Tags": [{"Key": "a"}], "modelApprovalStatus": 1}\n',
    "closed.json": '{"ModelPackageGroupName": "🙂", "Domian": "x"}\n',
    "churn.model-package.json": '{"ModelPackageGroupName": "churn", "Tags": [{"Key": "a", "Value": "b"}]}\n',
}
RENAMED = BROKEN.replace("modelApprovalStatus", "ModelApprovalStatus")


def manifest() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((SOURCE / "package.json").read_text("utf-8"))
    return found


def test_the_page_of_the_extension_names_all_that_it_has() -> None:
    page = (SOURCE / "README.md").read_text("utf-8")
    contributed = manifest()["contributes"]
    for setting in contributed["configuration"]["properties"]:
        assert f"`{setting}`" in page
    for command in contributed["commands"]:
        assert f"**{command['category']}: {command['title']}**" in page
    for picture in re.findall(r"!\[[^]]*\]\(([^)]+)\)", page):
        assert (SOURCE / picture).exists()


def test_the_schema_has_one_address() -> None:
    (association,) = manifest()["contributes"]["jsonValidation"]
    scheme, _, name = association["url"].partition("://schemas/")
    source = (SOURCE / "src" / "schema.ts").read_text("utf-8")
    assert f'SCHEME = "{scheme}"' in source
    assert f"://schemas/{name}" in source
    assert f"dist/{name}" in manifest()["files"]


@needs_package
def test_the_package_is_complete() -> None:
    with zipfile.ZipFile(PACKAGE) as package:
        names = {name.removeprefix("extension/") for name in package.namelist() if name.startswith("extension/")}
        packed = json.loads(package.read("extension/package.json"))
        schema = json.loads(package.read("extension/dist/create-model-package.schema.json"))
        page = package.read("extension/readme.md").decode()
    assert names == {"LICENSE.txt", "package.json", "readme.md", *manifest()["files"]} - {"LICENSE"}
    assert packed["version"] == __version__
    assert schema == editor_schema(RULES)
    assert "![" not in page


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """The address of VS Code with the extension, and with FILES in the folder `files`."""
    profile, files = tmp_path / "profile", tmp_path / "files"
    (profile / "User").mkdir(parents=True)
    # The PATH will not do: VS Code takes that of a login shell.
    settings = {**SETTINGS, "sm-lint.path": str(tmp_path / "bin" / "sm-lint")}
    (profile / "User" / "settings.json").write_text(json.dumps(settings), encoding="utf-8")
    files.mkdir()
    for name, text in FILES.items():
        (files / name).write_text(text, encoding="utf-8")
    command = [
        *(str(NODE), str(CODE / "out" / "node" / "entry.js")),
        *("--user-data-dir", str(profile), "--extensions-dir", str(tmp_path / "extensions")),
    ]
    surrounding = environment(tmp_path)
    subprocess.run([*command, "--install-extension", str(PACKAGE)], env=surrounding, check=True, capture_output=True)
    serving = ["--auth", "none", "--disable-telemetry", "--disable-update-check", "--bind-addr", "127.0.0.1:0"]
    log = tmp_path / "log"
    with (
        log.open("w") as stderr,
        subprocess.Popen([*command, *serving], env=surrounding, stdout=subprocess.PIPE, stderr=stderr) as process,
    ):
        try:
            yield f"{_address(process)}?folder={files}"
        finally:
            process.terminate()


def _address(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout
    for line in process.stdout:
        found = re.search(rb"listening on (http://\S+)", line)
        if found:
            return found[1].decode()
    pytest.fail("VS Code does not start")


@needs_package
@pytest.mark.slow
@pytest.mark.skipif(not NODE.exists() or not CODE.exists(), reason="tests/editors/vscode/install has not been run")
@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
def test_in_vs_code(url: str, tmp_path: Path) -> None:
    pictures = Path(os.environ.get("SM_LINT_SCREENSHOTS", tmp_path))
    asked = {
        "installed": str(INSTALLED),
        "url": url,
        "folder": str(tmp_path / "files"),
        "chromium": shutil.which("chromium"),
        "screenshots": str(pictures),
    }
    (tmp_path / "asked.json").write_text(json.dumps(asked), encoding="utf-8")
    done = subprocess.run([NODE, DRIVER, tmp_path / "asked.json"], capture_output=True, text=True, check=True)
    seen = json.loads(done.stdout)
    assert "failed" not in seen, f"{seen['failed']}; see {pictures}/failed.png"

    assert seen["squiggle"] == 2
    assert any("The tags of an unversioned model package." in line for line in seen["hover"])
    assert "`Tags` is not allowed with `ModelPackageGroupName`" in seen["hover"]
    assert seen["foreign"] == 0
    assert seen["fix"]["titles"] == [
        "Rename to ModelApprovalStatus",
        "Suppress SM101 here",
        "Explain SM101 (unknown-member)",
    ]
    assert seen["fix"]["text"] == seen["fixAll"] == RENAMED
    assert seen["explain"].startswith("SM203")
    assert seen["completion"]["titles"] == ["Approved", "Rejected", "PendingManualApproval"]
    assert seen["completion"]["text"] == FILES["new.yaml"] + "Rejected"
    assert seen["configuration"] == 0
    assert seen["workspace"]["summary"] == "sm-lint: 2 findings in 1 file."
    assert any("unknown member `Domian`" in row and "[Ln 1, Col 33]" in row for row in seen["workspace"]["found"])
    assert seen["missing"]["message"].startswith("sm-lint was not found: there is no program “/nowhere/sm-lint”.")
    assert seen["missing"]["twice"] == 0
    assert len(seen["missing"]["kept"]) == 1
    assert seen["missing"]["buttons"] == ["Open Settings", "Try Again", "Show Log"]
    assert (tmp_path / "files" / "foreign.json").read_text("utf-8") == FILES["foreign.json"]
