"""A rule: the content of one rule file."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sm_lint.model.severity import Severity

CATEGORIES = {
    "SM0": "reading",
    "SM1": "shape",
    "SM2": "identity",
    "SM3": "containers",
    "SM4": "model-data",
    "SM5": "validation",
    "SM6": "text",
    "SM7": "embedded",
    "SM8": "keys",
    "SM9": "sm-lint",
}
"""The categories: the code prefix and the name of each. Both select the category."""


def url(code: str, documentation: str | None) -> str | None:
    """Return the URL of a rule's page; None without a documentation, which custom rules are not part of.

    `documentation` is its base URL, with a trailing slash.

    >>> url("SM203", "https://docs.example/"), url("ACME001", "https://docs.example/"), url("SM203", None)
    ('https://docs.example/rules/SM203', None, None)
    """
    return f"{documentation}rules/{code}" if documentation and code[:3] in CATEGORIES else None


class Quote(NamedTuple):
    """What the service, or a program of AWS, has said of a request."""

    text: str
    """The words, on one line."""
    operation: str
    """The API operation that said it, such as CreateModelPackage, or the program, such as AWS CLI."""
    source: str
    """Where it can be read, usually a URL."""


class Words(NamedTuple):
    """What a finding of a rule says. rules/words.json has it for the built-in rules."""

    summary: str
    message: tuple[str, ...]
    """Templates; the first one whose placeholders all have a value is used."""
    help: tuple[str, ...]
    """Templates of the advice, used like those of `message`."""
    fix: Mapping[str, Any] | None
    """The key `safety` and one of `remove`, `set`, `rename`, `append` and `quote`."""


class Rule(NamedTuple):
    """The content of a rule file. schemas/rule.schema.json describes its keys."""

    code: str
    name: str
    severity: Severity
    evidence: str
    since: str
    summary: str
    message: tuple[str, ...]
    help: tuple[str, ...]
    """Both as in `Words`, and so is `fix`."""
    why: str
    references: tuple[str, ...]
    invalid: tuple[dict[str, Any], ...]
    valid: tuple[dict[str, Any], ...]
    condition: dict[str, Any]
    """The keys of one of three forms: `shape` with `when`, `then`, `doubtful`; `keyword` with `shape`, `member`,
    `when`; or `check` with `with`."""
    fix: dict[str, Any] | None = None
    quotes: tuple[Quote, ...] = ()
    """What the service says of a request that breaks the rule."""

    @property
    def category(self) -> str:
        """The name of the category; `custom` for rules of a team."""
        return CATEGORIES.get(self.code[:3], "custom")


_FORM = ("shape", "when", "then", "doubtful", "keyword", "member", "check", "with")
_MANY = ("message", "help", "references", "invalid", "valid")
_WORDS = ("message", "help", "fix")


def as_tuple(value: Any) -> tuple[Any, ...]:
    """Return the value of a key that takes one value or a list as a tuple; None becomes the empty tuple.

    >>> as_tuple("a"), as_tuple(["a", "b"]), as_tuple(None)
    (('a',), ('a', 'b'), ())
    """
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list) else (value,)


def words_of(fields: Mapping[str, Any]) -> Words:
    """Return the words among the fields of a rule."""
    return Words(fields["summary"], tuple(fields["message"]), tuple(fields["help"]), fields["fix"])


def action_of(fix: Mapping[str, Any]) -> tuple[str, Any]:
    """Return the action of a rule's `fix`, and its value.

    >>> action_of({"safety": "safe", "rename": "Environment"})
    ('rename', 'Environment')
    """
    return next((key, value) for key, value in fix.items() if key != "safety")


def rule_of(table: Mapping[str, Any], general: Mapping[str, Any] | None = None) -> Rule:
    """Return the Rule for the table of a valid rule file.

    `general` is the table of the general rule for the same keyword, if there is one. A rule without a `message`
    inherits `message`, `help` and `fix` from it, except those that it sets itself. `{general}` in its `why` is replaced
    by the general rule's `why`, which is also the default.
    """
    fields = dict(table)
    condition = {key: fields.pop(key) for key in _FORM if key in fields}
    if general:
        words = _WORDS if "message" not in fields else ()
        fields |= {key: general[key] for key in words if key in general and key not in fields}
        fields["why"] = fields.get("why", "{general}").replace("{general}", general["why"].strip())
    fields |= {key: as_tuple(fields.get(key)) for key in _MANY}
    fields["quotes"] = tuple(Quote(**quote) for quote in fields.get("quotes", ()))
    return Rule(severity=Severity(fields.pop("severity")), condition=condition, **fields)
