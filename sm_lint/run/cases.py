"""The cases of a rule file: requests that the rule must report or accept, as documents to lint."""

import os
from typing import Any

from sm_lint.config.load import parse
from sm_lint.model.diagnostic import Diagnostic
from sm_lint.run.session import Session
from sm_lint.sources import document
from sm_lint.sources.document import Document


def data_of(case: dict[str, Any]) -> bytes | None:
    """Return the bytes of a case with a `payload`; None for a case about a file that cannot be opened."""
    if "payload" not in case:
        return None
    text = case["payload"] + " " * case.get("padding", 0)
    return str(text).encode(case.get("encoding", "utf-8"))


def read(case: dict[str, Any]) -> Document:
    """Return the document of a case. Its file name is `request` with the extension of its syntax."""
    data = data_of(case)
    if data is None:
        return document.unreadable("request.json", "Permission denied")
    syntax = str(case.get("syntax") or document.syntax_of("", data))
    return document.read(f"request.{syntax}", data, syntax, tuple(case.get("config", {}).get("placeholders", ())))


def lint(case: dict[str, Any], session: Session, **selection: tuple[str, ...]) -> list[Diagnostic]:
    """Return the diagnostics of a case under its own configuration; `selection` overrides fields of its Settings.

    They have the fixes of their rules as they are, also those that `--fix` would not apply.
    """
    settings = parse(case.get("config", {}), "config", os.getcwd(), session.linters.rule_set)
    changes: dict[str, Any] = selection
    return session.find_named(read(case), settings._replace(**changes)).outcome().diagnostics
