"""Writing a case to files: whole or not at all, readable by their owner alone."""

import os
import tempfile
from enum import StrEnum
from pathlib import Path

from platformdirs import user_state_path

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


class FileExists(Exception):  # noqa: N818 - it asks a question, no fault of anybody's
    """There is a file of that name already."""


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


def write_private(path: Path, content: str, *, overwrite: bool) -> None:
    """Write a file whole, for its owner alone.

    Raises FileExists where there is one and `overwrite` is false, and OSError where the folder
    cannot be written to; either leaves what was there as it was.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    written = Path(name)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if overwrite:
            written.replace(path)
        else:
            _place_new(written, path)
    finally:
        written.unlink(missing_ok=True)


def write_summary(situation: Situation) -> tuple[str, Path]:
    """The text report, and the file of the wizard's own where it was written besides.

    Raises OSError where it cannot be written.
    """
    content = rendered(situation, Format.TEXT)
    path = user_state_path("mdt-wizard", appauthor=False, ensure_exists=True) / "summary.txt"
    write_private(path, content, overwrite=True)
    return content, path


def _place_new(written: Path, path: Path) -> None:
    """Give the file its name in one step that fails where the name is taken."""
    try:
        os.link(written, path)
    except FileExistsError:
        raise FileExists(path.name) from None
    except OSError:
        # A file system without hard links; the test and the step are two here.
        if path.exists():
            raise FileExists(path.name) from None
        written.replace(path)
