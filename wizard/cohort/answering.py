"""What the cells of a row say, as masks: the rules of `coding` for whoever runs the query here.

A value is looked up; what was met before is remembered, and forgotten where it is too much.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Final, NamedTuple

from wizard.case.answers import Answer, NumberAnswer
from wizard.case.numbers import number_answer, ranges_answer
from wizard.case.raw import parse_answer
from wizard.case.transitions import AnswerError
from wizard.cohort.coding import ABSENT, EITHER, PRESENT, choice_masks
from wizard.cohort.columns import Column, Kind
from wizard.engine.space import CaseSpace
from wizard.pathway.factors import ChoiceFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.problems import quoted
from wizard.pathway.ranges import RangeError, read_range

Masks = tuple[int, ...]
OR: Final = "|"
"""Between values of a choice of which one holds, and it is not known which."""
_MOST_KNOWN: Final = 20_000
_SAYS_NOTHING: Final = ("", "unknown")
_OF_A_MEMBER: Final = {"": EITHER, "unknown": EITHER, "present": PRESENT, "absent": ABSENT}


class UnknownValueError(ValueError):
    """A value that the pathway does not know; `factor` is its question."""

    def __init__(self, factor: str, what: str) -> None:
        super().__init__(what)
        self.factor = factor


class Reading(NamedTuple):
    """How one question is read: `cells` takes its cells out of a row, `masks` is what they say of
    the variables at `levels`, and `known` what was met lately.
    """

    cells: Callable[[tuple[str, ...]], tuple[str, ...]]
    levels: slice
    masks: Callable[[tuple[str, ...]], Masks]
    known: dict[tuple[str, ...], Masks]


class Answering:
    """Reads the masks of rows whose cells stand under these columns (None: of no question).

    The masks are those of all variables, in their order.
    """

    def __init__(self, space: CaseSpace, columns: Sequence[Column | None]) -> None:
        self._space = space
        self._unsaid = tuple(map(_mask, space.unless_answered))
        self._readings = [
            Reading(_getter(tuple(own.values())), levels, _reader(space, factor, tuple(own)), {})
            for name, factor in space.factors.items()
            if (own := {c: n for n, c in enumerate(columns) if c is not None and c.factor == name})
            for levels in [slice(space.levels[name].start, space.levels[name].stop)]
        ]

    def masks(self, cells: Sequence[str]) -> Masks:
        """What a row allows each variable.  Raises UnknownValueError."""
        every, found = tuple(cells), list(self._unsaid)
        for own_cells, levels, read, known in self._readings:
            own = own_cells(every)
            masks = known.get(own)
            if masks is None:
                if len(known) >= _MOST_KNOWN:
                    known.clear()
                masks = known[own] = read(own)
            found[levels] = masks
        return tuple(found)

    def masks_of_case(self, answers: Mapping[str, object]) -> Masks:
        """What a case allows each variable, its answers as a case file has them.

        Raises UnknownValueError.
        """
        given: dict[str, Answer] = {}
        for name, raw in answers.items():
            factor = self._space.factors.get(name)
            if factor is None:
                raise UnknownValueError(name, f"{quoted(name)} is not a question of the pathway")
            try:
                given[name] = parse_answer(factor, raw)
            except AnswerError as error:
                raise UnknownValueError(name, error.message) from None
        return tuple(map(_mask, self._space.allowed(given)))


def check_word(space: CaseSpace, column: Column, word: str) -> None:
    """Check that a word may stand in a column.  Raises UnknownValueError."""
    _reader(space, space.factors[column.factor], (column,))((word,))


# --- parts -----------------------------------------------------------------------------------


def _getter(places: tuple[int, ...]) -> Callable[[tuple[str, ...]], tuple[str, ...]]:
    """What takes these cells out of a row."""
    first, last = places[0], places[-1]
    if last - first + 1 == len(places):
        return itemgetter(slice(first, last + 1))
    return itemgetter(*places)


def _mask(values: Sequence[int]) -> int:
    return sum(1 << value for value in values)


def _reader(
    space: CaseSpace, factor: Factor, columns: tuple[Column, ...]
) -> Callable[[tuple[str, ...]], Masks]:
    """What reads the cells of one question, in the order of these columns."""
    match factor:
        case ChoiceFactor():
            masks = {word or "": mask for word, mask in choice_masks(space, factor).items()}
            masks["unknown"] = masks[""]
            return lambda cells: (_choice(space, factor, masks, cells[0]),)
        case MultiFactor():
            return _multi_reader(factor, columns)
        case NumberFactor():
            return lambda cells: _number(space, factor, columns, cells)


def _choice(space: CaseSpace, factor: ChoiceFactor, masks: Mapping[str, int], cell: str) -> int:
    if cell in masks:
        return masks[cell]
    if OR not in cell:
        raise UnknownValueError(factor.id, f"{quoted(cell)} is not a value of it")
    try:
        answer = parse_answer(factor, cell.split(OR))
    except AnswerError as error:
        raise UnknownValueError(factor.id, error.message) from None
    values = list(space.unless_answered)
    space.narrow(values, factor.id, answer)
    return _mask(values[space.levels[factor.id].start])


def _multi_reader(
    factor: MultiFactor, columns: Sequence[Column]
) -> Callable[[tuple[str, ...]], Masks]:
    """What reads the cells of a multi: where each of them stands is found out once."""
    place = {column.member: n for n, column in enumerate(columns) if column.kind is Kind.MEMBER}
    places = [place.get(member) for member in factor.members]
    marks = {column.kind: n for n, column in enumerate(columns) if column.kind is not Kind.MEMBER}
    none_at, skipped_at = marks.get(Kind.NONE), marks.get(Kind.NOT_DONE)

    def masks(cells: tuple[str, ...]) -> Masks:
        none = none_at is not None and _marked(factor, cells[none_at])
        skipped = skipped_at is not None and _marked(factor, cells[skipped_at])
        try:
            members = [EITHER if at is None else _OF_A_MEMBER[cells[at]] for at in places]
        except KeyError as error:
            wrong = quoted(error.args[0])
            raise UnknownValueError(
                factor.id, f"{wrong} is not present, absent or unknown"
            ) from None
        spoken = none or members.count(EITHER) < len(members)
        if none:
            if PRESENT in members:
                raise UnknownValueError(factor.id, "none of these is present, and one of them is")
            members = [ABSENT] * len(members)
        if skipped and spoken:
            raise UnknownValueError(factor.id, "it was not done, and something of it is told")
        if factor.at_least and members.count(ABSENT) == len(members):
            raise UnknownValueError(factor.id, "every one is absent, and one must be present")
        done = PRESENT if skipped else ABSENT if spoken else EITHER
        return (done, *members) if factor.not_done is not None else tuple(members)

    return masks


def _marked(factor: Factor, cell: str) -> bool:
    """Whether a mark is set: none of these, or not done."""
    if cell != "present" and cell not in _SAYS_NOTHING:
        raise UnknownValueError(factor.id, f"{quoted(cell)} is not present or unknown")
    return cell == "present"


def _number(
    space: CaseSpace, factor: NumberFactor, columns: Sequence[Column], cells: Sequence[str]
) -> Masks:
    said = {
        column.kind: cell
        for column, cell in zip(columns, cells, strict=True)
        if cell not in _SAYS_NOTHING
    }
    skipped = said.pop(Kind.NOT_DONE, "")
    if skipped not in ("", "present"):
        raise UnknownValueError(factor.id, f"{quoted(skipped)} is not present or unknown")
    if len(said) > (0 if skipped else 1 if Kind.NUMBER in said else 2):
        raise UnknownValueError(factor.id, "two columns tell it, and one alone may")
    try:
        answer = parse_answer(factor, "not_done") if skipped else _told(factor, said)
    except AnswerError as error:
        raise UnknownValueError(factor.id, error.message) from None
    except RangeError as error:
        raise UnknownValueError(factor.id, error.what) from None
    values = list(space.unless_answered)
    space.narrow(values, factor.id, answer)
    return (_mask(values[space.levels[factor.id].start]),)


def _told(factor: NumberFactor, said: Mapping[Kind, str]) -> Answer:
    """A number, or the range between its ends.  Raises AnswerError, RangeError."""
    if Kind.NUMBER in said:
        return parse_answer(factor, said[Kind.NUMBER])
    ends: dict[Kind, Decimal] = {}
    for kind, cell in said.items():
        read = number_answer(factor, cell)
        if not isinstance(read, NumberAnswer):
            raise AnswerError(factor, cell, "is not a number")
        ends[kind] = read.value
    low, high = ends.get(Kind.FROM), ends.get(Kind.BELOW)
    if low is None and high is None:
        return parse_answer(factor, None)
    if low is None:
        return ranges_answer(factor, [read_range(factor, f"below {high:f}", answer=True)])
    if high is None:
        return ranges_answer(factor, [read_range(factor, f"from {low:f}", answer=True)])
    words = f"{low:f} to below {high:f}"
    return ranges_answer(factor, [read_range(factor, words, answer=True)])
