"""What would change a status, as a question about the documents; never advice."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from wizard.case.answers import MultiAnswer
from wizard.pathway.model import Option, Status, named_values
from wizard.reasoning.changes import Counterfactual, NearestChanges, nearest_changes
from wizard.reasoning.reasons import carriers
from wizard.reasoning.value_sets import ValueSet, answered
from wizard.wording.answers import factor_labels
from wizard.wording.situation import Situation
from wizard.wording.sources import Citation, citations
from wizard.wording.text import counted, joined, sentence, short
from wizard.wording.values import given_text, labelled, news_text

ABOUT_CHANGES: Final = (
    "These are questions about what the documents describe. They are not advice on what to do."
)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """New answers, each beside the answer now, and what that takes in few words.

    `citations` are the claims of the statements that would then describe the option.
    """

    says: tuple[str, ...]
    takes: str
    factors: tuple[str, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ChangeRows:
    """The nearest changes to one status: a question, the answers to it, and a remark."""

    wanted: Status
    question: str
    rows: tuple[ChangeRow, ...]
    remark: str | None


def change_rows(
    situation: Situation, option: Option, released: Collection[str] = ()
) -> tuple[ChangeRows, ...]:
    """The nearest changes to each settled status that the option does not have."""
    now = situation.assessment.options[option.id].status
    return tuple(
        _changes(situation, option, wanted, released)
        for wanted in (Status.DESCRIBED, Status.NOT_DESCRIBED)
        if wanted is not now
    )


def kept_facts(situation: Situation, option: Option, released: Collection[str]) -> tuple[str, ...]:
    """The answered facts that a search for changes keeps, of those that the option asks."""
    return tuple(
        name
        for name in situation.compiled.support(situation.compiled.options[option.id])
        if situation.pathway.factors[name].fixed
        and name not in released
        and answered(situation.answers.get(name))
    )


def _changes(
    situation: Situation, option: Option, wanted: Status, released: Collection[str]
) -> ChangeRows:
    found = nearest_changes(
        situation.compiled,
        situation.answers,
        situation.compiled.options[option.id],
        wanted=wanted is Status.DESCRIBED,
        released=released,
    )
    verb = "describe" if wanted is Status.DESCRIBED else "not describe"
    return ChangeRows(
        wanted=wanted,
        question=f"With which other answers would the documents {verb} {option.label}?",
        rows=_rows(situation, option, wanted, found.changes),
        remark=_remark(situation, found, kept_facts(situation, option, released)),
    )


def _remark(situation: Situation, found: NearestChanges, kept: tuple[str, ...]) -> str | None:
    facts = factor_labels(situation.pathway, kept)
    if not found.complete:
        least = counted(found.at_least, "new answer")
        return f"The search stopped at its bound. Any such change takes at least {least}."
    if not found.changes:
        return sentence(f"With none that keep these facts: {facts}" if kept else "With none")
    return sentence(f"These keep the facts: {facts}") if kept else None


def _rows(
    situation: Situation, option: Option, wanted: Status, changes: tuple[Counterfactual, ...]
) -> tuple[ChangeRow, ...]:
    """One row a change; changes that differ only in one member that is present are one row."""
    together: dict[tuple[object, ...], list[Counterfactual]] = {}
    for change in changes:
        together.setdefault(_likeness(situation, change), []).append(change)
    return tuple(
        ChangeRow(
            says=tuple(_says(situation, name, [each.answers for each in alike]) for name in names),
            takes=_takes(alike[0]),
            factors=names,
            citations=_cited(situation, option, wanted, alike),
        )
        for alike in together.values()
        for names in [tuple(alike[0].answers)]
    )


def _cited(
    situation: Situation, option: Option, wanted: Status, alike: list[Counterfactual]
) -> tuple[Citation, ...]:
    if wanted is not Status.DESCRIBED:
        return ()
    carried = [
        statement
        for change in alike
        for statement in carriers(
            situation.compiled, option.id, {**situation.answers, **change.answers}, wanted
        ).statements
    ]
    claims = dict.fromkeys(claim for each in carried for claim in option.statements[each].claims)
    return citations(situation.pathway, claims, situation.today)


def _likeness(situation: Situation, change: Counterfactual) -> tuple[object, ...]:
    """What two changes must have in common to share a row."""
    single = [name for name in change.answers if _one_present(situation, name, change.answers)]
    free = single[0] if len(single) == 1 else None
    return tuple((name, None if name == free else said) for name, said in change.answers.items())


def _one_present(situation: Situation, name: str, answers: Mapping[str, ValueSet]) -> str | None:
    """The one member that is newly present, where nothing else is new."""
    values, given = answers[name], situation.answers.get(name)
    if not isinstance(values, MultiAnswer):
        return None
    old = given if isinstance(given, MultiAnswer) else MultiAnswer(frozenset(), frozenset())
    present, absent = values.present - old.present, values.absent - old.absent
    return next(iter(present)) if len(present) == 1 and not absent else None


def _says(situation: Situation, name: str, alike: list[Mapping[str, ValueSet]]) -> str:
    factor, given = situation.pathway.factors[name], situation.answers.get(name)
    if len({answers[name] for answers in alike}) > 1:
        members = [_one_present(situation, name, answers) for answers in alike]
        labels = [
            short(value.label) for value in named_values(factor).values() if value.id in members
        ]
        new = joined(labels, "or")
    else:
        new = news_text(factor, alike[0][name], given)
    return f"{labelled(factor, new)} ({given_text(factor, given)})"


def _takes(change: Counterfactual) -> str:
    parts = []
    if change.changed:
        parts.append(counted(len(change.changed), "answer changed", "answers changed"))
    if change.found_out:
        parts.append(
            counted(len(change.found_out), "open question answered", "open questions answered")
        )
    return joined(parts) or "nothing has to change"
