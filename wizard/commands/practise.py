"""Practise reasoning on cases, scored against the documents.

Shows a round of tasks on the full screen, or prints it line by line with --plain, and keeps
what was answered in a log on this machine; the last three of these only read, write out or
delete the log.

examples:
  mdt-wizard practise                        ten tasks: what is due first, then what is new
  mdt-wizard practise --tasks 5 --kind reason
  mdt-wizard practise --seed 7               the same cases for everybody who takes this seed
  mdt-wizard practise --plain --resume       go on with the round that was left before its end
  mdt-wizard practise --progress             how it goes, and what is next
  mdt-wizard practise --export log.csv       every answer so far; - writes it here
  mdt-wizard practise --delete               forget everything

What you practised is due again on a day, not at an hour. A day begins at four in the morning where
you are; MDT_WIZARD_DAY_BEGINS=0 sets another hour, from 0 to 23. The log keeps times in UTC.
"""

import argparse
import io
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from wizard.engine.diagrams import TooManyNodesError
from wizard.exits import OF_A_PATHWAY, ExitCode, WrongUsageError
from wizard.inputs import add_pathway_argument, pathway_for_a_case
from wizard.kept_functions import compiled_once
from wizard.messages import tell
from wizard.pathway.problems import printable
from wizard.plain.lines import say, section_page
from wizard.practice.days import Days, local_days
from wizard.practice.kept_standing import keep_standing, read_before
from wizard.practice.log import Log, LogError, log_path
from wizard.practice.log_rows import LoggedTask, write_csv
from wizard.practice.planning import TASKS, Draw, Wish, draw_from, tasks_of
from wizard.practice.progress import progress, scheduled
from wizard.practice.rounds import Phase, Round, begin, go_on
from wizard.practice.schedule import NOTHING_REVIEWED
from wizard.practice.tasks import Curriculum, TaskKind, curriculum_of
from wizard.practice.unfinished import UnfinishedRound, resumed
from wizard.practice.words import in_words, progress_sections
from wizard.private_files import write_private
from wizard.report.moment import Moment, moment
from wizard.terminal import full_screen_possible

_MOST_TASKS: Final = 100


