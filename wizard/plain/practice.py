"""A round of practice line by line: cases and numbered choices out, numbers in."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, TextIO

from wizard.case.transitions import NONE_WORD
from wizard.exits import ExitCode
from wizard.plain.lines import (
    LONGEST_LINE,
    MOST_MISUNDERSTOOD,
    listed,
    say,
    section_page,
    typed_lines,
    wrapped,
)
from wizard.practice.log import Log, LogError
from wizard.practice.log_rows import LoggedTask
from wizard.practice.marking import Marking
from wizard.practice.planning import Draw
from wizard.practice.rounds import (
    Phase,
    Result,
    Round,
    commit,
    earlier,
    finished,
    give_up,
    go_on,
    tick_only,
)
from wizard.practice.schedule import Schedule
from wizard.practice.tasks import Curriculum
from wizard.practice.unfinished import unfinished_round
from wizard.practice.words import (
    clock_line,
    figures,
    marked_sections,
    opening_lines,
    provenance,
    so_far,
    summary,
    task_title,
    unkept_line,
)
from wizard.record import Record, replace
from wizard.wording.answers import NOT_KNOWN_KEY
from wizard.wording.vignettes import narrated

_NUMBERS: Final = "Numbers of your choices (1,3) or none"
_ONE_CONCLUSION: Final = "The number of a conclusion, or of all it depends on (3,4)"
_COMMANDS: Final = "? repeats, b looks back, q ends:"
_ENDING: Final = (
    "End the round? `mdt-wizard practise --plain --resume` goes on with it later. Type y to end "
    "it, or anything else to go on:"
)
_ENDING_UNKEPT: Final = (
    "End the round? It cannot be gone on with later. Type y to end it, or anything else to go on:"
)


class Kept(Record):
    """Where a round is kept as it goes: the log, what draws the round, and the tasks finished.

    `unkept` is why the log cannot be used; empty while it can.
    """

    log: Log
    draw: Draw
    unkept: str = ""
    done: tuple[LoggedTask, ...] = ()

    def after(self, curriculum: Curriculum, before: Round, now: Round) -> "Kept":
        """Keep what an answer came to: the task that it finished, and what is left of the round."""
        new = [
            finished(curriculum, result, datetime.now(UTC))
            for result in now.results[len(before.results) :]
        ]
        kept = replace(self, done=(*self.done, *new))
        try:
            if not self.unkept:
                self.log.keep(curriculum.pathway.id, new, unfinished_round(self.draw, now))
        except LogError as error:
            return replace(kept, unkept=str(error))
        return kept


def practise(
    curriculum: Curriculum,
    now: Round,
    kept: Kept,
    *,
    schedule: Callable[[tuple[LoggedTask, ...]], Schedule],
    at: datetime,
) -> ExitCode:
    """Ask and mark until the round is over, the input ends or the person quits.

    Each answer is kept at once; where it cannot be, that is said once, and the round goes on.  Ends
    with a summary of what was finished, for which `schedule` gives the schedule after these tasks,
    and with what made it; `at` is when the program was begun.  Too many lines in a row that mean
    nothing are wrong usage.
    """
    source, sink = typed_lines(), sys.stdout
    say(sink, _opening(curriculum, now, kept.unkept, schedule(())))
    say(sink, _question_page(now))
    back = misunderstood = 0
    while now.phase is not Phase.OVER and (line := source.readline(LONGEST_LINE)):
        reply = line.strip().lower()
        if reply == "q" and _ended(kept, source, sink):
            break
        if reply in _ASIDE:
            back = min(back + 1, len(earlier(now))) if reply == "b" else 0
            say(sink, _ASIDE[reply](now, back))
            continue
        after = _answered(curriculum, now, reply)
        if isinstance(after, str):
            misunderstood += 1
            if misunderstood >= MOST_MISUNDERSTOOD:
                say(sink, ["Too many lines in a row were not understood; ended."])
                return ExitCode.WRONG_USAGE
            say(sink, (*wrapped(after), _prompt(now)))
            continue
        back = misunderstood = 0
        before, kept = kept, kept.after(curriculum, now, after)
        if kept.unkept != before.unkept:
            say(sink, wrapped(unkept_line(kept.unkept)))
        say(sink, _told(after))
        now = go_on(after)
    say(sink, _closing(curriculum, now.results, schedule(kept.done)))
    say(sink, section_page([provenance(curriculum, at)]))
    return ExitCode.UNUSABLE_FILE if kept.unkept else ExitCode.DONE


# --- parts -----------------------------------------------------------------------------------


_GIVING_UP: Final = ("g", "give up")


def _opening(curriculum: Curriculum, now: Round, unkept: str, schedule: Schedule) -> Iterator[str]:
    remark = unkept_line(unkept) if unkept else clock_line(schedule)
    for text in (*opening_lines(curriculum, len(now.tasks)), remark):
        yield from wrapped(text)


def _prompt(now: Round) -> str:
    what = _ONE_CONCLUSION if now.asked.conclusions else _NUMBERS
    given_up = ", or g to give up" if now.phase is Phase.SECOND_CHANCE else ""
    return "\n".join(wrapped(f"{what}{given_up}; {_COMMANDS}"))


def _ended(kept: Kept, source: TextIO, sink: TextIO) -> bool:
    """Whether to end the round before its end; the person is asked."""
    say(sink, wrapped(_ENDING_UNKEPT if kept.unkept else _ENDING))
    line = source.readline(LONGEST_LINE)
    return not line or line.strip().lower() in ("y", "yes")


def _answered(curriculum: Curriculum, now: Round, reply: str) -> Round | str:
    """The round after a reply to its question; else what is wrong with the reply."""
    refused = _refusals(now).get(reply)
    if refused is not None:
        return refused
    if reply in _GIVING_UP:
        return give_up(now)
    numbers = frozenset[int]() if reply == NONE_WORD else _numbers(reply, len(now.asked.choices))
    if numbers is None:
        return "That was not understood."
    chosen = frozenset(now.asked.choices[number - 1].id for number in numbers)
    if now.asked.clashes(chosen):
        return "A conclusion stands alone: one number, or the numbers of what it depends on."
    ticked = tick_only(now, chosen)
    if ticked.unchanged:
        return "Nothing has changed: answer otherwise, or type g, which gives up."
    return commit(curriculum, ticked)


def _refusals(now: Round) -> dict[str, str]:
    """What is said to words that are not answers to the question in front."""
    if now.asked.conclusions:
        refused = {
            "0": "0 is not a choice.",
            NONE_WORD: "One choice is right at least.",
            NOT_KNOWN_KEY: "Not yet: type the numbers of all questions that it depends on.",
        }
    else:
        none = f"{NONE_WORD} says that no choice is right"
        refused = {
            "0": f"0 is not a choice; {none}.",
            NOT_KNOWN_KEY: f"No answer here is “not known”; {none}.",
        }
    if now.phase is not Phase.SECOND_CHANCE:
        too_early = "Answer first: there is a hint and a second chance then."
        refused.update(dict.fromkeys(_GIVING_UP, too_early))
    return refused


def _looked_back(now: Round, back: int) -> Iterator[str]:
    """A question that was asked before with its marks; the open one stays open."""
    if not back:
        yield from wrapped("No question of this round was marked before.")
    else:
        then = earlier(now)[-back]
        yield ""
        yield from wrapped("Looking back; b looks further. An answer is to the open question.")
        yield from _question(then)
        if then.marking is not None:
            yield from _marked_lines(then.marking)
        yield ""
    yield _prompt(now)


def _question_page(now: Round, *, again: bool = False) -> Iterator[str]:
    """The case and the question that is open; nothing once the round is over."""
    if now.phase is Phase.OVER:
        return
    yield ""
    yield from _question(now, brief=bool(now.question) and not again)
    if now.phase is Phase.SECOND_CHANCE:
        yield from wrapped(f"Second chance. {now.hint}")
    yield _prompt(now)


def _question(now: Round, *, brief: bool = False) -> Iterator[str]:
    """A task's case and the question on it with its choices; `brief` where it was just told."""
    task, question = now.task, now.asked
    told = so_far(now)
    yield from wrapped(f"{task_title(now)}. {told}." if told else f"{task_title(now)}.")
    if brief:
        yield "The same case (? to hear it again)."
    else:
        lead = f"{task.case.lead} In full: " if task.case.lead else "The case: "
        yield from wrapped(lead + narrated(task.case.story))
    yield ""
    yield from wrapped(question.prompt)
    not_yet = next((each for each in question.choices if each.id not in question.conclusions), None)
    for number, choice in enumerate(question.choices, 1):
        if question.conclusions and choice is not_yet:
            yield f"  Not yet ({NOT_KNOWN_KEY}), with all that it depends on:"
        yield from listed(f"{number}. {choice.label}")
    if question.apart:
        yield from wrapped(question.apart)


