"""A round of practice line by line: cases and numbered choices out, numbers in."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Final, TextIO

from wizard.exits import ExitCode
from wizard.plain.pages import wrapped
from wizard.practice.done import Done
from wizard.practice.log import Log, LogError
from wizard.practice.marking import Line, Marking, Verdict
from wizard.practice.rounds import Phase, Result, Round, commit, finished, go_on, tick_only
from wizard.practice.schedule import Schedule
from wizard.practice.tasks import Studio
from wizard.practice.words import (
    clock_line,
    figures,
    line_heading,
    opening_lines,
    provenance,
    summary,
    task_title,
    unkept_line,
)

MOST_MISUNDERSTOOD: Final = 25
"""So many lines in a row that mean nothing are no person's."""

_LONGEST_LINE: Final = 10_000
_REPLY: Final = "Numbers of your choices (1,3), 0 for none of them, ? to hear it again, q to end:"


def practise(  # noqa: PLR0913 - what a round is made of, and where it is told and kept
    studio: Studio,
    now: Round,
    log: Log,
    *,
    unkept: str,
    standing: Callable[[tuple[Done, ...]], Schedule],
    at: datetime,
    source: TextIO,
    sink: TextIO,
) -> ExitCode:
    """Ask and mark until the round is over, the input ends or the person quits.

    Each finished task is logged at once; where it cannot be, that is said once, and the round goes
    on.  `unkept` is why the log cannot be used from the start.  Ends with a summary of what was
    finished, for which `standing` gives the schedule after these tasks, and with what made it; `at`
    is when the round was begun.  Too many lines in a row that mean nothing are wrong usage.
    """
    for text in opening_lines(studio, len(now.tasks)):
        _say(sink, wrapped(text))
    if unkept:
        _say(sink, wrapped(unkept_line(unkept)))
    elif ahead := clock_line(standing(())):
        _say(sink, wrapped(ahead))
    _say(sink, _asked(now))
    done: tuple[Done, ...] = ()
    misunderstood = 0
    while now.phase is not Phase.OVER and (line := source.readline(_LONGEST_LINE)):
        reply = line.strip().lower()
        if reply == "q":
            break
        if reply == "?":
            _say(sink, _asked(now, again=True))
            continue
        numbers = _numbers(reply, len(now.asked.choices))
        if numbers is None:
            misunderstood += 1
            if misunderstood >= MOST_MISUNDERSTOOD:
                _say(sink, ["Too many lines in a row were not understood; ended."])
                return ExitCode.WRONG_USAGE
            _say(sink, wrapped(f"That was not understood. {_REPLY}"))
            continue
        misunderstood = 0
        ids = [choice.id for choice in now.asked.choices]
        before = len(now.results)
        now = commit(studio, tick_only(now, frozenset(ids[number - 1] for number in numbers)))
        if len(now.results) > before:
            done = (*done, finished(studio, now.results[-1], datetime.now(UTC)))
            unkept = unkept or _kept(log, done[-1], sink)
        now = _told(now, sink)
    _say(sink, _closing(studio, now.results, standing(done)))
    _say(sink, _provenance(studio, at))
    return ExitCode.UNUSABLE_FILE if unkept else ExitCode.DONE


# --- parts -----------------------------------------------------------------------------------


def _kept(log: Log, done: Done, sink: TextIO) -> str:
    """Log a finished task; why it cannot be, after saying so."""
    try:
        log.add(done)
    except LogError as error:
        _say(sink, wrapped(unkept_line(str(error))))
        return str(error)
    return ""


def _asked(now: Round, *, again: bool = False) -> Iterator[str]:
    """The case and the question that is open; nothing once the round is over."""
    if now.phase is Phase.OVER:
        return
    task, question = now.task, now.asked
    yield ""
    yield from wrapped(f"{task_title(now)}.")
    if now.question and not again:
        yield "The same case (? to hear it again)."
    else:
        lead = f"{task.told.lead} In full: " if task.told.lead else "The case: "
        yield from wrapped(lead + " ".join(task.told.story))
    yield ""
    yield from wrapped(question.prompt)
    for number, choice in enumerate(question.choices, 1):
        yield from wrapped(f"{number}. {choice.label}", "  ", "     ")
    if now.phase is Phase.SECOND_CHANCE:
        yield from wrapped(f"Second chance. {now.hint}")
    yield _REPLY


def _told(now: Round, sink: TextIO) -> Round:
    """Say the hint, or the marks and the next question; the round as it then stands."""
    if now.phase is Phase.SECOND_CHANCE:
        _say(sink, wrapped(f"Not yet: a second chance. {now.hint}"))
        _say(sink, wrapped(_REPLY))
        return now
    if now.marking is not None:
        _say(sink, _marked(now.marking))
    later = go_on(now)
    _say(sink, _asked(later))
    return later


def _marked(marking: Marking) -> Iterator[str]:
    """What was right and what was not, each difference with its reason and its claims."""
    shown: set[str] = set()
    yield ""
    yield from wrapped(f"{'Right' if marking.right else 'Marked'}: {figures(marking)}.")
    for line in marking.lines:
        yield from wrapped(f"{line_heading(line)} {line.why}", "  ", "    ")
        if marking.right or line.verdict is not Verdict.HIT:
            yield from _cited(line, shown)
    for remark in marking.remarks:
        yield from wrapped(remark, "  ", "    ")


def _cited(line: Line, shown: set[str]) -> Iterator[str]:
    """The claims of a line, those that were read before by their names alone."""
    for each in line.citations:
        if each.claim not in shown:
            yield from wrapped(f"{each.says} [{each.reference}]", "    ", "      ")
    before = [each.claim for each in line.citations if each.claim in shown]
    if before:
        yield f"    See above: {', '.join(before)}."
    shown.update(each.claim for each in line.citations)


def _closing(studio: Studio, results: tuple[Result, ...], standing: Schedule) -> Iterator[str]:
    yield ""
    if not results:
        yield "Ended before a task was finished."
        return
    for sentence in summary(studio, results, standing):
        yield from wrapped(sentence)


def _provenance(studio: Studio, at: datetime) -> Iterator[str]:
    yield ""
    for line in provenance(studio, at):
        indent = "  " if line.startswith("  ") else ""
        yield from wrapped(line, indent, indent + "  ")


def _numbers(reply: str, most: int) -> frozenset[int] | None:
    """The numbers of a reply (none for 0); None where it is not understood."""
    parts = [part for part in re.split(r"[\s,;]+", reply) if part]
    if not parts or not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        return None
    numbers = frozenset(int(part) for part in parts)
    if numbers == {0}:
        return frozenset()
    return numbers if min(numbers) >= 1 and max(numbers) <= most else None


def _say(sink: TextIO, lines: Iterable[str]) -> None:
    for line in lines:
        sink.write(f"{line}\n")
    sink.flush()
