"""What a pathway is: frozen records of options and alerts, and of all of it together.

Nothing here reads or reasons.  The records are what a file holds as well: a field's type says what
may stand under the key of its name, and `Given` marks the fields that no file writes.  Only the
reader asks what a type says, by `model_fields.hints_of`: nobody else imports the types.  Records
that a file writes otherwise are in `pathway.format.schema`.  Mappings keep the pathway's own order:
factors in the order of the walk, options in the neutral order, values and members as files list
them.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

from wizard.pathway.factors import Factor
from wizard.pathway.position import Position
from wizard.pathway.sources import Assumption, Claim, Extends, Hazard, Release, Review, Source, Term
from wizard.pathway.trees import Rule, claims_of
from wizard.record import NOTHING, Record

if TYPE_CHECKING:
    from wizard.pathway.fields import (
        Claims,
        Given,
        Ids,
        Line,
        Listed,
        OtherWords,
        Table,
        When,
        Words,
    )
    from wizard.pathway.model_fields import LevelName, MaybeCheck, Row, StatusNames
    from wizard.pathway.part_digests import Owner


class AlertLevel(StrEnum):
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


class Shown(StrEnum):
    """What is shown of a case, and may change with an answer."""

    STATUS = "status"
    AIM = "aim"
    USUAL_SETTING = "usual_setting"
    EXCLUSION = "exclusion"
    ALERT = "alert"


CARD_ROWS: Final = (
    *("names", "works", "given", "effect", "combinations", "side_effects", "cautions"),
    *("monitoring", "living_with", "background"),
)
"""Rows of an option card, in the order in which every card shows them."""
STATUSES: Final = {
    "described": (Status.DESCRIBED,),
    "possible": (Status.POSSIBLE,),
    "not_described": (Status.NOT_DESCRIBED,),
    "described or possible": (Status.DESCRIBED, Status.POSSIBLE),
}
"""What a file writes for the statuses that an option may have."""


# --- steps, options and alerts ---------------------------------------------------------------


class Step(Record, kw_only=True):
    """A step of the walk and the factors that it asks, in order."""

    id: Given[str]
    label: Line
    factors: Ids


def _with_ways(claims: tuple[str, ...], rule: Rule | None) -> tuple[str, ...]:
    """The claims of every way, then those of single ways and leaves of a rule."""
    of_ways = () if rule is None else claims_of(rule.tree)
    return tuple(dict.fromkeys((*claims, *of_ways)))


class Aim(Record, kw_only=True):
    """What a document says that an option is for, and when (None: wherever it is described).

    An aim of a statement holds where the statement and `when` hold; an aim of an option where
    the option and `when` hold.
    """

    id: Given[str]
    label: Line
    claims: Claims
    when: When | None = None
    assumes: Ids = ()
    position: Given[Position]

    @property
    def every_claim(self) -> tuple[str, ...]:
        """Its claims, then those of single ways of its condition."""
        return _with_ways(self.claims, self.when)


class Statement(Record, kw_only=True):
    """One sentence of one document that describes an option, as a rule.

    `scope` says what kind of case the sentence is about, and holds wherever the rule does; None
    where it is about every case.  `claims` are those of every way.
    """

    id: Given[str]
    source: Given[str] = ""
    claims: Claims
    rule: Given[Rule]
    scope: When | None = None
    assumes: Ids = ()
    aims: Listed[Aim] = ()
    position: Given[Position]

    @property
    def every_claim(self) -> tuple[str, ...]:
        """Its claims, then those of single ways and leaves of its rule."""
        return _with_ways(self.claims, self.rule)


class Exclusion(Record, kw_only=True):
    """One sentence of one document that says for which cases an option is not meant.

    It stands beside the statements and never removes the option.
    """

    id: Given[str]
    source: Given[str] = ""
    claims: Claims
    when: When
    assumes: Ids = ()
    position: Given[Position]

    @property
    def every_claim(self) -> tuple[str, ...]:
        """Its claims, then those of single ways of its condition."""
        return _with_ways(self.claims, self.when)


class UsualSetting(Record, kw_only=True):
    """Soft wording: labels an option, never gates it."""

    label: Line
    claims: Claims
    rule: Given[Rule]
    assumes: Ids = ()
    position: Given[Position]

    @property
    def every_claim(self) -> tuple[str, ...]:
        """Its claims, then those of single ways of its condition."""
        return _with_ways(self.claims, self.rule)


class Note(Record, kw_only=True):
    """A sentence of the pathway's authors on a card, under `row` if it has one."""

    says: Words
    row: Row | None = None
    claims: Ids = ()


