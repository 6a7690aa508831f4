"""The gallery: every case of a pathway by its title and story, and what it shows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Final

from wizard.case.answers import Answers
from wizard.case.files import Case, CaseErrors, read_case
from wizard.engine.compiling import Compiled
from wizard.pathway.model import AlertLevel, Pathway, Status
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import Assessment, Showing
from wizard.record import Record
from wizard.wording.search import holds
from wizard.wording.vignettes import vignette

_TITLE: Final = re.compile(r"""^title: +(["']?)([^"'>|&*\n][^\n]*?)\1[ \r]*$""", re.MULTILINE)
"""A title on one line, plain or quoted."""


class GalleryCase(Record):
    """A case to look at: its file, how it is told, its answers, and what follows from them."""

    name: str
    title: str
    story: str
    answers: Answers
    showing: Showing

    def options(self, status: Status) -> tuple[str, ...]:
        """The options that have a status in it."""
        return tuple(each for each, shown in self.showing.options.items() if shown.status is status)


class FacetKind(StrEnum):
    """What a case can be found by, beside its words."""

    DIFFERENCE = "difference"
    DESCRIBED = "described"
    POSSIBLE = "possible"
    ALERT = "alert"


class Facet(Record):
    """Something that a case shows: an option with a status, an alert, or that documents differ.

    `subject` is the id of the option or the alert.
    """

    kind: FacetKind
    subject: str = ""


def gallery_cases(compiled: Compiled) -> Iterator[GalleryCase | None]:
    """The cases of a pathway, each read when it is asked for; None is one that cannot be read."""
    for path in _files(compiled.pathway.folder):
        yield gallery_case(compiled, path.name)


def gallery_case(compiled: Compiled, name: str) -> GalleryCase | None:
    """One of the cases of a pathway, by its file; None where it cannot be read."""
    path = Path(compiled.pathway.folder) / "cases" / name
    try:
        case = read_case(path, compiled.pathway)
    except CaseErrors:
        return None
    return _case_to_show(compiled, path, case)


def case_titles(folder: str) -> Iterator[tuple[str, str]]:
    """The file of each case of a pathway's folder, and its title; nothing else of it is read."""
    for path in _files(folder):
        try:
            found = _TITLE.search(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            continue
        yield path.name, found[2] if found else _named_as(path)


def _files(folder: str) -> list[Path]:
    return sorted((Path(folder) / "cases").glob("*.yaml"))


def _named_as(path: Path) -> str:
    return path.stem.replace("_", " ").capitalize()


def facets_shown(pathway: Pathway, cases: Iterable[GalleryCase]) -> Counter[Facet]:
    """What any of the cases shows, and how many of them show it."""
    return Counter(facet for case in cases for facet in facets_of(pathway, case))


def facets_of(pathway: Pathway, case: GalleryCase) -> frozenset[Facet]:
    """All that one case shows."""
    listed = {Status.DESCRIBED: FacetKind.DESCRIBED, Status.POSSIBLE: FacetKind.POSSIBLE}
    options = (
        Facet(listed[shown.status], option)
        for option, shown in case.showing.options.items()
        if shown.status in listed
    )
    alerts = case.showing.alerts
    differ = any(pathway.alerts[each].level is AlertLevel.SOURCES_DIFFER for each in alerts)
    own = (Facet(FacetKind.ALERT, each) for each in alerts)
    return frozenset((*options, *own, *([Facet(FacetKind.DIFFERENCE)] if differ else ())))


def found(
    pathway: Pathway, cases: Iterable[GalleryCase], facet: Facet | None, typed: str
) -> tuple[GalleryCase, ...]:
    """The cases that show something (None: anything) and hold every word that is typed."""
    return tuple(
        case
        for case in cases
        if (facet is None or facet in facets_of(pathway, case))
        and (not typed.strip() or holds(typed, f"{case.title} {case.story}"))
    )


# --- parts -----------------------------------------------------------------------------------


def _case_to_show(compiled: Compiled, path: Path, case: Case) -> GalleryCase:
    """A case without a title is called as its file, and one without a story is told in phrases."""
    assessed = assess(compiled, case.answers)
    title = case.title or _named_as(path)
    story = case.vignette or _told(compiled.pathway, case.answers, assessed)
    return GalleryCase(path.name, title, " ".join(story.split()), case.answers, assessed.showing)


def _told(pathway: Pathway, answers: Answers, assessed: Assessment) -> str:
    return " ".join(vignette(pathway, answers, assessed.applies, frozenset()))
