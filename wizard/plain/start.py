"""The line-by-line wizard: reads replies until the input ends, and ends with the result."""

import os
import sys
from pathlib import Path
from typing import TextIO

from wizard.case.answers import NO_ANSWERS, Answer
from wizard.case.decisions import NO_DECISIONS
from wizard.case.journal import Journal, Left
from wizard.case.log import Did
from wizard.case.steps import answers_of, check_pathway, format_of, gone_on, with_entry
from wizard.exits import ExitCode
from wizard.kept_functions import compiled_once
from wizard.pathway.factors import DerivedFactor
from wizard.pathway.load import load_pathway
from wizard.pathway.model import Pathway
from wizard.pathway.problems import printable
from wizard.plain.lines import (
    LONGEST_LINE,
    MOST_MISUNDERSTOOD,
    say,
    section_page,
    typed_lines,
    wrapped,
)
from wizard.plain.pages import moved, opening, question, recorded
from wizard.plain.replies import Called, Misunderstood, Reply, read_reply
from wizard.plain.session import (
    Session,
    answered,
    back,
    begun,
    brought_back,
    case_of,
    gone_to,
    keeping,
    logged,
    passed,
    place_of,
    stand_of,
)
from wizard.plain.telling import question_named, told
from wizard.private_files import write_private
from wizard.reasoning.situation import situation
from wizard.record import replace
from wizard.report.as_json import json_report
from wizard.report.markdown import markdown_report
from wizard.report.moment import Moment, moment
from wizard.report.text import text_report
from wizard.wording.answers import NOT_KNOWN_KEY
from wizard.wording.left import what_is_back
from wizard.wording.text import sentence
from wizard.wording.walk import end_sentence, known_and_settled, why_not_asked


def run_plain(
    folder: Path,
    case: str | None = None,
    *,
    left: Left | None = None,
    journal: Journal | None = None,
) -> ExitCode:
    """Run the wizard on standard input and output, on the pathway of a folder.

    `case` is a file with the first answers, `left` a case that is brought back, and the `journal`
    keeps this one for that.  Raises PathwayErrors, CaseErrors, MomentError.
    """
    in_order = False
    try:
        when = moment(os.environ)
        pathway = load_pathway(folder)
        session = _new(pathway, case, when) if left is None else _resumed(pathway, left, when)
        code = converse(session, when, typed_lines(), sys.stdout, journal)
        in_order = code is ExitCode.DONE
    finally:
        if journal is not None:
            journal.end(clean=in_order)
    return code


def _new(pathway: Pathway, case: str | None, when: Moment) -> Session:
    compiled = compiled_once(pathway)
    if case is None:
        return begun(situation(compiled, NO_ANSWERS, when.today))
    # Imported on first use: a new case is read from no file.
    from wizard.opened_cases import opened_case
    from wizard.reasoning.saving import kept_of

    opened = opened_case(Path(case), compiled, when)
    say(sys.stdout, section_page(opened.first))
    session = begun(opened.now, opened.case.decisions or NO_DECISIONS)
    return replace(
        session,
        log=opened.log,
        file=opened.file,
        besides=kept_of(opened.case),
        saved=(session.now.answers, session.decisions),
    )


def _resumed(pathway: Pathway, left: Left, when: Moment) -> Session:
    check_pathway(left.log, pathway)
    say(sys.stdout, wrapped(what_is_back(left, pathway)))
    answers, _ = answers_of(left.fold.now.answers, pathway)
    now = situation(compiled_once(pathway), answers, when.today)
    session = brought_back(now, left.place, left.log)
    session = replace(session, log=gone_on(left.log, stand_of(session), when.at))
    if not left.place.file:
        return session
    from wizard.opened_cases import reopened
    from wizard.reasoning.saving import kept_of

    found = reopened(left.place.file, left.log, now.compiled)
    if found is None:
        return session
    case, file = found
    saved = case.answers, case.decisions or NO_DECISIONS
    return replace(session, file=file, besides=kept_of(case), saved=saved)


def converse(
    session: Session, when: Moment, source: TextIO, sink: TextIO, journal: Journal | None = None
) -> ExitCode:
    """Ask and answer until the input ends, which gives the result, or the person quits.

    The journal keeps the case after each reply.
    """
    say(sink, opening(session.now))
    _ask(sink, session, when)
    misunderstood = 0
    while line := source.readline(LONGEST_LINE):
        reply = read_reply(line, session.factor, _so_far(session))
        if isinstance(reply, Called) and reply.command.word == "quit":
            say(sink, wrapped(_ended(session)))
            return ExitCode.DONE
        misunderstood = misunderstood + 1 if isinstance(reply, Misunderstood) else 0
        if misunderstood >= MOST_MISUNDERSTOOD:
            say(sink, ["Too many lines in a row were not understood; ended without a result."])
            return ExitCode.WRONG_USAGE
        if isinstance(reply, Called) and reply.command.word == "save":
            session = _saved(session, reply.rest, source, sink)
            if journal is not None and session.file is not None:
                from wizard.case.recent import remembered

                remembered(session.file.path, moment(os.environ).at)
        else:
            session = logged(session, _taken(session, reply, when, sink), moment(os.environ).at)
        if journal is not None and (told := journal.keep(session.log, place_of(session))):
            say(sink, wrapped(told))
    if session.current is not None:
        say(sink, ["", "The input ended; the result of the answers so far:", ""])
        sink.write(text_report(session.now, when, case_of(session)))
        sink.flush()
    return ExitCode.DONE


