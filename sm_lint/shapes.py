"""Where in a request the shapes of the API occur."""

from typing import Any

from sm_lint.schema import folded, per_document


@per_document
def places() -> dict[str, list[str]]:
    """Return the paths at which each shape occurs, `*` for an item of a list or an entry of a map.

    A key of a map has the path of its map. The request itself has the empty path.
    """
    definitions = folded()["definitions"]
    found: dict[str, list[str]] = {}

    def visit(shape: str, path: str) -> None:
        found.setdefault(shape, []).append(path)
        definition = definitions[shape]
        for member, of in definition.get("properties", {}).items():
            visit(_name(of), f"{path}/{member}")
        for keyword in ("items", "additionalProperties"):
            if isinstance(definition.get(keyword), dict):
                visit(_name(definition[keyword]), f"{path}/*")
        if "propertyNames" in definition:
            visit(_name(definition["propertyNames"]), path)

    visit(_name(folded()["allOf"][0]), "")
    return found


def _name(reference: dict[str, Any]) -> str:
    return str(reference["$ref"]).rsplit("/", 1)[1]
