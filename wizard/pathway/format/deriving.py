"""Derived factors: what each value is worked out from, conditions or points."""

import re
from collections.abc import Iterator
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from wizard.pathway.codes import Code
from wizard.pathway.factors import DerivedFactor, Points
from wizard.pathway.format.building import node_of
from wizard.pathway.format.former import answer_alert_id
from wizard.pathway.format.rules import Rules, asked_at
from wizard.pathway.format.schema import RawFactor, RawValue
from wizard.pathway.format.trees import read_branches
from wizard.pathway.format.vocabulary import factor_named
from wizard.pathway.model import Alert, AlertLevel
from wizard.pathway.nodes import Entries, Node, Text, place
from wizard.pathway.position import Position
from wizard.pathway.problems import Problems, quoted
from wizard.pathway.trees import Ask, Outcome, Range, Rule, Tree
from wizard.record import replace

_WHOLE: Final = r"(-?[0-9]{1,4})"
_SUM: Final = re.compile(
    rf"(?:exactly )?{_WHOLE}|{_WHOLE} to {_WHOLE}|{_WHOLE} to below {_WHOLE}|from {_WHOLE}"
    rf"|above {_WHOLE}|up to {_WHOLE}|below {_WHOLE}",
    re.ASCII,
)


def with_values(
    raw: RawFactor, factor: DerivedFactor, rules: Rules, placed: frozenset[str]
) -> DerivedFactor:
    """The factor with what its values are worked out from.

    `placed` are the factors whose place in the walk is known.  That exactly one value holds in
    every case is proved of the compiled pathway.
    """
    written = raw.values or {}
    for name, value in written.items():
        _check_value(name, value, raw, rules.problems)
    others = [name for name, value in written.items() if value.otherwise]
    for name in others[1:]:
        rules.problems.tell(
            Code.UNSAID_VALUE,
            place(name),
            f'"{name}" is the second value with "otherwise"',
            "one has what is left",
        )
    found = {
        str(name): rules.read(value.when.position, when=node_of(value.when))
        for name, value in written.items()
        if value.when is not None
    }
    points = tuple(_points(key, value, factor, rules) for key, value in (raw.points or {}).items())
    whole = replace(
        factor,
        rules=MappingProxyType(found),
        points=tuple(one for one in points if one is not None),
        sums=MappingProxyType(
            {
                str(name): _sum(value.points, rules.problems)
                for name, value in written.items()
                if value.points is not None
            }
        ),
    )
    _check_order(whole, rules, placed)
    return whole


def answer_alert(factor: DerivedFactor) -> Alert:
    """The tool's own alert on an answer that nothing else in a case would come to."""
    nowhere = factor.position
    return Alert(
        id=answer_alert_id(factor.id),
        level=AlertLevel.CHECK_ANSWERS,
        title=f"{factor.label}: the answer differs from what is worked out",
        says=(
            "However the other answers are completed, they do not come to it. The answer that was "
            "given counts; look at it and at the others again."
        ),
        claims=factor.claims,
        when=Rule(Outcome(described=False, position=nowhere), nowhere),
        position=nowhere,
        answer_to=factor.id,
    )


def _check_value(name: Text | str, value: RawValue, raw: RawFactor, problems: Problems) -> None:
    """Tell a value that has not exactly one of what it may be worked out from."""
    said = {"when": value.when is not None, "points": value.points is not None}
    said["otherwise"] = value.otherwise
    expected = '"when", "points" or "otherwise: true" was expected, exactly one'
    named = [key for key, given in said.items() if given]
    if not named:
        problems.tell(
            Code.UNSAID_VALUE, place(name), f'"{name}" does not say when it holds', expected
        )
    elif len(named) > 1:
        what = f'"{name}" has {" and ".join(quoted(key) for key in named)}'
        problems.tell(Code.UNSAID_VALUE, place(name), what, expected)
    elif value.points is not None and raw.points is None:
        problems.tell(
            Code.UNFIT_KEY,
            place(value.points),
            f'"{name}" has "points", and its factor adds none',
            'the points of each answer stand under "points" of the factor',
        )


# --- points ----------------------------------------------------------------------------------


def _points(key: Text, node: Node, factor: DerivedFactor, rules: Rules) -> Points | None:
    """The points of the answers to one factor."""
    problems = rules.problems
    asked = factor_named(key, rules.names, problems)
    if asked is None:
        return None
    if not isinstance(node, Entries):
        problems.tell(
            Code.WRONG_STRUCTURE,
            node.position,
            "a mapping was expected",
            "{ANSWER: POINTS} was expected",
        )
        return None
    numbers = {branch: _whole(value, problems) for branch, value in node.items()}
    ends: dict[Text, Tree] = {
        branch: Outcome(described=False, position=branch.position) for branch in node
    }
    branches = read_branches(ends, asked, key.position, problems)
    if branches is None:
        return None
    ask = Ask(asked.id, branches, key.position)
    rules.asked_within(ask, factor.id)
    by_place = {branch.position: number for branch, number in numbers.items()}
    found = tuple(by_place[branch.position] for branch in branches)
    return Points(factor=asked.id, branches=branches, points=found, position=key.position)


def _whole(node: Node, problems: Problems) -> int:
    if isinstance(node, Text) and re.fullmatch(_WHOLE, node):
        return int(node)
    shown = quoted(node) if isinstance(node, Text) else "this"
    problems.tell(
        Code.WRONG_FORM,
        node.position,
        f"{shown} is not a whole number",
        "points such as 2 were expected",
    )
    return 0


def _sum(word: str, problems: Problems) -> Range:
    """The sums that a word such as `5 to 6` stands for."""
    match = _SUM.fullmatch(" ".join(word.split()))
    if match is None:
        problems.tell(
            Code.NOT_A_RANGE,
            place(word),
            f"{quoted(word)} is not a range of points",
            'whole numbers such as "7", "5 to 6", "up to 4" or "from 10" were expected',
        )
        return Range(None, None)
    one, low, high, start, end, least, above, most, below = (
        None if part is None else Decimal(part) for part in match.groups()
    )
    lows = [one, low, start, least, _more(above)]
    highs = [_more(one), _more(high), end, _more(most), below]
    found = Range(
        next((number for number in lows if number is not None), None),
        next((number for number in highs if number is not None), None),
    )
    if found.low is not None and found.high is not None and found.low >= found.high:
        problems.tell(
            Code.NOT_A_RANGE,
            place(word),
            f"{quoted(word)} is empty",
            "write the smaller number first",
        )
    return found


def _more(number: Decimal | None) -> Decimal | None:
    return None if number is None else number + 1


# --- the order of the walk -------------------------------------------------------------------


def _check_order(factor: DerivedFactor, rules: Rules, placed: frozenset[str]) -> None:
    """Tell what a derived factor asks that does not come before it in the walk."""
    order = {name: at for at, name in enumerate(rules.walk.factors)}
    asked = dict(_asked(factor, rules))
    for name, position in asked.items():
        if order[name] >= order[factor.id] and {name, factor.id} <= placed:
            rules.problems.tell(
                Code.LATER_FACTOR,
                position,
                f'"{factor.id}" asks "{name}", which does not come before it in the walk',
                "a derived factor is worked out from earlier questions; see steps in pathway.yaml",
            )


def _asked(factor: DerivedFactor, rules: Rules) -> Iterator[tuple[str, Position]]:
    for points in factor.points:
        yield points.factor, points.position
    for rule in factor.rules.values():
        yield from asked_at(rule.tree, rules.walk.shared)
