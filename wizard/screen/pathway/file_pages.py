"""The pages of what is beside the rules: cases, versions, and how the files stand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from wizard.case.files import Case, CaseErrors, read_regression_case
from wizard.pathway.model import Pathway
from wizard.pathway.problems import Problem
from wizard.reasoning.expecting import Difference
from wizard.screen.pathway.file_lines import rows_around
from wizard.screen.pathway.parts import lead_row, note_row, outlined, title_row, try_row
from wizard.screen.pathway.state import Browsing, Kind
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, item, text
from wizard.wording.answers import answer_text, factor_label
from wizard.wording.outline import Item, Section
from wizard.wording.text import counted, long_date, sentence

_UNREADABLE: Final = "This case cannot be read: mdt-wizard test tells why."


def case_rows(state: Browsing, name: str) -> Iterator[Row]:
    """A case of the pathway: its story, its answers, and what it expects."""
    pathway = state.pathway
    try:
        case = read_regression_case(Path(pathway.folder) / "cases" / name, pathway)
    except (CaseErrors, OSError):
        yield text(_UNREADABLE, Tone.CAUTION)
        return
    yield title_row(case.title or name)
    if case.vignette:
        yield text(" ".join(case.vignette.split()))
    yield BLANK
    yield try_row("Open a copy of it in the case place", Kind.CASE, name)
    yield BLANK
    answers = tuple(
        Item(
            f"{factor_label(pathway.factors[factor])}: "
            f"{answer_text(pathway.factors[factor], answer)}",
            about=f"{Kind.FACTOR}:{factor}",
        )
        for factor, answer in case.answers.items()
    )
    hazards = tuple(
        Item(f"{each.id}: {each.hazard}", about=f"{Kind.HAZARD}:{each.id}")
        for each in pathway.hazards.values()
        if f"cases/{name}" in each.tests
    )
    yield from outlined(
        Section("Answers", items=answers, count=len(answers)),
        *_expected(pathway, case),
        Section("Hazards that it holds in check", items=hazards, count=len(hazards)),
    )
    yield note_row(f"Written in cases/{name}")


def _expected(pathway: Pathway, case: Case) -> Iterator[Section]:
    """What a case expects, by option."""
    expect = case.expect
    if expect is None:
        yield Section("Expected", ("It expects nothing: it is there to be practised on.",))
        return
    lists = (
        ("Expected: described", expect.described),
        ("Expected: depends on further answers", tuple(expect.possible)),
        ("Expected: not described", expect.not_described),
    )
    for title, options in lists:
        known = [each for each in pathway.options if each in set(options)]
        leads = (Item(pathway.options[each].label, about=f"{Kind.OPTION}:{each}") for each in known)
        yield Section(title, items=tuple(leads), count=len(known))
    alerts = [each for each in pathway.alerts if each in {*expect.alerts, *expect.checks}]
    leads = (Item(pathway.alerts[each].title, about=f"{Kind.ALERT}:{each}") for each in alerts)
    yield Section("Expected: alerts and checks", items=tuple(leads), count=len(alerts))


# --- how the files stand ---------------------------------------------------------------------

_LAST_GOOD: Final = "What is shown elsewhere is the last version in which nothing was wrong."


def findings_rows(state: Browsing) -> Iterator[Row]:
    """All that the check finds, each cause where it is told."""
    found = state.standing.causes if state.standing is not None else ()
    if not state.is_current:
        yield text(_LAST_GOOD, Tone.CAUTION)
        yield BLANK
    for number, (each, *others) in enumerate(found, 1):
        where = f"{each.position.file}, line {each.position.line}"
        where += f", and {counted(len(others), 'more place')}" if others else ""
        yield lead_row(Kind.FINDING, str(number), each.what, where, indent=0)
    if not found:
        yield text("The check finds nothing wrong.")


def finding_rows(state: Browsing, name: str) -> Iterator[Row]:
    """One finding of the check, with the lines of the file around it."""
    found = state.standing.causes[int(name) - 1 :] if state.standing is not None else ()
    for each, *others in found[:1]:
        yield title_row(each.what, each.code)
        yield BLANK
        where = each.position
        yield text(f"{where.file}, line {where.line}, column {where.column}")
        yield from (text(line, indent=2) for line in _beyond(each))
        yield BLANK
        yield from rows_around(Path(state.pathway.folder), where)
        yield BLANK
        places = tuple(
            Item(f"{other.position.file}, line {other.position.line}") for other in others
        )
        yield from outlined(Section("It shows here too", items=places, count=len(places)))
        yield note_row(f"mdt-wizard check --explain {each.code} has an example of right and wrong.")


def _beyond(problem: Problem) -> Iterator[str]:
    """What was expected, and the nearest name."""
    if problem.expected:
        yield sentence(problem.expected)
    if problem.near:
        yield f"Did you mean {problem.near}?"


def all_failing_rows(state: Browsing) -> Iterator[Row]:
    """Every case that is not as expected."""
    standing = state.standing
    for each in standing.failing if standing is not None else ():
        count = counted(len(each.differences), "difference")
        yield lead_row(Kind.FAILING, each.file, each.title, count, indent=0)
    if standing is not None and standing.problems:
        yield text("The cases are run once the check finds nothing wrong.")
    elif standing is not None and not standing.failing:
        yield text(f"{counted(standing.cases, 'case').capitalize()}, all as expected.")


def failing_rows(state: Browsing, name: str) -> Iterator[Row]:
    """A case that is not as expected: what it expects, and what was found."""
    failing = state.standing.failing if state.standing is not None else ()
    for found in (each for each in failing if each.file == name):
        yield title_row(found.title, name)
        yield BLANK
        yield try_row("Open a copy of it in the case place", Kind.CASE, _file(name))
        yield lead_row(Kind.CASE, _file(name), "Read the case")
        yield BLANK
        for each in found.differences:
            yield from _difference(state, each)
        yield note_row(f"mdt-wizard test --accept {name} takes what was found for what is right.")


def _file(name: str) -> str:
    return name.removeprefix("cases/")


def _difference(state: Browsing, found: Difference) -> Iterator[Row]:
    option = state.pathway.options.get(found.option or "")
    alert = state.pathway.alerts.get(found.alert or "")
    if option is not None:
        yield lead_row(Kind.OPTION, option.id, option.label, found.subject, indent=0)
    elif alert is not None:
        yield lead_row(Kind.ALERT, alert.id, alert.title, found.subject, indent=0)
    else:
        yield text(found.subject)
    yield text(f"expected: {found.expected}", indent=4)
    yield item("≠", Span(f"found: {found.found}"), tone=Tone.CAUTION, indent=2)
    yield BLANK


# --- versions --------------------------------------------------------------------------------


def version_rows(state: Browsing, name: str) -> Iterator[Row]:
    """An entry of the change log of the clinical content."""
    for change in state.pathway.changes:
        if change.version == name:
            yield title_row(change.version, long_date(change.date))
            yield text(change.what)
