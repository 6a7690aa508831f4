"""Where the log stands in the text of a case file, and whether it is as the wizard writes it."""

from typing import Final

from wizard.case.log import Log, entry_line

_KEY: Final = "log:"


def log_begins(text: str) -> int | None:
    """The number of the line at which the log of a case in YAML begins; None where it has none."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(_KEY):
            return number
    return None


def stands_as_written(text: str, log: Log) -> bool:
    """Whether the lines of a log in YAML are just those that the wizard writes.

    Comments and blank lines between them are a person's.  A case in JSON has no such lines, and
    stands as it may.
    """
    begins = log_begins(text)
    if begins is None:
        return True
    lines = (line for line in text.splitlines()[begins:] if line.strip())
    found = [line.strip() for line in lines if not line.lstrip().startswith("#")]
    return found == [f"- {entry_line(entry)}" for entry in log]
