"""The nodes of a YAML text as ruamel.yaml composes them for the CLI, within limits and with the ranges of aliases."""

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

from sm_lint.sources.reading import MAX_DEPTH, MAX_VALUES, USUAL_DEPTH, Problem
from sm_lint.sources.yaml.places import MERGE, Aliases

NULL = "tag:yaml.org,2002:null"


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
        """Restore the original pairs of the mappings with merge keys, after a construction."""
        for node, pairs in self.merging:
            node.value = list(pairs)
            node.merge = None


def loader() -> Any:
    """Return ruamel.yaml's loader as configured in the CLI, with a `Composition` as its `composer`."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Composer = Composition
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
    """Raise BeyondLimits if an alias occurs inside its own anchor, or if aliases expand to too many values."""
    sizes: dict[int, int] = {}

    def size(node: Any) -> int:
        known = sizes.get(id(node))
        if known is not None:
            return known
        sizes[id(node)] = 0  # marks a node whose size is being computed
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
    """Return the problem of a text with too many values; the limit is exceeded at the offset `at`."""
    return Problem("too-many-values", at, at + 1, parameters={"limit": f"{MAX_VALUES:,}"})
