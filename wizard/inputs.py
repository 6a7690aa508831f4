"""What commands that look at a case are given: the case, the pathway, the day, the form."""

import argparse
import os
import sys
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from wizard.case.files import Case, read_case
from wizard.pathway.content import MAX_BYTES
from wizard.pathway.model import Pathway
from wizard.pathway.problems import listed, nearest, quoted
from wizard.report.moment import Moment, MomentError, moment


def add_case_argument(parser: argparse.ArgumentParser, name: str = "case") -> None:
    """A case, as a file or on standard input."""
    parser.add_argument(
        name, metavar=name.upper(), help="a case file, YAML or JSON; - reads standard input"
    )


def add_common_arguments(parser: argparse.ArgumentParser, forms: Sequence[str]) -> None:
    """The form of what is printed (the first unless told otherwise), a pathway, a day."""
    parser.add_argument("--format", choices=forms, default=forms[0])
    parser.add_argument("--pathway", metavar="DIR", type=Path, help="a pathway of your own")
    parser.add_argument(
        "--today", metavar="DATE", type=_date, help="the day on which documents are current"
    )


def moment_of(arguments: argparse.Namespace) -> Moment | None:
    """The moment of a run; None, and a message, where the environment names none."""
    try:
        return moment(os.environ, arguments.today)
    except MomentError as error:
        sys.stderr.write(f"mdt-wizard: {error}\n")
        return None


def case_at(place: str, pathway: Pathway) -> Case:
    """The case at a place; `-` is standard input.  Raises CaseErrors, OSError."""
    if place == "-":
        return read_case(sys.stdin.buffer.read(MAX_BYTES + 1), pathway, "standard input")
    return read_case(Path(place), pathway)


def known(names: Iterable[str], among: Collection[str], kind: str) -> bool:
    """Whether all names are known; a message says which one is not, and what it may have meant."""
    for name in names:
        if name not in among:
            near = nearest(name, among)
            meant = f"; did you mean {near}?" if near else f"; there are {listed(among, near=name)}"
            sys.stderr.write(f"mdt-wizard: there is no {kind} {quoted(name)}{meant}\n")
            return False
    return True


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is no date; one like 2026-11-21 was expected"
        raise argparse.ArgumentTypeError(message) from None
