"""Comments for sm-lint in YAML: which are found, and how much of the text is scanned for that."""

import pytest

from sm_lint.sources.yaml import comments as module
from sm_lint.sources.yaml.comments import comments
from tests.support.work import calls


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1 # sm-lint: x  \nb: 2\n", ["x"]),
        ("# sm-lint:x\r\na: 1\r\n#sm-lint: \r\n", ["x", ""]),
        ("a: '# sm-lint: x'\n", []),
        ("a: 'b\n  # sm-lint: x'\n", []),
        ("a: | # sm-lint: x\n  # sm-lint: y\nb: 1 # sm-lint: z\n", ["x", "z"]),
        ("a#sm-lint: x\n", []),
        ("[a, # sm-lint: x\n b] # sm-lint: y\n", ["x", "y"]),
        ("# sm-lint: x\n- &a b # sm-lint: y\n- *a\n", ["x", "y"]),
        ("# sm-lint: x\n- @\n# sm-lint: y\n", ["x"]),
        ("\x01 # sm-lint: x\n", []),
    ],
)
def test_a_comment_is_not_part_of_a_text(text: str, found: list[str]) -> None:
    assert [content for _, _, content in comments(text)] == found
    for start, end, content in comments(text):
        assert text[start:end].startswith("#")
        assert text[start:end].rstrip().endswith(content or ":")


def test_the_text_is_scanned_up_to_the_last_comment() -> None:
    def work(count: int) -> int:
        return calls(lambda: list(comments("# sm-lint: x\na: &a 1\n" + "b: [1, 2]\n" * count)))

    assert work(400) < 1.1 * work(100)


@pytest.mark.parametrize("anchor", ["", "&a "])
def test_after_many_scalars_that_ruamel_reads_no_comment_is_read(anchor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_SCALARS", 5)
    text = f"a: {anchor}1 # sm-lint: x\nb: 2 # sm-lint: y\nc: 3 # sm-lint: z\nd: 4 # sm-lint: z\n"
    expected = ["x", "y", None] if anchor else ["x", "y", "z", "z"]  # libyaml is fast
    assert [content for _, _, content in comments(text)] == expected
