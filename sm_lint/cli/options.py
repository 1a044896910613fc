"""The settings and the outputs that the options of `sm-lint check`, and of commands that have some of them, define."""

import argparse
import os
from collections.abc import Callable
from typing import Any

from sm_lint.config.keys import KEYS
from sm_lint.config.load import finder, load, merge, parse
from sm_lint.config.once import once
from sm_lint.engine.linter import Linters
from sm_lint.model.settings import DEFAULTS, ConfigError, Settings
from sm_lint.output import FORMATS
from sm_lint.sources.discovery import STDIN

_WHERE = "the command line"


def paths(arguments: argparse.Namespace) -> list[str]:
    """Return the paths to lint, by default the working directory, or stdin if it has a name.

    Raises ConfigError if stdin has a name, but is not among the paths.
    """
    if not arguments.paths:
        return [STDIN if arguments.stdin_filename else "."]
    if arguments.stdin_filename and STDIN not in arguments.paths:
        raise ConfigError("--stdin-filename: stdin is not among the paths; add - to them, or leave all of them out")
    given: list[str] = arguments.paths
    return given


def outputs(arguments: argparse.Namespace) -> list[tuple[str, str | None]]:
    """Return pairs of a format and a file, None for stdout. Raises ConfigError, for example if two go to stdout."""
    outputs: list[tuple[str, str | None]] = [(name, file) for name, file in arguments.outputs or []]
    instead = [name for name, output in FORMATS.items() if output.is_option and getattr(arguments, name)]
    if not outputs and not instead and not arguments.write_baseline:
        outputs = [("full", None)]
    outputs += [(name, None) for name in instead]
    if sum(file is None for _, file in outputs) > 1:
        advice = "add --output-file to the others; --diff and --statistics also write to stdout"
        raise ConfigError(f"only one output can go to stdout; {advice}")
    linted = {os.path.realpath(path) for path in arguments.paths if os.path.isfile(path)}
    written: set[str] = set()
    for file in filter(None, (file for _, file in outputs)):
        path = os.path.realpath(file)
        if path in linted:
            raise ConfigError(f"--output-file {file}: this file is linted, and would be overwritten; choose another")
        if path in written and (os.path.isfile(path) or not os.path.exists(path)):  # not a device
            raise ConfigError(f"--output-file {file}: another format is written to this file; choose another")
        written.add(path)
    return outputs


def settings_of(arguments: argparse.Namespace, linters: Linters) -> Callable[[str], Settings]:
    """Return `settings_of(folder)`: the settings for the files in a folder, its configuration overridden by options.

    Both functions raise ConfigError.
    """
    table, files = table_of(arguments)
    if len(files) > 1:
        raise ConfigError(f"--config: expected at most one configuration file, found {' and '.join(files)}")
    base = load(files[0], linters.rule_set) if files else DEFAULTS
    find = (lambda _: base) if files or arguments.isolated else finder(linters.rule_set)
    names = [arguments.stdin_filename or path if path == STDIN else path for path in arguments.paths]
    custom = _custom_rules(names, find)
    overlay = parse(table, _WHERE, os.getcwd(), linters.rule_set, custom)

    def of_folder(folder: str) -> Settings:
        settings = merge(overlay, find(os.path.abspath(folder)), table, _WHERE)
        return settings._replace(baseline=None) if getattr(arguments, "write_baseline", None) else settings

    return once(of_folder)


def _custom_rules(paths: list[str], find: Callable[[str], Settings]) -> tuple[str, ...]:
    """Return the custom rule files configured for the folders of the paths: options may name their rules, too."""
    found: dict[str, None] = {}
    for path in paths:
        folder = os.path.abspath(path if os.path.isdir(path) else os.path.dirname(path))
        try:
            found |= dict.fromkeys(find(folder).rules)
        except ConfigError:  # reported with the files that it applies to
            continue
    return tuple(found)


def _setting(text: str) -> dict[str, Any]:
    from sm_lint.config.toml import parsed

    return parsed(text, f"--config: {text!r} is neither a file nor a TOML setting")


def table_of(arguments: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """Return the options as a configuration table, and the files that `--config` names."""
    table: dict[str, Any] = {}
    files = []
    for text in arguments.config or []:
        if "=" not in text or os.path.isfile(text):
            files.append(text)
        else:
            table |= _setting(text)
    for key in KEYS.values():
        value = getattr(arguments, key.field, None) if key.option else None
        if value is not None:
            many = [part.strip() for item in value for part in item.split(",")] if isinstance(value, list) else value
            table[key.name] = many
    return table, files
