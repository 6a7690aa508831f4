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
