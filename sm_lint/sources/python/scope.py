"""A scope of a program that is followed: what its names stand for at the statement that has been reached."""

import ast
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from sm_lint.sources.python.code import Code, Range
from sm_lint.sources.python.names import Names
from sm_lint.sources.python.values import Block, Collection, Scalar, TooMany, Unknown, Value, Written, lose


class Call(NamedTuple):
    """A call of a function that is looked for."""

    name: str
    """The last name of the function."""
    is_client: bool
    """Whether the function is a method of what surely is a client of SageMaker."""
    receiver: str
    """What it is a method of, if that is names with dots between them."""
    is_method: bool
    positional: int
    """The number of positional arguments."""
    arguments: Written
    """The keyword arguments, as a dictionary; its key is the name of the function."""


class Following(NamedTuple):
    """What is the same in all scopes of the code that is followed."""

    code: Code
    range_of: Callable[[ast.expr | ast.keyword], Range]
    names: Names
    wanted: AbstractSet[str]
    """The names of the functions whose calls are looked for."""
    found: list[Call]
    constants: dict[str, Value]
    """The values of the constants that were asked for so far."""
    left: Iterator[int]
    """Has one for each value that may yet be copied."""
    blocks: Iterator[int]
    """The numbers of the blocks to come."""
    evaluate: Mapping[type[ast.AST], "Callable[[Any, Scope], Value]"]
    """The functions that evaluate expressions, by the type of their nodes."""
    anything: "Callable[[ast.AST, Scope], Value]"
    """The function for all other nodes."""


class Scope:
    """A scope that is followed: what its names stand for at the statement that has been reached."""

    __slots__ = ("assigned", "block", "bound", "following", "outer", "values")

    def __init__(self, following: Following, bound: Counter[str], outer: tuple[Counter[str], ...] = ()) -> None:
        self.following = following
        self.bound = bound
        """How often each name is bound in it."""
        self.outer = outer
        """The same of the functions around it."""
        self.values: dict[str, Value] = {}
        self.block: Block = ()
        self.assigned: list[dict[str, Value | None]] = [{}]
        """The names that are bound in each of the blocks around the statement, with what they stood for before."""

    def value(self, node: ast.AST) -> Value:
        """Return the value of an expression. What it does is done: calls are found, dictionaries are changed.

        Raises TooMany if there are too many values, and RecursionError.
        """
        evaluate = self.following.evaluate.get(type(node), self.following.anything)
        return evaluate(node, self)

    def at(self, node: ast.AST) -> Range:
        """Return where an expression is written."""
        return self.following.range_of(node) if isinstance(node, (ast.expr, ast.keyword)) else (0, 0)

    def spend(self, copied: Value) -> None:
        """Count the entries of a value that is copied. Raises TooMany if there are too many."""
        for _ in copied.entries if isinstance(copied, Collection) else ():
            if next(self.following.left, None) is None:
                raise TooMany

    def merge(self, into: Collection, other: Value) -> None:
        """Add the members of a value to a dictionary."""
        self.spend(other)
        into.merge(other, self.block)

    def extend(self, into: Collection, other: Value) -> None:
        """Add the items of a value to a list."""
        self.spend(other)
        if not isinstance(other, Collection) or not other.is_list or other.is_lost:
            lose(other)
            into.is_open = True
            return
        into.is_open = into.is_open or other.is_open
        for entry in list(other.entries.values()):
            into.append(entry, self.block)

    def bind(self, name: str, value: Value) -> None:
        """Let a name stand for a value."""
        is_shared = isinstance(value, Collection) and name in self.following.names.shared
        is_doubtful = is_shared or name in self.following.code.doubtful
        if is_doubtful:
            lose(value)
        self.assigned[-1].setdefault(name, self.values.get(name))
        self.values[name] = Unknown(value.where) if is_doubtful else value

    def forget(self, name: str, *earlier: Value | None) -> None:
        """Note that a name may stand for its value, or for one of `earlier`: whichever it is may change by it."""
        for value in (self.values.get(name), *earlier):
            if value is not None:
                lose(value)
        self.bind(name, Unknown((0, 0)))

    def lookup(self, name: str, where: Range) -> Value:
        """Return what a name stands for where it is used."""
        found = self.values.get(name)
        if found is None and name not in self.bound and not any(name in bound for bound in self.outer):
            found = _constant(name, self.following)
        return found if isinstance(found, (Scalar, Collection)) else Unknown(where, found.type if found else None)


def _constant(name: str, following: Following) -> Value | None:
    """Return the value of a name that is bound once, outside of functions; None if it has none that is known."""
    names, constants = following.names, following.constants
    if name not in names.constants or name in following.code.doubtful:
        return None
    if name not in constants:
        node = names.constants[name]
        constants[name] = Unknown(following.range_of(node))  # if it is asked for again until then
        if _is_literal(node):
            before = len(following.found)
            constants[name] = Scope(following, Counter()).value(node)
            del following.found[before:]  # they are found where the statement is
    found = constants[name]
    if isinstance(found, Scalar):
        return found if found.value not in (None, "") else None  # to be set by somebody else
    return None if name in names.shared or name in names.used else found


def _is_literal(node: ast.expr) -> bool:
    return isinstance(node, (ast.Constant, ast.Dict, ast.List, ast.Tuple, ast.BinOp, ast.UnaryOp, ast.JoinedStr)) or (
        isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "dict"
    )
