"""Slips of the hand in the shipped pathway: each is told in its place, with its cause, briefly.

`slips/` has them as `bad/` has its mistakes; a mark shows in what is written where the message
should point, `says` is a part of it, and `most` the lines that may be told (else one).
"""

from collections.abc import Mapping
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
import yaml

from tests.pathway.overlays import HERE, overlaid
from wizard.pathway.format.events import read_yaml
from wizard.pathway.load import shipped_folder
from wizard.pathway.problems import FileErrors

MARK = "\u25b8"
Slip = Mapping[str, Any]


def slips(name: str) -> list[Slip]:
    """The slips of a file of `slips/`."""
    rows: list[Slip] = yaml.safe_load((HERE / "slips" / name).read_text("utf-8"))
    return rows


def made(slip: Slip, folder: Path) -> str:
    """Make a slip in a folder; the place where a message should point, "" where none is marked."""
    before = (folder / slip["file"]).read_text("utf-8")
    overlaid(folder, {**slip, "by": slip.get("by", "").replace(MARK, "")})
    if MARK not in slip.get("by", ""):
        return ""
    start = before[: before.index(slip["replace"])] + slip["by"].partition(MARK)[0]
    column = len(start) - start.rfind("\n")
    return f"{slip['file']}:{start.count(chr(10)) + 1}:{column}: "


def held(slip: Slip, place: str, told: tuple[str, ...]) -> None:
    """The first message is in its place and says what is expected, and there are few of them."""
    assert told, "it is told"
    assert told[0].startswith(place)
    assert slip["says"] in told[0]
    assert len(told) <= slip.get("most", 1)


@pytest.mark.parametrize("slip", slips("of_form.yaml"), ids=lambda slip: slip["name"])
def test_a_slip_of_form_is_told(slip: Slip, tmp_path: Path) -> None:
    """What can be seen in one file by itself: indentation, colons, quotes, brackets."""
    path = tmp_path / slip["file"]
    path.parent.mkdir(exist_ok=True)
    copy(shipped_folder() / slip["file"], path)
    place = made(slip, tmp_path)
    with pytest.raises(FileErrors) as caught:
        read_yaml(path, slip["file"])
    held(slip, place, caught.value.lines())
