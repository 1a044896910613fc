"""A real Chromium without a window, spoken to by its DevTools protocol through two pipes."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from select import select
from typing import Any

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
WHERE = "no Chromium; Debian's package chromium has it"
_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--remote-debugging-pipe",
)  # fmt: skip
_PATIENCE = 60
"""The number of seconds after which a browser that says nothing will not answer any more."""
_KEYS = {"/": ("Slash", 191), "Enter": ("Enter", 13), "Escape": ("Escape", 27), "ArrowDown": ("ArrowDown", 40)}


class Browser:
    """A page in a browser."""

    def __init__(self, said: int, heard: int) -> None:
        """Initialize with the file descriptors for what is said to the browser, and for what it answers."""
        self._said, self._heard = said, heard
        self._rest = b""
        self._number = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        """What the browser has told unasked."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Call a method of the protocol and return its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._said, json.dumps(message).encode() + b"\0")
        while (answer := self._next()).get("id") != self._number:
            self.events.append(answer)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def open(self, path: Path) -> None:
        """Load a file, and wait until it is loaded."""
        self.events.clear()
        self.call("Page.navigate", url=path.resolve().as_uri())
        while "Page.loadEventFired" not in (event.get("method") for event in self.events):
            self.events.append(self._next())

    def value(self, expression: str) -> Any:
        """Return the value of an expression in JavaScript."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key and let it go."""
        code, number = _KEYS.get(key, (f"Key{key.upper()}", ord(key[0].upper())))
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        about = {"key": key, "code": code, "windowsVirtualKeyCode": number}
        self.call("Input.dispatchKeyEvent", type="keyDown", text=text, **about)
        self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            assert select([self._heard], [], [], _PATIENCE)[0], "the browser does not answer"
            part = os.read(self._heard, 1 << 16)
            assert part, "the browser has ended"
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Start a browser that keeps its files in a folder, and end it."""
    assert CHROMIUM
    its_ear, said = os.pipe()
    heard, its_mouth = os.pipe()
    # Chromium listens to the descriptor 3 and answers to 4.
    as_3_and_4 = ["bash", "-c", f'exec "$@" 3<&{its_ear} 4>&{its_mouth}', "bash"]
    with subprocess.Popen(
        [*as_3_and_4, CHROMIUM, *_OPTIONS, f"--user-data-dir={folder}"],
        pass_fds=(its_ear, its_mouth), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as started:  # fmt: skip
        os.close(its_ear)
        os.close(its_mouth)
        try:
            yield Browser(said, heard)
        finally:
            os.close(said)
            os.close(heard)
            started.terminate()
