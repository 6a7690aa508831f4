"""Why and why not, in sentences: all reasons of a status, and what stopped each statement."""

from collections.abc import Iterable
from typing import Final

from wizard.case.answers import Answer, MultiAnswer
from wizard.pathway.model import Option
from wizard.pathway.owned_rules import RuleKey, RuleKind
from wizard.reasoning.explanation import OptionExplanation
from wizard.reasoning.reasons import Reasons, SufficientReason
from wizard.reasoning.situation import Situation
from wizard.record import Record
from wizard.wording.citing import cited_by_way, cited_with
from wizard.wording.deriving import because_of
from wizard.wording.outline import Citation
from wizard.wording.sources import citations
from wizard.wording.text import counted, sentence
from wizard.wording.values import labelled, values_text

FIRST: Final = "These answers alone decide it"
OTHERS: Final = "These alone decide it as well"
NO_ANSWER_NEEDED: Final = "No answer is needed: it is the same for every case."
NOT_ALL_REASONS: Final = "There are more reasons than are looked for; these are the shortest."


class ReasonRow(Record):
    """One reason as a sentence.

    `wider` says with which other answers it would be the same, None where with none; `citations`
    are the claims of the statements that carry it and hold in the case.
    """

    factors: tuple[str, ...]
    says: str
    wider: str | None
    citations: tuple[Citation, ...]


class WhyNotRow(Record):
    """A statement that does not match: how near it came, and what stopped it."""

    statement: str
    near: str
    stopped: tuple[str, ...]
    citations: tuple[Citation, ...]


def why_rows(situation: Situation, explained: OptionExplanation) -> tuple[ReasonRow, ...]:
    """Every reason of an option's status, the shortest first; none where it is open."""
    option, factors = situation.pathway.options[explained.option], situation.pathway.factors
    rows: list[ReasonRow] = []
    found = zip(
        explained.reasons.reasons, explained.carriers, explained.carriers_elsewhere, strict=True
    )
    for reason, here, elsewhere in found:
        wide = [
            labelled(factors[name], values_text(factors[name], values))
            for name, values in reason.widened.items()
            if not isinstance(values, MultiAnswer) and values != reason.answers[name]
        ]
        wider = sentence(f"It would be the same with {'; '.join(wide)}") if wide else None
        if wide and elsewhere:
            others = ", ".join(_claims(option, elsewhere))
            wider = f"{wider} With some of these by another sentence ({others})."
        places = [
            (RuleKey(RuleKind.STATEMENT, option.id, each), option.statements[each].claims)
            for each in here.statements
        ]
        claims = dict.fromkeys(
            claim for place in places for claim in situation.assessment.cited(place).certain
        )
        # Where every claim is of a way that only may hold, those are cited as such.
        cited = citations(situation.pathway, claims, situation.today)
        cited = cited or cited_by_way(situation, *places)
        says = _says(situation, reason, OTHERS if rows else FIRST)
        rows.append(ReasonRow(reason.factors, says, wider, cited))
    return tuple(rows)


def why_not_rows(situation: Situation, explained: OptionExplanation) -> tuple[WhyNotRow, ...]:
    """The statements on an option that do not match, the nearest first."""
    return tuple(
        WhyNotRow(
            statement=miss.statement,
            near="matches in no case"
            if miss.distance is None
            else f"{counted(miss.distance, 'answer')} away",
            stopped=_stopped(situation, miss.stopped_by),
            citations=cited_with(situation, miss.cited),
        )
        for miss in explained.near_misses
    )


def _claims(option: Option, statements: Iterable[str]) -> Iterable[str]:
    return dict.fromkeys(claim for each in statements for claim in option.statements[each].claims)


def _says(situation: Situation, reason: SufficientReason, opening: str) -> str:
    if not reason.answers:
        return NO_ANSWER_NEEDED
    return sentence(f"{opening}: {_because(situation, reason)}")


def _because(situation: Situation, reason: SufficientReason) -> str:
    return because_of(situation.pathway, _deciding(reason), reason.derived)


def _deciding(reason: SufficientReason) -> dict[str, Answer]:
    """The answers of a reason, of a multi only what is said of the members that decide."""
    return {
        factor: widened if isinstance(widened, MultiAnswer) else reason.answers[factor]
        for factor, widened in reason.widened.items()
    }


def _stopped(situation: Situation, by: Reasons) -> tuple[str, ...]:
    """Each reason that alone stops a statement, as a sentence."""
    said = [
        sentence(f"{'Also stopped' if index else 'Stopped'} because {_because(situation, reason)}")
        for index, reason in enumerate(by.reasons)
        if reason.answers
    ]
    return (*said, *([] if by.complete else [NOT_ALL_REASONS]))
