"""What is read of YAML for which the CLI can construct no value: the rest of it, and nothing gets lost."""

import pytest

from sm_lint import lint_text
from sm_lint.sources import document
from tests.support.work import calls

Y = "ModelPackageGroupName: g\nModelPackageDescription: d\n"
UNREADABLE: dict[str, tuple[str, list[str]]] = {
    "a merged member that another one overrides": (
        "CustomerMetadataProperties:\n  <<: {a: [!x 1]}\n  a: {b: !x 2}\n", ["SM016", "SM103", "SM016"],
    ),
    "a wrong merge under an unknown tag": (
        "CustomerMetadataProperties: {? {a: b} : c}\n!x k: {<<: 1}\n", ["SM018", "SM016", "SM002"],
    ),
    "keys of every odd kind": (
        "*a : !!binary x\n!!int k: !!str\n  =: !!value x\n", ["SM018", "SM020", "SM017", "SM017", "SM016", "SM016"],
    ),
    "a tag under a key that cannot be read": ("Domian: 1\n!x k: {y: !z w}\n", ["SM101", "SM016", "SM016"]),
    "a key under a key that cannot be read": ("Domian: 1\n? {a: b}\n: {? {c: d} : 1}\n", ["SM101", "SM018", "SM018"]),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_hides_nothing_else(name: str) -> None:
    text, codes = UNREADABLE[name]
    assert [diagnostic.code for diagnostic in lint_text(Y + text, filename="a.yaml")] == codes


@pytest.mark.parametrize(("written", "text"), [("!x a b", "a b"), ("!x 'a'", "a"), ("!x |\n  a", "a\n"), ("!x 1", "1")])
def test_a_scalar_with_an_unknown_tag_keeps_its_text_but_is_unknown(written: str, text: str) -> None:
    read = document.read("a.yaml", f"k: {written}\n".encode())
    assert (read.value, list(read.unknown)) == ({"k": text}, [("k",)])


def test_a_key_is_measured_once_however_many_aliases_lead_to_it() -> None:
    def work(count: int) -> int:
        aliases = ",".join(["*m"] * count)
        text = f"{Y}z: !x y\nx: &m\n  ? &k\n{'    #c' + chr(10) * 1}    k\n  : v\nTags: [{aliases}]\n"
        return calls(lambda: lint_text(text, filename="a.yaml"))

    work(100)
    assert work(400) < 4.4 * work(100)
