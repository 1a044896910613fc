"""The installed command, run as a user runs it."""

import subprocess
import sys
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("sm-lint")


def sm_lint(*arguments: str, cwd: Path, text: str = "") -> subprocess.CompletedProcess[str]:
    """Run sm-lint in a folder, with `text` on its stdin; what it prints is read as UTF-8."""
    command = [str(PROGRAM), *arguments]
    return subprocess.run(command, cwd=cwd, input=text, capture_output=True, encoding="utf-8", check=False)


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files, and the folders that they need."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
