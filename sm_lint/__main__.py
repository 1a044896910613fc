"""The program: `sm-lint`, and `python -m sm_lint`."""

import gc
import os
import sys

TYPE_CHECKING = False  # as `typing.TYPE_CHECKING`, without the cost of importing typing
if TYPE_CHECKING:
    from typing import NoReturn


def entry_point() -> "NoReturn":
    """Run the command line and exit with its status."""
    # There is hardly any garbage in cycles. Collecting it takes 25 % of a long run, and 2 % of a short one, in imports.
    gc.set_threshold(100_000)
    _import_argparse()
    from sm_lint.cli.console import FAILED, fail
    from sm_lint.cli.main import main

    status = main()
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        pass
    except OSError as error:
        status = status if status == FAILED else fail(f"cannot write the output: {error.strerror}")
    sys.stderr.flush()
    os._exit(status)  # an orderly shutdown of the interpreter takes a sixth of a short run


def _import_argparse() -> None:
    """Import argparse without gettext, which takes 2 % of a short run to import, and 3 % to look for translations.

    We speak English, as argparse does; Python has no translations of it. A stub stands in during the import only.
    """
    if "argparse" not in sys.modules and "gettext" not in sys.modules:
        english = type(sys)("gettext")
        english.gettext = str  # type: ignore[attr-defined]
        english.ngettext = lambda one, many, number: one if number == 1 else many  # type: ignore[attr-defined]
        sys.modules["gettext"] = english
        try:
            import argparse  # noqa: F401
        finally:
            del sys.modules["gettext"]


if __name__ == "__main__":
    entry_point()
