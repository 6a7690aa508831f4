"""Sources in words: citations with the badge of their document, and the documents themselves."""

from collections.abc import Iterable
from datetime import date

from wizard.pathway.factors import Factor, named_values
from wizard.pathway.model import Pathway
from wizard.pathway.sources import Grade, Source
from wizard.record import Record
from wizard.wording.currency import Currency, currency
from wizard.wording.outline import Citation
from wizard.wording.text import joined, long_date


class SourceRow(Record):
    """A document, its currency, and in words what it states of itself."""

    source: Source
    currency: Currency

    @property
    def publisher(self) -> str:
        """Who published it, or that it does not say so."""
        if self.source.publisher is not None:
            return self.source.publisher
        if self.source.publisher_inferred is not None:
            return f"not stated in the document; inferred: {self.source.publisher_inferred}"
        return "not stated in the document"

    @property
    def dated(self) -> str:
        """Its date and what that is the date of, or that it has none."""
        if self.source.date is None:
            return "none stated"
        meaning = f" ({self.source.date_meaning})" if self.source.date_meaning else ""
        return f"{long_date(self.source.date)}{meaning}"

    @property
    def origin(self) -> str | None:
        """Where and when the document was taken, and under which licence it stands."""
        source = self.source
        when = f"retrieved {long_date(source.retrieved)}" if source.retrieved else None
        licence = f"licence: {source.licence}" if source.licence else None
        return "; ".join(filter(None, (source.url, when, licence))) or None

    @property
    def text_stamp(self) -> str:
        """What a line number in a citation counts; said once for a document."""
        digest = self.source.sha256
        return f"“Line 37” in a citation is line 37 of the captured text, SHA-256 {digest}"


def source_currency(pathway: Pathway, source: Source, today: date) -> Currency:
    """A document's currency under the pathway's policy on age."""
    return currency(source, today, pathway.old_after_years)


def badge(pathway: Pathway, source: Source, today: date) -> str:
    """What stands beside every citation of a document."""
    current = source_currency(pathway, source, today).text
    return "; ".join(filter(None, (current, applies_in(source), source.badge)))


def applies_in(source: Source) -> str | None:
    """For which countries a document is written, where it is known."""
    return f"applies in {joined(source.applies_in)}" if source.applies_in else None


def grade_words(grade: Grade) -> str:
    """How a document grades its own sentence, in the words of its scheme."""
    parts = (("recommendation", grade.recommendation), ("evidence", grade.evidence))
    said = ", ".join(f"{name} “{words}”" for name, words in parts if words)
    return f"{said or 'graded'} ({grade.scheme})"


def citation(pathway: Pathway, claim_id: str, today: date) -> Citation:
    """The citation of one claim."""
    claim = pathway.claims[claim_id]
    source = pathway.sources[claim.source]
    graded = f"; {grade_words(claim.grade)}" if claim.grade else ""
    lines = f"line{'s' if set(claim.lines) & set('-,') else ''} {claim.lines.replace(',', ', ')}"
    return Citation(
        claim=claim.id,
        source=source.id,
        says=claim.says,
        place=f"{source.short}, {claim.section}, {lines}{graded}",
        badge=badge(pathway, source, today),
    )


def citations(pathway: Pathway, claims: Iterable[str], today: date) -> tuple[Citation, ...]:
    """The citations of claims, in their order."""
    return tuple(citation(pathway, claim, today) for claim in claims)


def factor_claims(factor: Factor) -> tuple[str, ...]:
    """Every claim of a question, its own first."""
    of_values = [claim for value in named_values(factor).values() for claim in value.claims]
    return tuple(dict.fromkeys((*factor.claims, *of_values)))


def source_rows(pathway: Pathway, today: date) -> tuple[SourceRow, ...]:
    """Every document of the pathway, in its order."""
    return tuple(
        SourceRow(source, source_currency(pathway, source, today))
        for source in pathway.sources.values()
    )


def source_stamps(pathway: Pathway, today: date) -> tuple[str, ...]:
    """Each document in a line: its id and name, its dates, and the digest of its text."""
    return tuple(
        f"{row.source.id}: {row.source.title}; date: {row.dated}; {row.currency.text}; "
        f"SHA-256 {row.source.sha256}"
        for row in source_rows(pathway, today)
    )


def old_policy(pathway: Pathway) -> str:
    """What the tool calls an old document, and who says so."""
    return (
        f"A document without a review date to come is called old from {pathway.old_after_years} "
        "years on; this threshold is a policy of the pathway's authors, no document sets it."
    )
