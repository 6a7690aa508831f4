"""One mistake a file of `bad/`: each is told with its exact place and words, and nothing else."""

from pathlib import Path

import pytest
import yaml

from tests.pathway.overlays import HERE, copied, overlaid, said

MISTAKES = sorted((HERE / "bad").glob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_a_mistake_is_told_with_its_place_and_words(path: Path, tmp_path: Path) -> None:
    mistake = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert mistake["says"], "a mistake is told"
    assert said(overlaid(copied(tmp_path), mistake)) == mistake["says"]


def test_every_place_told_exists(tmp_path: Path) -> None:
    """Each message names a file of its folder and a place inside that file."""
    for path in MISTAKES:
        mistake = yaml.safe_load(path.read_text(encoding="utf-8"))
        folder = overlaid(copied(tmp_path / path.stem), mistake)
        for message in mistake["says"]:
            name, line, column, *_ = message.split(":")
            file = folder / name
            lines = file.read_text(encoding="utf-8").split("\n") if file.exists() else [""]
            assert int(column) <= len(lines[int(line) - 1]) + 1, message
