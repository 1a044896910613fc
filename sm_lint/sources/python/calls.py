"""The calls of some functions in code, with their arguments, found by following the code in straight lines.

Each scope is followed on its own, statement by statement. What is under a condition, in a loop or in a `try` may not
be run, and what is not understood may do anything: values are unknown then, and members may be absent.
"""

import ast
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import count

from sm_lint.sources.limits import MAX_VALUES
from sm_lint.sources.python.code import Code, ranges
from sm_lint.sources.python.expressions import EXPRESSIONS, anything
from sm_lint.sources.python.function_calls import call
from sm_lint.sources.python.names import bound_by, called, dotted, names_in, only_copied
from sm_lint.sources.python.scope import Call, Following, Scope
from sm_lint.sources.python.values import Collection, Scalar, TooMany, Unknown, Value, lose

_DEEPEST = 20
"""The number of blocks in each other that are followed. Python itself refuses more loops."""
_RAISING = frozenset(("raises", "assertRaises", "assertRaisesRegex"))
"""The functions of pytest and unittest that say that what follows shall fail."""


def calls(code: Code, wanted: AbstractSet[str]) -> list[Call]:
    """Return the calls of functions with the names `wanted` in code, in the order in which they are reached.

    The list is empty if there is too much to follow.
    """
    try:
        names = names_in(code.tree, wanted)
        evaluate = {**EXPRESSIONS, ast.Call: call}
        following = Following(
            code, ranges(code.text), names, wanted, [], {}, iter(range(MAX_VALUES)), count(), evaluate, anything
        )
        _run(code.tree.body, Scope(following, names.bound[0]))
    except (RecursionError, TooMany):
        return []
    return following.found


def _run(statements: Sequence[ast.stmt], scope: Scope) -> None:
    """Follow statements, one after the other."""
    for statement in statements:
        _step(statement, scope)


def _step(node: ast.stmt, scope: Scope) -> None:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        _definition(node, scope)
    elif isinstance(node, (ast.Assign, ast.AnnAssign)):
        value = scope.value(node.value) if node.value else None
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if value is not None:
                _assign(target, value, scope)
    elif isinstance(node, ast.AugAssign):
        _augment(node, scope)
    elif isinstance(node, ast.Delete):
        for target in node.targets:
            _delete(target, scope)
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        for alias in node.names:
            scope.bind(alias.asname or alias.name.partition(".")[0], Unknown((0, 0)))
    elif isinstance(node, (ast.Expr, ast.Return, ast.Assert, ast.Raise)):
        for child in ast.iter_child_nodes(node):
            scope.value(child)
    else:
        _compound(node, scope)


def _definition(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, scope: Scope) -> None:
    """Follow a function or class: on its own, since nobody knows when it is called."""
    for decorator in node.decorator_list:
        lose(scope.value(decorator))
    reached = len(scope.following.found)
    scope.bind(node.name, Unknown((0, 0)))
    if len(scope.outer) >= _DEEPEST:
        return
    names = scope.following.names
    is_class = isinstance(node, ast.ClassDef)
    inner = Scope(
        scope.following, names.bound[id(node)], (*scope.outer, Counter() if is_class else names.bound[id(node)])
    )
    _run(node.body, inner)
    if any(_is_xfail(decorator) for decorator in node.decorator_list):
        del scope.following.found[reached:]


def _is_xfail(decorator: ast.expr) -> bool:
    """Return whether a decorator says that a test fails: that of pytest, or that of unittest."""
    name = dotted(decorator.func if isinstance(decorator, ast.Call) else decorator)
    return name.rpartition(".")[2] in ("xfail", "expectedFailure")


def _is_raising(context: ast.expr) -> bool:
    """Return whether the statements under a `with` shall fail."""
    return isinstance(context, ast.Call) and called(context) in _RAISING


def _assign(target: ast.expr, value: Value, scope: Scope) -> None:
    """Let a target stand for a value."""
    if isinstance(target, ast.Name):
        scope.bind(target.id, value)
    elif isinstance(target, ast.Subscript):
        of, key = scope.value(target.value), scope.value(target.slice)
        if isinstance(of, Collection) and not of.is_list and isinstance(key, Scalar) and isinstance(key.value, str):
            of.add(key.value, value, scope.at(target.slice), scope.block)
            return
        lose(value)
        if isinstance(of, Collection) and not of.is_list:
            of.blur()
        else:
            lose(of)
    elif isinstance(target, (ast.Tuple, ast.List)):
        _unpack(target, value, scope)
    else:
        lose(value)
        lose(scope.value(target))


def _unpack(target: ast.Tuple | ast.List, value: Value, scope: Scope) -> None:
    is_known = isinstance(value, Collection) and not (value.is_open or value.is_lost)
    items = [entry.value for entry in value.entries.values()] if isinstance(value, Collection) and is_known else []
    is_same = len(items) == len(target.elts) and not any(isinstance(of, ast.Starred) for of in target.elts)
    if not is_same:
        lose(value)
    for number, element in enumerate(target.elts):
        _assign(element, items[number] if is_same else Unknown(scope.at(element)), scope)


