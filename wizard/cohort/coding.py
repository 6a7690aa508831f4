"""What a row of a table says, as masks: by variable the values that it allows, as bits.

A value that the pathway does not know is the mask of nothing, never one of everything: such a row
is in error.  What an engine makes of a column of another type is not relied upon: a mask is given
only where a value is known to be one that may stand there.  Numbers have a `+` in front, so that
SQLite takes no text for one (an expression of unary plus has no affinity: sqlite.org/datatype3.html
section 3.2).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final

from wizard.cohort.columns import Column, Kind
from wizard.cohort.reaching import Sql
from wizard.engine.space import CaseSpace
from wizard.exits import ExitCode, WizardError
from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    DerivedFactor,
    MultiFactor,
    NumberFactor,
)
from wizard.pathway.ranges import split_bound
from wizard.pathway.trees import BEYOND

ABSENT: Final = 1
PRESENT: Final = 2
EITHER: Final = ABSENT | PRESENT
ERROR: Final = 0
"""The mask of a variable where a row says of it what the pathway does not know."""
MOST_VALUES: Final = 62
"""Of one variable: a whole number of 64 bits holds them in every engine."""
_NO_NUMBER: Final = "CAST(NULL AS INTEGER)"


class TooManyValuesError(WizardError):
    """A question with more values than a whole number of SQL has bits."""

    code = ExitCode.BAD_PATHWAY

    def __init__(self, factor: str, values: int) -> None:
        super().__init__(
            f"{factor} has {values} values or ranges to tell apart; a query holds {MOST_VALUES}"
        )


def masks_of(space: CaseSpace) -> dict[int, frozenset[int]]:
    """By variable every mask that a single answer gives it: a value, a group, a range, unknown.

    Raises TooManyValuesError.
    """
    found: dict[int, frozenset[int]] = {}
    for name, factor in space.factors.items():
        for level in space.levels[name]:
            if (size := len(space.unless_answered[level])) > MOST_VALUES:
                raise TooManyValuesError(name, size)
            match factor:
                case ChoiceFactor():
                    found[level] = frozenset(choice_masks(space, factor).values())
                case MultiFactor():
                    found[level] = frozenset((ABSENT, PRESENT, EITHER))
                case NumberFactor():
                    found[level] = frozenset(_number_masks(space, factor))
    return found


def mask_columns(space: CaseSpace, columns: Iterable[Column]) -> Iterator[tuple[int, Sql]]:
    """Each variable with the mask of its values, in terms of the columns that a table has."""
    by_factor: dict[str, list[Column]] = {}
    for column in columns:
        by_factor.setdefault(column.factor, []).append(column)
    for name, factor in space.factors.items():
        own = by_factor.get(name, [])
        match factor:
            case ChoiceFactor():
                yield space.levels[name].start, _choice(space, factor, own)
            case MultiFactor():
                yield from _multi(space, factor, own)
            case NumberFactor():
                yield space.levels[name].start, _number(space, factor, own)


def error(space: CaseSpace) -> Sql:
    """The first factor of whose value the pathway knows nothing, as a value; else NULL."""
    whens = []
    for name, factor in space.factors.items():
        levels = space.levels[name]
        wrong = [f"v{level} = {ERROR}" for level in levels]
        if isinstance(factor, MultiFactor) and factor.at_least:
            members = [space.member_level(name, member) for member in factor.members]
            wrong.append(f"({' AND '.join(f'v{level} = {ABSENT}' for level in members)})")
        whens.append(f"WHEN {' OR '.join(wrong)} THEN '{name}'")
    return f"CASE {' '.join(whens)} END"


def choice_masks(space: CaseSpace, factor: ChoiceFactor) -> dict[str | None, int]:
    """By value and group the mask; None for not known, which a derived factor is worked out for."""
    every = {value: 1 << n for n, value in enumerate(space.values_of(factor.id))}
    derived = isinstance(factor, DerivedFactor)
    unknown = every[None] if derived else sum(every.values())
    groups = {
        group.id: sum(every[value] for value in group.values)
        for group in factor.groups.values()
        if all(value in every for value in group.values)
    }
    if derived:
        # A group of all values says no more than that it is not known.
        whole = sum(mask for value, mask in every.items() if value is not None)
        groups = {name: unknown if mask == whole else mask for name, mask in groups.items()}
    every[None] = unknown
    every.update(groups)
    return every


# --- parts -----------------------------------------------------------------------------------


def _choice(space: CaseSpace, factor: ChoiceFactor, own: Sequence[Column]) -> Sql:
    masks = choice_masks(space, factor)
    if not own:
        return str(masks[None])
    name = own[0].name
    whens = [f"WHEN {_is_one_of(name)} THEN {masks[None]}"]
    whens += [f"WHEN t.{name} = '{word}' THEN {mask}" for word, mask in masks.items() if word]
    return _case(whens, ERROR)


def _multi(
    space: CaseSpace, factor: MultiFactor, own: Sequence[Column]
) -> Iterator[tuple[int, Sql]]:
    members = {column.member: column.name for column in own if column.kind is Kind.MEMBER}
    none = next((column.name for column in own if column.kind is Kind.NONE), None)
    skipped = next((column.name for column in own if column.kind is Kind.NOT_DONE), None)
    marks = [_is_one_of(mark, "present") for mark in (none, skipped) if mark is not None]
    said = [f"t.{name} IN ('present', 'absent')" for name in members.values()]
    spoken = " OR ".join([*said, *([f"t.{none} = 'present'"] if none else [])])
    for member in factor.members:
        name = members.get(member)
        sound = [*marks, *([_is_one_of(name, "present", "absent")] if name else [])]
        whens = []
        if skipped is not None:
            whens += [f"WHEN t.{skipped} = 'present' AND ({spoken}) THEN {ERROR}"] if spoken else []
        if none is not None:
            clash = [f"WHEN t.{none} = 'present' AND t.{name} = 'present' THEN {ERROR}"]
            whens += clash if name else []
        whens += [f"WHEN t.{name} = 'present' THEN {PRESENT}"] if name else []
        whens += [f"WHEN t.{name} = 'absent' THEN {ABSENT}"] if name else []
        whens += [f"WHEN t.{none} = 'present' THEN {ABSENT}"] if none else []
        yield space.member_level(factor.id, member), _if_all(sound, _case(whens, EITHER))
    if factor.not_done is not None:
        whens = [f"WHEN t.{skipped} = 'present' THEN {PRESENT}"] if skipped else []
        whens += [f"WHEN {spoken} THEN {ABSENT}"] if spoken else []
        yield space.member_level(factor.id, NOT_DONE), _case(whens, EITHER)


def _number_masks(space: CaseSpace, factor: NumberFactor) -> set[int]:
    size = len(space.cuts[factor.id]) + 1
    measured = size - (factor.not_done is not None)
    ranges = {
        (1 << high) - (1 << low) for low in range(measured) for high in range(low + 1, measured + 1)
    }
    skipped = {1 << measured} if factor.not_done is not None else set()
    return {*ranges, *skipped, (1 << size) - 1}


def _number(space: CaseSpace, factor: NumberFactor, own: Sequence[Column]) -> Sql:
    cuts = [cut for cut in space.cuts[factor.id] if cut != BEYOND]
    measured = len(cuts) + 1
    every = (1 << len(space.cuts[factor.id]) + 1) - 1
    by_kind = {column.kind: f"t.{column.name}" for column in own}
    skipped = by_kind.pop(Kind.NOT_DONE, None)
    least, most = (f"{bound:f}" for bound in (factor.minimum, factor.maximum))
    sound = [f"{name} IS NULL OR +{name} BETWEEN {least} AND {most}" for name in by_kind.values()]
    whens: list[str] = []
    if skipped is not None:
        sound.insert(0, _is_one_of(skipped.removeprefix("t."), "present"))
        said = " OR ".join(f"{name} IS NOT NULL" for name in by_kind.values())
        whens += [f"WHEN {skipped} = 'present' AND ({said}) THEN {ERROR}"] if said else []
        whens.append(f"WHEN {skipped} = 'present' THEN {1 << measured}")
    whens += [f"WHEN {wrong} THEN {ERROR}" for wrong in _wrong_numbers(factor, by_kind)]
    exact, low, high = (by_kind.get(kind) for kind in (Kind.NUMBER, Kind.FROM, Kind.BELOW))
    if exact is not None:
        whens += [
            f"WHEN +{exact} {sign} {bound} THEN {1 << n}"
            for n, (sign, bound) in enumerate(map(_below, cuts))
        ]
        whens.append(f"WHEN {exact} IS NOT NULL THEN {1 << measured - 1}")
    if low is not None or high is not None:
        whens += _range_masks(cuts, low or _NO_NUMBER, high or _NO_NUMBER)
    return _if_all(sound, _case(whens, every))


def _range_masks(cuts: Sequence[Decimal], low: Sql, high: Sql) -> Iterator[str]:
    """The mask of each range of intervals, by its ends."""
    measured = len(cuts) + 1
    # The lowest interval is the first that ends above `low`, the highest the last that begins
    # below `high`.
    starts = [f"+{low} {sign} {bound}" for sign, bound in map(_below, cuts)]
    ends = [f"+{high} <= {_bound(cut)}" for cut in cuts]
    for first in range(measured):
        from_here = "" if first == measured - 1 else starts[first]
        if first == 0:
            from_here = f"({low} IS NULL{f' OR {from_here}' if from_here else ''})"
        for last in range(first, measured):
            to_here = "" if last == measured - 1 else ends[last]
            if last == measured - 1:
                to_here = ""
            said = f"({low} IS NOT NULL OR {high} IS NOT NULL)"
            parts = [said, from_here or f"{low} IS NOT NULL"] + ([to_here] if to_here else [])
            mask = (1 << last + 1) - (1 << first)
            yield f"WHEN {' AND '.join(parts)} THEN {mask}"


def _wrong_numbers(factor: NumberFactor, numbers: Mapping[Kind, Sql]) -> Iterator[Sql]:
    """When numbers that lie within the bounds are none that the factor may have."""
    exact, low, high = (numbers.get(kind) for kind in (Kind.NUMBER, Kind.FROM, Kind.BELOW))
    if factor.whole:
        whole = "INTEGER" if max(abs(factor.minimum), factor.maximum) < 1 << 31 else "BIGINT"
        for name in numbers.values():
            yield f"+{name} <> CAST(+{name} AS {whole})"
    for end in (low, high):
        if exact is not None and end is not None:
            yield f"{exact} IS NOT NULL AND {end} IS NOT NULL"
    if low is not None and high is not None:
        yield f"+{low} >= +{high}"
    if high is not None:
        yield f"+{high} = {factor.minimum:f}"


def _below(cut: Decimal) -> tuple[str, str]:
    """That a number lies below a bound: the sign, and the number to compare with."""
    number, above = split_bound(cut)
    return ("<=" if above else "<"), f"{number:f}"


def _bound(cut: Decimal) -> str:
    return f"{split_bound(cut)[0]:f}"


def _is_one_of(name: str, *words: str) -> Sql:
    """That a column holds one of these words, or nothing is said there."""
    listed = ", ".join(f"'{word}'" for word in ("", "unknown", *words))
    return f"t.{name} IS NULL OR t.{name} IN ({listed})"


def _if_all(conditions: Sequence[Sql], said: Sql) -> Sql:
    """A mask where all of these hold; where one does not, or an engine cannot tell, an error."""
    if not conditions:
        return said
    return f"CASE WHEN {' AND '.join(f'({c})' for c in conditions)} THEN {said} ELSE {ERROR} END"


def _case(whens: Sequence[str], otherwise: int) -> Sql:
    return f"CASE {' '.join(whens)} ELSE {otherwise} END" if whens else str(otherwise)
