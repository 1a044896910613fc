"""The page of the format `html` in a real Chromium: what runs, filters, keys, colours, paper."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.browser import CHROMIUM, WHERE, Browser, browser
from tests.support.command import sm_lint, write

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=WHERE)

EVIL = "</script><script>window.ran = 1</script><img src=x onerror='window.ran = 2'>"
BAD = {
    "ModelPackageGroupName": "churn", "Tags": [{"Key": "a", "Value": EVIL}], "ModelApprovalStatus": "Pending",
    EVIL: "javascript:window.ran=3", "\u202e日本語é": "\u2066",
}  # fmt: skip
YAML = "ModelPackageName: churn\nValidationSpecification:\n  ValidationProfiles: []\n  ValidationRole: x\n"
SHOWN = "[...document.querySelectorAll('.finding')].filter(f => f.checkVisibility()).map(f => f.dataset.rule)"
FOCUSED = "document.activeElement.closest('.finding')?.id"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a page with findings in two files."""
    folder = tmp_path_factory.mktemp("page")
    write(folder, {"a.json": json.dumps(BAD, indent=1), "b.yaml": YAML})
    run = sm_lint("check", "--isolated", "--output-format", "html", "--output-file", "r.html", ".", cwd=folder)
    assert run.returncode == 1, run.stderr
    return folder / "r.html"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Start a browser for all tests of this module."""
    with browser(tmp_path_factory.mktemp("chromium")) as started:
        yield started


@pytest.fixture
def shown(chromium: Browser, page: Path) -> Browser:
    """Return a browser that shows the page anew."""
    chromium.open(page)
    return chromium


def refused(chromium: Browser) -> list[str]:
    """Return what the browser has said of the content security policy."""
    texts = [event["params"]["entry"]["text"] for event in chromium.events if event.get("method") == "Log.entryAdded"]
    return [text for text in texts if "Content Security Policy" in text]


def test_nothing_of_a_payload_runs(shown: Browser) -> None:
    assert shown.value("typeof window.ran") == "undefined"
    assert refused(shown) == []
    assert shown.value("document.querySelectorAll('script, img').length") == 1
    assert EVIL in shown.value("document.querySelector('.file').textContent").replace("\\'", "'")


def test_the_policy_stops_what_would_be_put_into_the_page(chromium: Browser, page: Path, tmp_path: Path) -> None:
    added = (
        "<script>window.ran = 4</script><img src=x onerror='window.ran = 5'><style>body { display: none }</style>"
        "<p style='color: red' id=p>x</p><link rel=stylesheet href=x.css><iframe src=x.html></iframe></body>"
    )
    changed = tmp_path / "changed.html"
    changed.write_text(page.read_text(encoding="utf-8").replace("</body>", added), encoding="utf-8")
    chromium.open(changed)
    assert chromium.value("typeof window.ran") == "undefined"
    assert chromium.value("getComputedStyle(document.body).display") == "block"
    assert chromium.value("getComputedStyle(document.getElementById('p')).color") != "rgb(255, 0, 0)"
    assert len(refused(chromium)) >= 5
    assert len(chromium.value(SHOWN)) > 3  # the script of the page runs as before


def test_filters(shown: Browser) -> None:
    everything = shown.value(SHOWN)
    change = "dispatchEvent(new Event('input', {bubbles: true}))"
    shown.value("document.querySelector('#filters input[value=error]').click()")
    warnings = shown.value(SHOWN)
    assert 0 < len(warnings) < len(everything)
    assert shown.value("one('shown').textContent") == f"{len(warnings)} of {len(everything)} shown"
    assert shown.value("[...document.querySelectorAll('.file')].filter(f => !f.hidden).length") == 1
    shown.value("document.querySelector('#filters input[value=error]').click()")
    assert shown.value(SHOWN) == everything
    shown.value(f"one('rule').value = 'SM203', one('rule').{change}")
    assert set(shown.value(SHOWN)) == {"SM203"}
    shown.value(f"one('rule').value = '', one('search').value = 'B.YAML arn', one('search').{change}")
    found = shown.value(SHOWN)
    assert found
    assert set(found) < set(everything)
    shown.value(f"one('search').value = 'no such words', one('search').{change}")
    assert shown.value(SHOWN) == []


def test_findings_by_rule(shown: Browser) -> None:
    everything = shown.value(SHOWN)
    shown.value("one('order').value = 'rules', one('order').dispatchEvent(new Event('input', {bubbles: true}))")
    assert sorted(shown.value(SHOWN)) == sorted(everything)
    assert shown.value(
        "[...document.querySelectorAll('.finding')].every(f => f.closest('.rule').dataset.rule === f.dataset.rule)"
    )
    shown.value("one('order').value = 'files', one('order').dispatchEvent(new Event('input', {bubbles: true}))")
    assert shown.value(SHOWN) == everything


def test_keys(shown: Browser) -> None:
    shown.press("j")
    assert shown.value(FOCUSED) == "f1"
    shown.press("j")
    shown.press("ArrowDown")
    assert shown.value(FOCUSED) == "f3"
    shown.press("k")
    assert shown.value(FOCUSED) == "f2"
    shown.press("Enter")
    assert shown.value("one('f2').open") is False
    shown.press("Enter")
    assert shown.value("one('f2').open") is True
    shown.press("/")
    assert shown.value("document.activeElement.id") == "search"
    for key in "arn":
        shown.press(key)
    assert shown.value("one('search').value") == "arn"
    assert len(shown.value(SHOWN)) < shown.value("findings.length")
    shown.press("Escape")
    assert shown.value("one('search').value") == ""
    assert len(shown.value(SHOWN)) == shown.value("findings.length")


def test_a_mark_of_the_outline_leads_to_its_finding(shown: Browser) -> None:
    number = shown.value("document.querySelector('.mark').hash.slice(1)")
    shown.value("one('fold').click(), document.querySelector('.mark').click(), new Promise(done => setTimeout(done))")
    assert shown.value(f"one({number!r}).open") is True
    assert shown.value("document.querySelectorAll('.finding[open]').length") == 1


def test_the_page_of_a_rule_unfolds_in_a_finding(shown: Browser) -> None:
    inside = "document.querySelector('[data-page=SM203] .text')"
    assert shown.value(f"{inside} === null")
    shown.value("new Promise(done => { const of = document.querySelector('[data-page=SM203]');"
                "of.addEventListener('toggle', () => setTimeout(done)); of.open = true; })")  # fmt: skip
    assert "A version has no tags of its own" in shown.value(f"{inside}.textContent")
    assert shown.value("document.querySelectorAll('#rule-SM203').length") == 1


def test_colours_are_those_of_the_system_until_somebody_chooses(shown: Browser) -> None:
    back = "getComputedStyle(document.body).backgroundColor"
    colours = {}
    for scheme in ("light", "dark"):
        shown.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        colours[scheme] = shown.value(back)
    assert colours["light"] != colours["dark"]
    frame = "new Promise(done => requestAnimationFrame(() => done(one('theme').textContent)))"
    assert shown.value(frame) == "Light"  # events of media come with the next frame
    shown.value("one('theme').click()")
    assert shown.value(back) == colours["light"]
    shown.value("one('theme').click()")
    assert shown.value(back) == colours["dark"]
    shown.call("Emulation.setEmulatedMedia", media="print")
    assert shown.value(back) == "rgb(255, 255, 255)"
    assert shown.value("one('filters').checkVisibility()") is False
    shown.call("Emulation.setEmulatedMedia", media="", features=[])


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_nothing_is_wider_than_the_window(shown: Browser, width: int) -> None:
    shown.call("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
    assert shown.value("document.documentElement.scrollWidth") == width
    shown.call("Emulation.clearDeviceMetricsOverride")


def test_carets_stand_below_what_is_marked(shown: Browser) -> None:
    edges = shown.value(
        "[...document.querySelectorAll('.frame')].map(frame => ['mark', '.carets'].map(part => {"
        "const box = frame.querySelector(part)?.getBoundingClientRect(); return box && [box.left, box.right]; }))"
    )
    assert len(edges) > 3
    for mark, carets in edges:
        assert mark is None or [round(edge) for edge in mark] == pytest.approx([round(edge) for edge in carets], abs=1)


def test_without_scripts_all_findings_and_rules_can_be_read(chromium: Browser, page: Path) -> None:
    chromium.call("Emulation.setScriptExecutionDisabled", value=True)
    chromium.open(page)
    root = chromium.call("DOM.getDocument", depth=0)["root"]["nodeId"]
    found = chromium.call("DOM.querySelectorAll", nodeId=root, selector=".finding[open]")["nodeIds"]
    hidden = chromium.call("DOM.querySelectorAll", nodeId=root, selector="#filters[hidden], #keys[hidden]")["nodeIds"]
    chromium.call("Emulation.setScriptExecutionDisabled", value=False)
    assert (len(found) > 3, len(hidden)) == (True, 2)
