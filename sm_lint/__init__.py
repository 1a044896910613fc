"""sm-lint: an offline linter for the requests that register models in Amazon SageMaker.

lint(payload)       what is wrong with a request, given as a mapping or as the path of its file
lint_text(text)     the same for the text of a request, in JSON or YAML

Both also take a document that has requests in it, such as a pipeline definition, a state machine or a template. They
return a list of Diagnostic, each with a `code`, a `severity`, a `message`, and a `pointer` and `range` to its place.
They take a configuration as a mapping, and raise ConfigError if it is invalid.

>>> import sm_lint
>>> [d.code for d in sm_lint.lint({"ModelPackageName": "a", "ModelPackageGroupName": "b"})]
['SM201']
>>> [d.pointer for d in sm_lint.lint_text("{ModelPackageGroupName: churn, Domain: 1}", filename="a.yaml")]
['/Domain']
"""

__version__ = "0.2.0"

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


def __dir__() -> list[str]:
    """Return the public names, also those that are not imported yet."""
    return sorted({*globals(), *__all__} - {"TYPE_CHECKING"})


def __getattr__(name: str) -> object:
    """Import a public name on first use. The command line does not need them, and starts faster without."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