ENDS: Final = {
    ExitCode.DONE: "the round or the log was dealt with",
    **OF_A_PATHWAY,
    ExitCode.FOUND: "there is no such task in the pathway",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The command's arguments."""
    parser.add_argument("--plain", action="store_true", help="line by line, without a full screen")
    parser.add_argument("--seed", type=int, metavar="N", help="draw the round from this alone")
    parser.add_argument(
        "--tasks",
        type=_tasks,
        default=TASKS,
        metavar="N",
        help=f"1 to {_MOST_TASKS}, {TASKS} otherwise",
    )
    parser.add_argument(
        "--kind", choices=[kind.value for kind in TaskKind], help="one kind of task"
    )
    add_pathway_argument(parser)
    parser.add_argument("--theme", metavar="THEME", help="the full screen's colours")
    instead = parser.add_mutually_exclusive_group()
    instead.add_argument(
        "--resume",
        action="store_true",
        help="with --plain: go on with the round that was left; on the full screen, r does",
    )
    instead.add_argument("--progress", action="store_true", help="how it goes, and what is next")
    instead.add_argument("--export", metavar="FILE", help="the whole log as CSV; - writes it here")
    instead.add_argument("--delete", action="store_true", help="delete the whole log")


def run(arguments: argparse.Namespace) -> ExitCode:
    """Practise, or look after the log.  Raises PathwayErrors, OSError."""
    log = Log(log_path())
    try:
        if arguments.delete:
            return _delete(log)
        if arguments.export:
            return _export(log, arguments.export)
        if arguments.resume and not arguments.plain:
            raise WrongUsageError("--resume goes with --plain; on the full screen, r resumes")
        plain = arguments.plain or arguments.progress
        return _practise(log, arguments) if plain else _on_screen(arguments)
    except TooManyNodesError:
        tell("this pathway is too large to practise on")
        return ExitCode.BAD_PATHWAY


# --- parts -----------------------------------------------------------------------------------


def _practise(log: Log, arguments: argparse.Namespace) -> ExitCode:
    pathway = pathway_for_a_case(arguments.pathway)
    when = moment(os.environ)
    made = curriculum_of(compiled_once(pathway), when.today)
    days = local_days(os.environ)
    if arguments.progress:
        _tell_progress(made, log.tasks(pathway.id), days, when)
        return ExitCode.DONE
    before = read_before(log, made, datetime.now(UTC), days)
    keep_standing(log, made, before, days)
    if arguments.resume:
        if before.unkept:
            raise LogError(before.unkept)
        draw, now = _resumed(arguments, made, before.unfinished)
    else:
        standing = scheduled(made, before.standing, (), datetime.now(UTC), days)
        chance = int.from_bytes(os.urandom(4))
        draw = draw_from(standing, _wish(arguments), chance, alone=arguments.seed)
        now = begin(tasks_of(made, draw))
        if before.unfinished is not None and arguments.seed is None:
            tell("a round was left: --resume goes on with it, until you answer in this new one")
    if now.phase is Phase.OVER:
        tell("this pathway gives no such task")
        return ExitCode.FOUND
    from wizard.plain.practice import Kept, practise

    return practise(
        made,
        now,
        Kept(log, draw, before.unkept),
        schedule=lambda done: scheduled(made, before.standing, done, datetime.now(UTC), days),
        at=when.at,
    )


def _resumed(
    arguments: argparse.Namespace, made: Curriculum, unfinished: UnfinishedRound | None
) -> tuple[Draw, Round]:
    """The round that was left, at its open question."""
    if arguments.seed is not None or arguments.kind:
        raise WrongUsageError("--resume goes on with a round as it was begun: no --seed or --kind")
    now = resumed(made, unfinished) if unfinished else None
    if unfinished is None or now is None:
        why = "the pathway or the tool has changed since" if unfinished else "no round was left"
        raise WrongUsageError(f"{why}; `mdt-wizard practise --plain` begins a new one")
    return unfinished.draw, go_on(now)


def _tell_progress(
    made: Curriculum, tasks: tuple[LoggedTask, ...], days: Days, when: Moment
) -> None:
    now = datetime.now(UTC)
    view = progress(
        made.pathway, tasks, scheduled(made, NOTHING_REVIEWED, tasks, now, days), now, days
    )
    say(sys.stdout, [f"Practice: {made.pathway.title} {made.pathway.version}"])
    say(sys.stdout, section_page(map(in_words, progress_sections(made, view, when.at))))


def _on_screen(arguments: argparse.Namespace) -> ExitCode:
    """The same on the full screen, in its practice place."""
    if not full_screen_possible():
        raise WrongUsageError("the full screen needs a terminal; use `mdt-wizard practise --plain`")
    from wizard.opening import Opening, open_wizard

    opening = Opening(arguments.theme, "practice", wish=_wish(arguments), seed=arguments.seed)
    return open_wizard(arguments.pathway, opening)


def _wish(arguments: argparse.Namespace) -> Wish:
    return Wish(arguments.tasks, TaskKind(arguments.kind) if arguments.kind else None)


def _export(log: Log, place: str) -> ExitCode:
    tasks = log.tasks()
    if place == "-":
        write_csv(tasks, sys.stdout)
        return ExitCode.DONE
    text = io.StringIO()
    write_csv(tasks, text)
    try:
        write_private(Path(place), text.getvalue())
    except FileExistsError:
        raise WrongUsageError(f"{place} is there already; nothing was written") from None
    tell(f"{len(tasks)} tasks written to {place}")
    return ExitCode.DONE


def _delete(log: Log) -> ExitCode:
    deleted = log.delete()
    what = "every answer in it was deleted" if deleted else "there was nothing in it"
    sys.stdout.write(f"{printable(str(log.path))}: {what}\n")
    return ExitCode.DONE


def _tasks(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= number <= _MOST_TASKS:
        raise argparse.ArgumentTypeError(f"a number from 1 to {_MOST_TASKS} was expected")
    return number
