"""The variables between single quotes."""

import pytest

from sm_lint.sources.shell.commands import commands
from sm_lint.sources.shell.literal_variables import literal_variables, replaced_later
from tests.support.work import calls

CALL = "aws sagemaker create-model-package"


def found(script: str) -> list[str]:
    return [
        word.text[start:end]
        for command in commands("x.sh", script)
        for word in command.words
        for start, end in literal_variables(word.decoded, script)
    ]


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (f"{CALL} --a '$NAME'", ["$NAME"]),
        (f"{CALL} --a 's3://b/${{NAME}}/$X_1/y'", ["${NAME}", "$X_1"]),
        (f"{CALL} --a 'v$NAME'", ["$NAME"]),
        (f"{CALL} --a '${{NAME:-x}}'", ["${NAME:-x}"]),
        (f"{CALL} --a 'x'\"$NAME\"'$X'", ["$X"]),
        (f'{CALL} --a \'{{"b": $NAME, "c": "d-$X"}}\'', ["$NAME", "$X"]),
        (f"A='$NAME'\n{CALL} --a \"$A\"", ["$NAME"]),
        (f"bash <<'E'\n{CALL} --a '$NAME'\nE\n", ["$NAME"]),
        (f"bash -c '{CALL} --a '\"'\"'$NAME'\"'\"", ["$NAME"]),
        (f"bash -c '{CALL} --a \"$NAME\"'", []),
        (f"bash -c \"{CALL} --a '$NAME'\"", []),
        (f"bash <<E\n{CALL} --a '$NAME'\nE\n", []),
        (f"{CALL} --a \"'$NAME'\"", []),
        (f'{CALL} --a "\\$NAME" --b \\$NAME', []),
        (f"{CALL} --a \"$(cat <<'E'\n$NAME '$NAME'\nE\n)\"", []),
        (f"{CALL} --a 'costs $5, $5.NAME, $$NAME, $.a.b, $[0], $(x), ^a$|b$ and $'", []),
        (f"{CALL} --a '{{\"$ref\": 1, \"$schema\" : 2}}' --b '\\$NAME'", []),
        (f"{CALL} --a '$NAME", []),
    ],
)
def test_variables_that_the_shell_does_not_replace(script: str, expected: list[str]) -> None:
    assert found(script) == expected


@pytest.mark.parametrize(
    ("script", "is_replaced"),
    [
        ("envsubst < x | sh", True),
        ("sed -e s/${NAME}/x/ x.sh", True),
        ("sed -e s/OTHER/x/ x.sh\necho NAME", False),
        ("eval x", True),
        ("evaluate", False),
    ],
)
def test_what_another_program_may_replace(script: str, *, is_replaced: bool) -> None:
    assert replaced_later(script)("${NAME:-x}") is is_replaced


def test_the_work_is_linear() -> None:
    def work(count: int) -> int:
        script = f"{CALL} --a " + "'$NAME'\"$X\"" * count
        return calls(lambda: found(script))

    assert work(400) < 4.4 * work(100)
