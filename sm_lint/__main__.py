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
    import argparse

    # We speak English, as argparse does. Python has no translations of it; to look for some takes 3 % of a short run.
    argparse._ = str  # type: ignore[attr-defined]
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


if __name__ == "__main__":
    entry_point()
