"""Reading of YAML nodes for which the CLI cannot construct a value: bad nodes are reported, the rest is read."""

from typing import Any, NamedTuple

from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.tag import Tag

from sm_lint.model.pointer import Pointer
from sm_lint.sources.limits import MAX_DIGITS
from sm_lint.sources.reading import UNREAD, Problem, Reading, step_of
from sm_lint.sources.yaml.nodes import NULL, Composition
from sm_lint.sources.yaml.places import MERGE, Range, extent

_TAGS = "tag:yaml.org,2002:"
_KINDS = {
    "timestamp": "not a valid date",
    "int": "not an integer",
    "float": "not a number",
    "bool": "not a boolean",
    "binary": "not base64",
}
_COLLECTIONS = {MappingNode: "map", SequenceNode: "seq"}


class _Survey(NamedTuple):
    text: str
    constructor: Any
    unread: set[int]
    """The ids of the scalars whose value is unknown, initially those of undefined aliases."""
    problems: list[Problem]
    unknown: list[Pointer]
    seen: set[int]
    extents: dict[int, Range]
    """The ranges of the keys, by the id of their node: a mapping is visited again for each of its aliases."""


def survey(text: str, yaml: Any, unknown_offsets: list[int]) -> Reading:
    """Return the Reading of the nodes that `yaml` composed. Nodes without a value are reported and replaced.

    `unknown_offsets` are the offsets of scalars whose value is unknown after repairs. The Reading has no `places`.
    """
    composition: Composition = yaml.composer
    composition.restore()
    # The loader resets the version at the end.
    yaml.scanner.yaml_version = composition.version
    state = _Survey(text, yaml.constructor, set(), [], [], set(), {})
    for problem, node in composition.problems:
        state.problems.append(problem)
        state.unread.add(id(node))
    if composition.root is not None:
        _forget(yaml.constructor)
        _visit(state, composition.root, (), unknown_offsets)
    composition.merging = [(node, list(node.value)) for node, _ in composition.merging]
    try:
        _forget(yaml.constructor)
        value = None if composition.root is None else yaml.constructor.construct_document(composition.root)
    except Exception as error:  # noqa: BLE001 - ruamel.yaml's constructors may raise anything
        parameters = {"found": str(error).strip() or type(error).__name__}
        return Reading(UNREAD, [*state.problems, Problem("yaml-syntax", 0, 0, parameters=parameters)])
    finally:
        composition.restore()
    return Reading(value, state.problems, unknown=tuple(state.unknown))


def _forget(constructor: Any) -> None:
    """Reset a constructor that an exception has interrupted."""
    constructor.constructed_objects = {}
    constructor.recursive_objects = {}
    constructor.state_generators = []
    constructor.deep_construct = False


def _visit(state: _Survey, node: Any, pointer: Pointer, unknown_offsets: list[int]) -> None:
    is_new = id(node) not in state.seen
    state.seen.add(id(node))
    if isinstance(node, ScalarNode):
        _scalar(state, node, pointer, unknown_offsets, is_new=is_new)
        return
    if is_new:
        _collection_tag(state, node, pointer)
    if isinstance(node, SequenceNode):
        for index, item in enumerate(node.value):
            _visit(state, item, (*pointer, index), unknown_offsets)
    else:
        _mapping(state, node, pointer, unknown_offsets, is_new=is_new)


def _scalar(state: _Survey, node: Any, pointer: Pointer, unknown_offsets: list[int], *, is_new: bool) -> None:
    start, end = node.start_mark.index, node.end_mark.index
    if is_new and (id(node) in state.unread or any(start <= offset < end for offset in unknown_offsets)):
        _unread(state, node)
    elif is_new:
        try:
            state.constructor.construct_object(node)
        except Exception as error:  # noqa: BLE001 - as above
            problem = _bad_scalar(state, node, pointer, error)
            state.problems.append(problem)
            _unread(state, node, keep_text=problem.kind == "yaml-tag")
    if id(node) in state.unread:
        state.unknown.append(pointer)


def _unread(state: _Survey, node: Any, *, keep_text: bool = False) -> None:
    """Mark a scalar as unknown. Its substitute is null, or its text, for those who know what an unknown tag means."""
    state.unread.add(id(node))
    node.ctag, node.value = (Tag(suffix=f"{_TAGS}str"), node.value) if keep_text else (Tag(suffix=NULL), "")


def _bad_scalar(state: _Survey, node: Any, pointer: Pointer, error: Exception) -> Problem:
    start, end = extent(state.text, node)
    if not node.tag.startswith(_TAGS) or "could not determine a constructor" in str(error):
        if state.text[node.start_mark.index : start].strip() == "" and node.value == "=":
            parameters = {"value": "=", "found": "reserved in YAML 1.1"}
            return Problem("yaml-value", start, end, pointer, parameters)
        return _unknown_tag(state, node, pointer)
    found = _KINDS.get(node.tag[len(_TAGS) :], "not a value of its type")
    if isinstance(error, ValueError) and "digits" in str(error):
        found = f"more than {MAX_DIGITS:,} digits"
    value = state.text[start:end]
    shown = value if len(value) <= 60 else f"{value[:59]}…"
    return Problem("yaml-value", start, end, pointer, {"value": shown, "found": found})


