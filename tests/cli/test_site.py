"""The documentation as a site, as `make site` builds it, and the picture on its front page."""

import doctest
import json
import re
import subprocess
import sys
from html import unescape
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.support.cases import ALL
from tools import package, terminal_picture

NO_MKDOCS = "mkdocs-material is not installed: pip install --editable '.[site]'"
needs_mkdocs = pytest.mark.skipif(find_spec("material") is None, reason=NO_MKDOCS)


def test_the_picture_shows_what_a_run_prints() -> None:
    svg = terminal_picture.TARGET.read_text(encoding="utf-8")
    assert terminal_picture.words(svg) == terminal_picture.words(terminal_picture.text()), "run `make generated`"
    assert re.findall(r"https?://(?!www\.w3\.org)[^\s\"<]+", svg.replace("https://www.textualize.io", "")) == []


def test_examples_of_the_tools_hold() -> None:
    assert doctest.testmod(package).failed == 0


@needs_mkdocs
def test_examples_of_the_site_hold() -> None:
    assert doctest.testmod(import_module("tools.site")).failed == 0


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site. A link that leads nowhere, or a page that is not in the menu, ends the build."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert ran.returncode == 0, ran.stderr
    return folder


def page(site: Path, name: str) -> str:
    return unescape((site / name / "index.html").read_text(encoding="utf-8"))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


@needs_mkdocs
@pytest.mark.slow
class TestSite:
    def test_each_rule_has_a_page_with_its_reports(self, site: Path) -> None:
        for rule in ALL:
            text = (ROOT / "docs" / "rules" / f"{rule.code}.md").read_text(encoding="utf-8")
            shown = words(page(site, f"rules/{rule.code}"))
            assert f"{rule.code} {rule.name}" in shown
            for frame in re.findall(r"^```text\n(.+?)^```$", text, re.MULTILINE | re.DOTALL):
                assert words(frame) in shown, rule.code

    def test_a_pasted_message_of_the_service_leads_to_its_rule(self, site: Path) -> None:
        index: dict[str, Any] = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
        found = {one["location"]: one.get("tags", []) for one in index["docs"] if "#" not in one["location"]}
        for rule in ALL:
            assert found[f"rules/{rule.code}/"] == [quote.text for quote in rule.quotes]
        assert index["config"]["fields"]["tags"]["boost"] > index["config"]["fields"]["title"]["boost"]

    def test_a_block_that_is_a_file_has_its_name_above_it(self, site: Path) -> None:
        for source in (ROOT / "docs").glob("*.md"):
            names = re.findall(r"^```[\w-]+ ([^\n`]+)$", source.read_text(encoding="utf-8"), re.MULTILINE)
            html = page(site, "" if source.stem == "index" else source.stem)
            assert re.findall(r'<span class="filename">([^<]+)</span>', html) == names
            assert "```" not in html

    def test_the_figures_are_drawn(self, site: Path) -> None:
        html = page(site, "performance")
        figures = re.findall(r'<figure class="bars">.*?</figure>', html, re.DOTALL)
        assert len(figures) >= 3
        for figure in figures:
            widths = [float(width) for width in re.findall(r"width: ([\d.]+)%", figure)]
            numbers = [float(number) for number in re.findall(r"<em>([\d.]+) ", figure)]
            assert widths == pytest.approx([100 * number / max(numbers) for number in numbers], abs=0.06)
            assert "bar ours" in figure

    def test_nothing_is_loaded_from_elsewhere(self, site: Path) -> None:
        html = page(site, "")
        loaded = re.findall(r'<(?:script|img|link rel="stylesheet")[^>]+(?:src|href)="([^"]+)"', html)
        assert loaded
        assert [address for address in loaded if "//" in address] == []

    def test_the_pages_at_the_root_are_part_of_it(self, site: Path) -> None:
        assert 'href="../security/' in page(site, "architecture") + page(site, "performance")
        for name in ("security", "contributing", "changelog"):
            assert words(page(site, name))

    def test_each_carrier_has_a_frame(self, site: Path) -> None:
        _, *sections = re.split(r"<h2 id=", page(site, "carriers"))
        carriers = [section for section in sections if re.match(r'"[\w-]+"><code>', section)]
        assert len(carriers) >= 8
        for section in carriers:
            assert re.search(r"-->\s|: (error|warning): ", words(section)), section[:40]
