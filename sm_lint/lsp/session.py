"""What the server knows of an open file: its document, the settings that hold for it, and what is found in it."""

import os
from typing import NamedTuple

from pygls.uris import to_fs_path
from pygls.workspace import TextDocument

from sm_lint import baseline, config, discovery, document, task
from sm_lint.config import ConfigError, Settings
from sm_lint.diagnostic import Diagnostic
from sm_lint.document import Document

_SYNTAXES = {"json": "json", "jsonc": "json", "yaml": "yaml"}


class Opened(NamedTuple):
    """An open file as the engine sees it."""

    document: Document
    settings: Settings
    is_linted: bool
    """Whether it is taken for a request, by the same test as a file in a folder."""
    failure: str | None = None
    """What is wrong with its configuration."""

    def lint(self, read: Document | None = None) -> list[Diagnostic]:
        """Return what is found in the file, or in another text of it."""
        return task.lint_document(read or self.document, self.settings).diagnostics if self.is_linted else []


def opened(source: TextDocument) -> Opened:
    """Return an open file; its configuration is read anew, for it may have changed."""
    path = to_fs_path(source.uri) if source.uri.startswith("file:") else None
    name = path or source.uri
    data = source.source.encode(errors="replace")
    extension = os.path.splitext(name)[1].lower()
    known = extension in (".json", ".yaml", ".yml")
    read = document.read(name, data, None if known else _SYNTAXES.get(source.language_id or ""))
    try:
        settings = config.finder()(os.path.dirname(path)) if path else config.DEFAULTS
        if settings.baseline:
            baseline.forget()
            baseline.entries(settings.baseline, name)
    except ConfigError as error:
        return Opened(read, config.DEFAULTS, is_linted=False, failure=str(error))
    is_payload = discovery.may_be_payload(data) and discovery.why_no_payload(read) is None
    return Opened(read, settings, is_payload and not discovery.matched_by(name, settings.exclude))
