"""The output formats: one module each, with `render(report) -> str`."""

from importlib import import_module

from sm_lint.run import Report


def render(report: Report, output_format: str, *, color: bool = False, quiet: bool = False) -> str:
    """Return a report in the format of that name; only `full` has colours, only what people read a summary."""
    module = import_module(f"sm_lint.report.{output_format.replace('-', '_')}")
    if output_format == "full":
        text: str = module.render(report, color=color, quiet=quiet)
    elif output_format in ("concise", "statistics"):
        text = module.render(report, quiet=quiet)
    else:
        text = module.render(report)
    return text
