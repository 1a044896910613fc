"""sm-lint: an offline linter for the requests that register models in Amazon SageMaker.

>>> import sm_lint
>>> [d.code for d in sm_lint.lint({"ModelPackageName": "a", "ModelPackageGroupName": "b"})]
['SM201']
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # as `typing.TYPE_CHECKING`, without the cost of importing typing
if TYPE_CHECKING:
    from sm_lint.api import lint, lint_text
    from sm_lint.model.diagnostic import Diagnostic
    from sm_lint.model.settings import ConfigError
    from sm_lint.model.severity import Severity

__all__ = ["ConfigError", "Diagnostic", "Severity", "__version__", "lint", "lint_text"]

_HOMES = {
    "ConfigError": "sm_lint.model.settings",
    "Diagnostic": "sm_lint.model.diagnostic",
    "Severity": "sm_lint.model.severity",
    "lint": "sm_lint.api",
    "lint_text": "sm_lint.api",
}


def __getattr__(name: str) -> object:
    """Import a public name on first use. The command line does not need them, and starts faster without."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
