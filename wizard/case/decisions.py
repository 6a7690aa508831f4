"""The team's own record of a case: its choice of each option, and what is still to be found out.

It holds the team's words and no document's.  Nothing reasons with it: what follows from answers is
the same whatever it says.  All of it is optional, and a record that says nothing is no record.
"""

import datetime
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from wizard.case.answers import Answer, Answers, Unknown
from wizard.case.carrying import carried, present_name
from wizard.pathway.model import Pathway, Status
from wizard.record import Record, replace


class Choice(StrEnum):
    """What the team says of an option."""

    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    DEFERRED = "deferred"


class Departure(StrEnum):
    """How a choice departs from what is described."""

    BEYOND = "beyond"
    """It is chosen, and not described for these answers, or only for further ones."""
    AGAINST = "against"
    """It is described for these answers, and not chosen."""


class Decision(Record):
    """What the team says of an option: a choice, a reason, or both."""

    option: str
    choice: Choice | None = None
    reason: str = ""

    def __bool__(self) -> bool:
        return self.choice is not None or bool(self.reason)


class ToFindOut(Record):
    """What is to be found out: a question of the pathway or one in the team's words, and by whom.

    `owner` is the role of whoever finds it out, never a name.
    """

    factor: str | None = None
    question: str = ""
    owner: str = ""


class Stood(Record):
    """What stood when something was recorded: the answers, and what was described for them."""

    answers: Answers
    statuses: Mapping[str, Status]
    version: str
    digest: str


class Decisions(Record):
    """The record: what is said of options, in their fixed order, what to find out, and the date.

    `stood` is what stood when it was last changed; a record that was written by hand may lack it.
    """

    options: tuple[Decision, ...] = ()
    find_out: tuple[ToFindOut, ...] = ()
    date: datetime.date | None = None
    stood: Stood | None = None

    def __bool__(self) -> bool:
        return bool(self.options or self.find_out or self.date)

    def of(self, option: str) -> Decision:
        """What is said of an option, be it nothing."""
        return next((each for each in self.options if each.option == option), Decision(option))


NO_DECISIONS: Final = Decisions()


class Now(Record):
    """The moment of a change: what stands, and the day."""

    stood: Stood
    today: datetime.date


# --- what happens to it ----------------------------------------------------------------------


def chosen(record: Decisions, option: str, choice: Choice | None, now: Now) -> Decisions:
    """The record with another choice of an option, None for none; its reason stays."""
    return _decided(record, replace(record.of(option), choice=choice), now)


def reasoned(record: Decisions, option: str, reason: str, now: Now) -> Decisions:
    """The record with another reason for what is said of an option, "" for none."""
    return _decided(record, replace(record.of(option), reason=one_line(reason)), now)


def to_find_out(
    record: Decisions, what: ToFindOut, now: Now, place: int | None = None
) -> Decisions:
    """The record with something more to find out, or in place of what stands at a place."""
    listed = list(record.find_out)
    where = slice(len(listed), None) if place is None else slice(place, place + 1)
    listed[where] = [what]
    return _changed(replace(record, find_out=tuple(listed)), record, now)


def dropped(record: Decisions, place: int, now: Now) -> Decisions:
    """The record without what is to be found out at a place."""
    left = (*record.find_out[:place], *record.find_out[place + 1 :])
    return _changed(replace(record, find_out=left), record, now)


def dated(record: Decisions, day: datetime.date | None, now: Now) -> Decisions:
    """The record with another date, None for none."""
    return _changed(replace(record, date=day), record, now, dates=False)


def held(record: Decisions, now: Now) -> Decisions:
    """The record as it is, made anew for what stands now."""
    return replace(record, stood=now.stood, date=now.today) if record else record


# --- what can be said of it ------------------------------------------------------------------


def departure(choice: Choice | None, status: Status) -> Departure | None:
    """How a choice departs from what is described; None where it does not."""
    match choice:
        case Choice.CHOSEN if status is not Status.DESCRIBED:
            return Departure.BEYOND
        case Choice.NOT_CHOSEN if status is Status.DESCRIBED:
            return Departure.AGAINST
        case _:
            return None


def other_answers(record: Decisions, answers: Answers) -> tuple[str, ...]:
    """The factors that were answered otherwise when the record was made.

    An unknown answer and none are the same.
    """
    if record.stood is None:
        return ()
    then = record.stood.answers
    every = dict.fromkeys((*answers, *then))
    return tuple(each for each in every if _known(answers, each) != _known(then, each))


def one_line(text: str) -> str:
    """Text as the record holds it: words with a space between them."""
    return " ".join(text.split())


def day_of(text: str) -> datetime.date | None:
    """The day that a text such as 2026-11-27 names; None where it names none."""
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def record_in_version(record: Decisions, old: Pathway, new: Pathway) -> Decisions:
    """The record as another version calls what it names; what that lacks keeps its name."""
    if not record:
        return record

    def option(name: str) -> str:
        return present_name("option", name, (old, new), new.options)

    def asked(what: ToFindOut) -> ToFindOut:
        if what.factor is None:
            return what
        factor = present_name("factor", what.factor, (old, new), new.factors)
        if factor in new.factors:
            return replace(what, factor=factor)
        return replace(what, factor=None, question=old.factors[what.factor].label)

    stood = record.stood
    return replace(
        record,
        options=tuple(replace(each, option=option(each.option)) for each in record.options),
        find_out=tuple(map(asked, record.find_out)),
        stood=stood
        and replace(
            stood,
            answers=carried(stood.answers, old, new).answers,
            statuses={option(name): status for name, status in stood.statuses.items()},
        ),
    )


# --- parts -----------------------------------------------------------------------------------


def _known(answers: Answers, factor: str) -> Answer | None:
    answer = answers.get(factor)
    return None if isinstance(answer, Unknown) else answer


def _decided(record: Decisions, said: Decision, now: Now) -> Decisions:
    others = {each.option: each for each in record.options if each.option != said.option}
    every = {**others, said.option: said} if said else others
    return _changed(
        replace(record, options=in_order(every.values(), now.stood.statuses)), record, now
    )


def in_order(said: Iterable[Decision], options: Iterable[str]) -> tuple[Decision, ...]:
    """Decisions in the fixed order of the options; those of others stand last."""
    places = {option: place for place, option in enumerate(options)}
    return tuple(sorted(said, key=lambda each: places.get(each.option, len(places))))


def _changed(after: Decisions, before: Decisions, now: Now, *, dates: bool = True) -> Decisions:
    """A changed record: with the first thing said it has today's date, with nothing said none."""
    if not (after.options or after.find_out or (after.date and not dates)):
        return NO_DECISIONS
    day = now.today if dates and not before else after.date
    return replace(after, date=day, stood=now.stood)
