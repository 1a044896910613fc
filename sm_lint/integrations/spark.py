"""The diagnostics of a column of requests, found by Spark: on all processors of a cluster, if there is one."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from sm_lint.api import settings_of
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.settings import ConfigError
from sm_lint.model.span import Position, Span
from sm_lint.requests.marks import LINES, PAYLOAD
from sm_lint.run.linting import internal_error
from sm_lint.run.session import of_process
from sm_lint.sources.document import read
from sm_lint.sources.limits import MOST_BYTES
from sm_lint.sources.lines import Line, document_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from pyarrow import RecordBatch
    from pyspark.sql import DataFrame
    from pyspark.sql.types import StructType

    from sm_lint.model.settings import Settings
    from sm_lint.sources.document import Document

_AT_ONCE = 1000
"""The maximum number of diagnostics that are held at a time, each with the other columns of its row."""


def diagnostics(frame: DataFrame, column: str, *, config: Mapping[str, Any] | None = None) -> DataFrame:
    """Return a frame with a row for each diagnostic of the requests in a column of another frame.

    Each text in `column`, of strings or bytes, is linted like a JSON file that the command line names: it is a request,
    or has some in it, such as a pipeline definition. Whatever it is, there is no exception. NULL is the same as `null`.

    The result has the other columns of `frame`, which tell the rows, followed by `code`, `name`, `severity`, `message`,
    `help`, `url`, `pointer`, `inner_pointer`, `range`, `related` and `carrier`. They are what they are in the JSON
    report; a place is one in the text. A clean request has no rows; one that cannot be linted has one without a code.

    `config` has the keys of a configuration file, as for `sm_lint.lint`. Each worker reads the custom `rules` that it
    names; a `baseline`, which is about files, does not apply. Raises ConfigError or TypeError if it is invalid,
    ValueError if `frame` has no such column, two of one name, or another one with a name of the result, and TypeError
    if the column has neither strings nor bytes.
    """
    _check(frame, column)
    linted = partial(_linted, names=frame.columns, column=column, settings=settings_of_rows(config))
    numbered = frame.toDF(*map(str, range(len(frame.columns))))  # Spark reads a dot in a name as a path
    # pandas, and so mapInPandas, has no integers with nulls and no late dates: the other columns would change.
    return numbered.mapInArrow(linted, _schema(frame, column))


def settings_of_rows(config: Mapping[str, Any] | None) -> Settings:
    """Return the settings for `config`, without what is about files: lines are texts, and a baseline does not apply."""
    settings = settings_of(config)
    carriers = tuple(PAYLOAD if carrier == LINES else carrier for carrier in settings.carriers)
    return settings._replace(carriers=carriers, baseline=None)


def _check(frame: DataFrame, column: str) -> None:
    """Raise ValueError or TypeError unless the column can be linted, and the others stand beside the result."""
    if not isinstance(column, str):
        raise TypeError(f"column: a name is expected, not {type(column).__name__}")
    kinds = {field.name: field.dataType.typeName() for field in frame.schema}
    if frame.columns.count(column) != 1:
        raise ValueError(f"column: one with the name {column!r} is expected among {', '.join(frame.columns)}")
    if kinds[column] not in ("string", "binary"):
        raise TypeError(f"column: strings or bytes are expected in {column!r}, not {kinds[column]}; see to_json")
    own = {name for name, _ in columns("", "", tuple, tuple)}
    both = [name for name in frame.columns if name != column and name.lower() in own]
    if both:
        raise ValueError(f"frame: rename or drop {', '.join(both)}: the result has columns of the same name")
    twice = sorted(name for name, number in Counter(frame.columns).items() if number > 1)
    if twice:
        raise ValueError(f"frame: rename or drop one {', one '.join(twice)}: several columns have that name")


def _schema(frame: DataFrame, column: str) -> StructType:
    """Return the schema of the result."""
    from pyspark.sql.types import ArrayType, IntegerType, StringType, StructField, StructType

    def structure(fields: list[tuple[str, Any]]) -> StructType:
        return StructType([StructField(*field) for field in fields])

    own = structure(columns(StringType(), IntegerType(), structure, ArrayType))
    return StructType([*(field for field in frame.schema if field.name != column), *own])


def columns(
    text: Any, number: Any, structure: Callable[[list[tuple[str, Any]]], Any], many: Callable[[Any], Any]
) -> list[tuple[str, Any]]:
    """Return name and type of each column of a diagnostic. The types of Spark or Arrow are given, or how to make them.

    >>> [name for name, kind in columns("text", "int", dict, list) if kind == "text"]
    ['code', 'name', 'severity', 'message', 'help', 'url', 'pointer', 'inner_pointer', 'carrier']
    """
    position = structure([(name, number) for name in Position._fields])
    span = structure([(name, position) for name in Span._fields])
    related = many(structure([("message", text), ("pointer", text), ("range", span)]))
    texts = ("code", "name", "severity", "message", "help", "url", "pointer", "inner_pointer")
    return [*((name, text) for name in texts), ("range", span), ("related", related), ("carrier", text)]


def _linted(
    batches: Iterable[RecordBatch], names: Sequence[str], column: str, settings: Settings
) -> Iterator[RecordBatch]:
    """Yield the diagnostics of the rows in batches, each with the other columns of its row. Spark's workers run this.

    `names` are those of the columns, which stand in the batches in this order. Raises ConfigError if a custom rule
    cannot be read.
    """
    import pyarrow as pa

    types = columns(pa.string(), pa.int32(), pa.struct, pa.list_)
    for batch in batches:
        at = names.index(column)
        others = [index for index in range(batch.num_columns) if index != at]
        texts = batch.column(at).cast(pa.large_binary())  # Spark does not check that strings are UTF-8
        found = of_rows((text.as_py() for text in texts), column, settings)
        while some := list(islice(found, _AT_ONCE)):
            rows = pa.array([row for row, _ in some])
            yield pa.RecordBatch.from_arrays(
                [batch.column(index).take(rows) for index in others]
                + [pa.array([values[name] for _, values in some], kind) for name, kind in types],
                [*(names[index] for index in others), *(name for name, _ in types)],
            )


def of_rows(texts: Iterable[bytes | None], name: str, settings: Settings) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the diagnostics of texts, each as the number of its text, from 0, and its values by column.

    `name` is what messages call a text. Raises ConfigError if a custom rule cannot be read.
    """
    for row, text in enumerate(texts):
        for values in _of_text(b"null" if text is None else text, name, settings):
            yield row, values


