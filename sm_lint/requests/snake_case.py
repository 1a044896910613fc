"""The names of members in snake case, as Terraform and Python write them: `model_package_group_name`."""

import re

_WORD = re.compile(r"(.)([A-Z][a-z]+)")
_END = re.compile(r"([a-z0-9])([A-Z])")


def snake_case(name: str) -> str:
    """Return the name of a member of the API in snake case.

    The rule is that of botocore, which all that write such names follow.

    >>> snake_case("SupportedResponseMIMETypes")
    'supported_response_mime_types'
    """
    return _END.sub(r"\1_\2", _WORD.sub(r"\1_\2", name)).lower()
