"""The values of calls: what is known of the functions that people build dictionaries with; others may do anything."""

import ast
import json
from collections.abc import Mapping
from typing import Any

from sm_lint.sources.python.code import Range
from sm_lint.sources.python.expressions import copied, is_string
from sm_lint.sources.python.names import called, dotted, is_client
from sm_lint.sources.python.scope import Call, Scope
from sm_lint.sources.python.values import Collection, Entry, Scalar, Unknown, Value, lose, written

_LONGEST = 100_000
"""The maximum length of a text of JSON that is made."""
_FUNCTIONS = frozenset(("print", "pprint", "len", "str", "repr", "bool", "isinstance", "type", "id", "dumps"))
_METHODS = frozenset((
    "print", "pprint", "dumps", "debug", "info", "warning", "error", "exception", "critical", "log",
))  # fmt: skip
"""Functions and methods that change none of their arguments, and keep none."""
_TEXTS = frozenset(("format", "join", "replace", "strip", "lower", "upper"))
"""Methods of strings whose result is one."""
_JSON = ("json.dumps", "dumps")
_LAYOUT = ("indent", "sort_keys", "ensure_ascii")
"""The arguments of `json.dumps` that are known: they change no value."""


def call(node: ast.Call, scope: Scope) -> Value:
    """Evaluate a call. What is not known to be harmless may change all of its arguments, and keep them."""
    name = called(node)
    if name in scope.following.wanted and isinstance(node.func, (ast.Attribute, ast.Name)):
        return _wanted(node, name, scope)
    if isinstance(node.func, ast.Name) and name == "dict" and len(node.args) <= 1:
        return _made_by_dict(node, scope)
    if name in ("deepcopy", "copy") and len(node.args) == 1 and not node.keywords:
        value = scope.value(node.args[0])
        return copied(value, scope, deep=name == "deepcopy") if isinstance(value, Collection) else value
    where, is_text = scope.at(node), dotted(node.func) in ("str", "repr", *_JSON)
    if isinstance(node.func, ast.Attribute):
        of = scope.value(node.func.value)
        if isinstance(of, Collection):
            return _method(node, of, name, scope)
        is_text = is_text or (name in _TEXTS and is_string(of))
    elif not isinstance(node.func, ast.Name):
        lose(scope.value(node.func))
    values = [scope.value(argument) for argument in node.args]
    keywords = {keyword.arg: scope.value(keyword.value) for keyword in node.keywords}
    if dotted(node.func) in _JSON and len(values) == 1 and (text := _json(values[0], keywords, scope)) is not None:
        return Scalar(text, where)
    if name not in (_METHODS if isinstance(node.func, ast.Attribute) else _FUNCTIONS):
        for value in (*values, *keywords.values()):
            lose(value)
    return Unknown(where, "string" if is_text else None)


def _json(value: Value, keywords: Mapping[str | None, Value], scope: Scope) -> str | None:
    """Return what `json.dumps` makes of a value; None if that is unknown."""
    layout = {name: of.value for name, of in keywords.items() if name in _LAYOUT and isinstance(of, Scalar)}
    found = written(value, None, scope.following.left, scope.following.code.text)
    if found.unknown or found.optional or found.open or len(layout) < len(keywords):
        return None
    arguments: dict[str, Any] = {str(name): of for name, of in layout.items()}
    try:
        text = json.dumps(found.value, **arguments)
    except (TypeError, ValueError):
        return None
    return text if len(text) <= _LONGEST else None


def _wanted(node: ast.Call, name: str, scope: Scope) -> Value:
    """Note a call that is looked for, with its arguments as they are now."""
    where = scope.at(node)
    for argument in node.args:
        lose(scope.value(argument))
    arguments = Collection(where, scope.block)
    _add_keywords(arguments, node, scope)
    receiver = node.func.value if isinstance(node.func, ast.Attribute) else None
    if receiver is not None:
        scope.value(receiver)
    of = dotted(receiver) if receiver is not None else ""
    if of in scope.following.names.mocks:
        return Unknown(where)
    is_known = receiver is not None and (is_client(receiver) or of in scope.following.names.clients)
    end = scope.at(node.func)[1]
    as_written = written(arguments, (end - len(name), end), scope.following.left, scope.following.code.text)
    scope.following.found.append(Call(name, is_known, of, receiver is not None, len(node.args), as_written))
    return Unknown(where)


def _add_keywords(to: Collection, node: ast.Call, scope: Scope) -> None:
    for keyword in node.keywords:
        value = scope.value(keyword.value)
        if keyword.arg is None:
            scope.merge(to, value)
        else:
            start = scope.at(keyword)[0]
            to.add(keyword.arg, value, (start, start + len(keyword.arg)), scope.block)


def _made_by_dict(node: ast.Call, scope: Scope) -> Value:
    made = Collection(scope.at(node), scope.block)
    for argument in node.args:
        scope.merge(made, scope.value(argument))
    _add_keywords(made, node, scope)
    return made


def _method(node: ast.Call, of: Collection, name: str, scope: Scope) -> Value:
    """Evaluate a call of a method of a dictionary or list."""
    where = scope.at(node)
    if name == "copy":
        return copied(of, scope, deep=False)
    if name == "update" and not of.is_list and len(node.args) <= 1:
        for argument in node.args:
            scope.merge(of, scope.value(argument))
        _add_keywords(of, node, scope)
        return Unknown(where)
    values = [scope.value(argument) for argument in (*node.args, *(keyword.value for keyword in node.keywords))]
    key = values[0].value if values and isinstance(values[0], Scalar) else None
    if name in ("append", "extend") and of.is_list and len(values) == 1:
        if name == "append":
            of.append(Entry(values[0]), scope.block)
        else:
            scope.extend(of, values[0])
    elif name == "setdefault" and not of.is_list and isinstance(key, str) and len(values) == 2:
        return _set_default(of, key, values[1], scope.at(node.args[0]), scope)
    elif name == "pop" and not of.is_list and isinstance(key, str):
        lose(of.entries[key].value) if key in of.entries else None
        of.remove(key, scope.block)
    elif name not in ("keys", "get"):
        lose(of)
    for value in values:
        if name not in ("append", "extend"):
            lose(value)
    if name == "get" and isinstance(key, str) and (entry := of.entries.get(key)):
        lose(entry.value)
    return Unknown(where)


def _set_default(of: Collection, key: str, value: Value, at: Range, scope: Scope) -> Value:
    """Evaluate `setdefault`, which gives a key a value only if it has none."""
    if key not in of.entries and not of.is_open:
        of.add(key, value, at, scope.block)
        return value
    entry = of.entries.get(key)
    lose(value)
    if entry is None or entry.may_be_absent:
        if entry:
            lose(entry.value)
        of.add(key, Unknown(value.where), at, scope.block)
        return Unknown(value.where)
    return entry.value