def _told(now: Round) -> Iterator[str]:
    """The hint, or the marks and the next question."""
    if now.phase is Phase.SECOND_CHANCE:
        yield from wrapped(f"Not right yet: a second chance. {now.hint}")
        yield _prompt(now)
    if now.marking is not None:
        yield from _marked_lines(now.marking)
        yield from _question_page(go_on(now))


def _marked_lines(marking: Marking) -> Iterator[str]:
    """What was right and what was not, each difference with its reason and its claims."""
    yield ""
    yield from wrapped(f"{'Right' if marking.right else 'Marked'}: {figures([marking])}.")
    yield from section_page(marked_sections(marking, hits=marking.right))
    for remark in marking.remarks:
        yield ""
        yield from wrapped(remark)


def _closing(
    curriculum: Curriculum, results: tuple[Result, ...], schedule: Schedule
) -> Iterator[str]:
    yield ""
    if not results:
        yield "Ended before a task was finished."
        return
    for sentence in summary(curriculum, results, schedule):
        yield from wrapped(sentence)


def _numbers(reply: str, most: int) -> frozenset[int] | None:
    """The numbers of a reply, one at least; None where it is not understood."""
    parts = [part for part in re.split(r"[\s,;]+", reply) if part]
    if not parts or not all(part.isascii() and part.isdigit() and len(part) < 4 for part in parts):
        return None
    numbers = frozenset(int(part) for part in parts)
    return numbers if min(numbers) >= 1 and max(numbers) <= most else None


_ASIDE: Final[Mapping[str, Callable[[Round, int], Iterable[str]]]] = {
    "b": _looked_back,
    "?": lambda now, _back: _question_page(now, again=True),
    "q": lambda now, _back: [_prompt(now)],
}
"""What is told for words that answer nothing; of `q`, where the round is not ended after all."""
