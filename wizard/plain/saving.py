"""The command `save`: writes the case to its file; the first time it asks for a title."""

import os
from pathlib import Path
from typing import TextIO

from wizard.case.files import Case
from wizard.case.keeping import CaseFile, save_as, save_titled
from wizard.case.kept_parts import Kept
from wizard.pathway.problems import printable
from wizard.plain.lines import LONGEST_LINE, say, wrapped
from wizard.plain.session import Session
from wizard.reasoning.saving import saved_case
from wizard.record import replace
from wizard.report.moment import moment
from wizard.wording.personal import NO_PERSON, personal_doubt
from wizard.wording.titles import LONGEST_TITLE, suggested_title

_NOTHING = "There is no answer yet to save."


def saving(session: Session, path: str, source: TextIO, sink: TextIO) -> Session:
    """The session after its case was saved to a path, or to its own file where none is typed."""
    if not session.now.answers and session.file is None:
        say(sink, [_NOTHING])
        return session
    title = session.besides.title
    if not path and session.file is None:
        suggested = title or suggested_title(session.now.pathway, session.now.answers)
        title = _asked_title(suggested, source, sink)
        if not title:
            say(sink, ["Nothing was saved."])
            return session
    case = _case(session, title)
    try:
        file, told = _written(session, case, path)
    except FileExistsError:
        say(sink, wrapped(f"{printable(path)} is there already; nothing was written."))
    except (OSError, RuntimeError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        where = getattr(error, "filename", None) or path
        named = f"{where} cannot be written" if where else "It cannot be saved"
        say(sink, wrapped(printable(f"{named}: {reason}.")))
    else:
        say(sink, wrapped(told))
        return _with_file(session, case, file)
    return session


def ended(session: Session) -> str:
    """What to say at the end of what was kept; the file is let go."""
    if session.file is None:
        return "Ended. Nothing was kept."
    session.file.let_go()
    where = printable(str(session.file.path))
    if session.saved == (session.now.answers, session.decisions):
        return f"Ended. The case is saved in {where}."
    return f"Ended. What was done since it was saved is not in {where}."


# --- parts -----------------------------------------------------------------------------------


def _case(session: Session, title: str) -> Case:
    kept: Kept = replace(session.besides, title=title, decisions=session.decisions or None)
    at = moment(os.environ).at
    return saved_case(session.now, session.current, kept, session.log, at)


def _written(session: Session, case: Case, path: str) -> tuple[CaseFile, str]:
    """The file that has the case now, and what to say of it.  Raises OSError, RuntimeError."""
    pathway = session.now.pathway
    if path:
        file = save_as(Path(path).expanduser(), case, pathway)
    elif session.file is None:
        file = save_titled(case.title or "", case, pathway)
    else:
        saved = session.file.save(case, pathway)
        kept = f"{saved.why}: kept beside it, as" if saved.why else "Saved to"
        return session.file, printable(f"{kept} {saved.path}.")
    if session.file is not None:
        session.file.let_go()
    return file, printable(f"Saved to {file.path}, readable by you alone; save saves there again.")


def _with_file(session: Session, case: Case, file: CaseFile) -> Session:
    besides = replace(session.besides, title=case.title or "")
    saved = session.now.answers, session.decisions
    return replace(session, file=file, besides=besides, log=case.log, saved=saved)


def _asked_title(suggested: str, source: TextIO, sink: TextIO) -> str:
    """The title that is typed, or the suggested one for an empty line; empty at the end of input.

    One that looks as if it told who somebody is counts when it is typed twice.
    """
    say(sink, wrapped(f"A title for the case; an empty line takes “{suggested}”. {NO_PERSON}"))
    doubted = ""
    while True:
        sink.write("title> ")
        sink.flush()
        line = source.readline(LONGEST_LINE)
        if not line:
            return ""
        title = " ".join(line.split())[:LONGEST_TITLE] or suggested
        doubt = personal_doubt(title)
        if not doubt or title == doubted:
            return title
        doubted = title
        say(sink, wrapped(f"{doubt} Type it again to keep it so, or another title."))
