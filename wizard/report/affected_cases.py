"""The cases that another version affects: those that change alike are told once."""

from collections.abc import Iterable, Sequence
from typing import Final

from wizard.pathway.model import Status
from wizard.reasoning.expecting import NO_OPTION, Difference
from wizard.record import replace
from wizard.report.folding import Telling
from wizard.wording.outline import Item, Section
from wizard.wording.text import counted, number_word, sentence
from wizard.workbench.affected import AffectedCase
from wizard.workbench.own_cases import OwnCases
from wizard.workbench.version_diff import Diff

_MOST_GROUPS: Final = 4
"""Ways in which cases change that are told."""
_MOST_FILES: Final = 2
"""Cases of each that are named."""
_MOST_CHANGES: Final = 3
_TURNED: Final = (
    {Status.DESCRIBED.value, Status.NOT_DESCRIBED.value},
    {Status.DESCRIBED.value, NO_OPTION},
    {"raised", "not shown"},
)
"""What settles something the other way."""
_Change = tuple[str, str, str]
"""What changes, from what, to what."""


def cases_section(diff: Diff, telling: Telling) -> Section:
    """The affected cases in groups, those with a turned status first."""
    reworded = _reworded(diff)
    if not diff.cases:
        return Section("Cases", ("No regression case gets another result.", *reworded))
    failing = sum(bool(case.unmet) for case in diff.cases)
    still = "every expectation still holds"
    fails = f"the expectation of {failing} no longer holds"
    about = f"{counted(len(diff.cases), 'case')} affected: {fails if failing else still}."
    items = _grouped(diff.cases, telling)
    return Section("Cases", (about.capitalize(), *reworded), items)


def own_cases_sections(own: OwnCases | None, telling: Telling) -> tuple[Section, ...]:
    """A person's own cases: those that get another result, and what of the folder is not a case."""
    if own is None:
        return ()
    # They are not in the pathway's folder; and whoever names them asks for each of them.
    every = replace(telling, folder="", whole=True)
    title = "Your own cases"
    others = tuple(Item(f"{name} is not a case: {why}") for name, why in own.others)
    unread = sum(case.problem is not None for case in own.affected)
    changed = len(own.affected) - unread
    gets = f"{number_word(changed) if changed else 'none'} of {counted(own.number, 'case')}"
    told = f"{gets} in {own.folder} {'get' if changed > 1 else 'gets'} another result"
    told += f"; {counted(unread, 'does', 'do')} not fit both versions" if unread else ""
    items = (*_grouped(own.affected, every, expecting=False), *others)
    return (Section(title, (sentence(told),), items),)


def _grouped(
    cases: Sequence[AffectedCase], telling: Telling, *, expecting: bool = True
) -> tuple[Item, ...]:
    """Cases that change alike, together; `expecting` tells whether they are held to something."""
    groups: dict[tuple[object, ...], list[AffectedCase]] = {}
    for case in cases:
        groups.setdefault(_alike(case), []).append(case)
    ordered = sorted(groups.values(), key=_weight)
    items = [_group(each, telling, expecting=expecting) for each in ordered]
    most = min(_MOST_GROUPS, telling.most)
    if telling.whole or len(items) <= most:
        return tuple(items)
    rest = ordered[most:]
    number = sum(map(len, rest))
    fold = telling.fold([_group(each, telling, whole=True) for each in rest], number, "case")
    return (*items[:most], fold)


def _reworded(diff: Diff) -> tuple[str, ...]:
    number = len(diff.reworded)
    if not number:
        return ()
    is_written = "is" if number == 1 else "are"
    told = (
        f"{counted(number, 'case')} {is_written} only worded otherwise: same answers and results."
    )
    return (told.capitalize(),)


def _weight(cases: Sequence[AffectedCase]) -> tuple[bool, bool, int]:
    """Failing before as expected, turned before open, many before few."""
    turned = any({before, after} in _TURNED for _, before, after in _changes(cases[0]))
    return not any(case.unmet for case in cases), not turned, -len(cases)


def _alike(case: AffectedCase) -> tuple[object, ...]:
    return case.only_in, _unreadable(case), tuple(_changes(case))


def _unreadable(case: AffectedCase) -> str:
    """Why a version cannot read it, without the place in the file and what was expected."""
    return "" if case.problem is None else case.problem.partition(": ")[2].partition(";")[0]


def _changes(case: AffectedCase) -> Iterable[_Change]:
    """What changes, but for what follows from the status of an option."""
    turned = {c.option for c in case.changes if c.subject == c.option}
    known = {change.subject for change in case.changes}
    fresh = [change for change in case.unmet if change.subject not in known]
    for change in (*case.changes, *fresh):
        if change.alert is not None and change.alert.partition("_caution.")[0] in turned:
            continue
        if change.option is None or change.option == change.subject or change.option not in turned:
            yield change.subject, _status(change.expected, change), _status(change.found, change)


def _status(words: str, change: Difference) -> str:
    """A status without what it depends on."""
    return words.split(",", maxsplit=1)[0] if change.subject == change.option else words


def _group(
    cases: Sequence[AffectedCase], telling: Telling, *, whole: bool = False, expecting: bool = True
) -> Item:
    first = cases[0]
    failing = sum(bool(case.unmet) for case in cases)
    notes = [_what_changes(first, telling)]
    notes += [f"does not fit both versions: {_unreadable(first)}"] if first.problem else []
    notes += ["new"] if first.only_in == "new" else ["taken out"] if first.only_in else []
    edited = sum(case.edited for case in cases)
    notes += [f"answers edited in {edited}"] if edited else []
    notes += ["as expected"] if expecting and not failing and not first.problem else []
    told = "; ".join(filter(None, notes))
    most = len(cases) if whole or telling.whole else min(_MOST_FILES, telling.most)
    named = list(cases[:most])
    names = ", ".join(case.file for case in named)
    links = tuple(link for case in named for link in telling.link(case.file, case.file))
    rest = cases[len(named) :]
    below = (telling.fold([_names(rest, telling)], len(rest), "case"),) if rest else ()
    return Item(
        f"{counted(len(cases), 'case')}: {told}: {names}",
        below,
        strong=bool(failing),
        links=links,
    )


def _names(cases: Sequence[AffectedCase], telling: Telling) -> Item:
    names = ", ".join(case.file for case in cases)
    return Item(
        names, links=tuple(link for case in cases for link in telling.link(case.file, case.file))
    )


def _what_changes(case: AffectedCase, telling: Telling) -> str:
    changes = list(_changes(case))
    most = len(changes) if telling.whole else _MOST_CHANGES
    told = [_change(change) for change in changes[:most]]
    if len(changes) > most:
        told.append(f"and {counted(len(changes) - most, 'more change')}")
    return "; ".join(told)


def _change(change: _Change) -> str:
    subject, before, after = change
    if before == after:
        return f"{subject} depends on other questions"
    return f"{subject}: {before} -> {after}"
