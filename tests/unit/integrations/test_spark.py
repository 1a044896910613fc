"""The diagnostics of rows; tests/spark/ has Spark find them."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sm_lint.integrations import spark
from sm_lint.model.settings import DEFAULTS, ConfigError
from sm_lint.run.session import Session
from tests.conftest import Run
from tests.spark.rows import by_the_command_line, rows

NAMES = [name for name, _ in spark.columns("", "", tuple, tuple)]
BAD = b'{\n  "ModelPackageGroupName": "churn",\n  "Task": "OTHER", "Tags": [{"Key": "a", "Value": "b"}]\n}'


def found(*texts: bytes | None, **table: Any) -> list[tuple[int, Any]]:
    return list(spark.of_rows(texts, "request", spark.settings_of_rows(table)))


def codes(*texts: bytes | None, **table: Any) -> list[tuple[int, str]]:
    return [(row, values["code"]) for row, values in found(*texts, **table)]


def test_rows_have_the_diagnostics_of_the_command_line(tmp_path: Path, run: Run) -> None:
    texts = rows(400, large=True)
    by_row: dict[int, list[dict[str, Any]]] = {}
    for row, values in spark.of_rows(texts, "request", DEFAULTS):
        by_row.setdefault(row, []).append({name: values[name] for name in NAMES})
    expected = by_the_command_line(texts, tmp_path, run)
    assert by_row == expected
    assert 100 < len(by_row) < 350


def test_a_text_may_have_several_lines() -> None:
    ((row, values),) = found(BAD)
    assert (row, values["code"], values["range"]["start"]) == (0, "SM203", {"line": 3, "column": 20, "offset": 57})


def test_a_text_may_be_a_document_with_requests() -> None:
    step = {"Name": "r", "Type": "RegisterModel", "Arguments": {"ModelPackageGroupName": "churn", "Task": 1}}
    pipeline = json.dumps({"Version": "2020-12-01", "Steps": [step]}).encode()
    ((_, values),) = found(pipeline)
    assert (values["pointer"], values["carrier"]) == ("/Steps/0/Arguments/Task", "pipeline")
    assert codes(pipeline, carriers=["payload"]) == [(0, "SM023")]


@pytest.mark.parametrize("text", [b"", b" \n"])
def test_a_blank_text_is_no_request(text: bytes) -> None:
    assert codes(text) == [(0, "SM001")]


def test_rows_are_numbered_and_clean_ones_are_not_there() -> None:
    clean = b'{"ModelPackageGroupName": "churn"}'
    assert codes(clean, BAD, None, clean, BAD) == [(1, "SM203"), (2, "SM105"), (4, "SM203")]


def test_the_configuration_applies() -> None:
    assert codes(BAD, ignore=["SM203"]) == []
    assert codes(b'{"ModelPackageGroupName": ${name}}', placeholders=["${*}"]) == []
    assert codes(BAD, carriers=["json-lines"], baseline="not-there.json") == [(0, "SM203")]


def test_the_values_can_be_encoded() -> None:
    for _, values in found(b'{"ModelPackageGroupName": "churn", "\\ud800": 1, "Tags": {"\\udc00": 1}}'):
        json.dumps(values, ensure_ascii=False).encode()
    assert ["/\\ud800" in values["pointer"] for _, values in found(b'{"ModelPackageName": "a", "\\ud800": 1}')].count(
        True
    )


def test_a_failure_on_one_row_is_told_and_the_others_are_linted(monkeypatch: pytest.MonkeyPatch) -> None:
    find = Session.find_named

    def fail_on_lists(self: Session, document: Any, *others: Any) -> Any:
        if document.text == "[]":
            raise KeyError("a fault of the linter")
        return find(self, document, *others)

    monkeypatch.setattr(Session, "find_named", fail_on_lists)
    (_, failed), (_, other) = found(b"[]", BAD)
    assert {name: failed[name] for name in NAMES if failed[name] is not None} == {
        "severity": "error",
        "message": failed["message"],
    }
    assert "internal error: KeyError" in failed["message"]
    assert other["code"] == "SM203"


def test_a_file_that_a_worker_does_not_have_is_no_fault_of_the_rows(tmp_path: Path) -> None:
    settings = DEFAULTS._replace(rules=(str(tmp_path / "XX001.toml"),))
    with pytest.raises(ConfigError, match="XX001"):
        list(spark.of_rows([BAD], "request", settings))


def frame(**kinds: str) -> Any:
    """Return what has the columns of a Spark frame."""
    schema = [
        SimpleNamespace(name=name, dataType=SimpleNamespace(typeName=lambda kind=kind: kind))
        for name, kind in kinds.items()
    ]
    return SimpleNamespace(schema=schema, columns=list(kinds))


@pytest.mark.parametrize(
    ("kinds", "error", "message"),
    [
        ({"id": "long", "requests": "string"}, ValueError, "'request' is expected among id, requests"),
        ({"request": "struct"}, TypeError, "not struct; see to_json"),
        ({"request": "binary", "Name": "string", "URL": "string"}, ValueError, "rename or drop Name, URL: "),
    ],
)
def test_columns_that_cannot_be_linted(kinds: dict[str, str], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        spark.diagnostics(frame(**kinds), "request")


def test_two_columns_of_one_name_are_refused() -> None:
    twice = frame(request="string", id="long")
    twice.columns.append("id")
    with pytest.raises(ValueError, match="rename or drop one id: several columns have that name"):
        spark.diagnostics(twice, "request")


def test_a_column_is_given_by_its_name() -> None:
    with pytest.raises(TypeError, match="a name is expected, not SimpleNamespace"):
        spark.diagnostics(frame(request="string"), SimpleNamespace())  # type: ignore[arg-type]


def test_the_configuration_is_read_before_spark_starts() -> None:
    with pytest.raises(ConfigError, match="selec"):
        spark.diagnostics(frame(id="long", request="string"), "request", config={"selec": []})
