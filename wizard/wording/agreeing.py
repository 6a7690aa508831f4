"""Where the documents agree, in words."""

from collections.abc import Mapping
from typing import Final

from wizard.pathway.model import Pathway, Status
from wizard.reasoning.agreement import OptionAgreement, Stand
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
SETTLING_STANDS: Final = frozenset({Stand.MATCHES, Stand.DEPENDS, Stand.DOES_NOT_MATCH})
"""How a document stands that says something of the case at hand."""
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


EXCLUDING: Final = "Says that it is not for such a case"


def documents_agree(agreed: OptionAgreement) -> str:
    """Whether documents differ on an option, in one sentence."""
    if agreed.alerts and agreed.differ is Status.NOT_DESCRIBED:
        return ALERT_SAYS
    if len(agreed.stands) - len(agreed.having(Stand.SILENT)) == 1:
        return ONE_SPEAKS
    return DIFFER_WORDS[agreed.differ]


def stand_lines(pathway: Pathway, agreed: OptionAgreement) -> tuple[str, ...]:
    """How each document stands to an option, after the alerts that say that documents differ."""
    names = {each: each for each in agreed.stands}
    names |= {source.id: source.short for source in pathway.sources.values()}
    said = agreed.excluding
    return (
        *(alert_line(pathway, alert) for alert in agreed.alerts),
        *(
            f"{words}: {joined([names[each] for each in agreed.having(stand)])}"
            for stand, words in STAND_WORDS.items()
            if agreed.having(stand)
        ),
        *([f"{EXCLUDING}: {joined([names[each] for each in said])}"] if said else []),
    )


def options_by_stand(
    pathway: Pathway, agreed: Mapping[str, OptionAgreement], source: str
) -> dict[Stand, list[str]]:
    """The case as one document alone would have it: the labels of the options, by how it stands."""
    return {
        stand: [
            pathway.options[each.option].label
            for each in agreed.values()
            if each.stands[source] is stand
        ]
        for stand in STAND_WORDS
    }


def alert_line(pathway: Pathway, alert_id: str) -> str:
    """That a raised alert says that documents differ."""
    alert = pathway.alerts[alert_id]
    return f"{LEVEL_WORDS[alert.level]}: {alert.title}"
