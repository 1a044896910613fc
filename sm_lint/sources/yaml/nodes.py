"""The nodes of a YAML text as ruamel.yaml composes them for the CLI, within limits and with the ranges of aliases."""

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from sm_lint.sources.limits import MAX_CHARACTERS, MAX_DEPTH, MAX_DIGITS, MAX_VALUES, USUAL_DEPTH
from sm_lint.sources.reading import CHARACTERS, VALUES, Problem, too_many
from sm_lint.sources.yaml.places import MERGE, Aliases

NULL = "tag:yaml.org,2002:null"
_INT, _FLOAT = "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"
_LONG = 18
"""The number of characters above which an integer may exceed 64 bits, so that its hash can be chosen."""
_MAX_LONG_KEYS = 100


class BeyondLimits(Exception):  # noqa: N818 - the text may be valid
    """The text is nested too deeply, has too many values, or has an alias inside its own anchor."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class Composition(Composer):
    """ruamel.yaml's composer, which checks the limits, and continues after undefined aliases, listed in `problems`."""

    def __init__(self, loader: Any = None) -> None:
        super().__init__(loader=loader)
        self.warn_double_anchors = False
        self.root: Any = None
        """The node of the first document; None of an empty text."""
        self.is_whole = False
        """Whether the text was composed to its end."""
        self.version: Any = None
        """The version in the %YAML directive, (1, 1) or (1, 2); None without a directive."""
        self.aliases: Aliases = {}
        self.problems: list[tuple[Problem, Any]] = []
        """The problem of each alias without an anchor, and the null node that replaces the alias."""
        self.merging: list[tuple[Any, list[Any]]] = []
        """The mappings with a merge key, each with its original pairs, because construction rearranges them."""
        self._level = 0
        self._count = 0
        self._long_keys = 0

    def get_single_node(self) -> Any:
        """Return the node of the only document. Raises BeyondLimits if aliases expand to too many values."""
        root = super().get_single_node()
        self.is_whole = True
        check_aliases(self)
        return root

    def compose_document(self) -> Any:
        """Return the node of a document, and keep it in `root` even if a second document follows."""
        self.anchors = {}
        self.version = self.parser.get_event().version
        self.root = self.compose_node(None, None)
        self.parser.get_event()
        return self.root

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return the next node; for an alias, the node that it refers to."""
        event = self.parser.peek_event()
        if isinstance(event, AliasEvent):
            return self._alias(event, parent, index)
        self._count += 1 + self._level // USUAL_DEPTH  # ruamel.yaml inspects all enclosing levels for each token
        if self._count > MAX_VALUES:
            raise BeyondLimits(too_many(VALUES, event.start_mark.index))
        return super().compose_node(parent, index)

    def _alias(self, event: Any, parent: Any, index: Any) -> Any:
        start, end = event.start_mark.index, event.end_mark.index
        if event.anchor in self.anchors:
            node = super().compose_node(parent, index)
            place = index if isinstance(index, int) else id(index or node)
            self.aliases[id(parent), place, index is None] = start, end
            return node
        self.parser.get_event()
        node = ScalarNode(self.resolver.resolve(ScalarNode, "", (True, False)), "", event.start_mark, event.end_mark)
        self.problems.append(
            (Problem("yaml-undefined-alias", start, end, parameters={"found": str(event.anchor)}), node)
        )
        return node

    def compose_sequence_node(self, anchor: Any) -> Any:
        """Return the node of a sequence."""
        self._enter()
        node = super().compose_sequence_node(anchor)
        self._level -= 1
        return node

    def compose_mapping_node(self, anchor: Any) -> Any:
        """Return the node of a mapping."""
        self._enter()
        node = super().compose_mapping_node(anchor)
        self._level -= 1
        if any(key.tag == MERGE for key, _ in node.value):
            self.merging.append((node, list(node.value)))
        self._long_keys += sum(key.tag == _INT and len(key.value) > _LONG for key, _ in node.value)
        if self._long_keys > _MAX_LONG_KEYS:
            raise BeyondLimits(too_many(f"{_MAX_LONG_KEYS} long integers as keys", node.start_mark.index))
        return node

    def _enter(self) -> None:
        self._level += 1
        if self._level > MAX_DEPTH:
            at = self.parser.peek_event().start_mark.index
            raise BeyondLimits(Problem("too-deep", at, at + 1))

    def restore(self) -> None:
        """Restore the original pairs of the mappings with merge keys, after a construction."""
        for node, pairs in self.merging:
            node.value = list(pairs)
            node.merge = None


class _Construction(SafeConstructor):
    """ruamel.yaml's constructor, which refuses long numbers of base 60 (`1:59:59`): their time would be quadratic."""

    def construct_yaml_int(self, node: Any) -> int:
        """Return an integer. Raises ValueError if it is too long."""
        _check_length(node)
        return int(super().construct_yaml_int(node))

    def construct_yaml_float(self, node: Any) -> float:
        """Return a number. Raises ValueError if it is too long."""
        _check_length(node)
        return float(super().construct_yaml_float(node))


_Construction.add_constructor(_INT, _Construction.construct_yaml_int)
_Construction.add_constructor(_FLOAT, _Construction.construct_yaml_float)


def _check_length(node: Any) -> None:
    if len(node.value) > MAX_DIGITS and ":" in node.value:
        raise ValueError(f"more than {MAX_DIGITS} digits")


def loader() -> Any:
    """Return ruamel.yaml's loader as configured in the CLI, with a `Composition` as its `composer`."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = Composition
    yaml.Constructor = _Construction
    return yaml


def entries(node: Any) -> Iterator[tuple[int, bool, Any]]:
    """Yield `(place, is_key, node)` for each node in a collection, where `place` is as in `Aliases`."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield id(key), True, key
            yield id(key), False, value
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            yield index, False, item


def check_aliases(composition: Composition) -> None:
    """Raise BeyondLimits if an alias occurs inside its own anchor, or if aliases expand to too much."""
    if composition.aliases:
        _size(composition, composition.root, {})


def _size(composition: Composition, node: Any, sizes: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Return the number of values in a node and of their characters; (0, 0) while they are being counted.

    `sizes` has the results so far, by the id of the node.
    """
    if id(node) in sizes:
        return sizes[id(node)]
    sizes[id(node)] = 0, 0
    values, characters = 1, len(node.value) if isinstance(node, ScalarNode) else 0
    for place, is_key, child in entries(node):
        more, longer = _size(composition, child, sizes)
        if not more:
            start, end = composition.aliases[id(node), place, is_key]
            raise BeyondLimits(Problem("yaml-self-reference", start, end))
        values, characters = values + more, characters + longer
    sizes[id(node)] = values, characters
    if values > MAX_VALUES or characters > MAX_CHARACTERS:
        raise BeyondLimits(too_many(VALUES if values > MAX_VALUES else CHARACTERS, node.start_mark.index))
    return values, characters
