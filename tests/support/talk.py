"""A conversation with a language server in this process, message by message."""

import json
from typing import Any

from lsprotocol import types

from sm_lint.lsp.server import server

URI = "file:///nowhere/request.yaml"


class Talk:
    """A server that has been initialized, and what it says."""

    def __init__(self, capabilities: dict[str, Any] | None = None) -> None:
        self.server = server()
        self.said: list[dict[str, Any]] = []
        """The messages of the server, the last one last."""
        self.server.protocol.set_writer(self)
        self.ask(types.INITIALIZE, {"capabilities": capabilities or {}})
        self.tell(types.INITIALIZED, {})

    def write(self, data: bytes) -> None:
        """Take a message from the server."""
        head, _, body = data.partition(b"\r\n\r\n")
        assert f"Content-Length: {len(body)}\r\n".encode() in head
        self.said.append(json.loads(body))

    def close(self) -> None:
        """Take the end of the messages."""

    def send(self, message: Any) -> list[dict[str, Any]]:
        """Send a message and return what the server says."""
        before = len(self.said)
        self.server.protocol.receive(message)
        return self.said[before:]

    def tell(self, method: str, params: Any) -> list[dict[str, Any]]:
        """Send a notification and return what the server says."""
        return self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, params: Any) -> Any:
        """Send a request and return its result."""
        (answer,) = (
            said
            for said in self.send({"jsonrpc": "2.0", "id": "ask", "method": method, "params": params})
            if said.get("id") == "ask"
        )
        return answer["result"]

    def open(self, text: str, uri: str = URI, language: str = "yaml") -> list[dict[str, Any]]:
        """Open a file and return what the server says."""
        item = {"uri": uri, "languageId": language, "version": 1, "text": text}
        return self.tell(types.TEXT_DOCUMENT_DID_OPEN, {"textDocument": item})

    def codes(self, text: str, uri: str = URI, language: str = "yaml") -> list[str]:
        """Open a file and return the codes of its findings."""
        return [found["code"] for found in self.open(text, uri, language)[-1]["params"]["diagnostics"]]

    def at(self, line: int, character: int, uri: str = URI) -> dict[str, Any]:
        """Return the parameters of a request about a position."""
        return {"textDocument": {"uri": uri}, "position": {"line": line, "character": character}}

    def actions(self, start: tuple[int, int], end: tuple[int, int], uri: str = URI) -> list[dict[str, Any]]:
        """Return the code actions for a range."""
        places = [{"line": line, "character": character} for line, character in (start, end)]
        span = dict(zip(("start", "end"), places, strict=True))
        params = {"textDocument": {"uri": uri}, "range": span, "context": {"diagnostics": []}}
        found: list[dict[str, Any]] = self.ask(types.TEXT_DOCUMENT_CODE_ACTION, params)
        return found
