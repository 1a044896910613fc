"""The values of expressions, as far as they are known, and what an expression does to the values that it uses."""

import ast
from collections.abc import Callable
from typing import Any

from sm_lint.sources.python.code import Range
from sm_lint.sources.python.scope import Scope
from sm_lint.sources.python.values import Collection, Entry, Scalar, Unknown, Value, lose

_LONGEST = 100_000
"""The maximum length of a string that is put together."""
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def anything(node: ast.AST, scope: Scope) -> Value:
    """Evaluate what is not understood: it may change whatever it uses."""
    children = list(ast.iter_child_nodes(node))
    if isinstance(node, _COMPREHENSIONS):
        children.sort(key=lambda child: not isinstance(child, ast.comprehension))  # they bind what the others use
    for child in children:
        lose(scope.value(child))
    return Unknown(scope.at(node))


def _lambda(node: ast.Lambda, scope: Scope) -> Value:
    return Unknown(scope.at(node))


def _constant_of(node: ast.Constant, scope: Scope) -> Value:
    is_known = node.value is None or isinstance(node.value, (str, int, float))
    return Scalar(node.value, scope.at(node)) if is_known else Unknown(scope.at(node))  # type: ignore[arg-type]


def _text(node: ast.JoinedStr, scope: Scope) -> Value:
    """Evaluate an f-string. A dictionary in it is only shown."""
    for part in node.values:
        if isinstance(part, ast.FormattedValue):
            scope.value(part.value)
    if all(isinstance(part, ast.Constant) for part in node.values):
        return Scalar(
            "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant)), scope.at(node)
        )
    return Unknown(scope.at(node), "string")


def _name(node: ast.Name, scope: Scope) -> Value:
    where = scope.at(node)
    if isinstance(node.ctx, ast.Load):
        return scope.lookup(node.id, where)
    scope.bind(node.id, Unknown(where))
    return Unknown(where)


def _named(node: ast.NamedExpr, scope: Scope) -> Value:
    value = scope.value(node.value)
    if isinstance(node.target, ast.Name):
        scope.bind(node.target.id, value)
    return value


def _dictionary(node: ast.Dict, scope: Scope) -> Value:
    made = Collection(scope.at(node), scope.block)
    for key, child in zip(node.keys, node.values, strict=True):
        if key is None:
            scope.merge(made, scope.value(child))
            continue
        name, value = scope.value(key), scope.value(child)
        if isinstance(name, Scalar) and isinstance(name.value, str):
            made.add(name.value, value, scope.at(key), scope.block)
        else:
            lose(value)
            made.blur()
    return made


def _list(node: ast.List | ast.Tuple, scope: Scope) -> Value:
    made = Collection(scope.at(node), scope.block, is_list=True)
    for child in node.elts:
        if isinstance(child, ast.Starred):
            scope.extend(made, scope.value(child.value))
        else:
            made.append(Entry(scope.value(child)), scope.block)
    return made


def _binary(node: ast.BinOp, scope: Scope) -> Value:
    """Evaluate an operation. A chain of them, which may be long, is one."""
    operators: list[ast.operator] = []
    operands: list[ast.expr] = []
    rest: ast.expr = node
    while isinstance(rest, ast.BinOp):
        operators.append(rest.op)
        operands.append(rest.right)
        rest = rest.left
    values = [scope.value(operand) for operand in (rest, *reversed(operands))]
    where = scope.at(node)
    if all(isinstance(operator, ast.BitOr) for operator in operators):
        made = Collection(where, scope.block)
        for value in values:
            scope.merge(made, value)
        return made if any(isinstance(value, Collection) for value in values) else Unknown(where)
    texts = [value.value for value in values if isinstance(value, Scalar) and isinstance(value.value, str)]
    is_sum = all(isinstance(operator, ast.Add) for operator in operators)
    if is_sum and len(texts) == len(values) and sum(map(len, texts)) <= _LONGEST:
        return Scalar("".join(texts), where)
    is_text = is_sum and any(is_string(value) for value in values)
    is_text = is_text or (isinstance(operators[-1], ast.Mod) and len(operators) == 1 and is_string(values[0]))
    for value in values:
        lose(value)
    return Unknown(where, "string" if is_text else None)


def is_string(value: Value) -> bool:
    """Return whether a value surely is a string."""
    return isinstance(value.value, str) if isinstance(value, Scalar) else getattr(value, "type", None) == "string"


def _unary(node: ast.UnaryOp, scope: Scope) -> Value:
    value = scope.value(node.operand)
    number = value.value if isinstance(value, Scalar) else None
    if isinstance(node.op, ast.USub) and isinstance(number, (int, float)) and not isinstance(number, bool):
        return Scalar(-number, scope.at(node))
    return Unknown(scope.at(node))