def _saved(session: Session, path: str, source: TextIO, sink: TextIO) -> Session:
    from wizard.plain.saving import saving

    after = saving(session, path, source, sink)
    _prompt(sink)
    return after


def _ended(session: Session) -> str:
    """What to say of what was kept when the person quits."""
    if session.file is None:
        return "Ended. Nothing was kept."
    from wizard.plain.saving import ended

    return ended(session)


def _taken(session: Session, reply: Reply, when: Moment, sink: TextIO) -> Session:
    """The session after a reply, whose outcome is said."""
    factor, before, after = session.factor, _so_far(session), session
    match reply:
        case Misunderstood(message):
            say(sink, wrapped(f"{message}."))
        case Called():
            after = _called(session, reply, when, sink)
        case None if before is None:
            say(sink, [f"Type an answer, {NOT_KNOWN_KEY} for not known, or ? for help."])
        case None:
            after = passed(session)
        case _:
            after = answered(session, reply)
            if factor is not None:
                say(sink, recorded(factor, reply))
                say(sink, moved(session.now, after.now))
    if (after.now, after.current, after.asked) == (session.now, session.current, session.asked):
        # The same question stands, and need not be asked again in full.
        _prompt(sink)
    else:
        _ask(sink, after, when)
    return after


def _called(session: Session, called: Called, when: Moment, sink: TextIO) -> Session:
    """The session after a command other than quit, whose outcome is said."""
    match called.command.word:
        case "back" if session.asked:
            return back(session)
        case "go" if factor := question_named(called.rest, session.now.pathway):
            wanted = session.now.pathway.factors[factor]
            if not isinstance(wanted, DerivedFactor) or wanted.may_be_answered:
                return gone_to(session, factor)
            said = why_not_asked(session.now, wanted)
            say(sink, wrapped(f"{wanted.label} takes no answer. {said}"))
            return session
        case "keep":
            session = keeping(session)
        case "record":
            from wizard.plain.recording import recording

            session, lines = recording(session, called.rest)
            say(sink, lines)
            return session
        case "export":
            session, words = _exported(session, called.rest, when)
            say(sink, wrapped(words))
            return session
    say(sink, told(session, called.command.word, called.rest, when))
    return session


def _exported(session: Session, name: str, when: Moment) -> tuple[Session, str]:
    """Write the result, or the case, to a new file; the session that knows of it, what to say."""
    if not name:
        return session, "Type a file name after it, such as export case.md."
    shown = printable(name)
    try:
        path = Path(name).expanduser()
        write_private(path, _export(session, path.suffix.lower(), when))
    except FileExistsError:
        return session, f"{shown} is there already; nothing was written."
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return session, f"{shown} cannot be written: {printable(reason)}."
    at = moment(os.environ).at
    form = format_of(path)
    log = with_entry(session.log, stand_of(session), Did.EXPORTED, form, at)
    plainly = " as plain text" if form["format"] == "txt" and path.suffix != ".txt" else ""
    return replace(session, log=log), f"Written to {shown}{plainly}, readable by you alone."


def _export(session: Session, suffix: str, when: Moment) -> str:
    case = case_of(session)
    match suffix:
        case ".md" | ".markdown":
            return markdown_report(session.now, when, case)
        case ".html" | ".htm":
            from wizard.report.html import html_report

            return html_report(session.now, when, case)
        case ".json":
            return json_report(session.now, when, record=session.decisions)
        case ".yaml" | ".yml":
            from wizard.case.rewriting import saved_text

            return saved_text(case, session.now.pathway)
        case _:
            return text_report(session.now, when, case)


def _so_far(session: Session) -> Answer | None:
    return None if session.current is None else session.now.answers.get(session.current)


def _ask(sink: TextIO, session: Session, when: Moment) -> None:
    """Ask the current question; without one, give the result."""
    if session.factor is not None:
        say(sink, question(session, session.factor))
    else:
        known = sentence(known_and_settled(session.now))
        end = [*wrapped(known), *wrapped(end_sentence(session.now))]
        say(sink, ["", *end, ""])
        sink.write(text_report(session.now, when, case_of(session)))
        say(sink, ["", *end, "back, go, save, export and quit work here, and ? lists the rest."])
    _prompt(sink)


def _prompt(sink: TextIO) -> None:
    sink.write("> ")
    sink.flush()
