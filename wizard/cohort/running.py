"""What a file of cases comes to: every row assessed, written and counted, and none lost."""

import json
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain, islice
from operator import itemgetter
from typing import Final

from wizard.cohort.columns import identifier
from wizard.cohort.counting import Counts, Tallies
from wizard.cohort.engine import BETWEEN, Engine
from wizard.cohort.query import Part
from wizard.cohort.reading import MOST_KNOWN, Case, Entry
from wizard.cohort.tables import csv_line
from wizard.pathway.model import Pathway
from wizard.record import Record

PARTS: Final = (Part.STATUS, Part.DEPENDS_ON, Part.ALERTS)
ERROR: Final = identifier("error")
_WRITTEN_AT_ONCE: Final = 8192

Ending = Callable[[Case, str], str]
"""What is written behind a row, from its case and what is said of it."""


class Output(Record):
    """Where rows go, what stands behind each there, and who is told how many there were."""

    ending: Ending
    write: Callable[[str], object]
    step: Callable[[str], None]


class Cohort(Record):
    """What came of a file: the counts of all rows, and by group."""

    whole: Counts
    groups: dict[str, Counts]
    read: int
    written: int


def csv_ending(engine: Engine, delimiter: str) -> Ending:
    """The cells behind those of a row: what is said, and the error."""
    nothing = delimiter * (len(engine.columns) - 1)

    def ending(case: Case, said: str) -> str:
        own = said if delimiter == BETWEEN else csv_line(said.split(BETWEEN), delimiter)
        return f"{delimiter}{own or nothing}{delimiter}{csv_line([case.error], delimiter)}\n"

    return ending


def json_ending(engine: Engine) -> Ending:
    """The rest of the object that a row is: what is said, and the error."""

    def ending(case: Case, said: str) -> str:
        own = dict(zip(engine.columns, said.split(BETWEEN), strict=True)) if said else {}
        return json.dumps({**own, ERROR: case.error or None}, ensure_ascii=False)[1:] + "\n"

    return ending


def assessed(entries: Iterable[Entry], engine: Engine, pathway: Pathway, output: Output) -> Cohort:
    """Assess each row, write it, and count it.

    Raises LostRowsError, and WrongUsageError where there are too many groups.
    """
    waiting = iter(entries)
    tallies = Tallies(pathway, engine.columns)
    times: Counter[Case] = Counter()
    grouped: Counter[tuple[str | None, Case]] = Counter()
    said: dict[Case, str] = {}
    ends: dict[Case, str] = {}
    written = 0

    def count() -> None:
        every = chain((((None, case), n) for case, n in times.items()), grouped.items())
        tallies.add((g, said.get(case, ""), case.factor, n) for (g, case), n in every)
        times.clear()
        grouped.clear()

    while chunk := list(islice(waiting, engine.at_once)):
        fronts, groups, cases = (list(map(itemgetter(place), chunk)) for place in range(3))
        fresh = set(cases) - ends.keys()
        if len(ends) + len(fresh) > MOST_KNOWN or len(times) + len(grouped) > MOST_KNOWN:
            count()
        if len(ends) + len(fresh) > MOST_KNOWN:
            said.clear()
            ends.clear()
            fresh = set(cases)
        sound = {case: case.masks for case in fresh if case.masks is not None}
        said.update(zip(sound, engine.said(list(sound.values())), strict=True))
        ends.update((case, output.ending(case, said.get(case, ""))) for case in fresh)
        if groups[0] is None:
            times.update(cases)
        else:
            grouped.update(zip(groups, cases, strict=True))
        text = [""] * (2 * len(chunk))
        text[::2], text[1::2] = fronts, map(ends.__getitem__, cases)
        for at in range(0, len(text), _WRITTEN_AT_ONCE):
            output.write("".join(text[at : at + _WRITTEN_AT_ONCE]))
        written += len(chunk)
        output.step(f"row {written:,}")
    count()
    return Cohort(tallies.whole.counts(), tallies.groups(), tallies.whole.rows, written)
