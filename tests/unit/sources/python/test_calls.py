"""What is said of a call holds however the program runs: programs are generated, followed, and run here."""

import copy
import re
from contextlib import suppress
from random import Random
from typing import Any

from sm_lint.sources.python.calls import calls
from sm_lint.sources.python.reader import read
from sm_lint.sources.python.scope import Call

NAMES = ("d", "e", "x")
VALUES = (
    "{{{k}: {v}, {k}: {v}}}", "{{{k}: {v}, **m({v})}}", "dict(m({v}), A={v})", "dict(B={v})", "[{v}, {v}]",
    "({v} if c() else {v})", "(m({v}) | m({v}))", "copy.deepcopy({v})", "{{k: v for k, v in m({v}).items() if v}}",
)  # fmt: skip
SIMPLE_VALUES = ("1", "'t'", "None", "x", "d", "e", "c()", "[]", "{{}}", "K", "f'{{c()}}'")
KEYS = ("'A'", "'B'", "'C'", "K", "c('A', 'B')")
LINES = (
    "{n} = {v}", "{n} = {{{k}: {v}}}", "{n} = {n}", "{n}[{k}] = {v}", "{n}[{k}][{k}] = {v}", "{n}.update({v})",
    "{n}.update(A={v}, **m({v}))", "{n} |= {v}", "{n} += {v}", "{n}.setdefault({k}, {v})", "{n}.pop({k}, None)",
    "del {n}[{k}]", "{n}[{k}].append({v})", "{n}[{k}].extend({v})", "f({n})", "print({n})", "{n}, {n} = {v}, {v}",
    "{n} = {n}.copy()", "{n} = {n}[{k}]", "sm.create_model_package(**m({n}))", "sm.create_model_package(**m(d))",
    "sm.create_model_package(A={v}, **m({n}))", "sm.create_model_package(B={v})", "{n} = lambda: f(d)",
    "{n}[{k}] = {n}",
)  # fmt: skip
"""The statements, in which `n` is a name, `k` a key and `v` a value."""
HEADS = ("if c():", "for x in (1, 'A'):", "for _ in (1, 2):", "while c():", "try:", "with w:")


def line(random: Random, form: str, depth: int = 2) -> str:
    """Return a form with names, keys and values in it."""

    def filled(match: re.Match[str]) -> str:
        if match[0] in ("{{", "}}"):
            return match[0][0]
        if match[0] == "{v}":
            return line(random, random.choice(VALUES if depth and random.random() < 0.5 else SIMPLE_VALUES), depth - 1)
        return random.choice(NAMES if match[0] == "{n}" else KEYS)

    return re.sub(r"\{\{|\}\}|\{\w\}", filled, form)


def statements(random: Random, depth: int = 3) -> list[str]:
    """Return the lines of a few statements."""
    found = []
    for _ in range(random.randint(1, 5)):
        if depth and random.random() < 0.25:
            head = random.choice(HEADS)
            found += [head, *(f"  {one}" for one in statements(random, depth - 1))]
            other = "except Exception:" if head == "try:" else "else:" if head == "if c():" else ""
            found += [other, *(f"  {one}" for one in statements(random, depth - 1))] if other else []
        else:
            found.append(line(random, random.choice(LINES)))
    return found


class Client:
    """Keeps what it is asked to send, as it is then."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, Any]] = []

    def create_model_package(self, number: int, /, **request: Any) -> None:
        self.sent.append((number, copy.deepcopy(request)))


def run(code: str, choices: list[bool]) -> list[tuple[int, Any]]:
    """Return what a program sends, each with the number of its call. `choices` decide what is unknown."""
    client, left = Client(), list(choices)

    def chosen(first: Any = True, second: Any = False) -> Any:
        return first if left and left.pop() else second

    def change(value: Any) -> None:
        if isinstance(value, dict):
            value["Z"] = value["A"] = "changed"
        elif isinstance(value, list):
            value.append("changed")

    def merged(value: Any) -> Any:
        return value if isinstance(value, dict) else {}

    scope: dict[str, Any] = {"sm": client, "c": chosen, "f": change, "m": merged, "copy": copy, "print": len}
    scope["w"] = suppress(KeyError)
    try:
        exec(code, scope)  # noqa: S102 - it is made above
    except Exception:  # noqa: BLE001 - a program may end anywhere
        return client.sent
    return client.sent


def holds(call: Call, sent: Any) -> bool:
    """Return whether what is said of the arguments of a call is true of what was sent."""
    of = call.arguments

    def is_true(known: Any, actual: Any, at: tuple[str | int, ...]) -> bool:
        if at in of.unknown:
            return of.unknown[at] is None or isinstance(actual, str)
        if isinstance(known, (dict, list)):
            if not isinstance(actual, (list, tuple) if isinstance(known, list) else dict):
                return False
            if isinstance(known, list):
                return (
                    at in of.open
                    or any((*at, n) in of.optional for n in range(len(known)))
                    or (
                        len(known) == len(actual)
                        and all(
                            is_true(one, two, (*at, n)) for n, (one, two) in enumerate(zip(known, actual, strict=True))
                        )
                    )
                )
            missing = [key for key in known if key not in actual and (*at, key) not in of.optional]
            more = [key for key in actual if key not in known and at not in of.open]
            return not (missing or more) and all(
                is_true(one, actual[key], (*at, key)) for key, one in known.items() if key in actual
            )
        return type(known) is type(actual) and known == actual

    return is_true(of.value, sent, ())


def check(seed: int) -> int:
    """Try one program, and return the number of calls about which something was said."""
    random = Random(seed)  # noqa: S311 - the same programs each time
    lines = ["d = {'A': 1}", "e = {'B': {'C': []}}", "x = {}", *statements(random), *statements(random)]
    if random.random() < 0.5:
        lines = ["def g():", *(f"  {one}" for one in lines), "g()"]
    parts = "\n".join(("K = 'A'", *lines, "")).split("create_model_package(")
    text = re.sub(r"\bm\(", "(", "create_model_package(".join(parts))
    code = parts[0] + "".join(f"create_model_package({number}, {part}" for number, part in enumerate(parts[1:]))
    starts = [match.start() for match in re.finditer(r"create_model_package\(", text)]
    found = calls(read(text.encode(), text).value, {"create_model_package"})
    by_number = {starts.index(call.arguments.node.key[0]): call for call in found if call.arguments.node.key}
    said = 0
    for number, sent in run(code, [random.random() < 0.5 for _ in range(50)]):
        call = by_number.get(number)
        if call:
            assert holds(call, sent), (seed, text, number, call.arguments, sent)
            said += bool(call.arguments.value) and () not in call.arguments.unknown
    return said


def test_what_is_said_of_a_call_is_true() -> None:
    assert sum(map(check, range(600))) > 150
