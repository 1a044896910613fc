"""The protocol of the language server. Every request is answered, whatever is wrong with its message."""

from typing import Any

from lsprotocol import types
from pygls.exceptions import (
    JsonRpcException,
    JsonRpcInternalError,
    JsonRpcInvalidParams,
    JsonRpcInvalidRequest,
    JsonRpcMethodNotFound,
    JsonRpcParseError,
    JsonRpcServerNotInitialized,
)
from pygls.protocol import LanguageServerProtocol

from sm_lint.lsp.messages import Malformed
from sm_lint.model.escape import visible

MAX_BATCH = 1000
"""The maximum number of messages in a list. Editors send no lists, but JSON-RPC has them."""
MAX_LINE = 300
"""The maximum length of an error in code points. It may repeat what the client has sent."""

_REPLACED = (
    types.TEXT_DOCUMENT_DID_OPEN,
    types.TEXT_DOCUMENT_DID_CHANGE,
    types.TEXT_DOCUMENT_DID_CLOSE,
    types.NOTEBOOK_DOCUMENT_DID_OPEN,
    types.NOTEBOOK_DOCUMENT_DID_CHANGE,
    types.NOTEBOOK_DOCUMENT_DID_CLOSE,
)
"""What pygls does with texts: it keeps them whatever their size, and reads files that are not open from the disk."""


def line_of(message: object) -> str:
    """Return a message, such as an exception, as one short line."""
    text = str(message)
    return visible(text[:MAX_LINE]) + ("…" if len(text) > MAX_LINE else "")


def named(error: Exception) -> str:
    """Return an exception with its type."""
    return f"{type(error).__name__}: {error}"


class Protocol(LanguageServerProtocol):
    """The protocol as pygls implements it, but it answers wrong messages too, and leaves texts to the server."""

    def __init__(self, server: Any, converter: Any) -> None:
        converter.detailed_validation = False  # stops at the first mistake in a message: there may be a million
        super().__init__(server, converter)
        for method in _REPLACED:
            del self.fm.builtin_features[method]

    def receive(self, message: Any) -> None:
        """Handle a message as Reader yields it, or those in a list. Raises SystemExit if it ends the session."""
        if isinstance(message, Malformed):
            self._refuse(message.id, JsonRpcParseError(message.reason))
            return
        is_batch = isinstance(message, list) and 0 < len(message) <= MAX_BATCH
        for part in message if is_batch else [message]:
            self._receive(part)

    def _receive(self, message: Any) -> None:
        try:
            checked = self._checked(message)
            if checked is not None:
                self.handle_message(checked)
        except Exception as failure:  # noqa: BLE001 - whatever is wrong with it, the next message is handled
            error = failure if isinstance(failure, JsonRpcException) else JsonRpcInternalError(named(failure))
            if _is_response(message) or _is_notification(message):
                self._server.report_server_error(error, type(error))
            else:
                self._refuse(message.get("id") if isinstance(message, dict) else None, error)

    def _checked(self, message: Any) -> Any:
        """Return a message as an object of its type; None if it may be ignored. Raises JsonRpcException."""
        if not isinstance(message, dict) or message.get("jsonrpc") != self.VERSION:
            raise JsonRpcInvalidRequest('expected an object with "jsonrpc": "2.0"')
        if _is_response(message):
            return self.structure_message(message)
        method, is_request = message.get("method"), "id" in message
        if not isinstance(method, str) or (is_request and not _is_id(message["id"])):
            raise JsonRpcInvalidRequest("expected the name of a method, and as id an integer or a string")
        if method not in self.fm.features and method not in self.fm.builtin_features:
            if is_request:
                raise JsonRpcMethodNotFound.of(method)
            return None
        kind, answer, *_ = types.METHOD_TO_TYPES[method]
        if is_request != (answer is not None):
            raise JsonRpcInvalidRequest(f"{method} is a {'notification' if is_request else 'request'}")
        self._check_order(method)
        try:
            return self._converter.structure(message, kind)
        except Exception as error:
            raise JsonRpcInvalidParams(f"{method}: {named(error)}") from error

    def _check_order(self, method: str) -> None:
        """Raise JsonRpcException if a method is not allowed now, because a session begins and ends only once."""
        if method == types.EXIT:
            return
        if self._shutdown:
            raise JsonRpcInvalidRequest(f"{method}: the server has been shut down")
        if method == types.INITIALIZE and self._workspace:
            raise JsonRpcInvalidRequest(f"{method}: the server is initialized")
        if method != types.INITIALIZE and not self._workspace:
            raise JsonRpcServerNotInitialized(f"{method}: the server is not initialized")

    def _refuse(self, identifier: Any, error: JsonRpcException) -> None:
        """Answer a request that cannot be handled. Without an id of the right type, the answer has none, either."""
        answer = {"code": error.code, "message": line_of(error)}
        self._send_data({
            "jsonrpc": self.VERSION, "id": identifier if _is_id(identifier) else None, "error": answer
        })  # fmt: skip

    def _send_response(self, msg_id: Any, result: Any = None, error: types.ResponseError | None = None) -> None:
        """Answer a request. An error is one line, without the traceback that pygls adds."""
        short = types.ResponseError(error.code, line_of(error.message)) if error else None
        super()._send_response(msg_id, result, short)


def _is_id(value: Any) -> bool:
    return isinstance(value, (int, str)) and not isinstance(value, bool)


def _is_response(message: Any) -> bool:
    return isinstance(message, dict) and "method" not in message and not message.keys().isdisjoint(("result", "error"))


def _is_notification(message: Any) -> bool:
    return isinstance(message, dict) and isinstance(message.get("method"), str) and "id" not in message
