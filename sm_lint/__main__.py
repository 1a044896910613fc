"""`python -m sm_lint`."""

from sm_lint.cli import entry_point

if __name__ == "__main__":
    entry_point()
