"""What a pathway rests on: documents and their claims, assumptions, hazards, reviews, changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wizard.pathway.position import Position
from wizard.record import Record

if TYPE_CHECKING:
    from wizard.pathway.fields import (
        Anchor,
        Claims,
        Countries,
        Day,
        Digest,
        Given,
        Id,
        Ids,
        IsoDate,
        KindName,
        Line,
        Lines,
        MaybeDate,
        MaybeLine,
        OtherWords,
        Strength,
        Tests,
        WebAddress,
        Words,
    )


class Grade(Record, kw_only=True):
    """A document's own words for the strength of a recommendation and its evidence.

    Shown beside the citation, never compared: every scheme means its own.
    """

    recommendation: Line | None = None
    evidence: Line | None = None
    scheme: Line


class Claim(Record, kw_only=True):
    """One thing that one document says, paraphrased, and where it stands there.

    `lines` are of the document's text, `anchor` a few of its words, `strength` its own modal
    wording; `action` and `stated_for` belong to cautions.
    """

    id: Given[str]
    source: Given[str] = ""
    says: Words
    section: Line
    lines: Lines
    anchor: Anchor
    kind: KindName
    strength: Strength
    action: Line | None = None
    stated_for: Line | None = None
    grade: Grade | None = None
    was: Ids = ()
    position: Given[Position]


class Source(Record, kw_only=True):
    """A document: what it says of itself, and what it leaves out.

    `short` is its name wherever it is named: `Handbook 2020`.
    `date` is ISO, of year, month or day precision, None where undated.  `badge` is a standing
    remark beside every citation.  `sha256` is of the document's bytes.  `applies_in` are the
    countries for which it is written, `url` where it was `retrieved` (nothing is ever fetched).
    """

    id: Given[str]
    title: Line
    short: Line
    file: Line
    sha256: Digest
    publisher: MaybeLine
    publisher_inferred: MaybeLine = None
    date: MaybeDate
    date_meaning: MaybeLine = None
    review_due: MaybeDate = None
    audience: Line
    type: Line
    country: Line
    sponsor: MaybeLine = None
    badge: MaybeLine = None
    applies_in: Countries = ()
    url: WebAddress | None = None
    licence: Line | None = None
    retrieved: IsoDate | None = None
    card: Ids = ()
    leaves_out: Ids = ()
    position: Given[Position]


class Term(Record, kw_only=True):
    """A glossary entry: a term and the claims that say what it means."""

    id: Given[str]
    term: Line
    claims: Claims
    assumes: Ids = ()
    also: OtherWords = ()


class Assumption(Record, kw_only=True):
    """Something in the pathway that goes beyond the documents."""

    id: str
    says: str


class Hazard(Record, kw_only=True):
    """An entry of the hazard log; `tests` are pytest node ids or case files, `planned` a reason.

    `places` are where the tests are named.
    """

    id: Given[str]
    hazard: Words
    cause: Words
    control: Words
    tests: Tests = ()
    places: Given[tuple[Position, ...]] = ()
    planned: Words | None = None
    position: Given[Position]


class Review(Record, kw_only=True):
    """A clinician's review of one state of the content, which its `digest` names."""

    by: Line
    role: Line
    date: Day
    version: Line
    digest: Digest
    position: Given[Position]


class Extends(Record, kw_only=True):
    """The pathway that an overlay adds to, and the state of its content, which `digest` names."""

    pathway: Id
    version: Line
    digest: Digest


class Release(Record, kw_only=True):
    """An entry of the change log of clinical content."""

    version: Line
    date: IsoDate
    what: Words
