"""The tour: a minute over a real case of the pathway, which any other key leaves."""

from collections.abc import Callable
from datetime import date
from itertools import islice
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen

from wizard.engine.compiling import Compiled
from wizard.pathway.factors import ChoiceFactor
from wizard.pathway.model import Status
from wizard.record import Record, replace
from wizard.screen.case import transitions
from wizard.screen.case.question import NOT_KNOWN
from wizard.screen.case.state import Overlay, State, Topic, new_case
from wizard.screen.case.targets import OPTION
from wizard.screen.shared.bar import Bar
from wizard.screen.shared.keys import Refused
from wizard.screen.shared.rows import Row, Span, Tone, spans, text
from wizard.wording.answers import NOT_KNOWN_KEY
from wizard.workbench.gallery import GalleryCase, gallery_cases

_MOST_LOOKED_AT: Final = 8
"""Cases among which one that shows enough is looked for; a key waits for it."""
_ON: Final = frozenset({"enter", "space", "right"})


class Stop(Record):
    """A stop of the tour: what is said, the case as it stands, and what of it is pointed at."""

    says: str
    state: State
    column: str = "question"
    cursor: str | None = None


def tour_stops(compiled: Compiled, today: date) -> tuple[Stop, ...]:
    """The tour over one of the pathway's cases.

    Raises Refused where none has a question left and options in more than one list.
    """
    case, begun = _case_for_a_tour(compiled, today)
    described, open_one = (
        next(iter(case.options(status))) for status in (Status.DESCRIBED, Status.POSSIBLE)
    )
    why = transitions.put_over(begun, Overlay(Topic.WHY, open_one))
    card = transitions.put_over(begun, Overlay(Topic.OPTION, described))
    ended = transitions.rest_not_known(begun)
    return (
        Stop(f"One question at a time; a digit answers. This case: {case.title}.", begun),
        Stop(
            f"{NOT_KNOWN_KEY} is not known. It never counts as no: all that it could still "
            "change stays open.",
            begun,
            cursor=NOT_KNOWN,
        ),
        Stop(
            "The result at any time: ● described for these answers, ◐ depends on further ones, "
            "○ not described. The order does not rank.",
            begun,
            column="options",
            cursor=OPTION + described,
        ),
        Stop("e tells why an option stands in its list, and what would move it.", why),
        Stop(
            "enter opens an option: what each document states, with place and date. "
            "t shows its tree, c its sources.",
            card,
        ),
        Stop("N: the rest is not known. This is the result; x writes it to a file.", ended),
        Stop(
            "F7 is practice: you answer first, then see what decided. F8 has the whole pathway to "
            "read. G has more cases, ? every key.",
            ended,
        ),
    )


def _case_for_a_tour(compiled: Compiled, today: date) -> tuple[GalleryCase, State]:
    """The case with most left open among the first with options in each list and a choice to make.

    Raises Refused.
    """
    first = islice(gallery_cases(compiled), _MOST_LOOKED_AT)
    telling = [case for case in first if case is not None and all(map(case.options, Status))]
    telling.sort(key=lambda case: -len(case.options(Status.POSSIBLE)))
    for case in telling:
        state = new_case(compiled, today, case.answers)
        for each in state.assessment.next:
            if isinstance(compiled.pathway.factors[each.factor], ChoiceFactor):
                return case, replace(transitions.go_to(state, each.factor), trail=())
    raise Refused("This pathway has no case that a tour can be made of.")


class TourScreen(ModalScreen[None]):
    """Says what is pointed at, and has each stop shown by the screen that lies under it."""

    CSS_PATH = "tour.tcss"

    words = query_one("#words", Bar)

    def __init__(self, stops: tuple[Stop, ...], show: Callable[[Stop], None]) -> None:
        super().__init__()
        self._stops = stops
        self._show = show
        self._at = 0

    def compose(self) -> ComposeResult:
        """The words, at the lower edge."""
        with Vertical(id="edge"):
            yield Bar(id="words")

    def on_mount(self) -> None:
        """Begin."""
        self._go_to(0)

    def on_key(self, event: events.Key) -> None:
        """Go on or back; any other key ends the tour, and does nothing else."""
        event.stop()
        event.prevent_default()
        if event.key == "left":
            self._go_to(max(self._at - 1, 0))
        elif event.key in _ON and self._at + 1 < len(self._stops):
            self._go_to(self._at + 1)
        else:
            self._end()

    def on_click(self, event: events.Click) -> None:
        """A click goes on, as enter does."""
        event.stop()
        if self._at + 1 < len(self._stops):
            self._go_to(self._at + 1)
        else:
            self._end()

    def _end(self) -> None:
        if self.is_current:
            self.dismiss(None)

    def _go_to(self, at: int) -> None:
        self._at = at
        stop = self._stops[at]
        self._show(stop)
        rows = _rows(stop.says, at + 1, len(self._stops))
        self.words.show(lambda _width: rows)


def _rows(says: str, number: int, of: int) -> tuple[Row, ...]:
    on = [("enter", "next")] if number < of else []
    keys = [*on, ("←", "back"), ("any other key", "ends")]
    told = (
        part
        for key, words in keys
        for part in (Span(f"{key} ", Tone.KEY), Span(f"{words}   ", Tone.DIM))
    )
    where = Span(f"Tour {number} of {of}   ", Tone.ACCENT)
    return (text(says, Tone.STRONG), spans(where, *told))
