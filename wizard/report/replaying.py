"""Saved cases that were replayed, as reports: one case, or all of a folder."""

from collections.abc import Iterator, Sequence
from typing import Final

from wizard.pathway.model import Pathway
from wizard.pathway.problems import printable
from wizard.reasoning.replaying import Replay
from wizard.reasoning.situation import Situation
from wizard.record import Record
from wizard.report.content import emergency_sections, stamp_section, use_section
from wizard.report.moment import Moment
from wizard.wording.notices import NOT_UNSUITABLE, notices_in_short
from wizard.wording.outline import Item, Report, Section, section_of
from wizard.wording.replaying import (
    Outcome,
    log_cell,
    outcome_of,
    outside_cell,
    replay_sections,
    result_cell,
)
from wizard.wording.since import BEHIND, moved_items
from wizard.wording.text import counted, sentence

COLUMNS: Final = ("result", "log", "made in", "changed outside", "title")


class Replayed(Record):
    """A file that was to be replayed.

    `replay` is None where it could not be read, or is not a case: `why` says why, in one line.
    `as_written` tells whether the lines of its log are just those that the wizard writes.
    """

    file: str
    outcome: Outcome
    replay: Replay | None = None
    why: str = ""
    as_written: bool = True


def replay_report(situation: Situation, moment: Moment, one: Replayed) -> Report:
    """A case that was replayed; `situation` has its answers of then in the pathway of now."""
    pathway, replay = situation.pathway, one.replay
    if replay is None:
        raise TypeError(one)
    title = replay.case.title
    emergencies = () if replay.fault else emergency_sections(situation)
    return Report(
        title=f"{pathway.title}: a saved case replayed{f': {title}' if title else ''}",
        first=notices_in_short(pathway),
        sections=(
            *emergencies,
            *replay_sections(pathway, replay, as_written=one.as_written),
            *_closing(situation, moment),
        ),
    )


def folder_report(situation: Situation, moment: Moment, found: Sequence[Replayed]) -> Report:
    """All files of a folder as a table, then what moved by option, and what was not replayed."""
    pathway = situation.pathway
    return Report(
        title=f"{pathway.title}: saved cases replayed",
        first=notices_in_short(pathway),
        sections=(
            Section(
                "Cases",
                (_summary(found),),
                tuple(map(_row, found)),
                columns=COLUMNS,
                table=bool(found),
            ),
            *section_of("What moved", "", _moved(pathway, found)),
            *section_of(
                "Not replayed",
                "",
                (Item(f"{printable(each.file)}: {each.why}") for each in found if each.why),
            ),
            *_closing(situation, moment),
        ),
    )


def _closing(situation: Situation, moment: Moment) -> tuple[Section, ...]:
    read = Section("How to read it", (NOT_UNSUITABLE,))
    return (read, use_section(situation.pathway), stamp_section(situation, moment))


def _summary(found: Sequence[Replayed]) -> str:
    if not found:
        return "The folder is empty."
    parts = []
    for outcome in Outcome:
        number = sum(each.outcome is outcome for each in found)
        parts += [f"{number} {outcome.value}"] if number else []
    outside = sum(bool(each.replay and each.replay.changed_outside) for each in found)
    parts += [f"{outside} changed outside the wizard"] if outside else []
    return sentence(f"{len(found)} file{'' if len(found) == 1 else 's'}: {', '.join(parts)}")


def _row(one: Replayed) -> Item:
    replay = one.replay
    if replay is None:
        damaged = one.outcome is Outcome.DAMAGED
        cells = (one.outcome.value, "damaged" if damaged else "", "", "", "")
        return Item(printable(one.file), cells=cells, strong=damaged)
    made = replay.case.made
    stamps = () if made is None else (made.pathway, *made.overlays)
    cells = (
        result_cell(replay),
        log_cell(replay),
        " + ".join(each.version or each.id for each in stamps),
        outside_cell(replay),
        replay.case.title or "",
    )
    strong = outcome_of(replay) in (Outcome.MOVED, Outcome.DAMAGED) or replay.changed_outside
    return Item(printable(one.file), cells=cells, strong=strong)


def _moved(pathway: Pathway, found: Sequence[Replayed]) -> Iterator[Item]:
    """Each way in which an option or alert moved, with its cases and what changed behind it."""
    files: dict[str, list[str]] = {}
    behind: dict[str, dict[str, None]] = {}
    for each in found:
        if each.replay is None or each.replay.since is None:
            continue
        for item in moved_items(pathway, each.replay.since):
            files.setdefault(item.text, []).append(each.file)
            lines = (below.text for below in item.items if below.text.startswith(BEHIND))
            behind.setdefault(item.text, {}).update(dict.fromkeys(lines))
    for text, names in files.items():
        cases = f"{counted(len(names), 'case')}: {', '.join(map(printable, names))}"
        yield Item(text, (Item(sentence(cases)), *map(Item, behind[text])), strong=True)
