"""What there is to say of a case that was left by a crash, a closed terminal or a dead battery."""

from datetime import datetime
from typing import Final

from wizard.case.journal import Left
from wizard.case.steps import answers_of, digest_in, title_in, version_in
from wizard.pathway.model import Pathway
from wizard.pathway.problems import listed
from wizard.wording.text import counted

A_CASE_WAS_LEFT: Final = "A case was left: `mdt-wizard --resume` brings it back."
"""Nothing of what it holds: it may be somebody else's."""


def left_line(left: Left) -> str:
    """A case that was left, in a line: when, its title, how many answers, its pathway."""
    answers = counted(len(left.fold.now.answers), "answer")
    parts = (day_and_time(left.at), title_in(left.log) or "no title", answers, version_in(left.log))
    return "   ".join(parts)


def what_is_back(left: Left, pathway: Pathway) -> str:
    """What to say of a case that was brought back: since when it lay there, and what it lacks."""
    said = [f"The case is back as it was left {day_and_time(left.at)}."]
    if left.dropped:
        said.append(f"Of its journal {left.dropped}.")
    if digest_in(left.log) != pathway.digest:
        said.append(f"It was in {version_in(left.log)}, and goes on in {pathway.version}.")
    _, unfit = answers_of(left.fold.now.answers, pathway)
    if unfit:
        said.append(f"Answers that do not fit this version are left out: {listed(unfit)}.")
    return " ".join(said)


def day_and_time(at: datetime) -> str:
    """A moment as the person's own clock had it: `27 November 2026, 15:41`."""
    here = at.astimezone()
    return f"{here.day} {here:%B %Y, %H:%M}"
