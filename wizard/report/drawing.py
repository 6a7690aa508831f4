"""Decision trees as places and what is below each; `report.svg` and `report.graphs` draw them."""

from collections.abc import Iterable, Iterator, Sequence

from wizard.pathway.model import Pathway
from wizard.pathway.trees import Rule
from wizard.reasoning.situation import Situation
from wizard.record import Record, replace
from wizard.wording.notices import (
    AUDIENCE,
    NOT_UNSUITABLE,
    foreign_line,
    pathway_stamp,
    review_line,
)
from wizard.wording.options import StatementLine, exclusion_lines, statement_lines
from wizard.wording.text import clean
from wizard.wording.trees import Reach, TreeLine, tree_lines


class Place(Record):
    """A place of a tree: a question, an answer to the question above it, or a condition.

    `outcome` is that of an answer which ends the tree; `reach` says how the case goes through it,
    where there is a case.
    """

    words: str
    is_answer: bool
    outcome: bool | None
    reach: Reach
    claims: tuple[str, ...]
    below: tuple["Place", ...]

    @property
    def end(self) -> str:
        """How the tree ends here, in words; "" where it goes on."""
        return {True: "described", False: "not described", None: ""}[self.outcome]


class TreeDrawing(Record):
    """One tree under its heading: what document it is taken from, by which claims."""

    heading: str
    root: Place


class Group(Record):
    """The trees of one option, or a shared tree, under its label."""

    label: str
    trees: tuple[TreeDrawing, ...]


class Drawings(Record):
    """Trees to be drawn, and what stands beside every output; `of_a_case`: its way is lit."""

    title: str
    groups: tuple[Group, ...]
    notices: tuple[str, ...]
    of_a_case: bool


def drawings(now: Situation, names: Sequence[str], *, of_a_case: bool) -> Drawings:
    """The trees of options and shared trees by id; of all options where no name is given."""
    pathway = now.pathway
    chosen = names or tuple(pathway.options)
    return Drawings(
        title=clean(f"{pathway.title} {pathway.version}"),
        groups=tuple(
            _option(now, name) if name in pathway.options else _shared(now, name) for name in chosen
        ),
        notices=tuple(map(clean, _notices(pathway))),
        of_a_case=of_a_case,
    )


def _notices(pathway: Pathway) -> tuple[str, ...]:
    about = (AUDIENCE, review_line(pathway), NOT_UNSUITABLE)
    return (*about, *foreign_line(pathway), pathway_stamp(pathway))


def _option(now: Situation, name: str) -> Group:
    option = now.pathway.options[name]
    statements = zip(statement_lines(now, option), option.statements.values(), strict=True)
    exclusions = zip(exclusion_lines(now, option), option.excludes.values(), strict=True)
    trees = [_tree(now, _heading(line), statement.rule) for line, statement in statements]
    trees += [
        _tree(now, f"Not for such a case: {_heading(line)}", exclusion.when)
        for line, exclusion in exclusions
    ]
    return Group(clean(option.label), tuple(trees))


def _shared(now: Situation, name: str) -> Group:
    shared = now.pathway.shared[name]
    return Group(clean(shared.label), (_tree(now, ", ".join(shared.claims), shared.rule),))


def _heading(line: StatementLine) -> str:
    """`DOCUMENT: CLAIM, CLAIM`."""
    claims = dict.fromkeys(citation.claim for citation in line.citations)
    return f"{line.document}: {', '.join(claims)}"


def _tree(now: Situation, heading: str, rule: Rule) -> TreeDrawing:
    (root,) = _places(tuple(_merged(tree_lines(now, rule.tree))))
    return TreeDrawing(clean(heading), root)


def _merged(lines: Iterable[TreeLine]) -> Iterator[TreeLine]:
    """The lines, with the label of a shared tree in the line that it stands over."""
    label: TreeLine | None = None
    for line in lines:
        if label is not None and line.depth > label.depth:
            yield label
        elif label is not None:
            yield replace(line, words=f"{label.words} {line.words}".strip())
            label = None
            continue
        label = line if line.words.endswith(":") and line.outcome is None else None
        if label is None:
            yield line


def _places(lines: Sequence[TreeLine]) -> tuple[Place, ...]:
    """The places that lines of one depth, and the deeper ones after each, stand for."""
    starts = [at for at, line in enumerate(lines) if line.depth == lines[0].depth]
    found = []
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        line = lines[start]
        below = _places(lines[start + 1 : end]) if end > start + 1 else ()
        found.append(
            Place(
                words=clean(line.words),
                is_answer=bool(line.depth % 2) and (line.outcome is not None or bool(below)),
                outcome=line.outcome,
                reach=line.reach,
                claims=line.claims,
                below=below,
            )
        )
    return tuple(found)
