"""The one state that the pathway place is drawn from, and all that can happen to it.

As in the other places, each transition is a pure function that returns a new state; one that does
not fit raises `Refused` with a sentence for the person, and changes nothing.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Pathway
from wizard.record import NOTHING, Record, replace
from wizard.screen.shared.keys import Refused
from wizard.wording.outline import Section

if TYPE_CHECKING:
    from wizard.workbench.standing import Standing

LONGEST_TYPED: Final = 60
MOST_VISITS: Final = 200
"""So many pages one can go back."""


class Kind(StrEnum):
    """A kind of thing, in the order of the list; its value begins the target of such a thing."""

    FINDING = "finding"
    FAILING = "failing"
    ABOUT = "about"
    FACTOR = "factor"
    OPTION = "option"
    SHARED = "shared"
    ALERT = "alert"
    DOCUMENT = "document"
    CLAIM = "claim"
    TERM = "term"
    ASSUMPTION = "assumption"
    LIMIT = "limit"
    HAZARD = "hazard"
    CASE = "case"
    COVERAGE = "coverage"
    VERSION = "version"


COMPARED: Final = "compared:"
"""Begins the id of a version that the pathway is compared with: a folder or a git revision."""
DESCRIBING: Final = "describing:"
"""Begins the id of the cases that expect an option; then comes that."""
KEPT_BY_FILES: Final = frozenset({Kind.FINDING, Kind.FAILING})
"""What is there only where somebody watches the files."""


class Page(Record):
    """What is read: one thing, or, without an id, all of its kind."""

    kind: Kind
    id: str = ""

    @property
    def target(self) -> str:
        """What leads to it."""
        return f"{self.kind}:{self.id}"


class Column(StrEnum):
    """Where the cursor is."""

    LIST = "list"
    PAGE = "page"


class Sheet(StrEnum):
    """What can be laid over the place."""

    INTENDED_USE = "intended use"
    SEARCH = "search"
    HELP = "help"


class Visit(Record):
    """A page that was left by following something on it, and where the cursor was."""

    page: Page
    column: Column
    cursor: str | None


class WorkedOut(Record):
    """What a page tells that took long; `examples` are cases that it leads to, by their names."""

    sections: tuple[Section, ...]
    examples: Mapping[str, Answers] = NOTHING


class Browsing(Record):
    """Where a person stands in the pathway.

    `unfolded` is the kind whose things the list shows, `before` the way that led to the page.
    `cases` are the pathway's own, by file, with their titles.  `standing` is how its files stand,
    None where nobody watches them; they are what is shown where it `is_current`, else that is the
    last version in which nothing was wrong.  `worked_out` has the pages that took long.
    """

    compiled: Compiled
    today: date
    cases: tuple[tuple[str, str], ...] = ()
    standing: "Standing | None" = None
    is_current: bool = True
    page: Page = Page(Kind.ABOUT)
    unfolded: Kind | None = None
    column: Column = Column.LIST
    before: tuple[Visit, ...] = ()
    sheet: Sheet | None = None
    search: str = ""
    worked_out: Mapping[Page, WorkedOut] = NOTHING

    @property
    def pathway(self) -> Pathway:
        """The pathway that is read."""
        return self.compiled.pathway


def page_of(target: str) -> Page | None:
    """The page that a target of this place, or a hit of the search, leads to."""
    kind, _, name = target.removeprefix("passage:").partition(":")
    if kind == "answer":
        kind, name = Kind.FACTOR, name.partition(":")[0]
    return Page(Kind(kind), name) if kind in set(Kind) else None


def look_at(state: Browsing, page: Page) -> Browsing:
    """Show what the cursor of the list came to; the way back stays as it is."""
    return replace(state, page=page)


def fold(state: Browsing, kind: Kind) -> Browsing:
    """Show the things of a kind in the list, or no longer."""
    return replace(
        state, page=Page(kind), unfolded=None if state.unfolded is kind else kind, sheet=None
    )


def go_into(state: Browsing) -> Browsing:
    """Go from the list to the page."""
    return replace(state, column=Column.PAGE)


def go_to_list(state: Browsing) -> Browsing:
    """Go from the page to the list."""
    return replace(state, column=Column.LIST)


def follow(state: Browsing, page: Page, cursor: str | None) -> Browsing:
    """Go to another page, from one whose cursor is there now."""
    visit = Visit(state.page, state.column, cursor)
    before = (*state.before, visit)[-MOST_VISITS:] if page != state.page else state.before
    return replace(
        state,
        page=page,
        unfolded=page.kind if page.id else state.unfolded,
        column=Column.PAGE,
        before=before,
        sheet=None,
        search="",
    )


def back(state: Browsing) -> tuple[Browsing, str | None]:
    """Where the person came from, and where the cursor was there.  Raises Refused."""
    if state.before:
        *before, visit = state.before
        unfolded = visit.page.kind if visit.page.id else state.unfolded
        earlier = replace(
            state, page=visit.page, column=visit.column, before=tuple(before), unfolded=unfolded
        )
        return earlier, visit.cursor
    if state.column is Column.PAGE:
        return go_to_list(state), None
    raise Refused("There is nothing to go back to.")


def put_over(state: Browsing, sheet: Sheet) -> Browsing:
    """Lay something over the place, or take it away where it lies there."""
    return replace(state, sheet=None if state.sheet is sheet else sheet, search="")


def close(state: Browsing) -> Browsing:
    """Take away what lies over the place."""
    return replace(state, sheet=None, search="")


def look_for(state: Browsing, words: str) -> Browsing:
    """Search for other words."""
    return replace(state, search=words[:LONGEST_TYPED])


def taken_in(state: Browsing, compiled: Compiled, cases: tuple[tuple[str, str], ...]) -> Browsing:
    """The same place in another version of the pathway; what is gone from it leads to its kind."""
    there = replace(state, compiled=compiled, cases=cases, worked_out=NOTHING)
    visits = tuple(each for each in state.before if exists(there, each.page))
    page = state.page if exists(there, state.page) else Page(state.page.kind)
    return replace(there, page=page, before=visits)


def standing_now(state: Browsing, standing: "Standing", *, is_current: bool) -> Browsing:
    """The same place once more is known of how the files stand."""
    there = replace(state, standing=standing, is_current=is_current)
    page = state.page if exists(there, state.page) else Page(state.page.kind)
    return replace(there, page=page)


def with_result(state: Browsing, page: Page, result: WorkedOut) -> Browsing:
    """The same place once a page is worked out."""
    return replace(state, worked_out={**state.worked_out, page: result})


def exists(state: Browsing, page: Page) -> bool:
    """Whether there is such a page in the pathway as it is."""
    if not page.id:
        return page.kind not in KEPT_BY_FILES or state.standing is not None
    if page.kind is Kind.VERSION and page.id.startswith(COMPARED):
        return True
    if page.kind is Kind.CASE and page.id.startswith(DESCRIBING):
        return page.id.removeprefix(DESCRIBING) in state.pathway.options
    from wizard.screen.pathway.contents import things  # it needs this module

    return any(each.page == page for each in things(state, page.kind))
