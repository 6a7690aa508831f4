"""Another id in every file, or the reason why not."""

from pathlib import Path

import pytest

from tests.editor.views import cursor
from tests.pathway.overlays import copied
from wizard.editor.renames import Renames, renames
from wizard.editor.view import View
from wizard.exits import WrongUsageError
from wizard.workbench.rereading import Rereader

WATCH = "options/watch.yaml"


def renamed(folder: Path, name: str, marked: str, new: str) -> tuple[View, Renames]:
    text, position = cursor(name, marked)
    view = View(Rereader(folder).look({name: text}), {})
    return view, renames(view, view.names.at(text, position), new)


def text_of(folder: Path, name: str) -> str:
    return (folder / name).read_text("utf-8")


def after(view: View, done: Renames) -> dict[str, str]:
    """The files as they are after the edits."""
    found = {}
    for name, text in view.texts.items():
        lines = text.split("\n")
        for edit in sorted(done.edits.get(name, ()), key=lambda one: one.first, reverse=True):
            lines[edit.first : edit.behind] = edit.lines
        found[done.moved.get(name, name)] = "\n".join(lines)
    return found


@pytest.mark.parametrize(
    ("name", "old", "marked", "new", "moved"),
    [
        (WATCH, "growth: slow", "gro|wth: slow", "speed", {}),
        (WATCH, "growth: slow", "growth: sl|ow", "lazy", {}),
        (WATCH, "claims: [HBK-05]", "claims: [HBK|-05]", "HBK-50", {}),
        (WATCH, "option: watch", "option: w|atch", "wait", {WATCH: "options/wait.yaml"}),
    ],
)
def test_every_file_is_edited_and_the_result_checks(
    *, name: str, old: str, marked: str, new: str, moved: dict[str, str], tmp_path: Path
) -> None:
    folder = copied(tmp_path)
    view, done = renamed(folder, name, text_of(folder, name).replace(old, marked), new)
    assert dict(done.moved) == moved
    files = after(view, done)
    assert len(done.edits) > 1
    for path in folder.rglob("*.yaml"):
        path.unlink()
    for each, text in files.items():
        (folder / each).write_text(text, "utf-8")
    assert Rereader(folder).look().problems == ()
    assert new in files[moved.get(name, name)]


@pytest.mark.parametrize(
    ("old", "marked", "new", "why"),
    [
        ("growth: slow", "gro|wth: slow", "damage", "there is factor damage already"),
        ("growth: slow", "gro|wth: slow", "Not an id", "the files would not check: factors.yaml:"),
        ("label: Watch", "label: Wat|ch", "x", "there is no id here"),
        ("  slow_growth:", "  slow|_growth:", "x", "the id of this statement cannot be changed"),
        ("growth: slow", "growth: sl|ow, knd: oak", "x", "the files do not check as they are: "),
    ],
)
def test_what_cannot_be_is_refused_with_its_reason(
    old: str, marked: str, new: str, why: str, tmp_path: Path
) -> None:
    folder = copied(tmp_path)
    with pytest.raises(WrongUsageError) as refused:
        renamed(folder, WATCH, text_of(folder, WATCH).replace(old, marked), new)
    assert refused.value.message.startswith(why)


def test_a_case_gets_another_name_where_a_hazard_names_it(tmp_path: Path) -> None:
    folder = copied(tmp_path)
    hazards = text_of(folder, "hazards.yaml")
    assert "cases/storm_oak.yaml" in hazards
    marked = hazards.replace("cases/storm_oak", "cases/storm|_oak", 1)
    _, done = renamed(folder, "hazards.yaml", marked, "cases/storm.yaml")
    assert dict(done.moved) == {"cases/storm_oak.yaml": "cases/storm.yaml"}
    assert set(done.edits) == {"hazards.yaml"}
