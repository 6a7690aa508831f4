"""Saves that are killed at every line."""

import os
from pathlib import Path

from tests.killing import killed_copies
from wizard.case.answers import Answers, ChoiceAnswer
from wizard.case.files import Case, read_case
from wizard.case.keeping import CaseFile, save_as
from wizard.case.made import made_in, measures_of
from wizard.case.rewriting import saved_text
from wizard.pathway.format.reading import read_pathway

PATHWAY = read_pathway(Path(__file__).parents[1] / "pathway" / "small")


def case(kind: str) -> Case:
    found = Answers({"kind": ChoiceAnswer(frozenset([kind]))})
    return Case(found, "An oak", made=made_in(PATHWAY), measures=measures_of(PATHWAY, found))


OAK, PINE = case("oak"), case("pine")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


def kill_a_save(place: str, how: str) -> None:
    folder = Path(place)
    os.environ["XDG_STATE_HOME"] = str(folder / "state")
    path, old = folder / "oak.yaml", saved_text(OAK, PATHWAY)
    since = {"in place": "_write", "beside": "_written_new", "as new": "write_private"}[how]
    taken = {"in place": path, "beside": folder / "oak.2.yaml", "as new": folder / "new.yaml"}[how]

    def save() -> None:
        if how == "as new":
            save_as(folder / "new.yaml", PINE, PATHWAY)
            return
        file = CaseFile(path, old.encode() if how == "in place" else b"answers: {}\n")
        file.save(PINE, PATHWAY)

    path.write_text(old)
    seen: set[str] = set()
    times = 0
    for _line in killed_copies(save, since):
        times += 1
        if how != "in place":
            assert path.read_text() == old
        text = taken.read_text() if taken.exists() else ""
        assert text in ("", old, *seen) or read_case(text, PATHWAY).answers == PINE.answers
        seen.add(text)
        assert len(set(names(folder)) - {path.name, taken.name}) <= 1
    assert read_case(taken, PATHWAY).answers == PINE.answers
    assert names(folder) == sorted({path.name, taken.name})
    assert len(seen) == 2
    assert times >= 60
