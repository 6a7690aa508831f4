"""What a saved change comes to, in a line."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.pathway.overlays import edited
from tests.small import SMALL
from wizard.pathway.codes import Code
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.position import Position
from wizard.pathway.problems import Problem
from wizard.report.saved_change import change_line, finding_line
from wizard.workbench.renaming import Renaming, renamed, texts_of
from wizard.workbench.version_diff import compare

Edit = Callable[[Path], object]


def change(file: str, old: str, new: str) -> Edit:
    return lambda folder: edited(folder, file, old, new)


def rename_oak(folder: Path) -> None:
    for name, text in renamed(
        texts_of(folder), Renaming("value", "oak", "quercus", "kind")
    ).items():
        (folder / name).write_text(text, "utf-8")


def new_option(folder: Path) -> None:
    text = (folder / "options" / "spray.yaml").read_text("utf-8")
    text = text.replace("option: spray", "option: water").replace("label: Spray", "label: Water")
    (folder / "options" / "water.yaml").write_text(text, "utf-8")
    edited(folder, "pathway.yaml", "spray: treating}", "spray: treating, water: treating}")


def line(tmp_path: Path, edits: Sequence[Edit]) -> str:
    """The line of some edits of the small pathway."""
    before, now = tmp_path / "before", tmp_path / "now"
    for folder in (before, now):
        shutil.copytree(SMALL, folder)
    for one in edits:
        one(now)
    versions = read_pathway(before), read_pathway(now)
    return change_line(compare(*versions, ("before", "now"), (before, now), lambda _: None))


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([], "no result changes, and no word"),
        (
            [change("options/fell.yaml", "label: Fell", "label: Take down")],
            "no result changes: options fell label",
        ),
        (
            [change("options/fell.yaml", "label: Fell", "label: Take down\nalso: [cut]")],
            "no result changes: options fell label, and one more change",
        ),
        (
            [change("options/prune.yaml", "storm: described", "storm: not_described")],
            "Prune: 64 of 256 combinations no longer described, and six more changes; one case "
            "differs; one case not as expected",
        ),
        (
            [new_option],
            "Water is new, described in 1 of 1 combination, and one more change; one case differs; "
            "one case not as expected",
        ),
        ([rename_oak], "value kind.oak is now quercus; no result changes, and no word"),
    ],
)
def test_what_moved_is_told_first(edits: Sequence[Edit], told: str, tmp_path: Path) -> None:
    assert line(tmp_path, edits) == told


def test_the_first_finding_is_told_with_its_place_and_how_many_there_are() -> None:
    assert finding_line(()) == ""
    one = Problem(Code.TOO_LARGE, Position("b.yaml", 3, 5), "x\x07y is wrong", "long", "z")
    other = Problem(Code.TOO_LARGE, Position("a.yaml", 1, 2), "first")
    assert (
        finding_line((one,)) == f"b.yaml:3:5: x\\x07y is wrong; did you mean z? [{Code.TOO_LARGE}]"
    )
    assert finding_line((one, other)) == f"a.yaml:1:2: first [{Code.TOO_LARGE}] (1 more)"
