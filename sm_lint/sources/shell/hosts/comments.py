"""Whether a place of a Jenkinsfile or a Terraform file is in a comment."""

_MOST = 200
"""The number of characters before the place that are looked at: a line may have millions."""


def is_comment(text: str, at: int) -> bool:
    r"""Return whether the line of an offset begins as one of a comment does, before the offset.

    >>> is_comment('a\n  // sh "b"', 7), is_comment('sh "// b"', 4)
    (True, False)
    """
    before = text[max(at - _MOST, 0) : at].rpartition("\n")[2].lstrip()
    return before.startswith(("//", "#", "/*", "* "))
