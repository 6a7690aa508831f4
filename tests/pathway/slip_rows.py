"""Slips of the hand in the shipped pathway: each is told in its place, with its cause, briefly.

`slips/` has them as `bad/` has its mistakes.  A mark shows in what is written where the message
should point; without one, `at` names a file and the text there (none: its first letter).  `says` is
what stands in the message, `most` the lines that may be told (else one).
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.pathway.overlays import HERE, overlaid

MARK = "\u25b8"
Slip = Mapping[str, Any]


def slips(name: str) -> list[Slip]:
    """The slips of a file of `slips/`."""
    rows: list[Slip] = yaml.safe_load((HERE / "slips" / name).read_text("utf-8"))
    return rows


def made(slip: Slip, folder: Path) -> str:
    """Make a slip in a folder; the place where a message should point, "" where none is told."""
    path, by = folder / slip["file"], slip.get("by", "")
    before = path.read_text("utf-8") if path.exists() else ""
    if "move" in slip:
        path.rename(folder / slip["move"])
    else:
        overlaid(folder, {**slip, "by": by.replace(MARK, "")})
    if "at" in slip:
        file, text = slip["at"]
        content = (folder / file).read_text("utf-8")
        assert not text or content.count(text) == 1
        return _place(file, content[: content.index(text)])
    if MARK not in by:
        return ""
    return _place(slip["file"], before[: before.index(slip["replace"])] + by.partition(MARK)[0])


def _place(file: str, before: str) -> str:
    """The place behind the text before it, as messages begin."""
    column = len(before) - before.rfind("\n")
    return f"{file}:{before.count(chr(10)) + 1}:{column}: "


def held(slip: Slip, place: str, told: tuple[str, ...]) -> None:
    """The first message is in its place and says what is expected, and there are few of them."""
    assert told, "it is told"
    assert told[0].startswith(place)
    for words in [slip["says"]] if isinstance(slip["says"], str) else slip["says"]:
        assert words in told[0]
    assert len(told) <= slip.get("most", 1)
