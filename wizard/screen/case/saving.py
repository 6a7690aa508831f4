"""A case as reports, and the copy of one that the wizard keeps for itself."""

import os
from enum import StrEnum
from pathlib import Path

from platformdirs import user_state_path

from wizard.private_files import make_private_folder, write_private
from wizard.report.as_json import json_report
from wizard.report.markdown import markdown_report
from wizard.report.moment import moment
from wizard.report.text import text_report
from wizard.wording.situation import Situation


class Format(StrEnum):
    """What a case can be written as; the value is the file's suffix."""

    TEXT = "txt"
    MARKDOWN = "md"
    JSON = "json"


def rendered(situation: Situation, form: Format) -> str:
    """The report of a case in one format."""
    now = moment(os.environ, situation.today)
    match form:
        case Format.TEXT:
            return text_report(situation, now)
        case Format.MARKDOWN:
            return markdown_report(situation, now)
        case Format.JSON:
            return json_report(situation, now)


def write_summary(situation: Situation) -> tuple[str, Path]:
    """The text report, and the file in the wizard's own folder that it was written to as well.

    Raises OSError where it cannot be written.
    """
    content = rendered(situation, Format.TEXT)
    path = user_state_path("mdt-wizard", appauthor=False) / "summary.txt"
    make_private_folder(path.parent)
    write_private(path, content, replacing=True)
    return content, path
