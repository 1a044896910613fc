"""The text of a file of a repository: a configuration, a baseline, rules or bases."""

from sm_lint.model.contents import contents
from sm_lint.model.settings import ConfigError


def text_of(path: str, most: int) -> str:
    """Return the text of a regular file of at most `most` bytes of UTF-8.

    Raises ConfigError if there is no such file, or it is no regular file, too large or not UTF-8.
    """
    try:
        data = contents(path, most)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise ConfigError(f"{path}: no file can have a null character in its name") from error
    if len(data) > most:
        raise ConfigError(f"{path}: too large; it may have at most {most:,} bytes")
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8: {error.reason} at byte {error.start + 1:,}") from error
