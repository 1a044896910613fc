"""One session for the tests that lint, and short ways to use it."""

from functools import partial
from typing import Any

from sm_lint.config.load import parse
from sm_lint.fixes.apply import fixed
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.model.settings import DEFAULTS, Settings
from sm_lint.run.session import Session
from sm_lint.run.task import Outcome
from sm_lint.sources.document import Document
from sm_lint.sources.reading import Reading

SESSION = Session()
RULES = SESSION.linters.built_in


def settings_of(table: dict[str, Any], folder: str = "") -> Settings:
    """Return the settings in a table of a configuration."""
    return parse(table, "config", folder, SESSION.linters.rule_set)


def outcome(read: Document, settings: Settings = DEFAULTS, *, show_suppressed: bool = False) -> Outcome:
    """Return what linting a document gives."""
    return SESSION.find_named(read, settings).outcome(show_suppressed=show_suppressed)


def lint(read: Document, settings: Settings = DEFAULTS) -> list[Diagnostic]:
    """Return the diagnostics of a document."""
    return outcome(read, settings).diagnostics


def fix(read: Document, settings: Settings = DEFAULTS, *, unsafe: bool = True) -> tuple[Document, int]:
    """Return a document after its fixes, and the number of findings that were fixed."""
    find = partial(SESSION.find_named, settings=settings)
    after, _, count, _ = fixed(read, find(read), find, unsafe=unsafe)
    return after, count


def lint_value(request: Any, settings: Settings = DEFAULTS, session: Session = SESSION) -> list[Diagnostic]:
    """Return the diagnostics of a request that has no text."""
    document = Document("request", "", "", Reading(request, [], is_json=True))
    return session.lint_named(document, settings).diagnostics
