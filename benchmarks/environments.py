"""The virtual environments of the benchmarks, in `.venv-bench`: one for sm-lint and one for the tools of comparison.

sm-lint is installed as for its users: as a wheel, compiled to bytecode, with its dependencies only.
"""

import json
import os
import platform
import shutil
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path

from benchmarks.payloads import ROOT
from benchmarks.timing import printed, seconds

_ENVIRONMENTS = ROOT / ".venv-bench"
_SCRIPTS = Path(__file__).parent / "scripts"
_PEERS = ("awscli==1.45.11", "check-jsonschema", "cfn-lint")


def program(environment: str, name: str) -> str:
    """Return the path of a program in an environment, `sm-lint` or `peers`."""
    return str(_ENVIRONMENTS / environment / "bin" / name)


def script(name: str, *arguments: str, environment: str = "sm-lint") -> list[str]:
    """Return the command line of a script in `scripts/`."""
    return [program(environment, "python"), str(_SCRIPTS / f"{name}.py"), *arguments]


def install() -> None:
    """Create the environments on the first run, and install sm-lint from this checkout on every run."""
    for environment, packages in (("sm-lint", [str(ROOT)]), ("peers", _PEERS)):
        pip = [program(environment, "python"), "-m", "pip", "install", "--quiet"]
        ready = _ENVIRONMENTS / environment / "ready"
        if not ready.exists():
            subprocess.run([sys.executable, "-m", "venv", str(_ENVIRONMENTS / environment)], check=True)
            subprocess.run([*pip, *packages], check=True)
            ready.touch()
        if environment == "sm-lint":
            subprocess.run([*pip, "--force-reinstall", "--no-deps", *packages], check=True)


@cache
def aws() -> dict[str, str]:
    """Return the paths of the AWS CLI by major version. Version 2 is not on PyPI, but may be installed."""
    found = {"1": program("peers", "aws")}
    for folder in os.get_exec_path():
        path = shutil.which("aws", path=folder)
        if path and "aws-cli/2" in printed([path, "--version"]):
            found["2"] = path
    return found


def installed(folder: Path) -> tuple[float, int, float]:
    """Install sm-lint without extras into a new folder; return its megabytes, its wheels, and the seconds it took."""
    report = folder.with_suffix(".json")
    options = ("--quiet", "--no-compile", "--target", str(folder), "--report", str(report))
    taken = seconds([program("sm-lint", "python"), "-m", "pip", "install", *options, str(ROOT)])
    wheels = len(json.loads(report.read_text(encoding="utf-8"))["install"])
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, wheels, taken


def versions() -> str:
    """Return a sentence with the date, the machine, and the versions of everything that is measured."""
    listed = json.loads(printed([program("peers", "python"), "-m", "pip", "list", "--format", "json"]))
    installed = {package["name"]: package["version"] for package in listed}
    peers = [f"{name} {installed[name]}" for name in ("awscli", "botocore", "check-jsonschema", "cfn-lint")]
    if "2" in aws():
        peers.append(printed([aws()["2"], "--version"]).split()[0].replace("/", " "))
    machine = f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, Python {platform.python_version()}"
    ours = printed([program("sm-lint", "sm-lint"), "--version"])
    return f"{date.today().isoformat()}: {ours}; {machine}; peers: {', '.join(peers)}."  # noqa: DTZ011
