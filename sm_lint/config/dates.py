"""Expiry dates of suppressions."""

import re

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def is_date(text: str) -> bool:
    """Return whether `text` is a valid calendar date, written as YYYY-MM-DD.

    >>> is_date("2028-02-29"), is_date("2027-02-29"), is_date("20270228")
    (True, False, False)
    """
    from datetime import date

    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
