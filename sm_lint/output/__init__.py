"""The output formats: one module each, with `render(report) -> str`, and a row in FORMATS."""

from importlib import import_module
from typing import NamedTuple

from sm_lint.model.report import Report


class Format(NamedTuple):
    """An output format."""

    module: str
    """The name of its module in this folder."""
    options: tuple[str, ...] = ()
    """Those of `color`, `terminal` and `quiet` that its function `render` accepts."""
    is_option: bool = False
    """Whether it has an option of its own instead of a value of `--output-format`."""


FORMATS = {
    "full": Format("full", ("color", "quiet")),
    "concise": Format("concise", ("quiet",)),
    "json": Format("json"),
    "json-lines": Format("json_lines"),
    "sarif": Format("sarif"),
    "github": Format("github"),
    "gitlab": Format("gitlab"),
    "junit": Format("junit"),
    "rdjson": Format("rdjson"),
    "statistics": Format("statistics", ("quiet",), is_option=True),
    "diff": Format("diff", ("terminal",), is_option=True),
}
"""The formats by name, in the order of the help."""


def render(report: Report, name: str, *, color: bool = False, terminal: bool = False, quiet: bool = False) -> str:
    """Return a report in the named format. `color` and `quiet` affect formats for people only.

    `terminal` says that the text goes to a terminal, for which a diff is escaped.
    """
    given = {"color": color, "terminal": terminal, "quiet": quiet}
    output_format = FORMATS[name]
    module = import_module(f"sm_lint.output.{output_format.module}")
    text: str = module.render(report, **{option: given[option] for option in output_format.options})
    return text
