"""The file of the case on the screen: saving to it, and having another one open."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.record import replace
from wizard.report.moment import moment
from wizard.screen.case import transitions

if TYPE_CHECKING:
    from wizard.case.files import Case
    from wizard.case.keeping import CaseFile
    from wizard.screen.case.save import SaveOutcome, Write
    from wizard.screen.case.typing import CaseTyping as _Case
else:
    _Case = object  # a part of CaseScreen: each screen of Textual's own costs a start more


class CaseKeeping(_Case):
    """Saves the case to its file; the first time it asks for a title."""

    def action_save(self) -> None:
        """Save the case to its file; where it has none, ask for a title first."""
        file, state = self._file, self.state
        if file is None:
            self._ask_to_save()
        elif not state.unsaved and file.path.exists():
            self.say(f"Saved already, in {file.path}")
        else:
            case = self._case_to_save(state.title)
            try:
                saved = file.save(case, state.pathway)
            except OSError as error:
                self._ask_to_save(f"{file.path}: {error.strerror or error}")
            else:
                self._saved(case, file)
                kept = f"{saved.why}: kept beside it, as" if saved.why else "Saved to"
                self.say(f"{kept} {saved.path}")

    def _ask_to_save(self, told: str = "") -> None:
        from wizard.screen.case.save import SaveScreen
        from wizard.wording.titles import suggested_title

        state = self.state
        title = state.title or suggested_title(state.pathway, state.answers)
        self.app.push_screen(SaveScreen(title, self._write, told), self._saved_first)

    def _write(self, write: "Write") -> "CaseFile":
        """Write the case to a file of its own.  Raises OSError, RuntimeError."""
        from wizard.case.keeping import save_as, save_titled

        self._written = case = self._case_to_save(write.title)
        if write.path is None:
            return save_titled(write.title, case, self.state.pathway)
        return save_as(write.path, case, self.state.pathway, replacing=write.replacing)

    def _saved_first(self, outcome: "SaveOutcome | None") -> None:
        if outcome is not None and self._written is not None:
            self.take_file(outcome.file)
            self._saved(self._written, outcome.file)
            self.say(f"Saved to {outcome.file.path}: s saves there from now on.")

    def _saved(self, case: "Case", file: "CaseFile") -> None:
        title = case.title or ""
        self._change(transitions.saved_to(self.state, str(file.path), title, case.log))
        self.remember(file.path)

    def remember(self, path: Path) -> None:
        """Have a file among the recent ones, unless nothing is to be kept of this run."""
        if self._journal is not None:
            from wizard.case.recent import remembered

            remembered(path, moment(os.environ).at)

    def finish(self) -> str:
        """Let the file go; returns what to say on the terminal afterwards."""
        self.take_file(None)
        return super().finish()

    def take_file(self, file: "CaseFile | None") -> None:
        """Have another file open, and let the one before go."""
        if self._file is not None and self._file is not file:
            self._file.let_go()
        self._file = file

    def _case_to_save(self, title: str) -> "Case":
        from wizard.reasoning.saving import saved_case, with_aside

        state = self.state
        own = replace(state.besides, title=title, decisions=state.decisions or None)
        kept = with_aside(own, state.aside)
        return saved_case(state.situation, state.asked, kept, state.log, moment(os.environ).at)