class Option(Record, kw_only=True):
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
    short: str | None = None
    for_anyone: tuple[str, ...] = ()
    excludes: Mapping[str, Exclusion] = NOTHING
    was: tuple[str, ...] = ()

    @property
    def aims_by_id(self) -> Mapping[str, tuple[Aim, ...]]:
        """Every place of each aim: those at statements come before the option's own."""
        found: dict[str, tuple[Aim, ...]] = {}
        for aims in (*(each.aims for each in self.statements.values()), self.aims):
            for aim in aims:
                found[aim.id] = (*found.get(aim.id, ()), aim)
        return found

    @property
    def claims(self) -> tuple[str, ...]:
        """Every claim of the option, its statements' first."""
        setting = () if self.usual_setting is None else self.usual_setting.every_claim
        lists = (
            *(statement.every_claim for statement in self.statements.values()),
            *(each.every_claim for each in self.excludes.values()),
            *(aim.every_claim for places in self.aims_by_id.values() for aim in places),
            setting,
            *self.card.values(),
            *(note.claims for note in self.notes),
        )
        return tuple(dict.fromkeys(claim for claims in lists for claim in claims))


class OptionGroup(Record, kw_only=True):
    """A heading for options of one kind."""

    id: str
    label: str


class Check(Record, kw_only=True):
    """When an alert that is not raised shows as a check, while its `when` is possible.

    Each of `options` has one of its statuses, `certain` holds in every completion and `possible`
    in some; a condition that is None asks nothing.
    """

    options: Mapping[str, tuple[Status, ...]]
    certain: Rule | None
    possible: Rule | None


class Alert(Record, kw_only=True):
    """Something to know beside the options.

    `about` maps options to the statuses that they must have.  `unless` silences where it is
    certain.  `answer_to` is the derived factor of an alert of the tool's own, which has no `when`:
    its answer is not what is worked out.  `check` is None where the alert never shows as a check.
    A caution written in an option file becomes an alert `OPTION_caution.VALUE`, or
    `OPTION_caution.CLAIM` where it has a condition of its own and says by `action` what the
    document says to do.
    """

    id: Given[str]
    level: LevelName
    title: Line
    says: Words = ""
    claims: Claims
    when: When
    unless: When | None = None
    about: Table[Line, StatusNames] = NOTHING
    check: MaybeCheck = None
    assumes: Ids = ()
    position: Given[Position]
    also: OtherWords = ()
    action: Given[str | None] = None
    answer_to: Given[str | None] = None

    @property
    def every_claim(self) -> tuple[str, ...]:
        """Its claims, then those of single ways of its condition."""
        return _with_ways(self.claims, self.when)

    def speaks_of(self, option: Option) -> bool:
        """Whether it is a caution of an option, or says that documents differ on it."""
        if self.id.startswith(f"{option.id}_caution."):
            return True
        return self.level is AlertLevel.SOURCES_DIFFER and option.id in self.about


class SharedTree(Record, kw_only=True):
    """A tree of shared.yaml that others go on with."""

    id: Given[str]
    label: Line
    claims: Ids = ()
    rule: Given[Rule]
    assumes: Ids = ()
    position: Given[Position]


# --- the whole ---------------------------------------------------------------------------------


class Pathway(Record, kw_only=True):
    """A checked pathway.

    `digest` is SHA-256 in hex over the files that carry meaning, the review left out; `shipped`
    tells whether it is the one that came with the tool; `folder` is where it was read from.
    `actions` are the pathway's words for what a document says to do, in their order; `extends` is
    what it only adds to, None where it stands alone.  `former` has the present id by the kind and
    the id of before: `option OLD`, `factor OLD`, `value FACTOR.OLD`, `claim OLD`, `alert OLD`.
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
    changes: tuple[Release, ...]
    actions: Mapping[str, str] = NOTHING
    extends: Extends | None = None
    former: Mapping[str, str] = NOTHING
    old_after_years: int
    digest: str
    shipped: bool
    folder: str

    __slots__ = ("__dict__",)

    @cached_property
    def claims_on(self) -> Mapping[str, tuple[str, ...]]:
        """The claims on each option: on its card, in any other part of it, in a caution, or in an
        alert that documents differ on it.
        """
        found = {}
        for option in self.options.values():
            told = (each.every_claim for each in self.alerts.values() if each.speaks_of(option))
            found[option.id] = tuple(dict.fromkeys(chain(option.claims, *told)))
        return found

    @cached_property
    def owners(self) -> Mapping[str, Owner]:
        """All that results rest on, by keys such as `option ID`, each part with its digest."""
        # Imported on first use: most runs ask for no digest of a part.
        from wizard.pathway.part_digests import owners

        return owners(self)

    @property
    def review_lapsed(self) -> bool:
        """Whether there is a review, and it was of other content than this."""
        return self.reviewed is not None and self.reviewed.digest != self.digest
