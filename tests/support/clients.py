"""Clients of SageMaker that send nothing: what they would send is kept instead."""

from functools import cache
from typing import Any

import botocore.session
from botocore.awsrequest import AWSResponse

ARN = "arn:aws:sagemaker:us-east-1:123456789012:model-package/churn/1"
_SENT = "before-call.sagemaker.CreateModelPackage"


def session(region: str = "us-east-1") -> Any:
    """Return a session of botocore with credentials that are no secret."""
    new = botocore.session.get_session()
    new.set_credentials("AKIAIOSFODNN7EXAMPLE", "secret")
    new.set_config_variable("region", region)
    return new


def client(of: Any = None, **arguments: Any) -> Any:
    """Return a new client of SageMaker of a session of botocore; without one, of one that such tests share."""
    return (of or _shared()).create_client("sagemaker", **arguments)


_shared = cache(session)  # the first client of a session reads the API model, which takes a while


def sent(client: Any) -> list[Any]:
    """Let a client answer its calls itself, and return the list of the bodies that it would send from now on."""
    bodies: list[Any] = []

    def answer(params: Any, **_: Any) -> Any:
        bodies.append(params["body"])
        return AWSResponse("", 200, {}, None), {"ModelPackageArn": ARN}

    client.meta.events.register(_SENT, answer)
    return bodies
