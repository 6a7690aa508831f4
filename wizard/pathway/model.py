"""What a pathway is: frozen records of factors, options, alerts, claims and sources.

Nothing here reads, checks or reasons.  Mappings keep the pathway's own order: factors in the
order of the walk, options in the neutral order, values and members as the files list them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Final

from wizard.pathway.position import Position
from wizard.pathway.trees import Rule


class Level(StrEnum):
    """What kind of alert it is; only an emergency may interrupt."""

    EMERGENCY = "emergency"
    CAUTION = "caution"
    SOURCES_DIFFER = "sources_differ"
    WORDING = "wording"
    GAP = "gap"
    CHECK_ANSWERS = "check_answers"


class Status(StrEnum):
    """Over all completions of a case: true in every one, in some, in none."""

    DESCRIBED = "described"
    POSSIBLE = "possible"
    NOT_DESCRIBED = "not_described"


CARD_ROWS: Final = (
    "names",
    "works",
    "given",
    "effect",
    "combinations",
    "side_effects",
    "cautions",
    "monitoring",
    "living_with",
    "background",
)
"""Rows of an option card, in the order in which every card shows them."""


# --- factors ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a choice or a member of a multi.

    `phrase` tells it in a practice vignette.  `also`, here and elsewhere, are other words by which
    a reader may look for it: our own, never those of a document.
    """

    id: str
    label: str
    help: str
    claims: tuple[str, ...]
    phrase: str | None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueGroup:
    """A named group of a choice's values that may stand for them.

    `whole` marks a group of all of them: an answer that leaves every value open, and no test.
    """

    id: str
    label: str
    help: str
    phrase: str | None
    values: tuple[str, ...]
    whole: bool
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Factor:
    """What every factor has, whatever its answers are.

    `record_only` is the reason why no tree may ask it; `fixed` marks a fact that cannot change,
    such as the past.  `phrases` of keys `none` and `unknown` tell those answers.
    """

    id: str
    label: str
    question: str
    help: str
    step: str
    claims: tuple[str, ...]
    applies_when: Rule | None
    record_only: str | None
    fixed: bool
    phrases: Mapping[str, str]
    assumes: tuple[str, ...]
    position: Position
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChoiceFactor(_Factor):
    """A factor that has exactly one of its values."""

    values: Mapping[str, Value]
    groups: Mapping[str, ValueGroup]


@dataclass(frozen=True, slots=True)
class MultiFactor(_Factor):
    """A factor of members, each present or absent.

    `at_least` is 1 where one must be present; else `none_label` words that none is.
    """

    members: Mapping[str, Value]
    none_label: str | None
    at_least: int


@dataclass(frozen=True, slots=True)
class NumberFactor(_Factor):
    """A factor that is a number, both bounds included."""

    unit: str
    minimum: Decimal
    maximum: Decimal


Factor = ChoiceFactor | MultiFactor | NumberFactor
"""Something that the team weighs, and the question that asks for it."""


def named_values(factor: Factor) -> Mapping[str, Value]:
    """What the answers to a factor name: a choice's values, a multi's members, else nothing."""
    match factor:
        case ChoiceFactor():
            return factor.values
        case MultiFactor():
            return factor.members
        case NumberFactor():
            return {}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the walk and the factors that it asks, in order."""

    id: str
    label: str
    factors: tuple[str, ...]


# --- options and alerts ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Aim:
    """What a document says that an option is for, and when (None: wherever it is described).

    An aim of a statement holds where the statement and `when` hold; an aim of an option where
    the option and `when` hold.
    """

    id: str
    label: str
    claims: tuple[str, ...]
    when: Rule | None
    assumes: tuple[str, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of one document that describes an option, as a rule.

    `scope` says what kind of case the sentence is about, and holds wherever the rule does; None
    where it is about every case.
    """

    id: str
    source: str
    claims: tuple[str, ...]
    rule: Rule
    aims: tuple[Aim, ...]
    assumes: tuple[str, ...]
    position: Position
    scope: Rule | None = None


