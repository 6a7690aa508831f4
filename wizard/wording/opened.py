"""What a person is told of a saved case before it is read: what is not as it was when it was saved.

Nothing is told of a case that was made in just this pathway.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from wizard.case.files import Case
from wizard.case.given import SetAside
from wizard.case.log import broken_at
from wizard.case.made import Made, Stamp, made_in, measure_of
from wizard.pathway.factors import NumberFactor
from wizard.pathway.model import Pathway
from wizard.pathway.problems import printable
from wizard.reasoning.since import Since
from wizard.wording.answers import factor_label
from wizard.wording.outline import Section, entries, section_of
from wizard.wording.since import moved_items, since_line, since_sections
from wizard.wording.text import joined, sentence

OPENED: Final = "Not as it was saved"
READ_AS: Final = "How it was read"
_DIGITS: Final = 12
"""Of a digest, as many as tell two apart."""


def opened_lines(case: Case, pathway: Pathway) -> tuple[str, ...]:
    """What to know before a saved case is read in this pathway, a sentence or two a line."""
    now = made_in(pathway)
    another = case.made is not None and case.made.differs(now)
    lines = [*_log_lines(case), *case.renamed]
    if case.made is not None and another:
        lines += _made_lines(case.made, now)
        lines += _list_lines(case, pathway)
    lines += _bound_lines(case, pathway)
    back = (factor_label(pathway.factors[name]) for name in case.back)
    lines += [f"{label}: its answer was set aside, and is known again" for label in back]
    lines += [_aside_line(each) for each in case.aside]
    return tuple(lines)


def _log_lines(case: Case) -> Iterator[str]:
    broken = broken_at(case.log)
    if broken is not None:
        yield (
            f"the log is damaged: entry {broken + 1} of {len(case.log)} is not as it was written, "
            "or does not follow the one before it"
        )


def _aside_line(each: SetAside) -> str:
    """That an answer is not read, with what was answered, and why."""
    raw = each.raw if isinstance(each.raw, str) else _data_words(each.raw)
    return printable(f"set aside, not read: {each.factor}: {raw} ({each.why.what})")


def _data_words(raw: object) -> str:
    if isinstance(raw, Mapping):
        return joined([f"{name} {said}" for name, said in raw.items()])
    return joined([str(each) for each in raw], "or") if isinstance(raw, list) else str(raw)


def since_lines(pathway: Pathway, found: Since) -> tuple[str, ...]:
    """What became of a saved case in another version, each option and alert in a line."""
    moved = (each.text for each in moved_items(pathway, found))
    return (since_line(pathway, found), *moved)


def opened_sections(
    case: Case, pathway: Pathway, found: Since | None, told: Iterable[str] = ()
) -> tuple[Section, ...]:
    """What to read of a saved case before one goes on with it; none where all is as it was."""
    lines = [sentence(each) for each in (*told, *opened_lines(case, pathway))]
    read = section_of(READ_AS, "", entries(map(sentence, case.read_as)))
    before = section_of(OPENED, "", entries(lines))
    return (*read, *before, *(since_sections(pathway, found) if found is not None else ()))


def _made_lines(made: Made, now: Made) -> Iterator[str]:
    before, here = made.pathway, now.pathway
    if before.version not in (None, here.version):
        yield f"made with {before.name}; this is {here.name}"
    elif before.digest not in (None, here.digest):
        yield (
            f"made with {before.name} of other content: SHA-256 {_short(before)}, "
            f"here {_short(here)}"
        )
    present = {each.id: each for each in now.overlays}
    for each in made.overlays:
        if each.id not in present:
            yield (
                f"made with the overlay {each.name}, which is not read here; "
                f"to read it, add --pathway {each.id}"
            )
        elif Made(each).differs(Made(present[each.id])):
            yield f"made with the overlay {each.name}; this is {present[each.id].name}"
    for name in present.keys() - {each.id for each in made.overlays}:
        yield f"made without the overlay {present[name].name}"


def _short(stamp: Stamp) -> str:
    return f"{(stamp.digest or '')[:_DIGITS]}…"


def _bound_lines(case: Case, pathway: Pathway) -> Iterator[str]:
    for name in case.answers:
        factor, measured = pathway.factors[name], case.measures.get(name)
        if measured is None or not isinstance(factor, NumberFactor):
            continue
        here = measure_of(factor)
        bounds = (measured.minimum, measured.maximum)
        if None not in bounds and bounds != (here.minimum, here.maximum):
            label = factor_label(factor)
            yield f"{label}: was asked from {measured.bounds}, and is asked from {here.bounds}"


def _list_lines(case: Case, pathway: Pathway) -> Iterator[str]:
    if case.closed_lists:
        labels = [factor_label(pathway.factors[name]) for name in case.closed_lists]
        yield (
            f"{joined(labels)}: a list says of every member that it leaves out "
            "that it is absent, also of those that were not asked then"
        )
