"""The shapes of the API model, as those who read requests need them: which members an object has, and of what type."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple


class Shape(NamedTuple):
    """A shape of the API model. Where the API has nothing, its name and its schema are empty."""

    name: str = ""
    schema: Mapping[str, Any] = {}

    @property
    def type(self) -> str | None:
        """The JSON Schema type of its values."""
        return self.schema.get("type")


class Shapes(NamedTuple):
    """The shapes of a request."""

    definitions: Mapping[str, Mapping[str, Any]]
    """The schemas of the shapes by name."""
    root_name: str

    @property
    def root(self) -> Shape:
        """The shape of the request."""
        return Shape(self.root_name, self.definitions[self.root_name])

    @property
    def members(self) -> AbstractSet[str]:
        """The members of the request, in the order of the API model."""
        properties: Mapping[str, Any] = self.definitions[self.root_name]["properties"]
        return properties.keys()

    def without(self, lacks: Mapping[str, frozenset[str]]) -> frozenset[str]:
        """Return the members that no shape has any more without those that it `lacks`, by its name."""
        lacking = frozenset().union(*lacks.values())
        had = (
            definition.get("properties", {}).keys() - lacks.get(of, ()) for of, definition in self.definitions.items()
        )
        return lacking.difference(*had)

    def of_member(self, shape: Shape, name: str) -> Shape:
        """Return the shape of a member of an object, or of an entry of a map."""
        return self._at(shape.schema.get("properties", {}).get(name) or shape.schema.get("additionalProperties"))

    def of_items(self, shape: Shape) -> Shape:
        """Return the shape of the items of a list."""
        return self._at(shape.schema.get("items"))

    def _at(self, reference: Any) -> Shape:
        if not isinstance(reference, dict) or "$ref" not in reference:
            return Shape()
        name = reference["$ref"].rpartition("/")[2]
        return Shape(name, self.definitions[name])
