"""The findings of a run in the baselines that it used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sm_lint.run.findings import Findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sm_lint.model.settings import Settings
    from sm_lint.model.suppressed import StaleEntry
    from sm_lint.run.session import Session


def in_baselines(
    stale: Mapping[Settings, Sequence[StaleEntry]], session: Session
) -> Iterator[tuple[Settings, Findings]]:
    """Yield the findings about the stale entries of each baseline, with the settings that name it.

    Raises ConfigError if a baseline cannot be read any more.
    """
    from sm_lint.suppression.stale import document_of
    from sm_lint.suppression.stale import stale as findings

    for settings, entries in stale.items():
        linter = session.linters.linter(settings)
        document = document_of(entries[0].baseline)
        yield settings, Findings(document, linter, *findings(document, entries, linter), is_whole=True)
