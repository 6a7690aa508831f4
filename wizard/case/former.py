"""Names of a case by which the pathway called something before, read as what it is called now."""

from collections.abc import Callable, Iterable, Mapping

from wizard.pathway.model import Pathway
from wizard.pathway.nodes import Entries, Items, Node, Text


def with_present_names(root: Node, pathway: Pathway) -> tuple[Node, tuple[str, ...]]:
    """The nodes of a case with present names, and what was called otherwise: `OLD is now NEW`."""
    if not pathway.former:
        return root, ()
    reading = _Reading(pathway)
    return reading.case(root), tuple(dict.fromkeys(reading.told))


class _Reading:
    """Reads the names of one case."""

    def __init__(self, pathway: Pathway) -> None:
        self.former = pathway.former
        self.told: list[str] = []

    def case(self, root: Node) -> Node:
        parts = {
            "measures": self.by_factor,
            "answers": self.answers,
            "aside": self.answers,
            "expect": self.expectation,
            "record": self.record,
        }
        return _in(root, parts)

    def by_factor(self, node: Node) -> Node:
        if not isinstance(node, Entries):
            return node
        return _with_entries(
            node, ((self.name("factor", key), value) for key, value in node.items())
        )

    def answers(self, node: Node) -> Node:
        if not isinstance(node, Entries):
            return node
        named = ((self.name("factor", key), value) for key, value in node.items())
        return _with_entries(node, ((key, self.values(key, value)) for key, value in named))

    def values(self, factor: Text, node: Node) -> Node:
        """An answer to a factor: a value, a list of values or a map of members."""
        if isinstance(node, Entries):
            keys = ((self.name("value", key, factor), value) for key, value in node.items())
            return _with_entries(node, keys)
        return self.listed("value", node, factor)

    def expectation(self, node: Node) -> Node:
        if not isinstance(node, Entries):
            return node
        return _with_entries(
            node, ((key, self.expected(str(key), value)) for key, value in node.items())
        )

    def expected(self, part: str, node: Node) -> Node:
        if part in ("alerts", "checks"):
            return self.listed("alert", node)
        if part == "parked":
            return self.listed("factor", node)
        if not isinstance(node, Entries):
            return self.listed("option", node)
        named = ((self.name("option", key), value) for key, value in node.items())
        if part == "possible":
            named = ((key, self.listed("factor", value)) for key, value in named)
        return _with_entries(node, named)

    def record(self, node: Node) -> Node:
        """The team's record: what it says of options, asks, and was made for."""
        parts = {
            "answers": self.answers,
            "options": self.by_option,
            "find_out": lambda asked: _each(asked, {"factor": self.factor}),
            "standing": lambda stood: _in(stood, {"options": self.by_option}),
        }
        return _in(node, parts)

    def by_option(self, node: Node) -> Node:
        if not isinstance(node, Entries):
            return node
        return _with_entries(
            node, ((self.name("option", key), value) for key, value in node.items())
        )

    def factor(self, node: Node) -> Node:
        return self.listed("factor", node)

    def listed(self, kind: str, node: Node, of: str = "") -> Node:
        if isinstance(node, Text):
            return self.name(kind, node, of)
        if not isinstance(node, Items):
            return node
        found = Items(node.position)
        found.extend(self.name(kind, each, of) if isinstance(each, Text) else each for each in node)
        return found

    def name(self, kind: str, text: Text, of: str = "") -> Text:
        """What something is called now."""
        key = f"{kind} {of}.{text}" if of else f"{kind} {text}"
        if key not in self.former:
            return text
        now = self.former[key]
        self.told.append(f"{kind} {text} is now {now}")
        return Text(now, text.position, plain=text.plain)


def _same(node: Node) -> Node:
    return node


def _in(node: Node, parts: Mapping[str, Callable[[Node], Node]]) -> Node:
    """A map with some of its values read anew."""
    if not isinstance(node, Entries):
        return node
    return _with_entries(
        node, ((key, parts.get(str(key), _same)(value)) for key, value in node.items())
    )


def _each(node: Node, parts: Mapping[str, Callable[[Node], Node]]) -> Node:
    """A list of maps, each with some of its values read anew."""
    if not isinstance(node, Items):
        return node
    found = Items(node.position)
    found.extend(_in(each, parts) for each in node)
    return found


def _with_entries(node: Entries, entries: Iterable[tuple[Text, Node]]) -> Entries:
    found = Entries(node.position)
    for key, value in entries:
        found.add(key, value)
    return found
