"""Messages to the language server as bytes: one a line, for the search for messages that are not answered."""

import json
from io import BytesIO

from sm_lint.lsp.messages import Reader
from tests.support.talk import URI, Talk

_OPEN = {"uri": URI, "languageId": "yaml", "version": 1, "text": "ModelPackageGroupName: churn\nDomian: x\nTags: []\n"}
_AT = {"textDocument": {"uri": URI}, "position": {"line": 1, "character": 2}}
_RANGE = {"start": _AT["position"], "end": _AT["position"]}
_ASKED = {
    "textDocument/hover": _AT,
    "textDocument/completion": _AT,
    "textDocument/codeAction": {"textDocument": {"uri": URI}, "range": _RANGE, "context": {"diagnostics": []}},
    "workspace/executeCommand": {"command": "sm-lint.explain", "arguments": ["SM101"]},
    "shutdown": None,
}


def _line(method: str, params: object, **more: object) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()


_OPENED = _line("textDocument/didOpen", {"textDocument": _OPEN})
SEEDS = [_OPENED + b"\n" + _line(method, params, id=7) for method, params in _ASKED.items()]
"""Conversations about an open file."""


def answered(conversation: bytes) -> None:
    """Send each line to a server as a message. Raises AssertionError if a request has no answer, or several."""
    talk = Talk()
    for body in conversation.split(b"\n"):
        for message in Reader(BytesIO(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))).messages():
            try:
                said = talk.send(message)
            except SystemExit:  # the message ends the session
                return
            if isinstance(message, dict) and "method" in message and isinstance(message.get("id"), (int, str)):
                answers = [one for one in said if one.get("id") == message["id"] and "method" not in one]
                assert len(answers) == 1, message
    talk.server.publish_due(float("inf"))
    talk.server.end()
