"""The documents in a file, each read alone."""

import pytest

from sm_lint.sources import document
from sm_lint.sources.documents import documents
from tests.support.work import calls


def read(text: str, name: str = "a.yaml") -> list[document.Document]:
    return list(documents(document.read(name, text.encode())))


@pytest.mark.parametrize("text", ["", "a: 1\n", "---\na: 1\n...\n", "# a\n", "a: [\n"])
def test_a_single_document_is_the_file(text: str) -> None:
    whole = document.read("a.yaml", text.encode())
    assert list(documents(whole)) == [whole]
    assert whole.part is None


def test_a_json_file_is_one_document() -> None:
    (only,) = read('{"a": "\\n---\\n"}', "a.json")
    assert only.part is None


def test_each_is_a_part_of_the_file_with_spans_of_it() -> None:
    text = "a: 1\n---\n# x\nb: {c: é😀, d: [2]}\n...\n---\n"
    first, second, third = read(text)
    assert [one.value for one in (first, second, third)] == [{"a": 1}, {"b": {"c": "é😀", "d": [2]}}, None]
    assert [one.part for one in (first, second, third)] == [0, 1, 2]
    span = second.locate(("b", "d", 0))
    assert text[span.start.offset : span.end.offset] == "2"
    assert (span.start.line, span.start.column) == (4, 16)
    assert second.of_file(("b",)) == (("b",), None)


@pytest.mark.parametrize(
    "broken", ["a: [\n", "{{- if .x }}\n", "a: '\n", "\ta: 1\n", "a: *b\n", "&a [*a]\n", "a: \x01\n", "a: {{ x }}-y\n"]
)
def test_a_broken_one_costs_no_other(broken: str) -> None:
    values = [one.value for one in read(f"a: 1\n---\n{broken}---\nb: 2\n")]
    assert values[0] == {"a": 1}
    assert values[-1] == {"b": 2}


def test_only_those_with_all_marks_are_read() -> None:
    whole = document.read("a.yaml", b"a: x\n---\na: y\nb: x\n---\na: [\n---\nb: y x\n")
    assert [one.value for one in documents(whole, ("x", "y"))] == [{"a": "y", "b": "x"}, {"b": "y x"}]


@pytest.mark.parametrize("one", ["a: {b: 1}\n---\n", "a: &b 1\n---\n", "a: [\n---\n"])
def test_the_work_is_linear_in_the_number_of_documents(one: str) -> None:
    def work(count: int) -> int:
        whole = document.read("a.yaml", b"a: 1\n---\nb: 1\n")
        whole.text = one * count
        return calls(lambda: list(documents(whole)))

    assert work(40) < 4.4 * work(10)


def test_what_ruamel_must_read_has_the_limit_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sm_lint.sources.documents.MAX_BYTES", {"yaml": 30})
    assert len(read("a: &b 1\n---\n" * 10)) < 5
    assert len(read("a: 1\n---\n" * 10)) == 11
