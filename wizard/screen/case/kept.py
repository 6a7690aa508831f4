"""The kept cases: keep this one by a title, open, rename or drop one, set two side by side."""

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input

from wizard.record import Record, replace
from wizard.screen.case.state import KeptCase
from wizard.screen.case.targets import KEPT
from wizard.screen.shared.bar import Bar
from wizard.screen.shared.breakpoints import LOW_OR_HIGH
from wizard.screen.shared.pane import Pane
from wizard.screen.shared.rows import BLANK, Row, Span, Tone, item, text
from wizard.wording.personal import NO_PERSON, personal_doubt
from wizard.wording.text import counted
from wizard.wording.titles import LONGEST_TITLE

PRESENT: Final = "The present case"


class Wish(StrEnum):
    """What is to be done when the dialogue ends."""

    KEPT = "kept"
    OPEN = "open"
    BESIDE = "beside"


class KeptOutcome(Record):
    """How the dialogue ended: the kept cases now, what is to be done, and with which of them."""

    cases: tuple[KeptCase, ...]
    wish: Wish | None = None
    of: tuple[KeptCase, ...] = ()


class KeptScreen(ModalScreen[KeptOutcome]):
    """Lists the kept cases over a field for a title; nothing of them leaves this run."""

    CSS_PATH = "../dialog.tcss"
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = LOW_OR_HIGH
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "other", "Other", show=False, id="kept.other"),
        Binding("r", "rename", "Rename", show=False, id="kept.rename"),
        Binding("d", "drop", "Drop", show=False, id="kept.drop"),
        Binding("space", "mark", "Mark", show=False, id="kept.mark"),
        Binding("v", "beside", "Side by side", show=False, id="kept.beside"),
        Binding("escape", "cancel", "Close", show=False, id="kept.cancel"),
    ]

    words = query_one("#words", Bar)
    name_field = query_one("#title", Input)
    kept = query_one("#kept", Pane)

    def __init__(self, cases: Sequence[KeptCase], present: KeptCase, suggested: str) -> None:
        super().__init__()
        self._cases = tuple(cases)
        self._as_it_is = present
        self._present = present.answers
        self._suggested = suggested
        self._marked: tuple[str, ...] = ()
        self._renaming: str | None = None
        self._doubted = ""

    def compose(self) -> ComposeResult:
        """Words, the title, and the list."""
        with Vertical(id="dialog"):
            yield Bar(id="words")
            yield Input(id="title", max_length=LONGEST_TITLE, select_on_focus=False)
            yield Pane(id="kept")

    def on_mount(self) -> None:
        """Ask for a title where there is something to keep; else go to the list."""
        if self._present:
            self._ask_title(self._suggested)
        else:
            self._to_list()

    # --- the title ---------------------------------------------------------------------------

    @on(Input.Submitted)
    def _titled(self) -> None:
        """Keep or rename; what is doubtful is told first, and done when enter comes again."""
        title = " ".join(self.name_field.value.split())
        taken = any(each.title == title for each in self._cases if each.title != self._renaming)
        doubt = personal_doubt(title)
        if doubt:
            doubt = f"{doubt} Enter again keeps it so."
        elif taken:
            doubt = "A case with this title is kept: enter again replaces it."
        if not title:
            self._tell("A title is needed.")
        elif doubt and self._doubted != title:
            self._doubted = title
            self._tell(doubt)
        elif self._renaming is None:
            self._keep(title)
        else:
            self._rename(title)

    def _keep(self, title: str) -> None:
        others = tuple(each for each in self._cases if each.title != title)
        case = replace(self._as_it_is, title=title)
        self._end(KeptOutcome((*others, case), Wish.KEPT, (case,)))

    def _rename(self, title: str) -> None:
        self._cases = tuple(
            replace(each, title=title) if each.title == self._renaming else each
            for each in self._cases
            if each.title == self._renaming or each.title != title
        )
        self._renaming, self._marked = None, ()
        self._to_list()

    # --- the list ----------------------------------------------------------------------------

    @on(Pane.Chosen)
    def _chosen(self, message: Pane.Chosen) -> None:
        case = self._under_cursor()
        if message.target is not None and case is not None:
            self._end(KeptOutcome(self._cases, Wish.OPEN, (case,)))

    def action_other(self) -> None:
        """Go from the title to the list, or back."""
        self._renaming = None
        if self.kept.has_focus and self._present:
            self._ask_title(self.name_field.value or self._suggested)
        else:
            self._to_list()

    def action_rename(self) -> None:
        """Give a kept case another title."""
        if (case := self._under_cursor()) is not None:
            self._renaming = case.title
            self._ask_title(case.title)

    def action_drop(self) -> None:
        """Keep a case no longer."""
        if (case := self._under_cursor()) is not None:
            self._cases = tuple(each for each in self._cases if each is not case)
            self._marked = ()
            self._to_list(f"Dropped: {case.title}")

    def action_mark(self) -> None:
        """Mark one of the two to set side by side."""
        if (case := self._under_cursor()) is not None:
            others = tuple(each for each in self._marked if each != case.title)
            marked = others if case.title in self._marked else (*others[-1:], case.title)
            self._marked = marked
            self._to_list()

    def action_beside(self) -> None:
        """Set two marked cases side by side, or the one under the cursor and the present one."""
        case = self._under_cursor()
        if case is None:
            return
        named = [each for title in self._marked for each in self._cases if each.title == title]
        if len(named) == 1 and named[0] is not case:
            named.append(case)
        two = named if len(named) == 2 else [case, self._as_it_is]
        if len(named) != 2 and not self._present:
            self._to_list("Mark two with space: the present case has no answers.")
        else:
            self._end(KeptOutcome(self._cases, Wish.BESIDE, tuple(two)))

    def action_cancel(self) -> None:
        """Close; what was renamed or dropped stays so."""
        if self._renaming is not None:
            self._renaming = None
            self._to_list()
        else:
            self._end(KeptOutcome(self._cases))

    # --- parts -------------------------------------------------------------------------------

    def _end(self, outcome: KeptOutcome) -> None:
        if self.is_current:
            self.dismiss(outcome)

    def _under_cursor(self) -> KeptCase | None:
        if not self.kept.has_focus:
            return None
        title = (self.kept.cursor or "").removeprefix(KEPT)
        return next((each for each in self._cases if each.title == title), None)

    def _ask_title(self, title: str) -> None:
        """Ask for a title; typing replaces the one that is suggested, the arrows keep it."""
        self.name_field.display = True
        self.name_field.value = title
        self.name_field.select_all()
        self._doubted = ""
        self._tell(NO_PERSON)
        self.name_field.focus()

    def _tell(self, words: str) -> None:
        renames = self._renaming is not None
        head = "Another title" if renames else "Keep this case for this run, titled"
        what = "renames" if renames else "keeps"
        tab = ", tab goes to the list" if self._cases and not renames else ""
        tone = Tone.DIM if words == NO_PERSON else Tone.CAUTION
        keys = text(f"Enter {what} it{tab}, esc closes.", Tone.DIM)
        self.words.show(lambda _width: (text(head, Tone.STRONG), text(words, tone), keys))
        self._draw_list()

    def _to_list(self, told: str = "") -> None:
        self.name_field.display = False
        self._draw_list()
        if not self._cases:
            told = told or "No case is kept."
        head = told or f"{counted(len(self._cases), 'case').capitalize()} kept for this run"
        keys = "enter opens, v beside this one, space marks two for v, r renames, d drops"
        tab = ", tab keeps this case" if self._present else ""
        rows = (text(head, Tone.STRONG), text(f"{keys}{tab}, esc closes.", Tone.DIM), BLANK)
        self.words.show(lambda _width: rows)
        self.kept.focus()

    def _draw_list(self) -> None:
        rows = tuple(self._row(each) for each in self._cases)
        self.kept.show(lambda _width, _cursor: rows)
        self.kept.refresh(layout=True)

    def _row(self, case: KeptCase) -> Row:
        mark = "✓" if case.title in self._marked else " "
        same = ", as this one" if case.answers == self._present else ""
        about = Span(f"  {counted(len(case.answers), 'answer')}{same}", Tone.DIM)
        return item(mark, Span(case.title), about, tone=Tone.KEY, target=KEPT + case.title)
