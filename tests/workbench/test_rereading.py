"""A folder that is looked at again and again is seen as it would be seen for the first time."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pathway.overlays import SMALL, copied, edited
from wizard.pathway.problems import Problem
from wizard.workbench.rereading import Rereader

FILES = {
    path.relative_to(SMALL).as_posix(): path.read_text("utf-8") for path in SMALL.rglob("*.yaml")
}
SLIPS = (("growth", "grwth"), (":", " :\t"), ("[", "[["), ("label", "lable"), ("HBK", "HKB"))


@st.composite
def drafts(draw: st.DrawFn) -> dict[str, str]:
    """Some files with a slip, or as they are, or new."""
    found = {}
    for name in draw(st.lists(st.sampled_from(sorted(FILES)), max_size=3, unique=True)):
        right, wrong = draw(st.sampled_from((*SLIPS, ("", ""))))
        found[name] = FILES[name].replace(right, wrong, 1)
    if draw(st.booleans()):
        found["cases/new.yaml"] = "answers: {kind: oak}\n"
    return found


def told(reader: Rereader, typed: dict[str, str]) -> tuple[list[Problem], object]:
    looked = reader.look(typed)
    return sorted(looked.problems, key=str), looked.pathway


@settings(max_examples=25, deadline=None)
@given(st.lists(drafts(), min_size=1, max_size=4))
def test_a_second_look_finds_what_a_first_one_would(looks: list[dict[str, str]]) -> None:
    reader = Rereader(SMALL)
    for typed in looks:
        assert told(reader, typed) == told(Rereader(SMALL), typed)


def test_it_sees_the_disk_and_drafts_in_place_of_it(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    reader = Rereader(folder)
    watch = FILES["options/watch.yaml"]
    assert reader.look().problems == ()
    edited(folder, "options/watch.yaml", "growth: slow", "grwth: slow")
    assert len(reader.look().problems) == 1
    looked = reader.look({"options/watch.yaml": watch, "elsewhere/notes.yaml": ": ["})
    assert (looked.problems, looked.texts["options/watch.yaml"]) == ((), watch)
    (folder / "glossary.yaml").unlink()
    typed = {"options/watch.yaml": watch, "glossary.yaml": FILES["glossary.yaml"]}
    assert reader.look({"options/watch.yaml": watch}).problems != ()
    assert reader.look(typed).problems == ()


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    (problem,) = Rereader(tmp_path / "nowhere").look().problems
    assert problem.what == "there is no such folder"
