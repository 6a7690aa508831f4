"""What each pathway file holds as it is written, nothing looked up yet.

Most files hold records of the model.  Here are those that differ as they are written: their rules
are not read, or they name what another file has.  `validating` makes them of nodes.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Final

from wizard.pathway.factors import SharedByFactors, Value, ValueGroup
from wizard.pathway.fields import (
    MAP_OR_LIST,
    AssumptionId,
    ClaimId,
    Claims,
    Count,
    Form,
    Format,
    Given,
    Id,
    Ids,
    Line,
    Listed,
    One,
    OnlyTrue,
    OtherWords,
    Prefix,
    ShortLabel,
    Table,
    TrueOrFalse,
    When,
    Words,
    WrittenNumber,
    mapping_expected,
    or_null,
    with_place,
    word_of,
)
from wizard.pathway.model import Aim, Exclusion, Note, SharedTree, Statement, Step
from wizard.pathway.model_fields import Row
from wizard.pathway.nodes import Entries, Node, Text
from wizard.pathway.position import Position
from wizard.pathway.problems import MistakeError, quoted
from wizard.pathway.sources import Claim, Extends, Release, Review
from wizard.pathway.trees import Outcome, Rule
from wizard.record import NOTHING, Record


def _review_or_null(value: object, inner: Callable[[object], object]) -> object:
    """The check of a review, or of null, which says that there is none; nothing else says so."""
    if isinstance(value, Text) and not value.is_null:
        raise MistakeError(
            f"{quoted(value)} is not a review",
            "null, or a map with by, role, date, version and digest, was expected",
        )
    if isinstance(value, Entries):
        # A review stands where its digest does, the part that a lapsed one has to change.
        digest = value[value.key("digest")] if "digest" in value else None
        place = digest if isinstance(digest, Text) else value
        return inner(with_place(value, place, ["position"]))
    return or_null(value, inner)


# --- records as written ----------------------------------------------------------------------

_NOWHERE: Final = Position("", 1, 1)
_UNREAD: Final = Rule(Outcome(described=False, position=_NOWHERE), _NOWHERE)


class AllowedWording(Record, kw_only=True):
    """Words that the check of wording lets pass, such as a name; `where` is the only file."""

    words: Line
    why: Words
    where: Line | None = None


class RawPathway(Record, kw_only=True):
    """pathway.yaml."""

    format: Format
    pathway: Id
    title: Line
    version: Line
    intended_use: Words
    report_errors: Words
    steps: Listed[Step]
    groups: Table[Id, Line]
    options: Table[Id, Line]
    extends: Given[Extends | None] = None
    assumptions: Table[AssumptionId, Words] = NOTHING
    assumes: Ids = ()
    limits: tuple[Words, ...] = ()
    actions: Table[Id, Line] = NOTHING
    stated_for: tuple[Id, ...] = ()
    old_after_years: Count
    not_surfaced: Table[Line, Words] = NOTHING
    wording_allowed: tuple[AllowedWording, ...] = ()
    reviewed: Annotated[Review | None, Form(_review_or_null, "wrap")]
    changes: tuple[Release, ...] = ()


def _entries(value: object) -> Entries:
    """The check of a mapping that is read later."""
    if not isinstance(value, Entries):
        raise mapping_expected(value)
    return value


class RawValue(Value, kw_only=True):
    """A value or a member; of a derived factor it says under what it holds, and may lack help."""

    help: Words = ""
    when: When | None = None
    points: Line | None = None
    otherwise: OnlyTrue = False


class RawOverlay(Record, kw_only=True):
    """pathway.yaml of a folder that adds to another pathway.

    `steps` are the factors that come at the end of a step, `also` other words by OPTION, FACTOR or
    FACTOR.VALUE.
    """

    format: Format
    pathway: Id
    title: Line
    version: Line
    extends: Extends
    prefix: Prefix
    report_errors: Words | None = None
    steps: Table[Id, Ids] = NOTHING
    groups: Table[Id, Line] = NOTHING
    options: Table[Id, Line] = NOTHING
    also: Table[Line, OtherWords] = NOTHING
    assumptions: Table[AssumptionId, Words] = NOTHING
    assumes: Ids = ()
    limits: tuple[Words, ...] = ()
    actions: Table[Id, Line] = NOTHING
    stated_for: tuple[Id, ...] = ()
    not_surfaced: Table[Line, Words] = NOTHING
    wording_allowed: tuple[AllowedWording, ...] = ()
    reviewed: Annotated[Review | None, Form(_review_or_null, "wrap")]
    changes: tuple[Release, ...] = ()


class RawFactor(SharedByFactors, kw_only=True):
    """A factor: what its type needs is there, and nothing of another type, by `check_factors`."""

    type: Annotated[str, word_of(("choice", "multi", "number", "integer", "derived"))]
    question: Line = ""
    help: Words = ""
    values: Table[Id, RawValue] | None = None
    members: Table[Id, RawValue] | None = None
    may_be_answered: TrueOrFalse | None = None
    points: Annotated[Mapping[Text, Node], Form(_entries)] | None = None
    groups: Table[Id, ValueGroup] | None = None
    none_label: Line | None = None
    at_least: One | None = None
    unit: Line | None = None
    min: WrittenNumber | None = None
    max: WrittenNumber | None = None


class RawShared(SharedTree, kw_only=True):
    """A shared tree: its rule is what stands under either `when` or `tree`."""

    rule: Given[Rule] = _UNREAD
    when: When | None = None
    tree: When | None = None


class RawAim(Aim, kw_only=True):
    """An aim: its `when` becomes a rule that does not hold where `unless` does."""

    unless: When | None = None


class RawStatement(Statement, kw_only=True):
    """A statement: its rule is what stands under either `when` or `tree`.

    Its claims may be missing where each of its ways has claims.
    """

    claims: Claims = ()
    rule: Given[Rule] = _UNREAD
    when: When | None = None
    tree: When | None = None
    unless: When | None = None
    aims: Listed[RawAim] = ()


class RawUsualSetting(Record, kw_only=True):
    """A usual setting: a shared tree by name, or a label, claims and a condition."""

    use: Line | None = None
    label: Line | None = None
    claims: Claims | None = None
    when: When | None = None
    unless: When | None = None
    assumes: Ids = ()


class RawCaution(Record, kw_only=True):
    """A caution on a condition: what a document says to do where it holds."""

    when: When
    action: Line
    claims: Claims


class RawOption(Record, kw_only=True):
    """options/OPTION.yaml; its cautions become alerts."""

    option: Id
    label: Line
    card: Table[Row, Claims] = NOTHING
    notes: tuple[Note, ...] = ()
    statements: Table[Id, RawStatement]
    excludes: Table[Id, Exclusion] = NOTHING
    usual_setting: RawUsualSetting | None = None
    aims: Listed[RawAim] = ()
    cautions: Annotated[Table[Line, Table[Line, Claims]] | tuple[RawCaution, ...], MAP_OR_LIST] = (
        NOTHING
    )
    assumes: Ids = ()
    also: OtherWords = ()
    short: ShortLabel | None = None
    was: Ids = ()
    for_anyone: Claims = ()
    more_cautions: Given[tuple[RawCaution, ...]] = ()


class RawAddition(Record, kw_only=True):
    """options/OPTION.yaml of an overlay: what it adds to an option of its base."""

    option: Id
    also: OtherWords = ()
    statements: Table[Id, RawStatement] = NOTHING
    excludes: Table[Id, Exclusion] = NOTHING
    cautions: tuple[RawCaution, ...] = ()


class RawClaims(Record, kw_only=True):
    """claims/SOURCE.yaml."""

    source: Line
    claims: Table[ClaimId, Claim]