@dataclass(frozen=True, slots=True)
class UsualSetting:
    """Soft wording: labels an option, never gates it."""

    label: str
    claims: tuple[str, ...]
    rule: Rule
    assumes: tuple[str, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence of the pathway's authors on a card, under `row` if it has one."""

    says: str
    row: str | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """A treatment option: its card, and the statements any of which describes it.

    `for_anyone` are claims of the card on harms that are worded for anyone: every output that
    has the option as described or possible has them.
    """

    id: str
    label: str
    group: str
    card: Mapping[str, tuple[str, ...]]
    notes: tuple[Note, ...]
    statements: Mapping[str, Statement]
    usual_setting: UsualSetting | None
    aims: tuple[Aim, ...]
    assumes: tuple[str, ...]
    position: Position
    also: tuple[str, ...] = ()
    for_anyone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """A heading for options of one kind."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Check:
    """When an alert that is not raised shows as a check, while its `when` is possible.

    Each of `options` has one of its statuses, `certain` holds in every completion and `possible`
    in some; a condition that is None asks nothing.
    """

    options: Mapping[str, tuple[Status, ...]]
    certain: Rule | None
    possible: Rule | None


@dataclass(frozen=True, slots=True)
class Alert:
    """Something to know beside the options.

    `about` maps options to the statuses that they must have.  `unless` silences where it is
    certain.  `check` is None where the alert never shows as a check.  A caution written in an
    option file becomes an alert `OPTION_caution.VALUE`.
    """

    id: str
    level: Level
    title: str
    says: str
    claims: tuple[str, ...]
    when: Rule
    unless: Rule | None
    about: Mapping[str, tuple[Status, ...]]
    check: Check | None
    assumes: tuple[str, ...]
    position: Position
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SharedTree:
    """A tree of shared.yaml that others go on with."""

    id: str
    label: str
    claims: tuple[str, ...]
    rule: Rule
    assumes: tuple[str, ...]
    position: Position


# --- sources ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one document says, paraphrased, and where it stands there.

    `lines` are of the document's text, `anchor` a few of its words, `strength` its own modal
    wording; `action` and `stated_for` belong to cautions.
    """

    id: str
    source: str
    says: str
    section: str
    lines: str
    anchor: str
    kind: str
    strength: str
    action: str | None
    stated_for: str | None
    position: Position


@dataclass(frozen=True, slots=True)
class Source:
    """A document: what it says of itself, and what it leaves out.

    `date` is ISO, of year, month or day precision, None where undated.  `badge` is a standing
    remark beside every citation.  `sha256` is of the document's bytes.
    """

    id: str
    title: str
    short: str
    file: str
    sha256: str
    publisher: str | None
    publisher_inferred: str | None
    date: str | None
    date_meaning: str | None
    review_due: str | None
    audience: str
    type: str
    country: str
    sponsor: str | None
    badge: str | None
    card: tuple[str, ...]
    leaves_out: tuple[str, ...]
    position: Position


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry: a term and the claims that say what it means."""

    id: str
    term: str
    claims: tuple[str, ...]
    assumes: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assumption:
    """Something in the pathway that goes beyond the documents."""

    id: str
    says: str


@dataclass(frozen=True, slots=True)
class Hazard:
    """An entry of the hazard log; `tests` are pytest node ids or case files, `planned` a reason.

    `places` are where the tests are named.
    """

    id: str
    hazard: str
    cause: str
    control: str
    tests: tuple[str, ...]
    places: tuple[Position, ...]
    planned: str | None
    position: Position


@dataclass(frozen=True, slots=True)
class Review:
    """A clinician's review of one state of the content, which its `digest` names."""

    by: str
    role: str
    date: str
    version: str
    digest: str
    position: Position


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the change log of clinical content."""

    version: str
    date: str
    what: str


@dataclass(frozen=True, slots=True)
class Pathway:
    """A checked pathway.

    `digest` is SHA-256 in hex over the files that carry meaning, the review left out; `shipped`
    tells whether it is the one that came with the tool; `folder` is where it was read from.
    """

    id: str
    title: str
    version: str
    intended_use: str
    report_errors: str
    steps: tuple[Step, ...]
    groups: Mapping[str, OptionGroup]
    factors: Mapping[str, Factor]
    shared: Mapping[str, SharedTree]
    options: Mapping[str, Option]
    alerts: Mapping[str, Alert]
    sources: Mapping[str, Source]
    claims: Mapping[str, Claim]
    glossary: Mapping[str, Term]
    assumptions: Mapping[str, Assumption]
    assumes: tuple[str, ...]
    limits: tuple[str, ...]
    not_surfaced: Mapping[str, str]
    hazards: Mapping[str, Hazard]
    reviewed: Review | None
    changes: tuple[Change, ...]
    old_after_years: int
    digest: str
    shipped: bool
    folder: str

    @property
    def review_lapsed(self) -> bool:
        """Whether there is a review, and it was of other content than this."""
        return self.reviewed is not None and self.reviewed.digest != self.digest
