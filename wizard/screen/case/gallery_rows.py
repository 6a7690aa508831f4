"""The gallery as rows: what is looked for, what cases show, the list of them, and one in full."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from wizard.pathway.model import AlertLevel, Pathway, Status
from wizard.reasoning.assessment import AlertState
from wizard.screen.shared.rows import BLANK, Cell, Row, Span, Tone, heading, item, text
from wizard.wording.statuses import LEVEL_WORDS, STATUS_TITLES
from wizard.wording.text import counted
from wizard.workbench.gallery import Facet, FacetKind, GalleryCase

CASE: Final = "case:"
"""Begins the target of a case."""
FACET: Final = "facet:"
"""Begins the target of what cases show: its kind, and the option or alert."""

_TITLES: Final[Mapping[FacetKind, str]] = {
    FacetKind.DESCRIBED: "OPTIONS DESCRIBED",
    FacetKind.POSSIBLE: "DEPENDS ON FURTHER ANSWERS",
    FacetKind.ALERT: "ALERTS",
}
_MARKS: Final[Mapping[Status, str]] = {
    Status.DESCRIBED: "●",
    Status.POSSIBLE: "◐",
    Status.NOT_DESCRIBED: "○",
}


def field_rows(typed: str, shown: int, of: int, width: int) -> tuple[Row, ...]:
    """The title of the gallery, the words that are typed, and how many cases hold them."""
    words = Span(f"{typed}▏", Tone.STRONG) if typed else Span("type to search", Tone.DIM)
    title = "Gallery of cases   " if width >= len("Gallery of cases") * 3 else "Cases  "
    number = f"{shown} of {of}" if shown != of else counted(of, "case")
    end = Cell((Span(number, Tone.DIM),), len(number), right=True)
    return (Row((Cell((Span(title, Tone.ACCENT), words), cut=True), end)),)


def facet_rows(
    pathway: Pathway, counts: Mapping[Facet, int], cases: int, taken: Facet | None
) -> tuple[Row, ...]:
    """What cases can be chosen by, each with the number of cases that show it."""
    rows = [_facet_row(None, "All cases", cases, taken)]
    differ = Facet(FacetKind.DIFFERENCE)
    if differ in counts:
        rows.append(_facet_row(differ, "Documents differ", counts[differ], taken))
    for kind, title in _TITLES.items():
        own = [Facet(kind, each) for each in _subjects(pathway, kind)]
        listed = [
            _facet_row(each, _name(pathway, each), counts[each], taken)
            for each in own
            if each in counts
        ]
        rows += [BLANK, heading(title), *listed] if listed else []
    return tuple(rows)


def facet_at(target: str | None) -> Facet | None:
    """What a row of the facets chooses; None for all cases."""
    kind, _, subject = (target or "").removeprefix(FACET).partition(":")
    return Facet(FacetKind(kind), subject) if kind else None


def list_rows(cases: Sequence[GalleryCase], *, whole: bool, unreadable: int) -> tuple[Row, ...]:
    """The titles of the cases."""
    rows = [item("·", Span(case.title), tone=Tone.DIM, target=CASE + case.name) for case in cases]
    if not whole:
        return (*rows, text("…", Tone.DIM))
    if not rows:
        rows.append(text("No case holds these words: backspace takes the last letter back."))
    if unreadable:
        left = f"{counted(unreadable, 'case')} cannot be read: mdt-wizard check tells why."
        rows += [BLANK, text(left, Tone.DIM)]
    return tuple(rows)


def case_rows(pathway: Pathway, case: GalleryCase) -> tuple[Row, ...]:
    """One case: its story, and what it shows."""
    return (
        text(case.title, Tone.STRONG),
        BLANK,
        text(case.story),
        *_alerts(pathway, case),
        *(row for status in _MARKS for row in _options(pathway, case, status)),
    )


# --- parts -----------------------------------------------------------------------------------


def _facet_row(facet: Facet | None, name: str, number: int, taken: Facet | None) -> Row:
    tone = Tone.ACCENT if facet == taken else Tone.PLAIN
    end = Cell((Span(str(number), Tone.DIM),), 5, right=True)
    target = FACET if facet is None else f"{FACET}{facet.kind}:{facet.subject}"
    return Row((Cell((Span(name, tone),)), end), target)


def _subjects(pathway: Pathway, kind: FacetKind) -> Iterator[str]:
    yield from pathway.alerts if kind is FacetKind.ALERT else pathway.options


def _name(pathway: Pathway, facet: Facet) -> str:
    if facet.kind is FacetKind.ALERT:
        return pathway.alerts[facet.subject].title
    return pathway.options[facet.subject].label


def _options(pathway: Pathway, case: GalleryCase, status: Status) -> Iterator[Row]:
    labels = [pathway.options[each].label for each in case.options(status)]
    yield BLANK
    yield heading(f"{_MARKS[status]} {STATUS_TITLES[status].upper()}", str(len(labels)))
    if labels:
        tone = Tone.DIM if status is Status.NOT_DESCRIBED else Tone.PLAIN
        yield text(" · ".join(labels), tone, indent=2)


def _alerts(pathway: Pathway, case: GalleryCase) -> Iterator[Row]:
    """The alerts that are raised, and those to check while an answer is missing."""
    alerts = case.showing.alerts
    if alerts:
        yield BLANK
        yield heading("ALERTS", str(len(alerts)))
    for each, standing in alerts.items():
        alert = pathway.alerts[each]
        level = LEVEL_WORDS[alert.level] if standing is AlertState.RAISED else "To check"
        mark = "⚠" if alert.level is AlertLevel.EMERGENCY else "!"
        yield item(mark, Span(f"{level}: {alert.title}"), tone=Tone.CAUTION, indent=2)
