"""The one state that every view of a case is drawn from; `transitions` has all that can happen."""

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from wizard.case.answers import NO_ANSWERS, Answer, Answers
from wizard.case.carrying import Aside
from wizard.case.decisions import NO_DECISIONS, Decisions
from wizard.case.kept_parts import Kept
from wizard.case.log import Log
from wizard.engine.compiling import Compiled
from wizard.pathway.factors import Factor
from wizard.pathway.model import Pathway
from wizard.reasoning.assessment import Assessment
from wizard.reasoning.case_diff import NOTHING_MOVED, Moved
from wizard.reasoning.situation import Situation, situation
from wizard.record import Record, replace
from wizard.wording.walk import next_question

if TYPE_CHECKING:
    from wizard.wording.outline import Section


class Topic(StrEnum):
    """What an overlay is about."""

    OPTION = "option"
    TREE = "tree"
    WHY = "why"
    SOURCES = "sources"
    ALERTS = "alerts"
    MAP = "map"
    SEARCH = "search"
    PASSAGE = "in full"
    HELP = "help"
    INTENDED_USE = "intended use"
    WHAT_IF = "what if"
    FIRST = "find out first"
    DOCUMENTS = "document by document"
    COMPARE = "compare"
    BESIDE = "side by side"
    OPENED = "before you go on"


class Overlay(Record):
    """Something to read over the case: a topic, and the option or question it is about."""

    topic: Topic
    subject: str | None = None


class KeptCase(Record):
    """A case that is kept while the program runs; `aside` and `decisions` are as in a state."""

    title: str
    answers: Answers
    aside: tuple[Aside, ...] = ()
    decisions: Decisions = NO_DECISIONS


class Draft(Record):
    """The answer to the current question while it is being made.

    `marked` are values and groups of a choice; `members` what is said of a multi so far;
    `typed` what was typed where a number is asked, whether it is one or not; `filter` the words
    that a list of members is narrowed to, None for all.
    """

    marked: frozenset[str] = frozenset()
    members: Answer | None = None
    typed: str = ""
    filter: str | None = None


class State(Record):
    """Where a person stands in a case.

    `situation` has the answers and what follows from them; `asked` is the current question, None
    at the end of the walk; `trail` the questions behind it; `moved` what the last answer moved,
    or, where `by_save`, the last save of the pathway's files;
    `overlays` what lies over the case, the top one last, `unfolded` whether all of it shows, and
    `released` whether facts that cannot change may be other ones in it; `saved` the answers that
    were last exported, `previous` those before the last answer, and `kept` those that were last
    kept to compare with or exported; `kept_cases` are all that are kept
    by a title, `beside` the two of them that are looked at side by side; `aside` are answers that
    this version of the pathway does not know, because its files were saved anew;
    `file` is where the case is saved, empty for nowhere, `besides` what it keeps there beside its
    answers; `saved_answers` and `saved_besides` (with what was set aside) are what the file has;
    `first` is what there is to read of a case that was opened;
    `log` is what was done to the case so far, empty before its first step;
    `decisions` is the team's own record, `saved_decisions` as it was last exported,
    `decisions_before` and `decisions_undone` what undo and redo in it lead to;
    `begun` turns true with the first answer; `newcomer` is true
    while nothing was done since the first start of all.
    """

    situation: Situation
    asked: str | None
    trail: tuple[str, ...] = ()
    draft: Draft = Draft()
    moved: Moved = NOTHING_MOVED
    by_save: bool = False
    options_shown: bool = True
    overlays: tuple[Overlay, ...] = ()
    unfolded: bool = False
    released: bool = False
    search: str = ""
    saved: Answers = NO_ANSWERS
    previous: Answers | None = None
    kept: Answers | None = None
    kept_cases: tuple[KeptCase, ...] = ()
    beside: tuple[KeptCase, ...] = ()
    aside: tuple[Aside, ...] = ()
    log: Log = ()
    file: str = ""
    besides: Kept = Kept()
    first: "tuple[Section, ...]" = ()
    saved_answers: Answers = NO_ANSWERS
    saved_besides: tuple[Kept, tuple[Aside, ...]] = (Kept(), ())
    decisions: Decisions = NO_DECISIONS
    saved_decisions: Decisions = NO_DECISIONS
    decisions_before: tuple[Decisions, ...] = ()
    decisions_undone: tuple[Decisions, ...] = ()
    begun: bool = False
    newcomer: bool = False

    @property
    def pathway(self) -> Pathway:
        """The pathway that the case is in."""
        return self.situation.pathway

    @property
    def answers(self) -> Answers:
        """The answers given."""
        return self.situation.answers

    @property
    def assessment(self) -> Assessment:
        """What follows from the answers."""
        return self.situation.assessment

    @property
    def factor(self) -> Factor | None:
        """The current question."""
        return None if self.asked is None else self.pathway.factors[self.asked]

    @property
    def overlay(self) -> Overlay | None:
        """What lies over the case now."""
        return self.overlays[-1] if self.overlays else None

    @property
    def offers_tour(self) -> bool:
        """Whether a person who is here for the first time is told where to look first."""
        return self.newcomer and not self.begun

    @property
    def would_lose(self) -> bool:
        """Whether ending the case would lose answers, or a record, that were not exported."""
        _, aside = self.saved_besides
        answers = bool(self.answers) and self.answers != self.saved
        set_aside = bool(self.aside) and self.aside != aside
        return set_aside or answers or self.decisions != self.saved_decisions

    @property
    def title(self) -> str:
        """The title that a person gave it; empty where none was given."""
        return self.besides.title

    @property
    def unsaved(self) -> bool:
        """Whether its file has something else than the case."""
        now = replace(self.besides, decisions=self.decisions or None), self.aside
        return self.answers != self.saved_answers or now != self.saved_besides


def same_case(state: State, other: State) -> bool:
    """Whether two states differ in nothing but what lies over the case."""
    # Two versions of a pathway may have much in common, and take long to compare.
    return state.situation.compiled is other.situation.compiled and state == replace(
        other,
        overlays=state.overlays,
        unfolded=state.unfolded,
        released=state.released,
        search=state.search,
    )


def new_case(
    compiled: Compiled,
    today: date,
    answers: Answers = NO_ANSWERS,
    decisions: Decisions = NO_DECISIONS,
) -> State:
    """A case at its first open question, without answers or with what a file has."""
    begun = situation(compiled, answers, today)
    first = next_question(begun)
    asked = None if first is None else first.id
    return State(
        begun,
        asked,
        saved=answers,
        decisions=decisions,
        saved_decisions=decisions,
        begun=bool(answers),
    )
