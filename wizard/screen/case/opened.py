"""A case that was opened, as the state it begins with."""

from wizard.case.decisions import NO_DECISIONS
from wizard.case.files import Case
from wizard.case.keeping import CaseFile
from wizard.case.log import folded
from wizard.engine.compiling import Compiled
from wizard.opened_cases import OpenedCase
from wizard.reasoning.saving import kept_of
from wizard.record import replace
from wizard.screen.case.history import NO_HISTORY, Begun
from wizard.screen.case.resuming import history_of
from wizard.screen.case.state import Overlay, State, Topic, new_case


def begun_of(opened: OpenedCase, compiled: Compiled) -> Begun:
    """The state and history of a case that was opened; what there is to read lies over it."""
    decisions = opened.case.decisions or NO_DECISIONS
    begun = new_case(compiled, opened.now.today, opened.now.answers, decisions)
    besides = kept_of(opened.case)
    state: State = replace(
        begun,
        log=opened.log,
        file="" if opened.file is None else str(opened.file.path),
        besides=besides,
        saved_answers=begun.answers,
        saved_besides=(besides, ()),
        first=opened.first,
        overlays=(Overlay(Topic.OPENED),) if opened.first else (),
    )
    history = history_of(folded(opened.log), state) if opened.log else NO_HISTORY
    return Begun(state, history)


def with_file(state: State, case: Case, file: CaseFile) -> State:
    """A case that was left, with the file that it was saved to."""
    besides = kept_of(case)
    return replace(
        state,
        file=str(file.path),
        besides=besides,
        saved=case.answers,
        saved_answers=case.answers,
        saved_besides=(besides, ()),
        saved_decisions=case.decisions or NO_DECISIONS,
    )
