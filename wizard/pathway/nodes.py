"""What a YAML file holds, each part with the place where it begins."""

from typing import Final

from wizard.pathway.position import Position

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})


class Text(str):
    """A scalar or a key, and where it begins.  `plain` is false where it was quoted."""

    __slots__ = ("plain", "position")

    position: Position
    plain: bool

    def __new__(cls, text: str, position: Position, *, plain: bool = False) -> "Text":
        """The text at a position."""
        self = super().__new__(cls, text)
        self.position = position
        self.plain = plain
        return self

    @property
    def is_null(self) -> bool:
        """Whether it was written as null, `~` or nothing at all, without quotes."""
        return self.plain and self in _NULLS


class Items(list["Node"]):
    """A list and where it begins."""

    __slots__ = ("position",)

    def __init__(self, position: Position) -> None:
        # What it is made from is empty, as it stands.
        self.position = position


class Entries(dict[Text, "Node"]):
    """A mapping and where it begins; its keys know their own places."""

    __slots__ = ("position",)

    def __init__(self, position: Position) -> None:
        # What it is made from is empty, as it stands.
        self.position = position

    def add(self, key: Text, value: "Node") -> None:
        """Add an entry; of two with one key the first stays."""
        self.setdefault(key, value)

    def key(self, name: str) -> Text:
        """The key of this name as it stands in the file.  Raises KeyError."""
        for key in self:
            if key == name:
                return key
        raise KeyError(name)


Node = Text | Items | Entries


def child(node: Node | None, key: str) -> Node | None:
    """What stands under a key of a mapping; None where it is none or has no such key."""
    return node.get(node.key(key)) if isinstance(node, Entries) and key in node else None


def place(text: str) -> Position:
    """Where a text or key of a file stands.  Raises TypeError where it comes from no file."""
    if not isinstance(text, Text):
        raise TypeError(text)
    return text.position
