"""What was reviewed once, and is held to: pictures of the screen, pages of reports.

SNAPSHOTS=write writes the files anew; read the difference before it is committed.
"""

import os
from pathlib import Path


def reviewed(file: Path, shown: str) -> str:
    """What a file says, with what is shown in it where that was asked for."""
    if os.environ.get("SNAPSHOTS") == "write":
        file.parent.mkdir(exist_ok=True)
        file.write_text(shown, encoding="utf-8")
    return file.read_text(encoding="utf-8")
