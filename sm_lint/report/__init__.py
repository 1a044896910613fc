"""The output formats: one module each, with `render(report) -> str`."""

from importlib import import_module

from sm_lint.run import Report

FORMATS = ("full", "concise", "json", "sarif", "github")


def render(report: Report, output_format: str, *, color: bool = False, quiet: bool = False) -> str:
    """Return a report in one of the FORMATS; only `full` has colours, only `full` and `concise` a summary."""
    module = import_module(f"sm_lint.report.{output_format}")
    if output_format == "full":
        text: str = module.render(report, color=color, quiet=quiet)
    elif output_format == "concise":
        text = module.render(report, quiet=quiet)
    else:
        text = module.render(report)
    return text
