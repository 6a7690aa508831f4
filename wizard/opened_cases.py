"""Opening a case to go on with it: its file and lock, and what to know before it is read."""

from datetime import datetime
from pathlib import Path

from wizard.case.files import Case, CaseErrors, read_case
from wizard.case.keeping import CaseFile, open_case
from wizard.case.log import Log, folded
from wizard.case.steps import Stand, answers_of, opened
from wizard.case_forms import case_of
from wizard.engine.compiling import Compiled
from wizard.pathway.format.content import read_bytes
from wizard.pathway.problems import FileErrors
from wizard.reasoning.saving import since_saved
from wizard.reasoning.situation import Situation, situation
from wizard.record import Record
from wizard.report.moment import Moment
from wizard.wording.opened import opened_sections
from wizard.wording.outline import Section
from wizard.wording.walk import next_question


class OpenedCase(Record):
    """A case that was opened: its situation and log, its file, and what to read of it first.

    `file` is None where the wizard does not save to the file that it was read from.
    """

    case: Case
    now: Situation
    log: Log
    file: CaseFile | None
    first: tuple[Section, ...]


def opened_case(path: Path, compiled: Compiled, when: Moment) -> OpenedCase:
    """Open the case of a file.  Raises CaseErrors where it does not fit, or cannot be read."""
    try:
        content = read_bytes(path, str(path))
    except FileErrors as errors:
        raise CaseErrors(errors.problems) from None
    pathway = compiled.pathway
    case = case_of(content, pathway, str(path), can_be_asked=True)
    now = situation(compiled, case.answers, when.today)
    # What is expected of a regression case is its own file's, and a response of FHIR is not a case
    # file: the wizard saves to another.
    file = None if case.expect is not None or case.read_as else open_case(path, content)
    told = []
    if file is not None and not file.alone:
        told.append(
            f"another wizard has {path.name} open: what is saved here is kept beside it, as a file "
            "of its own"
        )
    first = opened_sections(case, pathway, since_saved(case, now), told)
    return OpenedCase(case, now, _log(case, now, when.at), file, first)


def reopened(path: str, log: Log, compiled: Compiled) -> tuple[Case, CaseFile] | None:
    """The file of a case that was left, where it is as that case left it; else None.

    It is so where its log is the beginning of the case's, and its answers are those of its log.
    """
    place = Path(path)
    try:
        content = read_bytes(place, path)
        case = read_case(content, compiled.pathway, path, can_be_asked=True)
    except FileErrors:
        return None
    if not case.log or log[: len(case.log)] != case.log:
        return None
    if answers_of(folded(case.log).now.answers, compiled.pathway)[0] != case.answers:
        return None
    file = open_case(place, content)
    return None if file is None else (case, file)


def _log(case: Case, now: Situation, at: datetime) -> Log:
    asked = next_question(now)
    stand = Stand(now.pathway, now.answers, None if asked is None else asked.id)
    return opened(case.log, stand, at)