def _unknown_tag(state: _Survey, node: Any, pointer: Pointer) -> Problem:
    begin = node.start_mark.index
    start = state.text.find("!", begin, max(node.end_mark.index, begin))
    start = begin if start < 0 else start
    end = start
    while end < len(state.text) and not state.text[end].isspace() and state.text[end] not in ",[]{}":
        end += 1
    return Problem("yaml-tag", start, end, pointer, {"found": state.text[start:end]})


def _collection_tag(state: _Survey, node: Any, pointer: Pointer) -> None:
    """Report a tag that a collection cannot have, and replace it by the tag of a mapping or list."""
    own = _COLLECTIONS[type(node)]
    tag = node.tag.removeprefix(_TAGS)
    fits = {"map": ("map", "set"), "seq": ("seq", "omap", "pairs")}[own]
    if tag in fits and (tag == "seq" or own == "map" or _are_pairs(node)):
        return
    state.problems.append(_unknown_tag(state, node, pointer))
    node.ctag = Tag(suffix=_TAGS + own)


def _are_pairs(node: Any) -> bool:
    """Return whether the items of a list are mappings with one member, as !!omap and !!pairs require."""
    return all(isinstance(item, MappingNode) and len(item.value) == 1 for item in node.value)


def _mapping(state: _Survey, node: Any, pointer: Pointer, unknown_offsets: list[int], *, is_new: bool) -> None:
    merges = [pair for pair in node.value if pair[0].tag == MERGE]
    kept = _merges(state, merges, pointer, unknown_offsets)
    # ruamel.yaml accepts repeated keys in a mapping whose merge key adds members.
    is_lenient = any(source.value for _, value in kept for source in _sources(value) or ())
    earlier: dict[Any, Range] = {}
    for key_node, value_node in node.value:
        if key_node.tag == MERGE:
            continue
        key, place = _key(state, key_node, pointer), _extent(state, key_node)
        if key is UNREAD:  # the member is kept, under the key as written
            key = state.text[slice(*place)]
            written = ScalarNode(Tag(suffix=f"{_TAGS}str"), key, key_node.start_mark, key_node.end_mark)
            kept.append((written, value_node))
            state.unknown.append((*pointer, key))
            _visit(state, value_node, (*pointer, key), unknown_offsets)
            continue
        route = (*pointer, step_of(key))
        if any(place[0] <= offset < place[1] for offset in unknown_offsets):
            state.unknown.append(route)
        if key in earlier and not is_lenient:
            state.problems.append(_repeated(place, route, earlier[key]))
            continue
        earlier.setdefault(key, place)
        kept.append((key_node, value_node))
        _visit(state, value_node, route, unknown_offsets)
    if is_new:
        node.value = kept


def _merges(state: _Survey, pairs: list[Any], pointer: Pointer, unknown_offsets: list[int]) -> list[Any]:
    """Return the first merge key with its value, in a list, if the value is valid. Report all other merge keys."""
    kept: list[Any] = []
    first: Range | None = None
    for key_node, value_node in pairs:
        place = _extent(state, key_node)
        sources = _sources(value_node)
        if first:
            state.problems.append(_repeated(place, (*pointer, "<<"), first))
        elif sources is None:
            parameters = {
                "found": "merge key `<<` without a mapping",
                "advice": "Give `<<` an alias of a mapping, or a list of such aliases.",
            }
            state.problems.append(Problem("yaml-syntax", *place, pointer, parameters))
        else:
            kept.append((key_node, value_node))
            for source in sources:
                _visit(state, source, pointer, unknown_offsets)
        first = first or place
    return kept


def _extent(state: _Survey, node: Any) -> Range:
    if id(node) not in state.extents:
        state.extents[id(node)] = extent(state.text, node)
    return state.extents[id(node)]


def _repeated(place: Range, pointer: Pointer, earlier: Range) -> Problem:
    related = (("first occurrence", *earlier),)
    return Problem("yaml-repeated-key", *place, pointer, {"member": str(pointer[-1])}, related)


def _sources(node: Any) -> list[Any] | None:
    """Return the mappings in the value of a merge key; None if it contains anything else."""
    if isinstance(node, MappingNode):
        return [node]
    if isinstance(node, SequenceNode) and all(isinstance(item, MappingNode) for item in node.value):
        return list(node.value)
    return None


def _key(state: _Survey, node: Any, pointer: Pointer) -> Any:
    """Return a key as ruamel.yaml constructs it. If it cannot, report that and return UNREAD."""
    if node.tag == f"{_TAGS}value":  # a plain `=` is an ordinary key
        node.ctag = Tag(suffix=f"{_TAGS}str")
    start, end = _extent(state, node)
    try:
        key = state.constructor.construct_object(node, deep=True)
        key = tuple(key) if isinstance(key, list) else key
        hash(key)
    except Exception as error:  # noqa: BLE001 - as above
        if isinstance(node, ScalarNode):
            state.problems.append(_bad_scalar(state, node, pointer, error))
        else:
            parameters = {"found": "an object" if isinstance(node, MappingNode) else "a list"}
            state.problems.append(Problem("yaml-key", start, end, pointer, parameters))
        _forget(state.constructor)
        return UNREAD
    return key
