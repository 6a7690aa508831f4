"""What takes long to work out: the coverage by cases, versions, and what differs between them."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from wizard.case.answers import Answers
from wizard.case.files import CaseErrors, read_regression_cases
from wizard.engine.disorder import BudgetExceededError
from wizard.exits import WrongUsageError
from wizard.pathway.load import load_pathway
from wizard.pathway.problems import PathwayErrors
from wizard.report.version_diff import comparison_report
from wizard.report.workbench import coverage_figures
from wizard.screen.pathway.parts import TRY
from wizard.screen.pathway.state import COMPARED, DESCRIBING, Browsing, Kind, Page, WorkedOut
from wizard.screen.pathway.trying import EXAMPLE
from wizard.wording.outline import Item, Section, entries
from wizard.wording.text import long_date
from wizard.workbench.covering import Coverage, Part, coverage
from wizard.workbench.revisions import history, version
from wizard.workbench.version_diff import compare

_MOST_REVISIONS: Final = 20


def takes_long(page: Page) -> bool:
    """Whether a page has to be worked out first."""
    compared = page.kind is Kind.VERSION and (not page.id or page.id.startswith(COMPARED))
    describing = page.kind is Kind.CASE and page.id.startswith(DESCRIBING)
    return page.kind is Kind.COVERAGE or compared or describing


class StoppedError(Exception):
    """Nobody waits for the page any more."""


def worked_out(state: Browsing, page: Page, wanted: Callable[[], bool]) -> WorkedOut:
    """What such a page tells, or why it cannot be worked out.

    It stops as soon as the page is not `wanted` any more.
    """

    def step(_doing: str) -> None:
        if not wanted():
            raise StoppedError

    try:
        if page.kind is Kind.COVERAGE:
            return _coverage(state, step)
        if page.kind is Kind.CASE:
            return WorkedOut(tuple(_describing(state, page.id.removeprefix(DESCRIBING))))
        if page.id:
            return WorkedOut(_difference(state, page.id.removeprefix(COMPARED), step))
        return WorkedOut(tuple(_versions(state)))
    except StoppedError:
        return WorkedOut(())
    except (CaseErrors, PathwayErrors, BudgetExceededError, WrongUsageError, OSError) as error:
        return WorkedOut((Section("It cannot be told", tuple(str(error).splitlines())),))


# --- coverage --------------------------------------------------------------------------------


def _coverage(state: Browsing, step: Callable[[str], None]) -> WorkedOut:
    pathway = state.pathway
    cases = read_regression_cases(Path(pathway.folder) / "cases", pathway)
    found = coverage(pathway, cases, step)
    examples = {
        str(number): miss.example
        for number, miss in enumerate(found.misses)
        if miss.example is not None
    }
    misses = tuple(section for part in Part for section in _misses(part, found, examples))
    none = () if misses else (Section("Missed", ("Nothing: the cases reach all of it.",)),)
    return WorkedOut((coverage_figures(found), *misses, *none), examples)


def _misses(part: Part, found: Coverage, examples: dict[str, Answers]) -> Iterator[Section]:
    would = "two cases that would" if part is Part.PAIR else "a case that would"
    items = tuple(
        Item(
            miss.what,
            entries([f"{would}: {miss.words}", str(miss.position)]),
            mark="t" if str(number) in examples else "·",
            about=f"{TRY}{EXAMPLE}:{number}" if str(number) in examples else "",
        )
        for number, miss in enumerate(found.misses)
        if miss.part is part
    )
    if items:
        yield Section(f"Not reached: {part}", items=items, count=len(items))


def _describing(state: Browsing, option: str) -> Iterator[Section]:
    """The pathway's cases by what they expect of an option."""
    pathway = state.pathway
    titles = dict(state.cases)
    cases = read_regression_cases(Path(pathway.folder) / "cases", pathway)
    expecting = {name: case.expect for name, case in cases.items() if case.expect is not None}
    lists = {
        "Described in": [name for name, each in expecting.items() if option in each.described],
        "Depends on further answers in": [
            name for name, each in expecting.items() if option in each.possible
        ],
    }
    for title, names in lists.items():
        items = tuple(Item(titles.get(name, name), about=f"{Kind.CASE}:{name}") for name in names)
        none = () if items else ("No case.",)
        yield Section(title, none, items, count=len(items))


# --- versions --------------------------------------------------------------------------------


def _versions(state: Browsing) -> Iterator[Section]:
    pathway = state.pathway
    log = tuple(
        Item(
            f"{each.version}, {long_date(each.date)}",
            (Item(each.what, quiet=True),),
            about=f"{Kind.VERSION}:{each.version}",
        )
        for each in pathway.changes
    )
    yield Section("Change log of the content", items=log, count=len(log))
    revisions = tuple(
        Item(
            f"{each.name}  {each.date}  {each.subject}",
            about=f"{Kind.VERSION}:{COMPARED}{each.name}",
        )
        for each in history(Path(pathway.folder), _MOST_REVISIONS)
    )
    how = ("What has changed since each of these. v compares with any other.",)
    lacks = ("The folder is not kept in git. v compares with another folder.",)
    yield Section("What has changed since", how if revisions else lacks, revisions)


def _difference(state: Browsing, name: str, step: Callable[[str], None]) -> tuple[Section, ...]:
    """What changes from a version to the pathway as it is."""
    pathway = state.pathway
    folder = Path(pathway.folder)
    with version(name, folder) as chosen:
        before = load_pathway(chosen.folder)
        names, folders = (name, "now"), (chosen.folder, folder)
        found = compare(before, pathway, names, folders, step)
        return comparison_report(found).sections
