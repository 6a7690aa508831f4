"""Where the documents agree, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from wizard.pathway.model import Pathway, Status
from wizard.reasoning.agreement import OptionAgreement, Stand, alone, source_alerts
from wizard.reasoning.assessment import Assessment
from wizard.wording.statuses import LEVEL_WORDS
from wizard.wording.text import joined

STAND_WORDS: Final[Mapping[Stand, str]] = {
    Stand.MATCHES: "Matches",
    Stand.DEPENDS: "Depends on further answers",
    Stand.DOES_NOT_MATCH: "Does not match",
    Stand.OTHER_CASES: "Speaks of other cases",
    Stand.NO_CONDITION: "States no condition",
    Stand.SILENT: "Silent",
}
"""How a document stands to an option, in the order in which every view tells it."""
ABOUT_STANDS: Final = (
    "A document that speaks of other cases, states no condition or is silent is not against it."
)
DIFFER_WORDS: Final[Mapping[Status, str]] = {
    Status.DESCRIBED: "Documents differ on it for these answers: one matches, another does not.",
    Status.POSSIBLE: "With some of the missing answers, one document matches and another does not.",
    Status.NOT_DESCRIBED: "No two documents differ on it for these answers.",
}
ONE_SPEAKS: Final = "Only one document speaks of it."
ALERT_SAYS: Final = "An alert says that documents differ on it."


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An option: how each document stands to it, and whether documents differ."""

    option: str
    label: str
    lines: tuple[str, ...]
    says: str
    differ: Status


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """The case as one document alone would have it: its lists of options, by how it stands."""

    source: str
    title: str
    lists: Mapping[Stand, tuple[str, ...]]


def agreement_rows(
    pathway: Pathway, agreed: Mapping[str, OptionAgreement]
) -> tuple[AgreementRow, ...]:
    """Every option, in the neutral order."""
    return tuple(_row(pathway, each) for each in agreed.values())


def document_rows(
    pathway: Pathway, agreed: Mapping[str, OptionAgreement]
) -> tuple[DocumentRow, ...]:
    """Every document, in the pathway's order."""
    rows = []
    for source in pathway.sources.values():
        view = alone(agreed, source.id)
        lists = {
            stand: tuple(pathway.options[o].label for o, own in view.items() if own is stand)
            for stand in STAND_WORDS
        }
        rows.append(DocumentRow(source.id, source.title, lists))
    return tuple(rows)


def alert_line(pathway: Pathway, alert_id: str) -> str:
    """That a raised alert says that documents differ."""
    alert = pathway.alerts[alert_id]
    return f"{LEVEL_WORDS[alert.level]}: {alert.title}"


def other_alerts(pathway: Pathway, assessment: Assessment) -> tuple[str, ...]:
    """The raised alerts that say that documents differ and are not about an option, as lines."""
    return tuple(
        alert_line(pathway, alert)
        for alert in source_alerts(pathway, assessment)
        if not pathway.alerts[alert].about
    )


def _row(pathway: Pathway, agreed: OptionAgreement) -> AgreementRow:
    groups = [(words, agreed.having(stand)) for stand, words in STAND_WORDS.items()]
    speaking = len(agreed.stands) - len(agreed.having(Stand.SILENT))
    says = ONE_SPEAKS if speaking == 1 else DIFFER_WORDS[agreed.differ]
    if agreed.alerts and agreed.differ is Status.NOT_DESCRIBED:
        says = ALERT_SAYS
    lines = [alert_line(pathway, alert) for alert in agreed.alerts]
    lines += [f"{words}: {_names(pathway, own)}" for words, own in groups if own]
    return AgreementRow(
        option=agreed.option,
        label=pathway.options[agreed.option].label,
        lines=tuple(lines),
        says=says,
        differ=agreed.differ,
    )


def _names(pathway: Pathway, sources: Iterable[str]) -> str:
    return joined([_short(pathway, source) for source in sources])


def _short(pathway: Pathway, source: str) -> str:
    known = pathway.sources.get(source)
    return source if known is None else known.short
