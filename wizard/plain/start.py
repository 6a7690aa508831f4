"""The line-by-line wizard: reads replies until the input ends, and ends with the result."""

import argparse
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final, TextIO

from wizard.case.answers import NO_ANSWERS, Answer
from wizard.case.files import Case, case_text
from wizard.exits import ExitCode
from wizard.pathway.finding import load_pathway
from wizard.pathway.problems import printable
from wizard.plain.pages import (
    help_page,
    lists_page,
    moved,
    opening,
    option_page,
    question,
    questions_page,
    recorded,
    wrapped,
)
from wizard.plain.replies import Command, Misunderstood, Reply, read_reply
from wizard.plain.session import Session, answered, back, begun, gone_to, kept
from wizard.private_files import write_private
from wizard.reasoning.compiling import compile_pathway
from wizard.report.as_json import json_report
from wizard.report.markdown import markdown_report
from wizard.report.moment import Moment, MomentError, moment
from wizard.report.text import text_report
from wizard.wording.situation import situation
from wizard.wording.walk import end_sentence, why_asked

MOST_MISUNDERSTOOD: Final = 25
"""So many lines in a row that mean nothing are no person's; what is pasted could go on forever."""

_LONGEST_LINE: Final = 10_000


def run_plain(arguments: argparse.Namespace) -> ExitCode:
    """Run the wizard on standard input and output.  Raises PathwayErrors."""
    try:
        when = moment(os.environ)
    except MomentError as error:
        sys.stderr.write(f"mdt-wizard: {error}\n")
        return ExitCode.WRONG_USAGE
    pathway = load_pathway(Path(arguments.pathway) if arguments.pathway else None)
    compiled = compile_pathway(pathway)
    session = begun(situation(compiled, NO_ANSWERS, when.today))
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(errors="replace")
    return converse(session, when, sys.stdin, sys.stdout)


def converse(session: Session, when: Moment, source: TextIO, sink: TextIO) -> ExitCode:
    """Ask and answer until the input ends, which gives the result, or the person quits."""
    _say(sink, opening(session.now))
    _ask(sink, session, when)
    misunderstood = 0
    while line := source.readline(_LONGEST_LINE):
        reply = read_reply(line, session.factor, _so_far(session))
        if isinstance(reply, Command) and reply.name == "q":
            _say(sink, ["Ended. Nothing was kept."])
            return ExitCode.DONE
        misunderstood = misunderstood + 1 if isinstance(reply, Misunderstood) else 0
        if misunderstood >= MOST_MISUNDERSTOOD:
            _say(sink, ["Too many lines in a row were not understood; ended without a result."])
            return ExitCode.WRONG_USAGE
        session = _taken(session, reply, when, sink)
    if session.current is not None:
        _say(sink, ["", "The input ended; the result of the answers so far:", ""])
        sink.write(text_report(session.now, when))
        sink.flush()
    return ExitCode.DONE


def _taken(session: Session, reply: Reply, when: Moment, sink: TextIO) -> Session:
    """The session after a reply, whose outcome is said."""
    factor, before = session.factor, _so_far(session)
    match reply:
        case Misunderstood(message):
            _say(sink, wrapped(f"{message}."))
            after = session
        case Command():
            after = _commanded(session, reply, when, sink)
        case None if before is None:
            _say(sink, ["Type an answer, 0 for not known, or ? for help."])
            after = session
        case None:
            after = kept(session)
        case _:
            after = answered(session, reply)
            if factor is not None:
                _say(sink, recorded(factor, reply))
                _say(sink, moved(session.now, after.now))
    if after is session:
        _prompt(sink)
    else:
        _ask(sink, after, when)
    return after


def _commanded(session: Session, command: Command, when: Moment, sink: TextIO) -> Session:
    """The session after a command other than quit."""
    now = session.now
    match command.name:
        case "b" if session.asked:
            return back(session)
        case "b":
            _say(sink, ["There is no question before this one."])
        case "g" if (factor := _numbered(command.rest, tuple(now.pathway.factors))) is not None:
            return gone_to(session, factor)
        case "g":
            _say(sink, questions_page(now))
        case "o" if (option := _numbered(command.rest, tuple(now.pathway.options))) is not None:
            _say(sink, option_page(now, option))
        case "o" | "l":
            _say(sink, lists_page(now))
        case "e":
            _say(sink, wrapped(_why(session)))
        case "r":
            sink.write(text_report(now, when))
        case "x":
            _say(sink, wrapped(_exported(session, command.rest, when)))
        case _:
            _say(sink, help_page(now, session.factor))
    return session


def _why(session: Session) -> str:
    if session.factor is None:
        return end_sentence(session.now)
    return why_asked(session.now, session.factor)


def _exported(session: Session, name: str, when: Moment) -> str:
    """Write the result, or the case, to a new file, and say so."""
    if not name:
        return "Type a file name after x, such as x case.md."
    shown = printable(name)
    try:
        path = Path(name).expanduser()
        write_private(path, _export(session, path.suffix.lower(), when))
    except FileExistsError:
        return f"{shown} is there already; nothing was written."
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return f"{shown} cannot be written: {printable(reason)}."
    return f"Written to {shown}, readable by you alone."


def _export(session: Session, suffix: str, when: Moment) -> str:
    match suffix:
        case ".md" | ".markdown":
            return markdown_report(session.now, when)
        case ".json":
            return json_report(session.now, when)
        case ".yaml" | ".yml":
            return case_text(Case(session.now.answers), session.now.pathway)
        case _:
            return text_report(session.now, when)


def _numbered(text: str, names: tuple[str, ...]) -> str | None:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    return names[number - 1] if 1 <= number <= len(names) else None


def _so_far(session: Session) -> Answer | None:
    return None if session.current is None else session.now.answers.get(session.current)


def _ask(sink: TextIO, session: Session, when: Moment) -> None:
    """Ask the current question; without one, give the result."""
    if session.factor is not None:
        _say(sink, question(session, session.factor))
    else:
        end = wrapped(end_sentence(session.now))
        _say(sink, ["", *end, ""])
        sink.write(text_report(session.now, when))
        _say(sink, ["", *end, "b goes back, g to any question, x exports, q quits."])
    _prompt(sink)


def _say(sink: TextIO, lines: Iterable[str]) -> None:
    sink.writelines(f"{line}\n" for line in lines)


def _prompt(sink: TextIO) -> None:
    sink.write("> ")
    sink.flush()
