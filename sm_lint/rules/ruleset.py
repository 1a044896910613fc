"""A rule set: rules folded into one compiled schema, which decides whether a request is clean.

jsonschema-rs compiles the schema, so a clean request takes microseconds. Violations are listed only if a request is not
clean.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Any

import jiter

from sm_lint.model import data
from sm_lint.rules.gate import acceptor
from sm_lint.rules.shapes import OPERATION, name_of, root_of
from sm_lint.rules.usual import usual

if TYPE_CHECKING:
    from sm_lint.model.rule import Rule, Words
    from sm_lint.requests.shapes import Shapes
    from sm_lint.rules.demands import Demand
    from sm_lint.rules.evaluator import Evaluator
    from sm_lint.rules.violation import Violation

FOLDED = f"{OPERATION}.folded"
"""The name of the file in schemas/ that has the built-in rules folded in."""
_LONGEST_KEPT = 100_000
"""The number of characters up to which results about a string are kept. No string that the API accepts is longer."""
_MOST_PATHS = 256
"""The number of paths to objects for which it is kept what the rules say. The API model has fewer."""


class RuleSet:
    """The built-in rules, alone or with a team's custom rules. It is created once and passed to whoever needs it.

    What it says never changes, and it caches only what is derived from its schemas, so threads may share it.
    """

    def __init__(
        self,
        folded: Mapping[str, Any] | None = None,
        embedded: Mapping[str, Mapping[str, Any]] = {},
        tables: Mapping[str, dict[str, Any]] = {},
    ) -> None:
        """Initialize with a folded schema (default: the built-in one); `embedded` replaces embedded schemas by name.

        `tables` has the tables of custom rules by code, with the requests of their cases: their files may change.
        """
        self._given = folded
        self._are_many = False
        self._tables = tables
        self._embedded = {name: EmbeddedSchema(schema) for name, schema in embedded.items()}
        self._rules: dict[str, Rule] = {}
        self._words: dict[str, Words] = {}
        self._keywords: dict[str, list[dict[str, Any]]] = {}

    @cached_property
    def folded(self) -> Mapping[str, Any]:
        """The shapes of the request with the rules folded in. It must not be modified."""
        if self._given is not None:
            return self._given
        schema: dict[str, Any] = jiter.from_json(data.schema(FOLDED))
        return schema

    @cached_property
    def _with_advice(self) -> Mapping[str, Any]:
        """The folded schema including the rules of severity info. It is separate because most runs do not use them."""
        from copy import deepcopy

        schema = deepcopy(dict(self.folded))
        for definition in schema["definitions"].values():
            if "x-advice" in definition:
                definition["allOf"] = definition.get("allOf", []) + definition.pop("x-advice")
        return schema

    @property
    def catalog(self) -> Mapping[str, tuple[str, str]]:
        """The name and the default severity of each rule, by code."""
        known: Mapping[str, tuple[str, str]] = self.folded["x-sm-lint"]["rules"]
        return known

    @property
    def problems(self) -> Mapping[str, str]:
        """The code of the rule that explains each kind of problem in a text or in a suppression."""
        known: Mapping[str, str] = self.folded["x-sm-lint"]["problems"]
        return known

    @property
    def doubtful(self) -> Mapping[str, list[str]]:
        """The members whose presence is in doubt while a rule is broken, by the code of the rule."""
        known: Mapping[str, list[str]] = self.folded["x-sm-lint"]["doubtful"]
        return known

    @property
    def model(self) -> Mapping[str, str]:
        """The API model that the shapes come from: its `operation`, `source` and `date`."""
        model: Mapping[str, str] = self.folded["x-model"]
        return model

    @cached_property
    def shapes(self) -> "Shapes":
        """The shapes of the request, as those who read requests need them."""
        from sm_lint.requests.shapes import Shapes  # imported lazily: most requests are clean, and not read so far

        return Shapes(self.folded["definitions"], root_of(self.folded))

    @property
    def members(self) -> AbstractSet[str]:
        """The members of the request, in the order of the API model."""
        return self.shapes.members

    @cached_property
    def every_member(self) -> AbstractSet[str]:
        """The names of the members of all objects in a request."""
        return frozenset(name for shape in self.folded["definitions"].values() for name in shape.get("properties", ()))

    @cached_property
    def maps(self) -> AbstractSet[str]:
        """The members that are maps, whose keys the user chooses."""
        definitions: Mapping[str, Any] = self.folded["definitions"]
        members = ((name, of) for shape in definitions.values() for name, of in shape.get("properties", {}).items())
        return {name for name, of in members if "additionalProperties" in _without_members(definitions, of)}

    @cached_property
    def selectors(self) -> Mapping[str, str]:
        """The code prefix of each selector: ALL, prefixes, codes, names and categories."""
        from sm_lint.model.rule import CATEGORIES

        prefixes = {code[:end]: code[:end] for code in self.catalog for end in range(2, len(code) + 1)}
        names = {name: code for code, (name, _) in self.catalog.items()}
        categories = {category: prefix for prefix, category in CATEGORIES.items()}
        return {"ALL": "", **prefixes, **names, **categories}

    def path(self, code: str) -> str:
        """Return the path of a rule's file."""
        custom: str | None = self.folded["x-sm-lint"].get("files", {}).get(code)
        return custom or os.path.join(data.RULES, f"{code}-{self.catalog[code][0]}.toml")

    def words(self, code: str) -> "Words":
        """Return what a finding of a rule says. No rule file is read for a built-in rule: that takes longer."""
        if code not in self._words:
            from sm_lint.model.rule import words_of

            known = None if code in self._tables else self._built_in_words.get(code)
            self._words[code] = words_of(known or self.rule(code)._asdict())
        return self._words[code]

    @cached_property
    def _built_in_words(self) -> Mapping[str, Mapping[str, Any]]:
        words: dict[str, Any] = jiter.from_json(data.words())
        return words

    def rule(self, code: str) -> "Rule":
        """Return a rule, read from its file on first use. Each of its cases has its request as `payload`."""
        if code not in self._rules:
            self._rules[code] = self._read(code)
        return self._rules[code]

    def _read(self, code: str) -> "Rule":
        from sm_lint.model.rule import as_tuple, rule_of
        from sm_lint.rules.rule_file import load, with_requests

        table = self._tables.get(code) or with_requests(load(self.path(code))).table
        general = next((self._general[key] for key in as_tuple(table.get("keyword")) if key in self._general), code)
        return rule_of(table, None if general == code else self._tables.get(general) or load(self.path(general)).table)

    @cached_property
    def _general(self) -> Mapping[str, str]:
        """The code of the general rule for each keyword: the one without a restriction to shapes or members."""
        entries = self.folded["x-sm-lint"]["keywords"]
        general = [entry for entry in entries if entry.keys() == {"rule", "keyword"}]
        return {keyword: entry["rule"] for entry in general for keyword in entry["keyword"]}

    def acceptor(self, *, advice: bool) -> Callable[[Any], bool]:
        """Return `accepts(value)`: whether a value certainly meets the schema.

        `advice` includes the rules of severity info. A value that the engine refuses (a date, a lone surrogate, a huge
        integer) does not meet the schema.
        """
        return self._accepts_with_advice if advice else self._accepts

    def expect_many(self) -> None:
        """Compile the schema for all that requests may have when there is the first one, because many are to come."""
        self._are_many = True

    def violations(self, value: Any, *, advice: bool) -> "Iterator[Violation]":
        """Yield a violation for each constraint that a value breaks. The value must be JSON throughout."""
        return (self._advising_evaluator if advice else self._evaluator).violations(value)

    def meets(self, value: Any, condition: Mapping[str, Any]) -> bool:
        """Return whether a value meets a JSON Schema, which may refer to the shapes."""
        return self._evaluator.meets(value, condition)

    @cached_property
    def demands(self) -> "Callable[[tuple[str, ...]], list[Demand]]":
        """Returns what the rules say about the members of the object at a path, as `demands_of` does."""
        from sm_lint.rules.demands import demands_of

        return lru_cache(maxsize=_MOST_PATHS)(partial(demands_of, self.folded))

    @cached_property
    def _evaluator(self) -> "Evaluator":
        return _evaluator(self.folded, self._usual, "x-rule")

    @cached_property
    def _advising_evaluator(self) -> "Evaluator":
        return _evaluator(self._with_advice, self._usual_with_advice, "x-rule")

    def explaining(self, keyword: str) -> list[dict[str, Any]]:
        """Return the index entries of the rules that explain a keyword of the shapes, sorted by code."""
        if keyword not in self._keywords:
            entries = self.folded["x-sm-lint"]["keywords"]
            self._keywords[keyword] = [entry for entry in entries if keyword in entry["keyword"]]
        return self._keywords[keyword]

    def embedded(self, name: str) -> "EmbeddedSchema":
        """Return the schema of that name for embedded JSON."""
        if name not in self._embedded:
            self._embedded[name] = EmbeddedSchema(jiter.from_json(data.schema(f"{name}.schema")))
        return self._embedded[name]

    @cached_property
    def _accepts(self) -> Callable[[Any], bool]:
        return acceptor(self.folded, self._usual, lambda: self._are_many, lambda: "_evaluator" in self.__dict__)

    @cached_property
    def _accepts_with_advice(self) -> Callable[[Any], bool]:
        return acceptor(
            self._with_advice,
            self._usual_with_advice,
            lambda: self._are_many,
            lambda: "_advising_evaluator" in self.__dict__,
        )

    @cached_property
    def _usual(self) -> Mapping[str, Any]:
        """A schema that most requests meet, and that is met by none that do not meet the folded one."""
        return usual(self.folded) if self._given is None else self.folded  # changed rules may ask for more

    @cached_property
    def _usual_with_advice(self) -> Mapping[str, Any]:
        return usual(self._with_advice) if self._given is None else self._with_advice