def _either(node: ast.IfExp | ast.BoolOp, scope: Scope) -> Value:
    """Evaluate a choice. Of dictionaries, what only some of them have may be absent."""
    if isinstance(node, ast.IfExp):
        scope.value(node.test)
    written = [node.body, node.orelse] if isinstance(node, ast.IfExp) else node.values
    choices = [scope.value(of) for of in written]
    made = [choice for of, choice in zip(written, choices, strict=True) if isinstance(of, ast.Dict)]
    known = [choice for choice in made if isinstance(choice, Collection)]
    if isinstance(node, ast.IfExp) and len(known) == len(choices):
        return _one_of(known, scope.at(node), scope)
    for choice in choices:
        lose(choice)
    return Unknown(scope.at(node), "string" if all(map(is_string, choices)) else None)


def _one_of(choices: list[Collection], where: Range, scope: Scope) -> Value:
    """Return a dictionary that stands for one of several, which have no names."""
    made = Collection(where, scope.block)
    for choice in choices:
        made.is_open = made.is_open or choice.is_open
        for key, entry in choice.entries.items():
            is_everywhere = all(key in of.entries and not of.entries[key].may_be_absent for of in choices)
            value = entry.value if key not in made.entries else Unknown(entry.value.where)
            if key in made.entries:
                lose(entry.value)
                lose(made.entries[key].value)
            made.entries[key] = Entry(value, entry.key, may_be_absent=not is_everywhere)
    return made


def copied(of: Collection, scope: Scope, *, deep: bool) -> Collection:
    """Return a copy of a dictionary or list; `deep`, with copies of the values in it."""
    scope.spend(of)
    made = Collection(of.where, scope.block, is_list=of.is_list)
    made.is_open, made.is_lost = of.is_open, of.is_lost
    for key, entry in of.entries.items():
        made.entries[key] = entry._replace(value=_copied(entry.value, scope)) if deep else entry
    return made


def _copied(value: Value, scope: Scope) -> Value:
    return copied(value, scope, deep=True) if isinstance(value, Collection) else value


def _comprehension(node: ast.DictComp, scope: Scope) -> Value:
    """Evaluate a comprehension. `{k: v for k, v in d.items() if v}` is a copy in which each member may be absent."""
    of = _filtered(node)
    value = scope.value(of) if of else None
    if of is None or not isinstance(value, Collection) or value.is_list or value.is_lost:
        return anything(node, scope)
    made = copied(value, scope, deep=False)
    conditions = node.generators[0].ifs
    for key, entry in list(made.entries.items()) if conditions else ():
        if isinstance(entry.value, Scalar) and not entry.value.value:
            made.entries[key] = Entry(Unknown(entry.value.where), entry.key, may_be_absent=True)
        else:
            made.entries[key] = entry._replace(may_be_absent=True)
    return made


def _filtered(node: ast.DictComp) -> ast.expr | None:
    """Return the dictionary of which a comprehension takes members as they are; None if it does something else."""
    generator = node.generators[0]
    target, source = generator.target, generator.iter
    if len(node.generators) > 1 or not (isinstance(target, ast.Tuple) and len(target.elts) == 2):
        return None
    if not (isinstance(source, ast.Call) and isinstance(source.func, ast.Attribute) and source.func.attr == "items"):
        return None
    is_same = [ast.dump(of) for of in (node.key, node.value)] == [
        ast.dump(of).replace("Store()", "Load()") for of in target.elts
    ]
    is_plain = isinstance(node.key, ast.Name) and isinstance(node.value, ast.Name)
    is_plain = is_plain and not any(
        isinstance(of, ast.Call) for condition in generator.ifs for of in ast.walk(condition)
    )
    return source.func.value if is_same and is_plain else None


def _comparison(node: ast.Compare, scope: Scope) -> Value:
    for operand in (node.left, *node.comparators):
        scope.value(operand)
    return Unknown(scope.at(node))


def _item(node: ast.Subscript, scope: Scope) -> Value:
    """Evaluate `a[b]`."""
    of, key = scope.value(node.value), scope.value(node.slice)
    if not isinstance(of, Collection):
        return Unknown(scope.at(node))
    if not isinstance(key, Scalar) or isinstance(key.value, (float, type(None))):
        lose(of)  # it may be any of the values in it
        return Unknown(scope.at(node))
    entry = entry_of(of, key.value)
    if entry is None or entry.may_be_absent or of.is_lost:
        lose(entry.value if entry else of)
        return Unknown(scope.at(node))
    return entry.value


def entry_of(of: Collection, key: Any) -> Entry | None:
    """Return the entry of a dictionary or list with a key."""
    if of.is_list and isinstance(key, int) and (key < 0 or of.is_open):
        return None  # counted from the end, or with others before it
    return of.entries.get(key) if isinstance(key, int) == of.is_list else None


EXPRESSIONS: dict[type[ast.AST], Callable[[Any, Scope], Value]] = {
    ast.Lambda: _lambda,
    ast.Constant: _constant_of,
    ast.JoinedStr: _text,
    ast.Name: _name,
    ast.NamedExpr: _named,
    ast.Dict: _dictionary,
    ast.List: _list,
    ast.Tuple: _list,
    ast.BinOp: _binary,
    ast.UnaryOp: _unary,
    ast.IfExp: _either,
    ast.BoolOp: _either,
    ast.DictComp: _comprehension,
    ast.Compare: _comparison,
    ast.Subscript: _item,
}
"""The functions that evaluate expressions, by the type of their nodes, without calls."""
