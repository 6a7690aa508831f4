"""Findings on their words, and the words that may have been meant."""

from pathlib import Path

import pytest
import yaml

from tests.pathway.overlays import HERE, copied, overlaid
from wizard.editor.marks import marks
from wizard.editor.places import words_of
from wizard.editor.view import View
from wizard.pathway.format.folder import is_file_of_a_pathway
from wizard.workbench.rereading import Rereader

MISTAKES = sorted((HERE / "bad").glob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("path", MISTAKES, ids=lambda path: path.stem)
def test_what_may_be_meant_mends_what_is_wrong(path: Path, tmp_path: Path) -> None:
    """Each mistake is marked inside its file; in place of the word, what may be meant mends it."""
    folder = overlaid(copied(tmp_path), yaml.safe_load(path.read_text("utf-8")))
    reader = Rereader(folder)
    view = View(reader.look(), {})
    found = marks(view)
    assert found
    for name, each in found.items():
        text = view.texts.get(name, "")
        for mark in each:
            place = mark.place
            assert 1 <= place.line <= text.count("\n") + 1
            if mark.fix is None or not is_file_of_a_pathway(name):
                continue
            lines = text.split("\n")
            line = lines[place.line - 1]
            word = words_of(text, place)
            start, end = place.column - 1, place.column - 1 + place.length
            assert f'"{word}"' in mark.message
            lines[place.line - 1] = f"{line[:start]}{mark.fix}{line[end:]}"
            mended = marks(View(reader.look({name: "\n".join(lines)}), {}))
            assert (place, mark.message) not in {
                (one.place, one.message) for one in mended.get(name, ())
            }


def test_most_slips_of_an_id_have_a_word_that_may_be_meant(tmp_path: Path) -> None:
    """What `check` asks, "did you mean", an editor offers, but for names of two whole files."""
    asked = offered = 0
    for path in MISTAKES:
        mistake = yaml.safe_load(path.read_text("utf-8"))
        if not any("did you mean" in each for each in mistake["says"]):
            continue
        asked += 1
        view = View(Rereader(overlaid(copied(tmp_path / path.stem), mistake)).look(), {})
        offered += any(mark.fix for each in marks(view).values() for mark in each)
    assert offered == asked - 2