class EmbeddedSchema:
    """A schema of schemas/ for the JSON embedded in a string of the request. It is compiled on first use."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self._kept: Callable[..., Any] = lru_cache(maxsize=8)(_call)

    def cached(self, function: Callable[..., Any], text: str, *arguments: Any) -> Any:
        """Return `function(text, *arguments)`, and keep the result: editors lint a string again."""
        return (self._kept if len(text) <= _LONGEST_KEPT else _call)(function, text, *arguments)

    def accepts(self, value: Any) -> bool:
        """Return whether a value that was read from JSON breaks no constraint. This is the fast path."""
        try:
            return bool(self._validator.is_valid(value))
        except ValueError:  # as in `RuleSet.acceptor`
            return False

    def violations(self, value: Any) -> "Iterator[Violation]":
        """Yield a violation for each constraint that a value breaks; `rule` is the `x-kind` of the schema there."""
        return self._evaluator.violations(value)

    @cached_property
    def _validator(self) -> Any:
        from sm_lint.model.validator import compiled

        return compiled(dict(self.document))

    @cached_property
    def _evaluator(self) -> "Evaluator":
        return _evaluator(self.document, self.document, "x-kind")


def _evaluator(document: Mapping[str, Any], usual: Mapping[str, Any], mark: str) -> "Evaluator":
    from sm_lint.rules.evaluator import Evaluator  # imported lazily: a clean request is not evaluated

    return Evaluator(document, usual, mark)


def _call(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


def _without_members(definitions: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the shape that a schema refers to, if it is one without members."""
    shape: Mapping[str, Any] = definitions[name_of(schema)] if "$ref" in schema else schema
    return {} if "properties" in shape else shape
