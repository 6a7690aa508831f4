"""Regions of cases and example cases in the words of the factors, and as answers."""

from collections.abc import Iterable
from decimal import Decimal

from wizard.case.answers import Answer, Answers, ChoiceAnswer, MultiAnswer, NumberAnswer
from wizard.engine.diagrams import Allowed
from wizard.engine.space import CaseSpace
from wizard.pathway.model import ChoiceFactor, Factor, MultiFactor, NumberFactor
from wizard.wording.text import joined, short

EVERY_CASE = "every case"


def region_words(
    space: CaseSpace, region: Allowed, universe: Allowed, nothing: str = EVERY_CASE
) -> str:
    """A region as what it asks of each factor: `Label: Value; Is it so? No`.

    Factors that may be anything in the universe are left out; `nothing` stands for no factor.
    """
    parts = [
        f"{_lead(space.factors[name])} {_value_words(space, name, region, universe)}"
        for name, levels in space.levels.items()
        if any(set(region[level]) < set(universe[level]) for level in levels)
    ]
    return "; ".join(parts) or nothing


def example_words(
    space: CaseSpace, case: Allowed, region: Allowed, nothing: str = EVERY_CASE
) -> str:
    """The words of a case beyond those of its region; a number is given as one number."""
    parts = []
    for name, levels in space.levels.items():
        if all(set(case[level]) == set(region[level]) for level in levels):
            continue
        factor = space.factors[name]
        if isinstance(factor, NumberFactor):
            words = f"{space.lowest(name, case[levels.start][0])} {factor.unit}"
        else:
            words = _value_words(space, name, case, region)
        parts.append(f"{_lead(factor)} {words}")
    return "; ".join(parts) or nothing


def factor_names(space: CaseSpace, names: Iterable[str]) -> tuple[str, ...]:
    """The short labels of factors; of a number, how many ranges it has."""
    return tuple(
        f"{short(space.factors[name].label)} (in {len(space.cuts[name]) + 1} ranges)"
        if isinstance(space.factors[name], NumberFactor)
        else short(space.factors[name].label)
        for name in names
    )


def answers_of(space: CaseSpace, region: Allowed) -> Answers:
    """A case of one assignment as answers; a number is the lowest of its interval.

    Factors that the region does not restrict are left out.
    """
    found: dict[str, Answer] = {}
    for name, levels in space.levels.items():
        if all(len(region[level]) == space.sizes[level] for level in levels):
            continue
        match space.factors[name]:
            case MultiFactor(members=members):
                states = {m: region[level] for m, level in zip(members, levels, strict=True)}
                found[name] = MultiAnswer(
                    frozenset(m for m, state in states.items() if state == (1,)),
                    frozenset(m for m, state in states.items() if state == (0,)),
                )
            case ChoiceFactor(values=values):
                ids = tuple(values)
                found[name] = ChoiceAnswer(frozenset(ids[v] for v in region[levels.start]))
            case NumberFactor():
                found[name] = NumberAnswer(space.lowest(name, region[levels.start][0]))
    return Answers(found)


# --- one factor ------------------------------------------------------------------------------


def _lead(factor: Factor) -> str:
    label = short(factor.label)
    return label if label.endswith("?") else f"{label}:"


def _value_words(space: CaseSpace, name: str, region: Allowed, universe: Allowed) -> str:
    factor, levels = space.factors[name], space.levels[name]
    match factor:
        case MultiFactor():
            return _members(factor, [region[level] for level in levels])
        case ChoiceFactor():
            return _choice(factor, region[levels.start], universe[levels.start])
        case NumberFactor():
            return _intervals(factor, space.cuts[name], region[levels.start])


def _choice(factor: ChoiceFactor, values: tuple[int, ...], known: tuple[int, ...]) -> str:
    ids = tuple(factor.values)
    chosen = {ids[v] for v in values}
    for group in factor.groups.values():
        if not group.whole and chosen == set(group.values):
            return group.label
    others = [v for v in known if v not in values]
    if len(others) * 2 < len(known) - 1:
        return f"anything but {_labels(factor, others)}"
    return _labels(factor, values)


def _labels(factor: ChoiceFactor, values: Iterable[int]) -> str:
    ids = tuple(factor.values)
    return _joined([short(factor.values[ids[v]].label) for v in sorted(values)], "or")


def _joined(labels: list[str], last: str) -> str:
    """Labels in a row; in quotes, where one has words of a row itself."""
    loose = any(mark in label for label in labels for mark in (",", ";", " and ", " or "))
    if loose and len(labels) > 1:
        labels = [f'"{label}"' for label in labels]
        return f"{', '.join(labels[:-1])} {last} {labels[-1]}"
    return joined(labels, last)


def _members(factor: MultiFactor, states: list[tuple[int, ...]]) -> str:
    labels = [short(value.label) for value in factor.members.values()]
    present = [label for label, state in zip(labels, states, strict=True) if state == (1,)]
    absent = [label for label, state in zip(labels, states, strict=True) if state == (0,)]
    if len(absent) == len(labels):
        return short(factor.none_label or "none of these")
    said = [_joined(present, "and")] if present else []
    if len(present) + len(absent) == len(labels) and present:
        said += ["nothing else"] if absent else []
    elif absent:
        said.append(f"not {_joined(absent, 'or')}")
    return ", ".join(said)


def _intervals(factor: NumberFactor, cuts: tuple[Decimal, ...], intervals: tuple[int, ...]) -> str:
    runs: list[list[int]] = []
    for interval in intervals:
        if runs and runs[-1][1] == interval - 1:
            runs[-1][1] = interval
        else:
            runs.append([interval, interval])
    words = []
    for first, last in runs:
        low = cuts[first - 1] if first > 0 else None
        high = cuts[last] if last < len(cuts) else None
        if low is None:
            words.append(f"below {high}")
        elif high is None:
            words.append(f"from {low}")
        else:
            words.append(f"{low} to below {high}")
    return f"{joined(words, 'or')} {factor.unit}"
