"""Where the documents agree, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from wizard.pathway.model import Pathway, Status
from wizard.reasoning.agreement import OptionAgreement, alone
from wizard.wording.text import joined

DIFFER_WORDS: Final[Mapping[Status, str]] = {
    Status.DESCRIBED: "The documents that speak of it differ for these answers.",
    Status.POSSIBLE: "With some of the missing answers, the documents that speak of it differ.",
    Status.NOT_DESCRIBED: "The documents that speak of it do not differ for these answers.",
}
ONE_SPEAKS: Final = "Only one document speaks of it."


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """An option: which documents' statements match, which do not, which are silent."""

    option: str
    label: str
    lines: tuple[str, ...]
    says: str
    differ: Status


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """The case as one document alone would have it: its lists of options, the silent one last."""

    source: str
    title: str
    lists: tuple[tuple[str, tuple[str, ...]], ...]


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
        lists = tuple(
            (title, tuple(pathway.options[o].label for o, own in view.items() if own is status))
            for title, status in (
                ("Described", Status.DESCRIBED),
                ("Depends on further answers", Status.POSSIBLE),
                ("Not described", Status.NOT_DESCRIBED),
                ("Silent", None),
            )
        )
        rows.append(DocumentRow(source.id, source.title, lists))
    return tuple(rows)


def _row(pathway: Pathway, agreed: OptionAgreement) -> AgreementRow:
    groups = (
        ("Matches", agreed.matching),
        ("Depends on further answers", _having(agreed, Status.POSSIBLE)),
        ("Does not match", _having(agreed, Status.NOT_DESCRIBED)),
        ("Silent", agreed.silent),
    )
    single = len(agreed.statuses) == 1
    return AgreementRow(
        option=agreed.option,
        label=pathway.options[agreed.option].label,
        lines=tuple(f"{title}: {_names(pathway, own)}" for title, own in groups if own),
        says=ONE_SPEAKS if single else DIFFER_WORDS[agreed.differ],
        differ=agreed.differ,
    )


def _having(agreed: OptionAgreement, status: Status) -> list[str]:
    return [source for source, own in agreed.statuses.items() if own is status]


def _names(pathway: Pathway, sources: Iterable[str]) -> str:
    return joined([_short(pathway, source) for source in sources])


def _short(pathway: Pathway, source: str) -> str:
    known = pathway.sources.get(source)
    return source if known is None else known.short
