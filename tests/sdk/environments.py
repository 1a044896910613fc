"""Environments in which the SageMaker Python SDK is installed, 2 or 3; nothing in them reaches AWS."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.interpreter import interpreter

ROOT = Path(__file__).parents[2]
QUICK = """
try:  # SDK 2 validates its whole configuration whenever it looks one value up
    import jsonschema
    jsonschema.validate = lambda *_, **__: None
except ImportError:
    pass
"""
NO_ANSWERS = f"""{QUICK}
from unittest.mock import MagicMock
try:
    from botocore.client import BaseClient
    BaseClient._make_api_call = lambda *_: MagicMock()
except ImportError:
    pass
"""
NO_NETWORK = f"""{QUICK}
import socket, sys
def refuse(*_, **__):
    raise OSError("there is no network here")
socket.socket.connect = socket.getaddrinfo = refuse
sys.path += {[path for path in sys.path if path.endswith("site-packages")]}
"""
NO_TELEMETRY = "SchemaVersion: '1.0'\nSageMaker: {PythonSDK: {Modules: {TelemetryOptOut: true}}}\n"


def sdk(version: int) -> Path:
    """Return a Python with SDK 2 or 3; skip the test where it cannot be installed."""
    return interpreter(Path(__file__).with_name(f"requirements-{version}.txt"))


def environment(folder: Path, customized: str = NO_ANSWERS) -> dict[str, str]:
    """Return the variables for a program that imports the SDK.

    It is `customized` by code that it runs first: NO_ANSWERS mocks what it asks AWS; NO_NETWORK lets it ask, in vain,
    and import what is installed here, if its own environment does not have it.
    """
    (folder / "config.yaml").write_text(NO_TELEMETRY)
    (folder / "sitecustomize.py").write_text(customized)
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("AWS_", "PYTHON"))}
    return kept | {
        "AWS_ACCESS_KEY_ID": "AKIAIOSFODNN7EXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
        "HOME": str(folder),
        "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}",
        "SAGEMAKER_USER_CONFIG_OVERRIDE": str(folder / "config.yaml"),
        "SAGEMAKER_SUPPRESS_V2_WARNING": "1",
    }


def output(program: Path, python: Path, folder: Path, customized: str = NO_ANSWERS) -> str:
    """Return what a program that uses the SDK prints."""
    ran = subprocess.run(
        [python, program],
        cwd=folder,
        env=environment(folder, customized),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return ran.stdout
