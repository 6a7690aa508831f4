"""Single answers to somebody else's questionnaire, in the pathway's words, and put together.

An answer that the map and the pathway have no word for is never no answer.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from wizard.case.raw import parse_answer
from wizard.case.transitions import NONE_WORD, UNKNOWN_WORD, AnswerError
from wizard.cohort.answering import OR
from wizard.cohort.columns import Kind
from wizard.cohort.mapping import Mapped
from wizard.fhir.absence import Absence
from wizard.fhir.items import Answered, Fault, Item
from wizard.fhir.json_text import Path
from wizard.fhir.values import NotReadError, Raw, ResponseAnswer, number_word, units_of
from wizard.pathway.factors import NOT_DONE, ChoiceFactor, Factor, MultiFactor, NumberFactor
from wizard.pathway.problems import quoted
from wizard.record import Record

_MARKS: Final = (Kind.MEMBER, Kind.NONE, Kind.NOT_DONE)
_TEXTS: Final = ("valueString", "valueUri")


class Word(Record):
    """What an answer says of a column, in the pathway's words; `not_done` that it was not done.

    `code` is false for a text that somebody typed, which is never repeated.
    """

    mapped: Mapped
    word: str
    item: Item
    path: Path
    not_done: bool = False
    code: bool = True


def words_of(item: Item, mapped: Mapped, faults: list[Fault]) -> Iterator[Word]:
    """What the answers of an item say of a column; one that cannot be read is a fault."""
    if item.absent is not None:
        yield from _absent(item.absent, item, mapped, item.path)
    for answered in item.answers:
        try:
            word = _word(answered, mapped)
        except NotReadError as error:
            told = Fault(answered.path, str(error), link=item.link, factor=mapped.column.factor)
            faults.append(told)
            continue
        if word is not None:
            yield Word(mapped, word, item, answered.path, code=answered.kind not in _TEXTS)
        elif answered.absent is not None:
            yield from _absent(answered.absent, item, mapped, answered.path)


def together(factor: Factor, words: Sequence[Word], faults: list[Fault]) -> ResponseAnswer | None:
    """What words say of one factor; None where that is nothing, or is a fault: it does not fit."""
    if not words:
        return None
    last = words[-1]
    raw = _Saying(factor, words).raw()
    what = "what it says does not fit what else is said of its question"
    try:
        if raw is not None:
            parse_answer(factor, raw)
            return ResponseAnswer(raw, last.path)
    except AnswerError as error:
        what = error.message if last.code else "a text is not in the map, nor a word of the pathway"
    faults.append(Fault(last.path, what, link=last.item.link, factor=factor.id))
    return None


# --- parts -----------------------------------------------------------------------------------


def _absent(why: Absence, item: Item, mapped: Mapped, path: Path) -> Iterator[Word]:
    if why is not Absence.UNANSWERED:
        yield Word(mapped, UNKNOWN_WORD, item, path, not_done=why is Absence.NOT_DONE)


def _word(answered: Answered, mapped: Mapped) -> str | None:
    """What an answer says in the pathway's words; None where it says nothing.

    Raises NotReadError.
    """
    if answered.kind == "valueCoding":
        return _coding(answered, mapped)
    if answered.absent is not None:
        return None
    if answered.kind == "valueBoolean":
        return _boolean("true" if answered.value else "false", mapped)
    if answered.kind in _TEXTS:
        return _named(answered, str(answered.value), mapped)
    number = number_word(answered)
    word = mapped.word(number)
    own = word == number and answered.kind == "valueQuantity"
    return _in_own_unit(answered, number, mapped) if own else word


def _boolean(said: str, mapped: Mapped) -> str | None:
    """Of a mark, true is that it is set; that one is not says nothing, but of a member."""
    kind = mapped.column.kind
    if said in mapped.values or kind not in _MARKS:
        return mapped.word(said)
    return "present" if said == "true" else "absent" if kind is Kind.MEMBER else None


def _coding(answered: Answered, mapped: Mapped) -> str | None:
    system, code = answered.coding
    for name in (f"{system}|{code}", code):
        if code and name in mapped.values:
            return mapped.values[name]
    if answered.absent is not None:
        return None
    if system or not code:
        raise NotReadError(f"{answered.words} is not in the map, nor a word of the pathway")
    return code


def _named(answered: Answered, text: str, mapped: Mapped) -> str:
    """A text that the map names, or a word of the pathway.  It is not repeated in a message."""
    word = mapped.word(text)
    if word == text and mapped.column.kind is not Kind.VALUE:
        raise NotReadError(f"{answered.words} is not in the map")
    return word


def _in_own_unit(answered: Answered, number: str, mapped: Mapped) -> str:
    """A quantity in the question's own unit, by the units of the map.  Raises NotReadError."""
    names = units_of(answered)
    known = {mapped.units.get(name) for name in names or ("",)}
    times = known.pop()
    if times is None or known:
        told = " or ".join(map(quoted, names)) or "no unit"
        raise NotReadError(f"{answered.words} is in {told}, of which the map says nothing")
    compared, _, value = number.rpartition(" ")
    own = (Decimal(value) * times).normalize()
    return f"{compared} {own:f}".lstrip()


