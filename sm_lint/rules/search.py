"""Search of rules by words: those of a pasted error message, or of the rules' own texts."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from sm_lint.model.rule import Rule

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_NAME = re.compile(r"[A-Za-z0-9]+")
_BEFORE_THE_MESSAGE = re.compile(r"An error occurred \(\w+\) when calling the \w+ operation[^:]*:")
"""What the AWS CLI and SDKs print before each message of the service."""
_MUCH, _LITTLE = 2.0, 1.0
"""How much a word counts: in quotes, names, summaries and messages; in help and reasons."""
_WHOLE_QUOTE = 10.0
"""How much a quote counts, each of whose words is in the text."""
_LEAST = 0.3
"""How well a rule must fit, compared with the best one."""
_MOST = 20


def search(text: str, rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules that fit a text, the best first and at most 20.

    A rule fits the better, the more of the text's words it has, and the fewer rules have them. Words that no rule has,
    such as identifiers in a pasted message, do not matter; nor do case, plurals and the order of the words.
    """
    wanted = _words(_BEFORE_THE_MESSAGE.sub(" ", text))
    indexed = [(rule, _index(rule)) for rule in rules]
    numbers = Counter(word for _, index in indexed for word in index)
    rarity = {word: math.log(1 + len(indexed) / number) for word, number in numbers.items()}
    scored = [(_score(rule, index, wanted, rarity), rule) for rule, index in indexed]
    best = max((score for score, _ in scored), default=0.0)
    fitting = [(score, rule) for score, rule in scored if score > 0 and score >= _LEAST * best]
    return [rule for _, rule in sorted(fitting, key=lambda pair: (-pair[0], pair[1].code))][:_MOST]


def _score(rule: Rule, index: Mapping[str, float], wanted: set[str], rarity: Mapping[str, float]) -> float:
    words = sum(index[word] * rarity[word] for word in wanted if word in index)
    share = max((_share(quote.text, wanted, rarity) for quote in rule.quotes), default=0.0)
    return words * (1 + _WHOLE_QUOTE * share**3)


def _share(quote: str, wanted: set[str], rarity: Mapping[str, float]) -> float:
    """Return how much of a quote is in the text: 0 for nothing, 1 for all of its words."""
    words = _words(quote)
    return sum(rarity[word] for word in words if word in wanted) / (sum(rarity[word] for word in words) or 1)


def _index(rule: Rule) -> dict[str, float]:
    """Return the words of a rule with their weights."""
    little = (*rule.help, rule.why)
    much = (rule.code, rule.name, rule.summary, *rule.message, *(quote.text for quote in rule.quotes))
    return {word: weight for of, weight in ((little, _LITTLE), (much, _MUCH)) for text in of for word in _words(text)}


def _words(text: str) -> set[str]:
    """Return the words of a text in lower case and without the s of a plural: names whole, and their parts.

    Single letters and digits are none.

    >>> sorted(_words("ModelPackageName: tags"))
    ['model', 'modelpackagename', 'name', 'package', 'tag']
    """
    names = _NAME.findall(text)
    parts = [part for name in names for part in _WORD.findall(name)]
    return {word.lower().removesuffix("s") for word in (*names, *parts) if len(word) > 1}
