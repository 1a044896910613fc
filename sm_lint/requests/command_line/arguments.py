"""What the AWS CLI makes of the words after `aws sagemaker create-model-package`."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sm_lint.model.pointer import Pointer
from sm_lint.requests.command_line import notes as noted
from sm_lint.requests.command_line.files import Read
from sm_lint.requests.command_line.inputs import members_of_input
from sm_lint.requests.command_line.known_options import GLOBAL, INPUTS, SKELETON, members_by_option, of_operation
from sm_lint.requests.command_line.leftovers import leftovers
from sm_lint.requests.command_line.notes import File, Notes
from sm_lint.requests.command_line.options import Found, Given, Options, find
from sm_lint.requests.command_line.split_items import split_items
from sm_lint.requests.command_line.values import REFUSALS, value_of
from sm_lint.requests.command_line.words import Word
from sm_lint.requests.shapes import Shapes
from sm_lint.sources.reading import Node, Problem


class Arguments(NamedTuple):
    """The request that a command sends, as far as the command itself tells."""

    value: dict[str, Any]
    """The members that options give, and those of JSON or YAML after `--cli-input-json` or `--cli-input-yaml`."""
    root: Node
    """The node of the command. Its children are named as the options, such as `--tags`."""
    unknown: Mapping[Pointer, str | None]
    """The pointers of unknown values, each with its JSON Schema type if that is known."""
    optional: frozenset[Pointer]
    """The pointers of what may be absent."""
    open: frozenset[Pointer]
    """The pointers of objects and lists that may have more; the empty one if options or members may be missing."""
    names: Mapping[Pointer, str | int | None]
    """The option of each member that an option gives, by its pointer."""
    given: frozenset[str]
    """The members that options give."""
    settings: Mapping[str, Given]
    """The options of all commands, such as `--region`, by name."""
    files: tuple[File, ...]
    problems: tuple[Problem, ...]
    """What is wrong with the words, with pointers and offsets of the command."""
    may_have_more: bool = False
    """Whether the words may give options that are not known."""
    asks_for: str | None = None
    """`help`, `version` or `skeleton`, if the command prints that and sends nothing."""

    @property
    def is_refused(self) -> bool:
        """Whether the AWS CLI sends nothing because of an error."""
        return any(problem.kind in REFUSALS for problem in self.problems)


def arguments(words: Sequence[Word], shapes: Shapes, read: Read) -> Arguments:
    """Return what the AWS CLI makes of the words after `create-model-package`. Nothing is raised.

    `read(path)` returns the content of a file that the words name, None if it cannot be told. Options of all commands
    are taken first, wherever they stand, so that `--tags A --region R B` has two tags.
    """
    members, notes = members_by_option(shapes), noted.empty()
    options = of_operation(shapes, members)
    of_all, own = _found(words, options)
    settings = {given.option.name: given for given in of_all.given}
    last = {members.get(given.option.name, given.option.name): given for given in own.given}
    notes.problems.extend(of_all.problems + own.problems + _repeated(of_all.given, {}) + _repeated(own.given, members))
    left = leftovers(own.rest, words, [*of_all.given, *own.given], {**GLOBAL, **options}, notes)
    value, root = _members(last, left.cut, shapes, read, notes)
    names: dict[Pointer, str | int | None] = {(member,): last[member].option.name for member in value}
    may_have_more = () in notes.open
    _add_input([last[name] for name in INPUTS if name in last], value, root, notes)
    return Arguments(
        value=value,
        root=_around(root, words),
        unknown=notes.unknown,
        optional=frozenset(notes.optional),
        open=frozenset(notes.open),
        names=names,
        given=frozenset(name[0] for name in names if isinstance(name[0], str)),
        settings=settings,
        files=tuple(notes.files),
        problems=tuple(_in_the_command(problem, names) for problem in notes.problems),
        may_have_more=may_have_more,
        asks_for="help" if left.asks_for_help else "version" if "--version" in settings else _skeleton(last),
    )


def _found(words: Sequence[Word], options: Options) -> tuple[Found, Found]:
    """Return the options of all commands that were found, and those of create-model-package in the other words."""
    of_all = find(words, GLOBAL)
    rest = of_all.rest[1:] if of_all.rest and of_all.rest[0].text == "--" else of_all.rest
    own = find(rest, options)
    reported = {problem.start for problem in of_all.problems}  # a short abbreviation is ambiguous among either
    return of_all, own._replace(problems=[problem for problem in own.problems if problem.start not in reported])


def _members(
    last: Mapping[str, Given], cut: frozenset[int], shapes: Shapes, read: Read, notes: Notes
) -> tuple[dict[str, Any], Node]:
    """Return the values that options give by member, and a root node with theirs.

    Words that are `cut` may be only the beginning of JSON or of shorthand. Then nothing is said of them.
    """
    value: dict[str, Any] = {}
    root = Node(0, 0, None, collection=True)
    children = root.children = {}
    for member in shapes.members:
        given = last.get(member)
        if given:
            reported = len(notes.problems)
            value[member], children[given.option.name] = value_of(given, member, shapes, read, notes)
            if given.values and given.values[-1].start in cut and len(notes.problems) > reported:
                del notes.problems[reported:]
                notes.unknown[(member,)] = None
            elif not given.values and given.word.start in cut:
                notes.unknown[(member,)] = None  # `--certify-for-marketplace false`
            notes.problems.extend(split_items(given, value[member], member, shapes))
    return value, root


def _add_input(given: list[Given], value: dict[str, Any], root: Node, notes: Notes) -> None:
    """Add what `--cli-input-json` or `--cli-input-yaml` gives to the members that no option gives."""
    if len(given) > 1:
        word = given[1].word
        parameters = {"found": "`--cli-input-json` beside `--cli-input-yaml`", "advice": "Remove one of them."}
        notes.problems.append(Problem("two-inputs", word.start, word.end, parameters=parameters))
        notes.open.add(())
    for one in given[:1] if len(given) == 1 else ():
        members, node = members_of_input(one, frozenset(value), notes)
        for member, content in members.items():
            value[member] = content
            child = (node.children or {}).get(member)
            if child is not None and root.children is not None:
                root.children[member] = child


def _repeated(given: list[Given], members: Mapping[str, str]) -> list[Problem]:
    """Return a problem for each option that is given again, which replaces what was given before."""
    found = []
    earlier: dict[str, Given] = {}
    for one in given:
        name = one.option.name
        member = members.get(name, name)
        if member in earlier:
            before = earlier[member].word
            what = f"`{name}` twice" if earlier[member].option.name == name else f"`{name}` beside its contrary"
            advice = "Remove one of them." if one.option.takes != "any" else f"Write all items after one `{name}`."
            parameters = {"member": name, "found": f"{what}, of which the last one counts", "advice": advice}
            related = (("earlier option, which is ignored", before.start, before.end),)
            place = one.word.start, one.word.end
            found.append(Problem("repeated-option", *place, (member,), parameters=parameters, related=related))
        earlier[member] = one
    return found


def _skeleton(last: Mapping[str, Given]) -> str | None:
    given = last.get(SKELETON)
    return "skeleton" if given and not any(word.text == "output" or word.unknown for word in given.values) else None


def _around(root: Node, words: Sequence[Word]) -> Node:
    root.start, root.end = (words[0].start, words[-1].end) if words else (0, 0)
    return root


def _in_the_command(problem: Problem, names: Mapping[Pointer, str | int | None]) -> Problem:
    """Return a problem with its pointer in the command; an option that gives no member has none."""
    first = problem.pointer[:1]
    if first and str(first[0]).startswith("--"):
        return problem._replace(pointer=())
    name = names.get(first)
    return problem if name is None else problem._replace(pointer=(name, *problem.pointer[1:]))
