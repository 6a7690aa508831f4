"""Other cases in place of this one: a new one, one of the gallery, one that was kept."""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.case.answers import NO_ANSWERS, Answers
from wizard.case.carrying import carried
from wizard.case.decisions import NO_DECISIONS, Decisions
from wizard.case.log import Did
from wizard.engine.compiling import Compiled
from wizard.pathway.model import Pathway
from wizard.pathway.problems import FileErrors
from wizard.record import replace
from wizard.report.moment import moment
from wizard.screen.case import transitions
from wizard.screen.case.history import NO_HISTORY, History
from wizard.screen.case.state import KeptCase, State, new_case
from wizard.wording.text import counted

if TYPE_CHECKING:
    from wizard.case.keeping import CaseFile
    from wizard.screen.case.keeping import CaseKeeping as _Case
    from wizard.screen.case.kept import KeptOutcome
    from wizard.workbench.gallery import GalleryCase
else:
    _Case = object  # a part of CaseScreen: each screen of Textual's own costs a start more


class CaseOpening(_Case):
    """Keeps cases by a title, and opens them and others."""

    def action_new_case(self) -> None:
        """Start again without answers."""
        if self._would_lose():
            question = "Start a new case? What this one holds is neither saved nor exported."
            self.ask(question, "New case", self._start_anew)
        else:
            self._start_anew()

    def _start_anew(self) -> None:
        # What was answered before may be of somebody else: nothing of it can be taken back to.
        self._replace_case(NO_ANSWERS)

    def action_gallery(self) -> None:
        """Look at the pathway's own cases, and open a copy of one."""
        from wizard.screen.case.gallery import GalleryScreen

        self.app.push_screen(GalleryScreen(self._compiled), self._case_chosen)

    def _open_shipped(self, name: str) -> None:
        from wizard.workbench.gallery import gallery_case

        case = gallery_case(self._compiled, name)
        if case is None:
            self.say("This case cannot be read: mdt-wizard test tells why.")
        else:
            self._case_chosen(case)

    def _case_chosen(self, case: "GalleryCase | None") -> None:
        if case is not None:
            self.open_case(case.answers, f"A copy of: {case.title}")

    def action_cases(self) -> None:
        """Look at the cases that were saved, and open one."""
        from wizard.screen.case.shelf import ShelfScreen

        self.app.push_screen(ShelfScreen(self.pathway), self._file_chosen)

    def _file_chosen(self, path: Path | None) -> None:
        if path is not None:
            self.open_saved(path)

    def open_saved(self, path: Path) -> None:
        """Open a saved case, after a question where answers would be lost."""
        self._once_nothing_is_lost(partial(self._begin_saved, path))

    def _begin_saved(self, path: Path) -> None:
        """Have a saved case, or tell what is wrong with its file."""
        from wizard.opened_cases import opened_case
        from wizard.screen.case.opened import begun_of

        if str(path.resolve()) == self.state.file:
            self.take_file(None)
        try:
            opened = opened_case(path, self._compiled, moment(os.environ))
        except FileErrors as error:
            self.say(f"{path.name} cannot be opened: {error.problems[0].what}")
            return
        begun = begun_of(opened, self._compiled)
        self._take_case(begun.state, begun.history, opened.file)
        self.remember(path)
        self.say(f"Opened: {path.name}")

    def open_case(self, answers: Answers, told: str, pathway: Pathway | None = None) -> None:
        """Open a copy of a case, after a question where answers would be lost; then tell so."""
        if pathway is not None:
            answers = carried(answers, pathway, self.pathway).answers
        self._once_nothing_is_lost(partial(self._begin_with, answers, told))

    def _once_nothing_is_lost(self, begin: Callable[[], None]) -> None:
        if self._would_lose():
            question = "Open the case? What this one holds is neither saved nor exported."
            self.ask(question, "Open", begin)
        else:
            begin()

    def take_version(self, compiled: Compiled) -> str:
        """Go on in another version, as if each answer had been given in it; tell what it lacks."""
        from wizard.screen.case.versions import (
            history_in_version,
            in_version,
            set_aside_text,
        )

        history = history_in_version(self._history, self.pathway, compiled.pathway)
        self._take_compiled(compiled)
        self._change(in_version(self.state, compiled), history, Did.MOVED)
        return set_aside_text(self.state.aside)

    def _begin_with(self, answers: Answers, told: str, decisions: Decisions = NO_DECISIONS) -> None:
        """A new case with the answers and the record of another, and nothing of the one before."""
        self._replace_case(answers, decisions)
        self.say(told)

    def _replace_case(self, answers: Answers, decisions: Decisions = NO_DECISIONS) -> None:
        """A case with these answers and this record, and nothing of the one before."""
        begun = new_case(self._compiled, self.state.situation.today, answers, decisions)
        self._take_case(begun, NO_HISTORY, None)

    def _take_case(self, begun: State, history: History, file: "CaseFile | None") -> None:
        """Have another case; what was kept by a title stays, and nothing else of the one before."""
        if self._journal is not None:
            self._journal.end(clean=True)
        self.take_file(file)
        self._change(replace(begun, kept_cases=self.state.kept_cases), history, None)

    def action_keep(self) -> None:
        """Keep the case by a title, or do something with one that was kept."""
        from wizard.screen.case.kept import PRESENT, KeptScreen
        from wizard.wording.titles import suggested_title

        state = self.state
        suggested = suggested_title(state.pathway, state.answers)
        present = KeptCase(PRESENT, state.answers, decisions=state.decisions)
        self.app.push_screen(KeptScreen(state.kept_cases, present, suggested), self._kept)

    def _kept(self, outcome: "KeptOutcome | None") -> None:
        from wizard.screen.case.kept import Wish

        if outcome is None:
            return
        self._change(replace(self.state, kept_cases=outcome.cases))
        match outcome.wish, outcome.of:
            case Wish.KEPT, (case,):
                self._change(transitions.keep(self.state))
                self.say(f"Kept: {case.title}. K lists what is kept, v compares with it later.")
            case Wish.OPEN, (case,):
                self._open_kept(case.title)
            case Wish.BESIDE, two:
                self._change(transitions.set_beside(self.state, two))

    def _open_kept(self, title: str) -> None:
        case = next(each for each in self.state.kept_cases if each.title == title)
        told = f"A copy of: {title}"
        self._once_nothing_is_lost(partial(self._begin_with, case.answers, told, case.decisions))

    def _would_lose(self) -> bool:
        """Whether another case would lose answers: neither exported nor kept by a title."""
        state = self.state
        kept = ((case.answers, case.decisions) for case in state.kept_cases)
        return state.would_lose and (state.answers, state.decisions) not in kept

    @property
    def loss(self) -> str:
        """The question to ask before the program ends."""
        if self.state.would_lose:
            if self.state.file:
                return "Quit? What was done since the case was saved is kept nowhere: s saves it."
            return "Quit? What this case holds is neither saved nor exported."
        if not self.state.kept_cases:
            return ""
        kept = counted(len(self.state.kept_cases), "kept case").capitalize()
        return f"Quit? {kept} will be lost: K keeps for this run alone."
