"""Why and why not, in sentences: all reasons of a status, and what stopped each statement."""

from dataclasses import dataclass
from typing import Final

from wizard.case.answers import Answer, MultiAnswer
from wizard.pathway.model import Option, Status
from wizard.reasoning.reasons import SufficientReason, carriers, cited, sufficient_reasons
from wizard.reasoning.why_not import NearMiss, near_misses
from wizard.wording.answers import because
from wizard.wording.situation import Situation
from wizard.wording.sources import Citation, citations
from wizard.wording.text import counted, sentence
from wizard.wording.values import labelled, values_text

FIRST: Final = "These answers alone decide it"
OTHERS: Final = "These alone decide it as well"
NO_ANSWER_NEEDED: Final = "No answer is needed: it is the same for every case."
NOT_ALL_REASONS: Final = "There are more reasons than are looked for; these are the shortest."


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One reason as a sentence.

    `wider` says with which other answers it would be the same, None where with none; `citations`
    are the claims of the statements that carry it and hold in the case.
    """

    factors: tuple[str, ...]
    says: str
    wider: str | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class WhyRows:
    """All reasons of an option's status, the shortest first; none where it is still open.

    `remark` tells where the enumeration stopped at its bound.
    """

    rows: tuple[ReasonRow, ...]
    remark: str | None


@dataclass(frozen=True, slots=True)
class WhyNotRow:
    """A statement that does not match: how near it came, and what stopped it."""

    statement: str
    source: str
    near: str
    stopped: tuple[str, ...]
    citations: tuple[Citation, ...]


def why_rows(situation: Situation, option: Option) -> WhyRows:
    """Why an option is described or not described, in every way."""
    found = sufficient_reasons(
        situation.compiled, situation.answers, situation.compiled.options[option.id]
    )
    rows = tuple(
        _row(situation, option, reason, first=index == 0)
        for index, reason in enumerate(found.reasons)
    )
    return WhyRows(rows, None if found.complete else NOT_ALL_REASONS)


def why_not_rows(situation: Situation, option: Option) -> tuple[WhyNotRow, ...]:
    """The statements on an option that do not match, the nearest first."""
    return tuple(
        WhyNotRow(
            statement=miss.statement,
            source=miss.source,
            near=_near(miss),
            stopped=_stopped(situation, miss),
            citations=citations(
                situation.pathway, option.statements[miss.statement].claims, situation.today
            ),
        )
        for miss in near_misses(situation.compiled, situation.answers, option.id)
    )


def _row(
    situation: Situation, option: Option, reason: SufficientReason, *, first: bool
) -> ReasonRow:
    assessed = situation.assessment.options[option.id]
    statements = cited(situation.compiled, assessed, reason.answers).statements
    claims = dict.fromkeys(claim for each in statements for claim in option.statements[each].claims)
    return ReasonRow(
        factors=reason.factors,
        says=_says(situation, reason, first=first),
        wider=_wider(situation, option, reason, statements),
        citations=citations(situation.pathway, claims, situation.today),
    )


def _says(situation: Situation, reason: SufficientReason, *, first: bool) -> str:
    if not reason.answers:
        return NO_ANSWER_NEEDED
    clauses = because(situation.pathway, deciding_parts(reason))
    return sentence(f"{FIRST if first else OTHERS}: {clauses}")


def deciding_parts(reason: SufficientReason) -> dict[str, Answer]:
    """The answers of a reason, of a multi only what is said of the members that decide."""
    return {
        factor: widened if isinstance(widened, MultiAnswer) else reason.answers[factor]
        for factor, widened in reason.widened.items()
    }


def _wider(
    situation: Situation, option: Option, reason: SufficientReason, cited_here: tuple[str, ...]
) -> str | None:
    """With which other answers it would be the same, and the claims that would hold only there."""
    factors = situation.pathway.factors
    wide = [
        labelled(factors[name], values_text(factors[name], values))
        for name, values in reason.widened.items()
        if not isinstance(values, MultiAnswer) and values != reason.answers[name]
    ]
    if not wide:
        return None
    says = sentence(f"It would be the same with {'; '.join(wide)}")
    status = situation.assessment.options[option.id].status
    there = carriers(situation.compiled, option.id, reason.widened, status).statements
    others = dict.fromkeys(
        claim
        for statement in there
        if statement not in cited_here
        for claim in option.statements[statement].claims
    )
    if status is not Status.DESCRIBED or not others:
        return says
    return f"{says} With some of these by another sentence ({', '.join(others)})."


def _near(miss: NearMiss) -> str:
    if miss.distance is None:
        return "matches in no case"
    return f"{counted(miss.distance, 'answer')} away"


def _stopped(situation: Situation, miss: NearMiss) -> tuple[str, ...]:
    """Each reason that alone stops a statement, as a sentence."""
    said = [
        sentence(
            f"{'Also stopped' if index else 'Stopped'} because "
            f"{because(situation.pathway, deciding_parts(reason))}"
        )
        for index, reason in enumerate(miss.stopped_by.reasons)
        if reason.answers
    ]
    return (*said, *([] if miss.stopped_by.complete else [NOT_ALL_REASONS]))
