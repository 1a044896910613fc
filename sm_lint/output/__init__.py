"""The output formats: one module each, with `render(report) -> str`, and a row in FORMATS."""

from importlib import import_module
from typing import Any, NamedTuple

from sm_lint.model.report import Report

WIDTH = 120
"""The number of columns for a report that does not go to a terminal: it is the same wherever it is made."""


class Format(NamedTuple):
    """An output format."""

    module: str
    """The name of its module in this folder."""
    options: tuple[str, ...] = ()
    """Those of `color`, `terminal`, `quiet`, `width`, `roots` and `summary` that its function `render` accepts."""
    is_option: bool = False
    """Whether it has an option of its own instead of a value of `--output-format`."""
    outlined: bool = False
    """Whether it shows the outlines of the requests, which are only made then."""


FORMATS = {
    "full": Format("full", ("color", "quiet", "width")),
    "concise": Format("concise", ("quiet",)),
    "json": Format("json"),
    "json-lines": Format("json_lines"),
    "html": Format("html", outlined=True),
    "markdown": Format("markdown", ("quiet", "roots", "summary")),
    "sarif": Format("sarif", ("roots",)),
    "github": Format("github", ("roots",)),
    "gitlab": Format("gitlab", ("roots",)),
    "junit": Format("junit", ("roots",)),
    "rdjson": Format("rdjson", ("roots",)),
    "statistics": Format("statistics", ("quiet",), is_option=True),
    "diff": Format("diff", ("terminal",), is_option=True),
}
"""The formats by name, in the order of the help."""


def render(report: Report, name: str, **options: Any) -> str:
    """Return a report in the named format. The options that the format does not accept have no effect.

    `color` and `quiet` are flags of the formats for people. `terminal` says that the text goes to a terminal, for which
    a diff is escaped; `width` is that of the terminal in columns, by default WIDTH. `roots` are where the repository
    may begin, as in `sm_lint.output.paths`; `summary` says that the text is the summary of a step in GitHub Actions.
    """
    output_format = FORMATS[name]
    module = import_module(f"sm_lint.output.{output_format.module}")
    accepted = {option: value for option, value in options.items() if option in output_format.options}
    text: str = module.render(report, **accepted)
    return text
