"""Numbers of a summary in words, and as parts of a bar; what is not told is in neither."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Final

from wizard.cohort.protecting import SMALL, Told
from wizard.cohort.summary import ALONE, AMONG, MissingTold, Scope
from wizard.pathway.model import Pathway, Status
from wizard.wording.statuses import LEVEL_WORDS
from wizard.wording.text import counted

FEW: Final = f"under {SMALL}"
THE_REST: Final = "the rest"
NEARLY_ALL: Final = f"all but {FEW}"
NOT_TOLD: Final = "not told"
STATUS_HEADS: Final = {
    Status.DESCRIBED: "described",
    Status.POSSIBLE: "depends",
    Status.NOT_DESCRIBED: "not described",
}
MISSING_HEADS: Final = ("cases", "options", "settled by it alone", "options settled")
ALERT_HEADS: Final = ("raised", "to check", "neither")
WHAT_MISSING_IS: Final = (
    "In how many cases an option hangs on each question that is not answered in full. “Settled by "
    "it alone” are those in which an option hangs on nothing else: a full answer to this one "
    "question settles it, whatever the answer is. The question that is sure to settle most "
    "comes first."
)
_UNSEEN: Final = 0.01
"""A part of a bar that is smaller than this makes no difference to the eye."""


def words_of(told: Told, place: int) -> str:
    """A number of a row in words."""
    number = told.numbers[place]
    if number is not None:
        return f"{number:,}"
    if place in told.few:
        return FEW
    return THE_REST if place == told.rest else NOT_TOLD


def number_words(number: int | None) -> str:
    """A number on its own in words."""
    return NOT_TOLD if number is None else f"{number:,}"


def row_words(told: Told, heads: Mapping[Status, str] | tuple[str, ...]) -> str:
    """A row in words: `5 described, under 5 depends, the rest not described`."""
    names = heads.values() if isinstance(heads, Mapping) else heads
    return ", ".join(f"{words_of(told, n)} {name}" for n, name in enumerate(names))


def missing_columns(scope: Scope) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """The heads of what is told of missing answers, and by question what stands below them.

    How many options there are is left out where it is told of none.
    """
    cells = {factor: _cells(scope.missing[factor]) for factor in most_settling_first(scope)}
    options = any(each.options is not None for each in scope.missing.values())
    kept = range(4) if options else (0, 2)
    heads = tuple(MISSING_HEADS[n] for n in kept)
    return heads, {factor: tuple(own[n] for n in kept) for factor, own in cells.items()}


def _cells(each: MissingTold) -> tuple[str, ...]:
    settled = words_of(each.row, ALONE)
    return (
        _hanging_words(each),
        number_words(each.options),
        NEARLY_ALL if settled == THE_REST and each.cases is not None else settled,
        number_words(each.settled_options),
    )


def most_settling_first(scope: Scope) -> list[str]:
    """The questions by in how many cases one settles an option alone; else as the walk has them."""

    def key(factor: str) -> tuple[int, int]:
        each = scope.missing[factor]
        return -_settled_between(each)[0], -(each.cases or 0)

    return sorted(scope.missing, key=key)


def first_words(scope: Scope, pathway: Pathway) -> str:
    """Which missing answer would settle most; empty where what is told leaves that open."""
    if not scope.missing:
        return ""
    first, *others = most_settling_first(scope)
    each = scope.missing[first]
    least, _ = _settled_between(each)
    if least <= max((_settled_between(scope.missing[name])[1] for name in others), default=0):
        return ""
    some = f"{NEARLY_ALL} of {number_words(each.cases)} cases"
    cases = counted(least, "case") if each.settled_cases else some
    return (
        f"“{pathway.factors[first].label}”, if it came first, is sure to settle most: an option in "
        f"{cases}, whatever the answers are."
    )


def _hanging_words(each: MissingTold) -> str:
    """In how many cases an option hangs on a missing answer."""
    row = each.row
    if each.cases is not None:
        return f"{each.cases:,}"
    told = {row.numbers[place] for place in (ALONE, AMONG) if place not in row.few}
    return FEW if row.few and told == {0} else NOT_TOLD


def _settled_between(each: MissingTold) -> tuple[int, int]:
    """The least and the most cases in which it may settle an option alone, by what is told."""
    if each.settled_cases is not None:
        return each.settled_cases, each.settled_cases
    most = each.row.total if each.cases is None else each.cases
    if ALONE in each.row.few:
        return 1, SMALL - 1
    return (most - SMALL + 1, most - 1) if each.row.rest == ALONE else (0, most)


def alert_words(pathway: Pathway, alert: str) -> str:
    """An alert with its level."""
    record = pathway.alerts[alert]
    return f"{LEVEL_WORDS[record.level]}: {record.title}"


def bar_parts(told: Told) -> list[tuple[int | None, float]]:
    """A row as parts of a bar: the place of each with its share, None for what is not told.

    Made of what is told alone, so that no width tells more.
    """
    if not told.total:
        return []
    open_ = sum(each for each in told.numbers if each is not None)
    left = (told.total - open_) / told.total
    rest = told.rest
    nearly = rest is not None and SMALL * len(told.few) / told.total < _UNSEEN
    parts: list[tuple[int | None, float]] = []
    for place, number in enumerate(told.numbers):
        if number is not None:
            parts.append((place, number / told.total))
        elif nearly and place == rest:
            parts.append((place, left))
        elif not nearly and all(at is not None for at, _ in parts):
            parts.append((None, left))
    return [(place, share) for place, share in parts if share]


def bar_text(told: Told, shades: str, wide: int) -> str:
    """A bar of so many signs, a shade for each place and `?` for what is not told."""
    parts = bar_parts(told)
    ends = [0.0]
    for _, share in parts:
        ends.append(ends[-1] + share)
    widths = [round(wide * after) - round(wide * before) for before, after in pairwise(ends)]
    return "".join(
        ("?" if place is None else shades[place]) * width
        for (place, _), width in zip(parts, widths, strict=True)
    )
