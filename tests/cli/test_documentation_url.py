"""Where the documentation is published, findings link to it: by the configuration, or by how the package was built."""

import json
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest

from sm_lint.cli.main import main
from sm_lint.config.load import parse
from sm_lint.engine.linter import Linter
from sm_lint.model import data
from sm_lint.rules.ruleset import RuleSet
from tests.support.command import write
from tests.support.talk import Talk

REQUEST = '{"ModelPackageGroupName": "churn", "Tags": [{"Key": "a", "Value": "b"}], "ModelPackageDescription": "churn"}'
CUSTOM = """\
code = "ACME001"
name = "no-domain"
severity = "error"
message = "`Domain` is set"
help = "Remove it."
shape = "CreateModelPackageInput"
then = { properties = { Domain = { not = {} } } }
[[invalid]]
payload = '{"ModelPackageGroupName": "churn", "Domain": "OTHER"}'
pointer = "/Domain"
"""
BASE = "https://docs.example.com/sm-lint"


@pytest.fixture(params=[BASE, f"{BASE}/"])
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a request, a custom rule, and a configuration that names the documentation."""
    configuration = f'documentation-url = "{request.param}"\nrules = ["ACME001.toml"]\n'
    write(tmp_path, {"a.json": REQUEST, "sm-lint.toml": configuration, "ACME001.toml": CUSTOM})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(name: str, capsys: pytest.CaptureFixture[str]) -> Any:
    assert main(["check", "--output-format", name, "a.json"]) == 1
    return json.loads(capsys.readouterr().out)


@pytest.mark.usefixtures("project")
def test_reports_link_to_the_page_of_a_rule(capsys: pytest.CaptureFixture[str]) -> None:
    page = f"{BASE}/rules/SM203"
    (diagnostic,) = report("json", capsys)["diagnostics"]
    assert diagnostic["url"] == page
    (run,) = report("sarif", capsys)["runs"]
    driver = run["tool"]["driver"]
    links = {rule["id"]: rule.get("helpUri") for rule in driver["rules"]}
    assert (driver["informationUri"], links["SM203"], links["ACME001"]) == (f"{BASE}/", page, None)
    main(["check", "a.json"])
    assert f"more: {page}\n" in capsys.readouterr().out


def test_an_editor_links_to_the_page_of_a_rule(project: Path) -> None:
    uri = (project / "a.json").as_uri()
    (found,) = Talk().open(REQUEST, uri, "json")[-1]["params"]["diagnostics"]
    assert found["codeDescription"] == {"href": f"{BASE}/rules/SM203"}


@pytest.mark.usefixtures("project")
def test_the_page_of_the_site_is_opened(browsed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rule", "tags-on-a-version", "--web"]) == 0
    assert browsed.read_text() == capsys.readouterr().out == f"{BASE}/rules/SM203\n"


@pytest.mark.parametrize(("code", "words"), [("SM203", "Tags are not supported in Model"), ("ACME001", "<h2>Refused")])
@pytest.mark.usefixtures("project")
def test_what_is_not_published_is_made_here(
    code: str, words: str, browsed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("sm-lint.toml").write_text('rules = ["ACME001.toml"]\n')
    assert main(["rule", code, "--web"]) == 0
    address = browsed.read_text().strip()
    assert capsys.readouterr().out == f"{address}\n"
    page = Path(address.removeprefix("file://"))
    assert page.name == f"{code}.html"
    assert words in page.read_text(encoding="utf-8")
    assert (page.parent.stat().st_mode & 0o077) == 0


def test_a_page_made_here_has_no_html_of_a_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, browsed: Path) -> None:
    hostile = CUSTOM.replace("`Domain` is set", "<script>alert(1)</script> [a](javascript:alert)")
    write(
        tmp_path,
        {
            "ACME001.toml": f'why = "<img src=x> is what it is about"\n{hostile}',
            "sm-lint.toml": 'rules = ["ACME001.toml"]\n',
        },
    )
    monkeypatch.chdir(tmp_path)
    assert main(["rule", "ACME001", "--web"]) == 0
    text = Path(browsed.read_text().strip().removeprefix("file://")).read_text(encoding="utf-8")
    assert "&lt;img" in text
    assert [part for part in ("<script", "<img", 'href="javascript') if part in text] == []


def test_one_rule_has_a_page(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["SM2"], [], ["--search", "tags"]):
        assert main(["rule", *arguments, "--web"]) == 2
        assert "--web opens the page of one rule" in capsys.readouterr().err


def test_without_a_browser_the_address_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    monkeypatch.chdir(tmp_path)
    assert main(["rule", "SM203", "--web"]) == 0
    out, err = capsys.readouterr()
    assert out.startswith("file:///")
    assert err == "sm-lint: no browser was found; open this address yourself\n"


def test_a_build_may_know_the_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "documentation-url").write_text(f"{BASE}/\n")
    monkeypatch.setattr(data, "_WHEEL", str(tmp_path))
    ruleset = RuleSet()
    settings = parse({}, "config", "/", lambda _: ruleset)
    assert Linter(ruleset, settings).documentation == f"{BASE}/"
    other = settings._replace(documentation_url="https://other.example/")
    assert Linter(ruleset, other).documentation == "https://other.example/"


@pytest.fixture
def browsed(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file into which the browser of the test writes what it is to open."""
    folder = tmp_path_factory.mktemp("browser")
    program = folder / "browser.py"
    program.write_text("import pathlib, sys\npathlib.Path(sys.argv[1]).write_text(sys.argv[2] + '\\n')\n")
    command = [sys.executable, str(program), str(folder / "opened"), "%s"]
    monkeypatch.setattr("webbrowser._tryorder", None)
    monkeypatch.setenv("BROWSER", shlex.join(command))
    return folder / "opened"
