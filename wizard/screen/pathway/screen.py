"""The pathway: what a person does to it, by key, mouse or search."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar, Final

from textual import events
from textual.binding import BindingType

from wizard.engine.compiling import Compiled
from wizard.pathway.model import Pathway
from wizard.screen.pathway import state as transitions
from wizard.screen.pathway.contents import folds
from wizard.screen.pathway.drawing import PathwayDrawing
from wizard.screen.pathway.keys import KEYS, bindings
from wizard.screen.pathway.pages import meant, page_rows
from wizard.screen.pathway.parts import TRY
from wizard.screen.pathway.state import COMPARED, Browsing, Column, Kind, Page, Sheet, page_of
from wizard.screen.pathway.trying import Trial, of_page, trial, tried
from wizard.screen.shared.edges import ACTION
from wizard.screen.shared.keys import Place, Refused
from wizard.screen.shared.pane import Pane
from wizard.workbench.gallery import case_titles

if TYPE_CHECKING:
    from wizard.workbench.standing import Standing


class PathwayScreen(PathwayDrawing):
    """Changes the state for what the widgets report, and has it drawn."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["../place.tcss", "pathway.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    AUTO_FOCUS = "#things"
    HELP = "Read the whole pathway; ? tells the keys."
    place = Place.PATHWAY
    keys = KEYS

    # --- what the files come to --------------------------------------------------------------

    def take_version(self, compiled: Compiled) -> str:
        """Show another version of the pathway: its files were saved."""
        self._change(transitions.taken_in(self.state, compiled, _cases_of(compiled)))
        return ""

    def take_standing(self, standing: "Standing", *, is_current: bool) -> None:
        """Show how the files stand, and whether they are what is shown."""
        self._change(transitions.standing_now(self.state, standing, is_current=is_current))

    # --- what the widgets report -------------------------------------------------------------

    def takes(self, event: events.Key) -> bool:
        """Letters go to the search while it is open."""
        state = self.state
        letter = event.character if event.is_printable else None
        if state.sheet is not Sheet.SEARCH or (letter is None and event.key != "backspace"):
            return False
        words = state.search[:-1] if letter is None else state.search + letter
        self._change(transitions.look_for(state, words))
        return True

    def reported(self, message: Pane.Chosen | Pane.Moved) -> None:
        """Take what happened in a pane."""
        if isinstance(message, Pane.Moved):
            self._moved()
        elif message.pane is self.things:
            self._chosen_in_list(message.target or "")
        elif self.state.sheet is Sheet.SEARCH:
            self._found(message.target or "")
        elif message.pane is not self.page:
            self.say_nothing_opens()
        elif message.target is None:
            self.say_nothing_opens(self.page)
        else:
            self._go_to(message.target, self.page.cursor)

    def _moved(self) -> None:
        if self.state.sheet is None and self.state.column is Column.LIST:
            page = page_of(self.things.cursor or "")
            if page is not None:
                self._change(transitions.look_at(self.state, page))

    def _chosen_in_list(self, target: str) -> None:
        page = page_of(target)
        if page is None:
            return
        if not page.id and folds(page.kind):
            self._change(transitions.go_to_list(transitions.fold(self.state, page.kind)))
        else:
            self._change(transitions.go_into(transitions.look_at(self.state, page)))

    def _found(self, target: str) -> None:
        if not target:
            return
        if self.chosen_in_search(target) or target.startswith(ACTION):
            self._change(transitions.close(self.state))
        self._go_to(target, self.page.cursor)

    def _go_to(self, target: str, cursor: str | None) -> None:
        """Follow a target from where the cursor is."""
        target = meant(target)
        page = page_of(target)
        if target.startswith(ACTION):
            self.do(target.removeprefix(ACTION))
        elif target.startswith(TRY):
            self._try(target)
        elif page is not None and transitions.exists(self.state, page):
            self._change(transitions.follow(self.state, page, cursor))
        elif page is not None:
            self.say("This is not in the pathway any more.")

    def went_to(self, pane: Pane) -> None:
        """Be in the column that was clicked."""
        column = {"things": Column.LIST, "page": Column.PAGE}.get(pane.id or "")
        if column not in {None, self.state.column} and self.state.sheet is None:
            go = transitions.go_into if column is Column.PAGE else transitions.go_to_list
            self._change(go(self.state))

    # --- commands ----------------------------------------------------------------------------

    def do(self, action: str) -> None:
        """Do what a key, a click or a row of a pane asks, or say why it cannot be done now."""
        if not self.allowed(action):
            return
        if action in _SHEETS:
            self._change(transitions.put_over(self.state, _SHEETS[action]))
        else:
            super().do(action)

    def enter(self) -> None:
        """Open or follow what the cursor is on."""
        if isinstance(self.focused, Pane):
            self.focused.action_choose()

    def action_back(self) -> None:
        """Go back to where the person came from."""
        with self.telling():
            state, cursor = transitions.back(self.state)
            self._change(state, cursor)

    def action_close(self) -> None:
        """Close what lies over the place, else go back."""
        if self.state.sheet is not None:
            self._change(transitions.close(self.state))
        else:
            self.action_back()

    def action_column(self) -> None:
        """Go from the list to the page, or back."""
        in_list = self.state.column is Column.LIST
        go = transitions.go_into if in_list else transitions.go_to_list
        self._change(go(self.state))

    action_column_back = action_column

    def action_unfold(self) -> None:
        """Unfold the kind under the cursor, or go into the page."""
        page = self.state.page
        if not page.id and folds(page.kind):
            self._change(transitions.fold(self.state, page.kind))
        else:
            self._change(transitions.go_into(self.state))

    def action_fold(self) -> None:
        """Go to the list, or fold the kind that is unfolded there."""
        state = self.state
        if state.column is Column.PAGE:
            self._change(transitions.go_to_list(state))
        elif state.unfolded is not None:
            self._change(transitions.fold(state, state.unfolded))

    def action_try_it(self) -> None:
        """Open a case that reaches what is in front."""
        cursor = self.page.cursor if self.state.column is Column.PAGE else None
        target = None if cursor is None else tried(page_rows(self.state), cursor)
        target = target or of_page(self.state, self.state.page)
        if target is not None:
            self._try(meant(target))

    def action_versus(self) -> None:
        """Compare with an older version."""
        from wizard.screen.pathway.versus import VersusScreen

        self.app.push_screen(VersusScreen(), self._compare_with)

    def _compare_with(self, name: str | None) -> None:
        if name is not None:
            page = Page(Kind.VERSION, f"{COMPARED}{name}")
            self._change(transitions.follow(self.state, page, self.page.cursor))

    def _try(self, target: str) -> None:
        """Look for a case in a thread, and open it in the case place once it is found."""
        looked_for = partial(_looked_for, self.state, target)
        self._filling.later(self, looked_for, partial(self._open_trial, self.pathway))

    def _open_trial(self, pathway: Pathway, found: Trial | str) -> None:
        if isinstance(found, str):
            self.say(found)
        elif self.is_current:
            self.post_message(self.CaseWanted(found.answers, found.told, pathway))

    @property
    def loss(self) -> str:
        """Nothing is lost where one only reads."""
        return ""


def pathway_place(
    compiled: Compiled,
    today: date,
    standing: "Standing | None" = None,
    *,
    is_current: bool = True,
) -> PathwayScreen:
    """The pathway place; with `standing`, how the files stand as far as that is watched."""
    return PathwayScreen(
        Browsing(compiled, today, _cases_of(compiled), standing, is_current=is_current)
    )


def _cases_of(compiled: Compiled) -> tuple[tuple[str, str], ...]:
    return tuple(case_titles(compiled.pathway.folder))


def _looked_for(state: Browsing, target: str) -> Trial | str:
    """A case for a target, or why there is none."""
    try:
        return trial(state, target)
    except Refused as refused:
        return str(refused)


_SHEETS: Final[Mapping[str, Sheet]] = {
    "intended_use": Sheet.INTENDED_USE,
    "search": Sheet.SEARCH,
    "help": Sheet.HELP,
}
"""Actions that lay something over the place."""
