"""One report for the tests of all formats: what is hard to write down stands here once.

Emoji before a finding on its line, control characters and markup in a payload and in file names, a file name that is
no UTF-8, all severities, a finding about a whole file, a second place, fixes, one suppressed finding, a failure.

    python -m tests.support.sample_report      writes the snapshots anew, to be read before they are committed
"""

import os
from pathlib import Path

from sm_lint.cli.check_arguments import CHOICES
from sm_lint.model.diagnostic import Diagnostic, Edit, Fix, Related
from sm_lint.model.outline import Member, Outline
from sm_lint.model.report import Report, ReportedRule
from sm_lint.model.settings import Settings
from sm_lint.model.severity import Severity
from sm_lint.model.span import FILE_START, Span
from sm_lint.model.suppressed import Suppressed
from sm_lint.output import render
from sm_lint.sources.document import Document, read
from tests.support.linting import RULES, SESSION

SNAPSHOTS = Path(__file__).parents[1] / "snapshots"
CODES = ("SM002", "SM111", "SM203", "SM206", "SM601")

EMOJI = read(
    "a folder/100%,😀:1.json",
    (
        '{"ModelPackageGroupName": "churn",\n'
        '\t"ModelPackageDescription": "😀é日", "Tags": [{"Key": "a", "Value": "b"}]}\n'
    ).encode(),
)
ODD = read(
    os.fsdecode(b"odd\n\x1b[31m<&\"'>\xff.yaml"),
    b"ModelPackageGroupName: churn\r\nModelPackageDescription: |\r\n  two\x0b\r\n  lines\r\n"
    b"ModelApprovalStatus: Approved\r\n",
)


def _span(document: Document, text: str) -> Span:
    start = document.text.index(text)
    return document.span(start, start + len(text))


def _diagnostic(
    document: Document, code: str, name: str, severity: Severity, span: Span, **fields: object
) -> Diagnostic:
    values = {"message": "There is something", "help": None, "url": None, "pointer": "", "inner_pointer": None}
    return Diagnostic(code, name, severity, file=document.name, range=span, **(values | fields))  # type: ignore[arg-type]


FOUND = (
    _diagnostic(
        EMOJI, "SM203", "tags-on-a-version", Severity.ERROR, _span(EMOJI, '"Tags"'),
        message="Tags are not allowed next to ModelPackageGroupName", help="Remove Tags.", pointer="/Tags",
    ),
    _diagnostic(
        EMOJI, "SM601", "repeated-tag-key", Severity.ERROR, _span(EMOJI, '"a"'),
        message='"50%\\n::error::" <b>&amp;</b> is not unique', help="First line.\nSecond, with a 😀.",
        url="https://example.com/rules/SM601", pointer="/Tags/0/Key~1~0", inner_pointer="/a/b",
        related=(Related("the earlier one", EMOJI.name, "/Tags", _span(EMOJI, '"Tags"')),),
        fix=Fix("Change to 😀", "safe", (Edit(_span(EMOJI, '"a"'), '"😀"'),)),
    ),
    _diagnostic(
        EMOJI, "SM601", "repeated-tag-key", Severity.ERROR, _span(EMOJI, '"a"'),
        message="The same again", pointer="/Tags/0/Key~1~0", inner_pointer="/a/b",
        not_fixed="it would bring SM111",
    ),
    _diagnostic(ODD, "SM002", "yaml-syntax", Severity.ERROR, FILE_START, message="This is about the whole file"),
    _diagnostic(
        ODD, "SM111", "pattern", Severity.INFO, _span(ODD, "|\r\n  two\x0b\r\n  lines"),
        message="The text has several lines", pointer="/ModelPackageDescription",
    ),
    _diagnostic(
        ODD, "SM206", "approval-without-a-group", Severity.WARNING, _span(ODD, "Approved"),
        message="ModelApprovalStatus is for versions", help="Remove it.", pointer="/ModelApprovalStatus",
        fix=Fix("Remove ModelApprovalStatus", "unsafe", (Edit(_span(ODD, "ModelApprovalStatus: Approved\r\n"), ""),)),
    ),
)  # fmt: skip
SUPPRESSED = (
    Suppressed(FOUND[0]._replace(pointer="/Tags/0"), in_source=False, reason="known <since> 2026"),
    Suppressed(FOUND[5]._replace(pointer="/Approved"), in_source=True, reason=None),
)
OUTLINE = Outline(
    "payload", "", 1,
    Member("the request", "3 members", (), (
        Member("ModelPackageGroupName", '"churn"'),
        Member("Tags", "1 item", (("SM203", FOUND[0].range.start.offset),), (
            Member("[0]", "2 members", (), (
                Member("Key", '"a"', (("SM601", FOUND[1].range.start.offset),)), Member("</script>", '"b"'),
            )),
        )),
    ), 1),
)  # fmt: skip
selected = SESSION.linters.linter(Settings(select=CODES)).selected
REPORT = Report(
    diagnostics=FOUND,
    documents={document.name: document for document in (EMOJI, ODD)},
    files=3,
    omitted=1,
    failures=("gone\x1b.json: no such file or folder",),
    failed=True,
    model=RULES.model,
    rules=tuple(ReportedRule(code, selected[code], RULES.rule) for code in CODES),
    suppressed=2,
    outlines={EMOJI.name: (OUTLINE,)},
)
CLEAN = REPORT._replace(diagnostics=(), documents={}, omitted=0, failures=(), failed=False, suppressed=0)
EMPTY = CLEAN._replace(files=0, rules=())


def snapshot(output_format: str) -> Path:
    """Return the file of the snapshot of a format; a new snapshot is a text file."""
    return next(SNAPSHOTS.glob(f"{output_format}.*"), SNAPSHOTS / f"{output_format}.txt")


def main() -> None:
    """Write the snapshots."""
    for output_format in CHOICES:
        snapshot(output_format).write_bytes(render(REPORT, output_format).encode())


if __name__ == "__main__":
    main()
