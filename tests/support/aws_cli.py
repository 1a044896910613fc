"""The AWS CLI itself, in a process of its own: what it makes of the words after `create-model-package`.

Run as `python -m tests.support.aws_cli FOLDER`, it reads a JSON array of words a line, and writes a JSON line for each:
the parameters of the call, or null if it refuses the words. The folder is the working directory. Version 1 of the AWS
CLI is what the package index has; it gets the options of version 2, and its rule of one `--cli-input-` option. It is
never imported by the tests, because it brings a botocore of its own that replaces the one that is installed.
"""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from sm_lint.requests.command_line.known_options import GLOBAL

REFUSED = "refused"


def answers(commands: Iterable[list[str]], folder: Path) -> list[Any]:
    """Return what the AWS CLI makes of each list of words: the parameters, or REFUSED."""
    files = dict.fromkeys(("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"), os.devnull)
    environment = os.environ | files | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.aws_cli", str(folder)],
        input="\n".join(map(json.dumps, commands)).encode(),
        capture_output=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    found = map(json.loads, done.stdout.decode().splitlines())
    return [REFUSED if one is None else one for one in found]


def _main() -> None:
    from awscli import clidriver, paramfile

    calls: list[Any] = []
    clidriver.CLIOperationCaller.invoke = lambda _self, _service, _operation, parameters, _globals: calls.append(
        parameters
    )
    paramfile.REMOTE_PREFIX_MAP.clear()  # version 2 fetches nothing
    driver = clidriver.create_clidriver()
    driver._get_cli_data()["options"] = {option.name[2:]: _described(option) for option in GLOBAL.values()}
    table = {"sagemaker": driver._get_command_table()["sagemaker"]}
    parser = driver._create_parser(table)
    is_first = True
    os.chdir(sys.argv[1])
    for line in sys.stdin:
        calls.clear()
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            try:
                known, rest = parser.parse_known_args(["sagemaker", "create-model-package", *json.loads(line)])
                driver._handle_top_level_args(known, rest)
                if is_first:  # it registers handlers, more of them each time
                    driver._emit_session_event(known)
                    is_first = False
                table["sagemaker"](rest, known)
            except (Exception, SystemExit):  # noqa: BLE001 - whatever it raises, it has refused the words
                calls.clear()
        print(json.dumps(calls[0] if len(calls) == 1 else None, default=_bytes))  # noqa: T201


def _described(option: Any) -> dict[str, Any]:
    name = option.name[2:]
    if option.name == "--version":
        return {"action": "version"}
    if option.takes == "none":
        of_no = {"no-verify-ssl": "verify_ssl", "no-paginate": "paginate", "no-sign-request": "sign_request"}
        return {"action": "store_false", "dest": of_no[name]} if name in of_no else {"action": "store_true"}
    described: dict[str, Any] = {"choices": list(option.choices)} if option.choices else {}
    of_timeout = {"cli-read-timeout": "read_timeout", "cli-connect-timeout": "connect_timeout"}
    return described | ({"dest": of_timeout[name], "type": "int"} if name in of_timeout else {})


def _bytes(value: Any) -> Any:
    return f"bytes:{value.decode(errors='replace')}" if isinstance(value, bytes) else str(value)


if __name__ == "__main__":
    _main()
