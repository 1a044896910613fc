"""The pytest plugin: `pytest --sm-lint` lints each request that tests send, and fails a test that sends a bad one.

Each run of pytest imports this module where sm-lint is installed, so it imports nothing else until it is asked for, and
nothing in it needs pytest 8, as the plugin itself does.
"""

from __future__ import annotations

import pytest

_NAME = "sm-lint-requests"
_MARKER = "no_sm_lint: the requests of this test are not linted (sm-lint)"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the ini key that turn the plugin on."""
    about = "lint each create_model_package of boto3 that tests send, and fail those that send a bad request"
    parser.getgroup("sm-lint").addoption("--sm-lint", action="store_true", help=about)
    parser.addini("sm_lint", about, type="bool", default=False)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Start before the first conftest.py is imported, which may make clients."""
    _start(early_config)


def pytest_configure(config: pytest.Config) -> None:
    """Add the marker; start if the plugin was loaded late, for example by a conftest.py."""
    config.addinivalue_line("markers", _MARKER)
    _start(config)


def _start(config: pytest.Config) -> None:
    """Lint what tests send, if that is asked for. Raises pytest.UsageError if the configuration is invalid."""
    options = config.option, config.known_args_namespace  # the first one is still empty while conftests are loaded
    is_on = any(getattr(of, "sm_lint", False) for of in options) or config.getini("sm_lint")
    if not is_on or config.pluginmanager.has_plugin(_NAME):
        return
    from sm_lint.integrations.seen_requests import SeenRequests, settings_of
    from sm_lint.model.settings import ConfigError

    try:
        seen = SeenRequests(settings_of(str(config.rootpath)))
    except ConfigError as error:
        raise pytest.UsageError(f"sm-lint: {error}") from None
    config.pluginmanager.register(seen, _NAME)
    config.add_cleanup(seen.stop)
    seen.start()