def _augment(node: ast.AugAssign, scope: Scope) -> None:
    """Follow `a |= b` and `a += b`, which change a dictionary or list itself."""
    value = scope.value(node.value)
    target = node.target
    if isinstance(target, ast.Attribute):
        lose(value)
        return
    old = scope.value(
        ast.copy_location(ast.Name(target.id, ast.Load()), target) if isinstance(target, ast.Name) else target
    )
    if isinstance(old, Collection):
        if isinstance(node.op, ast.BitOr) and not old.is_list:
            scope.merge(old, value)
        elif isinstance(node.op, ast.Add) and old.is_list:
            scope.extend(old, value)
        else:
            lose(old)
        return
    lose(value)
    _assign(target, Unknown(scope.at(target)), scope)


def _delete(target: ast.expr, scope: Scope) -> None:
    if isinstance(target, ast.Subscript):
        of, key = scope.value(target.value), scope.value(target.slice)
        if isinstance(of, Collection) and not of.is_list and isinstance(key, Scalar) and isinstance(key.value, str):
            of.remove(key.value, scope.block)
        else:
            lose(of)
    elif isinstance(target, ast.Name):
        scope.bind(target.id, Unknown(scope.at(target)))


def _compound(node: ast.stmt, scope: Scope) -> None:
    """Follow a statement with blocks: each of them may not be run."""
    if isinstance(node, ast.If):
        _branches(node, scope)
    elif isinstance(node, (ast.For, ast.AsyncFor, ast.While)):
        _loop(node, scope)
    elif isinstance(node, (ast.With, ast.AsyncWith)):
        for item in node.items:
            value = scope.value(item.context_expr)
            if item.optional_vars:
                _assign(item.optional_vars, value, scope)
        reached = len(scope.following.found)
        _block(node.body, scope)
        if any(_is_raising(item.context_expr) for item in node.items):
            del scope.following.found[reached:]
    elif isinstance(node, ast.Match):
        lose(scope.value(node.subject))
        for case in node.cases:
            _forget(_stored(case.pattern), scope)
            _block(case.body, scope)
    else:  # `try`, and what has no blocks
        handlers = [handler.body for handler in getattr(node, "handlers", ())]
        first, *others = (getattr(node, name, []) for name in ("body", "orelse", "finalbody"))
        for block in (first, *handlers, *others):
            _block(block, scope)


def _branches(node: ast.If, scope: Scope) -> None:
    """Follow the branches of an `if`, which may be many."""
    rest: Sequence[ast.stmt] = [node]
    while len(rest) == 1 and isinstance(rest[0], ast.If):
        branch = rest[0]
        scope.value(branch.test)
        _block(branch.body, scope)
        rest = branch.orelse
    _block(rest, scope)


def _loop(node: ast.For | ast.AsyncFor | ast.While, scope: Scope) -> None:
    """Follow a loop once. What it changes for the next time is unknown from the start."""
    if isinstance(node, ast.While):
        scope.value(node.test)
    else:
        lose(scope.value(node.iter))
        _assign(node.target, Unknown(scope.at(node.iter)), scope)
    _forget((name for statement in node.body for name in _stored(statement)), scope)
    wanted = scope.following.wanted
    inside = [of for statement in node.body for of in ast.walk(statement)]
    if any(isinstance(of, ast.Call) and called(of) in wanted for of in inside):
        copied = {id(of) for one in inside for of in only_copied(one, wanted)}
        for of in inside:
            if isinstance(of, ast.Name) and id(of) not in copied and isinstance(scope.values.get(of.id), Collection):
                lose(scope.values[of.id])
    _block(node.body, scope)
    _block(node.orelse, scope)


def _block(statements: Sequence[ast.stmt], scope: Scope) -> None:
    """Follow statements that may not be run. After them, a name that is bound there and elsewhere is unknown."""
    if not statements or len(scope.block) >= _DEEPEST:
        _forget((name for statement in statements for name in _stored(statement)), scope)
        return
    outside = scope.block
    scope.block = (*outside, next(scope.following.blocks))
    scope.assigned.append({})
    _run(statements, scope)
    scope.block = outside
    assigned = scope.assigned.pop()
    for name, before in assigned.items():
        scope.assigned[-1].setdefault(name, before)
        if scope.bound[name] > 1:
            scope.forget(name, before)


def _stored(node: ast.AST) -> Iterator[str]:
    """Yield the names that are bound in a node."""
    for of in ast.walk(node):
        yield from bound_by(of)


def _forget(names: Iterator[str], scope: Scope) -> None:
    for name in set(names):
        scope.forget(name)
