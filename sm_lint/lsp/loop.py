"""The loop of the language server, which handles a message at a time and lints what is due in between."""

import contextlib
import logging
import signal
import sys
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import Any, BinaryIO, NoReturn

from sm_lint.lsp.messages import Reader
from sm_lint.lsp.state import Server

_END = object()
"""What follows the last message."""

_SIGNALS = [getattr(signal, name) for name in ("SIGHUP", "SIGINT", "SIGTERM") if hasattr(signal, name)]
"""The signals that end a session in good order."""


class _Writer:
    """The stream to the client. When the client is gone, the session ends."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def write(self, data: bytes) -> None:
        try:
            self._stream.write(data)
            self._stream.flush()
        except (OSError, ValueError) as error:
            raise SystemExit(1) from error

    def close(self) -> None:
        """Leave the stream open, which belongs to the caller."""


def run_process(server: Server) -> int:
    """Serve the client at the standard streams of this process, and return the exit status.

    Whatever ends the session, also a signal, nothing is left in the temporary folder.
    """
    logging.disable()  # the client is told of failures in one line; pygls logs tracebacks and whole messages
    for number in _SIGNALS:
        signal.signal(number, _end)
    try:
        serve(server, sys.stdin.buffer, sys.stdout.buffer)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 1
    else:
        return 0
    finally:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # nothing interrupts the removal
        server.end()


def _end(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)


def serve(server: Server, stdin: BinaryIO, stdout: BinaryIO) -> None:
    """Serve the client at two streams until the end of `stdin`. Raises SystemExit if the session ends otherwise.

    Nothing but messages is written to `stdout`, whatever else prints.
    """
    server.protocol.set_writer(_Writer(stdout))
    messages: Queue[Any] = Queue(maxsize=1)
    Thread(target=_read, args=(stdin, messages), daemon=True).start()  # it may wait for ever
    with contextlib.redirect_stdout(sys.stderr):
        while _step(server, messages):
            server.publish_due(monotonic())


def _step(server: Server, messages: "Queue[Any]") -> bool:
    """Handle the next message, if it comes before some file is due. Return whether there may be more."""
    left = max(0, min(server.due.values()) - monotonic()) if server.due else None
    with contextlib.suppress(Empty):
        message = messages.get(timeout=left)
        if message is _END:
            return False
        server.protocol.receive(message)
        messages.task_done()
    return True


def _read(stdin: BinaryIO, messages: "Queue[Any]") -> None:
    """Put the messages of a stream into a queue one by one, because they may be large, and _END at the end."""
    try:
        for message in Reader(stdin).messages():
            messages.put(message)
            del message  # which would be kept while the next one is read
            messages.join()
    except (OSError, ValueError):  # the stream was closed
        pass
    finally:
        messages.put(_END)
