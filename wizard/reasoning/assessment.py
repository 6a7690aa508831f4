"""What an assessment is: the result of reasoning over one case, as plain records."""

from collections.abc import Mapping
from enum import StrEnum

from wizard.case.answers import Answer
from wizard.pathway.model import Shown, Status
from wizard.pathway.owned_rules import RuleKey
from wizard.record import NOTHING, Record


class Setting(StrEnum):
    """A usual setting over all completions: true in every one, in none, or in some."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class AlertState(StrEnum):
    """Raised: certain from the answers.  Check: still possible, and worth asking."""

    RAISED = "raised"
    CHECK = "check"


class Verdict(Record):
    """A function of the case over all completions of the answers.

    `depends_on` (where possible) are the factors not fully answered on which it still depends;
    `because` (where settled) is a subset-minimal set of answered factors that alone settle it.
    Both are in the order of the walk.
    """

    status: Status
    depends_on: tuple[str, ...]
    because: tuple[str, ...]


class Reason(Record):
    """A verdict, and the parts of the answers that alone settle it (none where it is open).

    `derived` is what these come to, or the answers where it is open, of the derived factors asked.
    """

    verdict: Verdict
    deciding: Mapping[str, Answer]
    derived: Mapping[str, Answer] = NOTHING


class OptionAssessment(Record):
    """One option: its verdict, the statuses of its statements and exclusions, its listed aims and
    its usual setting.
    """

    id: str
    verdict: Verdict
    statements: Mapping[str, Status]
    exclusions: Mapping[str, Status]
    aims: tuple[str, ...]
    usual_setting: Setting | None

    @property
    def status(self) -> Status:
        """The option's status."""
        return self.verdict.status

    @property
    def excluded_by(self) -> tuple[str, ...]:
        """The exclusions that certainly hold."""
        every = self.exclusions.items()
        return tuple(name for name, status in every if status is Status.DESCRIBED)


class OptionShowing(Record):
    """What shows of one option: its status, its listed aims, its usual setting, and the exclusions
    that certainly hold.
    """

    id: str
    status: Status
    aims: tuple[str, ...]
    usual_setting: Setting | None
    excluded_by: tuple[str, ...]


class Showing(Record):
    """What shows of a case, in the pathway's order; of its alerts only those that show."""

    options: Mapping[str, OptionShowing]
    alerts: Mapping[str, AlertState]


class NextFactor(Record):
    """A factor that may be asked now and can still change something shown, and what."""

    factor: str
    changes: tuple[Shown, ...]


class Cited(Record):
    """The claims that a sentence is cited with: `certain` are those of every way and of the ways
    that hold, `possible` those of ways that still may.
    """

    certain: tuple[str, ...]
    possible: tuple[str, ...]


class Conclusions(Record):
    """What a regression case expects of its answers.

    `options` in the neutral order; `alerts` (shown ones only) in the pathway's order; `parked` are
    answered factors that apply in no completion.  No case expects what settles an option: only an
    `Assessment` has verdicts with `because`.
    """

    options: Mapping[str, OptionAssessment]
    alerts: Mapping[str, AlertState]
    parked: tuple[str, ...]


class Assessment(Conclusions):
    """Everything that follows from the answers.

    `next` in the order of the walk; `waiting` are factors that can matter once a parent makes them
    apply; `applies` tells for every factor in how many completions it applies.  `derived` has the
    values of each derived factor that are left: those answered, else those worked out in some
    completion in which it applies.  `citing` tells by rule which claims of single ways hold.
    """

    next: tuple[NextFactor, ...]
    waiting: tuple[str, ...]
    applies: Mapping[str, Status]
    derived: Mapping[str, tuple[str, ...]]
    citing: Mapping[RuleKey, Mapping[str, Status]] = NOTHING

    def cited(self, *places: tuple[RuleKey, tuple[str, ...]]) -> Cited:
        """What a sentence is cited with that stands in some places: a rule, and its own claims."""
        every = dict.fromkeys(claim for _, claims in places for claim in claims)
        ways = [way for rule, _ in places for way in self.citing.get(rule, {}).items()]
        sure = {claim: None for claim, held in ways if held is Status.DESCRIBED}
        may = {claim: None for claim, held in ways if held is Status.POSSIBLE}
        certain = tuple(dict.fromkeys((*every, *sure)))
        return Cited(certain, tuple(claim for claim in may if claim not in certain))

    @property
    def showing(self) -> Showing:
        """What of it shows, without the reasons."""
        options = {
            each.id: OptionShowing(
                each.id, each.status, each.aims, each.usual_setting, each.excluded_by
            )
            for each in self.options.values()
        }
        return Showing(options, self.alerts)
