"""The index of suppressions gives what a comparison of each finding with each suppression gives."""

from hypothesis import given
from hypothesis import strategies as st

from sm_lint.engine.finding import Finding
from sm_lint.model.pointer import Pointer
from sm_lint.model.span import Position, Span
from sm_lint.sources.document import Document, Place
from sm_lint.sources.reading import Problem, Reading
from sm_lint.suppression.covering import Covering
from sm_lint.suppression.suppressions import Suppression
from tests.support.work import calls

CODES = st.sampled_from(["SM101", "SM103", "SM203"])
PREFIXES = st.sampled_from(["", "SM", "SM1", "SM101", "SM2", "SM203"])
DOCUMENT = Document("a.json", "", "", Reading(None, []))
STEPS = st.sampled_from(["a", "b", "0", "*"])


def suppression(prefix: str, *, lines: range | None = None, pointer: tuple[str, ...] | None = None) -> Suppression:
    return Suppression(prefix, prefix, "here", (0, 0), lines, pointer, None, None, is_certain=True)


def finding(code: str, pointer: Pointer, first: int, last: int, column: int = 2) -> Finding:
    span = Span(Position(first, 1, 0), Position(last, column, 0))
    return Finding(code, DOCUMENT, pointer, Place(span, None), Problem("unused-suppression", 0, 0))


@st.composite
def in_comments(draw: st.DrawFn) -> list[Suppression]:
    """Draw the suppressions of comments: each line has one or none, and those in a row end with the same line."""
    found: list[Suppression] = []
    line = 1
    for length in draw(st.lists(st.integers(1, 3), max_size=4)):
        for first in range(line, line + length):
            lines = range(first, line + length + 1)
            found += [suppression(prefix, lines=lines) for prefix in draw(st.lists(PREFIXES, max_size=2))]
        line += length + draw(st.integers(0, 2))
    return sorted(found, key=lambda s: s.lines.start if s.lines else 0)


POINTERS = st.one_of(st.none(), st.lists(STEPS, max_size=3).map(tuple))
IN_SETTINGS = st.lists(st.builds(lambda prefix, to: suppression(prefix, pointer=to), PREFIXES, POINTERS), max_size=5)
FINDINGS = st.lists(
    st.builds(
        lambda code, steps, first, more, column: finding(code, tuple(steps), first, first + more, column),
        CODES,
        st.lists(st.sampled_from(["a", "b", 0]), max_size=3),
        st.integers(1, 9),
        st.integers(0, 2),
        st.integers(1, 2),
    ),
    max_size=6,
)


def covers(suppression: Suppression, finding: Finding) -> bool:
    start, end = finding.span
    steps = [str(step) for step in finding.pointer]
    if not finding.code.startswith(suppression.prefix):
        return False
    if suppression.lines is not None:
        last = end.line - (end.column == 1 and end.line > start.line)
        return any(line in suppression.lines for line in range(start.line, last + 1))
    wanted = suppression.pointer
    return wanted is None or (
        len(wanted) == len(steps) and all(want in ("*", step) for want, step in zip(wanted, steps, strict=True))
    )


@given(in_comments(), IN_SETTINGS, FINDINGS)
def test_the_index_agrees_with_a_comparison(
    comments: list[Suppression], settings: list[Suppression], findings: list[Finding]
) -> None:
    active = [*comments, *settings]
    covering = Covering(active)
    for finding in findings:
        expected = next((s for s in active if covers(s, finding)), None)
        assert covering.first(finding) is expected
    assert covering.used == {n for n, s in enumerate(active) if any(covers(s, finding) for finding in findings)}


def test_the_work_is_not_suppressions_times_findings() -> None:
    def work(count: int) -> int:
        comments = [suppression("SM1", lines=range(line, line + 1)) for line in range(1, count + 1)]
        active = [*comments, *(suppression("SM1", pointer=("k", str(number))) for number in range(count))]
        active += [suppression("SM2")] * count
        covering = Covering(active)
        found = [finding("SM203", ("k", number), number + 1, number + 1) for number in range(count)]
        return calls(lambda: [covering.first(of) for of in found])

    assert work(400) < 4.4 * work(100)
