"""Decision trees as nested lists, each place with the function of the cases that come to it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import FALSE, TRUE, Node
from wizard.pathway.trees import Ask, AtLeast, Branch, Not, Outcome, Requirement, Rule, Tree, Use
from wizard.record import Record, replace
from wizard.report.book.exporting import Exporter
from wizard.report.book.markup import Content, Html, element, link
from wizard.wording.trees import TreeLine, whole_tree

_SYMBOLS: Final = {True: "●", False: "○"}


class _Line(Record):
    """A line of a tree, and where a case comes to it."""

    told: TreeLine
    comes: Node


def drawn(exporter: Exporter, rule: Rule, holds: str, fails: str) -> Html:
    """A rule as its tree; `holds` and `fails` word how it ends.

    Each place has as `data-node` the number of the function that is true where a case comes to it;
    a part of a condition, where it holds.
    """
    compiled = exporter.compiled
    told = whole_tree(compiled.pathway, rule.tree)
    nodes = _Arrivals(compiled).tree(rule.tree, TRUE)
    lines = [_Line(line, node) for line, node in zip(told, nodes, strict=True)]
    ends = {True: holds, False: fails, None: ""}
    below = _nested(exporter, tuple(_merged(lines)), ends)
    return element("div", below, class_="drawing")


def _nested(exporter: Exporter, lines: Sequence[_Line], ends: dict[bool | None, str]) -> Html:
    starts = [at for at, line in enumerate(lines) if line.told.depth == lines[0].told.depth]
    entries = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        line, rest = lines[start].told, lines[start + 1 : end]
        words: Content = link(line.about, line.words) if line.about else line.words
        outcome = None
        if line.outcome is not None:
            outcome = element("b", f" {_SYMBOLS[line.outcome]} {ends[line.outcome]}")
        claims = (
            (Html(" "), element("small", link(f"claim:{claim}", claim))) for claim in line.claims
        )
        box = element("span", words, outcome, claims, class_="box" if line.about else "way")
        number = exporter.node(lines[start].comes)
        below = _nested(exporter, rest, ends) if rest else None
        entries.append(element("li", box, below, data_node=number))
    return element("ul", entries, class_="tree")


def _merged(lines: Iterable[_Line]) -> Iterator[_Line]:
    """The lines, with the label of a shared tree in the line that it stands over."""
    label: _Line | None = None
    for line in lines:
        if label is not None and line.told.depth > label.told.depth:
            yield label
        elif label is not None:
            words = f"{label.told.words} {line.told.words}".strip()
            yield replace(line, told=replace(line.told, words=words))
            label = None
            continue
        is_label = line.told.words.endswith(":") and line.told.outcome is None
        label = line if is_label else None
        if label is None:
            yield line


class _Arrivals(Record):
    """The function of each line of `whole_tree`, in the order of its lines."""

    compiled: Compiled

    def tree(self, tree: Tree, here: Node) -> Iterator[Node]:
        match tree:
            case Outcome():
                yield here
            case Use(name):
                yield here
                yield from self.tree(self.compiled.pathway.shared[name].rule.tree, here)
            case Ask():
                yield here
                for branch in tree.branches:
                    there = self.both(here, self.taken(tree, branch))
                    yield there
                    if not isinstance(branch.tree, Outcome):
                        yield from self.tree(branch.tree, there)
            case _:
                yield from self.condition(tree, here)

    def condition(self, tree: Tree, here: Node) -> Iterator[Node]:
        whole, denied = tree, False
        while isinstance(tree, Not) or (isinstance(tree, AtLeast) and len(tree.trees) == 1):
            denied ^= isinstance(tree, Not)
            tree = tree.tree if isinstance(tree, Not) else tree.trees[0]
        match tree:
            case Requirement():
                yield self.both(here, self.compiled.function(whole))
            case AtLeast(trees=trees):
                yield self.both(here, self.compiled.function(whole))
                for part in trees:
                    yield from self.condition(part, here)
            case Use(name):
                yield self.both(here, self.compiled.function(whole))
                yield from self.tree(self.compiled.pathway.shared[name].rule.tree, here)
            case _:
                yield from self.tree(tree, here)

    def taken(self, node: Ask, branch: Branch) -> Node:
        """Where a case goes on with this branch of a question."""
        ends = tuple(
            replace(each, tree=Outcome(each is branch, each.position)) for each in node.branches
        )
        return self.compiled.function(replace(node, branches=ends))

    def both(self, here: Node, there: Node) -> Node:
        """Where a case comes here and goes on there."""
        with self.compiled.diagrams.adding:
            return self.compiled.diagrams.where(here, there, FALSE)
