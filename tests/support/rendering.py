"""The reports of one document in the formats for people, and in those that are not plain JSON."""

from collections.abc import Iterator, Mapping

from sm_lint.model.report import Report
from sm_lint.output import render
from sm_lint.run.task import Outcome
from sm_lint.sources.document import Document


def rendered(document: Document, outcome: Outcome, model: Mapping[str, str]) -> Iterator[str]:
    """Yield the report of what linting a document gave, in each format."""
    report = Report(
        diagnostics=tuple(outcome.diagnostics), documents={document.name: document}, files=1, omitted=outcome.omitted,
        failures=(), failed=bool(outcome.diagnostics), model=model,
    )  # fmt: skip
    for output_format in ("full", "concise", "html", "markdown", "github", "junit", "rdjson"):
        yield render(report, output_format)
