"""The entry point of `python -m sm_lint`."""

from sm_lint.cli.main import entry_point

if __name__ == "__main__":
    entry_point()
