"""What a task is: a case as it is told, and questions that are lists to tick in.

A task holds all that is needed to ask it and to mark it.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from wizard.case.answers import Answers
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import Node
from wizard.pathway.model import Pathway
from wizard.practice.case_pool import CasePool, case_pool_of
from wizard.practice.items import About, LearningItem, Occurrence, items_of
from wizard.record import NOTHING, Record

DESCRIBED: Final = "described"
NOT_DESCRIBED: Final = "not_described"
"""The choices to tick where something can be concluded."""


class TaskKind(StrEnum):
    """What a task asks."""

    OPTIONS = "options"
    CONCLUDE = "conclude"
    REASON = "reason"
    CHANGE = "change"
    ALERT = "alert"
    SOURCE = "source"


KIND_WORDS: Final[Mapping[TaskKind, str]] = {
    TaskKind.OPTIONS: "Which options are described",
    TaskKind.CONCLUDE: "Can we conclude yet",
    TaskKind.REASON: "Which answers decide",
    TaskKind.CHANGE: "What one change would do",
    TaskKind.ALERT: "Which alert applies, and why",
    TaskKind.SOURCE: "Which document says so",
}

KINDS_ABOUT: Final[Mapping[About, tuple[TaskKind, ...]]] = {
    About.OPTION: (TaskKind.OPTIONS, TaskKind.CONCLUDE, TaskKind.REASON, TaskKind.CHANGE),
    About.ALERT: (TaskKind.ALERT,),
    About.CLAIM: (TaskKind.SOURCE,),
}
"""The kinds of task that practise an item."""


class Choice(Record):
    """Something to tick."""

    id: str
    label: str


class Decision(Record):
    """A settled function whose deciding answers are asked for, and all its minimal reasons."""

    function: Node
    wanted: bool
    reasons: tuple[frozenset[str], ...]


class Question(Record):
    """One list to tick in.  `right` are the choices to tick, where each counts by itself.

    With a `decision`, the choices are factors, and any minimal reason is right.  `conclusions` are
    choices that are an answer alone; without one of them it is too early for a conclusion, and the
    others are ticked.  `apart` says what is right in every case: it is told, and never scored.
    `excluding` marks the one that asks which documents say that an option is not for such a case.
    """

    prompt: str
    choices: tuple[Choice, ...]
    right: frozenset[str]
    decision: Decision | None = None
    conclusions: frozenset[str] = frozenset()
    apart: str = ""
    excluding: bool = False

    def ticking(self, ticked: frozenset[str], choice: str) -> frozenset[str]:
        """What is ticked once a choice is, or its tick is taken back."""
        if choice in ticked:
            return ticked - {choice}
        beside = frozenset() if choice in self.conclusions else ticked - self.conclusions
        return beside | {choice}

    def clashes(self, ticked: frozenset[str]) -> bool:
        """Whether a conclusion is ticked beside another choice."""
        return len(ticked) > 1 and not ticked.isdisjoint(self.conclusions)


class PracticeCase(Record):
    """A case and how it is told: `lead` says what it has to do with the case before.

    `name` is the file of a case of the pathway's own, None for a drawn one.
    """

    answers: Answers
    story: tuple[str, ...]
    lead: str | None = None
    name: str | None = None


class Task(Record):
    """A case with one question, or two of which the second follows the first.

    `subject` is the option or the alert asked about (None: all options); `item` the key of what
    is practised; `changed` the changed cases that the choices of a change stand for.
    """

    kind: TaskKind
    case: PracticeCase
    subject: str | None
    item: str
    questions: tuple[Question, ...]
    changed: Mapping[str, Answers] = NOTHING


class Drill(Record):
    """One item to practise, in the one of its occurrences that a case is drawn from."""

    item: LearningItem
    occurrence: Occurrence


class Curriculum(Record):
    """What can be practised: the cases that may be told, all items by key, and today's date."""

    pool: CasePool
    items: Mapping[str, LearningItem]
    today: date

    @property
    def compiled(self) -> Compiled:
        """The compiled pathway."""
        return self.pool.compiled

    @property
    def pathway(self) -> Pathway:
        """The pathway that is practised."""
        return self.pool.compiled.pathway


def curriculum_of(compiled: Compiled, today: date) -> Curriculum:
    """What can be practised on a pathway.

    Adds to the store of diagrams; raises TooManyNodesError where that is full.
    """
    base = case_pool_of(compiled)
    return Curriculum(base, MappingProxyType(dict(items_of(base))), today)