def _of_text(text: bytes, name: str, settings: Settings) -> list[Mapping[str, Any]]:
    try:
        findings = of_process().find_named(_document(text, name, settings), settings)
        return [_values(diagnostic) for diagnostic in findings.outcome().diagnostics]
    except ConfigError:
        raise
    except Exception as error:  # noqa: BLE001 - a failure on one text is reported, and the others are linted
        message = internal_error(name, error, verbose=True)
        return [dict.fromkeys(Diagnostic._fields) | {"severity": "error", "message": _encodable(message)}]


def _document(text: bytes, name: str, settings: Settings) -> Document:
    """Return the document that a text is. One that is too long is what a line of JSON Lines would be."""
    if len(text) > MOST_BYTES:
        return document_of(Line(1, 0, text[: MOST_BYTES + 1]), name)
    return read(name, text, "json", settings.placeholders)


def _values(diagnostic: Diagnostic) -> Mapping[str, Any]:
    """Return the values of a diagnostic by column, among others. A related place is in the same text."""
    related = [
        {"message": _encodable(place.message), "pointer": _encodable(place.pointer), "range": _span(place.range)}
        for place in diagnostic.related
    ]
    texts = {name: _encodable(value) for name, value in diagnostic._asdict().items() if isinstance(value, str)}
    own = {"severity": diagnostic.severity.value, "range": _span(diagnostic.range), "related": related}
    return {**diagnostic._asdict(), **texts, **own}


def _span(span: Span) -> Mapping[str, Any]:
    return {"start": span.start._asdict(), "end": span.end._asdict()}


def _encodable(text: str) -> str:
    r"""Return a text that UTF-8 can encode: a lone surrogate, as a key of a request may have, becomes `\ud800`."""
    return text.encode(errors="backslashreplace").decode()
