"""The nodes of a YAML text, as ruamel.yaml composes them for the CLI, within limits and with the places of aliases."""

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from sm_lint.sources.reading import MAX_DEPTH, MAX_VALUES, USUAL_DEPTH, Problem
from sm_lint.sources.yaml.places import MERGE, Aliases

NULL = "tag:yaml.org,2002:null"


class BeyondLimits(Exception):  # noqa: N818 - the text may be flawless; it is not read on
    """The text is nested too deep or holds too many values."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


class Composition(Composer):
    """ruamel.yaml's composer. It refuses what the original refuses, or notes it in `problems` where it can go on."""

    def __init__(self, loader: Any = None) -> None:
        super().__init__(loader=loader)
        self.warn_double_anchors = False
        self.root: Any = None
        """The node of the first document; None of an empty text."""
        self.is_whole = False
        """Whether the text could be taken apart to its end."""
        self.version: Any = None
        """What the %YAML directive says: (1, 1) or (1, 2); None without one."""
        self.aliases: Aliases = {}
        self.problems: list[tuple[Problem, Any]] = []
        """Aliases without an anchor, and the null nodes that stand for them."""
        self.merging: list[tuple[Any, list[Any]]] = []
        """The mappings that have a merge key, each with its pairs: the construction moves them about."""
        self._level = 0
        self._count = 0

    def get_single_node(self) -> Any:
        """Return the node of the only document; raise BeyondLimits where aliases repeat too much."""
        root = super().get_single_node()
        self.is_whole = True
        check_aliases(self)
        return root

    def compose_document(self) -> Any:
        """Return the node of a document, and keep it even if a second one follows."""
        self.anchors = {}
        self.version = self.parser.get_event().version
        self.root = self.compose_node(None, None)
        self.parser.get_event()
        return self.root

    def compose_node(self, parent: Any, index: Any) -> Any:
        """Return a node, or the one that an alias stands for."""
        event = self.parser.peek_event()
        if isinstance(event, AliasEvent):
            return self._alias(event, parent, index)
        self._count += 1 + self._level // USUAL_DEPTH  # ruamel.yaml looks at all levels around each token
        if self._count > MAX_VALUES:
            raise BeyondLimits(too_many(event.start_mark.index))
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
        return node

    def _enter(self) -> None:
        self._level += 1
        if self._level > MAX_DEPTH:
            at = self.parser.peek_event().start_mark.index
            raise BeyondLimits(Problem("too-deep", at, at + 1))

    def restore(self) -> None:
        """Give the mappings with merge keys the pairs that are in the text, after a construction."""
        for node, pairs in self.merging:
            node.value = list(pairs)
            node.merge = None


def loader() -> Any:
    """Return ruamel.yaml's loader as the CLI makes it, with a `Composition` for its `composer`."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = Composition
    return yaml


def entries(node: Any) -> Iterator[tuple[int, bool, Any]]:
    """Yield the nodes of a collection: their place as in `Aliases`, whether they are a key, and themselves."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            yield id(key), True, key
            yield id(key), False, value
    elif isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            yield index, False, item


def check_aliases(composition: Composition) -> None:
    """Raise BeyondLimits where an alias stands inside its own anchor, or where aliases repeat too much."""
    sizes: dict[int, int] = {}

    def size(node: Any) -> int:
        known = sizes.get(id(node))
        if known is not None:
            return known
        sizes[id(node)] = 0  # of what is not yet counted: we are inside
        total = 1
        for place, is_key, child in entries(node):
            found = size(child)
            if not found:
                start, end = composition.aliases[id(node), place, is_key]
                raise BeyondLimits(Problem("yaml-self-reference", start, end))
            total += found
        sizes[id(node)] = total
        if total > MAX_VALUES:
            raise BeyondLimits(too_many(node.start_mark.index))
        return total

    if composition.aliases:
        size(composition.root)


def too_many(at: int) -> Problem:
    """Return the problem of a text that holds too many values; at `at` the limit is passed."""
    return Problem("too-many-values", at, at + 1, parameters={"limit": f"{MAX_VALUES:,}"})
