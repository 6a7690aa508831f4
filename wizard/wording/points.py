"""Points of derived factors in words: how many each answer gives, and what their sums come to."""

from collections.abc import Iterator
from math import ceil

from wizard.pathway.factors import DerivedFactor, Factor, Points
from wizard.pathway.trees import Range
from wizard.wording.text import counted
from wizard.wording.trees import branch_words


def points_lines(asked: Factor, points: Points) -> Iterator[str]:
    """How many points each answer gives: `Present: two points`."""
    for branch, number in zip(points.branches, points.points, strict=True):
        yield f"{branch_words(asked, branch)}: {_points(number)}"


def sums_lines(factor: DerivedFactor) -> Iterator[str]:
    """What each sum of points comes to: `four to six points: High`."""
    for value, part in factor.sums.items():
        yield f"{_sum(part)}: {factor.values[value].label}"


def _points(number: int) -> str:
    return counted(number, "point") if number >= 0 else f"{number} points"


def _sum(part: Range) -> str:
    least = None if part.low is None else ceil(part.low)
    most = None if part.high is None else ceil(part.high) - 1
    if least is None and most is None:
        return "any number of points"
    if least is None:
        return f"up to {_points(most or 0)}"
    if most is None:
        return f"{_points(least)} or more"
    return _points(least) if least == most else f"{least} to {most} points"
