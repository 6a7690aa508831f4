"""What became of a saved case when it was replayed, in words."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from wizard.pathway.model import Pathway
from wizard.pathway.problems import printable
from wizard.reasoning.replaying import Fault, Replay
from wizard.record import replace
from wizard.wording.answers import NOT_ANSWERED, answer_text, factor_label
from wizard.wording.opened import opened_lines
from wizard.wording.outline import Item, Section, entries, section_of
from wizard.wording.since import THEN_AND_NOW, since_sections
from wizard.wording.text import counted, joined


class Outcome(StrEnum):
    """What a replay comes to."""

    SAME = "same"
    MOVED = "moved"
    NOT_COMPARED = "not compared"
    """It is not kept what followed when it was saved."""
    DAMAGED = "damaged"
    NOT_READ = "not read"
    NOT_A_CASE = "not a case"


_FAULTS: Final[Mapping[Fault, str]] = {
    Fault.ENTRY: "entry {entry} of {entries} is not as it was written, or does not follow the one "
    "before it",
    Fault.STANDING: "what followed from the case is not what was saved with it, or the end of the "
    "log is missing",
    Fault.ANSWERS: "its answers do not fit the version of the pathway that the case names",
}
_OTHERWISE: Final = (
    "Its lines are laid out otherwise than the wizard writes them; what they say holds."
)
_NO_LOG: Final = "This case has no log: nothing shows that its answers are as they were given."
_NOT_KEPT: Final = (
    "Nothing to compare: what followed from the case was not kept. Save it in the wizard, "
    "and a later version can tell what moved."
)
_NOT_RUN: Final = "Nothing was compared: a log that is damaged says nothing."


def outcome_of(replay: Replay) -> Outcome:
    """What a replay comes to."""
    if replay.fault is not None:
        return Outcome.DAMAGED
    if replay.since is None:
        return Outcome.NOT_COMPARED
    return Outcome.MOVED if replay.moved else Outcome.SAME


def replay_sections(pathway: Pathway, replay: Replay, *, as_written: bool) -> tuple[Section, ...]:
    """A replay: the log, what was changed outside the wizard, and what moved.

    `as_written` tells whether the lines of the log are just those that the wizard writes.
    """
    log = (log_sentence(replay), *(() if as_written or replay.fault else (_OTHERWISE,)))
    if replay.fault is not None:
        return (Section("The log", (*log, _NOT_RUN)),)
    compared = (Section(THEN_AND_NOW, (_NOT_KEPT,)),)
    of_file = replace(replay.case, aside=())
    return (
        Section("The log", log),
        *section_of("Since it was saved", "", entries(opened_lines(of_file, pathway))),
        *section_of(
            "Changed outside the wizard",
            "The answers of the log were run again, not those of the file.",
            outside_items(pathway, replay),
        ),
        *section_of(
            "Answers that this version of the pathway does not read",
            "They were left out; nothing was put in their place.",
            (Item(printable(each.why.message)) for each in replay.aside),
        ),
        *(since_sections(pathway, replay.since) if replay.since else compared),
    )


def log_sentence(replay: Replay) -> str:
    """How it stands with the log of a case."""
    log = replay.case.log
    if replay.fault is not None:
        entry = 0 if replay.entry is None else replay.entry + 1
        told = _FAULTS[replay.fault].format(entry=entry, entries=len(log))
        return f"The log is damaged: {told}."
    if not log:
        return _NO_LOG
    span = f"at {log[0].at}" if len(log) == 1 else f"from {log[0].at} to {log[-1].at}"
    return f"The log is whole: {counted(len(log), 'entry', 'entries')} {span} (UTC)."


def outside_items(pathway: Pathway, replay: Replay) -> Iterator[Item]:
    """What the file has otherwise than its log."""
    for move in replay.outside:
        factor = pathway.factors[move.factor]
        log, file = (
            NOT_ANSWERED if each is None else answer_text(factor, each)
            for each in (move.before, move.after)
        )
        yield Item(f"{factor_label(factor)}: {file} (in the log: {log})", strong=True)
    yield from entries(f"The {part} of the case" for part in replay.outside_parts)


# --- of many ---------------------------------------------------------------------------------


def log_cell(replay: Replay) -> str:
    """How it stands with a log, in a cell of a table."""
    if replay.fault is Fault.ENTRY and replay.entry is not None:
        return f"damaged, entry {replay.entry + 1}"
    if replay.fault is not None:
        return "damaged"
    number = len(replay.case.log)
    return f"whole, {number} {'entry' if number == 1 else 'entries'}" if number else "none"


def result_cell(replay: Replay) -> str:
    """What a replay comes to, in a cell of a table."""
    outcome = outcome_of(replay)
    if outcome is Outcome.MOVED and replay.since is not None:
        options, alerts = len(replay.since.options), len(replay.since.alerts)
        parts = [counted(options, "option")] if options else []
        parts += [counted(alerts, "alert")] if alerts else []
        return f"{outcome.value}: {joined(parts)}"
    return outcome.value


def outside_cell(replay: Replay) -> str:
    """What was changed outside the wizard, in a cell of a table."""
    return ", ".join((*(move.factor for move in replay.outside), *replay.outside_parts))
