"""What the whole code says of its names: how often each is bound in a scope, and which other scopes may change it."""

import ast
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import NamedTuple

SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
"""The nodes that have names of their own."""
_SERVICE = "sagemaker"
_CLIENTS = ("client", "create_client")
"""The methods that make a client: those of boto3, botocore and their asynchronous forms."""
_MOCKS = frozenset(("Mock", "MagicMock", "AsyncMock", "NonCallableMock", "NonCallableMagicMock", "create_autospec"))
"""What `unittest.mock` makes stand-ins with."""


class Names(NamedTuple):
    """The names in the code of a file."""

    bound: dict[int, Counter[str]]
    """How often each name is bound in a scope, by the id of its node; the scope of the whole code is 0."""
    constants: dict[str, ast.expr]
    """The values of the names that are bound once, and outside of functions and classes."""
    shared: frozenset[str]
    """The names of others of which a function uses more than a copy, so that it may change what they stand for."""
    used: frozenset[str]
    """The names of which the code outside of functions uses more than a copy."""
    clients: frozenset[str]
    """What is a client of SageMaker, as written: `sm`, `self.client`."""
    mocks: frozenset[str]
    """What stands in for an object in a test, as written."""


def names_in(tree: ast.Module, wanted: AbstractSet[str]) -> Names:
    """Return what a tree says of its names.

    `wanted` are the names of functions that change none of their arguments.
    """
    bound: dict[int, Counter[str]] = {0: Counter()}
    loaded: dict[int, set[str]] = {0: set()}
    elsewhere: set[str] = set()
    values: dict[str, ast.expr] = {}
    clients: set[str] = set()
    mocks: set[str] = set()
    harmless: set[int] = set()
    waiting: list[tuple[ast.AST, int]] = [(tree, 0)]
    while waiting:
        node, scope = waiting.pop()
        bound[scope].update(bound_by(node))
        harmless.update(map(id, only_copied(node, wanted)))
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and id(node) not in harmless:
            loaded[scope].add(node.id)
        if isinstance(node, (ast.Global, ast.Nonlocal)):
            elsewhere.update(node.names)
        for target, value in _assigned(node):
            if isinstance(target, ast.Name) and scope == 0:
                values[target.id] = value
            if _makes_client(value) and (name := dotted(target)):
                clients.add(name)
            if isinstance(value, ast.Call) and called(value) in _MOCKS and (name := dotted(target)):
                mocks.add(name)
        if isinstance(node, SCOPES):
            scope = id(node)
            bound[scope], loaded[scope] = Counter(), set()
        waiting += [(child, scope) for child in ast.iter_child_nodes(node)]
    free = {name for scope in loaded.keys() - {0} for name in loaded[scope] - bound[scope].keys()}
    constants = {name: value for name, value in values.items() if bound[0][name] == 1 and name not in elsewhere}
    return Names(
        bound, constants, frozenset(free | elsewhere), frozenset(loaded[0]), frozenset(clients), frozenset(mocks)
    )


def bound_by(node: ast.AST) -> Iterator[str]:
    """Yield the names that a node binds, without those of the nodes in it."""
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.alias):
        yield node.asname or node.name.partition(".")[0]
    elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)) and node.name:
        yield node.name
    elif isinstance(node, ast.MatchMapping) and node.rest:
        yield node.rest
    elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
        yield node.target.id


def only_copied(node: ast.AST, wanted: AbstractSet[str]) -> list[ast.expr]:
    """Return the expressions in a node of which a copy is taken, which changes nothing: `{**a}`, `f(**a)`, `f"{a}"`."""
    if isinstance(node, ast.Call):
        is_wanted = called(node) in wanted
        return [keyword.value for keyword in node.keywords if keyword.arg is None or is_wanted]
    if isinstance(node, ast.Dict):
        return [value for key, value in zip(node.keys, node.values, strict=True) if key is None]
    if isinstance(node, ast.FormattedValue):
        return [node.value]
    return [node.left, *node.comparators] if isinstance(node, ast.Compare) else []


def _assigned(node: ast.AST) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield the targets of an assignment, each with its value."""
    if isinstance(node, ast.Assign):
        yield from ((target, node.value) for target in node.targets)
    elif isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value:
        yield node.target, node.value
    elif isinstance(node, ast.withitem) and node.optional_vars:
        yield node.optional_vars, node.context_expr


def _makes_client(value: ast.expr) -> bool:
    """Return whether the value of an expression is a client of SageMaker, or may be one."""
    if isinstance(value, ast.BoolOp):
        return any(map(_makes_client, value.values))
    if isinstance(value, ast.IfExp):
        return _makes_client(value.body) or _makes_client(value.orelse)
    return is_client(value)


def is_client(node: ast.expr) -> bool:
    """Return whether an expression is a call that makes a client of SageMaker, such as `boto3.client("sagemaker")`."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _CLIENTS):
        return False
    named = [keyword.value for keyword in node.keywords if keyword.arg == "service_name"]
    return any(isinstance(of, ast.Constant) and of.value == _SERVICE for of in [*node.args[:1], *named])


def called(node: ast.Call) -> str:
    """Return the last name of what is called: `c` of `a.b.c()`; the empty string if it has no name."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def dotted(node: ast.expr) -> str:
    """Return an expression that is names with dots between them as it is written; the empty string for any other."""
    attributes: list[str] = []
    while isinstance(node, ast.Attribute):
        attributes.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(attributes)]) if isinstance(node, ast.Name) else ""
