"""The arguments that commands share: a case, a pathway, the day, the format."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from wizard.case.files import Case
from wizard.case_forms import case_of
from wizard.exits import WrongUsageError
from wizard.kept_functions import compiled_once
from wizard.messages import tell, tell_choice
from wizard.pathway.choosing import for_a_case, for_maintenance, standing_here
from wizard.pathway.format.content import MAX_BYTES
from wizard.pathway.load import is_pathway, is_shipped, load_pathway
from wizard.pathway.model import Pathway
from wizard.reasoning.situation import Situation, situation
from wizard.report.moment import Moment, moment


def add_case_argument(
    parser: argparse._ActionsContainer, name: str = "case", nargs: str | None = None
) -> None:
    """A case, as a file or on standard input."""
    told = "a case file, YAML or JSON, or a FHIR response; - reads standard input"
    parser.add_argument(name, metavar=name.upper(), nargs=nargs, help=told)


def add_common_arguments(parser: argparse.ArgumentParser, forms: Sequence[str]) -> None:
    """The format of what is printed (the first is the default), a pathway, a day."""
    parser.add_argument("--format", choices=forms, default=forms[0])
    add_pathway_argument(parser)
    add_day_argument(parser)


def add_day_argument(parser: argparse.ArgumentParser) -> None:
    """A day other than today."""
    parser.add_argument(
        "--today", metavar="DATE", type=_date, help="the day on which documents are current"
    )


def add_pathway_argument(parser: argparse.ArgumentParser) -> None:
    """A pathway other than the default."""
    parser.add_argument(
        "--pathway", metavar="PATHWAY", help="the folder or the id of another pathway"
    )


def pathway_for_a_case(named: str | None) -> Pathway:
    """The pathway that reads a case, told in the first line.  Raises PathwayErrors."""
    choice = for_a_case(named)
    tell_choice(choice)
    return with_review_told(load_pathway(choice.folder))


def pathway_to_maintain(named: str | None) -> Pathway:
    """The pathway that a maintainer means, told in the first line.

    Raises PathwayErrors, and WrongUsageError where the name may mean several.
    """
    return with_review_told(load_pathway(folder_to_maintain(named)))


def with_review_told(pathway: Pathway) -> Pathway:
    """The pathway; that its review has lapsed is told whatever the command prints of it."""
    if pathway.review_lapsed:
        from wizard.wording.notices import review_line

        tell(review_line(pathway))
    return pathway


def folder_to_maintain(named: str | None, *, written: bool = False) -> Path:
    """The folder of the pathway that a maintainer means, told in the first line.

    `written` says that the command writes to it.  Raises PathwayErrors where the name is not a
    pathway's, WrongUsageError where it may mean several, or where the copy that came with the tool
    would be written to.
    """
    choice = for_maintenance(named)
    tell_choice(choice)
    if written and is_shipped(choice.folder) and not _stands_here(choice.folder):
        raise WrongUsageError(
            "no pathway stands here, and the one that came with the tool is not written to; "
            "name a folder by --pathway"
        )
    return choice.folder


def _stands_here(folder: Path) -> bool:
    return folder.resolve() in {each.resolve() for each in standing_here()}


def check_outside(path: Path, folder: Path) -> None:
    """Raise WrongUsageError for a place in a pathway's folder, which would then not check.

    `folder` is that of the pathway that is read; the place may be in another's.
    """
    place, home = path.resolve(), folder.resolve()
    if place.is_relative_to(home):
        raise WrongUsageError(
            f"{path} is in the folder of the pathway, where only its own files may be; "
            "name a place outside it"
        )
    if any(is_pathway(each) for each in (place, *place.parents)):
        raise WrongUsageError(
            f"{path} is in the folder of another pathway than the one that is read; name that one "
            "by --pathway, or a place outside it"
        )


def moment_of(arguments: argparse.Namespace) -> Moment:
    """The moment of a run. Raises MomentError where the environment's is not a moment."""
    return moment(os.environ, arguments.today)


def case_at(place: str, pathway: Pathway, columns: Path | None = None) -> Case:
    """The case at a place; `-` is standard input.

    `columns` is the file of a map for the answers to somebody else's questionnaire.  Raises
    CaseErrors, MapErrors, WrongUsageError, OSError.
    """
    registry = None
    if columns is not None:
        from wizard.cohort.mapping import read_map

        registry = read_map(columns, pathway, compiled_once(pathway).space)
    if place == "-":
        case = case_of(sys.stdin.buffer.read(MAX_BYTES + 1), pathway, "standard input", registry)
    else:
        case = case_of(Path(place), pathway, place, registry)
    if (
        case.made
        or case.read_as
        or case.log
        or case.renamed
        or case.measures
        or case.aside
        or case.back
    ):
        from wizard.wording.opened import opened_lines

        for line in (*case.read_as, *opened_lines(case, pathway)):
            tell(f"{place}: {line}")
    if case.decisions:
        from wizard.wording.recording import personal_lines

        for line in personal_lines(case.decisions):
            tell(f"{place}: {line}")
    return case


def situation_at(
    place: str, pathway: Pathway, when: Moment, columns: Path | None = None
) -> tuple[Case, Situation]:
    """The case at a place, and what follows from it.  Raises as `case_at` does."""
    case = case_at(place, pathway, columns)
    now = situation(compiled_once(pathway), case.answers, when.today)
    if case.standing is not None and case.made is not None:
        # Imported on first use: only a saved case tells what stood.
        from wizard.reasoning.saving import since_saved
        from wizard.wording.opened import since_lines

        if (found := since_saved(case, now)) is not None:
            for line in since_lines(pathway, found):
                tell(f"{place}: {line}")
    return case, now


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is not a date; one like 2026-11-21 was expected"
        raise argparse.ArgumentTypeError(message) from None
