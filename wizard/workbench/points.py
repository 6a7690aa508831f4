"""Every single edit of what a derived factor adds up: would a case notice?

A point more or less, the end of a band moved, a member put in or taken out, the end of a value's
sums moved.
"""

from collections.abc import Iterator
from decimal import Decimal

from wizard.pathway.factors import DerivedFactor, Points
from wizard.pathway.model import Pathway
from wizard.pathway.position import Position
from wizard.pathway.trees import Ask
from wizard.record import Record, replace
from wizard.wording.answers import factor_label
from wizard.wording.trees import branch_words
from wizard.workbench.mutating import edited_tests
from wizard.workbench.rule_functions import shifted


class PointsMutant(Record):
    """A derived factor with one edit of its points: where, what, and the factor then."""

    edited: DerivedFactor
    position: Position
    what: str

    @property
    def title(self) -> str:
        """What was edited, by its id."""
        return f"points of {self.edited.id}"


def points_mutants(pathway: Pathway, factor: DerivedFactor) -> Iterator[PointsMutant]:
    """Every mutant of what a derived factor adds up; none of one without points."""
    for at, own in enumerate(factor.points):
        for position, what, other in _points(pathway, own):
            points = (*factor.points[:at], other, *factor.points[at + 1 :])
            yield PointsMutant(replace(factor, points=points), position, what)
    ends = {part.high for part in factor.sums.values() if part.high is not None}
    for end in sorted(ends):
        for moved in (end - 1, end + 1):
            yield from _sums(factor, end, moved)


def _points(pathway: Pathway, own: Points) -> Iterator[tuple[Position, str, Points]]:
    """The points of one question: another number, or a band a little otherwise."""
    asked = pathway.factors[own.factor]
    label = factor_label(asked)
    for at, (branch, number) in enumerate(zip(own.branches, own.points, strict=True)):
        for other in (number - 1, number + 1):
            what = f"{label}: {branch_words(asked, branch)} gives {other} and not {number}"
            points = (*own.points[:at], other, *own.points[at + 1 :])
            yield branch.position, what, replace(own, points=points)
    for position, what, branches in edited_tests(asked, Ask(asked.id, own.branches, own.position)):
        yield position, what, replace(own, branches=branches)


def _sums(factor: DerivedFactor, end: Decimal, moved: Decimal) -> Iterator[PointsMutant]:
    """The sums of two neighbouring values with their common end moved."""
    sums = {value: shifted(part, end, moved) for value, part in factor.sums.items()}
    if all(part.low is None or part.high is None or part.low < part.high for part in sums.values()):
        what = f"{factor_label(factor)}: the sum from {end} becomes from {moved}"
        yield PointsMutant(replace(factor, sums=sums), factor.position, what)