class _Saying:
    """Puts words on one factor together, as a case file has it; None where they do not fit."""

    def __init__(self, factor: Factor, words: Sequence[Word]) -> None:
        self._factor = factor
        self._words = words

    def raw(self) -> Raw | None:
        """What all of the words say."""
        if self._may_be_not_done() and any(each.not_done for each in self._words):
            return NOT_DONE if all(each.not_done for each in self._words) else None
        match self._factor:
            case MultiFactor():
                return self._multi()
            case NumberFactor():
                return self._number()
        said = {each.word for each in self._words}
        if len(said) > 1:
            return None
        word = said.pop()
        return word.split(OR) if OR in word else word

    def _may_be_not_done(self) -> bool:
        factor = self._factor
        if isinstance(factor, ChoiceFactor):
            return NOT_DONE in factor.values
        marks = (Kind.MEMBER, Kind.NONE)
        return factor.not_done is not None and not any(
            each.mapped.column.kind in marks for each in self._words
        )

    def _multi(self) -> Raw | None:
        states: dict[str, str] = {}
        marks: set[str] = set()
        closed = False
        for each in self._words:
            column = each.mapped.column
            if column.kind is Kind.MEMBER:
                if states.setdefault(column.member, each.word) != each.word:
                    return None
            elif column.kind is not Kind.MEMBERS:
                marks |= {column.kind.value} if each.word == "present" else set()
            elif each.word in (Kind.NONE, NOT_DONE, UNKNOWN_WORD):
                marks.add(each.word)
            else:
                states[each.word] = "present"
                closed |= each.mapped.closed
        unknown = UNKNOWN_WORD in marks
        marks -= {UNKNOWN_WORD}
        if marks:
            spoken = [state for state in states.values() if state != UNKNOWN_WORD]
            only_absent = marks == {NONE_WORD} and set(spoken) <= {"absent"}
            return marks.pop() if len(marks) == 1 and (only_absent or not spoken) else None
        if closed and not unknown and isinstance(self._factor, MultiFactor):
            states = {**dict.fromkeys(self._factor.members, "absent"), **states}
        return states or UNKNOWN_WORD

    def _number(self) -> Raw | None:
        said: dict[Kind, str] = {}
        for each in self._words:
            kind = each.mapped.column.kind
            if each.word != UNKNOWN_WORD and said.setdefault(kind, each.word) != each.word:
                return None
        if not said:
            return UNKNOWN_WORD
        if set(said) == {Kind.NUMBER}:
            return said[Kind.NUMBER]
        if set(said) == {Kind.NOT_DONE}:
            return NOT_DONE if said[Kind.NOT_DONE] == "present" else None
        return _range(**said) if set(said) <= {Kind.FROM, Kind.BELOW} else None


def _range(**ends: str) -> str:
    """A range by its ends, as a case file has it."""
    if len(ends) == 1:
        return " ".join(*ends.items())
    return f"{ends[Kind.FROM]} to below {ends[Kind.BELOW]}"
