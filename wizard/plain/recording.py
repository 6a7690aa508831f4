"""The command `record`: tells the team's own record, or changes it."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Final

from wizard.case.decisions import (
    Choice,
    Decisions,
    Now,
    ToFindOut,
    chosen,
    dated,
    day_of,
    dropped,
    held,
    reasoned,
    to_find_out,
)
from wizard.pathway.problems import printable, quoted
from wizard.plain.lines import listed, section_page, wrapped
from wizard.plain.session import Session
from wizard.plain.telling import option_named, question_named
from wizard.reasoning.recording import now_of
from wizard.record import replace
from wizard.wording.notices import NO_NAMES
from wizard.wording.personal import personal_doubt
from wizard.wording.recording import TITLE, record_section, stale_text

_HELP: Final = (
    ("record", "tell the record"),
    ("record OPTION chosen, or not chosen, deferred, nothing", "the team's choice"),
    ("record OPTION because WORDS", "the reason for it; because alone takes it out"),
    (
        "record ask QUESTION",
        "to find out: a question of the case, by number or name, or your words",
    ),
    ("record ask QUESTION by ROLE", "the same, with the role of whoever finds it out"),
    ("record drop NUMBER", "to find it out no more"),
    ("record date 2026-11-21", "the date; date alone takes it out"),
    ("record hold", "the record, as it is, for the present answers"),
)
_CHOICES: Final = {
    "not chosen": Choice.NOT_CHOSEN,
    "chosen": Choice.CHOSEN,
    "deferred": Choice.DEFERRED,
    "nothing": None,
}
"""By how a line ends; the longer of two endings first."""

Change = Callable[[Decisions, Now], Decisions]
Told = tuple[Session, Iterable[str]]


def recording(session: Session, rest: str) -> Told:
    """The session after the command with what follows it, and what is told."""
    word, _, words = rest.partition(" ")
    if not word:
        return session, _record(session)
    if word in ("help", "?"):
        return session, _help()
    does = _DOES.get(word.casefold())
    return _of_option(session, rest) if does is None else does(session, words)


# --- parts -----------------------------------------------------------------------------------


def _record(session: Session) -> Iterable[str]:
    if not session.decisions:
        return wrapped(f"{TITLE}: nothing is recorded. record help tells how. {NO_NAMES}")
    return section_page([record_section(session.now, session.decisions)])


def _help() -> Iterable[str]:
    for how, does in _HELP:
        yield from listed(f"{how}: {does}")
    yield from wrapped(
        f"OPTION is a number of the lists, a name or the beginning of one. {NO_NAMES}"
    )


def _changed(session: Session, change: Change, words: str = "") -> Told:
    """The session with a change of the record, which must have been made for what stands now."""
    if stale := stale_text(session.now, session.decisions):
        return session, wrapped(f"{stale} record hold takes it, as it is, for these answers.")
    record = change(session.decisions, now_of(session.now))
    after = replace(session, decisions=record)
    doubt = personal_doubt(words)
    warned = wrapped(f"{doubt} Take it out again unless you mean it.") if doubt else []
    return after, [*warned, *_record(after)]


def _hold(session: Session, _words: str) -> Told:
    if not stale_text(session.now, session.decisions):
        return session, wrapped("There is no record that was made for other answers.")
    after = replace(session, decisions=held(session.decisions, now_of(session.now)))
    return after, _record(after)


def _date(session: Session, typed: str) -> Told:
    day = day_of(typed)
    if typed and day is None:
        shown = printable(quoted(typed))
        return session, wrapped(f"{shown} is not a date: one such as {session.now.today} is.")
    return _changed(session, lambda record, now: dated(record, day, now))


def _ask(session: Session, words: str) -> Told:
    what, _, owner = words.partition(" owner ")
    if not what:
        return session, wrapped("Type after it what is to be found out, such as record ask 3.")
    factor = question_named(what, session.now.pathway)
    asked = ToFindOut(factor, "" if factor else what, owner)
    return _changed(session, lambda record, now: to_find_out(record, asked, now), words)


def _drop(session: Session, typed: str) -> Told:
    most = len(session.decisions.find_out)
    place = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 0
    if not 1 <= place <= most:
        there = f"there are {most}" if most else "nothing is to be found out"
        return session, wrapped(f"Type the number of what to find out after it; {there}.")
    return _changed(session, lambda record, now: dropped(record, place - 1, now))


def _of_option(session: Session, rest: str) -> Told:
    named, because, reason = f" {rest} ".partition(" because ")
    if because:
        change: Callable[..., Decisions] = partial(reasoned, reason=reason.strip())
    else:
        ending = next((each for each in _CHOICES if rest.casefold().endswith(f" {each}")), None)
        if ending is None:
            shown = printable(quoted(rest))
            return session, [*wrapped(f"{shown} changes nothing of the record:"), *_help()]
        named, change = rest[: -len(ending)], partial(chosen, choice=_CHOICES[ending])
    option = option_named(named.strip(), session.now.pathway)
    if option is None:
        shown = printable(quoted(named.strip()))
        return session, wrapped(f"{shown} is not one option; lists tells their numbers.")
    return _changed(session, lambda record, now: change(record, option=option, now=now), reason)


_DOES: Final[Mapping[str, Callable[[Session, str], Told]]] = {
    "hold": _hold,
    "date": _date,
    "ask": _ask,
    "drop": _drop,
}
