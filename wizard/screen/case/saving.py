"""A case as reports, and the copy of one that the wizard keeps for itself."""

import os
from enum import StrEnum
from typing import Final

from wizard.case.answers import ChoiceAnswer, MultiAnswer
from wizard.case.decisions import NO_DECISIONS, Decisions
from wizard.case.files import Case
from wizard.private_files import make_private_folder, write_private
from wizard.reasoning.situation import Situation
from wizard.record import Record
from wizard.report.as_json import json_report
from wizard.report.html import html_report
from wizard.report.markdown import markdown_report
from wizard.report.moment import moment
from wizard.report.text import text_report
from wizard.screen.case.reading import reading_title, reading_view
from wizard.screen.case.state import State
from wizard.screen.shared.keys import Key
from wizard.screen.shared.rows import lay_out
from wizard.user_folders import user_folder

_FEW: Final = 3
_READ: Final = 80
"""Columns of a text to read elsewhere."""


class Format(StrEnum):
    """What a case can be written as; the value is the file's suffix."""

    TEXT = "txt"
    MARKDOWN = "md"
    JSON = "json"
    HTML = "html"


def rendered(situation: Situation, form: Format, decisions: Decisions = NO_DECISIONS) -> str:
    """The report of a case in one format, with the team's own record where there is one."""
    now = moment(os.environ, situation.today)
    case = Case(situation.answers, decisions=decisions)
    match form:
        case Format.TEXT:
            return text_report(situation, now, case)
        case Format.MARKDOWN:
            return markdown_report(situation, now, case)
        case Format.JSON:
            return json_report(situation, now, record=decisions)
        case Format.HTML:
            return html_report(situation, now, case)


def suggested_name(situation: Situation, form: Format) -> str:
    """A file name that says what the case is and when it was written, here: `red-large-...`."""
    at = moment(os.environ).at.astimezone()
    what = "-".join(_told_first(situation)) or "case"
    return f"{what.replace('_', '-')}-{at:%Y-%m-%d-%H%M}.{form}"


def _told_first(situation: Situation) -> list[str]:
    """What the first questions were answered with, where that is one thing or a few, by id."""
    told: list[str] = []
    for factor in situation.pathway.factors:
        match situation.answers.get(factor):
            case ChoiceAnswer(values) if len(values) == 1:
                told += values
            case MultiAnswer(present) if 0 < len(present) <= _FEW:
                told += sorted(present)
    return told[:_FEW]


def words_to_read(state: State, column: str, keys: tuple[Key, ...]) -> str:
    """What lies over the case as plain text; where nothing does, the text report."""
    if state.overlay is None:
        return rendered(state.situation, Format.TEXT, state.decisions)
    rows = reading_view(state, column, keys)(_READ, None)
    lines = ["".join(span.text for span in line.spans) for line in lay_out(rows, _READ)]
    title = reading_title(state)
    return "\n".join([title, "=" * len(title), "", *(line.rstrip() for line in lines), ""])


class Summary(Record):
    """A summary to copy, empty where it cannot be kept; `told` says where it is, or why not."""

    words: str
    told: str


def summary_of(situation: Situation, decisions: Decisions = NO_DECISIONS) -> Summary:
    """The text report, which is written to a file in the wizard's own folder as well."""
    content = rendered(situation, Format.TEXT, decisions)
    path = user_folder("state") / "summary.txt"
    try:
        make_private_folder(path.parent)
        write_private(path, content, replacing=True)
    except OSError as error:
        return Summary("", f"The summary cannot be written: {error.strerror or error}")
    return Summary(content, f"Copied, if your terminal allows it; it is also in {path}")
