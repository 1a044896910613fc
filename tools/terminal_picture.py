"""The picture docs/terminal.svg: what a terminal shows of a real run over examples/, drawn by rich.

No font is loaded: a picture on a page may not fetch any.
"""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import MONOKAI
from rich.text import Text

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "terminal.svg"
COMMAND = ("sm-lint", "check", "--select", "SM304,SM203", "examples/churn-version-broken.json")
_COLUMNS = 100


def text() -> str:
    """Return the picture as SVG, with the command and its output in color."""
    console = Console(record=True, file=io.StringIO(), width=_COLUMNS, force_terminal=True, color_system="truecolor")
    console.print(Text.assemble(("$ ", "bold green"), " ".join(COMMAND)))
    console.print(Text.from_ansi(output()))
    svg = console.export_svg(title="sm-lint", theme=MONOKAI, unique_id="sm-lint")
    without_fonts = re.sub(r"\s*@font-face \{[^}]*\}", "", svg)
    return re.sub(r"[ \t]+$", "", without_fonts.replace("Fira Code", "ui-monospace"), flags=re.MULTILINE).strip() + "\n"


def renew() -> None:
    """Write the picture, unless the one that is there shows the same: another version of rich draws it otherwise."""
    svg = text()
    if not TARGET.exists() or words(TARGET.read_text(encoding="utf-8")) != words(svg):
        TARGET.write_text(svg, encoding="utf-8")


def output() -> str:
    """Return what the command prints on a terminal of so many columns, with the codes of its colors."""
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(_COLUMNS), "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "sm_lint", *COMMAND[1:]]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - the command above
    return ran.stdout


def words(svg: str) -> list[str]:
    """Return the words that a picture shows, in their order: they tell whether it is out of date.

    The rest depends on the version of rich.
    """
    from html import unescape

    return unescape(" ".join(re.findall(r"<text [^>]*>([^<]*)</text>", svg))).replace("\xa0", " ").split()
