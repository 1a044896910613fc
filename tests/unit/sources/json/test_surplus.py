"""Comments and trailing commas: what is one, and what is left when all are gone."""

import json

import pytest

from sm_lint.sources import document
from sm_lint.sources.json.surplus import MOST, surplus, without
from tests.support.linting import fix
from tests.support.work import calls

# text, what is found in it
FOUND = [
    ("{} // x", ["// x"]),
    ("{} # x\n# y", ["# x", "# y"]),
    ("/**/{/* x\n*/}", ["/**/", "/* x\n*/"]),
    ('{"a": "// x", "b": "#", "c": "/* x */"}', []),
    ('{"a": "\\"// x"} // y', ["// y"]),
    ("[1,]", [","]),
    ("[1, // x, ]\n]", [",", "// x, ]"]),
    ("[1, /* x */ /* y */ ]", [",", "/* x */", "/* y */"]),
    ('[1, "a"]', []),
    ("[1, 2 // x\n]", ["// x"]),
    ("[1,,]", [","]),
    ('{"a": s3://bucket/x}', []),
    ("{} /* x", []),
    ("[1, / ]", []),
]


@pytest.mark.parametrize(("text", "found"), FOUND, ids=[text for text, _ in FOUND])
def test_surplus(text: str, found: list[str]) -> None:
    assert [text[problem.start : problem.end] for problem in surplus(text)] == found


def test_only_so_many_are_looked_for() -> None:
    assert len(surplus("/**/" * (MOST + 1))) == MOST


def test_length_and_line_breaks_stay() -> None:
    text = '[1, // x\r\n "a", /* y\n */ ]'
    left = without(text, surplus(text))
    assert json.loads(left) == [1, "a"]
    assert len(left) == len(text)
    assert (left.count("\r\n"), left.count("\n")) == (1, 2)


@pytest.mark.parametrize("form", [" // x\n", "/* x */", "[1,],", " /*", " /", '"a",', ", // x\n"])
def test_a_text_is_scanned_once(form: str) -> None:
    def work(count: int) -> int:
        return calls(lambda: surplus("[" + form * count))

    assert work(240) < 4.4 * work(60) + 100


G = '"ModelPackageGroupName": "churn"'
# text, text after --fix; None if it stays
CORRECTED: list[tuple[str, str | None]] = [
    (f"{{{G},}}", f"{{{G}}}"),
    (f"{{{G}, // x\n}}", f"{{{G}\n}}"),
    (f"{{\n  // x\n  {G}\n}}\n# y\n", f"{{\n  {G}\n}}\n"),
    (f"{{\r\n  /* x\r\n y */\r\n  {G}\r\n}}", f"{{\r\n  {G}\r\n}}"),
    (f"{{{G} /* x */, /* y */'Task': 'OTHER'}}", f'{{{G}  ,  "Task": "OTHER"}}'),
    (f'{{{G}, "CertifyForMarketplace": False}}', f'{{{G}, "CertifyForMarketplace": false}}'),
    (f'{{{G}\n"Task": "OTHER" // x\n"Domain": "x"}}', f'{{{G},\n"Task": "OTHER",\n"Domain": "x"}}'),
    (f'{{{G}, "Task": "OT\tHER"}}', f'{{{G}, "Task": "OT\\tHER"}}'),
    (f"{{{G}{', // x' + chr(10)}}} {'/* x */' * 30}", f"{{{G}\n}} {' ' * 29}"),
    (f'{{{G}, "Tags": [1/**/2]}}', None),
    (f'{{{G}, "Task": None,}}', None),
    (f'{{{G}, "Task": "OTHER" "Domain": "x",}}', None),
    (f"{{{G},}} /* x", None),
    (f"{{{G},}} {{}}", None),
    (f'{{{G}, "Task": "a" /* x */ "b"}}', None),
    (f"{{{G}, 'Task': 'it\\'s',}}", None),
]


@pytest.mark.parametrize(("before", "after"), CORRECTED)
def test_a_text_is_corrected_only_where_that_is_certain(before: str, after: str | None) -> None:
    read = document.read("a.json", before.encode())
    assert fix(read, unsafe=False)[0].text == (before if after is None else after)
