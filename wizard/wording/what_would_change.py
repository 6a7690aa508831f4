"""What would change a status, as a question about the documents; never advice."""

from collections.abc import Mapping
from itertools import chain
from typing import Final

from wizard.case.answers import MultiAnswer
from wizard.pathway.model import Status
from wizard.reasoning.changes import Counterfactual, NearestChanges
from wizard.reasoning.explanation import OptionExplanation
from wizard.reasoning.situation import Situation
from wizard.reasoning.value_sets import ValueSet
from wizard.record import Record
from wizard.wording.answers import factor_labels, labels_of
from wizard.wording.citing import cited_with
from wizard.wording.outline import Citation
from wizard.wording.text import counted, joined, sentence
from wizard.wording.values import given_text, labelled, news_text

ABOUT_CHANGES: Final = (
    "These are questions about what the documents describe. They are not advice on what to do."
)

_VERBS: Final = {Status.DESCRIBED: "describe", Status.NOT_DESCRIBED: "not describe"}


class ChangeRow(Record):
    """New answers, each beside the answer now, and what that takes in few words.

    `citations` are the claims of the statements that would then describe the option.
    """

    says: tuple[str, ...]
    takes: str
    factors: tuple[str, ...]
    citations: tuple[Citation, ...]


class ChangeRows(Record):
    """The nearest changes to one status: a question, the answers to it, and a remark."""

    wanted: Status
    question: str
    rows: tuple[ChangeRow, ...]
    remark: str | None


def change_rows(situation: Situation, explained: OptionExplanation) -> tuple[ChangeRows, ...]:
    """The nearest changes to each settled status that the option does not have."""
    label = situation.pathway.options[explained.option].label
    return tuple(
        ChangeRows(
            wanted=wanted,
            question=f"With which other answers would the documents {verb} {label}?",
            rows=_rows(situation, explained, wanted, explained.changes[wanted].changes),
            remark=_remark(situation, explained.changes[wanted], explained.kept),
        )
        for wanted, verb in _VERBS.items()
        if wanted in explained.changes
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
    situation: Situation,
    explained: OptionExplanation,
    wanted: Status,
    changes: tuple[Counterfactual, ...],
) -> tuple[ChangeRow, ...]:
    """One row a change; changes that differ only in one member that is present are one row."""
    together: dict[tuple[object, ...], list[int]] = {}
    for number, change in enumerate(changes):
        together.setdefault(_likeness(situation, change), []).append(number)
    described_by = explained.described_by if wanted is Status.DESCRIBED else [{}] * len(changes)
    rows = []
    for alike in together.values():
        first, said = changes[alike[0]], [changes[each].answers for each in alike]
        carried = chain.from_iterable(described_by[each].values() for each in alike)
        rows.append(
            ChangeRow(
                says=tuple(_says(situation, name, said) for name in first.answers),
                takes=_takes(first),
                factors=tuple(first.answers),
                citations=cited_with(situation, *carried),
            )
        )
    return tuple(rows)


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
        new = joined(labels_of(factor, members), "or")
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
