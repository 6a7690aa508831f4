"""Slips of form: each is told where YAML cannot be read on, or would be read as something else."""

from pathlib import Path
from shutil import copy

import pytest

from tests.pathway.slip_rows import Slip, held, made, slips
from wizard.pathway.format.events import read_yaml
from wizard.pathway.load import shipped_folder
from wizard.pathway.problems import FileErrors


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


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("answers: [", "1:10"),
        ("answers: [\n", "1:10"),
        ("answers: {\n\n", "1:10"),
        ("title: a\nanswers: {size: [2,\n  3,\n", "2:17"),
        ('title: "a ["\nanswers: [[a], {b: c},\n', "2:10"),
        ("answers: [a, }\n", "1:10"),
    ],
)
def test_a_bracket_behind_which_the_file_ends_is_named(
    text: str, place: str, tmp_path: Path
) -> None:
    path = tmp_path / "case.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(FileErrors) as caught:
        read_yaml(path, "case.yaml")
    (told,) = caught.value.lines()
    assert told.startswith(f"case.yaml:{place}: the ")
    assert "that is opened here is not closed" in told


def test_a_comma_before_which_nothing_stands_is_named(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("answers: [, a]\n", "utf-8")
    with pytest.raises(FileErrors) as caught:
        read_yaml(path, "case.yaml")
    (told,) = caught.value.lines()
    assert told.startswith("case.yaml:1:11: nothing stands before this comma")
