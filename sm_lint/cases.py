"""The cases of a rule file: payloads that the rule reports, or passes."""

from typing import Any

from sm_lint import document
from sm_lint.document import Document


def data_of(case: dict[str, Any]) -> bytes | None:
    """Return the bytes of a case; None for a file that cannot be opened."""
    if "payload" not in case:
        return None
    text = case["payload"] + " " * case.get("padding", 0)
    return str(text).encode(case.get("encoding", "utf-8"))


def read(case: dict[str, Any], name: str = "payload") -> Document:
    """Return the document of a case; its file has `name` and the extension of its syntax."""
    data = data_of(case)
    if data is None:
        return document.unreadable(f"{name}.json", "Permission denied")
    syntax = str(case.get("syntax") or document.syntax_of("", data))
    return document.read(f"{name}.{syntax}", data, syntax)
