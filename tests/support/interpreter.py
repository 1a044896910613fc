"""Interpreters that have packages of their own, which are too large or too old to stand beside those of the tests."""

import fcntl
import os
import subprocess
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import pytest


def interpreter(requirements: Path) -> Path:
    """Return a Python with the requirements, kept for the next run; skip the test where they cannot be installed."""
    key = sha256(f"{sys.version} {sys.base_prefix} {requirements.read_text()}".encode()).hexdigest()[:16]
    kept = Path(os.environ.get("XDG_CACHE_HOME") or tempfile.gettempdir()) / f"sm-lint-{os.getuid()}-{key}"
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / "lock").open("w") as lock:  # another worker may be at it
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _installed(kept / "venv", requirements)


def _installed(venv: Path, requirements: Path) -> Path:
    python, is_ready = venv / "bin" / "python", venv / "is-ready"
    if is_ready.exists():
        return python
    pip = [str(python), "-m", "pip", "install", "--quiet", "--retries", "1"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(venv)],
        [*pip, "--no-deps", "--requirement", str(requirements)],
    ):
        ran = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        if ran.returncode:
            why = (ran.stderr.strip().splitlines() or ["no message"])[-1]
            pytest.skip(f"{requirements.name} cannot be installed here: {why[:300]}")
    is_ready.touch()
    return python
