"""The code actions of files with many findings: the work of a request is bounded."""

from typing import Any

import pytest

from sm_lint import lint_text
from sm_lint.fixes import apply
from sm_lint.lsp import actions
from sm_lint.sources import document
from sm_lint.sources.limits import MAX_BYTES
from tests.support.talk import URI, Talk

J = URI.replace("yaml", "json")


def containers(count: int) -> str:
    """Return a request with `count` members that have a fix, a line each."""
    lines = ",\n".join('{"image": "x"}' for _ in range(count))
    return f'{{"ModelPackageGroupName": "a", "InferenceSpecification": {{"Containers": [\n{lines}]}}}}'


@pytest.fixture
def trials(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The fixes that were tried, one after the other."""
    tried: list[Any] = []

    def working(_read: Any, _linted: Any, wanted: list[Any], _lint: Any) -> list[Any]:
        tried.extend(wanted)
        return wanted

    monkeypatch.setattr(apply, "working", working)
    monkeypatch.setattr(apply, "fixed", lambda read, linted, *_, **__: (read, linted, 0, {}))
    return tried


def test_few_fixes_are_tried_and_those_at_the_cursor_first(trials: list[Any]) -> None:
    talk = Talk()
    talk.open(containers(200), J, "json")
    found = talk.actions((101, 0), (300, 0), J)
    lines = [action["diagnostics"][0]["range"]["start"]["line"] for action in found if "diagnostics" in action]
    assert len(trials) <= actions.MAX_FINDINGS
    assert lines == sorted(lines)
    assert set(lines) <= set(range(101, 101 + actions.MAX_FINDINGS))
    assert 101 in lines
    assert len(found) <= 3 * actions.MAX_FINDINGS


def test_of_a_long_file_fewer_fixes_are_tried_but_one_always(
    trials: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = Talk()
    text = containers(200)
    talk.open(text, J, "json")
    for work, expected in ((3, 3), (1, 1), (0.1, 1)):
        trials.clear()
        share = len(text) / MAX_BYTES["json"] + 201 / actions.MANY
        monkeypatch.setattr(actions, "MAX_WORK", work * share * 1.01)
        (action, *_) = [action for action in talk.actions((50, 2), (50, 2), J) if "edit" in action]
        assert action["diagnostics"][0]["range"]["start"]["line"] == 50
        talk.actions((0, 0), (300, 0), J)
        assert len(trials) <= 1 + expected


def test_the_comments_of_many_findings_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read = document.read
    reads = []

    def counted(*arguments: Any) -> Any:
        reads.append(arguments)
        return read(*arguments)

    talk = Talk()
    talk.open("ModelPackageGroupName: a\nDomain: x\n" + "".join(f"k{i}: 1\n" for i in range(100)))
    monkeypatch.setattr(document, "read", counted)
    found = talk.actions((0, 0), (102, 0))
    assert len([action for action in found if action["title"].startswith("Suppress")]) == actions.MAX_FINDINGS
    assert len(reads) < 6


def test_a_comment_that_would_become_part_of_a_text_is_not_offered() -> None:
    talk = Talk()
    card = 'ModelCard:\n  ModelCardStatus: Draft\n  ModelCardContent: |\n    {"x": 1,\n    "y": 2}\n'
    assert talk.codes(f"ModelPackageGroupName: a\ndomain: x\n{card}") == ["SM101", "SM703", "SM706", "SM706"]
    titles = [action["title"] for action in talk.actions((0, 0), (9, 0))]
    assert [title for title in titles if title.startswith("Suppress")] == ["Suppress SM101 here", "Suppress SM703 here"]


def test_a_comment_in_a_text_of_another_document_is_not_offered() -> None:
    read = document.read("a.yaml", b"a: 1\n---\nb: |\n  x\n  y\nc: 2\n")
    found = lint_text("ModelPackageGroupName: 1\n", filename="a.yaml")[0]
    at = [read.text.index(part) for part in ("a: 1", "y\n", "c: 2")]
    offered = actions.suppressing(read, [found._replace(range=read.span(start, start + 1)) for start in at])
    assert [len(edits) for edits in offered] == [1, 0, 1]


def test_nor_is_it_in_another_document_of_the_file() -> None:
    talk = Talk()
    head = "a: 1\n---\napiVersion: sagemaker.services.k8s.aws/v1alpha1\nkind: ModelPackage\nspec:\n"
    container = (
        '    - image: x\n      modelInput:\n        dataInputConfig: |\n          {"a": 1,\n          "b": NaN}\n'
    )
    spec = f"  Domain: x\n  modelPackageGroupName: a\n  inferenceSpecification:\n    containers:\n{container}"
    assert {"SM101", "SM721"} <= set(talk.codes(head + spec))
    titles = [action["title"] for action in talk.actions((0, 0), (20, 0))]
    assert "Suppress SM101 here" in titles
    assert "Suppress SM721 here" not in titles


def test_all_fixes_work_on_more_findings_than_are_shown() -> None:
    talk = Talk()
    text = containers(1200)
    assert len(talk.codes(text, J, "json")) == 1000
    (fixed,) = [action for action in talk.actions((0, 0), (0, 0), J) if action.get("kind") == actions.FIX_ALL]
    (edit,) = fixed["edit"]["changes"][J]
    assert edit["newText"].count("Image") == 1199  # the first one begins before the "I", where the texts differ
    assert (edit["range"]["start"], edit["range"]["end"]["line"]) == ({"line": 1, "character": 2}, 1200)


def test_quick_fixes_are_those_that_a_report_offers() -> None:
    talk = Talk()
    text = '{"ModelPackageGroupName": "a", // x\n"domain": 1, "ModelApprovalStatus": 7,\n"Tags": [], "Task": "OTHER",}'
    assert talk.codes(text, J, "json") == ["SM001", "SM101", "SM103", "SM204", "SM001"]
    offered = [d.fix.message for d in lint_text(text, filename="a.json") if d.fix]
    found = talk.actions((0, 0), (9, 0), J)
    quick = [action["title"].removesuffix(" (unsafe: review it)") for action in found if "diagnostics" in action]
    assert quick == offered == ["Remove // x", "Rename to Domain", "Remove Tags", "Remove ,"]
    (safe,) = [action for action in found if action.get("kind") == actions.FIX_ALL]
    (edit,) = safe["edit"]["changes"][J]
    assert edit["newText"].count("Tags") == 1
