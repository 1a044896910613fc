"""Validation of the code of a custom rule, which must not mean something else where rules are selected."""

import re
from collections.abc import Iterator

from sm_lint.model.rule import CATEGORIES


def errors_of_code(code: str) -> Iterator[str]:
    """Yield the errors in the code of a custom rule: what was found, and what to choose."""
    categories = {category.upper() for category in CATEGORIES.values()}
    taken = next((code[:end] for end in range(2, len(code)) if code[:end] in categories), None)
    if not re.fullmatch("[A-Z]{2,8}[0-9]{3}", code):
        yield f"code: expected 2 to 8 capital letters and 3 digits, such as ACME001, found {code!r}"
    elif code.rstrip("0123456789") == "SM":
        yield f"code: {code}: the prefix SM is reserved for built-in rules; choose another"
    elif code.startswith("ALL"):
        yield f"code: {code}: the prefix ALL selects all rules; choose another"
    elif taken:
        yield f"code: {code}: the prefix {taken} is the name of a category; choose another"
